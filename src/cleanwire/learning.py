"""Learn the templates of sites, from a few pages or from a corpus that does not fit into memory.

Pages are repaired first and seen in their layout, as the chain does before it applies a template: encoding damage does
not make one line look like two, and what a template remembers of Markdown is what a reader sees.
"""

import json
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cleanwire.chain import REPAIRS
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.errors import TemplateError
from cleanwire.filters import ARTICLE
from cleanwire.io.parallel import ordered
from cleanwire.sites.files import extend_site
from cleanwire.sites.page import Page, host_of, read_page
from cleanwire.sites.template import Template, gather
from cleanwire.views.layout import maker

_REPAIR = Cleaner(tuple(filter_ for filter_ in ARTICLE if filter_.name in REPAIRS))
_VIEW = maker()
ROWS = 500_000
"""Number of lines of pages that are kept in memory before they are moved to disk; about 140 bytes each."""
_BATCH = 64
"""Number of pages in one unit of work."""
_PARTS = 64
"""Number of files on disk, by a hash of the host; one of them is read at a time."""


def learn(documents: Iterable[str | Document]) -> Template:
    r"""Learn the template of one site from its pages.

    The order of pages does not matter, and duplicates count once.  Raises `TemplateError` if the pages come from
    different sites; `learn_sites` separates them.

    >>> pages = [Document(f"Our menu\n\nShe left at {hour}.", url="https://example.org/") for hour in ("noon", "night")]
    >>> learn(pages) == learn(pages[:1]).merge(learn(pages[1:]))
    True
    """
    found = learn_sites(documents)
    if len(found) > 1:
        first, second = sorted(found)[:2]
        raise TemplateError(
            f"the pages come from {len(found)} hosts, such as {first!r} and {second!r}; separate them with learn_sites"
        )
    return next(iter(found.values()), Template(""))


def learn_sites(documents: Iterable[str | Document]) -> dict[str, Template]:
    """Learn the templates of all sites that the pages come from, by host; pages without an address belong to ``""``.

    This is the map step of a map-reduce; `merge_sites` is the reduce step.

    >>> sorted(learn_sites([Document("Our menu", url=f"https://{host}/") for host in ("example.org", "example.com")]))
    ['example.com', 'example.org']
    """
    return gather(map(_read, documents))


def merge_sites(parts: Iterable[dict[str, Template]]) -> dict[str, Template]:
    """Merge the templates learned from parts of a corpus; the result is as if they were learned from all of it at once.

    >>> one, two = (learn_sites([Document(text, url="example.org")]) for text in ("Our menu", "Our news"))
    >>> merge_sites([one, two]) == merge_sites([two, one, two])
    True
    """
    hosts: dict[str, list[Template]] = defaultdict(list)
    for part in parts:
        for host, template in part.items():
            hosts[host].append(template)
    return {host: reduce(Template.merge, templates) for host, templates in hosts.items()}


def _read(document: str | Document) -> tuple[str, Page]:
    doc = document if isinstance(document, Document) else Document(document)
    repaired = Document(_REPAIR(doc).text)
    view = _VIEW(repaired)
    return host_of(doc.url), read_page(view.doc if view else repaired)


def learn_corpus(
    documents: Iterable[Document], folder: str | Path, *, jobs: int = 1, rows: int = ROWS
) -> Iterator[Template]:
    """Learn the templates of a corpus into a folder, and yield each of them when it is written.

    Existing templates are updated.  The first pass keeps at most `rows` lines in memory and moves them to disk, in
    `folder`; the second reads the pages host by host.  So memory is bounded for any corpus, and the bound never changes
    the templates.

    Raises `TemplateError` if the folder cannot be written, or contains an invalid template.
    """
    folder = Path(folder)
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        disk = TemporaryDirectory(prefix=".learn-", dir=folder, ignore_cleanup_errors=True)
    try:
        spill = _Spill(Path(disk.name), rows)
        _fill(spill, ordered(learn_sites, _batches(documents), jobs), folder)
        with _explained(folder):
            for template in spill.templates():
                yield extend_site(template, folder)
    finally:
        with suppress(OSError):  # what cannot be removed is hidden, and no template
            disk.cleanup()


def _fill(spill: "_Spill", parts: Iterable[dict[str, Template]], folder: Path) -> None:
    """Add the templates learned from parts of a corpus; only the spill holds any of them afterwards."""
    for part in parts:
        with _explained(folder):
            spill.add(part)
    with _explained(folder):
        spill.close()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TemplateError(
            f"{folder}: the templates cannot be written ({error.strerror}); choose a writable folder with free space"
        ) from error


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    documents = iter(documents)
    while batch := list(islice(documents, _BATCH)):
        yield batch


class _Spill:
    """Templates while they are learned: in memory up to a limit, the others on disk."""

    def __init__(self, disk: Path, rows: int) -> None:
        self._disk, self._limit = disk, rows
        self._held: dict[str, Template] = {}
        self._rows = 0
        self._spilled = False

    def add(self, part: dict[str, Template]) -> None:
        """Add the templates learned from some pages."""
        for host, template in part.items():
            known = self._held.get(host)
            whole = known.merge(template) if known else template
            self._rows += _size(whole) - (_size(known) if known else 0)
            self._held[host] = whole
        if self._rows > self._limit:
            self._move()

    def _move(self) -> None:
        """Move all templates in memory to disk."""
        parts: dict[int, list[str]] = defaultdict(list)
        for host, template in self._held.items():
            part = int.from_bytes(blake2b(host.encode("utf-8", "surrogatepass"), digest_size=2).digest()) % _PARTS
            parts[part] += (json.dumps([host, *page]) for page in template.pages)
        for part, lines in parts.items():
            with open(self._disk / str(part), "a", encoding="ascii") as file:
                file.writelines(f"{line}\n" for line in lines)
        self._held, self._rows, self._spilled = {}, 0, True

    def close(self) -> None:
        """Move the rest to disk, if anything was moved before."""
        if self._spilled:
            self._move()

    def templates(self) -> Iterator[Template]:
        """Yield the templates, sorted by host within each part, once: the index of each is as long as its pages."""
        yield from map(self._held.pop, sorted(self._held))
        for name in sorted(os.listdir(self._disk)):
            yield from _by_host(self._disk / name)


def _size(template: Template) -> int:
    return sum(len(page.keys) + len(page.story) for page in template.pages)


def _by_host(path: Path) -> Iterator[Template]:
    """Yield the templates of one part; only the offsets of its pages are in memory for all hosts at once."""
    offsets: dict[str, array[int]] = defaultdict(lambda: array("Q"))
    decoder = json.JSONDecoder()
    with open(path, "rb") as file:
        start = 0
        for line in file:
            host, _ = decoder.raw_decode(line.decode("ascii"), 1)
            offsets[host].append(start)
            start += len(line)
        for host in sorted(offsets):
            yield gather(_pages(file, offsets[host]))[host]


def _pages(file: BinaryIO, offsets: Iterable[int]) -> Iterator[tuple[str, Page]]:
    for offset in offsets:
        file.seek(offset)
        host, digest, rows, story = json.loads(file.readline())
        yield host, Page(digest, tuple(rows), story)
