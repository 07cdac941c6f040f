"""The layout flat: sentences and known phrases as lines of a text that has no line ends."""

from pathlib import Path

import pytest

from cleanwire import Cleaner, Document, notation
from cleanwire.text.fold import fold
from cleanwire.views import flat
from cleanwire.views.layout import layout_of, maker
from cleanwire.views.phrases import known

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
STORY = (
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year. "
    "Officials said that the work would cost nine million and begin in the first week of May."
)


def lines(text: str) -> list[str]:
    view = maker("flat")(Document(text))
    return list(view.doc.lines) if view else [text]


def test_a_text_is_flat_if_its_lines_are_longer_than_paragraphs() -> None:
    assert layout_of(STORY) == "flat"
    assert layout_of(STORY + "\n") == "flat"
    assert layout_of("Rain fell on Monday. Post a comment") == "lines"
    assert layout_of(STORY + "\n\n" + STORY) == "lines"
    assert layout_of(STORY * 10 + "\n" + STORY * 10) == "flat"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rain fell. Snow fell? Hail fell!", ["Rain fell.", "Snow fell?", "Hail fell!"]),
        ("Rain fell on J. K. Lee and Dr. Roe on the 3. Mai, not on U.S. Steel.",) * 2,
        ("It rose by 3.5 per cent at example.com today.",) * 2,
        ("“Rain fell. Snow fell,” she said. “Go.” They left.",
         ["“Rain fell. Snow fell,” she said.", "“Go.”", "They left."]),
        ("Sie gingen (es war spät. Sehr spät) nach Hause. Er blieb.",
         ["Sie gingen (es war spät. Sehr spät) nach Hause.", "Er blieb."]),
        ("Sie durften ihn führen.Der Hafen blieb zu.", ["Sie durften ihn führen.", "Der Hafen blieb zu."]),
        ("雨が降った。雪も降った！「寒い。」と彼は言った。",
         ["雨が降った。", "雪も降った！", "「寒い。」と彼は言った。"]),
        ("वर्षा हुई। बर्फ गिरी।", ["वर्षा हुई।", "बर्फ गिरी।"]),
        ("هل نزل المطر؟ نعم نزل. وبقي الناس.", ["هل نزل المطر؟", "نعم نزل.", "وبقي الناس."]),
        ("비가 왔다.☞다리 <저작권자ⓒ 다리. 무단전재 금지>", ["비가 왔다.", "☞다리", "<저작권자ⓒ 다리. 무단전재 금지>"]),
    ],
)  # fmt: skip
def test_sentences_are_lines(text: str, shown: list[str] | str) -> None:
    assert lines(text) == ([shown] if isinstance(shown, str) else shown)


def test_folds_take_the_space_between_sentences_and_nothing_else() -> None:
    step = flat.view("Rain fell.  Snow fell.Hail fell.", forced=True)
    assert step is not None
    assert [edit[:3] for edit in step.edits] == [(10, 12, "\n"), (22, 22, "\n")]
    assert step.removed == ("  ", "")
    assert flat.view("Rain fell on Monday", forced=True) is None


def test_a_line_end_stays_a_line_end() -> None:
    assert lines("Rain fell.\nSnow fell. Hail fell.") == ["Rain fell.", "Snow fell.", "Hail fell."]


def test_phrases_between_sentences_go() -> None:
    middle = "Residents had asked for a ferry, but the port authority turned them down."
    for phrase in (
        "Story continues below advertisement",
        "Advertisement Continue reading the main story",
        "Advertisement",
    ):
        result = Cleaner()(f"{STORY} {phrase} {middle}")
        assert result.text == f"{STORY} {middle}"
        assert result.layout == "flat"
        assert result.undo() == f"{STORY} {phrase} {middle}"


def test_a_tail_that_phrases_cover_goes_whole() -> None:
    assert Cleaner()(f"{STORY} Social Streams Facebook Comments Post a comment").text == STORY


def test_a_tail_of_any_length_goes_in_one_round() -> None:
    result = Cleaner()(f"{STORY} {'*Share* ' * 10_000}")
    assert result.text == STORY
    assert sum(step.filter == "boilerplate" for step in result.steps) == 1


@pytest.mark.parametrize("tail", ["Facebook", "Ann Lee", "The bridge at night", "Bo Roe works for Getty Images"])
def test_a_tail_that_may_be_a_name_or_a_heading_stays(tail: str) -> None:
    assert Cleaner()(f"{STORY} {tail}").text == f"{STORY} {tail}"


def test_a_teaser_ends_where_a_common_word_opens_a_sentence() -> None:
    story = (
        "Le conseil a voté lundi la fermeture du vieux pont. Les travaux coûteront neuf millions et finiront en mai."
    )
    teaser = "Lire aussi : Pourquoi le port recourt à un nouveau bac"
    assert Cleaner()(f"{story} {teaser} Les habitants avaient demandé un tunnel.").text == (
        f"{story} Les habitants avaient demandé un tunnel."
    )


def test_a_sentence_read_in_one_text_is_read_anew_in_a_text_of_other_capitals() -> None:
    german = "Der Rat hat am Montag die Brücke im Hafen gesperrt. Die Fähre bringt die Kinder in die Schule. "
    english = "The council closed the bridge on Monday. The ferry takes the children to school. "
    run = "Story continues below advertisement Osthaven had asked for it. It was noon."
    for text, parted in ((german, False), (english, True), (german, False)):
        step = flat.view(text + run, forced=True)
        assert step
        starts = [edit.stop for edit in step.edits]
        assert ((text + run).index("Osthaven had") in starts) == parted


def test_nouns_with_capitals_open_no_sentence() -> None:
    story = (
        "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke am Hafen für ein Jahr zu schließen. "
        "Mehr zum Thema Hecken ist seitdem im Dorf kaum noch zu hören, sagt der Hauptmann der Feuerwehr."
    )
    assert Cleaner()(story).text == story
    assert Cleaner()(f"{story} Mehr zum Thema Der Rat trat am Dienstag zurück.").text == (
        f"{story} Der Rat trat am Dienstag zurück."
    )


@pytest.mark.parametrize(
    "credit", ["Featured image via Mark Winter/Getty Images", "Photo: Ann Lee/AFP", "Foto: Ann Lee/AFP"]
)
def test_a_credit_in_the_flow_is_set_aside_alone(credit: str) -> None:
    after = "The bridge will open again when the new council meets in May."
    for text in (f"{STORY}{credit}", f"{STORY} {credit} {after}" if ":" in credit else f"{STORY} {credit}"):
        result = Cleaner()(text)
        assert result.text in (STORY, f"{STORY} {after}")
        assert [(caption.text, caption.credit) for caption in result.captions] == [
            ("", "Mark Winter" if "Mark" in credit else "Ann Lee")
        ]


def test_a_sentence_before_a_credit_stays() -> None:
    result = Cleaner()(f"{STORY} A ferry at dawn (Photo: Ann Lee/AFP). The town was dry.")
    assert "A ferry at dawn" in result.text
    assert result.text.endswith("The town was dry.")


def test_what_a_rule_knows_by_its_opening_may_hold_a_sentence() -> None:
    form = "Post a comment Facebook Comments Your email address will not be published."
    kept = "Sign up for our newsletter in the town hall Residents opened it on Monday."
    assert kept in Cleaner()(f"{STORY} {kept} {form}").text


def test_no_title_is_guessed() -> None:
    text = f"Osthaven closes its bridge {STORY}"
    assert Cleaner()(text).title is None


def flattened(path: Path) -> tuple[str, list[str], list[str]]:
    """Return a seed in one line, its lines that stay, and those that go and are closed phrases."""
    parsed = notation.parse(path.read_bytes().decode())
    marked = [(line.mark, " ".join(line.text.split())) for line in notation.verdicts(parsed) if line.text.strip()]
    kept = [line for mark, line in marked if mark in (notation.KEPT, "@")]
    phrases = [line for mark, line in marked if mark == "-" and fold(line) in known().phrases]
    return " ".join(notation.source(parsed).split()), kept, phrases


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_flattened_seed_loses_nothing_that_stays(path: Path) -> None:
    text, kept, _ = flattened(path)
    result = Cleaner()(text)
    spaced = Cleaner(only=["unicode", "space", "encoding", "links"])(text).text
    assert [line for line in kept if line in spaced and line not in result.text] == []


def test_flattened_seeds_lose_the_phrases_that_the_layout_still_shows() -> None:
    gone = every = 0
    for path in SEEDS:
        text, _, phrases = flattened(path)
        removed = "\n".join(" ".join(span.text.split()) for span in Cleaner()(text).spans if not span.kept)
        every += len(phrases)
        gone += sum(phrase in removed for phrase in phrases)
    assert every > 250
    assert gone / every >= 0.6
