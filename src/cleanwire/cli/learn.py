"""``cleanwire learn``: what the sites of a corpus repeat, into a folder of templates."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import click

from cleanwire.cli.jobs import files
from cleanwire.cli.options import EXIT_FAILED, EXIT_OK
from cleanwire.cli.output import complain
from cleanwire.document import Document
from cleanwire.errors import FileError, FormatError, MissingError
from cleanwire.formats.documents import Page, documents
from cleanwire.formats.source import Reading, Source, recognise
from cleanwire.io.location import Location
from cleanwire.io.suffixes import FORMATS
from cleanwire.learning import learn_corpus
from cleanwire.sites.template import Template
from cleanwire.sites.witness import Index


class _Wish(NamedTuple):
    """What to learn from; the sites are those of folders where no column tells them."""

    corpus: tuple[str, ...]
    wanted: str | None
    column: str | None
    url: str | None


@click.command(short_help="Learn what sites repeat on their pages, for --sites.")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS…")
@click.option(
    "--by", type=click.Choice(["url", "host", "path"]), default="url", show_default=True,
    help="What tells the site of a page: the address in a record, the host in a record, or the folder of a file.",
)  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), metavar="FOLDER",
              help="The folder of templates; those that it holds are learned on.")  # fmt: skip
@click.option("--as", "wanted", type=click.Choice(FORMATS), help="What the files hold; told by their names otherwise.")
@click.option("--column", metavar="NAME", help="The text of a record, dots for nested JSON.")
@click.option("--url-column", metavar="NAME", help="Its address or host.  [default: url or host, as --by says]")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Work in N processes.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
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
    """Learn, site by site, which lines the pages of a CORPUS share, and write one template a site into FOLDER.

    A CORPUS is a file, a folder, or an address, in any format that `cleanwire clean` reads: records with an address in
    each, WET files, which have them; or, with --by path, a folder whose first folders are named by site and hold texts
    or records. Pages need not fit into memory. Exit code: 0, or 2 if a page could not be read (the others are).
    """
    if by == "path" and url_column:
        raise click.UsageError("--by path goes by folders, so --url-column means nothing.")
    source = _Source(_pages(_Wish(corpus, wanted, column, None if by == "path" else url_column or by)))
    sites = 0
    for template in learn_corpus(source, output, jobs=jobs):
        sites += 1
        if not quiet:
            click.echo(_summary(template))
    if not source.read and not source.failed:
        raise click.UsageError(
            f"there are no pages in it; --by {by} reads "
            + ("files in folders." if by == "path" else "records with addresses; --by path reads text files.")
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


def _pages(wish: _Wish) -> Iterator[Document | FileError]:
    """Yield the pages of a corpus, of which each has the address, or the name, of its site."""
    of_texts = wish.url is None
    for found in files(wish.corpus, wish.wanted, skip=() if of_texts or wish.wanted else ("text",)):
        if isinstance(found, FileError):
            yield found
            continue
        location, relative = found
        name = location.name
        try:
            source = recognise(location, Reading(wish.wanted, wish.column, url=wish.url))
            if not of_texts and not source.format.has_url:
                raise FormatError(_siteless(source, wish))
            site = _folder(location, relative) if of_texts else None
            for page in documents(source):
                yield _page(page, name if source.format.name == "text" else f"{name}:{page.number}", site)
        except FileError as error:
            yield error
        except MissingError as error:
            yield FileError(f"{name}: {error}")


def _page(page: Page, where: str, site: str | None) -> Document | FileError:
    """Return a page that is of a site, which its address names where `site` is None."""
    if page.document is None:
        return FileError(f"{where}: {page.error}")
    if site is not None:
        return replace(page.document, url=site)
    if not page.document.url:
        return FileError(f"{where}: has no address, so its site is not known")
    return page.document


def _siteless(source: Source, wish: _Wish) -> str:
    if source.format.name == "text":
        return f"{source.name}: is a text, which has no address; --by path goes by its folder"
    return f"{source.name}: has no column {wish.url!r}, which tells the site of a record; --url-column names it"


def _folder(location: Location, relative: str) -> str:
    """Return the first folder below the one that was named; that one itself for a file right in it."""
    above, _, _ = relative.partition("/")
    if above != relative:
        return above
    return location.name.split("/")[-2] if location.is_address else location.real.parent.name
