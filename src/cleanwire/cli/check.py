"""``cleanwire check``: report whether cleaning would change anything."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.options import EXIT_CHANGES, EXIT_FAILED, EXIT_OK, CleaningCommand, cleaning
from cleanwire.cli.output import printable
from cleanwire.cli.work import Outcome, Total, outcome, preview, text_files, work
from cleanwire.io.ignore import Ignore
from cleanwire.names import packs_of
from cleanwire.report.findings import FORMATS, Finding, findings, rendered
from cleanwire.report.places import CHANGES
from cleanwire.report.reasons import reasons

_TEXT = "text"


@click.command(cls=CleaningCommand, short_help="List files that would change (exit 1 if any).")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--statistics", is_flag=True, help="Print how many changes each rule would make instead of the files.")
@click.option(
    "--output-format", "form", type=click.Choice((_TEXT, *FORMATS)), default=_TEXT, show_default=True,
    help="Print each change for another program: a JSON array, annotations of GitHub, or SARIF.",
)  # fmt: skip
@cleaning
def check(
    paths: tuple[str, ...],
    cleaner: Cleaner,
    ignore: Ignore,
    jobs: int | None,
    quiet: bool,
    statistics: bool,
    form: str,
) -> None:
    """List the files that `cleanwire clean` would change. No file is written.

    Exit code: 0 if no file would change, 1 if one would, 2 if one could not be read.
    """
    if statistics and form != _TEXT:
        raise click.UsageError("--statistics and --output-format are mutually exclusive.")
    total = Total()
    do = _Check(cleaner, listing=statistics or form != _TEXT)
    done = work(do, text_files(paths, ignore), 1 if "-" in paths else jobs or 1, total)
    if do.listing:
        _print_findings((each for one in done for each in one.findings), form)
    else:
        _print_files(done, quiet)
    if not quiet:
        total.summarise("would change", ignore.summary())
    sys.exit(EXIT_FAILED if total.failed else EXIT_CHANGES if total.changed else EXIT_OK)


def _print_files(outcomes: Iterable[Outcome], quiet: bool) -> None:
    for done in outcomes:
        if done.changed and not quiet:
            kinds = (f"{kind} {number}" for (action, kind), number in sorted(done.counts.items()) if action in CHANGES)
            click.echo(f"{printable(done.name)}: would change ({', '.join(kinds)})", color=True)


def _print_findings(found: Iterable[Finding], form: str) -> None:
    if form == _TEXT:
        _print_statistics(found)
    else:
        for part in rendered(form, found):
            click.echo(part, nl=False)


def _print_statistics(found: Iterable[Finding]) -> None:
    """Print a line for each rule, most changes first: the changes, the files, the name and the reason, with tabs."""
    numbers: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    why: dict[str, str] = {}
    for each in found:
        numbers[each.rule] += 1
        files.setdefault(each.rule, set()).add(each.document)
        why[each.rule] = each.reason
    for rule, number in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{number}\t{len(files[rule])}\t{rule}\t{why[rule]}")


@dataclass(frozen=True)
class _Check:
    """Preview one file; picklable, for other processes.  With `listing` the outcome has each change."""

    cleaner: Cleaner
    listing: bool

    def __call__(self, path: Path) -> Outcome:
        report = preview(path, self.cleaner)
        done = outcome(report)
        if not self.listing:
            return done
        why = reasons(packs_of(self.cleaner.filters))
        return replace(done, findings=tuple(findings(done.name, report.result, why)))
