"""The task *innocence*: gold texts, which hold only the article body, are cleaned; every lost word is listed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.cuts import WORD, line_outcomes
from benchmarks.tools.data import Choice, Row, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner

ACTIONS = ("drop", "caption")


class Loss(NamedTuple):
    """Words of one line that one rule removed."""

    rule: str
    action: str
    lost: int
    page: str
    text: str


class Gold(NamedTuple):
    """The words that one gold text lost."""

    article: bool
    words: int
    losses: list[Loss]


def unique(paths: Iterable[Path], choice: Choice) -> Iterator[Row]:
    """Yield the first row of each gold text."""
    seen: set[str] = set()
    for path in paths:
        for row in choice.rows(path):
            if row["gold"] and row["gold"] not in seen:
                seen.add(row["gold"])
                yield row


def read_gold(cleaner: Cleaner, row: Row) -> Gold:
    """Clean one gold text and list what it lost."""
    text = row["gold"]
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    losses = []
    for outcome in line_outcomes(cleaner(text), text, starts):
        lost = Counter((span.rule, span.action) for span in outcome.lost_words())
        losses += [Loss(rule, action, count, row["id"], outcome.text) for (rule, action), count in lost.items()]
    return Gold(row["page_type"] == "article", len(WORD.findall(text)), losses)


def report(paths: Iterable[Path], choice: Choice, *, jobs: int = 1) -> Report:
    """Return the tables: words lost by action, by rule, and each loss."""
    golds = list(spread(partial(read_gold, Cleaner()), unique(paths, choice), jobs))
    made, rows = Report(), list[list[Cell]]()
    for name, chosen in (("article pages", [gold for gold in golds if gold.article]), ("all pages", golds)):
        words = sum(gold.words for gold in chosen)
        for action in ACTIONS:
            lost = sum(loss.lost for gold in chosen for loss in gold.losses if loss.action == action)
            touched = sum(any(loss.action == action for loss in gold.losses) for gold in chosen)
            rows.append([name, action, len(chosen), touched, words, lost, share(lost, words)])
            made.figures[f"innocence.{name} {action} words lost %"] = Figure(share(lost, words) or 0.0, loss=True)
    made.tables.append(
        Table("innocence", ("pages", "action", "texts", "touched", "words", "lost", "lost %"), list(rows), digits=4)
    )
    losses = [loss for gold in golds for loss in gold.losses]
    by_rule: Counter[tuple[str, str]] = Counter()
    for loss in losses:
        by_rule[loss.rule, loss.action] += loss.lost
    lines = Counter((loss.rule, loss.action) for loss in losses)
    made.tables.append(
        Table(
            "innocence: words lost by rule",
            ("rule", "action", "lines", "lost"),
            [[*key, lines[key], lost] for key, lost in sorted(by_rule.items(), key=lambda item: (-item[1], item[0]))],
        )
    )
    rows = [
        [*loss[:-1], loss.text[:240]] for loss in sorted(losses, key=lambda loss: (-loss.lost, loss.rule, loss.page))
    ]
    made.tables.append(Table("innocence: each loss", Loss._fields, list(rows)))
    return made
