"""Whole pages as dumpers leave them, with the share of each line that the gold text holds: what page mode is fitted on.

Two sources: pages dumped line by line (``lines``, ``news``) and the outputs of a dumper (``resiliparse_full``).  Each
is written again with the habits of other dumpers, so that weights do not hang on blank lines, indents or bullets.
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

from benchmarks.tools.pages import Row, dump, host, rows

LINES, NEWS = "lines.jsonl.zst", "news.jsonl.zst"
RESIDUE, NEWS_RESIDUE = "residue.jsonl.zst", "news_residue.jsonl.zst"
DUMPER = "resiliparse_full"
GOLD = "gold"
"""The habit of a gold text by itself: a page of which nothing may go."""

BRIEF = "brief"
"""The habit of a dump whose story was cut short: furniture may well be longer than what it stands around."""

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = str.maketrans(',.!?:;"“”„«»‘’', "、。！？：；」「」「「」「」")
_IDEOGRAPH = 2.9
"""So many letters of a Latin word, its blank among them, say as much as one ideograph."""
_PARAGRAPH = 60
_RUN = 3
_SHORT = 5
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "」")


@dataclass(frozen=True)
class Dump:
    """One text of one page: `source` says who dumped it, `habit` in whose manner it is written."""

    id: str
    host: str
    lang: str
    kind: str
    source: str
    habit: str
    text: str
    gold: str
    unsure: frozenset[str] = frozenset()
    """Lines of which nobody knows whether they are story."""


def news(data: Path) -> list[Dump]:
    """Return the news pages that have a gold text, both ways dumped."""
    return _dumps(data / NEWS, data / NEWS_RESIDUE)


def pages(data: Path) -> list[Dump]:
    """Return the pages of all kinds that have a gold text, both ways dumped."""
    return _dumps(data / LINES, data / RESIDUE)


def articles(data: Path) -> list[Dump]:
    """Return article pages whose lines are labelled, to be read as a publisher's own parser would read them.

    The story is the body alone: title, names, dates and captions are none of it, whatever the gold text holds.
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
            one = _dump(row, "articles", dump(row)[0], row["lang"], "\n".join(body))
            made.append(replace(one, habit="lines", unsure=frozenset(unsure)))
    return made


def _dumps(lines: Path, residue: Path) -> list[Dump]:
    texts = {row["id"]: row for row in rows(residue) if row["extractor"] == DUMPER and row["gold"]}
    langs = {}
    made = []
    for row in rows(lines):
        langs[row["id"]] = row["lang"]
        if row["id"] in texts:
            made.append(_dump(row, "lines", dump(row)[0], row["lang"], texts[row["id"]]["gold"]))
    made += [_dump(row, DUMPER, row["text"], langs.get(id_, ""), row["gold"]) for id_, row in texts.items()]
    return made


def _dump(row: Row, source: str, text: str, lang: str, gold: str) -> Dump:
    return Dump(row["id"], host(row), lang, row.get("page_type") or "", source, source, text, gold)


def gold_texts(dumps: Iterable[Dump]) -> Iterator[Dump]:
    """Yield each page's gold text as a page of its own."""
    seen = set()
    for one in dumps:
        if one.id not in seen:
            seen.add(one.id)
            yield replace(one, source=GOLD, habit=GOLD, text=one.gold)


def shares(lines: Sequence[str], gold: str) -> list[float | None]:
    """Return for each line the share of its words that the gold text holds; None of a line without words.

    Long lines are found by runs of three words; short ones must stand in the gold text where their neighbours do.

    >>> shares(["News", "The ferry left at noon.", "Why", "It was full of sailors."],
    ...        "The ferry left at noon. Why It was full of sailors.")
    [0.0, 1.0, 1.0, 1.0]
    """
    truth = _WORD.findall(gold.lower())
    places = defaultdict(list)
    for place in range(len(truth) - _RUN + 1):
        places[tuple(truth[place : place + _RUN])].append(place)
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
            place = bisect_left(order, index)
            above = max(anchors[order[place - 1]][1]) + _RUN if place else None
            below = min(anchors[order[place]][0]) if place < len(order) else None
            found[index] = float(_stands(line, truth, above, below))
    return found


def _stands(line: list[str], truth: list[str], above: int | None, below: int | None) -> bool:
    """Whether a short line stands in the gold text behind `above` and before `below`."""
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


def habits(given: Dump) -> Iterator[Dump]:
    """Yield a dump as it is, and as others would have written it; the same ones each time."""
    yield given
    if given.source == GOLD:
        return
    random = Random(given.id + given.source)  # noqa: S311 - to write texts in many ways, not to hide any
    blocks = [stripped for line in given.text.split("\n") if (stripped := line.strip(" \t\xa0•*").strip())]
    for habit, write in (
        ("dense", _dense), ("spaced", _spaced), ("listed", _listed), ("merged", _merged), ("split", _split),
        ("wrapped", _wrapped),
    ):  # fmt: skip
        yield replace(given, habit=habit, text="\n".join(write(blocks, random)))


def brief(given: Dump, seed: str = "") -> Dump:
    """Return a dump with no more than the first one to four paragraphs of its story, as many as `seed` says."""
    lines = given.text.split("\n")
    most = Random(given.id + given.source + seed).randint(1, 4)  # noqa: S311 - to write texts in many ways, not to hide any
    seen, kept = 0, []
    for line, share in zip(lines, shares(lines, given.gold), strict=True):
        story = share is not None and share >= 0.5
        if not story or seen < most:
            kept.append(line)
        seen += story and len(line) > _PARAGRAPH
    return replace(given, habit=BRIEF, text="\n".join(kept))


def ideographs(line: str) -> str:
    """Write a line as if in a script without blanks: ideographs that stand for its words, and full-width marks.

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
    """Write a line as if in a script that has one case alone, and its own comma and question mark.

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
    """One line a block and nothing else, as ``get_text`` leaves a page."""
    return blocks


def _spaced(blocks: list[str], random: Random) -> list[str]:
    """A blank line around paragraphs, as html-text leaves them."""
    lines: list[str] = []
    for block in blocks:
        if lines and (max(len(block), len(lines[-1])) > 80 or random.random() < 0.1):
            lines.append("")
        lines.append(block)
    return lines


def _listed(blocks: list[str], random: Random) -> list[str]:
    """Bullets and indents before items, blank lines around the rest, as inscriptis leaves them."""
    lines: list[str] = []
    for block in blocks:
        if _is_item(block):
            lines.append(random.choice(["  * ", "  * ", "  * ", "    ", ""]) + block)
        else:
            lines += ["", block] if lines and lines[-1] else [block]
            lines += [""] if random.random() < 0.7 else []
    return lines


def _merged(blocks: list[str], random: Random) -> list[str]:
    """Menus on one line, as where their items are inline."""
    lines: list[str] = []
    for item, run in groupby(blocks, lambda block: len(block) < 30 and _is_item(block)):
        rest = list(run)
        while rest:
            size = random.randint(2, 8) if item and random.random() < 0.5 else 1
            lines.append(random.choice([" ", " ", " | ", "  "]).join(rest[:size]))
            rest = rest[size:]
    return lines


def _split(blocks: list[str], random: Random) -> list[str]:
    """Paragraphs cut around their links, as where every piece of text is a line."""
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
    """Lines of so many columns, with or without blank ones between paragraphs."""
    width, between = random.choice([72, 78, 100]), random.random() < 0.5
    lines: list[str] = []
    for block in blocks:
        lines += textwrap.wrap(block, width) or [block]
        if between:
            lines.append("")
    return lines
