"""Learn what sites repeat: a few pages at once, or a corpus that does not fit into memory.

Pages are mended first, as the chain does before it asks a template, so that damage makes no two lines of one.
"""

import json
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cleanwire.chain import REPAIRS
from cleanwire.cleaner import ARTICLE, Cleaner
from cleanwire.document import Document
from cleanwire.errors import TemplateError
from cleanwire.io.parallel import ordered
from cleanwire.sites.files import extend_site
from cleanwire.sites.page import Page, host_of, read_page
from cleanwire.sites.template import Template, gather

_MEND = Cleaner(tuple(act for act in ARTICLE if act.name in REPAIRS))
ROWS = 500_000
"""So many lines of pages are held in memory before they go to disk; about 140 bytes each."""
_BATCH = 64
_PARTS = 64
"""The pages on disk lie in so many files, told apart by a hash of the host; one of them is looked through at a time."""


def learn(documents: Iterable[str | Document]) -> Template:
    r"""Learn the template of one site from its pages.

    The order of pages never matters, and a page counts once however often it comes.  Pages of two sites are no site:
    `learn_sites` takes them apart.  Raises `TemplateError` for them.

    >>> pages = [Document(f"Our menu\n\nShe left at {hour}.", url="https://example.org/") for hour in ("noon", "night")]
    >>> learn(pages) == learn(pages[:1]).merge(learn(pages[1:]))
    True
    """
    found = learn_sites(documents)
    if len(found) > 1:
        first, second = sorted(found)[:2]
        raise TemplateError(
            f"the pages are of {len(found)} hosts, such as {first!r} and {second!r}; learn_sites takes them apart"
        )
    return next(iter(found.values()), Template(""))


def learn_sites(documents: Iterable[str | Document]) -> dict[str, Template]:
    """Learn the templates of all sites that pages come from, by host; pages without an address are those of ``""``.

    This is the map of a map and reduce: `merge_sites` is the reduce.

    >>> sorted(learn_sites([Document("Our menu", url=f"https://{host}/") for host in ("example.org", "example.com")]))
    ['example.com', 'example.org']
    """
    return gather(map(_read, documents))


def merge_sites(parts: Iterable[dict[str, Template]]) -> dict[str, Template]:
    """Merge what was learned from parts of a corpus; the same as learning from all of it at once.

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
    return host_of(doc.url), read_page(Document(_MEND(doc).text))


def learn_corpus(
    documents: Iterable[Document], folder: str | Path, *, jobs: int = 1, rows: int = ROWS
) -> Iterator[Template]:
    """Learn the sites of a corpus into a folder of templates, and yield each as it was written.

    What the folder holds already is learned on: the templates are merged.  The first pass over the pages keeps at most
    `rows` lines in memory and moves them to disk, in `folder`; the second reads the pages of one host after the other.
    So the memory that it takes is bounded whatever the corpus holds, and what is learned never depends on it.

    Raises `TemplateError` where the folder cannot be written or holds a file that is no template.
    """
    folder = Path(folder)
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        disk = TemporaryDirectory(prefix=".learn-", dir=folder)
    with disk:
        spill = _Spill(Path(disk.name), rows)
        for part in ordered(learn_sites, _batches(documents), jobs):
            with _explained(folder):
                spill.add(part)
        with _explained(folder):
            spill.close()
        for template in spill.templates():
            yield extend_site(template, folder)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TemplateError(
            f"{folder}: the templates cannot be written ({error.strerror}); name a folder that can be, with room"
        ) from error


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    documents = iter(documents)
    while batch := list(islice(documents, _BATCH)):
        yield batch


class _Spill:
    """Templates in the making: in memory up to a bound, the others on disk."""

    def __init__(self, disk: Path, rows: int) -> None:
        self._disk, self._bound = disk, rows
        self._held: dict[str, Template] = {}
        self._rows = 0
        self._spilt = False

    def add(self, part: dict[str, Template]) -> None:
        """Add what was learned from some pages."""
        for host, template in part.items():
            known = self._held.get(host)
            whole = known.merge(template) if known else template
            self._rows += _size(whole) - (_size(known) if known else 0)
            self._held[host] = whole
        if self._rows > self._bound:
            self._move()

    def _move(self) -> None:
        """Move all that is held to disk."""
        parts: dict[int, list[str]] = defaultdict(list)
        for host, template in self._held.items():
            part = int.from_bytes(blake2b(host.encode("utf-8", "surrogatepass"), digest_size=2).digest()) % _PARTS
            parts[part] += (json.dumps([host, *page]) for page in template.pages)
        for part, lines in parts.items():
            with open(self._disk / str(part), "a", encoding="ascii") as file:
                file.writelines(f"{line}\n" for line in lines)
        self._held, self._rows, self._spilt = {}, 0, True

    def close(self) -> None:
        """Move what is held to where the rest is."""
        if self._spilt:
            self._move()

    def templates(self) -> Iterator[Template]:
        """Yield the templates, sorted by host within each part."""
        yield from (self._held[host] for host in sorted(self._held))
        for name in sorted(os.listdir(self._disk)):
            yield from _by_host(self._disk / name)


def _size(template: Template) -> int:
    return sum(len(page.keys) + len(page.story) for page in template.pages)


def _by_host(path: Path) -> Iterator[Template]:
    """Yield the templates of one part; only the places of its pages are held for all hosts at once."""
    places: dict[str, array[int]] = defaultdict(lambda: array("Q"))
    decoder = json.JSONDecoder()
    with open(path, "rb") as file:
        start = 0
        for line in file:
            host, _ = decoder.raw_decode(line.decode("ascii"), 1)
            places[host].append(start)
            start += len(line)
        for host in sorted(places):
            yield gather(_pages(file, places[host]))[host]


def _pages(file: BinaryIO, places: Iterable[int]) -> Iterator[tuple[str, Page]]:
    for place in places:
        file.seek(place)
        host, digest, rows, story = json.loads(file.readline())
        yield host, Page(digest, tuple(rows), story)
