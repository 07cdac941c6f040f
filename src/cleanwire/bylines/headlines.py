"""Tell by its shape whether a line could be a headline."""

from collections.abc import Callable

import regex

from cleanwire.bylines.dates import Dates
from cleanwire.credits.credit import Credit
from cleanwire.document import SHORT
from cleanwire.lazy import deferred
from cleanwire.scan.cues import DATE
from cleanwire.text.shape import PROSE, letters

_LEAST = 8
"""Least characters of a headline."""
_CREDIT_WORDS = 3
"""The most words of a name after the label of a credit that closes a line."""
_CRUMB = deferred(regex.compile, r"[»›>|]\s|\s/\s|://")
_DIGIT = deferred(regex.compile, r"\d")


class Headlines:
    """The judge of headlines, which holds no line for one that is mostly a date, or a caption with its credit.

    >>> from cleanwire.compiled import compiled
    >>> headlines = compiled().headlines
    >>> headlines.may_be("Harbour Bridge Closes for a Year", 0), headlines.may_be("Home » News » Harbour", 0)
    (True, False)
    """

    def __init__(self, dates: Dates, read_credit: Callable[[str], Credit | None]) -> None:
        self._dates, self._read_credit = dates, read_credit

    def may_be(self, line: str, flags: int) -> bool:
        """Return True if `line`, whose flags the scan gave, could be a headline."""
        dated = flags & DATE or len(line) > SHORT  # in longer lines the scan does not look for dates
        line = line.strip()
        if (
            not _LEAST <= len(line) < PROSE
            or line[-1] in ".:,;。।۔"
            or line[0] in "([#@•©"
            or line[0].islower()
            or _CRUMB.search(line)
            or (": " in line and self._ends_in_credit(line))
        ):
            return False
        date = self._dates.find(line) if dated and _DIGIT.search(line) else None
        if date and (line[: date.start].endswith(", ") or 2 * (date.stop - date.start) > len(line)):
            return False
        return 2 * letters(line) > len(line)

    def _ends_in_credit(self, line: str) -> bool:
        """Return True if a line ends in the label of a credit and a name: "Workers on the bridge Source: Port"."""
        before, _, name = line.rpartition(": ")
        words = before.split()
        if len(words) < 2 or name.count(" ") >= _CREDIT_WORDS:
            return False
        return self._read_credit(f"{' '.join(words[:-1])}. {words[-1]}: {name}") is not None
