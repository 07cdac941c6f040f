"""`Template`: the pages of one host, kept in enough detail to find what the host repeats.

A template is a set of pages, and merging two is the union of their sets, so that the order and the grouping of pages
never matter and a page counts once however often it comes.  The set is bounded: of more than `PAGES` pages those of
the smallest digests stay, which is a sample that every order of merging agrees upon.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from cleanwire.document import Document
from cleanwire.lazy import lazy
from cleanwire.sites.overlap import Index
from cleanwire.sites.page import Page, read_page

PAGES = 64
"""Most pages of a host that are remembered; what a host repeats on one page in thirty is on two of them."""


@dataclass(frozen=True)
class Template:
    r"""What is remembered of the pages of one host.

    `pages` are sorted by digest.  `keep` holds keys of lines that are never cut, whatever the pages say: a veto.

    >>> noon, night = Document("Home\n\nShe left at noon."), Document("Home\n\nHe came at night.")
    >>> one, two = Template.of("example.org", [noon]), Template.of("example.org", [night])
    >>> one.merge(two) == Template.of("example.org", [night, noon, night])
    True
    """

    host: str
    pages: tuple[Page, ...] = ()
    keep: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Hash by the digests of the pages: cleaners that hold templates are hashed, and their pages are long."""
        return hash((self.host, tuple(page.digest for page in self.pages), self.keep))

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Page, ...], frozenset[str]]]:
        """Pickle without the index, so that equal templates pickle to equal bytes."""
        return type(self), (self.host, self.pages, self.keep)

    @lazy
    def index(self) -> Index:
        """The index of the pages."""
        return Index(self.pages)

    @classmethod
    def of(cls, host: str, documents: Iterable[Document]) -> Self:
        """Read the pages of a host as they are; `cleanwire.learn` repairs them first, as the chain does."""
        return cls(host, gather((host, read_page(doc)) for doc in documents).get(host, cls(host)).pages)

    def merge(self, other: Self) -> Self:
        """Return the template of the pages of both: commutative, associative, and idempotent.

        Raises `ValueError` for templates of two hosts.
        """
        if self.host != other.host:
            raise ValueError(f"templates of two hosts, {self.host!r} and {other.host!r}, do not merge")
        pages = {page.digest: page for page in self.pages}
        for page in other.pages:
            pages[page.digest] = _joined(pages.get(page.digest, page), page)
        return type(self)(self.host, _sample(pages), self.keep | other.keep)


def gather(pages: Iterable[tuple[str, Page]]) -> dict[str, Template]:
    """Group pages by host: the map of a map and reduce, whose reduce is `Template.merge`.

    >>> found = gather([("example.org", read_page(Document("Home"))), ("example.com", read_page(Document("Home")))])
    >>> sorted(found)
    ['example.com', 'example.org']
    """
    hosts: dict[str, dict[str, Page]] = defaultdict(dict)
    for host, page in pages:
        known = hosts[host]
        known[page.digest] = page
        if len(known) >= 2 * PAGES:
            hosts[host] = {kept.digest: kept for kept in _sample(known)}
    return {host: Template(host, _sample(known)) for host, known in hosts.items()}


def _sample(pages: Mapping[str, Page]) -> tuple[Page, ...]:
    return tuple(pages[digest] for digest in sorted(pages)[:PAGES])


def _joined(one: Page, two: Page) -> Page:
    """Join two memories of one page: a line that is struck out in one of them only is there."""
    return one if one.keys == two.keys else one._replace(keys=tuple(map(max, one.keys, two.keys)))
