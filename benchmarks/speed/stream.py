"""Measure a stream of different documents, each cleaned once in one process: what a corpus consists of.

    python -m benchmarks.speed.stream DATA              # extracted articles, one of each page: many hosts and languages
    python -m benchmarks.speed.stream                   # without data: articles made of the seeds
    python -m benchmarks.speed.stream --texts 10000

Nothing is warm but the imports: lines are new, patterns are compiled as they come, and tables are cold.  Each tool
gets a document in its turn, so that other load on the machine falls on all of them.  The *floor* is the time of
``for line in text.split("\\n"): pass`` on the same document, the median of several, since it is short.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

from benchmarks.speed.inputs import as_kind
from benchmarks.speed.making import articles
from benchmarks.tools.data import NEWS_RESIDUE, RESIDUE, add_folder, digest, folder, rows
from benchmarks.tools.tables import Table
from benchmarks.tools.timing import Work, environment, floor

TEXTS = 1_000
"""Documents of a stream, unless told otherwise."""
SIZES = range(500, 60_000)
"""Characters of a document: those of an article, short or long."""
DUMPS = frozenset({"resiliparse_full"})
"""Extractors that write the whole page, which is no article."""
FILES = (RESIDUE, NEWS_RESIDUE, "daniel_residue.jsonl.zst")
FLOORS = 5
"""How many times the floor is measured for a document."""


class Taken(NamedTuple):
    """The seconds that each document took, and its bytes in UTF-8."""

    floor: list[float]
    chain: list[float]
    ftfy: list[float]
    sizes: list[int]


def documents(count: int, data: Path | None = None) -> Iterator[str]:
    """Yield `count` different documents, in an order that mixes their sources: one of each page, the same each time.

    >>> first, second = documents(2)
    >>> first != second
    True
    """
    yield from islice(_extracted(data) if data else _made(count), count)


def _made(count: int) -> Iterator[str]:
    """Yield articles made of the seeds, each in its own spelling."""
    for number in range(count):
        yield as_kind(next(articles(1, number)), "typographic")


def _extracted(data: Path) -> Iterator[str]:
    """Yield what an extractor made of each page of the data; which one, a hash decides."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name in FILES:
        for row in rows(data / name) if (data / name).exists() else ():
            if row["extractor"] not in DUMPS and len(row["text"]) in SIZES:
                key = name, str(row["id"])
                found[key].append((digest(f"{row['extractor']} {key}"), row["text"]))
    for key in sorted(found, key=lambda key: digest(str(key))):
        yield min(found[key])[1]


def measure(texts: Sequence[str], works: dict[str, Work]) -> Taken:
    """Clean each document once by each work, in turns, and return what each took."""
    taken = Taken([], [], [], [len(text.encode("utf-8", "surrogatepass")) for text in texts])
    for text in texts:
        taken.floor.append(median(_seconds(floor, text) for _ in range(FLOORS)))
        for name in ("chain", "ftfy"):
            getattr(taken, name).append(_seconds(works[name], text))
    return taken


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = process_time()
    work(text)
    return process_time() - start


def table(taken: Taken, title: str) -> Table:
    """Return the figures of a stream: ratios of each document in the median, and megabytes a second of all.

    >>> print(table(Taken([1.0, 2.0], [10.0, 60.0], [30.0, 60.0], [10**6, 10**6]), "two").show())
    two
    documents  MB  chain ÷ floor  by sums  ftfy ÷ chain  chain, MB/s  ftfy, MB/s
            2   2           20.0     23.3           2.0          0.0         0.0
    """
    ratios = [chain / least for chain, least in zip(taken.chain, taken.floor, strict=True)]
    against = [other / chain for other, chain in zip(taken.ftfy, taken.chain, strict=True)]
    size = sum(taken.sizes) / 1e6
    columns = ("documents", "MB", "chain ÷ floor", "by sums", "ftfy ÷ chain", "chain, MB/s", "ftfy, MB/s")
    sums = sum(taken.chain) / sum(taken.floor)
    speeds = size / sum(taken.chain), size / sum(taken.ftfy)
    return Table(title, columns, [[len(ratios), round(size), median(ratios), sums, median(against), *speeds]], digits=1)


_CODE = """
import json, sys
from ftfy import fix_text
from benchmarks.speed.stream import measure
from cleanwire import Cleaner
given = json.load(sys.stdin)
works = {"chain": Cleaner(), "ftfy": fix_text}
for work in works.values():
    work("She left at noon.")
print(json.dumps(measure(given, works)))
"""


def run(texts: Sequence[str]) -> Taken:
    """Measure in a new process, in which nothing is warm."""
    command = [sys.executable, "-c", _CODE]
    text = json.dumps(list(texts))
    done = subprocess.run(command, input=text, check=True, capture_output=True, text=True, env=environment())  # noqa: S603 - a command of our own
    return Taken(*json.loads(done.stdout))


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure a stream of different documents, each cleaned once.")
    add_folder(parser)
    parser.add_argument("--texts", type=int, default=TEXTS, help=f"number of documents ({TEXTS})")
    options = parser.parse_args(words)
    if options.data:
        os.environ["CLEANWIRE_DATA"] = options.data
    data = folder()
    taken = run(list(documents(options.texts, data)))
    print(table(taken, f"a stream of different {'extracted articles' if data else 'articles made of seeds'}").show())
    return 0


if __name__ == "__main__":
    sys.exit(main())
