"""The survey agrees with the readers that it asks for nothing, and with itself when lines are cut."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.compiled import _BLANKS, Survey, surveyor
from cleanwire.document import SHORT, Document, Piece
from cleanwire.edit import Edit, apply
from cleanwire.mojibake import profile
from cleanwire.notation import parse, source
from cleanwire.text.shape import is_sentence

KNOWN = surveyor()
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
_lines = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "Menu",
        "Post a comment",
        "By Ann Lee",
        "May 4, 2021",
        "The bridge at dawn. REUTERS/Ann Lee",
        "Photo: Ann Lee/AFP",
        "(Reporting by Ann Lee; Editing by Bo Roe)",
        "Read more about the bridge, the ferries and the year in which both of them were closed, and its price to us",
        "The council voted on Monday to close the bridge for a year, and the ferries began to run at dawn on Tuesday. "
        * 2,
    ]
)
_text = st.lists(_lines, min_size=1, max_size=12).map("\n".join)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_what_is_not_in_the_survey_no_reader_reads(path: Path) -> None:
    doc = Document(source(parse(path.read_text(encoding="utf-8"))))
    survey = KNOWN.survey(doc)
    for row, index in enumerate(doc.rows):
        line = doc.lines[index]
        short = len(line) <= SHORT
        rule = KNOWN.matcher.find(line) if short else KNOWN.matcher.begins(line)
        assert survey.hits.get(index) is rule
        assert index in survey.credits or KNOWN.credits.read(line) is None
        assert index in survey.tails or KNOWN.tails.read(line) is None
        assert (row in survey.sentences) == is_sentence(line)
        reading = KNOWN.bylines.read(line) if short else None
        if reading and (reading.label or reading.has("date") or any(mark.part == "label" for mark in reading.marks)):
            assert index in survey.telling


@given(_text)
def test_a_survey_that_was_seen_before_is_the_same(text: str) -> None:
    assert KNOWN.survey(Document(text)) == KNOWN.survey(Document(text))


@given(_text, st.data())
def test_a_cut_leaves_what_is_known_of_the_other_lines(text: str, data: st.DataObject) -> None:
    doc = Document(text)
    doc.once(KNOWN.survey)
    doc.once(profile)
    gone = data.draw(st.sets(st.sampled_from(doc.rows))) if doc.rows else set()
    edits = list(doc.cut({index: [Piece(len(doc.lines[index]), "drop", "nav")] for index in gone}))
    left, _ = apply(text, edits)
    after, fresh = doc.after(edits, left), Document(left)
    assert after.lines == fresh.lines
    assert after.rows == fresh.rows
    assert after.starts == fresh.starts
    assert after.once(KNOWN.survey) == fresh.once(KNOWN.survey)
    assert set(fresh.once(profile).split()) <= set(after.once(profile).split())


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("Menu\nStory.\n", Edit(11, 12, "", "fix", "space.empty-lines")),
        ("Menu\nStory.", Edit(4, 11, "", "drop", "nav")),
        ("Menu\nStory.\n", Edit(4, 12, "", "drop", "nav")),
        ("Menu\n\n", Edit(5, 6, "", "fix", "space.empty-lines")),
    ],
)
def test_an_end_that_goes_is_no_empty_line(text: str, edit: Edit) -> None:
    doc = Document(text)
    doc.once(KNOWN.survey)
    left, _ = apply(text, [edit])
    after = doc.after([edit], left)
    assert after.lines == Document(left).lines
    assert after.once(KNOWN.survey) == KNOWN.survey(Document(left))


@given(_text, st.data())
def test_an_edit_within_a_line_leaves_nothing_known(text: str, data: st.DataObject) -> None:
    doc = Document(text)
    assert isinstance(doc.once(KNOWN.survey), Survey)
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    edits = [Edit(start, start + 1, data.draw(st.sampled_from(["", "x", "\n"])), "fix", "space.blanks")]
    left, _ = apply(text, edits)
    after, fresh = doc.after(edits, left), Document(left)
    assert after.lines == fresh.lines
    assert after.once(KNOWN.survey) == fresh.once(KNOWN.survey)


def test_blanks_are_all_that_python_takes_for_some() -> None:
    assert set(filter(str.isspace, map(chr, range(sys.maxunicode + 1)))) == _BLANKS
