"""Lines by their offsets: they are those that a split gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.document import Document
from cleanwire.text.lines import LONG, Lines, as_text

TEXTS = st.lists(st.sampled_from(["", " ", "\t", "one", " two ", "drei\u2028", "\u00a0", "четыре"])).map("\n".join)


@given(TEXTS)
def test_lines_are_those_of_a_short_document(text: str) -> None:
    lines, doc = Lines(text), Document(text)
    assert list(lines) == [lines[number] for number in range(len(lines))] == lines[:] == doc.lines
    assert list(lines.starts) == [doc.start(number) for number in range(len(lines))]
    gaps = [place - above - 1 for place, above in zip(lines.places, [-1, *lines.places], strict=False)]
    assert gaps[1:] == [doc.gap(number) for number in range(1, len(lines))]


def test_a_long_document_says_of_its_lines_what_a_short_one_does() -> None:
    text = "\n \nThe ferry left at noon.\n\n\nZoë saw it.\n" * (LONG // 40)
    assert len(text) > LONG
    long, short = Document(text), Document("\n \nThe ferry left at noon.\n\n\nZoë saw it.\n" * 2)
    size = len(short.lines)
    assert isinstance(long.lines, Lines)
    assert long.lines[:size] == short.lines
    for number in range(size):
        assert (long.start(number), long.gap(number)) == (short.start(number), short.gap(number))
        assert long.line_at(short.start(number)) == number
    assert long.gap(len(long.lines)) == short.gap(size) == 1


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_slices_of_the_joined_lines_are_made_without_them(text: str, start: int, size: int) -> None:
    lines = Lines(text)
    whole, joined = "\n".join(lines), as_text(lines)
    assert len(joined) == len(whole)
    if start < len(whole) or not start:
        assert joined[start : start + size] == whole[start : start + size]


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_a_text_is_split_in_blocks_of_whole_lines(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "one\n\ntwo\n three \n" * 9
    whole = list(Lines(text))
    monkeypatch.setattr("cleanwire.text.lines._BLOCK", block)
    assert list(Lines(text)) == whole == [line for line in text.split("\n") if line.strip()]
