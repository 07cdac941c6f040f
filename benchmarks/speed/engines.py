"""Measure Ray and Spark with one worker and with two, and write the figures into docs/engines.md.

Run ``make engines``.  Texts made of seeds are read from Parquet files, and Parquet is written.  One worker and two are
started in processes of their own and take turns, so that other load on the machine slows down both; the speed-up is the
median of the turns.  A first turn does not count: it starts the engine and compiles the rules.  Every turn has its own
texts, since the library caches short lines.  A worker is paced below the speed of a core, since on a busy machine two
workers at full speed get no more of it than one; ``--pace 0`` lets them run.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.speed.inputs import Input
from benchmarks.tools.tables import write_block
from cleanwire import Cleaner, Document, Result
from cleanwire.arrow import clean_batch

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
MB, TB, HOUR = 10**6, 10**12, 3600
PREFIX = "MB/s: "
FILES, TURNS, CORES = 16, 3, 64
"""Files of a turn, number of turns, and cores of a node in the arithmetic."""


def make(folder: Path, size: int) -> None:
    """Write `FILES` files of articles and whole pages for each turn, at least `size` bytes of text in all."""
    rounds = 0
    for turn in range(TURNS + 1):
        texts: list[str] = []
        while sum(len(text.encode()) for text in texts) < size:
            texts += Input("seeds", "small", "typographic").texts(rounds)
            texts += Input("seeds", "page", "typographic").texts(rounds)
            rounds += 1
        (folder / str(turn)).mkdir()
        for part in range(FILES):
            table = pa.table({"id": range(part, len(texts), FILES), "text": texts[part::FILES]})
            pq.write_table(table, folder / str(turn) / f"{part:02}.parquet")


def turns(folder: Path, once: Callable[[Path], object], clock: Callable[[], float] = perf_counter) -> None:
    """Print the MB of text a second of each turn, and wait for a line on stdin before each."""
    for turn in range(TURNS + 1):
        sys.stdin.readline()
        start = clock()
        once(folder / str(turn))
        seconds = clock() - start
        size = pc.sum(pc.binary_length(pq.read_table(folder / str(turn))["text"])).as_py()
        print(f"{PREFIX}{size / MB / seconds}", flush=True)


class Paced(Cleaner):
    """A cleaner that waits after each text, so that it cleans no more than `pace` MB/s; 0: it never waits."""

    pace: float

    def __init__(self, pace: float = 0) -> None:
        super().__init__()
        object.__setattr__(self, "pace", pace)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.pace,)

    def __call__(self, text: str | Document) -> Result:
        start = perf_counter()
        result = super().__call__(text)
        if self.pace:
            size = len(str(text).encode())
            sleep(max(0.0, size / MB / self.pace - perf_counter() + start))
        return result


def clean_file(path: Path, cleaner: Cleaner) -> None:
    """Clean the texts of a Parquet file."""
    for batch in pq.read_table(path).to_batches():
        clean_batch(batch, cleaner=cleaner)


def alone(folder: Path, _workers: int, cleaner: Cleaner) -> None:
    """Measure one process, in processor time."""
    work = partial(clean_file, cleaner=cleaner)
    turns(folder, lambda path: deque(map(work, sorted(path.iterdir())), maxlen=0), process_time)


def processes(folder: Path, workers: int, cleaner: Cleaner) -> None:
    """Measure plain processes: their speed-up is the most that an engine can reach on this machine."""
    work = partial(clean_file, cleaner=cleaner)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        turns(folder, lambda path: list(pool.map(work, sorted(path.iterdir()))))


def ray(folder: Path, workers: int, cleaner: Cleaner) -> None:
    """Measure Ray."""
    import ray as engine

    from cleanwire.engines.ray import clean_dataset

    engine.init(num_cpus=workers, logging_level="ERROR", log_to_driver=False)
    engine.data.DataContext.get_current().enable_progress_bars = False

    def once(path: Path) -> None:
        # Files as small as these would be one task; with this, a task is as much as on Spark.
        dataset = engine.data.read_parquet(str(path)).repartition(target_num_rows_per_block=64)
        clean_dataset(dataset, cleaner=cleaner).write_parquet(f"{path}-{os.getpid()}")

    turns(folder, once)


def spark(folder: Path, workers: int, cleaner: Cleaner) -> None:
    """Measure Spark."""
    from pyspark.sql import SparkSession

    from cleanwire.engines.spark import clean_frame

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false").getOrCreate()
    session.conf.set("spark.sql.files.maxPartitionBytes", str(MB))  # a task a file, small as they are

    def once(path: Path) -> None:
        clean_frame(session.read.parquet(str(path)), cleaner=cleaner).write.parquet(f"{path}-{os.getpid()}")

    turns(folder, once)


WORKS = {work.__name__: work for work in (alone, processes, ray, spark)}


def measured(name: str, folder: Path, counts: Sequence[int], pace: float = 0) -> list[list[float]]:
    """Return the MB/s of each turn, one for each number of workers."""
    command = [sys.executable, "-m", "benchmarks.speed.engines", "--pace", str(pace), "--one", name, str(folder)]
    started = [
        subprocess.Popen(  # noqa: S603 - a command of our own
            [*command, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for count in counts
    ]
    speeds = [[_go(process) for process in started] for _ in range(TURNS + 1)]
    for process in started:
        process.communicate()
    return speeds[1:]


def _go(process: "subprocess.Popen[str]") -> float:
    """Let a process run one turn and return its MB/s."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith(PREFIX):
            return float(line.removeprefix(PREFIX))
    raise SystemExit(f"{process.args!r} ended without a result; run it by hand to see why")


def report(size: int, pace: float, peak: int, speed: float, speeds: dict[str, list[list[float]]]) -> str:
    """Return the Markdown block: what was measured, and the arithmetic that follows from it."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyarrow", "ray", "pyspark"))
    rows = {
        "processes": "plain processes, from Parquet",
        "ray": "Ray Data, Parquet to Parquet",
        "spark": "Spark, Parquet to Parquet",
    }
    hours = TB / (speed * MB) / HOUR
    return "\n".join(
        [
            (
                f"CPython {platform.python_version()}, {versions}; {os.cpu_count()} cores, shared with other work "
                f"(load {os.getloadavg()[1]:.1f}); {size} MB a turn, medians of {TURNS} turns; "
                f"{f'each worker paced to {pace} MB/s' if pace else 'at full speed'}."
            ),
            "",
            "| MB of text a second | 1 worker | 2 workers | speed-up |",
            "|---|---:|---:|---:|",
            *(
                f"| {words} | {median(one for one, _ in speeds[name]):.2f} | "
                f"{median(two for _, two in speeds[name]):.2f} | "
                f"{median(two / one for one, two in speeds[name]):.2f} |"
                for name, words in rows.items()
            ),
            "",
            (
                f"In processor time, one core cleans **{speed:.2f} MB/s** with `clean_batch`. So, for text "
                f"uncompressed, on nodes of {CORES} cores:"
            ),
            "",
            "| | core-hours | 1 node | 10 nodes | 100 nodes |",
            "|---|---:|---:|---:|---:|",
            *(
                f"| {words} | {hours * factor:,.0f} | "
                f"{' | '.join(_span(hours * factor / CORES / nodes) for nodes in (1, 10, 100))} |"
                for words, factor in (("1 TB", 1), ("1 PB", 1000))
            ),
            "",
            (
                f"To be busy, such a node must receive {speed * CORES:.0f} MB/s of text "
                f"({speed * CORES * 8 / 1000:.1f} Gbit/s, less what the compression of the files saves), and sends "
                f"nearly as much back. The peak memory of the measured process was {peak / MB:.0f} MB."
            ),
        ]
    )


def _span(hours: float) -> str:
    return f"{hours / 24:,.1f} days" if hours >= 48 else f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} min"


def main(words: Sequence[str] | None = None) -> None:
    """Measure all, print the block, and write it into docs/engines.md."""
    parser = argparse.ArgumentParser(description="Measure Ray and Spark with one worker and with two.")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    parser.add_argument("--size", type=int, default=12, help="MB of text in a turn (12)")
    parser.add_argument("--pace", type=float, default=0.5, help="MB/s of a worker; 0: full speed (0.5)")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.one:
        name, folder, workers = options.one
        WORKS[name](Path(folder), int(workers), Paced(pace=options.pace))
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), options.size * MB)
        speed = median(turn[0] for turn in measured("alone", Path(name), [1]))
        peak = getrusage(RUSAGE_CHILDREN).ru_maxrss * 1024  # of that process, the only one so far
        speeds = {work: measured(work, Path(name), [1, 2], options.pace) for work in ("processes", "ray", "spark")}
    block = report(options.size, options.pace, peak, speed, speeds)
    print(block)
    if not options.dry:
        write_block(PAGE, "engines", block)


if __name__ == "__main__":
    main()
