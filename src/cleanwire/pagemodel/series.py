"""Numbered headings of one story: "1. A closed bridge", "2. Ferries", each with paragraphs of the story below it."""

import re
from collections.abc import Iterator, Sequence

LEAST = 3
"""Least headings of a series."""
_WIDTH = 100
"""Most characters of a heading."""
_NUMBERED = re.compile(r"[\s#*]*(\d{1,3})\s?[.):、．]\s*\S")
_FIRST = re.compile(r"(?m)^(?:[^\S\n]|[#*])*\d\s?[.):、．]")


def may_be_in(text: str) -> bool:
    r"""Return True if a text may hold numbered headings; never False where `headings` finds some.

    >>> may_be_in("1. A bridge\nIt fell."), may_be_in("A bridge\nIt fell at 1.")
    (True, False)
    """
    return _FIRST.search(text) is not None


def headings(lines: Sequence[str], kept: Sequence[bool]) -> Iterator[int]:
    """Yield the lines that are numbered headings, in order, with a line that is kept below each of them.

    Lists of teasers are numbered, too, but nothing of the story stands between their items.

    >>> list(headings(["1. A bridge", "It fell.", "2. A ferry", "It sank.", "3. A bus", "It ran."], [False, True] * 3))
    [0, 2, 4]
    >>> list(headings(["It fell.", "1. A bridge", "2. A ferry", "3. A bus"], [True, False, False, False]))
    []
    """
    series: list[int] = []
    has_story = False
    for line, text in enumerate(lines):
        found = _NUMBERED.match(text) if len(text) <= _WIDTH else None
        if not found:
            has_story = has_story or kept[line]
            continue
        number = int(found[1])
        if series and (number != len(series) + 1 or not has_story):
            yield from _whole(series, has_story=has_story)
            series = []
        if number == len(series) + 1:
            series.append(line)
            has_story = False
    yield from _whole(series, has_story=has_story)


def _whole(series: list[int], *, has_story: bool) -> list[int]:
    """Return the headings of a series, the last of which counts only with a line of the story below it."""
    whole = series if has_story else series[:-1]
    return whole if len(whole) >= LEAST else []
