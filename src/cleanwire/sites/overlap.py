"""Which lines of a text occur on other pages of its site, and in which blocks.

A page never counts as evidence for itself.  The text is compared with the pages of a template by sentences: pages that
share many with it are the same story (an update, a print view) and do not count; pages that share many with one another
count as one.  So a text is read alike whether or not the template was learned from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from cleanwire.sites.page import SENTENCES, Page

SAME = 0.45
"""Two pages have the same story if they share this part of the sentences of the smaller one, by length."""
OWN = 2
"""A page with fewer sentences of its own cannot be distinguished from others: it does not count, and is not cut."""
TWIN = 600
"""If every page overlaps with the text, a page still counts, as a twin, if each of the two has at least this many
letters of sentences that the other lacks: shops repeat more sentences than they write about one product.
"""
COMMON = 4
"""A sentence on this many pages, and on half of all, belongs to the site and not to a story."""
GAP = 3
"""Two lines stand together if they are at most this many keys apart, in the same order."""
_PLACES = 16
"""Most positions of one line on one page that are examined: "Reply" may have hundreds."""


@dataclass(frozen=True)
class SharedLines:
    """On how many other pages each key of a text occurs, by the positions of the keys.

    `pages` counts the distinct pages that have a key, out of `of`; `block` counts the different lines of the longest
    cluster it belongs to that stands together on another page too.  Where they are `twins`, the pages share most of
    their sentences with the text, and may have the same story.
    """

    of: int
    pages: tuple[int, ...]
    block: tuple[int, ...]
    twins: bool = False


Places = dict[str, dict[int, set[int]]]
"""By key and page, the places of the key on the page."""


class Index:
    """The pages of a template, ready for look-ups."""

    def __init__(self, pages: Sequence[Page]) -> None:
        counts = Counter(sentence for page in pages for sentence in page.story)
        self._common = {s for s, count in counts.items() if count >= COMMON and 2 * count >= len(pages)}
        self._stories = [self._own(page.story) for page in pages]
        self.groups = _groups(self._stories)
        """By page, the number of the group of pages with its story; None for a page that cannot be distinguished."""
        self.places: Places = defaultdict(dict)
        for number, page in enumerate(pages):
            for place, key in enumerate(page.keys):
                if key and len(known := self.places[key].setdefault(number, set())) < _PLACES:
                    known.add(place)

    def _own(self, story: dict[str, int]) -> dict[str, int]:
        return {sentence: size for sentence, size in story.items() if sentence not in self._common}

    def distinct(self, key: str) -> int:
        """Return how many distinct pages have a line."""
        return len({self.groups[number] for number in self.places.get(key, ())} - {None})

    def read(self, keys: Sequence[str], story: dict[str, int]) -> SharedLines | None:
        """Return what pages share with a text of these keys and sentences; None if it can't be distinguished."""
        own = self._own(story)
        if len(own) < OWN:
            return None
        # Pages that can't be distinguished from one another can be from this one, and count as one.
        groups = {number: -1 if group is None else group for number, group in enumerate(self.groups)}
        apart = [number for number in groups if overlap(own, self._stories[number]) < SAME]
        pages = apart or [number for number in groups if _are_twins(own, self._stories[number])]
        groups = {number: groups[number] for number in pages}
        held = {key: {n: at for n, at in self.places.get(key, {}).items() if n in groups} for key in set(keys)}
        counts = {key: len({groups[number] for number in places}) for key, places in held.items()}
        blocks = tuple(_blocks(keys, held))
        return SharedLines(len(set(groups.values())), tuple(map(counts.__getitem__, keys)), blocks, twins=not apart)


def overlap(one: dict[str, int], two: dict[str, int]) -> float:
    """Return the share of the smaller story that the other one has, by length.

    Where a story is longer than its sketch, both are compared by what lies below the sketch's end.

    >>> overlap({"a": 50, "b": 50}, {"a": 50, "c": 150})
    0.5
    """
    full = [max(story) for story in (one, two) if len(story) >= SENTENCES]
    if full:
        end = min(full)
        one, two = ({s: size for s, size in story.items() if s <= end} for story in (one, two))
    smaller, larger = sorted((one, two), key=lambda story: sum(story.values()))
    return sum(size for s, size in smaller.items() if s in larger) / max(sum(smaller.values()), 1)


def _are_twins(one: dict[str, int], two: dict[str, int]) -> bool:
    return all(sum(here[s] for s in here.keys() - there.keys()) >= TWIN for here, there in ((one, two), (two, one)))


def _groups(stories: Sequence[dict[str, int]]) -> list[int | None]:
    """Return, by page, the number of the group with its story, which is that of the group's first page."""
    own = [number for number, story in enumerate(stories) if len(story) >= OWN]
    parent = dict(zip(own, own, strict=True))
    for one, two in combinations(own, 2):
        if overlap(stories[one], stories[two]) >= SAME:
            first, second = sorted((_root(parent, one), _root(parent, two)))
            parent[second] = first
    return [_root(parent, number) if number in parent else None for number in range(len(stories))]


def _root(parent: dict[int, int], number: int) -> int:
    while parent[number] != number:
        parent[number] = number = parent[parent[number]]
    return number


def _blocks(keys: Sequence[str], held: Places) -> Iterator[int]:
    """Yield, by place, how many different lines stand together with the one there, here and on another page."""
    parent = {place: place for place, key in enumerate(keys) if held[key]}

    @cache
    def together(one: str, two: str) -> bool:
        there = held[two]
        return any(
            above + step in there[number]
            for number, places in held[one].items()
            if number in there
            for above in places
            for step in range(1, GAP + 1)
        )

    for place in parent:
        for other in range(place + 1, min(place + 1 + GAP, len(keys))):
            if other in parent and keys[other] != keys[place] and together(keys[place], keys[other]):
                first, second = sorted((_root(parent, place), _root(parent, other)))
                parent[second] = first
                break
    lines: dict[int, set[str]] = defaultdict(set)
    for place in parent:
        lines[_root(parent, place)].add(keys[place])
    for place in range(len(keys)):
        yield len(lines[_root(parent, place)]) if place in parent else 0
