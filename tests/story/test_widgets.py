"""The lines that belong to a widget: up to its end, its second line, the items of its list."""

import pytest

from cleanwire.document import Document
from cleanwire.story.body import body_range
from cleanwire.story.widgets import BELOW, FENCE, ITEMS, below, fenced, listed

SENTENCE = "The council met for the third time that year, and nobody left before noon."
END = ("after the letter form",)


@pytest.mark.parametrize(("size", "found"), [(0, 1), (FENCE, FENCE + 1), (FENCE + 1, 0)])
def test_a_fence_encloses_a_bounded_number_of_lines(size: int, found: int) -> None:
    doc = Document("\n".join(["skip the letter form", *["Boats"] * size, "After the letter form!"]))
    assert len(fenced(doc, 0, END)) == found


def test_a_fence_without_an_end_encloses_nothing() -> None:
    assert not fenced(Document(f"skip the letter form\n{SENTENCE}"), 0, END)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Harbour news in your inbox every day", 1),
        ("HARBOUR NEWS: IN YOUR INBOX.", 1),
        ("Harbour news in your inboxes", 0),
        ("Harbour news", 0),
        ("in your inbox " * 40, 0),
    ],
)
def test_a_notice_below_contains_a_phrase(line: str, found: int) -> None:
    assert len(below(Document(f"Our letter\n\n{line}\n{SENTENCE}"), 0, ("in your inbox",))) == found


def test_a_phrase_of_a_script_without_spaces_stands_within_words() -> None:
    assert len(below(Document("メルマガ\n毎朝メールでお届けします"), 0, ("メールでお届け",))) == 1


def test_notices_below_are_bounded() -> None:
    assert len(below(Document("\n".join(["Our letter", *["in your inbox"] * 9])), 0, ("in your inbox",))) == BELOW


def items(text: str) -> list[str]:
    """Return the items of the list that the line "Read also" heads; long lines are sentences."""
    doc = Document(text)
    body = body_range(doc, [number for number, line in enumerate(doc.lines) if line == SENTENCE])
    return [doc.lines[line] for line in listed(doc, doc.lines.index("Read also"), body)]


def test_below_the_body_headlines_are_items_until_something_else_comes() -> None:
    text = f"{SENTENCE}\n\n{SENTENCE}\n\nRead also\n\nA ferry for Osthaven\n\nWho pays?\n\n(abe)"
    assert items(text) == ["A ferry for Osthaven", "Who pays?"]


@pytest.mark.parametrize("line", ["(abe)", "a line of verse", "She left.", "„Nobody knows“", "x" * 121])
def test_other_lines_are_no_items(line: str) -> None:
    assert items(f"{SENTENCE}\n\n{SENTENCE}\n\nRead also\n\n{line}") == []


def test_within_the_body_items_are_marked_or_in_one_block_with_their_heading() -> None:
    assert items(f"{SENTENCE}\nRead also\n- A ferry\n- The quay\n{SENTENCE}") == ["- A ferry", "- The quay"]
    assert items(f"{SENTENCE}\n\nRead also\nA ferry\n\n{SENTENCE}") == ["A ferry"]
    assert items(f"{SENTENCE}\n\nRead also\n\nThe old pier\n\n{SENTENCE}") == []
    assert items(f"{SENTENCE}\nRead also\nThe old pier\n{SENTENCE}") == []


def test_a_text_without_a_body_has_no_lists() -> None:
    assert items("Read also\n\nThe old pier\n\nThe new one") == []


def test_a_list_is_bounded() -> None:
    text = "\n\n".join([SENTENCE, SENTENCE, "Read also", *["A ferry for Osthaven"] * 20])
    assert len(items(text)) == ITEMS
