"""Views: a text as a reader sees it, computed and never applied."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from sys import maxsize

from cleanwire.document import Document
from cleanwire.edit import Edit, Route, Step, apply

PROTECTED = "view.protected"
"""The rule of a fold over text that no filter may change: code, front matter, a table of data."""
METADATA = "view.metadata"
"""The rule of a fold over data about the text, such as front matter: named, or cut as a whole, and never changed."""
KEPT = "view.kept"
"""The rule of an empty fold at the start of a line that filters may name, but neither cut nor change."""
PLACEHOLDER = "\ufffc"
"""What a view shows instead of protected text: a line of its own, in which no filter finds anything."""


def folding(layout: str, text: str, folds: Sequence[Edit]) -> Step | None:
    """Return the step that folds `text` for a layout; None if there is nothing to fold.

    >>> folding("markdown", "*Noon*", [Edit(0, 1, "", "fix", "mark"), Edit(5, 6, "", "fix", "mark")]).removed
    ('*', '*')
    """
    return Step(layout, tuple(folds), tuple(text[edit.start : edit.stop] for edit in folds)) if folds else None


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
    ranges: dict[str, list[tuple[int, int]]] = {PROTECTED: [], KEPT: [], METADATA: []}
    for start, stop, _, _, rule, _ in step.edits:
        if rule in ranges:
            end = source.text.find("\n", start) if rule == KEPT else stop
            ranges[rule].append((start, end if end >= 0 else len(source.text)))
    return Guard(source, *ranges.values())


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
        text, _ = apply(source.text, step.edits)
        self.source = source
        self.doc = Document(text, source.url, source.languages, step.filter)
        self._route = Route([step])
        self.guard = _guard(source, step)

    def to_source(self, edits: Iterable[Edit]) -> list[Edit]:
        """Return `edits` of the view, which must be in order, as edits of the source; drop those inside folded markup.

        A cut that begins or ends a line takes the markup there along; so does one that follows another cut with nothing
        between.  A cut of several lines becomes one edit a line where folds are among them: lines of markup alone may
        stand between.
        """
        found: list[Edit] = []
        cut_to = (-1, -1)  # where the last cut ends: in the view, and in the source
        for edit in edits:
            if not (self._route.is_exact(edit.start) and self._route.is_exact(edit.stop)):
                continue
            if edit.new or edit.start == edit.stop:
                found += self._changed(edit)
                continue
            for first, last in self._lines_of(edit):
                start, stop = self._cut_range(first, last)
                found.append(edit._replace(start=cut_to[1] if first == cut_to[0] else start, stop=stop))
                cut_to = last, stop
        return self.guard.to_source(found)

    def _lines_of(self, edit: Edit) -> Iterator[tuple[int, int]]:
        """Yield the range of an edit, line by line where folds have changed the text of the range."""
        start, stop = self._cut_range(edit.start, edit.stop)
        if self.source.text[start:stop] == self.doc.text[edit.start : edit.stop]:
            yield edit.start, edit.stop
            return
        ends = [place + 1 for place in range(edit.start, edit.stop - 1) if self.doc.text[place] == "\n"]
        yield from pairwise([edit.start, *ends, edit.stop])

    def _cut_range(self, first: int, last: int) -> tuple[int, int]:
        text, back = self.doc.text, self._route.back
        opens, closes = first == 0 or text[first - 1] == "\n", text[last : last + 1] in ("", "\n")
        closes = closes and not (first < last and text[last - 1] == "\n")  # else it ends where another line begins
        return back(first, end=opens), back(last, end=not closes)

    def _changed(self, edit: Edit) -> list[Edit]:
        """Return an edit that names or replaces text; none where it would replace what a fold has changed."""
        start = self._route.back(edit.start)
        stop = max(start, self._route.back(edit.stop, end=True))
        seen, there = self.doc.text[edit.start : edit.stop], self.source.text[start:stop]
        if edit.new == seen:
            return [edit._replace(start=start, stop=stop, new=there)]
        return [edit._replace(start=start, stop=stop)] if there == seen else []
