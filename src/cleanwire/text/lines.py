"""The content lines of a text: where they start, and which of all lines they are.

A short text is split once.  Of a long one two numbers a line are kept, since strings would take more than the text.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Protocol, overload

from cleanwire.lazy import lazy

LONG = 1 << 18
"""The lines of a text of more characters are made when they are asked for."""
_FIRST = 16
"""Offsets of the first lines are summed directly; most texts need no full table of offsets."""
_BATCH = 1 << 12
"""How many lines are handed on at a time."""
_BLOCK = 1 << 16
"""About how many characters of a text are split into lines at a time."""


class Sliced(Protocol):
    """A text, or what gives its length and its slices from one offset to another."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> str: ...


class SplitLines:
    r"""The content lines of a short text, with the attributes of `Lines`.

    >>> table = SplitLines("one\n\ntwo")
    >>> table.lines, table.starts.tolist(), table.places, table.size
    (['one', 'two'], [0, 5], [0, 2], 3)
    """

    def __init__(self, text: str) -> None:
        self._every = text.split("\n")
        self.size = len(self._every)

    @lazy
    def lines(self) -> list[str]:
        """The lines themselves."""
        every = self._every
        return [every[number] for number in self.places]

    @lazy
    def places(self) -> list[int]:
        """For each line its number among all lines."""
        return [number for number, line in enumerate(self._every) if line and not line.isspace()]

    @lazy
    def starts(self) -> "array[int]":
        """The offset of each line."""
        ends = array("q", accumulate(map(len, self._every), initial=0))
        return array("q", [ends[place] + place for place in self.places])

    def start(self, line: int) -> int:
        """Return the offset of a line."""
        if line <= _FIRST and "starts" not in self.__dict__:
            place = self.places[line]
            return sum(map(len, self._every[:place])) + place
        return self.starts[line]


class Lines(Sequence[str]):
    r"""The content lines of a long text, each made when it is asked for.

    `starts` are their offsets, `places` their numbers among all lines, `size` is how many these are.

    >>> lines = Lines("one\n\ntwo")
    >>> lines[-1], list(lines), list(lines.starts), list(lines.places)
    ('two', ['one', 'two'], [0, 5], [0, 2])
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self._stops, self.places = array("q"), array("q"), array("q")
        number = start = 0
        for block in blocks(text):
            for line in block.split("\n"):
                stop = start + len(line)
                if line and not line.isspace():
                    self.starts.append(start)
                    self._stops.append(stop)
                    self.places.append(number)
                number += 1
                start = stop + 1
        self.size = number

    @property
    def lines(self) -> "Lines":
        """The lines themselves."""
        return self

    def start(self, line: int) -> int:
        """Return the offset of a line."""
        return self.starts[line]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int, /) -> str: ...

    @overload
    def __getitem__(self, index: slice, /) -> list[str]: ...

    def __getitem__(self, index: int | slice, /) -> str | list[str]:
        """Return a line, or the list of those in a slice."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return self.text[self.starts[index] : self._stops[index]]

    def __iter__(self) -> Iterator[str]:
        text = self.text
        for start, stop in zip(self.starts, self._stops, strict=True):
            yield text[start:stop]


def content_lines(text: str) -> SplitLines | Lines:
    r"""Return the content lines of a text, those that hold something else than white space.

    >>> content_lines("one\n\ntwo").lines
    ['one', 'two']
    """
    return Lines(text) if len(text) > LONG else SplitLines(text)


class _Joined:
    """The content lines of a long text as one text, of which only the slices are made that are asked for."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._starts = array("q", accumulate((len(line) + 1 for line in lines), initial=0))

    def __len__(self) -> int:
        return max(self._starts[-1] - 1, 0)

    def __getitem__(self, part: slice) -> str:
        first, last = bisect_right(self._starts, part.start) - 1, bisect_right(self._starts, part.stop)
        start = self._starts[first]
        return "\n".join(self._lines[first:last])[part.start - start : part.stop - start]


def as_text(lines: Sequence[str]) -> Sliced:
    r"""Return lines as one text; those of a long text as what gives its slices.

    >>> as_text(["one", "two"])[:6], as_text(Lines("one\n\ntwo"))[2:6]
    ('one\ntw', 'e\ntw')
    """
    return _Joined(lines) if isinstance(lines, Lines) else "\n".join(lines)


def batches(lines: Sequence[str]) -> Iterable[Sequence[str]]:
    """Return lines in batches, so that what is made of each need not be held of all.

    >>> list(batches(["one", "two"]))
    [['one', 'two']]
    """
    if len(lines) <= _BATCH:
        return (lines[:],)
    return (lines[first : first + _BATCH] for first in range(0, len(lines), _BATCH))


def blocks(text: str) -> Iterable[str]:
    r"""Return a text in blocks of whole lines, without the line ends between them; a short one as it is.

    >>> list(blocks("one\n\ntwo"))
    ['one\n\ntwo']
    """
    return (text,) if len(text) <= _BLOCK else _split(text)


def _split(text: str) -> Iterator[str]:
    start = 0
    while (stop := text.find("\n", start + _BLOCK)) >= 0:
        yield text[start:stop]
        start = stop + 1
    yield text[start:]
