"""The date of a story in ISO 8601, read by dateparser from the line that says when it was published."""

from datetime import datetime, time
from functools import cache

from cleanwire.errors import MissingError

_CODES = {"no": "nb"}
"""Codes of packs that dateparser knows under another code."""
_SHARED = ("en", "zh", "ko")
"""For rules of no single language: dates of digits, alone or with the signs for year, month and day."""
_UNDECIDED = ("any", "en")
"""Packs whose texts write both the day and the month first."""
_ORDERS = ("DMY", "MDY", "YMD")
_YEARS = range(1600, 2200)
"""Years outside are of another calendar, or not years."""
_PROBE = "01/02/03"
_SETTINGS = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
"""Only dates that need no other date to be understood; a result must not depend on today."""


def iso_date(line: str, language: str) -> str | None:
    """Return the first full date of a line in ISO 8601; None if it has none.

    `language` is the code of a pack.  It decides whether the day or the month comes first in ``03/05/2024``; English
    texts write both, so that the date is None there.  A time is part of the result where the line states one other
    than midnight, with its offset where the line names a time zone.  Dates without a year ("May 3") and relative ones
    ("2 hours ago") are None.  Raises `MissingError` if dateparser is not installed.
    """
    try:
        from dateparser.data.languages_info import language_order
    except ImportError as error:
        raise MissingError(
            "date_iso needs dateparser, which is not installed; do: pip install 'cleanwire[dates]'"
        ) from error
    code = _CODES.get(language, language)
    languages = (code,) if code in language_order else _SHARED
    read = {order: _read(line, languages, order) for order in _ORDERS}
    date = read["DMY"]
    if len({found.date() for found in read.values() if found}) > 1:
        date = None if language in _UNDECIDED or code not in language_order else read[_order(code)]
    if date is None or date.year not in _YEARS:
        return None
    return date.date().isoformat() if date.time() == time() else date.isoformat(timespec="seconds")


def _read(line: str, languages: tuple[str, ...], order: str) -> datetime | None:
    """Return the date that `line` is, or else the first that it holds."""
    from dateparser import parse
    from dateparser.search import search_dates

    settings = {**_SETTINGS, "DATE_ORDER": order}
    whole: datetime | None = parse(line, languages=list(languages), settings=settings)
    if whole:
        return whole
    found = search_dates(line, languages=list(languages), settings=settings)
    return found[0][1] if found else None


@cache
def _order(code: str) -> str:
    """Return the order in which a language writes day, month and year."""
    from dateparser import parse

    orders = {parse(_PROBE, languages=[code], settings={"DATE_ORDER": order}): order for order in _ORDERS}
    return orders[parse(_PROBE, languages=[code])]
