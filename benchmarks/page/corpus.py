"""Full-page texts as text extractors leave them, with the share of each line that the gold text holds.

Page mode is fitted on them.  They come from pages with one block a line (``lines``, ``news``, ``daniel``), from the
outputs of an extractor (``resiliparse_full``), and from those of ten programs that write text of pages (``shapes``).
Those of the first two are also written in the styles of other extractors, so that the weights do not depend on empty
lines, indents or bullets.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.tools.data import LINES, NEWS, NEWS_RESIDUE, RESIDUE, Row, digest, host, page_text, rows

DANIEL, DANIEL_RESIDUE = "daniel.jsonl.zst", "daniel_residue.jsonl.zst"
SHAPES = "shapes.jsonl.zst"
EXTRACTOR = "resiliparse_full"
EARLY = "early news"
"""The kind of the news pages of 2011 and 2012."""
RENDERED = "rendered"
"""The source of a page as one of `RENDERERS` writes it, which is its style."""
RENDERERS = (
    "html2text", "html2text_long", "html_to_markdown", "inscriptis", "lynx", "lynx_links", "markdownify", "pandoc",
    "soup_nodes", "soup_raw", "w3m",
)  # fmt: skip
MARKED = "rendered as Markdown"
"""The source of a page as one of `MARKDOWN` writes it."""
MARKDOWN = ("html2text", "html2text_long", "html_to_markdown", "markdownify")
"""Those of the `RENDERERS` that write Markdown."""
GOLD = "gold"
"""The style of a gold text alone: a page of which nothing may be removed."""

_WORD = re.compile(r"\w+")
_RUN = 3
"""Words of the n-grams by which long lines are found in the gold text."""
_SHORT = 5
"""A line of fewer words is found by its position instead."""
_HEADLINE = 150
"""Most characters of the headline that a gold text begins with."""


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


def early_news(data: Path) -> list[PageText]:
    """Return the news pages of 2011 and 2012 in el, en, pl, ru and zh, each from one of its two sources.

    Their gold texts begin with the headline, which may or may not belong to the article body.
    """
    made = []
    for one in _both(data / DANIEL, data / DANIEL_RESIDUE):
        head = next(filter(None, map(str.strip, one.gold.split("\n"))), "")
        unsure = frozenset([head] if len(head) <= _HEADLINE else [])
        made.append(replace(one, kind=EARLY, unsure=unsure))
    return one_each(made)


def one_each(given: Iterable[PageText]) -> list[PageText]:
    """Return each page from one of its two sources, which its hash decides."""
    sources = ("lines", EXTRACTOR)
    return [one for one in given if one.source == sources[int(digest(one.id), 16) % 2]]


def rendered(data: Path, each: int = len(RENDERERS)) -> list[PageText]:
    """Return each news page as `each` of the `RENDERERS` write it; the hash of the page decides which."""
    pages = {row["id"]: row for row in rows(data / NEWS)}
    made = []
    for row in rows(data / SHAPES):
        shape, id_ = row["shape"], row["id"]
        if shape not in RENDERERS:
            continue
        turn = (RENDERERS.index(shape) + int(digest(id_), 16)) % len(RENDERERS)
        if turn < each:
            one = _page(pages[id_], RENDERED, row["text"], pages[id_]["lang"], row["gold"])
            made.append(replace(one, style=shape))
    return made


def marked(data: Path) -> list[PageText]:
    """Return each news page as all of the `MARKDOWN` renderers write it."""
    return [replace(one, source=MARKED) for one in rendered(data) if one.style in MARKDOWN]


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
