"""The texts that speed and cost are measured on: made of seeds, so that a clean clone has them, or taken from the data.

A round gets texts that no round had before.  The library caches what it knows of short lines, and a benchmark that
cleans one text again and again would measure that cache; so in texts made of seeds the long words of the article body
are respelled each round, while the boilerplate around it repeats, as it does on a site.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle, islice
from pathlib import Path
from typing import Literal, get_args

import ftfy.bad_codecs  # noqa: F401 - registers the charset that `as_kind` reads with

from benchmarks.tools.data import LINES, RESIDUE, digest, folder, page_text, rows
from cleanwire import Cleaner, notation
from cleanwire.notation import AnnotatedLine
from cleanwire.packs.load import builtin_packs

Origin = Literal["seeds", "data"]
Size = Literal["tiny", "small", "long", "page"]
Kind = Literal["ascii", "typographic", "damaged"]

SEEDS = Path(__file__).parents[2] / "seeds"
COUNTS: dict[Size, int] = {"tiny": 100, "small": 12, "long": 1, "page": 3}
"""Texts in a round."""

TINY, SMALL, LONG, PAGE = 200, (2_000, 8_000), 1_000_000, (15_000, 60_000)
"""Characters of a text of each size; whole pages from the data may be shorter or longer by half."""

CHOSEN = (
    "agency-afp", "agency-ap", "agency-reuters-comment-box", "agency-reuters-tail", "bbc-like", "bbc-one-liners",
    "blog-share-bar-middle", "caption-then-credit", "clean-english", "clean-french", "clean-german", "cnn-like",
    "dutch", "french", "gallery-brackets", "german-regional", "guardian-like", "italian", "live-blog",
    "newsletter-middle", "no-blank-lines", "npr-like", "nyt-like", "obituary", "polish", "portuguese",
    "press-release", "readers-comments", "spanish", "swedish", "tabloid-pictured", "thirteen-lines", "turkish",
    "whole-page", "wordpress-blog",
)  # fmt: skip
"""The seeds that texts are made of, all in Latin letters; a fixed list, so that a new seed changes no figure."""

_LATIN = re.compile(r"[\x00-\u024f\u2000-\u206f\u20a0-\u20cf\u2100-\u214f]*")
_DOUBLE, _SINGLE, _DASH = re.compile(r'"([^"\n]*)"'), re.compile(r"(?<=\w)'(?=\w)"), re.compile(r" -{1,2} ")
_WORD = re.compile(r"[A-Za-z]{6,}")
_CONSONANTS = "bcdfghklmnprst"


@dataclass(frozen=True)
class Input:
    """Texts of one origin, size and kind (see `as_kind`).

    >>> Input("seeds", "tiny", "ascii").name
    'seeds tiny ascii'
    """

    origin: Origin
    size: Size
    kind: Kind

    @property
    def name(self) -> str:
        """The three words that identify the input."""
        return f"{self.origin} {self.size} {self.kind}"

    def texts(self, number: int) -> list[str]:
        """Return the texts of round `number`, the same on every machine.

        >>> [text] = Input("seeds", "long", "damaged").texts(1)
        >>> len(text) > 1_000_000 and "â€™" in text
        True
        """
        if self.origin == "seeds":
            made: Iterator[str] = islice(_made(self.size, number), COUNTS[self.size])
        else:
            pool = _pool(self.size)
            start = number * COUNTS[self.size]
            made = (pool[(start + index) % len(pool)] for index in range(COUNTS[self.size]))
        return [as_kind(text, self.kind) for text in made]


def inputs() -> list[Input]:
    """Return all inputs; those from the data only if CLEANWIRE_DATA names a folder."""
    origins: list[Origin] = ["seeds", "data"] if folder() else ["seeds"]
    return [Input(o, s, k) for o in origins for s in get_args(Size) for k in get_args(Kind)]


def as_kind(text: str, kind: Kind) -> str:
    """Return `text` as plain ASCII, with typographic quotes and dashes, or with these decoded in a wrong charset.

    >>> [as_kind('"Née" - she said', kind) for kind in ("ascii", "typographic", "damaged")]
    ['"Nee" - she said', '“Née” – she said', 'â€œNÃ©eâ€\x9d â€“ she said']
    """
    text = _DASH.sub(" – ", _SINGLE.sub("’", _DOUBLE.sub("“\\1”", text)))
    if kind == "ascii":
        return plain(text)
    return text if kind == "typographic" else text.encode().decode("sloppy-windows-1252")


def plain(text: str) -> str:
    """Return `text` in ASCII: letters without accents, ``?`` for what has no equivalent.

    >>> plain("“Née” – 5 €")
    '"Nee" - 5 ?'
    """
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
    parts = unicodedata.normalize("NFKD", text.translate(table))
    return "".join(part for part in parts if not unicodedata.combining(part)).encode("ascii", "replace").decode()


def _made(size: Size, number: int) -> Iterator[str]:
    """Yield texts made of seeds for round `number`, endlessly."""
    chance = random.Random(f"{size} {number}")  # noqa: S311 - texts that are the same on every machine
    for start in count(chance.randrange(len(_seeds()))):
        if size == "tiny":
            text = article(start, 2_000, chance)
            start_of_line = text.find("\n", chance.randrange(1_500)) + 1
            piece = text[start_of_line : start_of_line + TINY]
            if not as_kind(piece, "typographic").isascii():
                yield piece
        elif size == "small":
            yield article(start, chance.randint(*SMALL) - 500, chance)
        elif size == "long":
            yield long_text(LONG, number)
        else:
            yield page(start, chance.randint(*PAGE), chance)


def long_text(size: int, number: int = 0) -> str:
    """Return a text of at least `size` characters: articles of about 5,000 characters, joined.

    >>> len(long_text(50_000)) // 10_000
    5
    """
    return "\n\n".join(articles(size, number))


def articles(size: int, number: int = 0) -> Iterator[str]:
    """Yield articles of about 5,000 characters until they have at least `size` together.

    >>> len(list(articles(50_000))) <= 10
    True
    """
    chance = random.Random(f"text {number}")  # noqa: S311 - as above
    total = 0
    for start in count():
        if total >= size:
            return
        text = article(start, 5_000, chance)
        yield text
        total += len(text) + 2


def article(start: int, size: int, chance: random.Random) -> str:
    """Return one seed extended to about `size` characters with paragraphs of the seeds after it."""
    spell = _speller(chance)
    lines = [line if line.mark in "-^" else AnnotatedLine(line.mark, spell(line.text)) for line in _seed(start)]
    total = sum(len(line.text) + 1 for line in lines)
    prose = [index for index, line in enumerate(lines) if line.mark == " " and len(line.text) > 80]
    after = prose[-1] + 1 if prose else len(lines)
    more: list[str] = []
    for following in count(start + 1):
        for line in _seed(following):
            if total >= size:
                texts = [line.text for line in lines]
                return "\n".join([*texts[:after], *more, *texts[after:]])
            if line.mark == " " and len(line.text) > 80:
                more += ["", spell(line.text)]
                total += len(line.text) + 2
    raise AssertionError("unreachable")


def page(start: int, size: int, chance: random.Random) -> str:
    """Return a page as a naive scraper stores it: an article and as many lines of menus, widgets and links, or more."""
    spell = _speller(chance)
    lines = [article(start, size // 2, chance)]
    total = len(lines[0])
    for index, line in enumerate(cycle(_boilerplate())):
        if total >= size:
            return "\n".join(lines)
        text = line.text if line.mark == notation.DROPPED else spell(line.text)
        if index % 3:
            lines.append(text)
        else:
            lines.insert(0, text)
        total += len(text) + 1
    raise AssertionError("unreachable")


def _speller(chance: random.Random) -> "Speller":
    mixed = list(_CONSONANTS)
    chance.shuffle(mixed)
    return Speller(str.maketrans(_CONSONANTS, "".join(mixed)))


class Speller:
    """Replaces consonants of long words, each by the same other one, so that no other round has the line."""

    def __init__(self, table: dict[int, int]) -> None:
        self._table = table

    def __call__(self, line: str) -> str:
        """Return `line` respelled."""
        return _WORD.sub(lambda found: found.group()[0] + found.group()[1:].translate(self._table), line)


@cache
def _seeds() -> tuple[tuple[AnnotatedLine, ...], ...]:
    """Return the lines of the chosen seeds as they must come out: without the damaged versions of repaired lines."""
    return tuple(tuple(line for line in lines if line.mark != notation.BEFORE) for lines in _annotated())


def _annotated() -> Iterator[list[AnnotatedLine]]:
    return (notation.parse((SEEDS / f"{name}.txt").read_text(encoding="utf-8")) for name in CHOSEN)


def seed_texts() -> list[str]:
    """Return the chosen seeds as they are before cleaning.

    >>> len(seed_texts()) == len(CHOSEN)
    True
    """
    return [notation.source(lines) for lines in _annotated()]


def _seed(number: int) -> Sequence[AnnotatedLine]:
    return _seeds()[number % len(_seeds())]


@cache
def warm(cleaner: Cleaner) -> None:
    """Clean the chosen seeds once a process, and each cue of a pattern: the first line that holds one compiles it."""
    rules = [rule for pack in builtin_packs() for rule in pack.rules if rule.kind != "date"]
    cleaner("\n".join(f"{need.lstrip('^')} x" for rule in rules for need in rule.needs))
    for text in seed_texts():
        cleaner(text)


@cache
def _boilerplate() -> tuple[AnnotatedLine, ...]:
    """Return the dropped lines of the seeds, and their titles, which stand for the items of menus and link lists."""
    found = []
    for lines in _seeds():
        found += [line for line in lines if line.mark == notation.DROPPED]
        found += [line for line in lines if line.mark == notation.NAMED][:1]
    return tuple(found)


@cache
def _pool(size: Size) -> tuple[str, ...]:
    """Return texts from the data that are in Latin letters and not all ASCII, in a fixed order."""
    data = folder()
    if data is None:
        raise FileNotFoundError("CLEANWIRE_DATA does not name a folder, so there are no inputs from the data")
    if size == "page":
        low, high = PAGE[0] // 2, PAGE[1] * 2
        given = ((row["id"], page_text(row)[0]) for row in rows(data / LINES))
    else:
        low, high = SMALL
        given = ((f"{row['id']} {row['extractor']}", row["text"]) for row in rows(data / RESIDUE))
    fitting = (
        (digest(name), text)
        for name, text in given
        if low <= len(text) <= high and not text.isascii() and _LATIN.fullmatch(text)
    )
    pool = [text for _, text in sorted(fitting)]
    if size == "long":
        return tuple("\n\n".join(pool[start : start + 300])[: LONG * 2] for start in range(0, len(pool), 300))
    if size == "tiny":
        pool = [piece for piece in map(_piece, pool) if not piece.isascii()]
    return tuple(pool)


def _piece(text: str) -> str:
    """Return a piece of `TINY` characters that starts with a line in the first half of `text`."""
    start = text.rfind("\n", 0, len(text) // 2) + 1
    return text[start : start + TINY]
