"""Content lines, their offsets and gaps, and cuts of whole lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.document import Document, Piece
from cleanwire.edit import apply

texts = st.lists(st.sampled_from(["", " ", "\u3000", "\t\x1f", "Menu", "  Two", "She left. "]), max_size=10).map(
    "\n".join
)


@given(texts | st.text(st.sampled_from("a \n\r\u2028\x85\u200b")))
def test_lines_starts_and_gaps_make_the_text(text: str) -> None:
    doc = Document(text)
    assert doc.lines == [line for line in text.split("\n") if line.strip()]
    ends = 0
    for number, line in enumerate(doc.lines):
        start = doc.start(number)
        assert text[start : start + len(line)] == line
        assert doc.line_at(start) == number
        assert text[ends:start].count("\n") == doc.gap(number) + (number > 0)
        assert not text[ends:start].strip()
        ends = start + len(line)
    assert text[ends:].count("\n") == doc.gap(len(doc.lines)) - (not doc.lines)


def test_the_starts_of_later_lines_are_those_of_a_table() -> None:
    doc = Document("\n\n".join(f"line {number}" for number in range(40)))
    early = [doc.start(number) for number in range(5)]
    assert doc.start(39) == doc.text.rindex("line")
    assert [doc.start(number) for number in range(5)] == early


@given(texts, st.data())
def test_a_cut_takes_its_lines_and_no_other(text: str, data: st.DataObject) -> None:
    doc = Document(text)
    gone = data.draw(st.sets(st.sampled_from(range(len(doc.lines))))) if doc.lines else set()
    cut = doc.cut({line: [Piece(len(doc.lines[line]), "drop", "nav")] for line in gone})
    left, removed = apply(text, cut.edits)
    assert cut.lines == gone
    assert [words.strip() for words in removed] == [doc.lines[line].strip() for line in sorted(gone)]
    assert Document(left).lines == [line for number, line in enumerate(doc.lines) if number not in gone]
    assert "\n\n\n" not in left or "\n\n\n" in text.replace(" ", "").replace("\u3000", "").replace("\t\x1f", "")


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("Story.\n\nTweet\n\nMore.", {1}, "Story.\n\nMore."),
        ("Story.\nTweet\n\nMore.", {1}, "Story.\n\nMore."),
        ("Story.\n\nTweet\n", {1}, "Story.\n"),
        ("Story.\n\nTweet", {1}, "Story."),
        ("\n\nTweet\n\nStory.", {0}, "Story."),
        ("Tweet\n", {0}, ""),
        ("One\nTwo\n\nThree\nFour", {1, 2}, "One\nFour"),
    ],
)
def test_a_cut_leaves_no_doubled_empty_line(text: str, gone: set[int], left: str) -> None:
    doc = Document(text)
    edits = doc.cut({line: [Piece(len(doc.lines[line]), "drop", "nav")] for line in gone}).edits
    assert apply(text, edits)[0] == left


def test_the_pieces_of_a_line_are_edits_of_their_own() -> None:
    doc = Document("Photo: Ann Lee\nStory.")
    cut = doc.cut({0: [Piece(7, "caption", "photo", "label"), Piece(14, "caption", "photo", "name")]})
    assert [(edit.start, edit.stop, edit.part) for edit in cut] == [(0, 7, "label"), (7, 15, "name")]


def test_a_document_after_another_edit_knows_nothing() -> None:
    doc = Document("Café.", "https://example.org/")
    assert doc.runs
    after = doc.after("Story.")
    assert (after.url, after.facts, after.runs) == (doc.url, {}, "")
