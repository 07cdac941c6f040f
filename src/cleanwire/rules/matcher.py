"""The inner loop: which rule, if any, knows a line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

import regex

from cleanwire.document import Document
from cleanwire.errors import PackError
from cleanwire.rules.fold import UNSPACED, fold
from cleanwire.rules.pack import Pack, Rule, builtin_packs

SHORT = 120
"""Lines up to this many characters are looked up whole; longer ones are known by their beginning only."""
LONG = 800
"""No rule reads a line longer than this."""
HEAD = 64
"""How much of a long line is folded to find the rules that it may begin with."""

_QUOTES = '"“„«‹‚‘「『《'
_OPEN = (",", ";", "，", "、", "،")
"""Words in quotation marks are quoted, and a line that ends in a comma goes on: neither is furniture."""

Hits = dict[int, Rule]
"""The lines that a rule knows, by index, in order."""


class Matcher:
    """All line rules of some packs, compiled; asked for one line, it answers with the rule that knows it.

    A phrase that is the whole line goes before one at its start, that before one at its end, before patterns and
    vocabularies; among phrases of one kind the longest wins.

    >>> Matcher(builtin_packs()).find("Facebook Comments").kind
    'comments'
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lines: dict[str, Rule] = {}
        self._starts, self._ends = _Affixes(at_end=False), _Affixes(at_end=True)
        self._words: dict[str, list[tuple[Rule, regex.Pattern[str], frozenset[str]]]] = defaultdict(list)
        self._patterns = _Needs()
        for rule in (rule for pack in packs for rule in pack.rules):
            self._add(rule)

    def _add(self, rule: Rule) -> None:
        if rule.matching == "line":
            for key in _keys(rule, rule.phrases):
                owner = self._lines.setdefault(key, rule)
                if owner is not rule:
                    raise PackError(f"rule {rule.name}: the line {key!r} belongs to {owner.name} already; name it once")
        elif rule.matching in ("starts", "ends"):
            affixes = self._starts if rule.matching == "starts" else self._ends
            for key in _keys(rule, rule.phrases):
                affixes.add(key, rule)
        elif rule.matching == "words":
            words = _keys(rule, rule.phrases)
            vocabulary, needs = _vocabulary(words), frozenset(_keys(rule, rule.needs))
            for beginning in {word[:3] for word in words}:
                self._words[beginning].append((rule, vocabulary, needs))
        elif rule.matching == "pattern":
            self._patterns.add(rule)

    def find(self, line: str) -> Rule | None:
        """Return the rule that knows `line`, or None."""
        if len(line) > SHORT:
            head = fold(line[:HEAD]) if len(line) <= LONG else ""
            return self._starts.find(head) if head else None
        key = fold(line)
        if rule := self._lines.get(key):
            return rule
        return (
            self._starts.find(key) or self._ends.find(key) or self._patterns.find(key, line) or self._find_words(key)
            if key
            else None
        )

    def _find_words(self, key: str) -> Rule | None:
        for rule, vocabulary, needs in self._words.get(key[:3].partition(" ")[0], ()):
            if any(need in key for need in needs) and vocabulary.fullmatch(key):
                return rule
        return None

    def read(self, doc: Document) -> Hits:
        """Return the rules that know lines of `doc`, by the index of the line."""
        find = self.find
        return {
            index: rule
            for index, line in enumerate(doc.lines)
            if line and (rule := find(line)) and line[0] not in _QUOTES and not line.endswith(_OPEN)
        }


@lru_cache(maxsize=32)
def compiled(packs: tuple[Pack, ...] = ()) -> Matcher:
    """Return the matcher of the built-in packs and `packs`, compiled once a process."""
    return Matcher(builtin_packs() + packs)


def _keys(rule: Rule, phrases: Iterable[str]) -> list[str]:
    keys = [fold(phrase) for phrase in phrases]
    if "" in keys:
        raise PackError(f"rule {rule.name}: {phrases!r} holds a phrase without a letter or number, which fits any line")
    return keys


def _vocabulary(words: Iterable[str]) -> regex.Pattern[str]:
    """Compile a pattern for a line of nothing but `words`; those of four letters and more may stand glued."""
    ordered = sorted(words, key=len, reverse=True)
    long = "|".join(regex.escape(word) for word in ordered if len(word) > 3)
    short = "|".join(regex.escape(word) for word in ordered if len(word) <= 3)
    choices = [f"(?:{long})++" if long else "", short]
    return regex.compile(rf"(?:(?:{'|'.join(filter(None, choices))})(?: |$))+")


class _Affixes:
    """Phrases at one end of a line, found by the word there, or by the two characters there in unspaced scripts."""

    def __init__(self, *, at_end: bool) -> None:
        self._at_end = at_end
        self._phrases: dict[str, list[tuple[str, Rule]]] = defaultdict(list)

    def add(self, key: str, rule: Rule) -> None:
        known = self._phrases[self._handle(key)]
        if clash := next((other for phrase, other in known if phrase == key), None):
            raise PackError(f"rule {rule.name}: the phrase {key!r} belongs to {clash.name} already; name it once")
        known.append((key, rule))
        known.sort(key=lambda entry: -len(entry[0]))

    def _handle(self, key: str) -> str:
        edge = key[-1] if self._at_end else key[0]
        if edge >= UNSPACED:
            return key[-2:] if self._at_end else key[:2]
        word = key.rpartition(" ")[2] if self._at_end else key.partition(" ")[0]
        return word if word.isascii() else _spaced(word, at_end=self._at_end)

    def find(self, key: str) -> Rule | None:
        for phrase, rule in self._phrases.get(self._handle(key), ()):
            if self._at_end:
                if key.endswith(phrase) and _parted(key, -len(phrase) - 1, phrase[0]):
                    return rule
            elif key.startswith(phrase) and _parted(key, len(phrase), phrase[-1]):
                return rule
        return None


def _spaced(word: str, *, at_end: bool) -> str:
    """Return the letters at one edge of `word` up to the first of an unspaced script: "javascriptを" is two words."""
    letters = word[::-1] if at_end else word
    edge = "".join(takewhile(UNSPACED.__gt__, letters))
    return edge[::-1] if at_end else edge


def _parted(key: str, place: int, edge: str) -> bool:
    """Whether the phrase whose outermost letter is `edge` ends before the character at `place` of `key`."""
    inside = place < len(key) if place >= 0 else -place <= len(key)
    return not inside or key[place] == " " or edge >= UNSPACED or key[place] >= UNSPACED


class _Needs:
    """Patterns, tried only on a line that holds one of the words that they need."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[tuple[Rule, tuple[regex.Pattern[str], ...]]]] = defaultdict(list)
        self._by_pair: dict[str, list[tuple[Rule, tuple[regex.Pattern[str], ...]]]] = defaultdict(list)

    def add(self, rule: Rule) -> None:
        try:
            patterns = tuple(regex.compile(pattern, regex.IGNORECASE) for pattern in rule.phrases)
        except regex.error as error:
            raise PackError(f"rule {rule.name}: a pattern does not compile: {error}") from error
        for need in _keys(rule, rule.needs):
            if need[0] >= UNSPACED:
                self._by_pair[need[:2]].append((rule, patterns))
            else:
                self._by_word[need.partition(" ")[0]].append((rule, patterns))

    def find(self, key: str, line: str) -> Rule | None:
        for rule, patterns in self._candidates(key):
            text = line.strip()
            if any(pattern.fullmatch(text) for pattern in patterns):
                return rule
        return None

    def _candidates(self, key: str) -> Iterator[tuple[Rule, tuple[regex.Pattern[str], ...]]]:
        words = key.split()
        if not self._by_word.keys().isdisjoint(words):
            for word in words:
                yield from self._by_word.get(word, ())
        if not key.isascii() and max(key) >= UNSPACED:
            for place in range(len(key) - 1):
                yield from self._by_pair.get(key[place : place + 2], ())
