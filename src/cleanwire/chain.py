"""Run filters over a document until a round changes nothing."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from cleanwire.document import Cut, Document, Filter
from cleanwire.edit import Edit, Step, apply
from cleanwire.result import Result
from cleanwire.view import View

Wanted = Callable[[str, str], bool]
"""Given the name of a filter and of a rule: whether the filter's edits by that rule are to be applied."""

REPAIRS = ("encoding", "unicode", "space", "links")
"""The filters that repair a text.  They see the text itself; the filters after them may see a view of it."""

_ROUNDS = 8
"""Most rounds over one text; two settle nearly all, the second being the proof."""
_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""


def run(
    doc: Document,
    filters: Sequence[Filter],
    wanted: Wanted | None = None,
    view: Callable[[Document], View | None] | None = None,
) -> Result:
    r"""Apply `filters` in order, round after round, until a round changes nothing, so that a second run never does.

    Edits that name text without changing it are taken from the last round only, when the boilerplate around is gone.
    `view` makes the view that all filters but `REPAIRS` see; where it returns None they see the text itself.

    >>> from cleanwire.filters.boilerplate import Boilerplate
    >>> run(Document("She left at noon.\n\nPost a comment"), [Boilerplate()]).text
    'She left at noon.'
    """
    state = _Run(doc, wanted, view)
    proposed: dict[int, tuple[int, Sequence[Edit]]] = {}  # by filter: how many steps it saw, what it named
    for _ in range(_ROUNDS):
        before = len(state.steps)
        for place, filter_ in enumerate(filters):
            seen = len(state.steps)
            if place not in proposed or proposed[place][0] != seen:  # else nothing has changed since it looked
                proposed[place] = seen, state.apply(filter_)
        if len(state.steps) == before:
            # What is left of the proposals are names, whose ranges hold in a text that stays as it is.
            state.steps += (
                Step(filter_.name, tuple(edits), tuple(edit.new for edit in edits))
                for place, filter_ in enumerate(filters)
                if (edits := proposed[place][1])
            )
            break
    return Result(state.doc.text, tuple(state.steps))


class _Run:
    """The document as the steps so far have left it."""

    def __init__(self, doc: Document, wanted: Wanted | None, view: Callable[[Document], View | None] | None) -> None:
        self.doc, self.steps = doc, list[Step]()
        self._wanted, self._make_view = wanted, view
        self._view: View | None = None
        self._viewed: Document | None = None

    def apply(self, filter_: Filter) -> Sequence[Edit]:
        """Apply the edits of a filter that change the text; if none does, return those that name it."""
        view = self._view_for(filter_) if self._make_view else None
        found = filter_(view.doc if view else self.doc)
        if not found:
            return ()
        edits: Sequence[Edit] = sorted(found, key=_RANGE)
        cut = found.lines if isinstance(found, Cut) and not view else None
        if wanted := self._wanted:
            proposed, edits = edits, [edit for edit in edits if wanted(filter_.name, edit.rule)]
            cut = cut if len(edits) == len(proposed) else None
        if view:
            edits = view.to_source(edits)
        text = self.doc.text
        changes = [edit for edit in edits if text[edit.start : edit.stop] != edit.new]
        if not changes:
            return edits
        text, removed = apply(text, changes)
        self.steps.append(Step(filter_.name, tuple(changes), removed))
        self.doc = self.doc.after(text, cut)
        return ()  # its names are stale after a change

    def _view_for(self, filter_: Filter) -> View | None:
        """Return the view of the document as it is, or None if the filter sees the text itself."""
        if self._make_view is None or filter_.name in REPAIRS:
            return None
        if self._viewed is not self.doc:
            self._view, self._viewed = self._make_view(self.doc), self.doc
        return self._view
