"""The task *names*: how many titles, bylines and dates are given, right and missed, on pages whose names are known.

Pages come as the text of the whole page, cleaned by `PAGE`, and as what extractors made of it, cleaned by `ARTICLE`.
On true prose that is not news nearly every name is wrong, so that only the number given counts there; each is listed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.tools.data import LINES, NEWS, NEWS_RESIDUE, Choice, Row, page_text, rows, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire import PAGE, Cleaner, Result
from cleanwire.text.fold import fold

DANIEL, DANIEL_RESIDUE, PROSE = "daniel.jsonl.zst", "daniel_residue.jsonl.zst", "innocence.jsonl.zst"
SETS = {"news": (NEWS, NEWS_RESIDUE), "daniel": (DANIEL, DANIEL_RESIDUE), "lines": (LINES, "")}
"""The files of pages, each with the outputs of extractors on them."""
FIELDS = ("title", "byline", "date")
EXTRACTORS = ("trafilatura", "resiliparse_main")
"""The extractors whose outputs are cleaned: one that leaves menus out, and one that leaves more in."""
SHORT = 120
"""A name of the article stands in a line of at most this many characters."""
HALF = 0.5
"""The least share of the longer of two titles that the shorter one must hold: kickers and names of sites are no error.
"""
_PER_NAME = 3
"""A line that holds a byline is at most so many times as long as the author's name."""
NEWS_GENRE = "news"
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Gold(NamedTuple):
    """The names of one page: its titles in several spellings, folded, its authors, folded, and its day."""

    titles: frozenset[str]
    authors: tuple[str, ...]
    day: date | None


class Outcome(NamedTuple):
    """What happened to one name of one text: what was given, whether that is right, and whether the text holds one.

    `right` is None where nothing is given, or nothing is known.
    """

    field: str
    id: str
    given: str
    right: bool | None
    held: bool


def gold(row: Row, first: str = "") -> Gold:
    """Return the names of a page from its row, and from the first paragraph of its gold text, if that is the title.

    A heading of the first rank is a title, too, if the page has one alone: publishers give another one to their feeds.
    """
    lines = [line["t"] for line in row["lines"] if line["label"] == "title"]
    headings = [line["t"] for line in row["lines"] if line.get("el") == "h1"]
    lines += headings if len(headings) == 1 else []
    titles = frozenset(filter(None, map(fold, [row.get("title") or "", first, *lines])))
    authors = row.get("author") or []
    names = [authors] if isinstance(authors, str) else authors
    return Gold(titles, tuple(filter(None, map(fold, names))), read_day(row.get("publish_date") or ""))


def read_day(text: str) -> date | None:
    """Return the day that a text begins with, or None if there is none in the calendar.

    >>> read_day("2022-11-1"), read_day("2022-13-01")
    (datetime.date(2022, 11, 1), None)
    """
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def same_title(one: str, other: str) -> bool:
    """Return True if one of two folded titles holds the other, and that is half of it or more.

    >>> same_title("rain in oslo", "weather rain in oslo"), same_title("rain", "rain in oslo for days")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return short in long and len(short) >= HALF * len(long)


def is_day(text: str, day: date) -> bool:
    """Return True if a text names a day, give or take one for time zones: its number, and the year if it names one.

    >>> is_day("3. Mai 2024, 17:47", date(2024, 5, 3)), is_day("3. Mai 2023", date(2024, 5, 3))
    (True, False)
    """
    years = set(_YEAR.findall(text))
    numbers = set(map(int, _NUMBER.findall(text)))
    near = [day + timedelta(step) for step in (-1, 0, 1)]
    return any(one.day in numbers and (not years or str(one.year) in years) for one in near)


def judge(known: Gold, text: str, result: Result, name: str) -> Iterator[Outcome]:
    """Yield what happened to each name that a page has."""
    short = [line for line in text.split("\n") if len(line) <= SHORT]
    keys = list(filter(None, map(fold, short)))
    title, byline, day = (getattr(result, field) or "" for field in FIELDS)
    if known.titles:
        right = any(same_title(fold(title), one) for one in known.titles) if title else None
        yield Outcome("title", name, title, right, bool(known.titles.intersection(keys)))
    if known.authors:
        own = fold(byline)
        right = any(_holds(own, author) for author in known.authors) if byline else None
        yield Outcome("byline", name, byline, right, any(_signs(key, one) for key in keys for one in known.authors))
    if known.day:
        held = any(is_day(line, known.day) and str(known.day.year) in line for line in short)
        yield Outcome("date", name, day, is_day(day, known.day) if day else None, held)


def _holds(line: str, name: str) -> bool:
    return f" {name} " in f" {line} " if name.isascii() else name in line


def _signs(line: str, name: str) -> bool:
    """Return True if a line may be the byline of a person: his name is a good part of it."""
    person = " " in name or not name.isascii()
    return person and len(line) <= _PER_NAME * len(name) and _holds(line, name)


def pages(path: Path, choice: Choice) -> Iterator[Row]:
    """Yield the articles among the pages of a file."""
    return (row for row in choice.rows(path) if row.get("page_type", "article") == "article")


def first_paragraphs(path: Path) -> dict[str, str]:
    """Return the first paragraphs of gold texts that begin with their title, by the ids of pages."""
    return {row["id"]: row["gold"].partition("\n")[0] for row in rows(path)}


def _page(cleaner: Cleaner, firsts: Mapping[str, str], row: Row) -> list[Outcome]:
    text = page_text(row)[0]
    return list(judge(gold(row, firsts.get(row["id"], "")), text, cleaner(text), row["id"]))


def _output(cleaner: Cleaner, known: Mapping[str, Gold], row: Row) -> list[Outcome]:
    return list(judge(known[row["id"]], row["text"], cleaner(row["text"]), f"{row['id']} {row['extractor']}"))


def _outputs(path: Path, known: Mapping[str, Gold], choice: Choice) -> Iterator[Row]:
    return (row for row in choice.rows(path) if row["extractor"] in EXTRACTORS and row["id"] in known)


def _prose(cleaner: Cleaner, row: Row) -> list[Outcome]:
    """Return the names given to one document of prose in both layouts."""
    given = []
    for layout in ("A", "B"):
        result = cleaner(row[layout])
        label = f"{row['lang']} {row['genre']} {row['id']} {layout}"
        given += [Outcome(f, label, getattr(result, f) or "", None, held=False) for f in FIELDS]
    return given


def report(data: Path, choice: Choice, *, jobs: int = 1) -> Report:
    """Return names given, right and missed by set of texts and field, and the errors to read."""
    made = Report()
    table: list[Sequence[Cell]] = []
    article, page = Cleaner(), Cleaner(PAGE)
    sets: dict[str, Iterable[list[Outcome]]] = {}
    for name, (file, residue) in SETS.items():
        firsts = first_paragraphs(data / residue) if file == DANIEL else {}
        sets[f"{name} PAGE"] = spread(partial(_page, page, firsts), pages(data / file, choice), jobs)
        if residue:
            known = {row["id"]: gold(row, firsts.get(row["id"], "")) for row in pages(data / file, choice)}
            outputs = _outputs(data / residue, known, choice)
            sets[f"{name} ARTICLE"] = spread(partial(_output, article, known), outputs, jobs)
    errors: list[Sequence[Cell]] = []
    for name, texts in sets.items():
        outcomes = [outcome for found in texts for outcome in found]
        table += _rows(name, outcomes, made.figures)
        errors += _errors(name, outcomes)
    made.tables.append(Table("names: given, right and missed", _COLUMNS, table))
    prose = (row for row in choice.rows(data / PROSE) if row["genre"] != NEWS_GENRE)
    made.tables.append(_given(spread(partial(_prose, article), prose, jobs), made.figures))
    made.tables.append(Table("names: errors", ("texts", "name", "error", "id", "given"), errors))
    return made


_COLUMNS = ("texts", "name", "known", "held", "given", "right", "right of given %", "found of held %", "missed")


def _rows(name: str, outcomes: Iterable[Outcome], figures: dict[str, Figure]) -> Iterator[Sequence[Cell]]:
    """Yield a row for each field; a name is found if it is right, and missed if it is held and none was given."""
    by_field: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_field[outcome.field].append(outcome)
    for field, of in by_field.items():
        held, given = sum(one.held for one in of), sum(bool(one.given) for one in of)
        right = sum(one.right is True for one in of)
        found = sum(one.held and one.right is True for one in of)
        missed = sum(one.held and not one.given for one in of)
        values = {"right of given %": share(right, given), "found of held %": share(found, held)}
        yield [name, field, len(of), held, given, right, *values.values(), missed]
        figures.update({f"names.{name} {field} {key}": Figure(v) for key, v in values.items() if v is not None})


def _errors(name: str, outcomes: Iterable[Outcome]) -> Iterator[Sequence[Cell]]:
    for one in outcomes:
        if one.right is False:
            yield [name, one.field, "wrong", one.id, one.given[:100]]
        elif one.held and not one.given:
            yield [name, one.field, "missed", one.id, ""]


def _given(found: Iterable[list[Outcome]], figures: dict[str, Figure]) -> Table:
    """Return the names given to prose, and pin how many there are in 1,000 texts."""
    rows: list[Sequence[Cell]] = []
    texts, counts = 0, dict.fromkeys(FIELDS, 0)
    for outcomes in found:
        texts += 2
        for one in outcomes:
            if one.given:
                counts[one.field] += 1
                rows.append([one.field, one.id, one.given[:100]])
    for field, count in counts.items():
        figures[f"names.prose {field}s given in 1,000 texts"] = Figure(1000 * count / max(texts, 1), loss=True)
    return Table(f"names: given in {texts} texts of prose that is not news", ("name", "text", "given"), rows)
