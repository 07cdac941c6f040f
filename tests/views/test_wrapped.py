"""Which texts are wrapped at a column, and which of their lines are joined."""

import textwrap

import pytest

from cleanwire import ARTICLE, Cleaner, Document
from cleanwire.views import wrapped
from cleanwire.views.layout import layout_of, maker

STORY = [
    (
        "The council of Osthaven voted on Monday to close the old harbour bridge for a year, and the ferries that "
        "replaced it in the winter of the great flood will run again from the first week of May until the autumn."
    ),
    (
        "Officials said that the work would cost nine million and that the state had promised to pay for a third of "
        "it, though nobody in the town hall could say when the money would come or on what terms it was to be repaid."
    ),
    (
        "“We knew,” the mayor told reporters, “that the money would not last the winter, and we said so at the time.” "
        "Engineers found cracks in two of the piers last autumn, after which the fire brigade moved its pumps away."
    ),
]
RUSSIAN = [
    (
        "Городской совет Остхавена решил в понедельник закрыть старый мост в гавани на целый год, а паромы, которые "
        "заменяли его зимой, снова начнут ходить с первой недели мая и будут работать до самой осени."
    ),
    (
        "Чиновники сообщили, что ремонт обойдётся в девять миллионов и что государство обещало заплатить треть этой "
        "суммы, хотя никто в ратуше не мог сказать, когда придут деньги и на каких условиях."
    ),
]


def written(paragraphs: list[str], width: int, gap: str = "\n\n", indent: str = "") -> str:
    return gap.join(
        textwrap.fill(
            one,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for one in paragraphs
    )


def seen(text: str) -> str:
    view = maker("wrapped")(Document(text))
    return view.doc.text if view else text


@pytest.mark.parametrize("width", [60, 65, 72, 80, 100, 120])
@pytest.mark.parametrize("indent", ["", "   "])
def test_paragraphs_are_joined(width: int, indent: str) -> None:
    text = written(STORY, width, indent=indent)
    assert layout_of(text) == "wrapped"
    assert seen(text) == indent + f"\n\n{indent}".join(STORY)


@pytest.mark.parametrize("indent", [" " * 12, " " * 40, " " * 90, "\t\t"])
def test_lines_are_measured_without_the_indent_that_all_share(indent: str) -> None:
    for width in (60, 72, 90):
        flush = written(STORY, width)
        text = "\n".join(f"{indent}{line}" if line else "" for line in flush.split("\n"))
        assert layout_of(text) == layout_of(flush) == "wrapped"
        assert seen(text) == indent + f"\n\n{indent}".join(STORY)


def test_an_indent_makes_no_narrow_column_a_wrapped_text() -> None:
    verses = written(STORY, 36)
    text = "\n".join(f"{' ' * 30}{line}" if line else "  " for line in verses.split("\n"))
    assert not wrapped.view(verses)
    assert not wrapped.view(text)


def test_a_deeper_first_line_shares_the_indent_of_the_others() -> None:
    text = "\n\n".join(textwrap.fill(one, 72, initial_indent=" " * 12, subsequent_indent=" " * 8) for one in STORY)
    assert layout_of(text) == "wrapped"
    assert seen(text) == "\n\n".join(" " * 12 + one for one in STORY)


def test_lines_are_measured_in_bytes() -> None:
    lines: list[str] = []
    for paragraph in RUSSIAN:
        line = ""
        for word in paragraph.split():
            if line and len(f"{line} {word}".encode()) > 100:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".lstrip()
        lines += [line, ""]
    assert seen("\n".join(lines[:-1])) == "\n\n".join(RUSSIAN)


def test_one_line_that_cannot_be_broken_may_be_longer() -> None:
    address = "https://osthaven.example/" + "bridge/" * 20
    text = written([*STORY, address], 72)
    assert seen(text) == "\n\n".join([*STORY, address])


@pytest.mark.parametrize(
    "block",
    [
        "* Ferries\n* Trains\n  of the coast\n* Buses",
        "1. Ferries\n2. Trains\n3. Buses",
        (
            "Ferry        9.30      12.15      16.45      19.00      21.30      23.55\n"
            "Train        9.40      12.35      16.55      19.20      21.50      23.59"
        ),
        (
            "> The old bridge of Osthaven, in which nobody had found a crack till\n"
            "> now, was closed on Monday, and the ferries will run again"
        ),
        "O bridge of stone,\nO river deep,\nThe town is gone,\nThe gulls asleep.",
    ],
)
def test_lists_tables_quoted_mail_and_verse_are_not_joined(block: str) -> None:
    text = f"{written(STORY, 72)}\n\n{block}"
    expected = block.replace("Trains\n  of", "Trains of")
    assert seen(text) == "\n\n".join([*STORY, expected])


def test_a_hanging_indent_belongs_to_its_item() -> None:
    item = textwrap.fill(STORY[0], 70, initial_indent="* ", subsequent_indent="  ")
    assert seen(f"{item}\n{item}\n\n{written(STORY, 70)}") == "\n\n".join([f"* {STORY[0]}\n* {STORY[0]}", *STORY])


def test_a_heading_above_indented_words_is_a_line_of_its_own() -> None:
    manual = "VOIR AUSSI\n       bridge(1), ferry(8)\n\n" + written(STORY, 72, indent="       ")
    assert seen(manual).split("\n")[:2] == ["VOIR AUSSI", "       bridge(1), ferry(8)"]


def test_an_indented_first_line_begins_a_paragraph() -> None:
    text = "\n".join(textwrap.fill(one, 72, initial_indent="    ") for one in STORY)
    assert seen(text) == "\n".join(f"    {one}" for one in STORY)


def test_without_empty_lines_a_closed_line_ends_its_paragraph() -> None:
    text = written(STORY, 72, gap="\n")
    view = seen(text).split("\n")
    assert [line[:20] for line in view if line.startswith(tuple(one[:20] for one in STORY))] == [
        one[:20] for one in STORY
    ]


def test_fields_of_text_browsers_are_not_seen() -> None:
    assert seen(f"{written(STORY, 72)}\n\n(BUTTON) Search ________").endswith("\n\nSearch ")


@pytest.mark.parametrize("text", ["\n\n".join(STORY), "\n".join(["Home", "News", "Sport"] * 9), "", "\n\n\n\n"])
def test_other_texts_are_not_wrapped(text: str) -> None:
    assert wrapped.view(text) is None
    assert wrapped.view(text) is None


def test_a_wrapped_line_goes_with_all_its_lines() -> None:
    pointer = "READ MORE: Why the ferries of the coast will not run this winter, and what it means for the islands"
    text = written([STORY[0], STORY[1], pointer, STORY[2]], 60)
    result = Cleaner(ARTICLE)(text)
    assert result.layout == "wrapped"
    assert result.text == written(STORY, 60)
    assert result.undo() == text


def test_the_last_word_of_a_wrapped_sentence_is_no_button() -> None:
    story = [f"{one} Wer den Schlüssel nicht mehr braucht, gibt ihn vor dem Auszug zurück." for one in STORY]
    for width in range(60, 90):
        text = written(story, width)
        assert Cleaner(ARTICLE, languages=["de"])(text).text == text
