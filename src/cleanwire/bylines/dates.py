"""Dates: where in a line one stands, in any of the languages of the packs.

The words come from rules of kind ``date``: `words` is the vocabulary of a date line ("Published", "at", months and
weekdays), `needs` are the words in it that make a number beside them a date; `pattern` knows dates of numbers alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.scan.cues import DATE, YEAR, Cue
from cleanwire.text.fold import UNSPACED, fold

_TOKEN = deferred(
    regex.compile,
    r"(?P<number>\d++)|(?P<word>\p{Lu}?(?:\p{Ll}\p{M}*+)++|(?:\p{Lu}\p{M}*+)++(?!\p{Ll})|(?:\p{Lo}\p{M}*+)++|\p{Lu})|\s++|.",
)
_BETWEEN = frozenset(" \t\u00a0\u202f\u3000,.:/|·•-–—@()[]'’+،、，：（）・º°ª")
_ADDRESS = deferred(regex.compile, r"://|/\w*[?=_]|[?=&]\S*/|\w/\w+/\w*\p{L}{3}")
_YEAR = deferred(regex.compile, YEAR)


class Date(NamedTuple):
    """A date in a line, with the rule whose words it has; `full` where it names a year or a time, `year` a year."""

    start: int
    stop: int
    rule: Rule
    full: bool
    year: bool


class Dates:
    """The dates that some packs know.

    >>> from cleanwire.packs.pack import builtin_packs
    >>> date = Dates(builtin_packs()).find("Ann LeePublished: Jan 29, 2025")
    >>> date.start, date.stop, date.rule.name
    (7, 30, 'date.en.date-line')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._words: dict[str, list[Rule]] = defaultdict(list)
        self._strong: dict[str, list[Rule]] = defaultdict(list)
        self._patterns: list[tuple[Rule, re.Pattern[str]]] = []
        # Months that languages share are English until another word says otherwise.
        packs = sorted(packs, key=lambda pack: pack.name not in ("any", "en"))
        for rule in (rule for pack in packs for rule in pack.rules if rule.kind == "date"):
            if rule.matching == "pattern":
                self._patterns += ((rule, re.compile(pattern, re.IGNORECASE)) for pattern in rule.phrases)
            elif rule.matching == "words":
                for words, phrases in ((self._words, rule.phrases), (self._strong, rule.needs)):
                    for word in {word for phrase in phrases for word in fold(phrase).split()}:
                        words[word].append(rule)

    def knows(self, word: str) -> bool:
        """Whether `word` makes a number beside it a date: a month, a weekday, "ago".

        >>> from cleanwire.packs.pack import builtin_packs
        >>> Dates(builtin_packs()).knows("Tuesday")
        True
        """
        return fold(word) in self._strong

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a date: words that make a number one, other words of dates, patterns."""
        yield from (Cue(word, "word", DATE) for word in self._strong)
        yield from (Cue(word, "year word", DATE) for word in self._words)
        yield from (Cue(pattern.pattern, "pattern", DATE) for _, pattern in self._patterns)

    def find(self, line: str) -> Date | None:
        """Return the longest date in `line`, or None."""
        if "/" in line and _ADDRESS.search(line):
            return None
        best: Date | None = None
        start, words, numbers = -1, [], 0
        for token in [*_TOKEN.finditer(line), None]:
            if token:
                kind, text = token.lastgroup, token[0]
                if kind == "number":
                    numbers += 1
                elif kind == "word" and (word := fold(text)) in self._words:
                    words.append(word)
                elif start < 0 or (kind == "word" or (not text.isspace() and text not in _BETWEEN)):
                    kind = None
                else:
                    continue
                if kind:
                    start = token.start() if start < 0 else start
                    stop = token.end()
                    continue
            if (
                start >= 0
                and numbers
                and (not best or stop - start > best.stop - best.start)
                and (found := self._judge(line, start, stop, words, numbers))
            ):
                best = found
            start, words, numbers = -1, [], 0
        return best

    def _judge(self, line: str, start: int, stop: int, words: list[str], numbers: int) -> Date | None:
        """Say whether ``line[start:stop]``, made of date words and `numbers` numbers, is a date."""
        text = line[start:stop]
        numeric = next((rule for rule, pattern in self._patterns if pattern.search(text)), None)
        strong = [word for word in words if word in self._strong]
        year = _YEAR.search(text) is not None or (numeric is not None and len(text) > 5)
        full = numeric is not None or (bool(strong) and (year or numbers > 1))
        if not (full or any(len(word) > 2 or word >= UNSPACED for word in strong) or (year and words and numbers > 1)):
            return None
        rule = numeric if numeric and not strong else self._chief(words, strong) or numeric
        return Date(start, stop, rule, full, year) if rule else None

    def _chief(self, words: Iterable[str], strong: Iterable[str]) -> Rule | None:
        """Return the rule that knows most of the words, the strong ones counting twice; of several the first."""
        rules: dict[str, Rule] = {}
        votes: dict[str, int] = defaultdict(int)
        for known, asked in ((self._words, words), (self._strong, strong)):
            for word in asked:
                for rule in known[word]:
                    rules[rule.name] = rule
                    votes[rule.name] += 1
        return rules[max(votes, key=votes.__getitem__)] if votes else None
