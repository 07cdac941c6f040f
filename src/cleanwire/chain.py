"""Run filters over a document until a round changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from cleanwire.document import Cut, Document, Filter
from cleanwire.edit import Edit, Step, apply
from cleanwire.errors import EditError, FilterError
from cleanwire.protection import Protection
from cleanwire.result import Result
from cleanwire.view import Guard, View

Wanted = Callable[[str, str], bool]
"""Given the name of a filter and of a rule: whether the filter's edits by that rule are to be applied."""
MakeView = Callable[[Document], View | None]

REPAIRS = ("encoding", "escapes", "unicode", "space", "links")
"""The filters that repair a text.  They see the text itself; the filters after them may see a view of it."""
_EVERYWHERE = "encoding"
"""The filter that repairs protected text too: code in the wrong charset is no code."""

_REFERENCE = "encoding.entity"
"""The rule of that filter which does not repair protected text: in code, a character reference is meant."""
_OF_SOURCE = frozenset((*REPAIRS, "markup", _REFERENCE))
"""What sees the text itself though there is a view: the repairs, and the filter of images, which no view shows."""

UNSETTLED = "unsettled"
"""The name of the step that marks a text that does not settle, and the first part of its rules."""
_ROUNDS = 64
"""Maximum number of rounds over one text; nearly all texts need two, the second of which changes nothing."""
_LONGER = 8
"""Maximum number of rounds that do not make the text shorter: an endless cycle consists of them, and may grow fast."""
_EDIT = frozenset({Edit})
_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""


def run(
    doc: Document,
    filters: Sequence[Filter],
    wanted: Wanted | None = None,
    view: MakeView | None = None,
    keep: Protection | None = None,
) -> Result:
    r"""Apply `filters` in order, round after round, until a round changes nothing; cleaning the result changes nothing.

    Edits that name text without changing it are taken from the last round only, when the boilerplate is gone.  `view`
    makes the view that all filters but `REPAIRS` and `markup` see; where it returns None they see the text itself.
    What the view protects is repaired by the filter `encoding` alone, and changed by no other.  Lines that `keep`
    protects are repaired, and cut by no filter.  A text that does not settle comes back unchanged, marked by the rules
    ``unsettled.…`` that name the filters; see `unsettled`.  Raises `FilterError`, which names the filter, for edits
    that cannot be applied.

    >>> from cleanwire.filters.boilerplate import BoilerplateFilter
    >>> run(Document("She left at noon.\n\nPost a comment"), [BoilerplateFilter()]).text
    'She left at noon.'
    """
    state = _Run(doc, wanted, view, keep)
    named: dict[int, tuple[int, Sequence[Edit]]] = {}  # by filter: how many steps it saw, what it named
    before = longer = 0
    for _ in range(_ROUNDS):
        before, length = len(state.steps), len(state.doc.text)
        for place, filter_ in enumerate(filters):
            seen = len(state.steps)
            if place not in named or named[place][0] != seen:  # else nothing has changed since it looked
                named[place] = seen, state.apply(filter_)
        if len(state.steps) == before:
            # What is left are names, whose ranges hold in a text that stays as it is.
            for place, filter_ in enumerate(filters):
                if edits := named[place][1]:
                    state.step(filter_.name, edits)
            return Result(state.doc.text, tuple(state.steps), state.layout or doc.layout)
        longer += len(state.doc.text) >= length
        if longer == _LONGER:
            break
    names = dict.fromkeys(step.filter for step in state.steps[before:])
    marks = tuple(Edit(0, 0, "", "fix", f"{UNSETTLED}.{name}") for name in names)
    return Result(doc.text, (Step(UNSETTLED, marks, ("",) * len(marks)),))


def unsettled(result: Result) -> bool:
    """Return True if a text was returned unchanged because filters would change it again and again."""
    return any(step.filter == UNSETTLED for step in result.steps)


class _Run:
    """The document as the steps so far have left it."""

    def __init__(self, doc: Document, wanted: Wanted | None, view: MakeView | None, keep: Protection | None) -> None:
        self.doc, self.steps = doc, list[Step]()
        self.layout: str | None = None
        self._wanted, self._make_view, self._keep = wanted, view, keep or None
        self._may_refuse = wanted is not None or self._keep is not None
        self._view: View | None = None
        self._viewed: Document | None = None
        self._plain = None if view else doc  # the document, if it is its own view

    def apply(self, filter_: Filter) -> Sequence[Edit]:
        """Apply the edits of a filter that change the text; if none does, return those that name it."""
        view = None if self._plain is self.doc else self._view_for(filter_.name)
        seen = view.doc if view else self.doc
        found = filter_(seen)
        if found == ():
            return ()
        edits = _sorted(filter_.name, found)
        cut = found.lines if isinstance(found, Cut) and not view else None
        if self._may_refuse:
            proposed, edits = edits, self._allowed(filter_.name, seen, edits)
            cut = cut if len(edits) == len(proposed) else None
        if view:
            edits = view.to_source(edits)
        elif filter_.name == _EVERYWHERE:
            edits = self._without_references(edits)
        text = self.doc.text
        changes = [edit for edit in edits if text[edit.start : edit.stop] != edit.new]
        if not changes:
            return edits
        self.doc = self.doc.after(self.step(filter_.name, changes), cut)
        self._view = self._viewed = None  # a long document is not kept beside the next one
        self._plain = None if self._make_view else self.doc
        return ()  # its names are stale after a change

    def step(self, name: str, edits: Sequence[Edit]) -> str:
        """Add a step of `edits` by the filter called `name`, and return the text that they leave."""
        try:
            text, removed = apply(self.doc.text, edits)
        except EditError as error:
            raise FilterError(f"the filter {name!r} proposes edits that cannot be applied: {error}") from error
        self.steps.append(Step(name, tuple(edits), removed))
        return text

    def _allowed(self, name: str, seen: Document, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return the edits of the filter called `name` that are wanted and cut no line that is kept.

        A cut at the end of a text takes the line ends before it along.  Where a line after it stays, they stay too.
        """
        allowed: list[Edit] = []
        first = reached = -1  # where in `allowed` the edits begin that follow one another, and where they end
        for edit in edits:
            if (not self._wanted or self._wanted(name, edit.rule)) and not (
                self._keep and self._cuts_kept(self._keep, seen, edit)
            ):
                first = first if edit.start == reached else len(allowed)
                allowed.append(edit)
                reached = edit.stop
            elif edit.start == reached and seen.text[edit.start : edit.stop] != edit.new:
                allowed[first] = _after_line_ends(seen.text, allowed[first])
        return allowed

    def _cuts_kept(self, keep: Protection, seen: Document, edit: Edit) -> bool:
        if edit.action == "fix" or seen.text[edit.start : edit.stop] == edit.new:
            return False
        touched = range(max(seen.line_at(edit.start), 0), seen.line_at(edit.stop - 1) + 1)
        return any(
            edit.start < seen.start(line) + len(seen.lines[line]) and keep.by(seen.lines[line]) for line in touched
        )

    def _without_references(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return `edits` without those of character references in protected text."""
        guard = self._view_for(_REFERENCE) if any(edit.rule == _REFERENCE for edit in edits) else None
        if not guard:
            return edits
        spared = guard.to_source(edit for edit in edits if edit.rule == _REFERENCE)
        return _sorted(_EVERYWHERE, [*spared, *(edit for edit in edits if edit.rule != _REFERENCE)])

    def _view_for(self, name: str) -> View | Guard | None:
        """Return what the filter called `name` sees of the document as it is; None if it sees the text itself."""
        if self._make_view is None or name == _EVERYWHERE:
            return None
        if self._viewed is not self.doc:
            self._view, self._viewed = self._make_view(self.doc), self.doc
            self._plain = None if self._view else self.doc
            self.layout = self.layout or (self._view.doc if self._view else self.doc).layout  # as the text came
        return self._view.guard if self._view and name in _OF_SOURCE else self._view


def _after_line_ends(text: str, edit: Edit) -> Edit:
    """Return a cut without the line ends that it begins with; any other edit as it is."""
    cut = text[edit.start : edit.stop]
    if edit.new or not cut.strip():
        return edit
    return edit._replace(start=edit.start + cut.rfind("\n", 0, len(cut) - len(cut.lstrip())) + 1)


def _sorted(name: str, found: Iterable[Edit]) -> Sequence[Edit]:
    """Return the edits that the filter called `name` returned or yielded, sorted; refuse anything else."""
    edits = list(found) if hasattr(found, "__iter__") else None
    if edits is None or not _EDIT.issuperset(map(type, edits)):
        raise FilterError(f"the filter {name!r} must return or yield `Edit`s, not {found!r:.80}")
    edits.sort(key=_RANGE)
    return edits
