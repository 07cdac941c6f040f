"""Views: a text as a reader sees it, computed and never applied."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from sys import maxsize
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.edit import Edit, Route, Step, replaced
from cleanwire.lazy import deferred, lazy

PROTECTED = "view.protected"
"""The rule of a fold over text that no filter may change: code, front matter, a table of data."""
METADATA = "view.metadata"
"""The rule of a fold over data about the text, such as front matter: named, or cut as a whole, and never changed."""
PAGE_METADATA = "view.metadata.page"
"""The same for what a converter wrote there of the head of a page: its ``meta`` elements, which show what it is."""
LINK_OPEN, LINK_CLOSE = "markdown.link.open", "markdown.link.close"
"""The rules of the folds at the two ends of a link."""
HEADING = "markdown.heading."
"""What the rule of the fold of the marks of a heading begins with; its level follows."""
IMAGE = "markdown.image"
"""The rule of the fold of an image."""
OPEN, CLOSE = ".open", ".close"
"""How the rules of folds end that come in pairs, such as the marks of emphasis."""
KEPT = "view.kept"
"""The rule of an empty fold at the start of a line that filters may name, but neither cut nor change."""
PLACEHOLDER = "\ufffc"
"""What a view shows instead of protected text: a line of its own, in which no filter finds anything."""
_LINE_END = deferred(re.compile, "\n")


def folding(layout: str, text: str, folds: Iterable[Edit]) -> Step | None:
    """Return the step that folds `text` for a layout; None if there is nothing to fold.

    The folds are put in order; of two that overlap, such as a tag and a reference in it, the first stays.

    >>> folding("markdown", "*Noon*", [Edit(0, 1, "", "fix", "mark"), Edit(5, 6, "", "fix", "mark")]).removed
    ('*', '*')
    """
    edits = tuple(_apart(sorted(folds)))
    return Step(layout, edits, tuple(text[edit.start : edit.stop] for edit in edits)) if edits else None


def _apart(folds: Iterable[Edit]) -> Iterator[Edit]:
    reached = 0
    for edit in folds:
        if edit.start >= reached:
            yield edit
            reached = edit.stop


class Guard:
    """A source, some ranges of which are protected; edits that change or name something there are dropped.

    Ranges that are `kept` may be named; those of `metadata` may also be cut as a whole.

    >>> guard = Guard(Document("`a  b`  or"), [(0, 6)])
    >>> [edit.start for edit in guard.to_source([Edit(2, 4, " ", "fix", "space"), Edit(6, 8, " ", "fix", "space")])]
    [6]
    """

    def __init__(
        self,
        source: Document,
        protected: Sequence[tuple[int, int]],
        kept: Sequence[tuple[int, int]] = (),
        metadata: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.doc = source
        self._protected, self._kept, self._metadata = protected, kept, metadata

    def to_source(self, edits: Iterable[Edit]) -> list[Edit]:
        """Return the edits that leave protected text alone."""
        found = list(edits)
        if self._protected:
            found = [edit for edit in found if not _touched(self._protected, edit)]
        if self._kept or self._metadata:
            found = [edit for edit in found if self._may_be(edit)]
        return found

    def _may_be(self, edit: Edit) -> bool:
        """Return True if an edit names what it touches, or cuts metadata as a whole and touches nothing kept."""
        if self.doc.text[edit.start : edit.stop] == edit.new:
            return True
        data = _touched(self._metadata, edit)
        whole = not edit.new and all(edit.start <= start and stop <= edit.stop for start, stop in data)
        return whole and not _touched(self._kept, edit)


def _touched(ranges: Sequence[tuple[int, int]], edit: Edit) -> list[tuple[int, int]]:
    """Return those of some ranges, which are in order, that an edit touches."""
    index = bisect_right(ranges, (edit.start, maxsize)) - 1
    found: list[tuple[int, int]] = []
    for start, stop in ranges[max(index, 0) :]:
        if start >= max(edit.stop, edit.start + 1):
            break
        if edit.start < stop:
            found.append((start, stop))
    return found


def _guard(source: Document, step: Step) -> Guard:
    """Return the guard of what the folds of a step protect; a line that is kept goes to its end."""
    protected, kept, metadata = list[tuple[int, int]](), list[tuple[int, int]](), list[tuple[int, int]]()
    ranges = {PROTECTED: protected, KEPT: kept, METADATA: metadata, PAGE_METADATA: metadata}
    for start, stop, _, _, rule, _ in step.edits:
        if rule in ranges:
            end = source.text.find("\n", start) if rule == KEPT else stop
            ranges[rule].append((start, end if end >= 0 else len(source.text)))
    return Guard(source, protected, kept, metadata)


class _Pairs:
    """The marks of a source that come in pairs, such as those around a link; where each begins and ends."""

    def __init__(self, folds: Iterable[Edit]) -> None:
        self._pairs: list[tuple[int, int, int, int]] = []
        opened: dict[str, list[Edit]] = {}
        for fold in folds:
            if fold.rule.endswith(OPEN):
                opened.setdefault(fold.rule.removesuffix(OPEN), []).append(fold)
            elif fold.rule.endswith(CLOSE) and (before := opened.get(fold.rule.removesuffix(CLOSE))):
                self._pairs.append((*before.pop()[:2], *fold[:2]))
        self._by_open = {pair[1]: pair for pair in self._pairs}
        self._by_close = {pair[2]: pair for pair in self._pairs}

    def __bool__(self) -> bool:
        return bool(self._pairs)

    def balanced(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Return the ranges of a cut of ``[start:stop]`` that leaves no half of a pair, and no pair around nothing.

        >>> folds = [Edit(4, 5, "", "fix", "link.open"), Edit(8, 12, "", "fix", "link.close")]
        >>> _Pairs(folds).balanced(5, 8), _Pairs(folds).balanced(7, 20)  # of "The [bay](/b) is calm."
        ([(4, 12)], [(7, 8), (12, 20)])
        """
        while True:
            before, after = self._by_open.get(start), self._by_close.get(stop)
            if before and before[2] <= stop:
                start, stop = before[0], max(stop, before[3])
            elif after and after[0] >= start:
                stop = after[3]
            else:
                break
        left: list[tuple[int, int]] = []
        for pair in self._pairs:
            opens, closes = start <= pair[0] < stop, start <= pair[2] < stop
            if opens != closes:
                left.append(pair[:2] if opens else pair[2:])
        ends = [start, *(place for each in sorted(left) for place in each), stop]
        return [(first, last) for first, last in zip(ends[::2], ends[1::2], strict=True) if first < last]


class View:
    r"""The document that a step of fold edits would make of a source; edits of it are carried back to the source.

    The filter of the step is the name of the layout.  The folds must be in order, like all edits; they are applied for
    the view alone.  Text under a fold by the rule `PROTECTED` is never changed.

    >>> step = folding("markdown", "* Menu\n*Noon*", [Edit(0, 2, "", "fix", "mark"), *(
    ...     Edit(place, place + 1, "", "fix", "mark") for place in (7, 12))])
    >>> view = View(Document("* Menu\n*Noon*"), step)
    >>> view.doc.text
    'Menu\nNoon'
    >>> [edit[:3] for edit in view.to_source([Edit(0, 5, "", "drop", "nav")])]
    [(0, 7, '')]
    """

    def __init__(self, source: Document, step: Step) -> None:
        self.source = source
        self.doc = Document(replaced(source.text, step.edits), source.url, source.languages, step.filter, step.edits)
        self._folds = step.edits
        self._route = Route([step])
        self._guard = _guard(source, step)
        # The words of documentation are not repaired, since its authors set its spaces.
        self.guard = Guard(source, (), [(0, len(source.text))]) if self.doc.is_documentation else self._guard

    def to_source(self, edits: Iterable[Edit]) -> list[Edit]:
        """Return `edits` of the view, which must be in order, as edits of the source; drop those inside folded markup.

        A cut that begins or ends a line takes the markup there along; so does one that follows another cut with nothing
        between.  A cut of several lines becomes one edit a line where folds are among them: lines of markup alone may
        stand between.
        """
        found: list[Edit] = []
        run: list[Edit] = []  # cuts that follow one another with nothing between
        first = reached = -1  # where the run begins and ends in the view
        for edit in edits:
            if not (self._route.is_exact(edit.start) and self._route.is_exact(edit.stop)):
                continue
            named = edit.new or edit.start == edit.stop
            if run and (named or edit.start != reached):
                found += self._balanced(run, first, reached)
                run = []
            if named:
                found += self._changed(edit)
                continue
            first = first if run else edit.start
            for start, stop in self._lines_of(edit):
                begin, end = self._cut_range(start, stop)
                run.append(edit._replace(start=run[-1].stop if run else begin, stop=end))
            reached = edit.stop
        return self._guard.to_source([*found, *self._balanced(run, first, reached)] if run else found)

    def _balanced(self, run: list[Edit], first: int, last: int) -> Iterable[Edit]:
        """Return cuts, which follow one another, so that they leave no half of a pair of marks in a line that stays."""
        text = self.doc.text
        opens, closes = first == 0 or text[first - 1] == "\n", text[last - 1 : last] == "\n"
        if (opens and (closes or text[last : last + 1] in ("", "\n"))) or not self._pairs:
            return run
        ranges = self._pairs.balanced(run[0].start, run[-1].stop)
        if not ranges:
            return ()
        run[0], run[-1] = run[0]._replace(start=ranges[0][0]), run[-1]._replace(stop=ranges[-1][1])
        return [
            edit._replace(start=max(edit.start, start), stop=min(edit.stop, stop))
            for edit in run
            for start, stop in ranges
            if max(edit.start, start) < min(edit.stop, stop)
        ]

    def _lines_of(self, edit: Edit) -> Iterator[tuple[int, int]]:
        """Yield the range of an edit, line by line where folds have changed the text of the range."""
        start, stop = self._cut_range(edit.start, edit.stop)
        if self.source.text[start:stop] == self.doc.text[edit.start : edit.stop]:
            yield edit.start, edit.stop
            return
        ends = [found.end() for found in _LINE_END.finditer(self.doc.text, edit.start, max(edit.stop - 1, edit.start))]
        yield from pairwise([edit.start, *ends, edit.stop])

    def _cut_range(self, first: int, last: int) -> tuple[int, int]:
        text, back = self.doc.text, self._route.back
        opens, closes = first == 0 or text[first - 1] == "\n", text[last : last + 1] in ("", "\n")
        closes = closes and not (first < last and text[last - 1] == "\n")  # else it ends where another line begins
        begin, end = back(first, end=opens), back(last, end=not closes)
        if first and opens and last == len(text) and self.source.text[begin - 1 : begin] != "\n":
            # The line end that stays is a fold's, and reads as one here alone: the last one of the source stays for it.
            begin, end = back(first - 1, end=True), end - self.source.text.endswith("\n", begin, end)
        return begin, end

    @lazy
    def _pairs(self) -> "_Pairs":
        return _Pairs(self._folds)

    def _changed(self, edit: Edit) -> list[Edit]:
        """Return an edit that names or replaces text; none where it would replace what a fold has changed."""
        start = self._route.back(edit.start)
        stop = max(start, self._route.back(edit.stop, end=True))
        seen, there = self.doc.text[edit.start : edit.stop], self.source.text[start:stop]
        if edit.new == seen:
            return [edit._replace(start=start, stop=stop, new=there)]
        return [edit._replace(start=start, stop=stop)] if there == seen else []


class LineMarks(NamedTuple):
    """What the marks of a view say of its content lines, each a column: a value a line.

    `links` is the share of the characters that are in links, `headings` the level of the heading (0 for none), `above`
    whether images stand between the line and the one above it, `inside` whether images stand in the line.
    """

    links: list[float]
    headings: list[int]
    above: list[bool]
    inside: list[bool]


def line_marks(doc: Document) -> LineMarks:
    """Return what the folds of a view say of its lines; of a text that is no view, that there is nothing.

    >>> source = Document("# [Noon](/a)")
    >>> heading, opens = Edit(0, 2, "", "fix", HEADING + "1"), Edit(2, 3, "", "fix", LINK_OPEN)
    >>> step = folding("markdown", source.text, [heading, opens, Edit(7, 12, "", "fix", LINK_CLOSE)])
    >>> line_marks(View(source, step).doc)[:2]
    ([1.0], [1])
    """
    size = len(doc.lines)
    found = LineMarks([0.0] * size, [0] * size, [False] * size, [False] * size)
    shift = 0
    opened: list[int] = []
    for start, stop, new, _, rule, _ in doc.folds:
        place = start + shift
        shift += len(new) - (stop - start)
        if rule == LINK_OPEN:
            opened.append(place)
        elif rule == LINK_CLOSE and opened:
            _add_link(doc, opened.pop(), place, found.links)
        elif rule.startswith(HEADING) and (line := doc.line_at(place)) >= 0:
            found.headings[line] = int(rule[len(HEADING) :])
        elif rule == IMAGE:
            line = doc.line_at(place)
            if line >= 0 and place <= doc.start(line) + len(doc.lines[line]):
                found.inside[line] = True
            elif line + 1 < size:
                found.above[line + 1] = True
    return found


def _add_link(doc: Document, first: int, last: int, shares: list[float]) -> None:
    """Add the share of its lines that a link covers."""
    for line in range(max(doc.line_at(first), 0), doc.line_at(last) + 1):
        start, stop = doc.start(line), doc.start(line) + len(doc.lines[line])
        covered = max(min(last, stop) - max(first, start), 0)
        shares[line] = min(shares[line] + covered / (stop - start), 1.0)
