"""Phrases at the two ends of a line, found by the words there, however many phrases there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from cleanwire.lazy import lazy
from cleanwire.text.fold import UNSPACED, fold

PREFIX_LENGTH = 8
"""By this many characters of a long line the scan sees whether a phrase or another cue may begin it."""
HEAD_LENGTH = 4
"""How many letters of a long line mostly show that no phrase begins it."""


def keys(phrases: Iterable[str]) -> list[str]:
    """Return the keys of phrases."""
    return [fold(phrase) for phrase in phrases]


def start_handles(key: str) -> tuple[str, ...]:
    """Return the words by which a phrase that a line begins with is found: the first, and the first two.

    >>> start_handles("post a comment"), start_handles("コメントを書く")
    (('post', 'post a'), ('コメ',))
    """
    word, _, rest = key.partition(" ")
    if word.isascii():
        return (word, f"{word} {rest.partition(' ')[0]}") if rest and rest[0] < UNSPACED else (word,)
    return (key[:2] if key[0] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word)),)  # "javascriptを" is two


def end_handles(key: str) -> tuple[str, ...]:
    """Return the words by which a phrase that a line ends with is found: the last, and the last two.

    >>> end_handles("post a comment")
    ('comment', 'a comment')
    """
    rest, _, word = key.rpartition(" ")
    if word.isascii():
        return (word, f"{rest.rpartition(' ')[2]} {word}") if rest and rest[-1] < UNSPACED else (word,)
    return (key[-2:] if key[-1] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word[::-1]))[::-1],)


class Affixes:
    """Phrases at one end of a line, found by the one or two words there; by two letters in unspaced scripts.

    `handles` are those words of all phrases.
    """

    def __init__(self, phrases: Mapping[str, Sequence[tuple[str, int]]], handles: Iterable[str] | None = None) -> None:
        self._phrases = phrases
        self.handles = phrases.keys() if handles is None else handles

    @lazy
    def edges(self) -> frozenset[str]:
        """The words at this end of phrases."""
        return frozenset(map(self._edge, self.handles))

    def find(self, key: str, edge: str) -> Iterator[int]:
        """Yield the rules with a phrase at this end of `key`, whose last word there is `edge`; the longest first."""
        if edge not in self.edges and edge.isascii():
            return
        for handle in reversed(self._handles(key)):
            for phrase, rule in self._phrases.get(handle, ()):
                if self._fits(key, phrase):
                    yield rule

    def _edge(self, handle: str) -> str:
        raise NotImplementedError

    def _handles(self, key: str) -> tuple[str, ...]:
        """Return the words that phrases at this end are looked up by: the first there, and the first two."""
        raise NotImplementedError

    def _fits(self, key: str, phrase: str) -> bool:
        raise NotImplementedError


class Beginnings(NamedTuple):
    """How phrases begin.

    `handles` are the words that they are found by, the first, or the first two.  `begun` has all their beginnings as
    keys, up to `PREFIX_LENGTH` characters; `heads` are those up to `HEAD_LENGTH`, `brief` the phrases that are shorter
    than `PREFIX_LENGTH`.
    """

    handles: frozenset[str] = frozenset()
    begun: Mapping[str, bool] = MappingProxyType({})
    heads: frozenset[str] = frozenset()
    brief: frozenset[str] = frozenset()


def beginnings(phrases: Mapping[str, Sequence[tuple[str, int]]]) -> Beginnings:
    """Return how phrases begin, which are given by their handles.

    >>> sorted(beginnings({"tweet": [("tweet", 7)]}).begun)
    ['', 't', 'tw', 'twe', 'twee', 'tweet']
    """
    whole = [phrase for known in phrases.values() for phrase, _ in known]
    begun = {phrase[:size] for phrase in whole for size in range(PREFIX_LENGTH + 1)}
    return Beginnings(
        frozenset(phrases),
        dict.fromkeys(sorted(begun), True),
        frozenset(beginning for beginning in begun if len(beginning) <= HEAD_LENGTH),
        frozenset(phrase for phrase in whole if len(phrase) < PREFIX_LENGTH),
    )


class Starts(Affixes):
    """Phrases that a line begins with; `beginnings` are those of the phrases."""

    def __init__(self, phrases: Mapping[str, Sequence[tuple[str, int]]], beginnings: Beginnings) -> None:
        super().__init__(phrases, beginnings.handles)
        self._begun, self.heads, self._brief = beginnings.begun, beginnings.heads, beginnings.brief

    def may_begin(self, head: str) -> bool:
        """Return True if a phrase may begin a line whose folded prefix is `head`; never False where one does.

        The folded line begins with it, so that it and the phrase must begin alike.
        """
        key = head[:PREFIX_LENGTH]
        if self._begun.get(key):
            return True
        if key.isascii() and key.count(" ") < 3:  # a phrase ends where a word does: the first, or the last but one
            return key.partition(" ")[0] in self._brief or key.rpartition(" ")[0] in self._brief
        return any(key[:size] in self._brief for size in range(1, len(key)))

    def _edge(self, handle: str) -> str:
        return handle.partition(" ")[0]

    def _handles(self, key: str) -> tuple[str, ...]:
        return start_handles(key)

    def _fits(self, key: str, phrase: str) -> bool:
        return key.startswith(phrase) and (phrase[-1] >= UNSPACED or not " " < key[len(phrase) :][:1] < UNSPACED)


class Ends(Affixes):
    """Phrases that a short line ends with."""

    def _edge(self, handle: str) -> str:
        return handle.rpartition(" ")[2]

    def _handles(self, key: str) -> tuple[str, ...]:
        return end_handles(key)

    def _fits(self, key: str, phrase: str) -> bool:
        before = key[: len(key) - len(phrase)][-1:]
        return key.endswith(phrase) and (phrase[0] >= UNSPACED or not " " < before < UNSPACED)
