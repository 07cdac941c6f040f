"""Views: a text as a reader sees it, computed and never applied."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cleanwire.document import Document
from cleanwire.edit import Edit, Route, Step, apply


class View:
    r"""The document that fold edits would make of a source; edits of it are carried back to the source.

    `folds` must be in order, like all edits; they are applied for the view alone.

    >>> view = View(Document("* Menu\n*Noon*"), [Edit(0, 2, "", "fix", "mark"), *(
    ...     Edit(place, place + 1, "", "fix", "mark") for place in (7, 12))])
    >>> view.doc.text
    'Menu\nNoon'
    >>> [edit[:3] for edit in view.to_source([Edit(0, 5, "", "drop", "nav")])]
    [(0, 7, '')]
    """

    def __init__(self, source: Document, folds: Sequence[Edit]) -> None:
        text, removed = apply(source.text, folds)
        step = Step("view", tuple(folds), removed)
        self.source = source
        self.doc = Document(text, source.url, source.languages) if folds else source
        self._route = Route([step])

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
        return found

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
        return back(first, end=opens), back(last, end=not closes)

    def _changed(self, edit: Edit) -> list[Edit]:
        """Return an edit that names or replaces text; none where it would replace what a fold has changed."""
        start = self._route.back(edit.start)
        stop = max(start, self._route.back(edit.stop, end=True))
        seen, there = self.doc.text[edit.start : edit.stop], self.source.text[start:stop]
        if edit.new == seen:
            return [edit._replace(start=start, stop=stop, new=there)]
        return [edit._replace(start=start, stop=stop)] if there == seen else []
