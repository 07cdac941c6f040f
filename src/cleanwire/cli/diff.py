"""``cleanwire diff``: show what would change, line by line."""

import difflib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from cleanwire import notation
from cleanwire.cli.documents import Cleaned, Documents
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK, visible
from cleanwire.cli.options import CleaningCommand, cleaning
from cleanwire.cli.output import colored_diff, console, show_cuts
from cleanwire.cli.reading import PATHS, reading
from cleanwire.cli.summary import print_problems, print_summary
from cleanwire.cli.work import Cleaning, Totals, work
from cleanwire.packs.pack import Pack
from cleanwire.per_file import PerFile
from cleanwire.report.reasons import reasons

_AROUND = 1
"""Lines that ``--cuts`` shows before and after a changed line."""
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.command(cls=CleaningCommand, short_help="Show what would change, line by line.")
@PATHS
@click.option("-u", "--unified", is_flag=True, help="Print a unified diff for patch.")
@click.option("--cuts", is_flag=True, help="Show the changed lines only, with the rules and their reasons.")
@click.option(
    "-C", "--context", type=click.IntRange(min=0), metavar="N",
    help="With --cuts: lines to show before and after a changed line.  [default: 1]",
)  # fmt: skip
@cleaning
@reading
def diff(
    per_file: PerFile,
    documents: Documents,
    jobs: int | None,
    quiet: bool,
    unified: bool,
    cuts: bool,
    context: int | None,
) -> None:
    """Show the texts and records that `cleanwire clean` would change, each line marked with what happens to it.

    \b
        kept
      - dropped
      ^ extracted as a caption
      @ kept, and recognized as title, byline, dateline or date
      < a line before a change
      > the same line after it

    A terminal also shows the rules at the right. Elsewhere the output is plain annotated-diff notation, as rule packs
    contain it. Exit code: 0, or 2 if a file could not be read.
    """  # noqa: D301 - \b keeps click from wrapping the lines
    around = _around(unified, cuts, context)
    screen, totals, paths = console(), Totals(cache=documents.cache(per_file)), documents.paths
    headed = len(paths) > 1 or os.path.isdir(paths[0])
    show = _Diff(per_file.packs, unified, headed, screen.width if screen.is_terminal else None, around)
    do = Cleaning(per_file, documents.reading.limits, show)
    for _, group in work(do, documents, 1 if "-" in paths else jobs or 1, totals):
        for done in group:
            if done.shown:
                click.echo(done.shown, nl=False, color=True)  # or click would remove escapes of texts
    totals.cache.close()
    if not quiet:
        print_summary(totals.total, per_file.cleaner.take, documents.ignore.summary(), "would change")
        print_problems(totals.total, totals.errors)
    sys.exit(EXIT_FAILED if totals.total.failed else EXIT_OK)


def _around(unified: bool, cuts: bool, context: int | None) -> int | None:
    """Return how many lines to show around changed ones; None to show all lines."""
    if unified and cuts:
        raise click.UsageError("--unified and --cuts are mutually exclusive.")
    if context is not None and not cuts:
        raise click.UsageError("--context requires --cuts.")
    return (_AROUND if context is None else context) if cuts else None


@dataclass(frozen=True)
class _Diff:
    """Format the diff of one document; picklable, for other processes.

    `headed` puts the name of a text above its diff, as that of a record always is; `width` is that of the terminal,
    None for plain text.  `context` is the number of lines around changed ones, None to show all lines.
    """

    packs: tuple[Pack, ...]
    unified: bool
    headed: bool
    width: int | None
    context: int | None

    def __call__(self, done: Cleaned) -> str:
        return self._show(done) if done.changed else ""

    def _show(self, done: Cleaned) -> str:
        if self.unified:
            return "".join(self._unified(done))
        head = f"── {click.format_filename(done.name)}\n" if self.headed or done.name != done.file else ""
        if self.context is not None:
            shown = show_cuts(done.result, reasons(self.packs), self.context)
            return (
                (click.style(visible(head), bold=True) if head else "") + shown
                if self.width
                else head + click.unstyle(shown)
            )
        if self.width is None:
            return head + notation.render(notation.annotate(done.result)) + "\n"
        return (click.style(visible(head), bold=True) if head else "") + colored_diff(done.result, self.width)

    def _unified(self, done: Cleaned) -> Iterator[str]:
        name = click.format_filename(done.name)
        lines = difflib.unified_diff(_lines(done.result.undo()), _lines(done.result.text), name, name)
        for line in lines:
            shown = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            yield shown if self.width is None else click.style(visible(shown), fg=_COLOURS.get(line[0]))


def _lines(text: str) -> list[str]:
    """Split a text after each line end; the last line may lack one."""
    lines = [line + "\n" for line in text.split("\n")]
    return lines[:-1] + ([lines[-1][:-1]] if lines[-1] != "\n" else [])
