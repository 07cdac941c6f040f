"""Phrases at the two ends of a line, found by the words there, however many phrases there are."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import takewhile

from cleanwire.packs.pack import Rule
from cleanwire.text.fold import UNSPACED, fold

GLANCE = 8
"""How many letters of a line tell whether a phrase may begin it."""


def keys(phrases: Iterable[str]) -> list[str]:
    """Return the keys of phrases."""
    return [fold(phrase) for phrase in phrases]


def _by_length(entry: tuple[str, Rule]) -> int:
    return -len(entry[0])


class Affixes:
    """Phrases at one end of a line, found by the one or two words there; by two letters in unspaced scripts."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self._keys: set[str] = set()
        self.edges: set[str] = set()

    def add(self, rule: Rule, phrases: Iterable[str]) -> None:
        """File phrases of a rule, but those that another rule has already."""
        for key in keys(phrases):
            if key not in self._keys:
                self._keys.add(key)
                handles = self._handles(key)
                self.edges.add(handles[0])
                insort(self._phrases[handles[-1]], (key, rule), key=_by_length)

    def find(self, key: str, edge: str) -> Rule | None:
        """Return the rule of the longest phrase at this end of `key`, whose last word there is `edge`, or None."""
        if edge not in self.edges and edge.isascii():
            return None
        for handle in reversed(self._handles(key)):
            for phrase, rule in self._phrases.get(handle, ()):
                if self._fits(key, phrase):
                    return rule
        return None

    def _handles(self, key: str) -> tuple[str, ...]:
        """Return what phrases at this end of a line are filed under: its first word, its first two."""
        raise NotImplementedError

    def _fits(self, key: str, phrase: str) -> bool:
        raise NotImplementedError


class Starts(Affixes):
    """Phrases that a line begins with."""

    @cached_property
    def _begun(self) -> frozenset[str]:
        """All that phrases begin with, up to `GLANCE` letters."""
        whole = [phrase for known in self._phrases.values() for phrase, _ in known]
        return frozenset(phrase[:size] for phrase in whole for size in range(GLANCE + 1))

    @cached_property
    def _brief(self) -> frozenset[str]:
        """The phrases of less than `GLANCE` letters."""
        return frozenset(phrase for known in self._phrases.values() for phrase, _ in known if len(phrase) < GLANCE)

    def may_begin(self, head: str) -> bool:
        """Whether a phrase may begin a line that begins with `head`.

        The key of the head is how the key of the line begins, so that it and the phrase must begin alike.
        """
        word = head[:4].lower()
        if word.isascii() and word.isalpha() and word not in self._begun:
            return False  # no phrase has these letters, and a shorter one would end at the end of a word
        key = fold(head)[:GLANCE]
        if key in self._begun:
            return True
        if key.isascii() and key.count(" ") < 3:  # a phrase ends where a word does: the first, or the last but one
            return key.partition(" ")[0] in self._brief or key.rpartition(" ")[0] in self._brief
        return any(key[:size] in self._brief for size in range(1, len(key)))

    def _handles(self, key: str) -> tuple[str, ...]:
        word, _, rest = key.partition(" ")
        if word.isascii():
            return (word, f"{word} {rest.partition(' ')[0]}") if rest and rest[0] < UNSPACED else (word,)
        return (key[:2] if key[0] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word)),)  # "javascriptを" is two

    def _fits(self, key: str, phrase: str) -> bool:
        return key.startswith(phrase) and (phrase[-1] >= UNSPACED or not " " < key[len(phrase) :][:1] < UNSPACED)


class Ends(Affixes):
    """Phrases that a short line ends with."""

    def _handles(self, key: str) -> tuple[str, ...]:
        rest, _, word = key.rpartition(" ")
        if word.isascii():
            return (word, f"{rest.rpartition(' ')[2]} {word}") if rest and rest[-1] < UNSPACED else (word,)
        return (key[-2:] if key[-1] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word[::-1]))[::-1],)

    def _fits(self, key: str, phrase: str) -> bool:
        before = key[: len(key) - len(phrase)][-1:]
        return key.endswith(phrase) and (phrase[0] >= UNSPACED or not " " < before < UNSPACED)
