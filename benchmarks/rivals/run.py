"""Measure other tools on the same texts in the same run, and write the tables into benchmarks/README.md.

Run ``make rivals``, which installs them in an environment of their own.  Each tool runs in a process of its own, in
turns with the others, on texts that no turn had before.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.rivals.tools import RIVALS
from benchmarks.speed.inputs import Input, Origin
from benchmarks.speed.making import seed_texts
from benchmarks.tools.data import folder
from benchmarks.tools.tables import write_block
from benchmarks.tools.timing import environment

ROOT = Path(__file__).parents[2]
README = ROOT / "benchmarks" / "README.md"
TURNS = 3
SHAPES = (("small", "ascii"), ("small", "typographic"), ("small", "damaged"), ("page", "typographic"))
TINY = Input("seeds", "tiny", "typographic")


def measure() -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    """Return the figures of each tool, one a turn, and the error messages of those that could not run."""
    found: dict[str, list[dict[str, Any]]] = {}
    failed: dict[str, str] = {}
    for turn in range(1, TURNS + 1):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "texts.json"
            texts = {given.name: given.texts(turn) for given in _inputs()}
            path.write_text(json.dumps({**texts, "warm": _warm()}), encoding="utf-8")
            for name in RIVALS:
                if name in failed:
                    continue
                done = subprocess.run(  # noqa: S603 - a command of our own
                    [sys.executable, "-m", "benchmarks.rivals.tools", name, str(path)],
                    capture_output=True, text=True, check=False, env=environment(),
                )  # fmt: skip
                if done.returncode:
                    failed[name] = (done.stderr.strip().split("\n") or ["no message"])[-1]
                else:
                    found.setdefault(name, []).append(json.loads(done.stdout.strip().split("\n")[-1]))
                print(f"turn {turn}: {name} {failed.get(name, '')}", file=sys.stderr, flush=True)
    return found, failed


def _warm() -> list[str]:
    """Return texts to warm up with: the chosen seeds, and a round that no turn measures."""
    return [*seed_texts(), *(text for given in _inputs() for text in given.texts(0))]


def _inputs() -> list[Input]:
    origins: list[Origin] = ["data"] if folder() else ["seeds"]
    return [TINY, *(Input(origin, size, kind) for origin in origins for size, kind in SHAPES)]  # type: ignore[arg-type] # a tuple of literals is one of str to mypy


def tables(found: dict[str, list[dict[str, Any]]], failed: dict[str, str]) -> str:
    """Return the two tables and their circumstances in Markdown."""
    shapes = [given.name for given in _inputs()[1:]]
    head = ["", "version", *(f"{shape}, MB/s" for shape in shapes), "µs a text of 200", "load, ms", "peak, MB"]
    parts = [f"Measured at {_commit()} with {_machine()}. Medians of {TURNS} turns. {_origin()}"]
    for html, title in (
        (False, "Tools that repair or clean text"),
        (True, "Tools that extract the content of HTML"),
    ):
        rows = [
            _row(name, found[name], shapes) for name, rival in RIVALS.items() if rival.html is html and name in found
        ]
        parts += ["", f"### {title}", ""]
        if html:
            parts += [
                "These solve another task, so the figures can't be compared with those above: the lines of the same",
                "texts, each in a paragraph of HTML. A real page has more markup. Megabytes are those of the text.",
                "",
            ]
        parts += [f"| {' | '.join(head)} |", "|---|---|" + "---:|" * (len(head) - 2)]
        parts += [f"| {' | '.join(row)} |" for row in rows]
    if failed:
        parts += ["", "Could not run here:", "", *(f"- {name}: `{why}`" for name, why in failed.items())]
    return "\n".join(parts)


def _row(name: str, runs: list[dict[str, Any]], shapes: Sequence[str]) -> list[str]:
    package = RIVALS[name].package

    def middle(read: Callable[[dict[str, Any]], float]) -> float:
        return median(map(read, runs))

    def speed(shape: str) -> float:
        return middle(lambda run: run["speeds"][shape][1] / run["speeds"][shape][0] / 1e6)

    each = middle(lambda run: 1e6 * run["speeds"][TINY.name][0] / run["speeds"][TINY.name][2])
    return [
        name,
        _version(package) if package else "–",
        *(f"{found:.2f}" if found < 10 else f"{found:.0f}" for found in map(speed, shapes)),
        f"{each:.1f}",
        f"{1000 * middle(lambda run: run['load']):.0f}",
        f"{middle(lambda run: run['peak']) / 1e6:.0f}",
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


def _machine() -> str:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return (
        f"CPython {platform.python_version()} on {os.cpu_count()} cores ({names[0] if names else platform.machine()})"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().split("\n") if Path(path).exists() else []


def _commit() -> str:
    git = partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=False)
    commit = git(["git", "rev-parse", "--short", "HEAD"]).stdout.strip() or "no commit"
    changed = git(["git", "status", "--porcelain", "--", "src"]).stdout.strip()
    return f"{commit}{' and changes' if changed else ''}"


def _origin() -> str:
    return "Texts from the data." if folder() else "Texts made of the seeds."


def main(words: Sequence[str] | None = None) -> int:
    """Measure all tools, print the tables, and write them into benchmarks/README.md."""
    parser = argparse.ArgumentParser(description="Measure other tools on the same texts.")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    options = parser.parse_args(words)
    text = tables(*measure())
    print(text)
    if not options.dry:
        write_block(README, "rivals", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
