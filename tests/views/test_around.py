"""What the lines around a line show it to be."""

import pytest

from cleanwire.document import Document
from cleanwire.views.around import goes_on, is_source, is_verse

WRAPPED = "The mayor of the town said to all who had come to\nthe old harbour that nobody may leave."
POEM = "The rope is wet\nThe boat is late\nNo sun is set\n\nWe wait and wait"


def test_both_halves_of_a_sentence_go_on_and_parts_of_two_paragraphs_do_not() -> None:
    assert [goes_on(Document(WRAPPED), line) for line in (0, 1)] == [True, True]
    assert not goes_on(Document(WRAPPED.replace("\n", "\n\n")), 1)
    assert not goes_on(Document("Post a comment\nThe mayor left."), 0)


def test_a_verse_stands_among_short_unknown_lines_in_one_of_several_blocks() -> None:
    assert is_verse(Document(POEM), 1, {1})
    assert not is_verse(Document(POEM), 1, {1, 2})
    assert not is_verse(Document(POEM.replace("\n\n", "\n")), 1, {1})
    assert not is_verse(Document(POEM.replace("No sun", "No sun " * 10)), 1, {1})


@pytest.mark.parametrize(("count", "expected"), [(1, False), (2, False), (3, True)])
def test_addresses_in_a_row_are_sources(count: int, expected: bool) -> None:
    text = "\n".join(["Sources", *(f"https://{name}.example/a" for name in "abc"[:count]), "The end"])
    assert is_source(Document(text), 1) is expected
    assert not is_source(Document(text), 0)
