"""Drop the lines that a site repeats on its pages, by the template of the site.

Evidence for a cut comes from other pages of the site; the more a wrong cut would cost, the more evidence it needs.
Outside the story it is enough that another page has the line; within it a long block must be the same there.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cleanwire.chain import REPAIRS
from cleanwire.compiled import Facts, facts
from cleanwire.document import Document, Filter
from cleanwire.edit import Edit
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.pack import Pack
from cleanwire.sites.files import load_site
from cleanwire.sites.overlap import SharedLines
from cleanwire.sites.page import host_of, line_keys, story_of
from cleanwire.sites.template import Template
from cleanwire.story.body import body_range
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
"""For pages without a story or with a price: a shop may repeat its goods, so a line must be framed as well."""
FRAME = 7
"""A line is framed where other pages hold this number of lines above and below it, or all up to an end of the page.

A menu or a footer is all the site's; goods stand between others that are this page's own.
"""
MOST = 0.9
"""A line on this part of the other pages, two at least, needs but half as much.

A sentence on fewer needs twice as much.
"""
ALONE = 15
"""A sentence on a single other page goes outside the story only, in a block of at least this number of lines."""
FEW = 3
"""A page with fewer sentences that no other page has does not have a story."""
HEADLINE = 16
"""From how many columns a line above the story may be its title; outside a block, most pages must hold it."""
TITLES = 8
"""How many lines that may be titles, the last above the story, are never bridged."""
REPEATED = 0.5
"""A line is not bridged if the story contains this share (at least two) of its longer words."""
LONGER = 5
"""Least letters of a longer word."""
BRIDGE = 200
"""Up to this number of lines between two that go, outside the story of a page that has one, go with them."""
LABEL = 32
"""Below the story only such of fewer columns, where one of the two stands in no block: a longer one may be content."""
BETWEEN = "between"
"""What a rule for a line is called that no other page holds, but that stands between two that go."""
_PRICE = deferred(re.compile, r"[$€£¥₹]\s?\d|\d\s?(?:€|£|₽|USD|EUR|zł|kr\b)")
_CODE = ("{", "}", ";", "(", ",", "=")
"""A line that ends so, or begins with a space, may be code, which needs as much as a line with numbers."""
_BEFORE = (*REPAIRS, "page")
"""The filters that a text goes through before a template is asked."""
_SLUG = 40


@dataclass(frozen=True)
class SiteFilter:
    r"""Propose to drop the lines that the template of the text's site knows.

    `Document.url` chooses the template: one of `templates` or, with `folder`, the file of its host there.  `host` is
    that of texts without an address.  `packs` are packs of your own, which say what else is boilerplate.

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
        """Return the cut of the lines that the template knows; nothing where no template is of the text's site."""
        template = self._template(host_of(doc.url) or self.host)
        if template is None:
            return ()
        keys = line_keys(doc.lines)
        keyed = [line for line, key in enumerate(keys) if key]
        shared = template.index.read([keys[line] for line in keyed], story_of(doc.lines, keys))
        if shared is None or not any(shared.pages):
            return ()
        gone = _Reading(doc, template, keyed, keys, shared, facts(doc, self.packs)).gone_lines()
        head = f"site.{template.host}"
        return doc.cut({line: f"{head}.{slug}" for line, slug in gone.items()})

    def _template(self, host: str) -> Template | None:
        for template in self.templates:
            if template.host == host:
                return template
        return load_site(self.folder, host) if self.folder else None

    def within(self, filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
        """Return `filters` with this one in its position: after those that repair, before those that cut.

        That of page mode goes first all the same: it judges a line by all that a page holds.

        >>> from cleanwire import ARTICLE, PAGE
        >>> names = [filter_.name for filter_ in SiteFilter().within(ARTICLE)]
        >>> names[names.index("site") - 1], names[names.index("site") + 1]
        ('links', 'caption')
        >>> names = [filter_.name for filter_ in SiteFilter().within(PAGE)]
        >>> names.index("page") < names.index("site")
        True
        """
        place = max((number for number, filter_ in enumerate(filters, 1) if filter_.name in _BEFORE), default=0)
        return (*filters[:place], self, *filters[place:])


class _Reading:
    """What the template says of one text: which of its lines go.

    The pages of a template are sequences of keys, so that the text is one here: `keyed` are its content lines that
    have a key, and all places are places in it.
    """

    def __init__(
        self, doc: Document, template: Template, keyed: list[int], keys: list[str], shared: SharedLines, known: Facts
    ) -> None:
        self.keyed, self.shared, self.keep = keyed, shared, template.keep
        self.lines, self.keys = [doc.lines[line] for line in keyed], [keys[line] for line in keyed]
        sure = {line for line, rule in known.rules.items() if rule.action == "drop" and rule.confidence == "alone"}
        self.ends, self.sentences = self._places(sure), self._places(set(known.sentences))
        self.body = body_range(doc, [line for line in known.sentences if line not in sure])
        alone = [place for place, pages in enumerate(shared.pages) if not pages]
        self.top, self.bottom = (alone[0], alone[-1]) if alone else (len(keyed), -1)
        self.priced = any(map(self._is_price, set(range(len(keyed))) - self.sentences))
        own = len(self.sentences.intersection(alone))
        self.need = STORY if own >= FEW and not self.priced else SHOP

    def _places(self, lines: Set[int]) -> set[int]:
        return {place for place, line in enumerate(self.keyed) if line in lines}

    def gone_lines(self) -> dict[int, str]:
        """Return the content lines that go, each with the last part of its rule's name."""
        if self.shared.twins and not self.priced:
            return {}
        gone = {place for place, pages in enumerate(self.shared.pages) if pages and self._goes(place)}
        bridged = set(self._bridges(gone)) if self.need is STORY else set[int]()
        return {
            self.keyed[place]: _slug(self.keys[place]) if place in gone else BETWEEN
            for place in sorted(gone | bridged) if self.keys[place] not in self.keep
        }  # fmt: skip

    def _above(self, place: int) -> bool:
        return self.keyed[place] < self.body.first

    def _outside(self, place: int) -> bool:
        return not self.body.first <= self.keyed[place] <= self.body.last

    def _goes(self, place: int) -> bool:
        """Return True if the other pages say enough of a line that it goes."""
        outside = self._outside(place)
        if self._is_spared(place, outside=outside):
            return False
        sentence, pages, line = place in self.sentences, self.shared.pages[place], self.lines[place]
        numbers = "0" in self.keys[place].split(" ") or line[0].isspace() or line.endswith(_CODE)
        need: float = self.need.of(outside=outside, numbers=numbers)
        if pages >= max(2, MOST * self.shared.of):
            need /= 2
        elif sentence or (outside and self._may_be_title(place)):
            need = max(2 * need if sentence else need, 2)
        return self.shared.block[place] >= need

    def _is_spared(self, place: int, *, outside: bool) -> bool:
        """Return True if a line stays whatever block it is in."""
        sentence = place in self.sentences
        if self.need is SHOP and not self._framed(place):
            return True
        if self.shared.twins and (sentence or not outside or place in self.titles):
            return True  # the same story has the same title and byline
        # One other page may have the same story, changed too much to be recognised.
        lone = sentence and self.shared.pages[place] < 2
        return lone and (not outside or self.shared.block[place] < ALONE)

    def _is_price(self, place: int) -> bool:
        """Return True if a price stands there, and is not one that the site shows on every page."""
        return _PRICE.search(self.lines[place]) is not None and not self._framed(place)

    def _framed(self, place: int) -> bool:
        """Return True if a line is of the frame of a page; the last line of the upper frame may be a title."""
        pages = self.shared.pages
        if 2 * pages[place] < self.shared.of:
            return False
        return not self.top - 1 <= place < self.bottom or all(pages[max(0, place - FRAME) : place + FRAME + 1])

    def _may_be_title(self, place: int) -> bool:
        return self._above(place) and width(self.lines[place]) >= HEADLINE

    @lazy
    def titles(self) -> set[int]:
        """The last lines above the body, and those that may be titles and whose words the body holds."""
        above = list(filter(self._above, range(len(self.keyed))))
        return {*above[-TITLES:], *self._in_story(filter(self._may_be_title, above))}

    def _in_story(self, places: Iterable[int]) -> Iterator[int]:
        """Yield those of `places` whose words the sentences hold."""
        story = {word for place in self.sentences for word in fold(self.lines[place]).split(" ")}
        return (place for place in places if _is_repeated(self.keys[place], story))

    def _bridges(self, gone: set[int]) -> Iterator[int]:
        """Yield the places between two that go, by the template or by a pack, outside the body."""
        wide = [place for place in range(len(self.keyed)) if place not in gone and self._may_be_title(place)]
        titles = set(wide[-TITLES:])
        if len(wide) > TITLES:
            titles.update(self._in_story(wide))
        for above, below in pairwise(filter(self._outside, sorted(gone | self.ends))):
            if not self._may_bridge(above, below):
                continue
            sure = self._above(above) or all(end in self.ends or self.shared.block[end] > 1 for end in (above, below))
            yield from (
                place
                for place in range(above + 1, below)
                if place not in titles and (sure or width(self.lines[place]) < LABEL)
            )

    def _may_bridge(self, above: int, below: int) -> bool:
        """Return True if the lines between two are few and on one side of the body, and hold no sentence."""
        between = range(above + 1, below)
        if len(between) > BRIDGE or self.keyed[above] < self.body.first < self.keyed[below]:
            return False
        return self.sentences.isdisjoint(between)


def _is_repeated(key: str, story: set[str]) -> bool:
    """Return True if the words of a story include enough of those of a line.

    >>> _is_repeated("harbour bridge closes", {"the", "harbour", "bridge"}), _is_repeated("ferries sold", {"ferries"})
    (True, False)
    """
    words = [word for word in key.split(" ") if len(word) >= LONGER]
    return sum(word in story for word in words) >= max(2, REPEATED * len(words))


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
