"""``cleanwire check``: report whether cleaning would change anything."""

import sys
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import click

from cleanwire.cli.documents import Cleaned, Documents
from cleanwire.cli.messages import EXIT_CHANGES, EXIT_FAILED, EXIT_OK, printable
from cleanwire.cli.options import CleaningCommand, cleaning
from cleanwire.cli.reading import PATHS, reading
from cleanwire.cli.summary import print_problems, print_summary, would_change
from cleanwire.cli.work import Cleaning, Outcome, Totals, work
from cleanwire.corpora.counts import Counts
from cleanwire.packs.pack import Pack
from cleanwire.per_file import PerFile
from cleanwire.report.findings import FORMATS, Finding, findings, rendered
from cleanwire.report.reasons import reasons

_TEXT = "text"


@click.command(cls=CleaningCommand, short_help="List files that would change (exit 1 if any).")
@PATHS
@click.option("--statistics", is_flag=True, help="Print how many edits each rule would make instead of the files.")
@click.option(
    "--output-format", "form", type=click.Choice((_TEXT, *FORMATS)), default=_TEXT, show_default=True,
    help="Print each edit for another program: a JSON array, annotations of GitHub, or SARIF.",
)  # fmt: skip
@cleaning
@reading
def check(
    per_file: PerFile,
    documents: Documents,
    jobs: int | None,
    quiet: bool,
    statistics: bool,
    form: str,
) -> None:
    """List the files that `cleanwire clean` would change. No file is written.

    PATH is a file, a folder, an address or -, in any format that `clean` reads. Exit code: 0 if no file would change,
    1 if one would, 2 if one could not be read.
    """
    if statistics and form != _TEXT:
        raise click.UsageError("--statistics and --output-format are mutually exclusive.")
    listing = statistics or form != _TEXT
    totals = Totals(cache=documents.cache(per_file))
    do = Cleaning(per_file, documents.reading.limits, _List(per_file.packs, listing))
    done = work(do, documents, 1 if "-" in documents.paths else jobs or 1, totals)
    if listing:
        _print_findings((each for _, group in done for one in group for each in one.shown or ()), form)
    else:
        for file, group in done:
            _print_file(file, group, per_file.cleaner.take, quiet)
    totals.cache.close()
    if not quiet:
        print_summary(totals.total, per_file.cleaner.take, documents.ignore.summary(), "would change")
        print_problems(totals.total, totals.errors)
    sys.exit(EXIT_FAILED if totals.total.failed else EXIT_CHANGES if totals.total.changed else EXIT_OK)


def _print_file(file: str, group: Iterable[Outcome[Any]], take: Collection[str], quiet: bool) -> None:
    counts, changed = Counts(), False
    for one in group:
        counts += one.counts
        changed = changed or one.changed
    if changed and not quiet:
        name = printable(click.format_filename(file))
        click.echo(would_change(name, counts, take), color=True)


def _print_findings(found: Iterable[Finding], form: str) -> None:
    if form == _TEXT:
        _print_statistics(found)
    else:
        for part in rendered(form, found):
            click.echo(part, nl=False)


def _print_statistics(found: Iterable[Finding]) -> None:
    """Print a line for each rule, most edits first: the edits, the documents, the name and the reason, with tabs."""
    numbers: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    last: dict[str, str] = {}
    why: dict[str, str] = {}
    for each in found:
        numbers[each.rule] += 1
        documents[each.rule] += last.get(each.rule) != each.document  # the findings of a document come together
        last[each.rule] = each.document
        why[each.rule] = each.reason
    for rule, number in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{number}\t{documents[rule]}\t{rule}\t{why[rule]}")


@dataclass(frozen=True)
class _List:
    """Return the edits of a document; none unless `listing`.  Picklable, for other processes."""

    packs: tuple[Pack, ...]
    listing: bool

    def __call__(self, done: Cleaned) -> tuple[Finding, ...]:
        if not self.listing:
            return ()
        name = click.format_filename(done.name)
        return tuple(findings(name, done.result, reasons(self.packs)))
