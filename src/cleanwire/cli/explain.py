"""``cleanwire explain``: say which rules looked at each line, and why each did or did not fire."""

import sys
from pathlib import Path
from typing import cast

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.options import EXIT_OK, CleaningCommand, cleaning
from cleanwire.cli.work import preview
from cleanwire.inplace import of_its_site
from cleanwire.io.ignore import Ignore
from cleanwire.names import packs_of
from cleanwire.report.explain import LineExplanation
from cleanwire.report.explain import explain as explain_text
from cleanwire.report.reasons import reasons
from cleanwire.report.shown import shown


@click.command(cls=CleaningCommand, short_help="Say why lines are changed or not.")
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--line", metavar="WORDS", help="Explain the lines with these words only; without TEXT, these words.")
@cleaning
def explain(
    text: str | None, cleaner: Cleaner, ignore: Ignore, jobs: int | None, quiet: bool, line: str | None
) -> None:
    """Say for each line of a text which rules matched it, which fired, and why the others did not.

    TEXT is the name of a file, - for stdin, or the text itself. Lines that no rule matched are left out, unless --line
    selects them. Rules look at neighbors, so a line on its own may be explained otherwise than in its text. Exit code:
    0, or 2 if the text could not be read.
    """
    del ignore, jobs, quiet  # options of all commands that clean; there is one text, and nothing but the answer
    if text is None and line is None:
        raise click.UsageError("give a TEXT, or --line.")
    source = line or "" if text is None else text
    if text is not None and (text == "-" or _is_file(text)):
        path = Path(text)
        source = preview(path, cleaner).result.undo()
        cleaner = cast("Cleaner", of_its_site(cleaner, path))  # a cleaner stays one
    lines = explain_text(cleaner, source, reasons(packs_of(cleaner.filters)))
    chosen = [each for each in lines if (line in each.text if line is not None else each.looks)]
    for each in chosen:
        _print(each)
    if not chosen:
        click.echo("no line with these words" if line is not None else "no rule matched any line", err=True)
    sys.exit(EXIT_OK)


def _is_file(name: str) -> bool:
    """Return True if `name` is a file; a text may be no name at all: too long, of several lines, with a NUL."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _print(line: LineExplanation) -> None:
    click.echo(f"{click.style(str(line.number), bold=True)}\t{shown(line.text)}")
    if not line.looks:
        click.echo("\tno rule matched this line")
    for look in line.looks:
        done = look.action or "did not fire"
        told = f"{click.style(look.rule, bold=True)}: {done}" + (f" ({look.evidence})" if look.evidence else "")
        click.echo(f"\t{told}\n\t  {look.reason}")
