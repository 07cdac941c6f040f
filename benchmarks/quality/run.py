"""Measure the quality of cleaning on labelled pages: some tables for each task.

Run ``python -m benchmarks.quality.run DATA``; benchmarks/README.md says what each figure means.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.page import mode
from benchmarks.page.corpus import PageText
from benchmarks.quality import (
    captions,
    charsets,
    checkout,
    harm,
    innocence,
    labelled,
    layouts,
    names,
    repairs,
    residue,
    sites,
)
from benchmarks.tools.data import (
    CAPTIONS,
    ENCODINGS,
    LINES,
    NEWS,
    NEWS_RESIDUE,
    RESIDUE,
    Choice,
    add_folder,
    file_digest,
    required_folder,
)
from benchmarks.tools.floors import Basis, Judge
from benchmarks.tools.tables import Report
from cleanwire.packs.load import builtin_packs

PATH = Path(__file__).with_name("floors.json")


class Options(NamedTuple):
    """Which pages a run measures, by how many processes, and what it lists."""

    choice: Choice = Choice()
    jobs: int = 1
    worst: int = 50
    listing: labelled.Listing = labelled.Listing()


class Task(NamedTuple):
    """One task: the files that its figures rest on, and the function that measures it."""

    files: tuple[str, ...]
    run: Callable[[Path, Options], Report]


def _labelled(file: str, name: str) -> Task:
    def run(data: Path, given: Options) -> Report:
        return labelled.report(data / file, name, given.choice, given.listing, jobs=given.jobs, worst=given.worst)

    return Task((file,), run)


def _residue(file: str, name: str) -> Task:
    def run(data: Path, given: Options) -> Report:
        return residue.report(residue.articles(data / file, given.choice), name, jobs=given.jobs)

    return Task((file,), run)


def _page(files: tuple[str, ...], weights: str) -> Task:
    def run(data: Path, given: Options) -> Report:
        def sample(page: PageText) -> bool:
            return given.choice(
                {"id": page.id, "url": f"https://{page.host}", "lang": page.lang, "page_type": page.kind}
            )

        return mode.report(data, weights, jobs=given.jobs, sample=sample)

    return Task(files, run)


TASKS: Mapping[str, Task] = {
    "lines": _labelled(LINES, "lines"),
    "news": _labelled(NEWS, "news"),
    "residue": _residue(RESIDUE, "residue"),
    "news_residue": _residue(NEWS_RESIDUE, "news_residue"),
    "innocence": Task(
        (RESIDUE, NEWS_RESIDUE),
        lambda data, given: innocence.report([data / RESIDUE, data / NEWS_RESIDUE], given.choice, jobs=given.jobs),
    ),
    "harm": Task((harm.TEXTS, harm.LABELS), lambda data, given: harm.report(data, given.choice, jobs=given.jobs)),
    "names": Task(
        (NEWS, NEWS_RESIDUE, names.DANIEL, names.DANIEL_RESIDUE, LINES, names.PROSE),
        lambda data, given: names.report(data, given.choice, jobs=given.jobs),
    ),
    "captions": Task(
        (CAPTIONS, LINES),
        lambda data, given: captions.report(captions.joined(data, given.choice), "captions", jobs=given.jobs),
    ),
    "news_captions": Task(
        (NEWS,), lambda data, given: captions.report(given.choice.rows(data / NEWS), "news_captions", jobs=given.jobs)
    ),
    "page_news": _page((NEWS, NEWS_RESIDUE, LINES), "news"),
    "page_any": _page((LINES, RESIDUE), "any"),
    "sites": Task(
        (LINES, NEWS, RESIDUE, NEWS_RESIDUE),
        lambda data, given: sites.report(data, given.choice, jobs=given.jobs),
    ),
    "layouts": Task(
        (layouts.SHAPES, harm.TEXTS), lambda data, given: layouts.report(data, given.choice, jobs=given.jobs)
    ),
    "encodings": Task((ENCODINGS,), lambda data, given: repairs.report(data / ENCODINGS, given.choice)),
    "charsets": Task((), lambda *_: charsets.report()),
}


def basis(data: Path, task: str) -> Basis:
    """Return the digest of each file that a task rests on, and the number of rules in the packs of the library."""
    rules = sum(len(pack.rules) for pack in builtin_packs())
    return Basis({name: file_digest(data / name) for name in TASKS[task].files}, rules)


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(description="Measure the quality of cleaning on labelled pages.")
    add_folder(parser)
    parser.add_argument("--task", action="append", choices=sorted(TASKS), help="only this task (may be repeated)")
    parser.add_argument("--pages", default="all", help="only pages of this type, such as article")
    parser.add_argument("--lang", help="only pages in this language, such as de")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the hosts")
    parser.add_argument("--sample", type=int, help="only a number of pages, the same each time")
    parser.add_argument("--misses", metavar="LABEL", help="lines, news: list the most frequent missed lines of LABEL")
    parser.add_argument("--rule", metavar="PREFIX", help="lines, news: list every cut of the rules with PREFIX")
    parser.add_argument("--worst", type=int, default=50, help="lines, news: number of the worst cuts to list (50)")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="write tables and figures as JSON (page text: do not commit it)")
    parser.add_argument(
        "--aeb", type=Path, metavar="CHECKOUT", help="residue of an article-extraction-benchmark checkout"
    )
    Judge.add_options(parser)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, write; return 1 if a figure is worse than its floor."""
    parser = arguments()
    options = parser.parse_args(words)
    given = Options(
        Choice(options.pages, options.lang, options.half, options.sample),
        options.jobs, options.worst, labelled.Listing(options.rule, options.misses),
    )  # fmt: skip
    if options.aeb:
        try:
            reports = {"aeb": residue.report(checkout.rows(options.aeb), "aeb", jobs=given.jobs)}
        except checkout.CheckoutError as error:
            parser.error(str(error))
        _show(reports["aeb"])
        write(options.out, reports)
        return 0
    data = required_folder(parser, options.data)
    if options.update and given.choice != Choice():
        parser.error("floors are pinned on all pages: --update can't be combined with a choice of pages")
    reports = {}
    for name in options.task or TASKS:
        reports[name] = TASKS[name].run(data, given)
        _show(reports[name])
    write(options.out, reports)
    if given.choice != Choice():
        return 0
    judge = Judge(PATH, options)
    for name, report in reports.items():
        if name not in judge.floors.pinned and not options.update:
            print(f"{name}: nothing pinned", file=sys.stderr)
        judge.add(name, report.figures, basis(data, name))
    return judge.finish()


def _show(report: Report) -> None:
    for table in report.tables:
        print(table.show(), end="\n\n", flush=True)


def write(path: Path | None, reports: Mapping[str, Report]) -> None:
    """Write tables and figures as JSON if a path is given."""
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
