"""``cleanwire learn``: what the sites of a corpus repeat, into a folder of templates."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click

from cleanwire.cli.options import EXIT_FAILED, EXIT_OK
from cleanwire.cli.output import complain
from cleanwire.cli.paths import find
from cleanwire.decode import decode
from cleanwire.document import Document
from cleanwire.errors import DecodeError, FileError
from cleanwire.learning import learn_corpus
from cleanwire.sites.template import Template
from cleanwire.sites.witness import Index

RECORDS = (".jsonl", ".ndjson")
"""What a file of records is called."""


@click.command(short_help="Learn what sites repeat on their pages, for --sites.")
@click.argument("corpus", nargs=-1, required=True, type=click.Path(exists=True), metavar="CORPUS…")
@click.option(
    "--by", type=click.Choice(["url", "host", "path"]), default="url", show_default=True,
    help="What tells the site of a page: the address in a record, the host in a record, or the folder of a text file.",
)  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), metavar="FOLDER",
              help="The folder of templates; those that it holds are learned on.")  # fmt: skip
@click.option("--column", default="text", show_default=True, metavar="NAME", help="The text of a record.")
@click.option("--url-column", metavar="NAME", help="Its address or host.  [default: url or host, as --by says]")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Work in N processes.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def learn(
    corpus: tuple[str, ...], by: str, output: str, column: str, url_column: str | None, jobs: int, quiet: bool
) -> None:
    """Learn, site by site, which lines the pages of a CORPUS share, and write one template a site into FOLDER.

    A CORPUS is a file of JSON lines, or a folder of such files, with an address in each record; or, with --by path, a
    folder whose first folders are named by site and hold text files. Pages need not fit into memory.
    Exit code: 0, or 2 if a page could not be read (the others are).
    """
    source = _Source(_texts(corpus) if by == "path" else _records(corpus, column, url_column or by))
    sites = 0
    for template in learn_corpus(source, output, jobs=jobs):
        sites += 1
        if not quiet:
            click.echo(_summary(template))
    if not source.read and not source.failed:
        raise click.UsageError(
            f"there are no pages in it; --by {by} reads "
            + ("text files in folders." if by == "path" else f"JSON lines (*{RECORDS[0]}); --by path reads text files.")
        )
    if not quiet:
        pages = f"{source.read} {'page' if source.read == 1 else 'pages'}"
        click.echo(f"{sites} {'site' if sites == 1 else 'sites'} from {pages}, {source.failed} failed", err=True)
    sys.exit(EXIT_FAILED if source.failed else EXIT_OK)


def _summary(template: Template) -> str:
    index = Index(template)
    pages = len({group for group in index.groups if group is not None})
    shared = sum(index.distinct(key) > 1 for key in index.places)
    host = template.host if template.host.isprintable() else repr(template.host)
    return f"{host or '(no address)'}: {pages} distinct pages, {shared} lines on two or more"


class _Source:
    """Pages, read one after the other; what cannot be read is said, counted and passed over."""

    def __init__(self, pages: Iterable[Document | FileError]) -> None:
        self._pages = pages
        self.read = self.failed = 0

    def __iter__(self) -> Iterator[Document]:
        for found in self._pages:
            if isinstance(found, Document):
                self.read += 1
                yield found
            else:
                self.failed += 1
                complain(str(found))


def _texts(corpus: Iterable[str]) -> Iterator[Document | FileError]:
    """Yield text files: the site of a page is the first folder it lies in, below the one that was named."""
    for found in chain.from_iterable(find([name]) for name in corpus):
        if isinstance(found, FileError):
            yield found
            continue
        folders = found.place.parts[:-1] or (found.path.resolve().parent.name,)
        try:
            yield Document(decode(found.path.read_bytes()).text, url=folders[0])
        except (OSError, DecodeError) as error:
            yield FileError(f"{found.path}: cannot be read ({error})")


def _records(corpus: Iterable[str], column: str, url_column: str) -> Iterator[Document | FileError]:
    """Yield the records of JSON lines: an address, or a host, and a text."""
    for path in _record_files(corpus):
        try:
            with open(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield _record(line, f"{path}:{number}", column, url_column)
        except OSError as error:
            yield FileError(f"{path}: cannot be read ({error.strerror})")


def _record(line: bytes, where: str, column: str, url_column: str) -> Document | FileError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return FileError(f"{where}: no JSON ({error})")
    if not isinstance(record, dict):
        return FileError(f"{where}: no JSON object")
    for name in (column, url_column):
        if not isinstance(record.get(name), str):
            has = ", ".join(map(repr, record)) or "nothing"
            return FileError(f"{where}: no text under {name!r}, but {has}; --column and --url-column name them")
    return Document(record[column], url=record[url_column])


def _record_files(corpus: Iterable[str]) -> Iterator[Path]:
    """Yield the files of records that are named or lie in a folder that is named, sorted."""
    for name in corpus:
        if not os.path.isdir(name):
            yield Path(name)
            continue
        for folder, folders, names in os.walk(name):
            folders[:] = sorted(other for other in folders if not other.startswith("."))
            yield from (Path(folder) / each for each in sorted(names) if each.endswith(RECORDS) and each[0] != ".")
