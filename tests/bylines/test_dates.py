"""Dates in a line: words of the packs with numbers, and numbers alone."""

import pytest

from cleanwire.bylines.dates import Dates
from cleanwire.packs.load import builtin_packs

DATES = Dates(builtin_packs())


def find(line: str) -> tuple[str, str] | None:
    """Return the date in a line, and what it has: a year ("year"), a time or day ("full"), or less ("part")."""
    date = DATES.find(line)
    return date and (
        line[date.start : date.stop],
        "year" if date.year and date.full else "full" if date.full else "part",
    )


FOUND = {
    "month, day, year": ("Jan 29, 2025", "Jan 29, 2025", "year"),
    "label of the date": ("Published: Jan 29, 2025", "Published: Jan 29, 2025", "year"),
    "label after the date": ("2021-05-04 Published", "2021-05-04 Published", "year"),
    "glued to a name": ("Ann LeePublished: Jan 29, 2025", "Published: Jan 29, 2025", "year"),
    "after a name": ("Ann Lee, Jan 29, 2025", "Jan 29, 2025", "year"),
    "before a sentence": ("Jan 29, 2025, said Ann", "Jan 29, 2025", "year"),
    "the longest": ("Jan 2 x Jan 29, 2025 x Feb 3", "Jan 29, 2025", "year"),
    "the first of two that are as long": ("Jan 2 x Feb 3", "Jan 2", "part"),
    "digits, year first": ("2025-01-29", "2025-01-29", "year"),
    "digits, year last": ("29/01/2025", "29/01/2025", "year"),
    "time": ("Posted at 12:30", "Posted at 12:30", "year"),
    "weekday": ("Wed 3 May", "Wed 3 May", "part"),
    "day": ("May 4", "May 4", "part"),
    "two numbers and a month, no year": ("May 4, 12", "May 4, 12", "full"),
    "relative": ("2 hours ago", "2 hours ago", "part"),
    "German, relative": ("vor 3 Stunden", "vor 3 Stunden", "part"),
    "Spanish": ("3 de mayo de 2021", "3 de mayo de 2021", "year"),
    "Polish": ("3 maja 2021 r.", "3 maja 2021 r", "year"),
    "Russian": ("3 мая 2021", "3 мая 2021", "year"),
    "Arabic": ("15 يناير 2025", "15 يناير 2025", "year"),
    "Arabic digits": ("١٥ يناير ٢٠٢٥", "١٥ يناير ٢٠٢٥", "full"),
    "Japanese": ("2025年1月29日", "2025年1月29日", "year"),
    "year and number with date words": ("on 2025 at 12", "on 2025 at 12", "part"),
    "slash that is no address": ("May 4 / Ann Lee", "May 4", "part"),
}


@pytest.mark.parametrize(("line", "date", "kind"), FOUND.values(), ids=FOUND)
def test_date(line: str, date: str, kind: str) -> None:
    assert find(line) == (date, kind)


NONE = {
    "number": "4",
    "year": "2025",
    "word": "Tuesday",
    "words": "May Day",
    "short word": "So 4",
    "date words and one number": "on the 12",
    "year and a date word": "on 2025",
    "year alone among words": "Bridge 2025",
    "address": "https://example.org/2025/01/29/x",
    "part of a path": "news/4/may",
    "word between": "May bridge 4",
    "bracket of another kind": "May {4",
    "nothing": "",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_no_date(line: str) -> None:
    assert find(line) is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Jan 29, 2025", "date.en.date-line"),
        ("Veröffentlicht am 29. Januar 2025", "date.de.date-line"),
        ("Publié le 3 mai 2021", "date.fr.date-line"),
        ("2025-01-29", "date.any.numeric"),
        ("on 2025-01-29", "date.any.numeric"),
        ("Published 2025-01-29", "date.en.date-line"),
    ],
)
def test_the_rule_is_of_the_language_with_most_words(line: str, rule: str) -> None:
    date = DATES.find(line)
    assert date is not None
    assert date.rule.name == rule


@pytest.mark.parametrize(
    ("word", "known"), [("May", True), ("TUESDAY", True), ("ago", True), ("on", False), ("Oslo", False)]
)
def test_words_that_make_a_number_a_date(word: str, known: bool) -> None:
    assert DATES.knows(word) is known


def test_the_page_of_a_gazette_is_no_day() -> None:
    date = Dates(builtin_packs()).find("I: 1966, 549")
    assert date is None or not date.day
