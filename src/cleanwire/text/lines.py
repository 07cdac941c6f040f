"""The content lines of a text by their offsets: two numbers a line, where strings would take more than the text."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Protocol, overload

_BATCH = 1 << 12
"""How many lines are handed on at a time."""
_BLOCK = 1 << 16
"""About how many characters of a text are split into lines at a time."""


class Sliced(Protocol):
    """A text, or what gives its length and its slices from one offset to another."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> str: ...


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
