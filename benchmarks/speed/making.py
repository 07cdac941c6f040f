"""Texts made of seeds: articles and pages of a wanted size, in which long words are respelled.

The library caches what it knows of short lines, and a benchmark that cleans one text again and again would measure that
cache.  So the long words of the article body are respelled each time, while the boilerplate around it repeats, as it
does on a site.
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, cycle
from pathlib import Path
from typing import Literal, NamedTuple

from cleanwire import notation
from cleanwire.notation import AnnotatedLine
from cleanwire.text.fold import is_unspaced

Script = Literal["latin", "cyrillic", "greek", "arabic", "thai", "chinese", "japanese", "korean"]

SEEDS = Path(__file__).parents[2] / "seeds"
CHOSEN: dict[Script, tuple[str, ...]] = {
    "latin": (
        "agency-afp", "agency-ap", "agency-reuters-comment-box", "agency-reuters-tail", "bbc-like", "bbc-one-liners",
        "blog-share-bar-middle", "caption-then-credit", "clean-english", "clean-french", "clean-german", "cnn-like",
        "dutch", "french", "gallery-brackets", "german-regional", "guardian-like", "italian", "live-blog",
        "newsletter-middle", "no-blank-lines", "npr-like", "nyt-like", "obituary", "polish", "portuguese",
        "press-release", "readers-comments", "spanish", "swedish", "tabloid-pictured", "thirteen-lines", "turkish",
        "whole-page", "wordpress-blog",
    ),
    "cyrillic": ("russian", "russian-clean", "clean-letters-russian", "pointers-russian", "pointers-ukrainian"),
    "greek": ("greek", "comments-greek", "faq-greek", "interview-greek"),
    "arabic": ("arabic", "arabic-portal", "arabic-clean", "faq-arabic", "letter-arabic"),
    "thai": ("thai", "clean-thai"),
    "chinese": ("chinese", "chinese-portal", "clean-chinese", "chinese-traditional"),
    "japanese": ("japanese", "japanese-blog", "clean-japanese", "faq-japanese"),
    "korean": ("korean", "korean-desk", "korean-portal", "clean-korean"),
}  # fmt: skip
"""The seeds that texts are made of, by script; fixed lists, so that a new seed changes no figure."""


class _Letters(NamedTuple):
    """The letters that are exchanged in words of a script, and what words are long."""

    exchanged: str
    long: str


_LETTERS: dict[Script, _Letters] = {
    "latin": _Letters("bcdfghklmnprst", "[A-Za-z]{6,}"),
    "cyrillic": _Letters("бвгджзклмнпрст", "[А-Яа-яёіїєґ]{6,}"),
    "greek": _Letters("βγδζθκλμνπρστ", "[Α-Ωα-ωά-ώ]{6,}"),
    "arabic": _Letters("بتثجحخدذرزسشصضطظعغفق", "[ء-ي]{5,}"),
    "thai": _Letters("กขคงจชดตถทนบปผพมยรลวสห", "[\u0e01-\u0e4e]{6,}"),
    "chinese": _Letters("桥船市民政府工程公里天气学校孩子车站河水", "[\u4e00-\u9fff]{3,}"),
    "japanese": _Letters("橋船市民町工事年月学校子車駅川水雨", "[\u4e00-\u9fff]{2,}"),
    "korean": _Letters("가나다라마바사아자차카타파하고노도로모보소오조", "[가-힣]{3,}"),
}
_PARAGRAPH, _UNSPACED_PARAGRAPH = 80, 25
"""A line of a seed is a paragraph if it has more characters than this; in scripts that join words, than the second."""


class Speller:
    """Exchanges letters of long words, each for the same other one, so that no other round has the line."""

    def __init__(self, script: Script, chance: random.Random) -> None:
        letters, long = _LETTERS[script]
        mixed = list(letters)
        chance.shuffle(mixed)
        self._table, self._long = str.maketrans(letters, "".join(mixed)), re.compile(long)

    def __call__(self, line: str) -> str:
        """Return `line` respelled."""
        return self._long.sub(lambda found: found.group()[0] + found.group()[1:].translate(self._table), line)


class Maker:
    """Makes texts of the seeds of a script.

    >>> text = Maker("greek").article(0, 2_000, random.Random(1))
    >>> 1_900 < len(text) < 3_000
    True
    """

    def __init__(self, script: Script = "latin") -> None:
        self.script, self.seeds = script, _seeds(script)

    def article(self, start: int, size: int, chance: random.Random) -> str:
        """Return one seed extended to about `size` characters with paragraphs of the seeds after it."""
        spell = Speller(self.script, chance)
        seed = self._seed(start)
        lines = [line if line.mark in "-^" else AnnotatedLine(line.mark, spell(line.text)) for line in seed]
        total = sum(len(line.text) + 1 for line in lines)
        prose = [index for index, line in enumerate(lines) if _is_paragraph(line)]
        after = prose[-1] + 1 if prose else len(lines)
        more: list[str] = []
        for following in count(start + 1):
            for line in self._seed(following):
                if total >= size:
                    texts = [line.text for line in lines]
                    return "\n".join([*texts[:after], *more, *texts[after:]])
                if _is_paragraph(line):
                    more += ["", spell(line.text)]
                    total += len(line.text) + 2
        raise AssertionError("unreachable")

    def page(self, start: int, size: int, chance: random.Random) -> str:
        """Return a page as a naive scraper stores it: an article and as many lines of menus, widgets and links."""
        spell = Speller(self.script, chance)
        lines = [self.article(start, size // 2, chance)]
        total = len(lines[0])
        for index, line in enumerate(cycle(self._boilerplate())):
            if total >= size:
                return "\n".join(lines)
            text = line.text if line.mark == notation.DROPPED else spell(line.text)
            if index % 3:
                lines.append(text)
            else:
                lines.insert(0, text)
            total += len(text) + 1
        raise AssertionError("unreachable")

    def _seed(self, number: int) -> Sequence[AnnotatedLine]:
        return self.seeds[number % len(self.seeds)]

    def _boilerplate(self) -> list[AnnotatedLine]:
        """Return the dropped lines of the seeds, and their titles, which stand for the items of menus and lists."""
        found = []
        for lines in self.seeds:
            found += [line for line in lines if line.mark == notation.DROPPED]
            found += [line for line in lines if line.mark == notation.NAMED][:1]
        return found


def _is_paragraph(line: AnnotatedLine) -> bool:
    least = _UNSPACED_PARAGRAPH if is_unspaced(line.text) else _PARAGRAPH
    return line.mark == " " and len(line.text) > least


@cache
def _seeds(script: Script) -> tuple[tuple[AnnotatedLine, ...], ...]:
    """Return the lines of the chosen seeds as they must come out: without the damaged versions of repaired lines."""
    return tuple(tuple(line for line in lines if line.mark != notation.BEFORE) for lines in _annotated(script))


def _annotated(script: Script) -> Iterator[list[AnnotatedLine]]:
    return (notation.parse((SEEDS / f"{name}.txt").read_text(encoding="utf-8")) for name in CHOSEN[script])


def seed_texts(script: Script = "latin") -> list[str]:
    """Return the chosen seeds as they are before cleaning.

    >>> len(seed_texts()) == len(CHOSEN["latin"])
    True
    """
    return [notation.source(lines) for lines in _annotated(script)]


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
    maker, chance = Maker(), random.Random(f"text {number}")  # noqa: S311 - texts that are the same on every machine
    total = 0
    for start in count():
        if total >= size:
            return
        text = maker.article(start, 5_000, chance)
        yield text
        total += len(text) + 2
