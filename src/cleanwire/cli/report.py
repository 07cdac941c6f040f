"""``cleanwire report``: what cleaning changes in texts, as one page to read."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.documents import CleanNamed, Named, named_documents, sampled
from cleanwire.cli.options import EXIT_FAILED, EXIT_OK, CleaningCommand, cleaning
from cleanwire.cli.output import plural, print_error
from cleanwire.errors import CleanwireError, FileError
from cleanwire.formats.record import URL
from cleanwire.formats.source import Reading
from cleanwire.io.files import write_file
from cleanwire.io.ignore import Ignore
from cleanwire.io.parallel import ordered
from cleanwire.io.suffixes import FORMATS
from cleanwire.names import packs_of
from cleanwire.report.compare import Pair, Removed, compare
from cleanwire.report.findings import read_findings, removed
from cleanwire.report.model import Reviewed, review
from cleanwire.report.reasons import reasons


@dataclass(frozen=True)
class _Texts:
    """What to read, how, and at most how many."""

    paths: tuple[str, ...]
    reading: Reading
    sample: int | None
    ignore: Ignore

    def __iter__(self) -> Iterator[Named | FileError]:
        return sampled(named_documents(self.paths, self.reading, self.ignore), self.sample)


@click.command(cls=CleaningCommand, short_help="Write a page that shows what cleaning changes.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", required=True, metavar="FILE", help="Write the page (HTML) to FILE; - for stdout.")
@click.option("--as", "wanted", type=click.Choice(FORMATS), help="Format of the files.  [default: by file name]")
@click.option("--column", metavar="NAME", help="Column with the texts; dots for nested JSON.")
@click.option(
    "--url-column", metavar="NAME", help="Column with the address of each record.  [default: url, if present]"
)
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Read N documents only, chosen at random.")
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="OLD",
    help="Show what is cut now and was not, and the other way round. OLD is JSON: the findings of an earlier "
    "`check --output-format json`, a configuration (`Cleaner.to_dict`), or the --report of a run.",
)  # fmt: skip
@cleaning
def report(
    paths: tuple[str, ...],
    cleaner: Cleaner,
    ignore: Ignore,
    jobs: int | None,
    quiet: bool,
    output: str,
    wanted: str | None,
    column: str | None,
    url_column: str | None,
    sample: int | None,
    against: Path | None,
) -> None:
    """Write one HTML page that shows what `cleanwire clean` would change. No text is written.

    PATH is a file, a folder, an address or -, in any format that `clean` reads, or the --report of a `clean` run, whose
    texts are cleaned as they were there. For one document the page shows every change in place; for many it counts
    the changes, orders the rules by risk and shows a sample of the changes of each. The page needs no network. Needs
    Jinja2: pip install 'cleanwire[report]'. Exit code: 0, or 2 if a text could not be read.
    """
    from cleanwire.report.page import comparison_page, document_page, review_page

    texts = _Texts(paths, Reading(wanted, column, url=url_column or URL), sample, ignore)
    if run := _run_of(paths):
        texts, cleaner = _of_run(run, texts)
    failed: list[FileError] = []
    why = reasons(packs_of(cleaner.filters))
    title = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")
    if against is not None:
        compared = compare(_pairs(texts, cleaner, _old(against), failed, jobs or 1))
        page, told = comparison_page(compared, f"{title} against {against}"), plural(compared.documents, "document")
    else:
        documents = _cleaned(texts, cleaner, failed, jobs or 1)
        first = list(islice(documents, 2))
        if len(first) == 1:
            page, told = document_page(first[0].result, first[0].name, why), "1 document"
        else:
            found = review(chain(first, documents), why)
            page = review_page(found, title)
            told = f"{plural(found.documents, 'document')}, {plural(found.changes, 'change')}"
    _write(output, page)
    if not quiet:
        click.echo(f"{told}: {click.format_filename(output)}", err=True)
    sys.exit(EXIT_FAILED if failed else EXIT_OK)


def _cleaned(
    texts: Iterable[Named | FileError], cleaner: Cleaner, failed: list[FileError], jobs: int
) -> Iterator[Reviewed]:
    """Yield the cleaned documents; errors are printed and kept in `failed`."""
    for done in ordered(CleanNamed(cleaner), texts, jobs):
        if isinstance(done, FileError):
            failed.append(done)
            print_error(str(done))
        else:
            yield done


def _write(output: str, page: str) -> None:
    if output == "-":
        click.echo(page.encode(), nl=False)
    else:
        write_file(Path(output), page.encode())


def _pairs(
    texts: Iterable[Named | FileError],
    cleaner: Cleaner,
    old: Cleaner | dict[str, list[Removed]],
    failed: list[FileError],
    jobs: int,
) -> Iterator[Pair]:
    """Yield each document with what is removed now, and what `old` removes or removed."""
    if isinstance(old, Cleaner):
        yield from _kept(ordered(partial(_cleaned_twice, cleaner, old), texts, jobs), failed)
        return
    for each in _cleaned(texts, cleaner, failed, jobs):
        yield Pair(each.name, each.result.undo(), old.get(each.name, []), removed(each.result))


def _kept(found: Iterable[Pair | FileError], failed: list[FileError]) -> Iterator[Pair]:
    for each in found:
        if isinstance(each, FileError):
            failed.append(each)
            print_error(str(each))
        else:
            yield each


def _cleaned_twice(new: Cleaner, old: Cleaner, text: Named | FileError) -> Pair | FileError:
    now, before = CleanNamed(new)(text), CleanNamed(old)(text)
    if isinstance(now, FileError):
        return now
    if isinstance(before, FileError):
        return before
    return Pair(now.name, now.result.undo(), removed(before.result), removed(now.result))


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


def _of_run(run: dict[str, Any], texts: _Texts) -> tuple[_Texts, Cleaner]:
    """Return the texts and the cleaner of a run; raise `FileError` for one that replaced its texts."""
    options, path = run["options"], texts.paths[0]
    if options.get("output") is None:
        raise FileError(
            f"{path}: this run cleaned its files in place, so the texts are gone; restore them with `cleanwire undo`, "
            "and report on the files"
        )
    if not options.get("cleaner"):
        raise FileError(f"{path}: this run does not say how it cleaned; report on the files")
    reading = replace(texts.reading, format=options["as"], column=options["column"])
    if options["url"]:
        reading = replace(reading, url=options["url"])
    return replace(texts, paths=tuple(options["paths"]), reading=reading), Cleaner.from_dict(options["cleaner"])
