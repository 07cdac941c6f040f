"""The inner loop: which rule, if any, knows a line."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from itertools import takewhile

import regex

from cleanwire.errors import PackError
from cleanwire.rules.fold import UNSPACED, fold, is_unspaced
from cleanwire.rules.literals import plain
from cleanwire.rules.pack import Pack, Rule

LONG = 800
"""No rule reads a line longer than this; one of more than `SHORT` characters is known by its beginning only."""
HEAD = 64
"""How much of a long line is folded to find the rules that it may begin with."""
GLANCE = 8
"""How many letters of it tell whether there may be one."""
_SIGNED = "\u0590"
"""Scripts from here on (Hebrew, Arabic, those of India …) write vowels as signs."""
_QUOTES = '"“„«‹‚‘「『《'
_OPEN = (",", ";", "，", "、", "،")
"""Words in quotation marks are quoted, and a line that ends in a comma goes on: neither is furniture."""

_GLUE = 4
"""Words of a vocabulary may stand glued from so many letters on; shorter ones are parts of other words."""
_WITHIN = ("date", "dateline")
"""Kinds that the byline filter reads by itself, since they stand within lines too."""

Hits = dict[int, Rule]
"""The lines that a rule knows, by index, in order."""


class Matcher:
    """All line rules of some packs, compiled; asked for one line, it answers with the rule that knows it.

    A phrase that is the whole line goes before one at its start, that before one at its end, before patterns and
    vocabularies; among phrases of one kind the longest wins.  Every question is a look-up by one of the line's words,
    so that a line costs the same however many rules there are.

    >>> from cleanwire.rules.pack import builtin_packs
    >>> Matcher(builtin_packs()).find("Facebook Comments").kind
    'comments'
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lines: dict[str, Rule] = {}
        self._starts, self._ends = _Starts(), _Ends()
        self._patterns, self._vocabularies = _Patterns(), _Vocabularies()
        for rule in (rule for pack in packs for rule in pack.rules):
            if rule.kind not in _WITHIN:
                self._add(rule)

    def _add(self, rule: Rule) -> None:
        match rule.matching:
            case "line":
                for key in keys(rule, rule.phrases):
                    owner = self._lines.setdefault(key, rule)
                    if owner is not rule:
                        raise PackError(
                            f"rule {rule.name}: the line {key!r} belongs to {owner.name} already; name it once"
                        )
            case "starts":
                self._starts.add(rule)
            case "ends":
                self._ends.add(rule)
            case "pattern":
                self._patterns.add(rule)
            case "words":
                self._vocabularies.add(rule)

    def find(self, line: str) -> Rule | None:
        """Return the rule that knows a short line, or None."""
        key = fold(line)
        if not key or line[0] in _QUOTES or line.endswith(_OPEN):
            return None
        if rule := self._lines.get(key):
            return rule
        words = key.split(" ")
        if self._is_strange(key, words):
            return None
        return (
            self._starts.find(key, words[0])
            or self._ends.find(key, words[-1])
            or self._patterns.find(key, words, line)
            or self._vocabularies.find(key, words)
        )

    def _is_strange(self, key: str, words: list[str]) -> bool:
        """Whether no rule knows a word of a line where that word stands; seen cheaply, and never wrongly."""
        return (
            words[0] not in self._firsts
            and words[-1] not in self._ends.edges
            and self._patterns.needed.isdisjoint(words)
            and len(words[0]) <= 2 * _GLUE
            and key.isascii()
        )

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The words that a line may begin with that a rule knows by its beginning; a number says nothing yet."""
        return frozenset(("0", *self._starts.edges, *self._patterns.opening, *self._vocabularies.opening))

    def may_begin(self, head: str) -> bool:
        """Whether a rule may know a long line by its beginning, by its first letters; never no where one does."""
        return self._starts.may_begin(head)

    def begins(self, line: str) -> Rule | None:
        """Return the rule that knows a long line by its beginning, or None."""
        if len(line) > LONG or line[0] in _QUOTES or line.endswith(_OPEN):
            return None
        head = fold(line[:HEAD])
        return self._starts.find(head, head.partition(" ")[0]) if head else None


def keys(rule: Rule, phrases: Iterable[str]) -> list[str]:
    """Fold the phrases of a rule; raises `PackError` for one that would fit any line."""
    folded = [fold(phrase) for phrase in phrases]
    if "" in folded:
        raise PackError(f"rule {rule.name}: {phrases!r} holds a phrase without a letter or number, which fits any line")
    return folded


class _Affixes:
    """Phrases at one end of a line, found by the one or two words there; by two letters in unspaced scripts."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self.edges: set[str] = set()

    def add(self, rule: Rule) -> None:
        for key in keys(rule, rule.phrases):
            self.edges.add(self._handles(key)[0])
            known = self._phrases[self._handles(key)[-1]]
            if clash := next((other for phrase, other in known if phrase == key), None):
                raise PackError(f"rule {rule.name}: the phrase {key!r} belongs to {clash.name} already; name it once")
            known.append((key, rule))
            known.sort(key=lambda entry: -len(entry[0]))

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


class _Starts(_Affixes):
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
        key = fold(head)[:GLANCE]
        if key in self._begun:
            return True
        if (
            key.isascii() and key.count(" ") < 3
        ):  # a phrase ends where a word does: behind the first, or the last but one
            return key.partition(" ")[0] in self._brief or key.rpartition(" ")[0] in self._brief
        return any(key[:size] in self._brief for size in range(1, len(key)))

    def _handles(self, key: str) -> tuple[str, ...]:
        word, _, rest = key.partition(" ")
        if word.isascii():
            return (word, f"{word} {rest.partition(' ')[0]}") if rest and rest[0] < UNSPACED else (word,)
        return (key[:2] if key[0] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word)),)  # "javascriptを" is two

    def _fits(self, key: str, phrase: str) -> bool:
        return key.startswith(phrase) and (phrase[-1] >= UNSPACED or not " " < key[len(phrase) :][:1] < UNSPACED)


class _Ends(_Affixes):
    """Phrases that a short line ends with."""

    def _handles(self, key: str) -> tuple[str, ...]:
        rest, _, word = key.rpartition(" ")
        if word.isascii():
            return (word, f"{rest.rpartition(' ')[2]} {word}") if rest and rest[-1] < UNSPACED else (word,)
        return (key[-2:] if key[-1] >= UNSPACED else "".join(takewhile(UNSPACED.__gt__, word[::-1]))[::-1],)

    def _fits(self, key: str, phrase: str) -> bool:
        before = key[: len(key) - len(phrase)][-1:]
        return key.endswith(phrase) and (phrase[0] >= UNSPACED or not " " < before < UNSPACED)


def compile_patterns(rule: Rule) -> re.Pattern[str] | regex.Pattern[str]:
    r"""Compile the patterns of a rule into one; raises `PackError` for one that does not compile.

    What `re` can read it answers in half the time; `regex` reads the rest (``\p{Lu}``), and scripts whose letters carry
    vowel signs, which for `re` are not part of words.
    """
    source = "|".join(f"(?:{pattern})" for pattern in rule.phrases)
    if max(source) < _SIGNED:
        with suppress(re.error):
            return re.compile(source, re.IGNORECASE)
    try:
        return regex.compile(source, regex.IGNORECASE)
    except regex.error as error:
        raise PackError(f"rule {rule.name}: a pattern does not compile: {error}") from error


class _Tried:
    """A rule with patterns, compiled when the first line comes that they may fit: most languages never come."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def _match(self) -> Callable[[str], object]:
        return compile_patterns(self.rule).fullmatch

    def fits(self, text: str, low: str) -> bool:
        """Whether the patterns match `text`, which is `low` in plain letters."""
        literals = self.rule.literals
        return (not literals or any(map(low.__contains__, literals))) and self._match(text) is not None


class _Patterns:
    """Patterns, tried only on a line that holds one of the words that they need, or begins with it (``^word``)."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[_Tried]] = defaultdict(list)
        self._by_word: dict[str, list[_Tried]] = defaultdict(list)
        self._by_pair: dict[str, list[_Tried]] = defaultdict(list)

    def add(self, rule: Rule) -> None:
        tried = _Tried(rule)
        for need, key in zip(rule.needs, keys(rule, rule.needs), strict=True):
            if key[0] >= UNSPACED:
                filed = self._by_pair[key[:2]]
            else:
                filed = (self._by_first if need.startswith("^") else self._by_word)[key.partition(" ")[0]]
            if tried not in filed:
                filed.append(tried)

    @property
    def opening(self) -> Iterable[str]:
        """The words that a line must begin with."""
        return self._by_first.keys()

    @cached_property
    def needed(self) -> frozenset[str]:
        """The words of which one must stand anywhere in a line."""
        return frozenset(self._by_word)

    def find(self, key: str, words: list[str], line: str) -> Rule | None:
        candidates = self._by_first.get(words[0], ())
        if not self.needed.isdisjoint(words):
            candidates = [*candidates, *(tried for word in words for tried in self._by_word.get(word, ()))]
        if not key.isascii() and is_unspaced(key):
            pairs = (key[place : place + 2] for place in range(len(key) - 1))
            candidates = [*candidates, *(tried for pair in pairs for tried in self._by_pair.get(pair, ()))]
        if candidates:
            text = line.strip()
            low = plain(text)
            for tried in candidates:
                if tried.fits(text, low):
                    return tried.rule
        return None


class _Vocabulary:
    """A rule with a vocabulary, compiled like a pattern: at the first line that begins with one of its words."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.words = keys(rule, rule.phrases)

    @cached_property
    def _needs(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, keys(self.rule, self.rule.needs))))

    @cached_property
    def _last(self) -> frozenset[str]:
        """The words that a line may end with; longer ones may be several that stand glued."""
        return frozenset(word.rpartition(" ")[2] for word in self.words)

    @cached_property
    def _whole(self) -> regex.Pattern[str]:
        ordered = sorted(self.words, key=len, reverse=True)
        long = "|".join(regex.escape(word) for word in ordered if len(word) >= _GLUE)
        short = "|".join(regex.escape(word) for word in ordered if len(word) < _GLUE)
        choices = "|".join(filter(None, (f"(?:{long})++" if long else "", short)))
        return regex.compile(rf"(?:(?:{choices})(?: |$))+")

    def fits(self, key: str) -> bool:
        last = key.rpartition(" ")[2]
        if last not in self._last and len(last) < 2 * _GLUE:
            return False
        return self._needs.search(key) is not None and self._whole.fullmatch(key) is not None


class _Vocabularies:
    """Vocabularies, found by the line's first word that is no number, or where words stand glued by its beginning."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Vocabulary]] = defaultdict(list)
        self._by_glue: dict[str, list[_Vocabulary]] = defaultdict(list)

    def add(self, rule: Rule) -> None:
        vocabulary = _Vocabulary(rule)
        words = {word.partition(" ")[0] for word in vocabulary.words} - {"0"}
        for word in words:
            self._by_word[word].append(vocabulary)
        for glue in {word[:_GLUE] for word in words if len(word) >= _GLUE}:
            self._by_glue[glue].append(vocabulary)

    @property
    def opening(self) -> Iterable[str]:
        """The words that a line may begin with."""
        return self._by_word.keys()

    def find(self, key: str, words: list[str]) -> Rule | None:
        word = words[0] if words[0] != "0" else words[len(words) > 1]
        known = self._by_word.get(word) or (self._by_glue.get(word[:_GLUE]) if len(word) > 2 * _GLUE else None)
        for vocabulary in known or ():
            if vocabulary.fits(key):
                return vocabulary.rule
        return None
