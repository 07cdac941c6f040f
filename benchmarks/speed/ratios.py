"""Measure speed as ratios: the chain to the floor, and ftfy to the chain, in one run, turn by turn.

Run ``python -m benchmarks.speed.ratios [DATA]``; benchmarks/README.md says what each figure means.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count, islice
from pathlib import Path
from statistics import median

from ftfy import fix_text

from benchmarks.speed.inputs import SEEDS, Input, inputs
from benchmarks.tools.floors import Floors, RegressionError
from benchmarks.tools.tables import Figure, Table
from benchmarks.tools.timing import Work, floor, seconds
from cleanwire import Cleaner, Document, Filter, margin
from cleanwire.rules.pack import builtin_packs

Seconds = dict[str, list[float]]

PLACE = Path(__file__).with_name("ratios.json")
SLACK = 0.25
"""A ratio that is worse than its floor by more than this is a regression."""
ROUNDS = 7
_NUMBERS = count()
"""No two measurements get the same texts, whose lines would be known to the second."""
TRIES = 3
"""A regression must show in so many measurements: other work on the machine seldom stays that long."""


def alone(act: Filter) -> Work:
    """Return the work of one filter on a text that nobody has looked at yet."""
    return lambda text: tuple(act(Document(text)))


def contestants(cleaner: Cleaner) -> dict[str, Work]:
    """Return what a table compares: the floor, the chain, ftfy, and each filter alone.

    The chain goes first: the lines of a round are new to it, and those that follow know them.
    """
    return {"floor": floor, "chain": cleaner, "ftfy": fix_text, **{act.name: alone(act) for act in cleaner.filters}}


@cache
def warm() -> None:
    """Clean all seeds once a process, and all words that patterns wait for: the first line to ask compiles one."""
    cleaner = Cleaner()
    rules = [rule for pack in builtin_packs() for rule in pack.rules if rule.kind != "date"]
    cleaner("\n".join(f"{need.lstrip('^')} x" for rule in rules for need in rule.needs))
    for path in sorted(SEEDS.glob("*.txt")):
        cleaner(margin.source(margin.read(path.read_text(encoding="utf-8"))))


def measure(given: Input, works: Mapping[str, Work], rounds: int = ROUNDS) -> tuple[Seconds, int]:
    """Return the seconds of each work in each round, turn by turn on the same texts, and the bytes of all rounds.

    A round before the first warms up what is read once, as do all seeds: packs, patterns, ftfy.
    """
    warm()
    numbers = islice(_NUMBERS, rounds + 1)
    taken: Seconds = {name: [] for name in works}
    size = 0
    for place, number in enumerate(numbers):
        texts = given.texts(number)
        turn = {name: seconds(work, texts) for name, work in works.items()}
        if place:
            size += sum(len(text.encode()) for text in texts)
            for name, value in turn.items():
                taken[name].append(value)
    return taken, size


def ratio(taken: Seconds, upper: str, lower: str) -> float:
    """Return the median of the rounds' ratios.

    >>> ratio({"chain": [2.0, 9.0, 4.0], "floor": [1.0, 1.0, 1.0]}, "chain", "floor")
    4.0
    """
    return median(a / b for a, b in zip(taken[upper], taken[lower], strict=True))


def figures(given: Input, cleaner: Cleaner, rounds: int = ROUNDS) -> dict[str, Figure]:
    """Measure the two ratios that are guarded on one input."""
    taken, _ = measure(given, {"floor": floor, "chain": cleaner, "ftfy": fix_text}, rounds)
    name = given.name.replace(" ", ".")
    return {
        f"{name}.chain_to_floor": Figure(ratio(taken, "chain", "floor"), loss=True),
        f"{name}.ftfy_to_chain": Figure(ratio(taken, "ftfy", "chain")),
    }


def guard(given: Input, floors: Floors, cleaner: Cleaner, rounds: int = ROUNDS) -> list[str]:
    """Return what is slower than pinned on one input, in sentences, and was each time it was measured."""
    wrong: list[str] = []
    for _ in range(TRIES):
        wrong = floors.check(given.name, figures(given, cleaner, rounds), {}, 0, SLACK)
        if not wrong:
            break
    return wrong


def table(taken: Mapping[str, tuple[Seconds, int]]) -> Table:
    """Return megabytes a second of each work, and the ratios, one row an input."""
    rows: list[Sequence[str | float | None]] = []
    names = list(dict.fromkeys(name for times, _ in taken.values() for name in times))
    for title_of_row, (times, size) in taken.items():
        speeds = [size / sum(times[name]) / 1e6 if name in times else None for name in names]
        rows.append([title_of_row, *speeds, ratio(times, "chain", "floor"), ratio(times, "ftfy", "chain")])
    title = "MB of UTF-8 a second, each filter alone on the raw text; ratios of time"
    return Table(title, ["input", *names, "chain÷floor", "ftfy÷chain"], rows, digits=1)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; with --update, pin; return 1 where a ratio is below its floor."""
    parser = argparse.ArgumentParser(description="Measure speed as ratios to the floor and to ftfy.")
    parser.add_argument("data", nargs="?", help="folder of the data, for more inputs; CLEANWIRE_DATA if left out")
    parser.add_argument("--only", default="", help="only inputs whose name holds this, such as 'small ascii'")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds on fresh texts ({ROUNDS})")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--allow-regression", metavar="WHY", help="with --update: lower floors too, for this reason")
    options = parser.parse_args(words)
    if options.data:
        os.environ["CLEANWIRE_DATA"] = options.data
    floors, cleaner, wrong = Floors.read(PLACE), Cleaner(), []
    taken = {}
    for given in inputs():
        if options.only not in given.name:
            continue
        taken[given.name] = measure(given, contestants(cleaner), options.rounds)
        if options.update:
            try:
                floors.update(
                    given.name, figures(given, cleaner, options.rounds), {}, 0, options.allow_regression, SLACK
                )
            except RegressionError as error:
                wrong.append(str(error))
        elif given.name in floors.pinned:
            wrong += guard(given, floors, cleaner, options.rounds)
        print(f"{given.name}: done", file=sys.stderr, flush=True)
    print(table(taken).show())
    if options.update and not wrong:
        floors.write(PLACE)
    print(*wrong, sep="\n", file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
