"""What a filter sees (`Document`) and what a caller gets (`Result`, `Span`, `Caption`)."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar, overload

from cleanwire.edit import Edit, Lane, Route, Step, revert

T = TypeVar("T")

SHORT = 120
"""A line of more characters is a paragraph; furniture, names and dates stand in lines up to this."""


_TOP = 16
"""The starts of so many lines are counted one by one; names stand in them, and most texts ask for no other."""


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, as `property` is
    """A value that an object works out when it is first asked for, and keeps.

    `functools.cached_property` does the same, and until Python 3.12 takes a lock, which costs more than most values.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...

    @overload
    def __get__(self, holder: object, owner: type) -> T: ...

    def __get__(self, holder: object | None, owner: type) -> Self | T:
        """Work the value out; from then on it stands in the object itself, and this is not asked again."""
        if holder is None:
            return self
        value = holder.__dict__[self._compute.__name__] = self._compute(holder)
        return value


class Line(NamedTuple):
    """One line of a document, without its line end: ``document.text[start:stop] == text``."""

    start: int
    stop: int
    text: str


class Piece(NamedTuple):
    """A part of a line that leaves the text: up to `stop` (an offset in the line), to `lane`, by `rule`."""

    stop: int
    lane: Lane
    rule: str


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
        r"""The text split at ``\n``, without the line ends."""
        return self.text.split("\n")

    @lazy
    def rows(self) -> list[int]:
        """The indices of the lines that are not blank."""
        return [index for index, line in enumerate(self.lines) if line and not line.isspace()]

    @lazy
    def starts(self) -> list[int]:
        """The offsets in the text at which lines start; the last is where one more would."""
        ends = accumulate(map(len, self.lines), initial=0)
        return list(map(add, ends, range(len(self.lines) + 1)))

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
            following = starts[index + 1] if index != final else end
            *parts, rest = marks[index]
            for part in parts:
                yield Edit(begin, starts[index] + part.stop, "", part.lane, part.rule)
                begin = starts[index] + part.stop
            yield Edit(begin, following, "", rest.lane, rest.rule)
            begin = following


class Filter(Protocol):
    """Anything with a name that looks at a document and proposes edits; it touches nothing."""

    @property
    def name(self) -> str:
        """The name that `skip` and `only` know the filter by."""

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc` and propose edits, which must not overlap."""


class Span(NamedTuple):
    """A stretch of the source that a rule spoke of: ``source[start:stop] == text``; `kept` where it stayed."""

    start: int
    stop: int
    text: str
    lane: Lane
    rule: str
    kept: bool


_ASIDE = ("label", "role", "agency", "other")  # parts of a line that are no name, title or date of the story


@dataclass(frozen=True)
class Caption:
    """A photo caption: its words, who took the picture, for which agency, and its place in the source.

    `text` is empty for a credit that stood alone; `credit` and `agency` are None where the page names none.
    """

    text: str
    credit: str | None
    agency: str | None
    span: tuple[int, int]


@dataclass(frozen=True)
class Result:
    """A cleaned text, with all that was done to it.

    `steps` alone hold everything: the diff, the way back, the captions.  The other attributes read it out of them.
    """

    text: str
    steps: tuple[Step, ...] = field(repr=False)

    def undo(self) -> str:
        """Return the source, byte for byte."""
        text = self.text
        for step in reversed(self.steps):
            text = revert(text, step)
        return text

    @property
    def changed(self) -> bool:
        """Whether any edit changed the text; naming a line changes nothing."""
        return any(edit.new != words for step in self.steps for edit, words in zip(step.edits, step.lost, strict=True))

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every edit but the fixes, in offsets of the source, sorted; they never overlap."""
        if not self.steps:
            return ()
        source, route = self.undo(), Route(self.steps)
        spans = []
        for place, step in enumerate(self.steps):
            for edit, words in zip(step.edits, step.lost, strict=True):
                # A cut takes its line end and the blanks around it along; the span is the words alone.
                lead, length = len(words) - len(words.lstrip()), len(words.rstrip())
                if edit.lane == "fix" or lead >= length:
                    continue
                start = route.back(edit.start + lead, before=place)
                stop = route.back(edit.start + length, end=True, before=place)
                spans.append(Span(start, stop, source[start:stop], edit.lane, edit.rule, edit.new == words))
        return tuple(sorted(spans))

    def _named(self, lane: Lane) -> str | None:
        """Join the words of the story's own spans in `lane`: no labels, no roles, none of the page's other stories."""
        names = [span for span in self.spans if span.lane == lane and span.rule.rpartition(".")[2] not in _ASIDE]
        return ", ".join(dict.fromkeys(span.text for span in names)) or None

    @cached_property
    def title(self) -> str | None:
        """The headline, where one was found above the story."""
        return self._named("title")

    @cached_property
    def byline(self) -> str | None:
        """Who wrote the story: names, joined by commas."""
        return self._named("byline")

    @cached_property
    def dateline(self) -> str | None:
        """Where and when an agency filed the story, as it stands at the head of its first paragraph."""
        return self._named("dateline")

    @cached_property
    def date(self) -> str | None:
        """The line that says when the story was published."""
        return self._named("date")

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """The photo captions, in the order of the source."""
        source = self.undo() if self.spans else ""
        groups: list[list[Span]] = []
        for span in self.spans:
            if span.lane != "caption":
                continue
            gap = source[groups[-1][-1].stop : span.start] if groups else None
            if gap is None or gap.strip() or gap.count("\n") > 1 or _complete(groups[-1], span, gap):
                groups.append([])
            groups[-1].append(span)
        return tuple(map(_caption, groups))

    def to_dict(self) -> dict[str, Any]:
        """Return all that was found as plain data for JSON; the keys are stable.

        >>> sorted(Result("text", ()).to_dict())
        ['byline', 'captions', 'changed', 'date', 'dateline', 'spans', 'text', 'title']
        """
        return {
            "text": self.text,
            "changed": self.changed,
            "title": self.title,
            "byline": self.byline,
            "dateline": self.dateline,
            "date": self.date,
            "captions": [
                {"text": c.text, "credit": c.credit, "agency": c.agency, "span": list(c.span)} for c in self.captions
            ],
            "spans": [span._asdict() for span in self.spans],
        }


def _part(span: Span) -> str:
    """Return what a caption's span is: its text, its label, or the name or agency of its credit."""
    part = span.rule.rpartition(".")[2]
    return part if part in ("label", "name", "agency") else "text"


def _complete(group: Sequence[Span], span: Span, gap: str) -> bool:
    """Whether `span`, which follows `group` with `gap` between, opens a caption of its own."""
    parts = {_part(s) for s in group}
    if _part(span) == "text" or span.rule.startswith("caption."):  # "Image caption" opens the words behind it
        return "text" in parts
    return "\n" in gap and bool(parts & {"name", "agency"})


_MARKS = " \t\n/|,;:()[]{}<>-–—=·•.…*"  # what stands between a caption, a name and an agency


def _caption(group: Sequence[Span]) -> Caption:
    def words(part: str) -> str:
        return " / ".join(s.text for s in group if _part(s) == part)

    name, agency = words("name").strip(_MARKS), words("agency").strip(_MARKS)
    text = "\n".join(s.text for s in group if _part(s) == "text")
    return Caption(text, name or None, agency or None, (group[0].start, group[-1].stop))
