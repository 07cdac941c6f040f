"""Patterns and vocabularies: rules that are not phrases, tried only on lines that hold a word they need."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import add

import regex

from cleanwire.lazy import lazy
from cleanwire.packs.literals import plain
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import Program, compile_patterns, restored
from cleanwire.scan.phrases import PREFIX_LENGTH, keys
from cleanwire.text.fold import is_unspaced

GLUE = 4
"""Least letters of a word of a vocabulary that may stand glued; shorter ones are parts of other words."""


class Candidate:
    """A rule with patterns, compiled for the first line that may match: most languages are never met."""

    def __init__(self, rule: Rule, number: int, program: Program | None) -> None:
        self.rule, self.number, self._program = rule, number, program
        self.literals = rule.literals

    @lazy
    def match(self) -> Callable[[str], object]:
        """The match of a whole text against the patterns."""
        made = restored(self._program) if self._program else compile_patterns(self.rule)
        return made.fullmatch

    def fits(self, text: str, low: str) -> bool:
        """Return True if the patterns match `text`, which is `low` without case."""
        return (not self.literals or any(map(low.__contains__, self.literals))) and self.match(text) is not None


class Patterns:
    """Patterns, tried only on a line that holds one of the words that they need, or begins with it (``^word``).

    `first`, `word`, `pair` and `long` are those of `cleanwire.scan.filing.Filed`.
    """

    def __init__(
        self,
        first: Mapping[str, Sequence[int]],
        word: Mapping[str, Sequence[int]],
        pair: Mapping[str, Sequence[int]],
        long: Mapping[str, Sequence[int]],
        candidate: Callable[[int], "Candidate"],
    ) -> None:
        self._by_first, self._by_word, self._by_pair, self._of_paragraphs = first, word, pair, long
        self._candidate = candidate

    @lazy
    def begun(self) -> frozenset[str]:
        """The beginnings of the words that long lines begin with, as far as a prefix shows them."""
        return frozenset(word[:PREFIX_LENGTH] for word in self._of_paragraphs)

    def may_begin(self, head: str) -> bool:
        """Return True if a pattern may match a long line whose folded prefix is `head`; never False where one does."""
        return head.partition(" ")[0] in self.begun

    def find_long(self, word: str, line: str) -> Iterator[int]:
        """Yield the rules with a pattern that matches a whole long line, whose first word is `word`, folded."""
        if numbers := self._of_paragraphs.get(word):
            size, text, low = len(line), line.strip(), plain(line)
            for tried in map(self._candidate, numbers):
                if size <= tried.rule.longest and tried.fits(text, low):
                    yield tried.number

    @property
    def opening(self) -> Iterable[str]:
        """The words that a line must begin with."""
        return self._by_first.keys()

    @lazy
    def needed(self) -> frozenset[str]:
        """The words of which one must stand anywhere in a line."""
        return frozenset(self._by_word)

    def find(self, key: str, words: list[str], line: str) -> Iterator[int]:
        """Yield the rules with a pattern that matches a whole line; `key` and `words` are it folded."""
        candidates = self._by_first.get(words[0], ())
        if not self.needed.isdisjoint(words):
            known = map(self._by_word.__getitem__, filter(self.needed.__contains__, words))
            candidates = [*candidates, *chain.from_iterable(known)]
        if not key.isascii() and is_unspaced(key):
            pairs = filter(self._by_pair.__contains__, map(add, key, key[1:]))
            candidates = [*candidates, *chain.from_iterable(map(self._by_pair.__getitem__, pairs))]
        if candidates:
            text = line.strip()
            low = plain(text)
            for number in candidates:
                tried = self._candidate(number)
                if (not tried.literals or any(map(low.__contains__, tried.literals))) and tried.match(text):
                    yield number


def vocabulary_pattern(words: Iterable[str]) -> str:
    """Return the pattern of a folded line that consists of `words`, separate or joined.

    >>> regex.fullmatch(vocabulary_pattern(["tweet", "share", "on"]), "sharetweet on") is not None
    True
    """
    ordered = sorted(words, key=len, reverse=True)
    long = "|".join(regex.escape(word) for word in ordered if len(word) >= GLUE)
    short = "|".join(regex.escape(word) for word in ordered if len(word) < GLUE)
    choices = "|".join(filter(None, (f"(?:{long})++" if long else "", short)))
    return rf"(?:(?:{choices})(?: |$))+"


class Vocabulary:
    """A rule with a vocabulary, compiled like a pattern: for the first line that begins with one of its words."""

    def __init__(self, rule: Rule, number: int, program: Program | None) -> None:
        self.rule, self.number, self._program = rule, number, program

    @lazy
    def _words(self) -> list[str]:
        return keys(self.rule.all_phrases)

    @lazy
    def _parts(self) -> frozenset[str]:
        """The words that phrases of the vocabulary consist of."""
        return frozenset(" ".join(self._words).split())

    @lazy
    def _least(self) -> int:
        """Least letters of what may be the end of one word of the vocabulary and the beginning of another."""
        long = [word for word in self._words if len(word) >= GLUE]
        firsts, lasts = ([len(parts[end]) for parts in map(str.split, long)] for end in (0, -1))
        return min(firsts, default=GLUE) + min(lasts, default=GLUE)

    @lazy
    def _needs(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, keys(self.rule.all_needs))))

    @lazy
    def _last(self) -> frozenset[str]:
        """The words that a line may end with; longer ones may be several that stand glued."""
        return frozenset(word.rpartition(" ")[2] for word in self._words)

    @lazy
    def _whole(self) -> "regex.Pattern[str]":
        return restored(self._program) if self._program else regex.compile(vocabulary_pattern(self._words))

    def fits(self, key: str) -> bool:
        """Return True if the folded line `key` is made of the vocabulary."""
        last = key.rpartition(" ")[2]
        if last not in self._last and len(last) < 2 * GLUE:
            return False
        if any(word not in self._parts and len(word) < self._least for word in key.split(" ")):
            return False  # which is no word of the vocabulary, and too short to be several
        return self._needs.search(key) is not None and self._whole.fullmatch(key) is not None


class Vocabularies:
    """Vocabularies, found by the line's first word that is not a number; joined words, by its beginning.

    `word` and `glue` are `vocabulary` and `glued` of `cleanwire.scan.filing.Filed`.
    """

    def __init__(
        self,
        word: Mapping[str, Sequence[int]],
        glue: Mapping[str, Sequence[int]],
        vocabulary: Callable[[int], "Vocabulary"],
    ) -> None:
        self._by_word, self._by_glue, self._vocabulary = word, glue, vocabulary

    @property
    def opening(self) -> Iterable[str]:
        """The words that a line may begin with, and those after a number."""
        return (*self._by_word, *(f"0 {word}" for word in self._by_word))

    @property
    def glued(self) -> Iterable[str]:
        """How a long word may begin that is several words."""
        return self._by_glue.keys()

    def find(self, key: str, words: list[str]) -> Iterator[int]:
        """Yield the rules of whose vocabulary a folded line is made."""
        word = words[0] if words[0] != "0" else words[len(words) > 1]
        known = self._by_word.get(word) or (self._by_glue.get(word[:GLUE]) if len(word) > 2 * GLUE else None)
        for vocabulary in map(self._vocabulary, known or ()):
            if vocabulary.fits(key):
                yield vocabulary.number
