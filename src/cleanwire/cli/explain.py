"""``cleanwire explain``: say which rules looked at each line, and why each did or did not fire."""

import sys
from dataclasses import dataclass, replace
from typing import cast

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.complete import files
from cleanwire.cli.documents import Cleaned, Documents
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK
from cleanwire.cli.options import CleaningCommand, cleaning
from cleanwire.cli.reading import is_piped, reading
from cleanwire.cli.summary import print_problems
from cleanwire.cli.work import Cleaning, Totals, work
from cleanwire.document import Document
from cleanwire.io.location import Location
from cleanwire.per_file import PerFile
from cleanwire.report.explain import LineExplanation
from cleanwire.report.explain import explain as explain_text
from cleanwire.report.reasons import reasons
from cleanwire.report.shown import shown


@click.command(cls=CleaningCommand, short_help="Say why lines are changed or not.")
@click.argument("paths", nargs=-1, metavar="[TEXT…]", shell_complete=files)
@click.option("--line", metavar="WORDS", help="Explain the lines with these words only; without TEXT, these words.")
@cleaning
@reading
def explain(per_file: PerFile, documents: Documents, jobs: int | None, quiet: bool, line: str | None) -> None:
    """Say for each line of a text which rules matched it, which fired, and why the others did not.

    TEXT is a file, a folder or an address, in any format that `clean` reads, - for stdin, or the text itself. Lines
    that no rule matched are left out, unless --line selects them. Rules look at neighbors, so a line on its own may be
    explained otherwise than in its text. Exit code: 0, or 2 if a text could not be read.
    """
    show, totals = _Explain(per_file, line), Totals()
    text = _text_of(documents.paths, line)
    if text is not None:
        some = _print_all("", show.of(Document(text)))
    else:
        documents = replace(documents, paths=documents.paths or ("-",))
        some = _print_documents(documents, Cleaning(per_file, documents.reading.limits, show), jobs or 1, totals)
    if not some and not totals.total.failed:
        click.echo("no line with these words" if line is not None else "no rule matched any line", err=True)
    if not quiet:
        print_problems(totals.total, totals.errors)
    sys.exit(EXIT_FAILED if totals.total.failed else EXIT_OK)


@dataclass(frozen=True)
class _Explain:
    """Explain the lines of a document that have the words `line`, or that a rule matched; picklable."""

    per_file: PerFile
    line: str | None

    def __call__(self, done: Cleaned) -> tuple[str, list[LineExplanation]]:
        document = Document(done.result.undo(), done.url)
        return done.name, self.of(document, cast("Cleaner", done.cleaner_of(self.per_file)))  # without a time limit

    def of(self, document: Document, cleaner: Cleaner | None = None) -> list[LineExplanation]:
        lines = explain_text(cleaner or self.per_file.cleaner, document, reasons(self.per_file.packs))
        return [each for each in lines if (self.line in each.text if self.line is not None else each.looks)]


def _text_of(texts: tuple[str, ...], line: str | None) -> str | None:
    """Return the text that was given itself, in place of a file; None to read files or a pipe."""
    if not texts and not line and not is_piped():
        raise click.UsageError("give a TEXT, or --line.")
    if not texts:
        return line or None
    return texts[0] if len(texts) == 1 and not _is_path(texts[0]) else None


def _is_path(name: str) -> bool:
    """Return True if `name` stands for files; a text may be no name at all: too long, of several lines, with a NUL."""
    location = Location(name)
    if not location.is_local or location.has_wildcards:
        return location.is_pipe or (location.is_address and not any(map(str.isspace, name)))
    try:
        return location.path.exists()
    except (OSError, ValueError):
        return False


def _print_documents(
    documents: Documents, do: Cleaning[tuple[str, list[LineExplanation]]], jobs: int, totals: Totals
) -> bool:
    """Print the explanations of documents; return False if there are none."""
    headed = len(documents.paths) > 1 or Location(documents.paths[0]).is_folder
    some = False
    for _, group in work(do, documents, jobs, totals):
        for each in group:
            name, lines = each.shown or ("", [])
            some = _print_all(name if headed or each.number else "", lines) or some
    return some


def _print_all(name: str, lines: list[LineExplanation]) -> bool:
    """Print explanations below the name of their document, if it is not empty; return False if there are none."""
    if name and lines:
        click.echo(click.style(f"── {shown(click.format_filename(name))}", bold=True))
    for line in lines:
        _print(line)
    return bool(lines)


def _print(line: LineExplanation) -> None:
    click.echo(f"{click.style(str(line.number), bold=True)}\t{shown(line.text)}")
    if not line.looks:
        click.echo("\tno rule matched this line")
    for look in line.looks:
        done = look.action or "did not fire"
        told = f"{click.style(look.rule, bold=True)}: {done}" + (f" ({look.evidence})" if look.evidence else "")
        click.echo(f"\t{told}\n\t  {look.reason}")
