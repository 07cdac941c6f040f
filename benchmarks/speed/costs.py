"""Guard what cleaning costs in calls and lines of Python, which are the same on every machine.

Run ``python -m benchmarks.speed.costs``; benchmarks/README.md says what each figure means.
"""

import argparse
import os
import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.speed.inputs import SCRIPTS, Input, Kind, Size, warm
from benchmarks.tools.counting import cost
from benchmarks.tools.data import digest
from benchmarks.tools.floors import Basis, Floors, Judge
from benchmarks.tools.tables import Cell, Figure, Table
from cleanwire import ARTICLE, PAGE, Cleaner
from cleanwire.views.phrases import known

PATH = Path(__file__).with_name("costs.json")
SLACK = 0.03
"""A cost may exceed its pin by this share: a rule more changes it by less, as does another patch release of Python."""
LONGEST = 200_000
"""Characters of a text that is measured; counting slows Python down."""
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
"""Costs are pinned for each of these: compilers of other minor versions inline other calls."""

CHAINS = {"article": Cleaner(ARTICLE), "page": Cleaner(PAGE)}
_CASES: dict[str, tuple[tuple[Size, Kind], ...]] = {
    "article": (
        ("tiny", "typographic"), ("small", "ascii"), ("small", "typographic"), ("small", "damaged"),
        ("page", "ascii"), ("page", "typographic"), ("page", "damaged"), ("long", "typographic"),
    ),
    "page": (("page", "ascii"), ("page", "typographic")),
}  # fmt: skip


_STREAM = 8
"""Rounds of texts in a stream."""


class Case(NamedTuple):
    """Texts, and the name of the chain that cleans them; in a stream of several rounds nothing is warm before."""

    chain: str
    given: Input
    stream: bool = False

    @property
    def task(self) -> str:
        """The name that this is pinned under."""
        return f"{self.given.name}, {self.chain}, {'stream, ' * self.stream}python {PYTHON}"

    def texts(self) -> list[str]:
        """Return the texts that are cleaned."""
        rounds = range(_STREAM if self.stream else 1)
        return [text[:LONGEST] for number in rounds for text in self.given.texts(number)]

    def basis(self) -> Basis:
        """Return the digest of the texts: where they change, costs must be pinned again."""
        return Basis({"texts": digest("\0".join(self.texts()))})


CASES = [
    *(Case(chain, Input("seeds", *shape)) for chain, shapes in _CASES.items() for shape in shapes),
    *(Case("article", given) for given in SCRIPTS),
    Case("article", Input("seeds", "small", "typographic"), stream=True),
]


def figures(cleaner: Cleaner, case: Case) -> dict[str, Figure]:
    """Return the cost of cleaning texts in this process, when their lines are new to it and when they are cached."""
    texts = case.texts()
    cleaner("She left at noon.")  # reads what is kept of the rules, or makes it
    known()
    if not case.stream:
        warm(cleaner, case.given.script)
    found = {}
    for name in ("first time",) if case.stream else ("first time", "again"):
        for unit, count in cost(lambda: deque(cleaner.map(texts), 0))._asdict().items():
            found[f"{unit} {name}"] = Figure(count, loss=True)
    return found


def measure(cleaner: Cleaner, case: Case) -> dict[str, Figure]:
    """Return the same, measured in a new process, whose caches are empty and whose sets are in a fixed order."""
    with patch.dict(os.environ, PYTHONHASHSEED="0"), ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(figures, cleaner, case).result()


def guard(case: Case, floors: Floors) -> list[str]:
    """Return messages on the costs of one case that exceed their pins; none where nothing is pinned."""
    return floors.check(case.task, measure(CHAINS[case.chain], case), case.basis(), SLACK)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; with --update, pin; return 1 where a cost exceeds its pin."""
    parser = argparse.ArgumentParser(description="Count the calls and lines of Python that fixed texts cost.")
    parser.add_argument("--only", default="", help="only cases whose name contains this, such as 'small ascii'")
    Judge.add_options(parser)
    options = parser.parse_args(words)
    judge, rows = Judge(PATH, options), list[Sequence[Cell]]()
    columns = [f"{unit} {name}" for name in ("first time", "again") for unit in ("calls", "lines")]
    for case in CASES:
        if options.only not in case.task:
            continue
        found = measure(CHAINS[case.chain], case)
        size = sum(map(len, case.texts()))
        rows.append(
            [case.task, size, *(1000 * found[name].value / size if name in found else None for name in columns)]
        )
        judge.add(case.task, found, case.basis(), SLACK)
    print(Table("cost of 1,000 characters", ["case", "characters", *columns], rows, digits=0).show())
    return judge.finish()


if __name__ == "__main__":
    sys.exit(main())
