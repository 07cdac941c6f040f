"""Two cleanings of the same documents, compared: what is cut now and was not, and the other way round."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from cleanwire.report.model import SAMPLES
from cleanwire.report.segments import surroundings

_SHOWN = 2 * SAMPLES
"""Sampled differences of a rule."""


class Removed(NamedTuple):
    """A range of a source that was removed: ``source[start:end]`` by a rule."""

    start: int
    end: int
    rule: str


class Pair(NamedTuple):
    """One document with what two cleanings removed from it."""

    name: str
    source: str
    old: Sequence[Removed]
    new: Sequence[Removed]


class Difference(NamedTuple):
    """A cut of one cleaning that the other did not make, with its context."""

    document: str
    where: int
    before: str
    text: str
    after: str


@dataclass(frozen=True)
class RuleDifferences:
    """The differences by one rule: how many, and a sample."""

    rule: str
    number: int
    samples: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """What two cleanings of `documents` documents, of which `different` differ, cut otherwise, by rule."""

    documents: int
    different: int
    now: tuple[RuleDifferences, ...]
    before: tuple[RuleDifferences, ...]


def compare(pairs: Iterable[Pair], seed: int = 0) -> Comparison:
    r"""Return what the new cleaning cut and the old one did not, and the other way round; by rule, most first.

    A cut counts if no cut of the other cleaning touches it.  The same pairs and `seed` give the same samples.

    >>> found = compare([Pair("a.txt", "Tweet\nNoon.", [], [Removed(0, 5, "share.en.tweet")])])
    >>> found.now[0].samples[0].text, found.before, found.different
    ('Tweet', (), 1)
    """
    documents = different = 0
    now, before = _Found(seed), _Found(seed)
    for pair in pairs:
        documents += 1
        added, lost = _without(pair.new, pair.old), _without(pair.old, pair.new)
        different += bool(added or lost)
        now.add(pair, added)
        before.add(pair, lost)
    return Comparison(documents, different, now.by_rule(), before.by_rule())


def _without(removed: Sequence[Removed], others: Sequence[Removed]) -> list[Removed]:
    """Return the ranges that no other range touches; both sorted, and none of `others` overlap."""
    ends = [other.end for other in others]
    found = []
    for each in removed:
        index = bisect_left(ends, each.start + 1)
        if index == len(others) or others[index].start >= each.end:
            found.append(each)
    return found


class _Found:
    """Differences by rule so far."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a sample, no secret
        self._numbers: dict[str, int] = {}
        self._kept: dict[str, list[Difference]] = {}

    def add(self, pair: Pair, removed: Iterable[Removed]) -> None:
        for each in removed:
            seen = self._numbers[each.rule] = self._numbers.get(each.rule, 0) + 1
            kept = self._kept.setdefault(each.rule, [])
            slot = len(kept) if seen <= _SHOWN else self._random.randrange(seen)
            if slot < _SHOWN:
                kept[slot : slot + 1] = [_difference(pair, each)]

    def by_rule(self) -> tuple[RuleDifferences, ...]:
        order = sorted(self._numbers.items(), key=lambda item: (-item[1], item[0]))
        return tuple(RuleDifferences(rule, number, tuple(self._kept[rule])) for rule, number in order)


def _difference(pair: Pair, each: Removed) -> Difference:
    before, after = surroundings(pair.source, each.start, each.end)
    return Difference(pair.name, each.start, before, pair.source[each.start : each.end], after)
