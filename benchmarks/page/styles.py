"""The styles in which text extractors write a page, and pages as if of a shorter article or in another script.

Pages are rewritten in them, so that weights do not depend on empty lines, indents, bullets, length or script.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from random import Random
from zlib import crc32

from benchmarks.page import corpus
from benchmarks.page.corpus import PageText

SHORTENED = "shortened"
"""The style of a page whose article body was shortened: boilerplate may well be longer than the body."""

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = str.maketrans(',.!?:;"“”„«»‘’', "、。！？：；」「」「「」「」")
_IDEOGRAPH = 2.9
"""Characters of a Latin word, with its space, that correspond to one ideograph."""
_PARAGRAPH = 60
"""A longer line of the body is a paragraph."""
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "」")


def written(given: PageText) -> Iterator[PageText]:
    """Yield a page as it is, and in the styles of other extractors; the same texts each time."""
    yield given
    if given.source in (corpus.GOLD, corpus.RENDERED):
        return
    random = Random(given.id + given.source)  # noqa: S311 - texts that are the same on every machine
    blocks = [stripped for line in given.text.split("\n") if (stripped := line.strip(" \t\xa0•*").strip())]
    for style, write in (
        ("dense", _dense), ("spaced", _spaced), ("listed", _listed), ("merged", _merged), ("split", _split),
        ("wrapped", _wrapped),
    ):  # fmt: skip
        yield replace(given, style=style, text="\n".join(write(blocks, random)))


def shortened(given: PageText, seed: str = "") -> PageText:
    """Return a page with only the first one to four paragraphs of its body; `seed` decides how many."""
    lines = given.text.split("\n")
    most = Random(given.id + given.source + seed).randint(1, 4)  # noqa: S311 - texts that are the same on every machine
    seen, kept = 0, []
    for line, share in zip(lines, corpus.shares(lines, given.gold), strict=True):
        body = share is not None and share >= 0.5
        if not body or seen < most:
            kept.append(line)
        seen += body and len(line) > _PARAGRAPH
    return replace(given, style=SHORTENED, text="\n".join(kept))


def ideographs(line: str) -> str:
    """Write a line as if in a script without spaces: ideographs for its words, and full-width punctuation.

    >>> len(ideographs("The ferry left, at noon.")), ideographs("A ferry")[1:] == ideographs("The Ferry")[1:]
    (10, True)
    """
    body = line.lstrip("•*–- \t\xa0")
    lead = line[: len(line) - len(body)]
    body = _LETTERS.sub(lambda word: _ideographs(word[0]), body)
    body = re.sub(r"(?<=[^\x00-\x7f])[ \xa0](?=\S)|(?<=\S)[ \xa0](?=[^\x00-\x7f])", "", body)
    body = re.sub(r"[,.!?:;\"“”„«»‘’](?!\d)", lambda mark: mark[0].translate(_MARKS), body)
    return lead + re.sub(r"(?<=[。！？、」]) ", "", body)


def _ideographs(word: str) -> str:
    number = crc32(word.lower().encode("utf-8", "surrogatepass"))
    written = ""
    for _ in range(max(1, round((len(word) + 1) / _IDEOGRAPH))):
        number = (number * 1103515245 + 12345) & 0x7FFFFFFF
        written += chr(0x4E00 + (number >> 8) % 3000)
    return written


def uncased(line: str) -> str:
    """Write a line as if in a script without case, with its own comma and question mark.

    >>> len(uncased("The ferry left.")), uncased("Ferry") == uncased("ferry")
    (15, True)
    """
    return "".join(
        chr(0x0621 + ord(character.lower()[0]) * 7 % 26) if character.isalpha() else _ARABIC.get(character, character)
        for character in line
    )


_ARABIC = {",": "،", "?": "؟", ";": "؛"}


def _is_item(block: str) -> bool:
    return len(block) < 60 and not block.endswith(_ENDS)


def _dense(blocks: list[str], _: Random) -> list[str]:
    """Write one block a line and nothing else, as BeautifulSoup does."""
    return blocks


def _spaced(blocks: list[str], random: Random) -> list[str]:
    """Write empty lines around paragraphs, as html-text does."""
    lines: list[str] = []
    for block in blocks:
        if lines and (max(len(block), len(lines[-1])) > 80 or random.random() < 0.1):
            lines.append("")
        lines.append(block)
    return lines


def _listed(blocks: list[str], random: Random) -> list[str]:
    """Write bullets and indents before items, empty lines around the rest, as inscriptis does."""
    lines: list[str] = []
    for block in blocks:
        if _is_item(block):
            lines.append(random.choice(["  * ", "  * ", "  * ", "    ", ""]) + block)
        else:
            lines += ["", block] if lines and lines[-1] else [block]
            lines += [""] if random.random() < 0.7 else []
    return lines


def _merged(blocks: list[str], random: Random) -> list[str]:
    """Write menus on one line, as where their items are inline."""
    lines: list[str] = []
    for item, run in groupby(blocks, lambda block: len(block) < 30 and _is_item(block)):
        rest = list(run)
        while rest:
            size = random.randint(2, 8) if item and random.random() < 0.5 else 1
            lines.append(random.choice([" ", " ", " | ", "  "]).join(rest[:size]))
            rest = rest[size:]
    return lines


def _split(blocks: list[str], random: Random) -> list[str]:
    """Split paragraphs around links, as where every text node is a line."""
    lines: list[str] = []
    for block in blocks:
        words = block.split(" ")
        if len(words) > 12 and random.random() < 0.4:
            start = random.randint(2, len(words) - 6)
            stop = start + random.randint(1, 4)
            lines += [" ".join(words[:start]), " ".join(words[start:stop]), " ".join(words[stop:])]
        else:
            lines.append(block)
    return lines


def _wrapped(blocks: list[str], random: Random) -> list[str]:
    """Wrap lines at a width, with or without empty lines between paragraphs."""
    width, between = random.choice([72, 78, 100]), random.random() < 0.5
    lines: list[str] = []
    for block in blocks:
        lines += textwrap.wrap(block, width) or [block]
        if between:
            lines.append("")
    return lines
