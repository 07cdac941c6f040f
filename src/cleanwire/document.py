"""What a filter sees: a `Document`, its lines, and what others have learned of it."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import add
from typing import Any, NamedTuple, Protocol, TypeVar

from cleanwire.edit import Action, Edit, Part
from cleanwire.lazy import lazy

T = TypeVar("T")

SHORT = 120
"""A line of more characters is a paragraph; furniture, names and dates stand in lines up to this."""
_TOP = 16
"""The starts of so many lines are counted one by one; names stand in them, and most texts ask for no other."""


class Line(NamedTuple):
    """One line of a document, without its line end: ``document.text[start:stop] == text``."""

    start: int
    stop: int
    text: str


class Piece(NamedTuple):
    """A piece of a line that leaves the text: it ends at `stop`, an offset in the line; see `Edit` for the others."""

    stop: int
    action: Action
    rule: str
    part: Part | None = None


class Thinning:
    """Which lines of a text stay when others are cut, and where those that stay are then."""

    def __init__(self, lines: Sequence[bool], rows: Iterable[int]) -> None:
        self.lines = lines
        self.rows = [lines[index] for index in rows]

    @lazy
    def places(self) -> "array[int]":
        """For each line the number of lines that stay, up to it and with it."""
        return array("q", accumulate(self.lines))

    def indices(self, old: Iterable[int]) -> list[int]:
        """Return the indices of lines as they are then, without those that are cut."""
        lines, places = self.lines, self.places
        return [places[index] - 1 for index in old if lines[index]]

    def of_rows(self, old: Iterable[int]) -> list[int]:
        """Return places of rows as they are then, without those that are cut."""
        rows, places = self.rows, list(accumulate(self.rows))
        return [places[row] - 1 for row in old if rows[row]]


@dataclass(frozen=True)
class Document:
    r"""A text, and what is known of it from outside.

    `url` chooses a site template, `lang` is the language where the caller knows it, `claims` are edits that a door
    proposes because it saw more than the text (HTML, say).  A line ends at ``\n`` and nowhere else.

    >>> Document("one\ntwo").line(1)
    Line(start=4, stop=7, text='two')
    """

    text: str
    url: str | None = None
    lang: str | None = None
    claims: tuple[Edit, ...] = ()

    @lazy
    def lines(self) -> list[str]:
        r"""Split the text at ``\n``; the lines are without their ends."""
        return self.text.split("\n")

    @lazy
    def rows(self) -> list[int]:
        """Find the indices of the lines that are not blank."""
        return [index for index, line in enumerate(self.lines) if line and not line.isspace()]

    @lazy
    def starts(self) -> "array[int]":
        """Add up the offsets in the text at which lines start; the last is where one more would."""
        ends = accumulate(map(len, self.lines), initial=0)
        return array("q", map(add, ends, range(len(self.lines) + 1)))

    def start(self, index: int) -> int:
        """Return the offset in the text at which line `index` starts."""
        if index <= _TOP and "starts" not in self.__dict__:
            return sum(map(len, self.lines[:index])) + index
        return self.starts[index]

    def line(self, index: int) -> Line:
        """Return line `index` with its place."""
        start, text = self.start(index), self.lines[index]
        return Line(start, start + len(text), text)

    def once(self, compute: Callable[["Document"], T]) -> T:
        """Return ``compute(self)``, computed the first time only: filters share what they learn about a text.

        >>> document = Document("a b")
        >>> document.once(str) is document.once(str)
        True
        """
        if compute not in self._known:
            self._known[compute] = compute(self)
        known: T = self._known[compute]
        return known

    @lazy
    def _known(self) -> dict[Callable[["Document"], Any], Any]:
        return {}

    def after(self, edits: Sequence[Edit], text: str) -> "Document":
        r"""Return the document that `edits` leave, whose text is `text`.

        Where they cut whole lines and no more, what is known of the others line by line need not be learned again:
        whatever ``once`` keeps that has a method `thinned` is carried over, as that method says by a `Thinning`.

        >>> document = Document("Story.\nTweet\nMore.")
        >>> document.after([Edit(7, 13, "", "drop", "share")], "Story.\nMore.").lines
        ['Story.', 'More.']
        """
        new = Document(text, self.url, self.lang)
        if self._known and text and (stays := self._stays(edits)):
            thinning = Thinning(stays, self.rows)
            new.__dict__["lines"] = list(compress(self.lines, stays))
            new.__dict__["rows"] = thinning.indices(self.rows)
            new._known.update(
                (key, known.thinned(thinning)) for key, known in self._known.items() if hasattr(known, "thinned")
            )
        return new

    def _stays(self, edits: Iterable[Edit]) -> list[bool] | None:
        """Return for every line whether it stays, or None where `edits` do more than to cut whole lines."""
        text, size = self.text, len(self.text)
        cuts: list[tuple[int, int]] = []
        for start, stop, new, *_ in edits:
            if new:
                return None
            if cuts and cuts[-1][1] == start:
                cuts[-1] = (cuts[-1][0], stop)
            elif start and text[start - 1] != "\n" and text[start : start + 1] != "\n":
                return None
            else:
                cuts.append((start, stop))
        starts = self.starts
        stays = [True] * len(self.lines)
        for start, stop in cuts:
            first, last = bisect_left(starts, start), bisect_left(starts, stop)
            if starts[first] == start + 1 and stop == size:
                last = len(stays)  # to the end of the text, with the line end before
            elif starts[first] != start or starts[last] != stop:
                return None
            stays[first:last] = [False] * (last - first)
        return stays

    def cut(self, marks: Mapping[int, Sequence[Piece]]) -> Iterator[Edit]:
        r"""Yield the edits that take whole lines out, together with the blank lines that would be left doubled.

        `marks` holds, by the index of a line that is not blank, the pieces that it falls into; they must end at the
        line's end.  A cut at the end of the text keeps the final line end, if there was one.

        >>> document = Document("Story.\n\nTweet\n\nMore story.")
        >>> [(e.start, e.stop) for e in document.cut({2: [Piece(5, "drop", "share")]})]
        [(8, 15)]
        """
        rows, last = self.rows, len(self.lines) - 1
        order = sorted(marks)
        places = [bisect_left(rows, index) for index in order]
        begin = 0
        for end in range(1, len(order) + 1):
            if end < len(order) and places[end] == places[end - 1] + 1:
                continue  # a run: marked lines with nothing but blank lines between them
            before = rows[places[begin] - 1] + 1 if places[begin] else 0
            after = rows[places[end - 1] + 1] - 1 if places[end - 1] + 1 < len(rows) else last
            yield from self._cut_run(order[begin:end], marks, before, after)
            begin = end

    def _cut_run(
        self, run: Sequence[int], marks: Mapping[int, Sequence[Piece]], before: int, after: int
    ) -> Iterator[Edit]:
        """Cut the lines of `run`; the lines from `before` to `after` hold nothing else but blanks."""
        text, starts, last = self.text, self.starts, len(self.lines) - 1
        first, final = run[0], run[-1]
        begin = starts[first]
        if after == last:
            # To the end of the text: nothing is left after it, so the blanks before it go too.
            end = len(text)
            begin = max(starts[before] - 1, 0)
            if text.endswith("\n") and begin:
                begin += 1
        elif before == 0 or before < first:
            end = starts[after + 1]  # blanks before the run stay, blanks after it go
            begin = 0 if before == 0 else begin
        else:
            end = starts[final + 1]  # no blank line before it: those after it stay
        for index in run:
            following, pieces = starts[index + 1] if index != final else end, marks[index]
            for piece in pieces:
                stop = following if piece is pieces[-1] else starts[index] + piece.stop
                yield Edit(begin, stop, "", piece.action, piece.rule, piece.part)
                begin = stop


class Filter(Protocol):
    r"""A callable with a name that takes a document and returns or yields edits; it changes nothing itself.

    Its rules begin with its name, so that `Cleaner` can check the names in `skip` and `only`.  Applied to its own
    result, it must propose no further change, or a chain that contains it never settles.

    >>> class Shout:
    ...     name = "shout"
    ...
    ...     def __call__(self, doc):
    ...         if "!!" in doc.text:
    ...             start = doc.text.index("!!")
    ...             yield Edit(start, start + 2, "!", "fix", "shout.mark")
    >>> from cleanwire import Cleaner
    >>> Cleaner([Shout()])("Stop!!!").text
    'Stop!'
    """

    @property
    def name(self) -> str:
        """The name of the filter in `skip` and `only`."""

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Propose edits for `doc`, which must not overlap."""
