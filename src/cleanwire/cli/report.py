"""``cleanwire report``: what cleaning changes in texts, as one page to read."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.documents import Cleaned, Documents
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK, plural
from cleanwire.cli.options import CleaningCommand, cleaning
from cleanwire.cli.reading import PATHS, reading
from cleanwire.cli.summary import print_problems
from cleanwire.cli.work import Cleaning, Totals, work
from cleanwire.document import Document
from cleanwire.errors import CleanwireError, FileError
from cleanwire.io.files import write_file
from cleanwire.per_file import PerFile
from cleanwire.report.compare import Pair, Removed, compare
from cleanwire.report.findings import read_findings, removed
from cleanwire.report.model import Reviewed, review
from cleanwire.report.reasons import reasons
from cleanwire.sites.page import host_of
from cleanwire.time_limit import Clean

T = TypeVar("T")


@click.command(cls=CleaningCommand, short_help="Write a page that shows what cleaning changes.")
@PATHS
@click.option("-o", "--output", required=True, metavar="FILE", help="Write the page (HTML) to FILE; - for stdout.")
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="OLD",
    help="Show what is cut now and was not, and the other way round. OLD is JSON: the findings of an earlier "
    "`check --output-format json`, a configuration (`Cleaner.to_dict`), or the --report of a run.",
)  # fmt: skip
@cleaning
@reading
def report(
    per_file: PerFile,
    documents: Documents,
    jobs: int | None,
    quiet: bool,
    output: str,
    against: Path | None,
) -> None:
    """Write one HTML page that shows what `cleanwire clean` would change. No text is written.

    PATH is a file, a folder, an address or -, in any format that `clean` reads, or the --report of a `clean` run, whose
    texts are cleaned as they were there. For one document the page shows every edit in place; for many it counts
    the edits, orders the rules by risk and shows a sample of the edits of each. The page needs no network. Needs
    Jinja2: pip install 'cleanwire[report]'. Exit code: 0, or 2 if a text could not be read.
    """
    from cleanwire.report.page import check_ready, comparison_page, document_page, review_page

    check_ready()
    _check_target(output)
    paths = documents.paths
    if run := _run_of(paths):
        documents, per_file = _of_run(run, documents)
    totals = Totals()
    why = reasons(per_file.packs)
    title = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")
    if against is not None:
        compared = compare(_pairs(documents, per_file, _old(against), jobs or 1, totals))
        page, told = comparison_page(compared, f"{title} against {against}"), plural(compared.documents, "document")
    else:
        do = Cleaning(per_file, documents.reading.limits, _reviewed)
        found = _shown(documents, do, jobs or 1, totals)
        first = list(islice(found, 2))
        if len(first) == 1:
            page, told = document_page(first[0].result, first[0].name, why), "1 document"
        else:
            reviewed = review(chain(first, found), why)
            page = review_page(reviewed, title)
            told = f"{plural(reviewed.documents, 'document')}, {plural(reviewed.changes, 'edit')}"
    _write(output, page)
    if not quiet:
        click.echo(f"{told}: {click.format_filename(output)}", err=True)
        print_problems(totals.total, totals.errors)
    sys.exit(EXIT_FAILED if totals.total.failed else EXIT_OK)


def _check_target(output: str) -> None:
    """Raise `FileError` for a page in a folder that does not exist, before any text is cleaned."""
    folder = Path(output).absolute().parent
    if output != "-" and not folder.is_dir():
        raise FileError(f"{output}: its folder does not exist; create {folder}, or choose another with -o")


def _write(output: str, page: str) -> None:
    if output == "-":
        click.echo(page.encode(), nl=False)
    else:
        write_file(Path(output), page.encode())


def _shown(documents: Documents, do: Cleaning[T], jobs: int, totals: Totals) -> Iterator[T]:
    """Yield what is made of each document."""
    for _, group in work(do, documents, jobs, totals):
        yield from (one.shown for one in group if one.shown is not None)


def _reviewed(done: Cleaned) -> Reviewed:
    return Reviewed(done.name, done.result, host_of(done.url))


def _pairs(
    documents: Documents, clean: Clean, old: Cleaner | dict[str, list[Removed]], jobs: int, totals: Totals
) -> Iterator[Pair]:
    """Yield each document with what is removed now, and what `old` removes or removed."""
    limits = documents.reading.limits
    if isinstance(old, Cleaner):
        yield from _shown(documents, Cleaning(clean, limits, _AsBefore(old)), jobs, totals)
        return
    for each in _shown(documents, Cleaning(clean, limits, _reviewed), jobs, totals):
        yield Pair(each.name, each.result.undo(), old.get(each.name, []), removed(each.result))


@dataclass(frozen=True)
class _AsBefore:
    """Clean a document as before, too; picklable, for other processes."""

    old: Cleaner

    def __call__(self, done: Cleaned) -> Pair:
        source, old = done.result.undo(), done.cleaner_of(self.old)
        return Pair(done.name, source, removed(old(Document(source, done.url))), removed(done.result))


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: is not JSON that can be read ({error})") from error


def _old(path: Path) -> Cleaner | dict[str, list[Removed]]:
    """Return what the option ``--against`` names: findings by document, or a cleaner."""
    data = _read_json(path)
    try:
        if isinstance(data, list):
            return read_findings(data)
        return Cleaner.from_dict(data["options"]["cleaner"] if "options" in data else data)
    except (CleanwireError, LookupError, TypeError) as error:
        raise FileError(
            f"{path}: is neither findings (`check --output-format json`), nor a configuration, nor the --report of a "
            f"run ({error})"
        ) from error


def _run_of(paths: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the report of a run if it is the only path."""
    path = Path(paths[0])
    if len(paths) > 1 or path.suffix != ".json" or not path.is_file():
        return None
    data = _read_json(path)
    return data if isinstance(data, dict) and {"by", "edits", "options"} <= data.keys() else None


def _of_run(run: dict[str, Any], texts: Documents) -> tuple[Documents, PerFile]:
    """Return the texts and the cleaner of a run; raise `FileError` for one that replaced its texts."""
    options, path = run["options"], texts.paths[0]
    if options.get("output") is None:
        raise FileError(
            f"{path}: this run cleaned its files in place, so the texts are gone; restore them with `cleanwire undo`, "
            "and report on the files"
        )
    if run["by"].get("per_file"):
        raise FileError(f"{path}: this run had settings for some files; report on the files, with its configuration")
    if not options.get("cleaner"):
        raise FileError(f"{path}: this run does not say how it cleaned; report on the files")
    reading = replace(texts.reading, format=options["as"], column=options["column"])
    if options["url"]:
        reading = replace(reading, url=options["url"])
    return replace(texts, paths=tuple(options["paths"]), reading=reading), PerFile(
        Cleaner.from_dict(options["cleaner"])
    )
