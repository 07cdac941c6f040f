"""What a short line says of author and date: its marks, and how sure they are."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleanwire.document import Piece
from cleanwire.edit import Action, Part
from cleanwire.packs.pack import Scope

BARE = "byline.any.name"
"""The rule of a name without a label, which has the shape of one and stands beside a date or title."""
_ROLES = ("role", "agency")
"""The parts of a byline that follow a name."""


class Mark(NamedTuple):
    """What ``line[start:stop]`` says: the name, date or other fact that `action`, `rule` and `part` stand for."""

    start: int
    stop: int
    action: Action
    rule: str
    part: Part | None = None


def pieces(marks: Sequence[Mark], size: int) -> list[Piece]:
    """Return the marks of a line of `size` characters as pieces without a gap between them.

    What stands between a name and the role after it belongs to the role.

    >>> pieces([Mark(0, 2, "byline", "by", "label"), Mark(3, 10, "byline", "by")], 10)
    [Piece(stop=3, action='byline', rule='by', part='label'), Piece(stop=10, action='byline', rule='by', part=None)]
    """
    between = [own.stop if after.part in _ROLES else after.start for own, after in pairwise(marks)]
    stops = [*between, size]
    return [Piece(stop, *mark[2:]) for mark, stop in zip(marks, stops, strict=True)]


class Reading(NamedTuple):
    """What a short line says of author and date.

    `sure` if a label or a date shows that the names are authors; else they have only the shape of names, and the lines
    around must show it.  `label` is the scope of a label on a line of its own: its name is on the next line, or its
    names are the lines of a whole block.  `dated` is None without a date; else it says whether the date is a full one,
    with a year, a time or more words: "May 3" stands in diaries and lists of matches too.  `checked` if the label is of
    who checked, edited or translated a story.
    """

    marks: tuple[Mark, ...]
    sure: bool
    label: Scope | None = None
    dated: bool | None = None
    checked: bool = False

    def has(self, action: Action) -> bool:
        """Return True if a mark has this action."""
        return any(mark.action == action for mark in self.marks)

    def is_bare(self) -> bool:
        """Return True for names without a label, a role or a date."""
        return not self.sure and self.marks[0].rule == BARE
