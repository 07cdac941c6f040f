"""Run filters over a document until a round changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from cleanwire.document import Document, Filter
from cleanwire.edit import ACTIONS, Edit, Step, apply
from cleanwire.errors import EditError, FilterError
from cleanwire.result import Result

Wanted = Callable[[str, str], bool]
"""Given the name of a filter and of a rule: whether the filter's edits by that rule are to be applied."""

_ROUNDS = 64
"""Maximum number of rounds over one text; nearly all texts need two, the second of which changes nothing."""
_LONGER = 8
"""Maximum number of rounds that do not make the text shorter: an endless cycle consists of them, and may grow fast."""
_EDIT = frozenset({Edit})
_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""
_NEW, _ACTION = itemgetter(2), itemgetter(3)


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
            changes = [edit for edit in edits if doc.text[edit.start : edit.stop] != edit.new] if edits else ()
            proposed[place] = len(steps), () if changes else edits  # stale after a change; dropped to free memory
            if changes:
                doc = _apply(doc, filter_.name, changes, steps)
        if len(steps) == before:
            # What is left of the proposals are names, whose ranges hold in a text that stays as it is.
            steps += _naming(doc.text, filters, [edits for _, edits in proposed.values()])
            return Result(doc.text, tuple(steps))
        longer += len(doc.text) >= length
        if longer == _LONGER:
            break
    still = ", ".join(dict.fromkeys(repr(step.filter) for step in steps[before:]))
    raise FilterError(f"the chain never settles: {still} would change the text again and again")


def _edits(filter_: Filter, doc: Document, wanted: Wanted | None) -> Sequence[Edit]:
    found: Any = filter_(doc)  # a filter of one's own may return anything
    try:
        edits: list[Edit] = sorted(found, key=_RANGE)
    except TypeError:
        if hasattr(found, "__iter__"):
            raise  # an error within the filter, if it is a generator
        edits = [found]
    if edits and not _EDIT.issuperset(map(type, edits)):
        raise FilterError(f"the filter {filter_.name!r} must return or yield `Edit`s, not {found!r:.80}")
    return [edit for edit in edits if wanted(filter_.name, edit.rule)] if wanted else edits


def _naming(text: str, filters: Sequence[Filter], proposed: Sequence[Sequence[Edit]]) -> Iterator[Step]:
    """Yield the steps of edits that change nothing."""
    for filter_, edits in zip(filters, proposed, strict=True):
        if not edits:
            continue
        bounds = [0, *(bound for edit in edits for bound in edit[:2]), len(text)]
        if bounds != sorted(bounds) or not ACTIONS.issuperset(map(_ACTION, edits)):
            _step(text, filter_.name, edits)  # raises, with what is wrong
        yield Step(filter_.name, tuple(edits), tuple(map(_NEW, edits)))


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
