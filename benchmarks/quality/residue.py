"""The task *residue*: how near the output of an extractor is to the gold text, before and after cleaning.

There are two measures.  *4-grams* (of the article-extraction-benchmark): the 4-grams of words of a text against those
of its gold, as multisets; precision and recall are means over pages, and F1 is computed from the two means.  *Words*
(of WCXB): the same with single words, and F1 is the mean over pages.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, TypeVar

from benchmarks.tools.data import Choice, Row, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table
from cleanwire.cleaner import Cleaner

K = TypeVar("K", str, tuple[str, ...])

_TOKEN = re.compile(r"\w+")
N = 4
"""Words of an n-gram."""
BY_NGRAMS = ("aeb", "fundus")
"""The sources that are scored by n-grams; the others are by words."""


class Score(NamedTuple):
    """Precision and recall of a text; None for that of an empty side."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        """The harmonic mean; 1 if both sides are empty."""
        if self.precision is None and self.recall is None:
            return 1.0
        return harmonic(self.precision or 0.0, self.recall or 0.0)


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares; 0 if both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ngrams(text: str) -> Counter[tuple[str, ...]]:
    """Count the n-grams of `text`; a text of fewer than `N` words is one.

    >>> sorted(ngrams("a b c d e"))
    [('a', 'b', 'c', 'd'), ('b', 'c', 'd', 'e')]
    """
    words = _TOKEN.findall(text)
    if len(words) < N:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(N)), strict=False))


def bag(text: str) -> Counter[str]:
    """Count the words of `text`, ignoring case."""
    return Counter(_TOKEN.findall(text.lower()))


def score(gold: Counter[K], text: Counter[K]) -> Score:
    """Compare two multisets.

    >>> score(bag("a b c d"), bag("a b x y z"))
    Score(precision=0.4, recall=0.5)
    """
    both = sum(min(count, text[key]) for key, count in gold.items())
    return Score(both / text.total() if text else None, both / gold.total() if gold else None)


class Pair(NamedTuple):
    """One text of one extractor, before and after cleaning, by its source's measure and by words."""

    source: str
    extractor: str
    before: Score
    after: Score
    word_recall: tuple[float | None, float | None]


def read_pair(cleaner: Cleaner, row: Row) -> Pair:
    """Clean one text and score it."""
    text, gold, cleaned = map(spelled, (row["text"], row["gold"], cleaner(row["text"]).text))
    before, after = words = _compare(bag, gold, text, cleaned)
    if row["source"] in BY_NGRAMS:
        before, after = _compare(ngrams, gold, text, cleaned)
    return Pair(row["source"], row["extractor"], before, after, (words[0].recall, words[1].recall))


def spelled(text: str) -> str:
    """Normalise a text: a gold text in NFD or with soft hyphens must not count against a repaired one."""
    return unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")))


def _compare(count: Callable[[str], Counter[K]], gold: str, text: str, cleaned: str) -> tuple[Score, Score]:
    truth = count(gold)
    before = score(truth, count(text))
    return before, before if cleaned == text else score(truth, count(cleaned))


def rate(source: str, scores: Iterable[Score]) -> tuple[float, float, float]:
    """Return F1, precision and recall over pages, averaged as the benchmark of `source` does."""
    scores = list(scores)
    precision = fmean([one.precision for one in scores if one.precision is not None] or [0.0])
    recall = fmean([one.recall for one in scores if one.recall is not None] or [0.0])
    f1 = harmonic(precision, recall) if source in BY_NGRAMS else fmean(one.f1 for one in scores)
    return f1, precision, recall


def report(given: Iterable[Row], name: str, *, jobs: int = 1, make: Callable[[], Cleaner] = Cleaner) -> Report:
    """Return the table of one file of residue; `name` is the prefix of its figures."""
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in spread(partial(read_pair, make()), given, jobs):
        groups[pair.source, pair.extractor].append(pair)
    made, rows = Report(), list[list[Cell]]()
    for (source, extractor), pairs in sorted(groups.items()):
        before = rate(source, (pair.before for pair in pairs))
        after = rate(source, (pair.after for pair in pairs))
        recalls = [(a, b) for a, b in (pair.word_recall for pair in pairs) if a is not None and b is not None]
        words_lost = 100 * fmean([a - b for a, b in recalls] or [0.0])
        rows.append([
            source, extractor, len(pairs), before[0], after[0], after[0] - before[0],
            before[1], after[1], before[2], after[2], 100 * (before[2] - after[2]), words_lost,
        ])  # fmt: skip
        key = f"{name}.{source}.{extractor}"
        made.figures[f"{key} F1 gain"] = Figure(after[0] - before[0])
        made.figures[f"{key} recall lost pp"] = Figure(100 * (before[2] - after[2]), loss=True)
        made.figures[f"{key} word recall lost pp"] = Figure(words_lost, loss=True)
    columns = (
        "source", "extractor", "texts", "F1", "F1 after", "gain", "precision", "precision after",
        "recall", "recall after", "recall lost pp", "word recall lost pp",
    )  # fmt: skip
    made.tables.append(Table(f"{name}, article pages", columns, list(rows), digits=4))
    return made


def articles(path: Path, choice: Choice) -> Iterable[Row]:
    """Return the chosen rows that are article pages with a gold text."""
    return (row for row in choice.rows(path) if row.get("page_type") == "article" and row["gold"])
