"""What is done while calls fail: each task cleans or restores a file, and knows what it must hold before and after."""

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from click.testing import CliRunner

from cleanwire.cli import main
from cleanwire.inplace import clean_file, undo_file
from cleanwire.io.undo import Store, digest

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"
ROWS = [f"{number}. {DIRTY}" for number in range(40)]


def jsonl() -> bytes:
    return "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(ROWS)).encode()


def csv() -> bytes:
    return ("id,text\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(ROWS))).encode()


def warc() -> bytes:
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
    return "".join(head.format(len(text), text) for text in ROWS).encode()


def parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": range(len(ROWS)), "text": ROWS}), sink, row_group_size=15)
    return sink.getvalue()


def arrow() -> bytes:
    sink = io.BytesIO()
    table = pa.table({"id": range(len(ROWS)), "text": ROWS})
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=15)
    return sink.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "story.txt": DIRTY.encode,
    "news.jsonl": jsonl,
    "news.json": lambda: json.dumps([{"id": n, "text": text} for n, text in enumerate(ROWS)], indent=1).encode(),
    "news.jsonl.gz": lambda: gzip.compress(jsonl(), mtime=0),
    "news.jsonl.zst": lambda: zstandard.ZstdCompressor().compress(jsonl()),
    "news.csv": csv,
    "news.csv.bz2": lambda: bz2.compress(csv()),
    "news.tsv.xz": lambda: lzma.compress(csv().replace(b",", b"\t")),
    "news.wet": warc,
    "news.parquet": parquet,
    "news.arrow": arrow,
}


class Failed(Exception):  # noqa: N818 - what happened, not a fault of the caller's
    """The command ended with an error, whose message is known."""


def command(*args: str, stdin: bytes | None = None) -> str:
    """Run the command in this process and return what it prints, on stdout and then on stderr.

    Raises `Failed` for an error that it reports, and what it lets through.
    """
    result = CliRunner().invoke(main, args, input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code == 130:
        raise KeyboardInterrupt
    if result.exit_code:
        raise Failed(result.stderr)
    return result.stdout + result.stderr


@dataclass(frozen=True)
class Task:
    """Something that is done to the file `name`, or makes the file `target` of it."""

    label: str
    name: str
    run: Callable[[], None]
    prepare: Callable[[], None] | None = None
    target: str = ""
    resume: Callable[[], None] | None = None

    def set_up(self, data: bytes) -> None:
        """Make the folder as it is before the task."""
        shutil.rmtree(os.environ["CLEANWIRE_STATE"], ignore_errors=True)
        for path in Path.cwd().iterdir():
            path.unlink()
        Path(self.name).write_bytes(data)
        if self.prepare:
            self.prepare()


def tasks() -> list[Task]:
    """Return all tasks: every format in place and elsewhere, texts with a sidecar, and undo."""
    text = "story.txt"
    found = [
        Task("clean text", text, lambda: void(clean_file(text))),
        Task("clean text with sidecar", text, lambda: void(clean_file(text, sidecar=True))),
        Task("undo text", text, lambda: undo_file(text), lambda: void(clean_file(text))),
    ]
    for name in FILES:
        args = ("clean", "-q", "--jobs", "1", name)
        out = f"out-{name}"
        found.append(Task(f"clean {name}", name, run_of(*args), resume=run_of(*args, "--resume")))
        found.append(
            Task(
                f"clean {name} elsewhere", name, run_of(*args, "-o", out), target=out,
                resume=run_of(*args, "-o", out, "--resume"),
            )
        )  # fmt: skip
    undo = run_of("undo", "-q", "news.jsonl")
    found.append(Task("undo news.jsonl", "news.jsonl", undo, run_of("clean", "-q", "--jobs", "1", "news.jsonl")))
    return found


def run_of(*args: str) -> Callable[[], None]:
    return lambda: void(command(*args))


def void(_: object) -> None:
    """Drop a result."""


def is_undoable(path: Path, old: bytes, new: bytes) -> bool:
    """Return True if the undo store has the original of a file that holds `new`."""
    entries = Store(Path(os.environ["CLEANWIRE_STATE"])).of(Path(os.path.realpath(path)))
    wanted = digest(old), digest(new)
    return any(
        (entry.manifest.before, entry.manifest.after) == wanted and entry.old.read_bytes() == old for entry in entries
    )
