"""Commands of the documentation, run as they stand there: blocks of the kind ``console``, in a folder of examples."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from cleanwire import Cleaner

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^( *)```console\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"
"""A line of expected output that stands for any number of lines."""
STORY = """Harbour Bridge Closes for a Year

The council didnâ€™t wait for spring. The bridge, built in 1931, carries 9,000 cars a day.

Photo: Ann Lee/AFP

Post a comment
"""


@dataclass(frozen=True)
class Command:
    """A command of a page, with the output that the page shows; None if it shows none."""

    line: str
    output: str | None


def commands(page: str) -> list[Command]:
    r"""Return the commands of a page, in order; lines after ``> `` belong to the command above.

    >>> commands("```console\n$ cat <<END\n> a\n> END\na\n$ ls\n```\n")
    [Command(line='cat <<END\na\nEND', output='a'), Command(line='ls', output=None)]
    """
    found: list[Command] = []
    for block in (dedent(block) for _, block in BLOCK.findall(page)):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            size = 1
            while size < len(lines) and lines[size].startswith(">") and "<<" in lines[0]:
                size += 1
            typed = [lines[0], *(line.removeprefix(">").removeprefix(" ") for line in lines[1:size])]
            shown = "\n".join(lines[size:])
            found.append(Command("\n".join(typed), shown or None))
    return found


def write_examples(folder: Path) -> None:
    """Write the files that the pages speak of."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    import zstandard

    for name in ("story.txt", "stories/example.org/bridge.txt", "stories/example.org/ferry.txt", "news/a.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(STORY, encoding="utf-8")
    (folder / "old.json").write_text(json.dumps(Cleaner().to_dict()))
    (folder / "keep.txt").write_text("Post a comment\n")
    row = {"text": STORY, "url": "https://example.org/a"}
    several = {**row, "body": STORY, "meta": {"body": STORY}}  # of which the commands name a column
    for name, value, pack in (
        ("news.jsonl", row, bytes),
        ("news.jsonl.gz", row, gzip.compress),
        ("news.jsonl.zst", several, zstandard.compress),
    ):
        (folder / name).write_bytes(pack(f"{json.dumps(value)}\n{json.dumps(value)}\n".encode()))
    for name, value in (
        ("pages.parquet", row),
        ("dumps/2024/a.parquet", row),
        ("dump.parquet", {"body": STORY, "link": row["url"]}),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist([value, value]), folder / name)
    for name in ("crawl/a.wet.gz", "pages/b.wet.gz"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(gzip.compress(_wet(STORY.encode())))
    guide = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (folder / "mine.toml").write_text(guide, encoding="utf-8")


def run(
    found: Iterable[Command], folder: Path, left_out: Mapping[str, str], path: Path | None = None
) -> list[tuple[Command, str]]:
    """Run commands in `folder` one after the other; return those that do otherwise than the page says, and why.

    `left_out` has beginnings of commands that are not run, with the reasons.  `path` is a folder in which `cleanwire`
    is found; else it is the one of this Python.  A page may show what a command prints on stderr, such as a summary.
    """
    if path is None:
        path = folder / "bin"
        path.mkdir()
        program = path / "cleanwire"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleanwire "$@"\n')
        program.chmod(0o755)
    env = os.environ | {
        "PATH": f"{path}:{os.environ['PATH']}",
        "XDG_STATE_HOME": str(folder / "state"),
        "LC_ALL": "C.UTF-8",
    }
    wrong = []
    for command in found:
        if command.line.startswith(tuple(left_out)):
            continue
        shell = [shutil.which("bash") or "sh", "-c", command.line]
        done = subprocess.run(
            shell, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode > 1:  # 1 is the answer of `check` where something would change
            wrong.append((command, done.stderr))
        elif command.output is not None and not any(
            _is_shown(shown, command.output) for shown in (done.stdout, done.stdout + done.stderr)
        ):
            wrong.append((command, done.stdout + done.stderr))
    return wrong


def _is_shown(output: str, shown: str) -> bool:
    parts = [re.escape(part.strip("\n")) for part in re.split(rf"^{ANYTHING}$", shown, flags=re.MULTILINE)]
    return (
        re.fullmatch(r"(?:.*\n)?".join(parts) if len(parts) > 1 else parts[0], output.rstrip("\n"), re.DOTALL)
        is not None
    )


def _wet(text: bytes) -> bytes:
    head = (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"WARC-Date: 2024-04-03T00:00:00Z\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: text/plain\r\n"
    )
    return head + f"Content-Length: {len(text)}\r\n\r\n".encode() + text + b"\r\n\r\n"
