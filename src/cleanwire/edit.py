"""Edits: an `Edit` is proposed by a filter, a `Step` holds the edits of one filter that were applied.

`apply` applies edits and returns the text that they replaced; `revert` and `Route` read the same edits backwards.
Offsets are indices into Python strings (code points); `stop` is exclusive.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Literal, NamedTuple, get_args

from cleanwire.errors import EditError

Action = Literal["fix", "drop", "caption", "title", "byline", "dateline", "date"]
"""What an edit does with its text: fix it, drop it, or extract it (or name it in place) as data."""
_ACTIONS = frozenset(get_args(Action))
_ACTION = itemgetter(3)
_PIECES, _CHARACTERS = 2**13, 2**16
"""How many pieces of a new text, and characters of it, wait at most to be joined: what waits is held twice."""
_PER_PIECE, _SHARE = 512, 16
"""Of a text for which these would be few, a sixteenth waits, and a piece for each 512 characters: the new text may have
to be copied each time it grows."""

Part = Literal["label", "name", "agency", "role", "other"]
"""Which part of a caption, byline, dateline or date an edit covers; None for the main part.

The main part of a caption is its text, that of a byline the names.  ``label`` is a label or mark next to it
("Photo:", "By"), ``role`` an author's role ("Staff Writer"), ``other`` a byline or date of another story.
"""


class Edit(NamedTuple):
    """Replace ``text[start:stop]`` by `new`.

    An edit whose `new` equals the text that it replaces *names* that text: the text stays, and the span is recorded.

    >>> Edit(4, 7, "", "drop", "share.en.tweet").rule
    'share.en.tweet'
    """

    start: int
    stop: int
    new: str
    action: Action
    rule: str
    part: Part | None = None


class Step(NamedTuple):
    """The applied edits of one filter, sorted, with the text that each replaced in the text that the filter saw.

    >>> Step("boilerplate", (Edit(0, 6, "", "drop", "share.en.tweet"),), ("Tweet ",)).removed
    ('Tweet ',)
    """

    filter: str
    edits: tuple[Edit, ...]
    removed: tuple[str, ...]


def apply(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[str, ...]]:
    """Apply `edits`, which must be sorted by offset; return the new text and the text that each edit replaced.

    Raises `EditError` if two edits overlap, if one lies outside the text, or if one has an unknown action.

    >>> apply("Hello wrold", (Edit(6, 11, "world", "fix", "spelling"),))
    ('Hello world', ('wrold',))
    """
    removed: Sequence[str] = [text[edit.start : edit.stop] for edit in edits]
    once = dict(zip(removed, removed, strict=True))
    removed = tuple(map(once.__getitem__, removed))  # what a page repeats is one string
    return replaced(text, edits), removed


def replaced(text: str, edits: Sequence[Edit]) -> str:
    """Return the text that `edits` leave; raises `EditError` like `apply`.

    >>> replaced("Hello wrold", [Edit(6, 11, "world", "fix", "spelling")])
    'Hello world'
    """
    done = ""
    parts: list[str] = []
    reached = joined = 0
    size, pieces, characters = len(text), _PIECES, _CHARACTERS
    if size > _SHARE * _CHARACTERS:
        pieces, characters = size // _PER_PIECE, size // _SHARE
    for start, stop, new, _, rule, _ in edits:
        if start < reached or stop < start:
            raise EditError(
                f"rule {rule!r} edits {start}:{stop}, but the edits before it end at {reached}; "
                "propose edits that do not overlap, each with start <= stop"
            )
        parts += (text[reached:start], new)
        reached = stop
        if len(parts) > pieces or start - joined > characters:
            done += "".join(parts)  # a string that nobody else holds grows in place
            parts.clear()
            joined = start
    if reached > size:
        raise EditError(f"rule {edits[-1].rule!r} edits up to {reached}, but the text ends at {size}")
    if not _ACTIONS.issuperset(map(_ACTION, edits)):
        wrong = next(edit for edit in edits if edit.action not in _ACTIONS)
        raise EditError(
            f"rule {wrong.rule!r} has the unknown action {wrong.action!r}; use {', '.join(get_args(Action))}"
        )
    parts.append(text[reached:])
    done += "".join(parts)
    return done


def revert(text: str, step: Step) -> str:
    """Undo one step: return the text that its filter saw.

    >>> revert("Hello world", Step("spelling", (Edit(6, 11, "world", "fix", "spelling"),), ("wrold",)))
    'Hello wrold'
    """
    parts: list[str] = []
    reached = shift = 0
    for (start, stop, new, _, _, _), words in zip(step.edits, step.removed, strict=True):
        parts += (text[reached : start + shift], words)
        reached = start + shift + len(new)
        shift += len(new) - (stop - start)
    parts.append(text[reached:])
    return "".join(parts)


def trace(steps: Sequence[Step], pos: int, *, end: bool = False) -> int:
    """Return the offset in the source for an offset in the result.

    An offset inside replaced text maps to the start of the original text.  Where text was removed, the offset of the
    gap maps to the position after the removed text, or with `end` (for the exclusive end of a span) before it.

    >>> step = Step("boilerplate", (Edit(0, 6, "", "drop", "share"),), ("Tweet ",))
    >>> trace([step], 0), trace([step], 0, end=True)
    (6, 0)
    """
    return Route(steps).back(pos, end=end)


class Route:
    """The way between a source and its result, read once and asked often: each place costs a bisection a step.

    >>> route = Route([Step("space", (Edit(1, 3, " ", "fix", "space"),), ("  ",))])
    >>> route.forth(4), route.back(3)
    (3, 4)
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._legs = [_Leg(step.edits) for step in steps]

    def back(self, pos: int, *, end: bool = False, before: int | None = None) -> int:
        """Follow a place in the result, or in what step `before` saw, back to the source; see `trace`."""
        for leg in reversed(self._legs[:before]):
            pos = leg.back(pos, end)
        return pos

    def is_exact(self, pos: int) -> bool:
        """Return True if a place in the result is not inside words that replaced others of another length.

        >>> route = Route([Step("space", (Edit(1, 2, "...", "fix", "dots"),), ("…",))])
        >>> route.is_exact(1), route.is_exact(2), route.is_exact(4)
        (True, False, True)
        """
        for leg in reversed(self._legs):
            if not leg.is_exact(pos):
                return False
            pos = leg.back(pos, end=False)
        return True

    def forth(self, pos: int, *, end: bool = False) -> int:
        """Follow a place in the source to its place in the result; an offset in a cut maps to the gap."""
        for leg in self._legs:
            pos = leg.forth(pos, end)
        return pos


class _Leg:
    """One step of a route: where its edits lie in the text before it and in the text after it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.old, self.new = _Ranges(), _Ranges()
        shift = 0
        for start, stop, new, _, _, _ in edits:
            self.old.add(start, stop)
            self.new.add(start + shift, start + shift + len(new))
            shift += len(new) - (stop - start)

    def back(self, pos: int, end: bool) -> int:
        return _carry(self.new, self.old, pos, end)

    def is_exact(self, pos: int) -> bool:
        index = bisect_left(self.new.starts, pos) - 1
        if index < 0:
            return True
        return pos >= self.new.stops[index] or self.new.size(index) == self.old.size(index)

    def forth(self, pos: int, end: bool) -> int:
        return _carry(self.old, self.new, pos, end)


class _Ranges:
    """Ranges of a text, in order: two numbers each, since a text may have an edit at every few characters."""

    def __init__(self) -> None:
        self.starts, self.stops = array("q"), array("q")

    def add(self, start: int, stop: int) -> None:
        self.starts.append(start)
        self.stops.append(stop)

    def size(self, index: int) -> int:
        return self.stops[index] - self.starts[index]


def _carry(here: _Ranges, there: _Ranges, pos: int, end: bool) -> int:
    """Carry a place over to the other text.

    The last edit that begins before the place (for an end) or at it (for a start) decides.
    """
    index = (bisect_left if end else bisect_right)(here.starts, pos) - 1
    if index < 0:
        return pos
    start, stop = here.starts[index], here.stops[index]
    if pos >= stop:
        return pos - stop + there.stops[index]
    if here.size(index) == there.size(index):  # named, or fixed one for one: the place within is known
        return there.starts[index] + pos - start
    return there.stops[index] if end else there.starts[index]
