"""The task *innocence*: a gold text, which holds nothing but the story, goes in; every word that leaves is listed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.cuts import WORD, fates, rule_of
from benchmarks.tools.pages import Choice, Row, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner

LANES = ("drop", "caption")


class Loss(NamedTuple):
    """Words that one rule took out of one line."""

    rule: str
    lane: str
    lost: int
    page: str
    text: str


class Gold(NamedTuple):
    """What one gold text lost."""

    article: bool
    words: int
    losses: list[Loss]


def unique(paths: Iterable[Path], choice: Choice) -> Iterator[Row]:
    """Yield the rows whose gold text wasn't met before."""
    met: set[str] = set()
    for path in paths:
        for row in choice.rows(path):
            if row["gold"] and row["gold"] not in met:
                met.add(row["gold"])
                yield row


def read_gold(cleaner: Cleaner, row: Row) -> Gold:
    """Clean one gold text and list what it lost."""
    text = row["gold"]
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    losses = []
    for fate in fates(cleaner(text), text, starts):
        lost = Counter((rule_of(span), span.lane) for span in fate.lost())
        losses += [Loss(rule, lane, count, row["id"], fate.text) for (rule, lane), count in lost.items()]
    return Gold(row["page_type"] == "article", len(WORD.findall(text)), losses)


def report(paths: Iterable[Path], choice: Choice, *, jobs: int = 1) -> Report:
    """Return the tables: words lost by lane, by rule, and each loss."""
    golds = list(spread(partial(read_gold, Cleaner()), unique(paths, choice), jobs))
    made, rows = Report(), list[list[Cell]]()
    for name, chosen in (("article pages", [gold for gold in golds if gold.article]), ("all pages", golds)):
        words = sum(gold.words for gold in chosen)
        for lane in LANES:
            lost = sum(loss.lost for gold in chosen for loss in gold.losses if loss.lane == lane)
            touched = sum(any(loss.lane == lane for loss in gold.losses) for gold in chosen)
            rows.append([name, lane, len(chosen), touched, words, lost, share(lost, words)])
            made.figures[f"innocence.{name} {lane} words lost %"] = Figure(share(lost, words) or 0.0, loss=True)
    made.tables.append(
        Table("innocence", ("pages", "lane", "texts", "touched", "words", "lost", "lost %"), list(rows), digits=4)
    )
    losses = [loss for gold in golds for loss in gold.losses]
    by_rule: Counter[tuple[str, str]] = Counter()
    for loss in losses:
        by_rule[loss.rule, loss.lane] += loss.lost
    lines = Counter((loss.rule, loss.lane) for loss in losses)
    made.tables.append(
        Table(
            "innocence: words lost by rule",
            ("rule", "lane", "lines", "lost"),
            [[*key, lines[key], lost] for key, lost in sorted(by_rule.items(), key=lambda item: (-item[1], item[0]))],
        )
    )
    rows = [
        [*loss[:-1], loss.text[:240]] for loss in sorted(losses, key=lambda loss: (-loss.lost, loss.rule, loss.page))
    ]
    made.tables.append(Table("innocence: each loss", Loss._fields, list(rows)))
    return made
