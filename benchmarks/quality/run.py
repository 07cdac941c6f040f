"""Measure the quality of cleaning on labelled pages: one table per task.

Run ``python -m benchmarks.quality.run DATA``; benchmarks/README.md says what each figure means.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.page import mode
from benchmarks.page.corpus import Dump
from benchmarks.quality import captions, checkout, innocence, labelled, repairs, residue, sites
from benchmarks.tools.floors import Basis, Judge
from benchmarks.tools.pages import Choice, file_digest, folder
from benchmarks.tools.tables import Report
from cleanwire.rules.pack import builtin_packs

PLACE = Path(__file__).with_name("floors.json")
LINES, NEWS = "lines.jsonl.zst", "news.jsonl.zst"
RESIDUE, NEWS_RESIDUE = "residue.jsonl.zst", "news_residue.jsonl.zst"


class Wish(NamedTuple):
    """What a run shall measure: of which pages, by how many processes, and what to list."""

    choice: Choice = Choice()
    jobs: int = 1
    worst: int = 50
    ask: labelled.Ask = labelled.Ask()


class Task(NamedTuple):
    """One task: the files that its figures rest on, and how to measure it."""

    files: tuple[str, ...]
    run: Callable[[Path, Wish], Report]


def _lanes(file: str, name: str) -> Task:
    return Task(
        (file,),
        lambda data, wish: labelled.report(data / file, name, wish.choice, wish.ask, jobs=wish.jobs, worst=wish.worst),
    )


def _residue(file: str, name: str) -> Task:
    return Task(
        (file,), lambda data, wish: residue.report(residue.articles(data / file, wish.choice), name, jobs=wish.jobs)
    )


def _page(files: tuple[str, ...], weights: str) -> Task:
    def sample(wish: Wish) -> Callable[[Dump], bool]:
        return lambda one: wish.choice(
            {"id": one.id, "url": f"https://{one.host}", "lang": one.lang, "page_type": one.kind}
        )

    return Task(files, lambda data, wish: mode.report(data, weights, jobs=wish.jobs, sample=sample(wish)))


TASKS: Mapping[str, Task] = {
    "lanes": _lanes(LINES, "lanes"),
    "news": _lanes(NEWS, "news"),
    "residue": _residue(RESIDUE, "residue"),
    "news_residue": _residue(NEWS_RESIDUE, "news_residue"),
    "innocence": Task(
        (RESIDUE, NEWS_RESIDUE),
        lambda data, wish: innocence.report([data / RESIDUE, data / NEWS_RESIDUE], wish.choice, jobs=wish.jobs),
    ),
    "captions": Task(
        ("captions.jsonl.zst", LINES),
        lambda data, wish: captions.report(captions.joined(data, wish.choice), "captions", jobs=wish.jobs),
    ),
    "news_captions": Task(
        (NEWS,), lambda data, wish: captions.report(wish.choice.rows(data / NEWS), "news_captions", jobs=wish.jobs)
    ),
    "page_news": _page((NEWS, NEWS_RESIDUE, LINES), "news"),
    "page_any": _page((LINES, RESIDUE), "any"),
    "sites": Task(
        (LINES, NEWS, RESIDUE, NEWS_RESIDUE),
        lambda data, wish: sites.report(data, wish.choice, jobs=wish.jobs),
    ),
    "encodings": Task(
        ("encodings.jsonl.zst",), lambda data, wish: repairs.report(data / "encodings.jsonl.zst", wish.choice)
    ),
}


def basis(data: Path, task: str) -> Basis:
    """Return the digest of each file that a task rests on, and the number of rules in the packs of the library."""
    rules = sum(len(pack.rules) for pack in builtin_packs())
    return Basis({name: file_digest(data / name) for name in TASKS[task].files}, rules)


def arguments() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(description="Measure the quality of cleaning on labelled pages.")
    parser.add_argument("data", nargs="?", help="folder of the data; CLEANWIRE_DATA where it is left out")
    parser.add_argument("--task", action="append", choices=sorted(TASKS), help="only this task (repeatable)")
    parser.add_argument("--pages", default="all", help="only pages of this type, such as article")
    parser.add_argument("--lang", help="only pages in this language, such as de")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the hosts, told apart by a hash")
    parser.add_argument("--sample", type=int, help="only so many pages, the same ones each time")
    parser.add_argument("--misses", metavar="LABEL", help="lanes: list the most frequent lines of LABEL that stayed")
    parser.add_argument("--rule", metavar="PREFIX", help="lanes: list every cut of the rules that PREFIX names")
    parser.add_argument("--worst", type=int, default=50, help="lanes: how many of the worst cuts to list (50)")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="write tables and figures there as JSON (page text: don't commit it)")
    parser.add_argument(
        "--aeb", type=Path, metavar="CHECKOUT", help="residue of an article-extraction-benchmark checkout"
    )
    Judge.add_options(parser)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, write; return 1 where a figure is below its floor, 2 where nothing can be measured."""
    options = arguments().parse_args(words)
    wish = Wish(
        Choice(options.pages, options.lang, options.half, options.sample),
        options.jobs, options.worst, labelled.Ask(options.rule, options.misses),
    )  # fmt: skip
    if options.aeb:
        try:
            reports = {"aeb": residue.report(checkout.rows(options.aeb), "aeb", jobs=wish.jobs)}
        except checkout.CheckoutError as error:
            return _stop(str(error))
        _show(reports["aeb"])
        write(options.out, reports)
        return 0
    data = folder(options.data)
    if data is None:
        return _stop("No data: name its folder, or set CLEANWIRE_DATA to it.")
    if options.update and wish.choice != Choice():
        return _stop("Floors are pinned on all pages: --update goes with no choice of pages.")
    reports = {}
    for name in options.task or TASKS:
        reports[name] = TASKS[name].run(data, wish)
        _show(reports[name])
    write(options.out, reports)
    if wish.choice != Choice():
        return 0
    judge = Judge(PLACE, options)
    for name, report in reports.items():
        if name not in judge.floors.pinned and not options.update:
            print(f"{name}: nothing pinned", file=sys.stderr)
        judge.add(name, report.figures, basis(data, name))
    return judge.finish()


def _show(report: Report) -> None:
    for table in report.tables:
        print(table.show(), end="\n\n", flush=True)


def _stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


def write(path: Path | None, reports: Mapping[str, Report]) -> None:
    """Write tables and figures as JSON, where a path is given."""
    if path is None:
        return
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
