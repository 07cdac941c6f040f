"""Measure the quality of cleaning on labelled pages: one table per task.

Run ``benchmarks/quality.py DATA``; README.md beside this file says what each figure means.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import lanes
from pages import Choice, folder
from tables import Report

Task = Callable[[Path, argparse.Namespace], Report]


def _lanes(data: Path, options: argparse.Namespace) -> Report:
    return _lanes_of(data / "lines.jsonl.zst", "lanes", options)


def _news(data: Path, options: argparse.Namespace) -> Report:
    return _lanes_of(data / "news.jsonl.zst", "news", options)


def _lanes_of(path: Path, name: str, options: argparse.Namespace) -> Report:
    ask = lanes.Ask(options.rule, options.misses)
    return lanes.report(path, name, choice(options), ask, jobs=options.jobs, worst=options.worst)


TASKS: dict[str, Task] = {
    "lanes": _lanes,
    "news": _news,
}


def choice(options: argparse.Namespace) -> Choice:
    """Return which pages the options choose."""
    return Choice(options.pages, options.lang, options.half, options.sample)


def arguments() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("data", nargs="?", help="folder of the data; CLEANWIRE_DATA where it is left out")
    parser.add_argument("--task", action="append", choices=sorted(TASKS), help="only this task (repeatable)")
    parser.add_argument("--pages", default="all", help="only pages of this type, such as article")
    parser.add_argument("--lang", help="only pages in this language, such as de")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the hosts, told apart by a hash")
    parser.add_argument("--sample", type=int, help="only so many pages, the same ones each time")
    parser.add_argument("--misses", metavar="LABEL", help="list the most frequent lines of LABEL that stayed")
    parser.add_argument("--rule", metavar="PREFIX", help="list every cut of the rules that PREFIX names")
    parser.add_argument("--worst", type=int, default=50, help="how many of the worst cuts to list (50)")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="write tables and figures there as JSON")
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run the tasks that were asked for, print their tables, write them where asked."""
    options = arguments().parse_args(words)
    data = folder(options.data)
    if data is None:
        print("No data: name its folder, or set CLEANWIRE_DATA to it.", file=sys.stderr)
        return 2
    reports: dict[str, Report] = {}
    for name in options.task or TASKS:
        reports[name] = TASKS[name](data, options)
        for table in reports[name].tables:
            print(table.show(), end="\n\n", flush=True)
    if options.out:
        write(options.out, reports)
    return 0


def write(path: Path, reports: dict[str, Report]) -> None:
    """Write tables and figures as JSON."""
    plain = {
        name: {
            "tables": [table.plain() for table in made.tables],
            "figures": {figure: value.value for figure, value in made.figures.items()},
        }
        for name, made in reports.items()
    }
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
