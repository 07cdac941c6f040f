"""Patterns and vocabularies: rules that are not phrases, tried only on lines that hold a word they need."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import regex

from cleanwire.lazy import lazy
from cleanwire.packs.literals import plain
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import compile_patterns
from cleanwire.scan.phrases import PREFIX_LENGTH, keys
from cleanwire.text.fold import UNSPACED, fold, is_unspaced

GLUE = 4
"""Least letters of a word of a vocabulary that may stand glued; shorter ones are parts of other words."""


class _Candidate:
    """A rule with patterns, compiled for the first line that may match: most languages are never met."""

    def __init__(self, rule: Rule, number: int) -> None:
        self.rule, self.number = rule, number

    @lazy
    def _match(self) -> Callable[[str], object]:
        return compile_patterns(self.rule).fullmatch

    def fits(self, text: str, low: str) -> bool:
        """Return True if the patterns match `text`, which is `low` without case."""
        literals = self.rule.literals
        return (not literals or any(map(low.__contains__, literals))) and self._match(text) is not None


class Patterns:
    """Patterns, tried only on a line that holds one of the words that they need, or begins with it (``^word``)."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[_Candidate]] = defaultdict(list)
        self._by_word: dict[str, list[_Candidate]] = defaultdict(list)
        self._by_pair: dict[str, list[_Candidate]] = defaultdict(list)
        self._of_paragraphs: dict[str, list[_Candidate]] = defaultdict(list)

    def add(self, rule: Rule, number: int) -> None:
        """Add a rule with its number, by the words that it needs."""
        tried = _Candidate(rule, number)
        for need, key in zip(rule.all_needs, keys(rule.all_needs), strict=True):
            if key[0] >= UNSPACED:
                filed = self._by_pair[key[:2]]
            else:
                filed = (self._by_first if need.startswith("^") else self._by_word)[key.partition(" ")[0]]
            if tried not in filed:
                filed.append(tried)
            if rule.longest:
                self._of_paragraphs[key.partition(" ")[0]].append(tried)

    @lazy
    def _begun(self) -> frozenset[str]:
        """The beginnings of the words that long lines begin with, as far as a prefix shows them."""
        return frozenset(word[:PREFIX_LENGTH] for word in self._of_paragraphs)

    def may_begin(self, prefix: str) -> bool:
        """Return True if a pattern may match a long line that begins with `prefix`; never False where one does."""
        return fold(prefix).partition(" ")[0] in self._begun

    def find_long(self, word: str, line: str) -> Iterator[int]:
        """Yield the rules with a pattern that matches a whole long line, whose first word is `word`, folded."""
        for tried in self._of_paragraphs.get(word, ()):
            if len(line) <= tried.rule.longest and tried.fits(line.strip(), plain(line)):
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
            pairs = (key[place : place + 2] for place in range(len(key) - 1))
            candidates = [*candidates, *(tried for pair in pairs for tried in self._by_pair.get(pair, ()))]
        if candidates:
            text = line.strip()
            low = plain(text)
            for tried in candidates:
                if tried.fits(text, low):
                    yield tried.number


class _Vocabulary:
    """A rule with a vocabulary, compiled like a pattern: for the first line that begins with one of its words."""

    def __init__(self, rule: Rule, number: int) -> None:
        self.rule, self.number = rule, number
        self.words = keys(rule.all_phrases)

    @lazy
    def _needs(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, keys(self.rule.all_needs))))

    @lazy
    def _last(self) -> frozenset[str]:
        """The words that a line may end with; longer ones may be several that stand glued."""
        return frozenset(word.rpartition(" ")[2] for word in self.words)

    @lazy
    def _whole(self) -> regex.Pattern[str]:
        ordered = sorted(self.words, key=len, reverse=True)
        long = "|".join(regex.escape(word) for word in ordered if len(word) >= GLUE)
        short = "|".join(regex.escape(word) for word in ordered if len(word) < GLUE)
        choices = "|".join(filter(None, (f"(?:{long})++" if long else "", short)))
        return regex.compile(rf"(?:(?:{choices})(?: |$))+")

    def fits(self, key: str) -> bool:
        last = key.rpartition(" ")[2]
        if last not in self._last and len(last) < 2 * GLUE:
            return False
        return self._needs.search(key) is not None and self._whole.fullmatch(key) is not None


class Vocabularies:
    """Vocabularies, found by the line's first word that is not a number; joined words, by its beginning."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Vocabulary]] = defaultdict(list)
        self._by_glue: dict[str, list[_Vocabulary]] = defaultdict(list)

    def add(self, rule: Rule, number: int) -> None:
        """Add a rule with its number, by the words that a line made of its vocabulary may begin with."""
        vocabulary = _Vocabulary(rule, number)
        words = {word.partition(" ")[0] for word in vocabulary.words} - {"0"}
        for word in words:
            self._by_word[word].append(vocabulary)
        for glue in {word[:GLUE] for word in words if len(word) >= GLUE}:
            self._by_glue[glue].append(vocabulary)

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
        for vocabulary in known or ():
            if vocabulary.fits(key):
                yield vocabulary.number
