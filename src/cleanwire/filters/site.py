"""What a site repeats on its pages: dropped, line by line, by the template of the site.

A line is cut for what other pages of the site say of it, and the more a wrong cut would cost, the more they must say:
outside the story a line that another page holds is enough, within it only a long block that stands there alike.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cleanwire.compiled import Survey, surveyor
from cleanwire.document import Document, Filter, Piece
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.sites.files import load_site
from cleanwire.sites.page import host_of, line_keys, story_of
from cleanwire.sites.template import Template
from cleanwire.sites.witness import Seen, indexed
from cleanwire.story.body import layout
from cleanwire.text.fold import fold
from cleanwire.text.shape import width


class Need(NamedTuple):
    """How many different lines must stand together here and on another page, so that one of them goes."""

    outside: int
    inside: int
    numbers_outside: int
    numbers_inside: int

    def of(self, *, outside: bool, numbers: bool) -> int:
        """Return what a line needs outside or within the story, with numbers in it or without.

        >>> STORY.of(outside=True, numbers=False)
        1
        """
        if numbers:
            return self.numbers_outside if outside else self.numbers_inside
        return self.outside if outside else self.inside


STORY = Need(1, 15, 6, 30)
SHOP = Need(1, 30, 1, 60)
"""What is no story, or lists a price: what a shop repeats may be its goods, so that a line must be framed as well."""
FRAME = 7
"""A line is framed where other pages hold all so many rows above and below it, or all from it to an end of the page.

A menu or a footer is all the site's; goods stand between others that are this page's own.
"""
MOST = 0.9
"""A line on this part of the other pages, two at least, needs but half as much.

A sentence on fewer needs twice as much.
"""
ALONE = 15
"""A sentence on a single other page goes outside the story only, in a block of so many lines."""
FEW = 3
"""A page with fewer sentences that no other page holds is no story."""
HEADLINE = 16
"""A line of so many columns above the story may be its title; unless it stands in a block, most pages must hold it."""
TITLES = 8
"""So many lines that may be titles, the last above the story, are never bridged."""
TOLD = 0.5
"""Nor is one of whose longer words the story tells this part, two at least."""
LONGER = 5
"""So many letters make a longer word."""
BRIDGE = 200
"""At most so many lines between two that go, outside the story of a page that has one, go with them."""
LABEL = 32
"""Below the story only such of fewer columns, where one of the two stands in no block: a longer one may be content."""
BETWEEN = "between"
"""What a rule for a line is called that no other page holds, but that stands between two that go."""
_PRICE = deferred(re.compile, r"[$€£¥₹]\s?\d|\d\s?(?:€|£|₽|USD|EUR|zł|kr\b)")
_CODE = ("{", "}", ";", "(", ",", "=")
"""A line that ends so, or begins with a blank, may be code, which needs as much as a line with numbers."""
MENDING = ("encoding", "unicode", "space", "links")
"""The filters that pages go through before they are learned, and before a template is asked."""
_BEFORE = (*MENDING, "page")
_SLUG = 40


@dataclass(frozen=True)
class SiteFilter:
    r"""Propose to drop the lines that the template of the text's site knows.

    `Document.url` chooses the template: one of `templates` or, with `folder`, the file of its host there.  `host` is
    that of texts without an address.  `packs` are packs of your own, which tell what else is boilerplate.

    >>> story = (
    ...     "She left {0} noon, and nobody in the harbour had noticed.\n\n"
    ...     "The ferry {0} noon was full, so that she waited for another.\n\n"
    ...     "It was raining {0} noon, as on all days in November here."
    ... )
    >>> one, two = (Document(f"Our menu\n\n{story.format(when)}") for when in ("at", "before"))
    >>> site = SiteFilter((Template.of("example.org", [one]),), host="example.org")
    >>> [edit.rule for edit in site(two)]
    ['site.example.org.our-menu']
    """

    templates: tuple[Template, ...] = ()
    folder: str | None = None
    host: str = ""
    packs: tuple[Pack, ...] = ()
    name: str = "site"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc` and propose the cuts; nothing where no template is its site's."""
        template = self._template(host_of(doc.url) or self.host)
        if template is None:
            return ()
        keys = line_keys(doc.lines)
        rows = [index for index, key in enumerate(keys) if key]
        seen = indexed(template).read([keys[index] for index in rows], story_of(doc.lines, keys))
        if seen is None or not any(seen.pages):
            return ()
        reading = _Reading(doc, template, rows, keys, seen, doc.once(surveyor(self.packs).survey))
        head = f"site.{template.host}"
        return doc.cut({
            index: [Piece(len(doc.lines[index]), "drop", f"{head}.{slug}")] for index, slug in reading.out().items()
        })  # fmt: skip

    def _template(self, host: str) -> Template | None:
        for template in self.templates:
            if template.host == host:
                return template
        return load_site(self.folder, host) if self.folder else None

    def within(self, filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
        """Return `filters` with this one in its place: behind those that mend, before those that cut.

        That of page mode goes first all the same: it judges a line by all that a page holds.

        >>> from cleanwire import ARTICLE, PAGE
        >>> [act.name for act in SiteFilter().within(ARTICLE)]
        ['encoding', 'unicode', 'space', 'links', 'site', 'caption', 'boilerplate', 'byline']
        >>> [act.name for act in SiteFilter().within(PAGE)]
        ['encoding', 'unicode', 'space', 'links', 'caption', 'page', 'site', 'boilerplate', 'byline']
        """
        place = max((number for number, act in enumerate(filters, 1) if act.name in _BEFORE), default=0)
        return (*filters[:place], self, *filters[place:])


class _Reading:
    """One look at one text: which of its rows go; a row is a line that has a key."""

    def __init__(
        self, doc: Document, template: Template, rows: list[int], keys: list[str], seen: Seen, survey: Survey
    ) -> None:
        self.rows, self.seen, self.lines = rows, seen, doc.lines
        self.keys = [keys[index] for index in rows]
        self.keep = template.keep
        sure = {index for index, rule in survey.hits.items() if rule.action == "drop" and rule.confidence == "alone"}
        sentences = {doc.rows[row] for row in survey.sentences}
        self.ends = {row for row, index in enumerate(rows) if index in sure}
        self.sentences = {row for row, index in enumerate(rows) if index in sentences}
        shape = layout(doc, [row for row in survey.sentences if doc.rows[row] not in sure])
        inside = shape.rows[shape.first : shape.last + 1]
        self.first, self.last = (inside[0], inside[-1]) if inside else (len(doc.lines), -1)
        alone = [row for row, pages in enumerate(seen.pages) if not pages]
        self.top, self.bottom = (alone[0], alone[-1]) if alone else (len(rows), -1)
        self.priced = any(map(self._is_price, set(range(len(rows))) - self.sentences))
        own = sum(1 for row in self.sentences if not seen.pages[row])
        self.need = STORY if own >= FEW and not self.priced else SHOP

    def out(self) -> dict[int, str]:
        """Return the lines that go, by index, each with the last part of its rule's name."""
        if self.seen.twins and not self.priced:
            return {}
        gone = {row for row, pages in enumerate(self.seen.pages) if pages and self._goes(row)}
        bridged = set(self._bridges(gone)) if self.need is STORY else set[int]()
        return {
            self.rows[row]: _slug(self.keys[row]) if row in gone else BETWEEN
            for row in sorted(gone | bridged) if self.keys[row] not in self.keep
        }  # fmt: skip

    def _above(self, row: int) -> bool:
        return self.rows[row] < self.first

    def _outside(self, row: int) -> bool:
        return self._above(row) or self.rows[row] > self.last

    def _goes(self, row: int) -> bool:
        pages, line, key = self.seen.pages[row], self.lines[self.rows[row]], self.keys[row]
        most = pages >= max(2, MOST * self.seen.of)
        outside, sentence = self._outside(row), row in self.sentences
        if self.need is SHOP and not self._framed(row):
            return False
        if self.seen.twins and (sentence or not outside or row in self.heads):
            return False  # what tells the same story has the same title and byline
        if sentence and pages < 2 and (not outside or self.seen.block[row] < ALONE):
            return False  # a page alone may tell the same story, so much changed that it can't be told
        numbers = "0" in key.split(" ") or line[0].isspace() or line.endswith(_CODE)
        need: float = self.need.of(outside=outside, numbers=numbers)
        if most:
            need /= 2
        elif sentence or (outside and self._may_be_title(row)):
            need = max(2 * need if sentence else need, 2)
        return self.seen.block[row] >= need

    def _is_price(self, row: int) -> bool:
        """Whether a price stands there, and is none that the site says on every page."""
        return _PRICE.search(self.lines[self.rows[row]]) is not None and not self._framed(row)

    def _framed(self, row: int) -> bool:
        """Whether a row is of the frame of a page; the last row of the upper frame may be a title, and is not."""
        pages = self.seen.pages
        if 2 * pages[row] < self.seen.of:
            return False
        return not self.top - 1 <= row < self.bottom or all(pages[max(0, row - FRAME) : row + FRAME + 1])

    def _may_be_title(self, row: int) -> bool:
        return self._above(row) and width(self.lines[self.rows[row]]) >= HEADLINE

    @cached_property
    def heads(self) -> set[int]:
        """The last rows above the story, and those that may be titles and that the story tells."""
        above = list(filter(self._above, range(len(self.rows))))
        return {*above[-TITLES:], *self._told(filter(self._may_be_title, above))}

    def _told(self, rows: Iterable[int]) -> Iterator[int]:
        """Yield those of `rows` whose words the story tells."""
        told = {word for row in self.sentences for word in fold(self.lines[self.rows[row]]).split(" ")}
        return (row for row in rows if _is_told(self.keys[row], told))

    def _bridges(self, gone: set[int]) -> Iterator[int]:
        """Yield the rows between two that go, by the template or by a pack, outside the story."""
        wide = [row for row in range(len(self.rows)) if row not in gone and self._may_be_title(row)]
        titles = set(wide[-TITLES:])
        if len(wide) > TITLES:
            titles.update(self._told(wide))
        for above, below in pairwise(filter(self._outside, sorted(gone | self.ends))):
            between = range(above + 1, below)
            if len(between) > BRIDGE or self.rows[above] < self.first < self.rows[below]:
                continue
            if any(row in self.sentences for row in between):
                continue
            sure = self._above(above) or all(end in self.ends or self.seen.block[end] > 1 for end in (above, below))
            for row in between:
                if row not in titles and (sure or width(self.lines[self.rows[row]]) < LABEL):
                    yield row


def _is_told(key: str, told: set[str]) -> bool:
    """Whether a story, by its words, tells what a line says.

    >>> _is_told("harbour bridge closes", {"the", "harbour", "bridge"}), _is_told("ferries sold", {"ferries"})
    (True, False)
    """
    words = [word for word in key.split(" ") if len(word) >= LONGER]
    return sum(word in told for word in words) >= max(2, TOLD * len(words))


def _slug(key: str) -> str:
    """Return a short name for a line: its first words.

    >>> _slug("share this story with a friend"), _slug("0")
    ('share-this-story-with-a-friend', '0')
    """
    words = key.split(" ")
    slug = words[0][:_SLUG]
    for word in words[1:]:
        if len(slug) + len(word) >= _SLUG:
            break
        slug = f"{slug}-{word}"
    return slug
