"""Drop the lines that the caller of a cleaner has chosen: `Cleaner(drop=…)`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.text.fold import fold

CHOSEN = "drop.chosen"
"""The rule of the filter."""
FILTER_RULES: Mapping[str, str] = {CHOSEN: "A line that the caller lists in `drop` is dropped."}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class DropFilter:
    r"""Propose to drop the content lines whose key is one of `keys`; see `cleanwire.text.fold`.

    `Cleaner` adds this filter for `drop`; no chain has it.

    >>> [edit.rule for edit in DropFilter(frozenset({"ring the bell"}))(Document("She left.\n\nRing the bell!"))]
    ['drop.chosen']
    """

    keys: frozenset[str] = frozenset()
    name: str = "drop"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the cut of the lines."""
        chosen = [number for number, line in enumerate(doc.lines) if fold(line) in self.keys]
        return doc.cut(dict.fromkeys(chosen, CHOSEN)) if chosen else ()
