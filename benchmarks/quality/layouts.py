"""The task *layouts*: the same pages and articles as many renderers write them, and clean texts in every layout.

Pages are cleaned by `PAGE` and articles by `ARTICLE`; each is scored against its gold text by runs of four words.  The
targets of links, reference definitions, ``<br>`` and a literal ``\\n`` are no words, and in scripts without spaces each
character is one.  ``lines`` is the score when the text is read as it is, one block a line.
"""

import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import regex

from benchmarks.quality.harm import TEXTS
from benchmarks.quality.residue import N, Score, harmonic, rate, score, spelled
from benchmarks.tools.data import Choice, Row, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire import ARTICLE, PAGE, Cleaner
from cleanwire.document import LINES

SHAPES = "shapes.jsonl.zst"
SOURCE = "fundus"
"""The source of all rows of `SHAPES`, which says how scores are averaged."""
_ARTICLE = "article"
_NO_WORDS = re.compile(
    r"\]\((?:[^()\s]|\([^()\s]*\)|\s(?!\s*\n))*(?:\s\"[^\"]*\")?\)|^ {0,3}\[[^\]\n]+\]:\s*\S+.*$|<br\s*/?>|\\n",
    re.MULTILINE,
)
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WIDTH = 72
"""The column at which the layout ``wrapped`` breaks lines."""


def words(text: str) -> list[str]:
    r"""Return the words of a text in any layout.

    >>> words("The [bridge](/a \"A bridge\") is open.<br>Noon.")
    ['The', 'bridge', 'is', 'open', 'Noon']
    """
    return _TOKEN.findall(_NO_WORDS.sub(" ", text))


def ngrams(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of `N` words of a text; a text of fewer words is one.

    >>> sorted(ngrams("a b c d e"))
    [('a', 'b', 'c', 'd'), ('b', 'c', 'd', 'e')]
    """
    found = words(text)
    if len(found) < N:
        return Counter([tuple(found)] if found else [])
    return Counter(zip(*(found[place:] for place in range(N)), strict=False))


class Outcome(NamedTuple):
    """One text of one shape: the layout that was recognised, and the scores: untouched, as lines, in its layout."""

    shape: str
    layout: str
    before: Score
    lines: Score
    after: Score


def read(cleaners: Mapping[str, Sequence[Cleaner]], row: Row) -> Outcome:
    """Clean one text as lines and in the layout that is recognised, and score it."""
    shape, text = row["shape"], row["text"]
    as_lines, recognised = cleaners["article" if shape.startswith(_ARTICLE) else "page"]
    result = recognised(text)
    clean = as_lines(text).text if result.layout != LINES else result.text
    gold = ngrams(spelled(row["gold"]))
    before, lines, after = (score(gold, ngrams(spelled(each))) for each in (text, clean, result.text))
    return Outcome(shape, result.layout, before, lines, after)


def _lines(lines: Sequence[str]) -> str:
    return "\n\n".join(lines)


def _markdown(lines: Sequence[str]) -> str:
    """Return lines as Markdown: a heading, and here and there a link and emphasis."""

    def marked(number: int, line: str) -> str:
        first, _, rest = line.partition(" ")
        if not rest or not first.isalnum():
            return line
        second, _, rest = rest.partition(" ")
        if number % 3 == 0:
            return f"[{first} {second}](https://osthaven.example/{number}) {rest}".rstrip()
        return f"**{first}** {second} {rest}".rstrip() if number % 3 == 1 else line

    return _lines(["# Osthaven", *(marked(number, line) for number, line in enumerate(lines))])


def _wrapped(lines: Sequence[str]) -> str:
    return _lines(["\n".join(textwrap.wrap(line, _WIDTH, break_long_words=False)) for line in lines])


def _nodes(lines: Sequence[str]) -> str:
    """Return lines in each of which the fifth and sixth word of every twelve are a node of their own."""

    def parted(line: str) -> Iterator[str]:
        found = line.split(" ")
        for place in range(0, len(found), 12):
            run = found[place : place + 12]
            yield from filter(None, (" ".join(run[:4]), " ".join(run[4:6]), " ".join(run[6:])))

    return "\n".join(part for line in lines for part in parted(line))


WRITERS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "lines": _lines,
    "markdown": _markdown,
    "wrapped": _wrapped,
    "nodes": _nodes,
    "tags": "<br>".join,
    "escaped": r"\n".join,
    "flat": " ".join,
}
"""How the lines of a clean text are written in each layout."""


class Clean(NamedTuple):
    """What cleaning does to one clean text written in one layout: its words, those lost, what was recognised."""

    written: str
    layout: str
    words: int
    lost: int


def read_clean(cleaner: Cleaner, row: Row) -> list[Clean]:
    """Write one clean text in every layout, clean it by `ARTICLE` and count the words that are lost."""
    lines = [line for line in row["A"].split("\n") if line.strip()]
    found = []
    for name, write in WRITERS.items():
        text = write(lines)
        result = cleaner(text)
        lost = sum(len(words(span.text)) for span in result.spans if not span.kept)
        found.append(Clean(name, result.layout, len(words(text)), lost))
    return found


def report(data: Path, choice: Choice, *, jobs: int = 1) -> Report:
    """Return the scores of each shape, and the words that clean texts lose in each layout."""
    made = Report()
    cleaners = {
        name: (Cleaner(chain, layout=LINES), Cleaner(chain)) for name, chain in (("article", ARTICLE), ("page", PAGE))
    }
    outcomes = spread(partial(read, cleaners), choice.rows(data / SHAPES), jobs)
    made.tables.append(_shapes(outcomes, made.figures))
    texts = spread(partial(read_clean, Cleaner()), choice.rows(data / TEXTS), jobs)
    made.tables.append(_clean((one for text in texts for one in text), made.figures))
    return made


def _shapes(outcomes: Iterable[Outcome], figures: dict[str, Figure]) -> Table:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.shape].append(outcome)
    table: list[Sequence[Cell]] = []
    for shape, found in sorted(groups.items()):
        before, lines, after = (
            rate(SOURCE, [getattr(one, name) for one in found]) for name in ("before", "lines", "after")
        )
        table.append([shape, len(found), before[0], lines[0], *after, _counted(one.layout for one in found)])
        figures[f"layouts.{shape} F1"] = Figure(harmonic(after[1], after[2]))
        figures[f"layouts.{shape} recall lost pp"] = Figure(100 * (before[2] - after[2]), loss=True)
    columns = ("shape", "texts", "F1 before", "F1 as lines", "F1", "precision", "recall", "layouts")
    return Table("layouts: runs of four words", columns, table, digits=4)


def _clean(texts: Iterable[Clean], figures: dict[str, Figure]) -> Table:
    groups: dict[str, list[Clean]] = defaultdict(list)
    for one in texts:
        groups[one.written].append(one)
    table: list[Sequence[Cell]] = []
    for written, found in groups.items():
        count, lost = sum(one.words for one in found), sum(one.lost for one in found)
        table.append([written, len(found), count, lost, share(lost, count), _counted(one.layout for one in found)])
        figures[f"layouts.clean words lost % {written}"] = Figure(share(lost, count) or 0.0, loss=True)
    columns = ("written as", "texts", "words", "lost", "lost %", "layouts")
    return Table("layouts: clean texts", columns, table, digits=4)


def _counted(layouts: Iterable[str]) -> str:
    """Return which layouts were recognised how often."""
    return ", ".join(f"{name} {count}" for name, count in Counter(layouts).most_common())
