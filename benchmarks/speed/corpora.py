"""Measure the cleaning of corpora: one large file of JSON lines, and many small files.

    python -m benchmarks.speed.corpora large --gigabytes 5 --kills 20
    python -m benchmarks.speed.corpora large --gigabytes 5 --bare
    python -m benchmarks.speed.corpora small --files 100000
    python -m benchmarks.speed.corpora ratio --gigabytes 0.05

The data are made in `--folder` (a temporary one by default) from the texts under ``CLEANWIRE_DATA``, or from the seeds,
repeated, and are deleted again.  `--bare` leaves out all filters, which shows the cost of reading and writing.  Ratios
are given by the clock and in processor time, which depends less on other load; `ratio` alternates between `Cleaner.map`
and all that one process does with a file, a block at a time, so that other load affects both.
"""

import argparse
import hashlib
import itertools
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed.making import SEEDS
from benchmarks.tools.data import NEWS_RESIDUE, RESIDUE, file_digest, folder, rows
from benchmarks.tools.timing import peak
from cleanwire import ARTICLE, Cleaner
from cleanwire.corpora.blocks import CleanBlock, Piece
from cleanwire.corpora.part_file import PartFile
from cleanwire.corpora.part_file import paths as part_paths
from cleanwire.formats.source import Reading, recognise
from cleanwire.io.location import Location

_SAMPLE = 4_000_000
"""Characters that `Cleaner.map` is timed on."""


def documents() -> list[str]:
    """Return varied texts: outputs of extractors if the data are there, else the seeds."""
    data = folder()
    if data is None:
        return [path.read_text(encoding="utf-8") for path in sorted(SEEDS.rglob("*.txt"))]
    return [row["text"] for name in (NEWS_RESIDUE, RESIDUE) for row in rows(data / name)]


def json_rows(texts: list[str], size: int) -> Iterator[bytes]:
    """Yield rows of JSON until they are `size` bytes."""
    for number, text in enumerate(itertools.cycle(texts)):
        row = json.dumps({"id": number, "url": f"https://example.org/{number}", "text": text, "score": 1e5})
        yield row.encode() + b"\n"
        size -= len(row) + 1
        if size <= 0:
            return


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started, and those that they started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [each for child in map(int, found) for each in (child, *children(child))]


class Run:
    """A run of the command: its time, the processor time of it and its children, the peak memory of each process."""

    def __init__(self, *args: str, kill_at: tuple[Path, int] | None = None) -> None:
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", "cleanwire", *args])  # noqa: S603 - a command of our own
        peaks: dict[int, int] = {}
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0), peak(pid) // 1_000_000)
            time.sleep(0.1 if kill_at is None else 0.01)
            if kill_at and kill_at[0].exists() and kill_at[0].stat().st_size >= kill_at[1]:
                process.kill()
                process.wait()
        self.code = process.returncode
        self.seconds = time.monotonic() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.user, self.system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
        self.peaks = sorted(peaks.values(), reverse=True)


class Speed(NamedTuple):
    """MB of text (UTF-8) per second, by the clock and in processor time."""

    clock: float
    processor: float


def map_speed(texts: list[str]) -> Speed:
    """Return the speed of `Cleaner.map` in memory, in one process."""
    cleaner = Cleaner()
    sample, size = [], 0
    for text in random.Random(1).sample(texts, len(texts)):  # noqa: S311 - a sample
        sample.append(text)
        size += len(text)
        if size > _SAMPLE:
            break
    for _ in cleaner.map(sample[:50]):
        pass
    begin, worked = time.monotonic(), time.process_time()
    for _ in cleaner.map(sample):
        pass
    size = sum(len(text.encode("utf-8", "replace")) for text in sample)
    return Speed(size / 1e6 / (time.monotonic() - begin), size / 1e6 / (time.process_time() - worked))


def large(place: Path, gigabytes: float, kills: int, bare: bool) -> None:
    """Print time and memory of cleaning a large file with one process and with two, and after being killed."""
    texts = documents()
    source = place / "news.jsonl"
    size = text_size = number = 0
    with open(source, "wb") as file:
        for number, row in enumerate(json_rows(texts, int(gigabytes * 1e9)), 1):
            file.write(row)
            size += len(row)
            text_size += len(texts[(number - 1) % len(texts)].encode("utf-8", "replace"))
    print(f"{size / 1e9:.2f} GB of JSON lines, {number:,} documents, {text_size / 1e9:.2f} GB of text", flush=True)
    common = ["clean", str(source), "-q"]
    if bare:
        common += [word for one in ARTICLE for word in ("--skip", one.name)]
    before = map_speed(texts)
    took, ends, out_size = {}, {}, 0
    for jobs in (1, 2):
        target = place / f"out{jobs}.jsonl"
        took[jobs] = each = Run(*common, "-o", str(target), "--jobs", str(jobs))
        ends[jobs], out_size = file_digest(target), target.stat().st_size
        target.unlink()
        worked = each.user + each.system
        print(
            f"--jobs {jobs}: {each.seconds:.1f} s, {text_size / 1e6 / each.seconds:.2f} MB of text a second; processor "
            f"{worked:.1f} s, {worked / number * 1e6:.0f} µs a document; peaks of the processes {each.peaks} MB",
            flush=True,
        )
    after = map_speed(texts)
    one = Speed(text_size / 1e6 / took[1].seconds, text_size / 1e6 / (took[1].user + took[1].system))
    print(f"same bytes: {ends[1] == ends[2]}")
    print(f"--jobs 2 to --jobs 1, by the clock: {took[1].seconds / took[2].seconds:.2f}", flush=True)
    if not bare:
        for name in Speed._fields:
            first, last, here = (getattr(speed, name) for speed in (before, after, one))
            ratio = 2 * here / (first + last)
            print(f"by the {name}: Cleaner.map {first:.2f} and {last:.2f}, --jobs 1 {here:.2f} MB/s; ratio {ratio:.2f}")
    if kills:
        dice = random.Random(2)  # noqa: S311 - moments to kill at
        target, killed = place / "killed.jsonl", 0
        args = (*common, "-o", str(target), "--jobs", "2", "--resume")
        for mark in sorted(dice.uniform(0, 0.98 * out_size) for _ in range(kills)):
            killed += Run(*args, kill_at=(part_paths(target)[0], int(mark))).code < 0
        print(f"killed {killed} times, then resumed: exit code {Run(*args).code}", end="; ")
        print(f"same bytes: {file_digest(target) == ends[2]}", flush=True)


def small(place: Path, files: int) -> None:
    """Print the time of cleaning many small files in place, of the bookkeeping in it, and of the undo."""
    texts = [text for text in documents() if text]
    tree, before = place / "tree", {}
    for number, text in enumerate(itertools.islice(itertools.cycle(texts), files)):
        path = tree / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = f"{text}\n".encode("utf-8", "replace")
        path.write_bytes(data)
        before[path] = hashlib.sha256(data).digest()
    store = str(place / "store")
    report = place / "run.json"
    took = Run("clean", str(tree), "--jobs", "1", "-q", "--store", store, "--report", str(report))
    done = json.loads(report.read_bytes())
    changed = sum(hashlib.sha256(path.read_bytes()).digest() != known for path, known in before.items())
    print(f"{files:,} texts in place: {took.seconds:.1f} s, {took.user:.1f} s user, {took.system:.1f} s system")
    print(f"changed {changed:,} (by the report {done['files']['changed']:,}), peaks {took.peaks} MB", flush=True)

    # The cost of cleaning alone: each text, and each changed result again, which verifies that it is final.
    cleaner, begin = Cleaner(), time.process_time()
    for text in itertools.islice(itertools.cycle(texts), files):
        result = cleaner(f"{text}\n")
        if result.changed:
            cleaner(result.text)
    cleaning = time.process_time() - begin
    bookkeeping = max(took.user - cleaning, 0)
    print(
        f"cleaning {cleaning:.1f} s, bookkeeping (user time beside it) {bookkeeping:.1f} s, "
        f"{bookkeeping / files * 1e6:.0f} µs a file; cleaning and disk {1 - bookkeeping / took.seconds:.1%}",
        flush=True,
    )
    undone = Run("undo", str(tree), "-q", "--store", store)
    same = sum(hashlib.sha256(path.read_bytes()).digest() == known for path, known in before.items())
    print(f"undo: {undone.seconds:.1f} s; {same:,} of {files:,} restored", flush=True)


def ratio(place: Path, gigabytes: float) -> None:
    """Print the time of `Cleaner.map` to that of all that a process does with a file."""
    source = place / "news.jsonl"
    source.write_bytes(b"".join(json_rows(documents(), int(gigabytes * 1e9))))
    cleaner = Cleaner()
    work, form = CleanBlock(cleaner), recognise(Location(str(source)), Reading()).format
    part_file = PartFile.open(place / "out.jsonl", {}, framed=False, resume=False)
    spent = {"map": 0.0, "file": 0.0}
    with open(source, "rb") as file:
        blocks, start = form.split(file), 0

        for number in itertools.count():
            begin = time.process_time()
            data = next(blocks, b"")
            spent["file"] += time.process_time() - begin
            if not data:
                break
            texts = [json.loads(row)["text"] for row in data.split(b"\n")[:-1]]
            piece = Piece(form, "plain", number == 0, None, str(source), start, len(data))
            for name in ("map", "file") if number % 2 else ("file", "map"):
                begin = time.process_time()
                if name == "map":
                    deque(cleaner.map(texts), 0)
                else:
                    part_file.add(work(piece), 0)
                if number > 1:  # the first two warm up
                    spent[name] += time.process_time() - begin
            start += len(data)
    part_file.discard()
    size = source.stat().st_size / 1e6
    beside = (spent["file"] - spent["map"]) / size * 1e3
    print(
        f"{size:.0f} MB of rows: Cleaner.map {spent['map']:.1f} s, a process in all {spent['file']:.1f} s of the "
        f"processor; ratio {spent['map'] / spent['file']:.2f}, {beside:.1f} ms a MB beside cleaning"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("large", "small", "ratio"))
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp(dir=options.folder))
    os.environ["CLEANWIRE_STATE"] = str(place / "state")
    try:
        if options.what == "large":
            large(place, options.gigabytes, options.kills, options.bare)
        elif options.what == "ratio":
            ratio(place, options.gigabytes)
        else:
            small(place, options.files)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
