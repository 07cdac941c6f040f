"""Full-page texts as text extractors leave them, with the share of each line that the gold text holds.

Page mode is fitted on them.  They come from two sources: pages with one block a line (``lines``, ``news``), and the
outputs of an extractor (``resiliparse_full``).  Each is also written in the styles of other extractors, so that the
weights do not depend on empty lines, indents or bullets.
"""

import re
import textwrap
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from random import Random
from zlib import crc32

from benchmarks.tools.data import LINES, NEWS, NEWS_RESIDUE, RESIDUE, Row, host, page_text, rows

EXTRACTOR = "resiliparse_full"
GOLD = "gold"
"""The style of a gold text alone: a page of which nothing may be removed."""

SHORTENED = "shortened"
"""The style of a page whose article body was shortened: boilerplate may well be longer than the body."""

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = str.maketrans(',.!?:;"“”„«»‘’', "、。！？：；」「」「「」「」")
_IDEOGRAPH = 2.9
"""Characters of a Latin word, with its space, that correspond to one ideograph."""
_PARAGRAPH = 60
"""A longer line of the body is a paragraph."""
_RUN = 3
"""Words of the n-grams by which long lines are found in the gold text."""
_SHORT = 5
"""A line of fewer words is found by its position instead."""
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "」")


@dataclass(frozen=True)
class PageText:
    """The text of one page: `source` names the extractor, `style` the extractor whose style it is written in."""

    id: str
    host: str
    lang: str
    kind: str
    source: str
    style: str
    text: str
    gold: str
    unsure: frozenset[str] = frozenset()
    """Lines that may or may not belong to the article body."""


def news(data: Path) -> list[PageText]:
    """Return the news pages that have a gold text, from both sources."""
    return _both(data / NEWS, data / NEWS_RESIDUE)


def pages(data: Path) -> list[PageText]:
    """Return the pages of all kinds that have a gold text, from both sources."""
    return _both(data / LINES, data / RESIDUE)


def articles(data: Path) -> list[PageText]:
    """Return article pages with labelled lines, read as a publisher's own parser would read them.

    The gold text is the body alone, without title, names, dates and captions, whatever that of the data holds.
    """
    made = []
    for row in rows(data / LINES):
        if row["page_type"] not in ("article", "documentation"):
            continue
        sure = row["body_src"] == "gt"
        body = [
            line["t"] for line in row["lines"] if line["label"] == "body" and (not sure or (line["in_gt"] or 0) >= 0.6)
        ]
        unsure = {
            line["t"].strip()
            for line in row["lines"]
            if (line["label"] == "other" and (not sure or (line["in_gt"] or 0) >= 0.2))
            or (line["label"] == "body" and sure and (line["in_gt"] or 0) < 0.6)
        }
        if len(body) > 2:
            one = _page(row, "articles", page_text(row)[0], row["lang"], "\n".join(body))
            made.append(replace(one, style="lines", unsure=frozenset(unsure)))
    return made


def _both(lines: Path, residue: Path) -> list[PageText]:
    texts = {row["id"]: row for row in rows(residue) if row["extractor"] == EXTRACTOR and row["gold"]}
    langs = {}
    made = []
    for row in rows(lines):
        langs[row["id"]] = row["lang"]
        if row["id"] in texts:
            made.append(_page(row, "lines", page_text(row)[0], row["lang"], texts[row["id"]]["gold"]))
    made += [_page(row, EXTRACTOR, row["text"], langs.get(id_, ""), row["gold"]) for id_, row in texts.items()]
    return made


def _page(row: Row, source: str, text: str, lang: str, gold: str) -> PageText:
    return PageText(row["id"], host(row), lang, row.get("page_type") or "", source, source, text, gold)


def gold_texts(pages: Iterable[PageText]) -> Iterator[PageText]:
    """Yield each gold text once, as a page of its own."""
    seen = set()
    for one in pages:
        if one.id not in seen:
            seen.add(one.id)
            yield replace(one, source=GOLD, style=GOLD, text=one.gold)


def shares(lines: Sequence[str], gold: str) -> list[float | None]:
    """Return for each line the share of its words that the gold text holds; None of a line without words.

    Long lines are found by 3-grams; short ones must occur in the gold text where their neighbours do.

    >>> shares(["News", "The ferry left at noon.", "Why", "It was full of sailors."],
    ...        "The ferry left at noon. Why It was full of sailors.")
    [0.0, 1.0, 1.0, 1.0]
    """
    truth = _WORD.findall(gold.lower())
    places = defaultdict(list)
    for start in range(len(truth) - _RUN + 1):
        places[tuple(truth[start : start + _RUN])].append(start)
    words = [_WORD.findall(line.lower()) for line in lines]
    found: list[float | None] = [None] * len(lines)
    anchors: dict[int, tuple[list[int], list[int]]] = {}
    for index, line in enumerate(words):
        if len(line) >= _SHORT:
            hit = [False] * len(line)
            runs = []
            for start in range(len(line) - _RUN + 1):
                if at := places.get(tuple(line[start : start + _RUN])):
                    hit[start : start + _RUN] = [True] * _RUN
                    runs.append(at)
            found[index] = share = sum(hit) / len(line)
            if share >= 0.6 and runs:
                anchors[index] = runs[0], runs[-1]
    order = sorted(anchors)
    for index, line in enumerate(words):
        if line and len(line) < _SHORT:
            position = bisect_left(order, index)
            above = max(anchors[order[position - 1]][1]) + _RUN if position else None
            below = min(anchors[order[position]][0]) if position < len(order) else None
            found[index] = float(_stands(line, truth, above, below))
    return found


def _stands(line: list[str], truth: list[str], above: int | None, below: int | None) -> bool:
    """Return whether a short line occurs in the gold text after `above` and before `below`."""
    if above is None and below is None:
        spans = [(0, len(truth))]
    elif above is None or below is None:
        spans = [(above - 3, above + 40) if above is not None else ((below or 0) - 40, (below or 0) + 3)]
    elif above <= below <= above + 80:
        spans = [(above - 3, below + 3)]
    else:
        spans = [(above - 3, above + 12), (below - 12, below + 3)]
    size = len(line)
    return any(
        truth[start : start + size] == line
        for begin, end in spans
        for start in range(max(begin, 0), min(end, len(truth)) - size + 1)
    )


def styles(given: PageText) -> Iterator[PageText]:
    """Yield a page as it is, and in the styles of other extractors; the same texts each time."""
    yield given
    if given.source == GOLD:
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
    for line, share in zip(lines, shares(lines, given.gold), strict=True):
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
