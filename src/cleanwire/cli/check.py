"""``cleanwire check``: report whether cleaning would change anything."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.options import EXIT_CHANGES, EXIT_FAILED, EXIT_OK, CleaningCommand, cleaning
from cleanwire.cli.output import printable
from cleanwire.cli.work import Outcome, Total, outcome, preview, text_files, work
from cleanwire.report.places import CHANGES


@click.command(cls=CleaningCommand, short_help="List files that would change (exit 1 if any).")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@cleaning
def check(paths: tuple[str, ...], cleaner: Cleaner, jobs: int | None, quiet: bool) -> None:
    """List the files that `cleanwire clean` would change. No file is written.

    Exit code: 0 if no file would change, 1 if one would, 2 if one could not be read.
    """
    total = Total()
    for done in work(_Check(cleaner), text_files(paths), 1 if "-" in paths else jobs or 1, total):
        if done.changed and not quiet:
            kinds = (f"{kind} {number}" for (action, kind), number in sorted(done.counts.items()) if action in CHANGES)
            click.echo(f"{printable(done.name)}: would change ({', '.join(kinds)})", color=True)
    if not quiet:
        total.summarise("would change")
    sys.exit(EXIT_FAILED if total.failed else EXIT_CHANGES if total.changed else EXIT_OK)


@dataclass(frozen=True)
class _Check:
    """Preview one file; picklable, for other processes."""

    cleaner: Cleaner

    def __call__(self, path: Path) -> Outcome:
        return outcome(preview(path, self.cleaner))
