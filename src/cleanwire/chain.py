"""Run filters over a document until a round changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step, apply
from cleanwire.errors import EditError, FilterError
from cleanwire.result import Result

Wanted = Callable[[str, str], bool]
"""Given the name of a filter and of a rule: whether the filter's edits by that rule are to be applied."""

_ROUNDS = 64
"""Maximum number of rounds over one text; nearly all texts need two, the second of which changes nothing."""
_LONGER = 8
"""Maximum number of rounds that do not make the text shorter: an endless cycle consists of them, and may grow fast."""
_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""


def run(doc: Document, filters: Sequence[Filter], wanted: Wanted | None = None) -> Result:
    r"""Apply `filters` in order, round after round, until a round changes nothing; cleaning the result changes nothing.

    Edits that name text without changing it are taken from the last round only, when the boilerplate is gone.  Raises
    `FilterError`, which names the filter, for edits that cannot be applied and for a text that never settles.

    >>> from cleanwire.filters.boilerplate import BoilerplateFilter
    >>> run(Document("She left at noon.\n\nPost a comment"), [BoilerplateFilter()]).text
    'She left at noon.'
    """
    steps: list[Step] = []
    if doc.claims:
        doc = _apply(doc, "claims", doc.claims, steps)
    proposed: dict[int, tuple[int, Sequence[Edit]]] = {}  # by filter: how many steps it saw, what it proposed
    before = longer = 0
    for _ in range(_ROUNDS):
        before, length = len(steps), len(doc.text)
        for place, filter_ in enumerate(filters):
            if place in proposed and proposed[place][0] == len(steps):
                continue  # nothing has changed since it looked
            edits = _edits(filter_, doc, wanted)
            changes = _changes(edits, doc.text) if edits else ()
            proposed[place] = len(steps), () if changes else edits  # stale after a change; dropped to free memory
            if changes:
                doc = _apply(doc, filter_.name, changes, steps)
        if len(steps) == before:
            # What is left of the proposals are names, whose ranges hold in a text that stays as it is.
            for place, filter_ in enumerate(filters):
                if edits := proposed[place][1]:
                    steps.append(_step(doc.text, filter_.name, edits)[1])
            return Result(doc.text, tuple(steps))
        longer += len(doc.text) >= length
        if longer == _LONGER:
            break
    names = ", ".join(dict.fromkeys(repr(step.filter) for step in steps[before:]))
    raise FilterError(f"the chain never settles: {names} would change the text again and again")


def _edits(filter_: Filter, doc: Document, wanted: Wanted | None) -> Sequence[Edit]:
    found = filter_(doc)
    edits = list(found) if isinstance(found, Iterable) else found
    if not isinstance(edits, list) or not all(isinstance(edit, Edit) for edit in edits):
        raise FilterError(f"the filter {filter_.name!r} must return or yield `Edit`s, not {found!r:.80}")
    edits.sort(key=_RANGE)
    return [edit for edit in edits if wanted(filter_.name, edit.rule)] if wanted else edits


def _changes(edits: Sequence[Edit], text: str) -> Sequence[Edit]:
    """Return the edits that change the text; the others name what stands in it."""
    return [edit for edit in edits if text[edit.start : edit.stop] != edit.new]


def _apply(doc: Document, name: str, edits: Sequence[Edit], steps: list[Step]) -> Document:
    text, step = _step(doc.text, name, edits)
    steps.append(step)
    return doc.after(step.edits, text)


def _step(text: str, name: str, edits: Sequence[Edit]) -> tuple[str, Step]:
    try:
        text, removed = apply(text, edits)
    except EditError as error:
        raise FilterError(f"the filter {name!r} proposes edits that cannot be applied: {error}") from error
    return text, Step(name, tuple(edits), removed)
