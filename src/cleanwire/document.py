"""What a filter sees: a `Document`, its content lines, and what is known of them."""

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

from cleanwire.edit import Action, Edit, Part
from cleanwire.errors import InputError
from cleanwire.lazy import lazy
from cleanwire.text.lines import LONG, Lines, SplitLines, content_lines
from cleanwire.text.runs import character_runs

SHORT = 120
"""Longer lines are paragraphs; boilerplate, names and dates are looked for in shorter ones."""
LINES, ESCAPED, TAGS, MARKDOWN = "lines", "escaped", "tags", "markdown"
FLAT, WRAPPED, NODES = "flat", "wrapped", "nodes"
"""The names of layouts; the text itself is what a reader sees in ``lines``."""
DOCUMENTATION = "view.documentation"
"""The rule of the empty fold with which the view of a text begins that documents software."""


class Piece(NamedTuple):
    """A piece of a line that leaves the text: it ends at `stop`, an offset in the line; see `Edit` for the others."""

    stop: int
    action: Action
    rule: str
    part: Part | None = None


class LineFacts(Protocol):
    """What is known of a document line by line, so that it holds for the lines that a cut leaves."""

    def without_lines(self, cut: Collection[int], left: Sequence[str]) -> Self:
        """Return the facts of the document without the content lines `cut`; `left` are the other ones."""


@dataclass(frozen=True)
class Cut:
    """Edits that cut whole content lines: `lines` are the numbers of those that are removed.

    A filter may return one instead of an iterable of edits.  What is known of the other lines is then kept.  Edits that
    name text, and so change nothing, may be among them.
    """

    edits: Sequence[Edit]
    lines: frozenset[int]

    def __iter__(self) -> Iterator[Edit]:
        """Yield the edits."""
        return iter(self.edits)


@dataclass(frozen=True)
class Document:
    r"""A text, with what is known of it: the address of its page, which chooses a site template, and its languages.

    `languages` are codes of languages that it may be in (``de``); where none is given, they are recognised.  `layout`
    is that of the source where the text is a view of it (see `cleanwire.views`), and ``lines`` elsewhere; `folds`
    are then the edits that made the view of the source.

    A line ends at ``\n`` and nowhere else.  Content lines are those that hold something else than white space.  They
    alone are numbered, from 0.

    >>> doc = Document("one\n\ntwo\n")
    >>> doc.lines, doc.start(1), doc.gap(1), doc.gap(2)
    (['one', 'two'], 5, 1, 1)
    """

    text: str
    url: str | None = None
    languages: frozenset[str] = frozenset()
    layout: str = LINES
    folds: Sequence[Edit] = field(default=(), repr=False, compare=False)

    @lazy
    def lines(self) -> Sequence[str]:
        """The content lines, without their line ends."""
        return self._table.lines

    @lazy
    def runs(self) -> str:
        """The runs of characters that are not plain; see `character_runs`.

        After a cut there may be more of them than the text holds, never fewer.
        """
        return character_runs(self.text)

    @lazy
    def facts(self) -> dict[Hashable, LineFacts]:
        """What is known of the content lines, by the rules that they were scanned for; see `cleanwire.compiled`."""
        return {}

    @lazy
    def _table(self) -> SplitLines | Lines:
        return content_lines(self.text)

    @property
    def is_documentation(self) -> bool:
        """Whether the text documents software: it is made by hand, and no page stands around it."""
        return bool(self.folds) and self.folds[0].rule == DOCUMENTATION

    def start(self, line: int) -> int:
        """Return the offset in the text at which a content line starts."""
        return self._table.start(line)

    def gap(self, line: int) -> int:
        """Return how many empty lines stand before a content line; given the number of lines, after the last one."""
        places = self._table.places
        here = places[line] if line < len(places) else self._table.size
        return here - places[line - 1] - 1 if line else here

    def line_at(self, offset: int) -> int:
        r"""Return the number of the last content line that starts at `offset` or before it; -1 if none does.

        >>> Document("one\ntwo").line_at(5)
        1
        """
        return bisect_right(self._table.starts, offset) - 1

    def after(self, text: str, cut: Collection[int] | None = None) -> "Document":
        r"""Return the document whose text is `text`.

        Where it is this one's without the content lines `cut`, what is known of the other lines is kept.

        >>> Document("Story.\nTweet\nMore.").after("Story.\nMore.", {1}).lines
        ['Story.', 'More.']
        """
        new = Document(text, self.url, self.languages)
        if cut is not None:
            if "runs" in self.__dict__:
                new.__dict__["runs"] = self.runs
            if len(text) <= LONG:
                new.__dict__["lines"] = [line for number, line in enumerate(self.lines) if number not in cut]
            new.facts.update((rules, known.without_lines(cut, new.lines)) for rules, known in self.facts.items())
        return new

    def cut(self, marks: Mapping[int, Sequence[Piece] | str]) -> Cut:
        r"""Return the edits that cut whole content lines, together with the empty lines that would be left doubled.

        `marks` holds by content line the pieces that it falls into, of which the last must end at the line's end; for a
        line that is dropped as a whole, the name of the rule.  A cut at the end of the text keeps the final line end,
        if there was one.

        >>> document = Document("Story.\n\nTweet\n\nMore story.")
        >>> [(edit.start, edit.stop) for edit in document.cut({1: "share"})]
        [(8, 15)]
        """
        edits: list[Edit] = []
        run: list[int] = []
        for line in sorted(marks):
            if run and line > run[-1] + 1:
                edits += self._cut_run(run, marks)
                run = []
            run.append(line)
        if run:
            edits += self._cut_run(run, marks)
        return Cut(edits, frozenset(marks))

    def _cut_run(self, run: Sequence[int], marks: Mapping[int, Sequence[Piece] | str]) -> Iterator[Edit]:
        """Yield the edits that cut content lines which follow one another."""
        first, last, starts = run[0], run[-1], self._table.starts
        begin, end = starts[first], starts[last] + len(self.lines[last]) + 1
        if last + 1 == len(self.lines):
            # To the end of the text: nothing is left after it, so the empty lines before it go too.
            begin = starts[first - 1] + len(self.lines[first - 1]) if first else 0
            begin += begin > 0 and self.text.endswith("\n")
            end = len(self.text)
        elif not first:
            begin, end = 0, starts[last + 1]
        elif self.gap(first):
            end = starts[last + 1]  # the empty lines before the run stay, those after it go
        for line in run:
            pieces, stop = marks[line], end if line == last else starts[line] + len(self.lines[line]) + 1
            if isinstance(pieces, str):
                yield Edit(begin, stop, "", "drop", pieces)
            else:
                for stop_of_piece, action, rule, part in pieces[:-1]:
                    yield Edit(begin, starts[line] + stop_of_piece, "", action, rule, part)
                    begin = starts[line] + stop_of_piece
                yield Edit(begin, stop, "", *pieces[-1][1:])
            begin = stop


def as_document(text: str | Document, what: str = "the text") -> Document:
    """Return a text as a `Document`; raise `InputError`, which begins with `what`, if it is not a text.

    >>> as_document("She left.").text
    'She left.'
    """
    given = text.text if isinstance(text, Document) else text
    if isinstance(given, str):
        return text if isinstance(text, Document) else Document(text)
    hint = "leave it out" if given is None else "convert it first"
    if isinstance(given, bytes | bytearray | memoryview):
        hint = "decode it first, for example with data.decode()"
    raise InputError(f"{what} is {type(given).__name__}, not str or cleanwire.Document; {hint}")


class Filter(Protocol):
    r"""A callable with a name that takes a document and returns or yields edits; it changes nothing itself.

    Its rules begin with its name, so that `Cleaner` can check the names in `skip` and `only`.  Applied to its own
    result, it must propose no further change, or a chain that contains it never settles and returns the text unchanged.

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
        """Return edits of `doc`, which must not overlap, or a `Cut`."""
