"""The texts that speed and cost are measured on: made of seeds, so that a clean clone has them, or taken from the data.

A round gets texts that no round had before; `benchmarks.speed.making` says how they differ.
"""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from typing import Literal, cast, get_args

import ftfy.bad_codecs  # noqa: F401 - registers the charset that `as_kind` reads with

from benchmarks.speed.making import CHOSEN, Maker, Script, long_text, seed_texts
from benchmarks.tools.data import LINES, RESIDUE, digest, folder, page_text, rows
from cleanwire import Cleaner
from cleanwire.packs.load import builtin_packs

Origin = Literal["seeds", "data"]
Size = Literal["tiny", "small", "long", "page"]
Style = Literal["ascii", "typographic", "damaged"]
Kind = Style | Script

COUNTS: dict[Size, int] = {"tiny": 100, "small": 12, "long": 1, "page": 3}
"""Texts in a round."""

TINY, SMALL, LONG, PAGE = 200, (2_000, 8_000), 1_000_000, (15_000, 60_000)
"""Characters of a text of each size; whole pages from the data may be shorter or longer by half."""

_LATIN = re.compile(r"[\x00-\u024f\u2000-\u206f\u20a0-\u20cf\u2100-\u214f]*")
_DOUBLE, _SINGLE, _DASH = re.compile(r'"([^"\n]*)"'), re.compile(r"(?<=\w)'(?=\w)"), re.compile(r" -{1,2} ")


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

    @property
    def script(self) -> Script:
        """The script that most letters are of."""
        return "latin" if self.kind in get_args(Style) else cast("Script", self.kind)

    def texts(self, number: int) -> list[str]:
        """Return the texts of round `number`, the same on every machine.

        >>> [text] = Input("seeds", "long", "damaged").texts(1)
        >>> len(text) > 1_000_000 and "â€™" in text
        True
        """
        if self.origin == "seeds":
            made: Iterator[str] = islice(_made(self.size, number, self.script), COUNTS[self.size])
        else:
            pool = _pool(self.size)
            start = number * COUNTS[self.size]
            made = (pool[(start + index) % len(pool)] for index in range(COUNTS[self.size]))
        return [as_kind(text, self.kind) for text in made]


SCRIPTS = [Input("seeds", "small", script) for script in CHOSEN if script != "latin"]
"""Articles in other scripts."""


def inputs() -> list[Input]:
    """Return all inputs; those from the data only if CLEANWIRE_DATA names a folder."""
    origins: list[Origin] = ["seeds", "data"] if folder() else ["seeds"]
    latin = [Input(origin, size, style) for origin in origins for size in get_args(Size) for style in get_args(Style)]
    return [*latin, *SCRIPTS]


def as_kind(text: str, kind: Kind) -> str:
    """Return `text` as plain ASCII, with typographic quotes and dashes, or with these decoded in a wrong charset.

    A text of another script than Latin comes back as it is.

    >>> [as_kind('"Née" - she said', kind) for kind in ("ascii", "typographic", "damaged")]
    ['"Nee" - she said', '“Née” – she said', 'â€œNÃ©eâ€\x9d â€“ she said']
    """
    if kind not in get_args(Style):
        return text
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


def _made(size: Size, number: int, script: Script) -> Iterator[str]:
    """Yield texts made of seeds for round `number`, endlessly."""
    maker = Maker(script)
    chance = random.Random(f"{size} {number}")  # noqa: S311 - texts that are the same on every machine
    for start in count(chance.randrange(len(maker.seeds))):
        if size == "tiny":
            text = maker.article(start, 2_000, chance)
            start_of_line = text.find("\n", chance.randrange(1_500)) + 1
            piece = text[start_of_line : start_of_line + TINY]
            if not as_kind(piece, "typographic").isascii():
                yield piece
        elif size == "small":
            yield maker.article(start, chance.randint(*SMALL) - 500, chance)
        elif size == "long":
            yield long_text(LONG, number)
        else:
            yield maker.page(start, chance.randint(*PAGE), chance)


@cache
def warm(cleaner: Cleaner, script: Script = "latin") -> None:
    """Clean the chosen seeds once a process, and each cue of a pattern: the first line that holds one compiles it."""
    rules = [rule for pack in builtin_packs() for rule in pack.rules if rule.kind != "date"]
    cleaner("\n".join(f"{need.lstrip('^')} x" for rule in rules for need in rule.needs))
    for text in seed_texts(script):
        cleaner(text)


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
