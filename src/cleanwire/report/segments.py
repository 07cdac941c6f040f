"""A source cut into segments, each with the edit that acts on it: what a page shows in place."""

import re
from typing import NamedTuple

from cleanwire.report.places import Place
from cleanwire.report.shown import shown_spaces

SIGNS = {"fix": "~", "drop": "−", "caption": "^"}
"""What marks the text of an action, so that colour is never the only sign; ``@`` marks all others."""


CONTEXT = 100
"""Characters of the source that are shown before and after a cut."""
_FIRST_WORD = re.compile(r"\A\S{0,30}\s+")
_LAST_WORD = re.compile(r"\s+\S{0,30}\Z")
"""What is left of a word where a context begins or ends; what is longer, as in scripts without spaces, stays."""


class Segment(NamedTuple):
    """A piece of the source: `number` of its edit in the list of all edits, from 1, or 0 for text without an edit.

    `text` and `new` are ready to be shown: white space that a repair changes is made visible.
    """

    text: str
    number: int = 0
    place: Place | None = None
    new: str = ""

    @property
    def sign(self) -> str:
        """The sign of the action."""
        return SIGNS.get(self.place.action, "@") if self.place else ""


def segments(source: str, found: list[Place]) -> list[Segment]:
    """Return the source in segments, in order; `found` are the edits sorted by place.

    Text that two edits acted on is shown with the one that removed it; a repair within it is listed only.

    >>> [each.text for each in segments("Tweet noon", [Place(0, 5, "Tweet", "drop", "x", None, kept=False, new="")])]
    ['Tweet', ' noon']
    """
    parts: list[Segment] = []
    reached = 0
    spans = [(place.start, place.end) for place in found if place.action != "fix"]
    next_span = 0
    for number, place in enumerate(found, 1):
        while next_span < len(spans) and spans[next_span][1] <= place.start:
            next_span += 1
        covered = place.action == "fix" and next_span < len(spans) and spans[next_span][0] < place.end
        if place.start < reached or covered:
            continue
        if place.start > reached:
            parts.append(Segment(source[reached : place.start]))
        parts.append(_segment(source[place.start : place.end], number, place))
        reached = place.end
    return [*parts, Segment(source[reached:])] if reached < len(source) else parts


def surroundings(source: str, start: int, end: int) -> tuple[str, str]:
    """Return up to `CONTEXT` characters before and after a range of the source, in whole words; ``…`` stands for more.

    >>> surroundings("She left at noon. Tweet", 18, 23)
    ('She left at noon. ', '')
    """
    before, after = source[max(start - CONTEXT, 0) : start], source[end : end + CONTEXT]
    if start > CONTEXT:
        before = f"…{_FIRST_WORD.sub('', before)}"
    if end + CONTEXT < len(source):
        after = f"{_LAST_WORD.sub('', after)}…"
    return before, after


class Row(NamedTuple):
    """An edit in the list of all edits: its number, its reason, and its texts as they are shown."""

    number: int
    place: Place
    why: str
    text: str
    new: str


def row(number: int, place: Place, why: str) -> Row:
    """Return an edit for the list; white space that a repair changes is made visible.

    >>> row(1, Place(0, 2, "  ", "fix", "space.double", None, kept=False, new=" "), "").text
    '··'
    """
    segment = _segment(place.text, number, place)
    return Row(number, place, why, segment.text, segment.new if place.action == "fix" else "")


def _segment(text: str, number: int, place: Place) -> Segment:
    if place.action != "fix":
        return Segment(text, number, place)
    if (place.text + place.new).isspace():
        return Segment(shown_spaces(text), number, place, shown_spaces(place.new))
    return Segment(text, number, place, place.new)
