"""The glance that settles lines without a credit: it never leaves out one that the grammar would read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.compiled import surveyor
from cleanwire.document import Document
from cleanwire.packs.load import builtin_packs

READER = surveyor().credits
_CREDITS = sorted(
    {
        phrase
        for pack in builtin_packs()
        for rule in pack.rules
        if rule.action == "caption"
        for phrase in rule.phrases[:8]
    }
)
_words = st.sampled_from(
    [
        *_CREDITS,
        "A bridge.",
        "Ann Lee",
        "Photo:",
        "photo",
        "REUTERS/Ann Lee",
        "(AP)",
        "© dpa",
        ":",
        "/",
        "|",
        ").",
        "(c)",
    ]
)
_glue = st.sampled_from([" ", "", ". ", ".\u00a0", "\u202f", "\t", "! ", "” ", "/", ", "])
_line = st.builds("{}{}{}{}{}".format, _words, _glue, _words, _glue, _words | st.sampled_from([".", "!", "?", "”", ""]))


@given(_line)
def test_no_line_with_a_credit_is_settled(line: str) -> None:
    if READER.settles(line):
        assert not READER._hints.may_hold(line)


@given(_line)
def test_a_remembered_line_reads_as_a_new_one(line: str) -> None:
    assert READER._recall(line) == READER._recall(line) == READER.read(line)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")), ids=lambda path: path.stem
)
def test_seeds(path: Path) -> None:
    doc = Document(path.read_bytes().decode("utf-8", "replace"))
    settled = [doc.lines[index] for index in doc.rows if READER.settles(doc.lines[index])]
    assert not any(map(READER._hints.may_hold, settled))


def test_a_plain_story_is_settled_without_a_look() -> None:
    story = "She left at noon.\n\nThe bridge is closed. Two ferries were late.\n\n“We knew,” he said, “and waited.”"
    assert all(map(READER.settles, filter(None, story.split("\n"))))
