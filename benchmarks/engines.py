"""Measure Ray and Spark with one worker and with two, and write the figures into docs/engines.md.

Run ``python benchmarks/engines.py [--dry]`` (``make engines`` does).  The texts are made of the seeds; they lie in
Parquet files, and Parquet is written.  Each engine runs in a process of its own, and once beforehand, so that starting
it and compiling the rules is not counted; of several runs the quickest counts, since other work on the machine can only
slow one.  Every run has texts of its own, since the library remembers short lines.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanwire.arrow import clean_batch
from inputs import Input

PAGE = Path(__file__).parents[1] / "docs" / "engines.md"
BEGIN, END = "<!-- engines: written by `make engines` -->", "<!-- /engines -->"
MB, TB, HOUR = 10**6, 10**12, 3600
FILES, RUNS, CORES = 16, 2, 64
"""How many files a run reads, how many runs there are, and how many cores a node of the arithmetic has."""


def make(folder: Path, size: int) -> None:
    """Write for each run `FILES` files of articles and whole pages, `size` bytes of text in all at least."""
    rounds = 0
    for run in range(RUNS + 1):
        texts: list[str] = []
        while sum(len(text.encode()) for text in texts) < size:
            texts += Input("seeds", "small", "typographic").texts(rounds)
            texts += Input("seeds", "dump", "typographic").texts(rounds)
            rounds += 1
        (folder / str(run)).mkdir()
        for part in range(FILES):
            table = pa.table({"id": range(part, len(texts), FILES), "text": texts[part::FILES]})
            pq.write_table(table, folder / str(run) / f"{part:02}.parquet")


def runs(folder: Path, once: Callable[[Path], object], clock: Callable[[], float] = perf_counter) -> Iterator[float]:
    """Yield how many MB of text a second each run cleans, but for the first, which only warms up."""
    for run in range(RUNS + 1):
        start = clock()
        once(folder / str(run))
        seconds = clock() - start
        if run:
            yield pc.sum(pc.binary_length(pq.read_table(folder / str(run))["text"])).as_py() / MB / seconds


def clean_file(path: Path) -> None:
    """Clean what a Parquet file holds."""
    for batch in pq.read_table(path).to_batches():
        clean_batch(batch)


def alone(folder: Path, _workers: int) -> Iterator[float]:
    """Measure one process, by the processor's time."""
    return runs(folder, lambda path: deque(map(clean_file, sorted(path.iterdir())), maxlen=0), process_time)


def processes(folder: Path, workers: int) -> Iterator[float]:
    """Measure mere processes: how far two of them get on this machine is what an engine can reach."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from runs(folder, lambda path: list(pool.map(clean_file, sorted(path.iterdir()))))


def ray(folder: Path, workers: int) -> Iterator[float]:
    """Measure Ray."""
    import ray as engine

    from cleanwire.engines.ray import clean_dataset

    engine.init(num_cpus=workers, logging_level="ERROR", log_to_driver=False)
    engine.data.DataContext.get_current().enable_progress_bars = False

    def once(path: Path) -> None:
        # Files as small as these would be one task; with this, a task is as much as on Spark.
        dataset = engine.data.read_parquet(str(path)).repartition(target_num_rows_per_block=64)
        clean_dataset(dataset).write_parquet(f"{path}-{os.getpid()}")

    return runs(folder, once)


def spark(folder: Path, workers: int) -> Iterator[float]:
    """Measure Spark."""
    from pyspark.sql import SparkSession

    from cleanwire.engines.spark import clean_frame

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false").getOrCreate()
    session.conf.set("spark.sql.files.maxPartitionBytes", str(MB))  # a task a file, small as they are
    return runs(
        folder, lambda path: clean_frame(session.read.parquet(str(path))).write.parquet(f"{path}-{os.getpid()}")
    )


WORKS = {work.__name__: work for work in (alone, processes, ray, spark)}


def measured(name: str, folder: Path, workers: int) -> float:
    """Return the MB/s of the quickest run of a work, in a process of its own."""
    command = [sys.executable, __file__, "--one", name, str(folder), str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)  # noqa: S603
    return float(max(json.loads(done.stdout.strip().split("\n")[-1])))


def report(size: int, speeds: dict[tuple[str, int], float]) -> str:
    """Return the block of the page: what was measured, and the arithmetic that follows from it."""
    speed = speeds["alone", 1]
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyarrow", "ray", "pyspark"))
    rows = {
        "processes": "mere processes, from Parquet",
        "ray": "Ray Data, Parquet to Parquet",
        "spark": "Spark, Parquet to Parquet",
    }
    hours = TB / (speed * MB) / HOUR
    return "\n".join(
        [
            (
                f"CPython {platform.python_version()}, {versions}; {os.cpu_count()} cores, shared with other work "
                f"(load {os.getloadavg()[1]:.1f}); {size} MB a run, the quickest of {RUNS}."
            ),
            "",
            "| MB of text a second | 1 worker | 2 workers | speed-up |",
            "|---|---:|---:|---:|",
            *(
                f"| {words} | {speeds[name, 1]:.2f} | {speeds[name, 2]:.2f} | {speeds[name, 2] / speeds[name, 1]:.2f} |"
                for name, words in rows.items()
            ),
            "",
            (
                f"By the processor's own time, one core cleans **{speed:.2f} MB/s** with `clean_batch`. So, for text "
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
                f"To be busy, such a node must be sent {speed * CORES:.0f} MB/s of text "
                f"({speed * CORES * 8 / 1000:.1f} Gbit/s, less what the compression of the files saves), and sends nearly as much back."
            ),
        ]
    )


def _span(hours: float) -> str:
    return f"{hours / 24:,.1f} days" if hours >= 48 else f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} min"


def main(words: Sequence[str] | None = None) -> None:
    """Measure all, print the block, and write it between the marks in docs/engines.md."""
    parser = argparse.ArgumentParser(description="Measure Ray and Spark with one worker and with two.")
    parser.add_argument("--dry", action="store_true", help="print only")
    parser.add_argument("--size", type=int, default=40, help="MB of text in a run")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.one:
        name, folder, workers = options.one
        print(json.dumps(list(WORKS[name](Path(folder), int(workers)))))
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), options.size * MB)
        works = [("alone", 1), *((work, workers) for work in ("processes", "ray", "spark") for workers in (1, 2))]
        block = report(options.size, {work: measured(work[0], Path(name), work[1]) for work in works})
    print(block)
    if not options.dry:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
