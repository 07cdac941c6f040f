"""``cleanwire learn``: learn what the sites of a corpus repeat, and write a template per site."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import click

from cleanwire.cli.jobs import files
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK, plural, print_error
from cleanwire.document import Document
from cleanwire.errors import FileError, FormatError, MissingError
from cleanwire.formats.documents import Page, documents
from cleanwire.formats.source import Reading, Source, recognise
from cleanwire.io.location import Location
from cleanwire.io.suffixes import FORMATS
from cleanwire.learning import learn_corpus
from cleanwire.sites.page import host_of
from cleanwire.sites.template import Template

_SHOWN = 60
"""Most characters of an address in a message."""


class _Options(NamedTuple):
    """What to learn from; `url` is the column that names the site, None if folders do."""

    corpus: tuple[str, ...]
    wanted: str | None
    column: str | None
    url: str | None


@click.command(short_help="Learn what sites repeat on their pages, for --sites.")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS…")
@click.option(
    "--by", type=click.Choice(["url", "host", "path"]), default="url", show_default=True,
    help="What names the site of a page: the address in a record, the host in a record, or the folder of a file.",
)  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), metavar="FOLDER",
              help="Folder of templates; existing templates are updated.")  # fmt: skip
@click.option("--as", "wanted", type=click.Choice(FORMATS), help="Format of the files.  [default: by file name]")
@click.option("--column", metavar="NAME", help="Column with the texts; dots for nested JSON.")
@click.option("--url-column", metavar="NAME", help="Column with the address or host.  [default: url or host, as --by]")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Number of processes.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Only print errors.")
def learn(
    corpus: tuple[str, ...],
    by: str,
    output: str,
    wanted: str | None,
    column: str | None,
    url_column: str | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Learn which lines the pages of each site share, and write one template per site into FOLDER.

    CORPUS is a file, a folder or an address, in any format that `cleanwire clean` reads. By default each record has the
    address of its page. With --by path, CORPUS is a folder with one folder per site, of texts or records. The corpus
    may be larger than memory. Exit code: 0, or 2 if a page could not be read.
    """
    if by == "path" and url_column:
        raise click.UsageError("--by path and --url-column are mutually exclusive.")
    source = _Source(_pages(_Options(corpus, wanted, column, None if by == "path" else url_column or by)))
    sites = 0
    for template in learn_corpus(source, output, jobs=jobs):
        sites += 1
        if not quiet:
            click.echo(_summary(template))
    if not source.read and not source.failed:
        raise click.UsageError(
            f"no pages found; --by {by} reads "
            + ("files in folders." if by == "path" else "records with addresses. For text files, use --by path.")
        )
    if not quiet:
        pages = f"{plural(sites, 'site')} from {plural(source.read, 'page')}"
        click.echo(f"{pages}, {source.failed:,} failed", err=True)
    sys.exit(EXIT_FAILED if source.failed else EXIT_OK)


def _summary(template: Template) -> str:
    index = template.index
    pages = len({group for group in index.groups if group is not None})
    shared = sum(index.distinct(key) > 1 for key in index.places)
    host = template.host if template.host.isprintable() else repr(template.host)
    return f"{host or '(no address)'}: {plural(pages, 'distinct page')}, {plural(shared, 'line')} on two or more"


class _Source:
    """Iterate over pages once; print, count and skip those that cannot be read."""

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
                print_error(str(found))


def _pages(options: _Options) -> Iterator[Document | FileError]:
    """Yield the pages of a corpus, each with the address or the name of its site."""
    of_texts = options.url is None
    for found in files(options.corpus, options.wanted, skip=() if of_texts or options.wanted else ("text",)):
        if isinstance(found, FileError):
            yield found
            continue
        location, relative = found
        name = location.name
        try:
            source = recognise(location, Reading(options.wanted, options.column, url=options.url))
            if not of_texts and not source.format.has_url:
                raise FormatError(_siteless(source, options))
            site = _folder(location, relative) if of_texts else None
            for page in (page for page in documents(source) if page.document or page.error):
                yield _page(page, name if source.format.name == "text" else f"{name}:{page.number}", site)
        except FileError as error:
            yield error
        except MissingError as error:
            yield FileError(f"{name}: {error}")


def _page(page: Page, where: str, site: str | None) -> Document | FileError:
    """Return a page with the name of its site; if `site` is None, its address names the site."""
    if page.document is None:
        return FileError(f"{where}: {page.error}")
    document = page.document if site is None else replace(page.document, url=site)
    if not document.url:
        return FileError(f"{where}: no address, so the site is unknown; skipped")
    if not host_of(document.url):
        return FileError(f"{where}: {document.url[:_SHOWN]!r} has no valid host, so the site is unknown; skipped")
    return document


def _siteless(source: Source, options: _Options) -> str:
    if source.format.name == "text":
        return f"{source.name}: text files have no address; use --by path"
    return f"{source.name}: no column {options.url!r} with addresses; choose one with --url-column"


def _folder(location: Location, relative: str) -> str:
    """Return the first folder of `relative`, a path below the named folder; itself if the file is directly in it."""
    above, _, _ = relative.partition("/")
    if above != relative:
        return above
    return location.name.split("/")[-2] if location.is_address else location.real.parent.name
