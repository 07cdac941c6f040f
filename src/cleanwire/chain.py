"""Run filters over a document until a round changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step, apply
from cleanwire.result import Result

Wanted = Callable[[str, str], bool]
"""Given the name of a filter and of a rule: whether the filter's edits by that rule are to be applied."""

_ROUNDS = 8
"""Most rounds over one text; two settle nearly all, the second being the proof."""
_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""


def run(doc: Document, filters: Sequence[Filter], wanted: Wanted | None = None) -> Result:
    r"""Apply `filters` in order, round after round, until a round changes nothing, so that a second run never does.

    Edits that name text without changing it are taken from the last round only, when the boilerplate around is gone.

    >>> from cleanwire.filters.boilerplate import Boilerplate
    >>> run(Document("She left at noon.\n\nPost a comment"), [Boilerplate()]).text
    'She left at noon.'
    """
    steps: list[Step] = []
    if doc.claims:
        doc = _apply(doc, "claims", doc.claims, steps)
    proposed: dict[int, tuple[int, Sequence[Edit]]] = {}  # by filter: how many steps it saw, what it proposed
    for _ in range(_ROUNDS):
        before = len(steps)
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
            steps += (
                Step(filter_.name, tuple(edits), tuple(edit.new for edit in edits))
                for place, filter_ in enumerate(filters)
                if (edits := proposed[place][1])
            )
            break
    return Result(doc.text, tuple(steps))


def _edits(filter_: Filter, doc: Document, wanted: Wanted | None) -> Sequence[Edit]:
    edits = sorted(filter_(doc), key=_RANGE)
    return [edit for edit in edits if wanted(filter_.name, edit.rule)] if wanted else edits


def _apply(doc: Document, name: str, edits: Iterable[Edit], steps: list[Step]) -> Document:
    edits = tuple(edits)
    text, removed = apply(doc.text, edits)
    steps.append(Step(name, edits, removed))
    return doc.after(edits, text)
