r"""Lines broken at a column, as text browsers, mail programs and editors write paragraphs.

The lines vote for the column, since one that could not be broken may be longer than it.  They are measured without the
indent that all of them share.  A line continues in the next one if the first word of that one would not have fitted.
List items, tables, quoted mail and verse, whose lines are short, stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleanwire.document import WRAPPED
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.text.shape import width
from cleanwire.view import folding
from cleanwire.views import joints

_SHARE = 0.3
"""Least share of full lines among the lines longer than half of the column."""
_LONGER_OF_FULL, _LONGER_OF_ALL = 0.1, 0.02
"""How many lines may be longer than the column, as a share of the full lines or of all lines, whichever is more."""
_SMALL = 0.05
"""Least number of lines that do not begin with a capital, as a share of the lines that vote."""
_PARTED = 0.1
"""Least share of empty lines in a text that has them between paragraphs."""
_BEGINS = deferred(re.compile, r"\n[^\S\n]*[^\W\d_A-ZÀ-ÖØ-ÞΑ-ΫЀ-Я]")
"""The beginning of a line with a letter that is no capital."""

Measure = Callable[[str], int]
"""How long a program takes a line to be."""


def _bytes(line: str) -> int:
    return len(line) if line.isascii() else len(line.encode("utf-8", "surrogatepass"))


_MEASURES: Sequence[Measure] = (len, width, _bytes)


def _flush(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without the indent that they share; those that hold white space alone become empty."""
    first = next(filter(str.strip, lines), "")
    shared = first[: joints.indent(first)]
    for line in lines if shared else ():
        if not line.startswith(shared) and (words := line.lstrip()):
            own = line[: len(line) - len(words)]
            shared = own if shared.startswith(own) else ""
    return [line[len(shared) :] if line.startswith(shared) else "" for line in lines] if shared else lines


def _column(text: str, lines: Sequence[str]) -> tuple[int, Measure] | None:
    """Return the column at which a text is wrapped, and how lines are measured; None if it is not wrapped.

    `lines` are those of the text without their shared indent.
    """
    sizes = list(map(len, lines))
    voters = [number for number, size in enumerate(sizes) if 2 * size >= joints.NARROWEST]
    longer = sum(size > joints.WIDEST for size in map(sizes.__getitem__, voters))
    few = max(_LONGER_OF_FULL * len(voters), _LONGER_OF_ALL * len(lines))
    if longer > few or len(_BEGINS.findall(text)) < _SMALL * len(voters):
        return None
    voters = [number for number in voters if " " in lines[number]]
    for measure in _MEASURES[: 1 if text.isascii() else None]:
        if found := _voted(lines, voters, measure):
            return found, measure
    return None


def _voted(lines: Sequence[str], voters: Sequence[int], measure: Measure) -> int:
    """Return the column at which lines are wrapped; 0 if they are not.

    A line votes for the columns at which it fits and at which it would not with the first word of the next line.
    """
    votes, sizes = [0] * (joints.WIDEST + 2), [0] * (joints.WIDEST + 2)
    for number in voters:
        size = measure(lines[number])
        sizes[min(size, joints.WIDEST + 1)] += 1
        below = lines[number + 1] if size <= joints.WIDEST and number + 1 < len(lines) else ""
        if words := below.split(None, 1):
            votes[size] += 1
            votes[min(size + 1 + measure(words[0]), joints.WIDEST + 1)] -= 1
    full = list(accumulate(votes))
    best = max(range(joints.NARROWEST, joints.WIDEST + 1), key=full.__getitem__)
    longer, long = sum(sizes[best + 1 :]), sum(sizes[best // 2 + 1 :])
    few = max(_LONGER_OF_FULL * full[best], _LONGER_OF_ALL * len(lines))
    return best if full[best] >= max(joints.FULL, _SHARE * (long - longer)) and longer <= few else 0


class _Paragraph(NamedTuple):
    """What is known of the paragraph that the line above belongs to."""

    indent: int
    is_item: bool
    rest: int | None = None
    """The indent of the lines after the first."""


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that joins the lines of each paragraph; None of a text that is not wrapped at a column.

    >>> view("The bridge is open.\n\nPost a comment") is None
    True
    """
    ends = text.count("\n")
    sparse = len(text) > joints.WIDEST * (ends + 1) and not text[:1].isspace()
    if not forced and (ends < joints.FULL or sparse or not _BEGINS.search(text)):
        return None
    lines = text.split("\n")
    found = _column(text, flush := _flush(lines))
    if not found:
        return None
    return folding(WRAPPED, text, joints.merged(text, _joints(lines, flush, *found), "wrapped.field"))


def _joints(lines: Sequence[str], flush: Sequence[str], right: int, measure: Measure) -> Iterator[Edit]:
    """Yield the folds of the ends of lines that go on; `flush` are the lines without their shared indent."""
    parted = sum(not line or line.isspace() for line in lines) >= _PARTED * len(lines)
    start, above, size, paragraph = 0, "", 0, _Paragraph(0, is_item=False)
    for line, measured in zip(lines, flush, strict=True):
        words = line.split(None, 1)
        is_full = bool(words) and size + 1 + measure(words[0]) > right
        if words and _goes_on(above, line, is_full, parted) and _fits_below(paragraph, above, line, is_full):
            yield joints.joint(start - len(above) - 1, above, line, "wrapped.joint")
            paragraph = paragraph._replace(rest=joints.indent(line))
        elif words:
            paragraph = _Paragraph(joints.indent(line), joints.is_item(line))
        start += len(line) + 1
        above, size = line, measure(measured.rstrip())


def _goes_on(above: str, line: str, is_full: bool, parted: bool) -> bool:
    """Return True if a line goes on the one above, as far as room and words tell."""
    if not above.strip():
        return False
    if is_full and parted:
        return True
    return not joints.is_closed(above) and (is_full or joints.goes_on_small(line) or joints.goes_on_with_mark(line))


def _fits_below(paragraph: _Paragraph, above: str, line: str, is_full: bool) -> bool:
    """Return True if a line has the indent of the lines of a paragraph and does not begin anew.

    A line that is not full stands above a deeper one as the heading of a manual does, or the name of an option.
    """
    is_open = not joints.is_closed(above)
    if joints.is_item(line) and not (is_open and not paragraph.is_item and line.lstrip()[:1] in "–—0123456789"):
        return False
    if joints.is_row(above.strip()) or joints.is_row(line.strip()):
        return False
    depth = joints.indent(line)
    if paragraph.rest is not None:
        return depth == paragraph.rest
    return depth <= paragraph.indent or paragraph.is_item or (is_open and is_full)
