"""Measure speed as ratios of time, in one run, turn by turn: the chain to the floor, and ftfy to the chain.

Run ``python -m benchmarks.speed.ratios [DATA]``; benchmarks/README.md says what each figure means.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from statistics import median

from ftfy import fix_text

from benchmarks.speed.inputs import Input, inputs, warm
from benchmarks.tools.floors import Floors, Judge
from benchmarks.tools.tables import Figure, Table
from benchmarks.tools.timing import Work, floor, seconds
from cleanwire import Cleaner, Document, Filter

Seconds = dict[str, list[float]]

PATH = Path(__file__).with_name("ratios.json")
SLACK = 1.0
"""A ratio may be twice as bad as its pin: caches of processors and other load change ratios by half."""
ROUNDS = 7
TRIES = 3
"""Number of measurements, of which the best counts: other load on the machine seldom lasts that long."""
_NUMBERS = count()
"""Numbers of rounds: no two measurements get the same texts, whose lines the second would find cached."""


def alone(filter_: Filter) -> Work:
    """Return the work of one filter on a new document."""
    return lambda text: tuple(filter_(Document(text)))


def contestants(cleaner: Cleaner) -> dict[str, Work]:
    """Return the works that a table compares, by name: the floor, the chain, ftfy, and each filter alone.

    The chain comes before the filters: the lines of a round are new to it, and cached when a filter gets them.
    """
    return {"floor": floor, "chain": cleaner, "ftfy": fix_text, **{one.name: alone(one) for one in cleaner.filters}}


def measure(given: Input, works: Mapping[str, Work], rounds: int = ROUNDS) -> tuple[Seconds, int]:
    """Return the seconds of each work in each round, turn by turn on the same texts, and the bytes of all rounds.

    The chosen seeds and one round that does not count come first: they compile packs, patterns and ftfy.
    """
    warm(Cleaner(), given.script)
    numbers = islice(_NUMBERS, rounds + 1)
    taken: Seconds = {name: [] for name in works}
    size = 0
    for position, number in enumerate(numbers):
        texts = given.texts(number)
        turn = {name: seconds(work, texts) for name, work in works.items()}
        if position:
            size += sum(len(text.encode()) for text in texts)
            for name, value in turn.items():
                taken[name].append(value)
    return taken, size


def ratio(taken: Seconds, upper: str, lower: str) -> float:
    """Return the median, over rounds, of the time of `upper` divided by that of `lower`.

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
    """Return messages on the ratios of one input that are worse than pinned in each of `TRIES` measurements."""
    wrong: list[str] = []
    for _ in range(TRIES):
        wrong = floors.check(given.name, figures(given, cleaner, rounds), slack=SLACK)
        if not wrong:
            break
    return wrong


def table(taken: Mapping[str, tuple[Seconds, int]]) -> Table:
    """Return a table of MB/s of each work and of the ratios, one row an input."""
    rows: list[Sequence[str | float | None]] = []
    names = list(dict.fromkeys(name for times, _ in taken.values() for name in times))
    for title_of_row, (times, size) in taken.items():
        speeds = [size / sum(times[name]) / 1e6 if name in times else None for name in names]
        rows.append([title_of_row, *speeds, ratio(times, "chain", "floor"), ratio(times, "ftfy", "chain")])
    title = "MB of UTF-8 a second, each filter alone on the raw text; ratios of time"
    return Table(title, ["input", *names, "chain÷floor", "ftfy÷chain"], rows, digits=1)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; with --update, pin; return 1 where a ratio is below its floor."""
    parser = argparse.ArgumentParser(description="Measure speed as ratios of time: to a bare loop and to ftfy.")
    parser.add_argument("data", nargs="?", help="folder of the data, for more inputs (default: CLEANWIRE_DATA)")
    parser.add_argument("--only", default="", help="only inputs whose name contains this, such as 'small ascii'")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds, each on new texts ({ROUNDS})")
    Judge.add_options(parser)
    options = parser.parse_args(words)
    if options.data:
        os.environ["CLEANWIRE_DATA"] = options.data
    judge, cleaner = Judge(PATH, options), Cleaner()
    taken = {}
    for given in inputs():
        if options.only not in given.name:
            continue
        taken[given.name] = measure(given, contestants(cleaner), options.rounds)
        if options.update:
            judge.add(given.name, figures(given, cleaner, options.rounds), slack=SLACK)
        elif given.name in judge.floors.pinned:
            judge.fail(guard(given, judge.floors, cleaner, options.rounds))
        print(f"{given.name}: done", file=sys.stderr, flush=True)
    print(table(taken).show())
    return judge.finish()


if __name__ == "__main__":
    sys.exit(main())
