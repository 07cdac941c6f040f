"""Find dates in a line, in any of the languages of the packs.

The words come from rules of kind ``date``: `words` is the vocabulary of a date line ("Published", "at", months and
weekdays), `needs` are the words in it that make a number beside them a date; `pattern` knows dates of numbers alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from cleanwire.bylines.words import in_reading_order
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.words import either, joined
from cleanwire.scan.cues import DATE, YEAR, Cue
from cleanwire.text.fold import UNSPACED, fold

_TOKEN = deferred(
    regex.compile,
    r"(?P<number>\d++)|(?P<word>\p{Lu}?(?:\p{Ll}\p{M}*+)++|(?:\p{Lu}\p{M}*+)++(?!\p{Ll})|(?:\p{Lo}\p{M}*+)++|\p{Lu})|\s++|.",
)
_BETWEEN = frozenset(" \t\u00a0\u202f\u3000,.:/|·•-–—@()[]'’+،、，：（）・º°ª")
_ADDRESS = deferred(regex.compile, r"://|/\w*[?=_]|[?=&]\S*/|\w/\w+/\w*\p{L}{3}")
_TIME = deferred(
    regex.compile, r"(?<![\d.:])\d{1,2}(?:[:：hH]\d\d(?::\d\d)?|\.(?:00|1[3-9]|[2-5]\d))(?![\d.:])|\d\d:\d\d:\d\d"
)
"""A time of day; with a dot only where the minutes are not a month."""
_YEAR = deferred(regex.compile, YEAR)
_NUMBER = deferred(regex.compile, r"\d++")
_FAMILY_NAME = deferred(
    regex.compile, r"(?<=\b\p{Lu}[\p{L}.'’-]*\s)(\p{Lu}\p{Ll}+)(?:\s*[|•·–/-]\s*(?=\p{L})|\s(?=\p{Ll}))"
)
"""The last word of a name and what parts it from a date of its own words: "May on ", "Maio | "."""
_PAGE = range(3, 6)
"""How many digits neither a day has nor a date without marks, but the number of a page or a law."""


class Date(NamedTuple):
    """A date in a line, with the rule that knows its words; `full` if it has a year or a time, `year` if a year.

    `day` says that it has a number beside its year and its time of day: "May 2024" and "10:30" name no day, nor does
    what is counted back from now, `ago`: "3 hours ago".
    """

    start: int
    stop: int
    rule: Rule
    full: bool
    year: bool
    day: bool
    ago: bool = False


class Dates:
    """Finds the dates that some packs know.

    >>> from cleanwire.packs.load import builtin_packs
    >>> date = Dates(builtin_packs()).find("Ann LeePublished: Jan 29, 2025")
    >>> date.start, date.stop, date.rule.name
    (7, 30, 'date.en.date-line')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(packs)
        self._relative = joined(packs, "relative_times")
        self._counting = frozenset(token for phrase in self._relative for token in fold(phrase).split())
        self._words: dict[str, list[Rule]] = defaultdict(list)
        self._strong: dict[str, list[Rule]] = defaultdict(list)
        self._patterns: list[tuple[Rule, re.Pattern[str]]] = []
        for rule in (rule for pack in in_reading_order(packs) for rule in pack.rules if rule.kind == "date"):
            if rule.matching == "pattern":
                self._patterns += ((rule, re.compile(pattern, re.IGNORECASE)) for pattern in rule.phrases)
            elif rule.matching == "words":
                for words, phrases in ((self._words, rule.all_phrases), (self._strong, rule.all_needs)):
                    for word in {word for phrase in phrases for word in fold(phrase).split()}:
                        words[word].append(rule)

    def knows(self, word: str) -> bool:
        """Return True if `word` makes a number beside it a date: a month, a weekday, "ago".

        >>> from cleanwire.packs.load import builtin_packs
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
        """Return the longest date in `line`, or None; a month in a name is no part of it: "Ann May, 3 June 2024"."""
        if "/" in line and _ADDRESS.search(line):
            return None
        best = self._longest(line)
        return self._without_name(line, best) if best and best.day and best.start else best

    def _without_name(self, line: str, date: Date) -> Date:
        """Return a date without the month at its beginning that is the family name of an author."""
        name = _FAMILY_NAME.match(line, date.start)
        if not name or fold(name[1]) not in self._strong:
            return date
        rest = self._longest(line[name.end() :])
        if not rest or not rest.day or not rest.year or name.end() + rest.stop != date.stop:
            return date
        return rest._replace(start=rest.start + name.end(), stop=date.stop)

    def _longest(self, line: str) -> Date | None:
        """Return the longest date in `line`, or None."""
        best: Date | None = None
        for start, stop, words, numbers in self._runs(line):
            if (not best or stop - start > best.stop - best.start) and (
                found := self._judge(line, start, stop, words, numbers)
            ):
                best = found
        return best

    def _runs(self, line: str) -> Iterator[tuple[int, int, list[str], int]]:
        """Yield the runs of numbers and date words: start, stop, the words folded, how many numbers (one at least)."""
        known, words = self._words, list[str]()
        start, stop, numbers = -1, -1, 0
        for token in list(_TOKEN.finditer(line)):  # a list first: 5 % faster than token by token
            kind = token.lastgroup
            if kind == "number":
                numbers += 1
            elif kind == "word" and (word := low if (low := token[0].lower()).isascii() else fold(token[0])) in known:
                words.append(word)
            elif start < 0 or (kind is None and ((text := token[0]) in _BETWEEN or text.isspace())):
                continue
            else:
                if numbers:
                    yield start, stop, words, numbers
                start, words, numbers = -1, [], 0
                continue
            start = token.start() if start < 0 else start
            stop = token.end()
        if numbers:
            yield start, stop, words, numbers

    def _judge(self, line: str, start: int, stop: int, words: list[str], numbers: int) -> Date | None:
        """Return the date that is ``line[start:stop]``, which holds `words` and `numbers` numbers, or None."""
        text = line[start:stop]
        numeric = self._numeric_rule(text)
        strong = [word for word in words if word in self._strong]
        year = _YEAR.search(text) is not None or (numeric is not None and len(text) > 5)
        full = numeric is not None or (bool(strong) and (year or numbers > 1))
        if not (full or any(map(_is_clear, strong)) or (year and words and numbers > 1)):
            return None
        rule = self._owner(numeric, words, strong)
        counted = text if year else self._without_times_ago(text, words)
        return Date(start, stop, rule, full, year, _has_day(counted), counted != text) if rule else None

    def _without_times_ago(self, text: str, words: Iterable[str]) -> str:
        """Return a text without the times that its words count back from now."""
        return text if self._counting.isdisjoint(words) else self._ago.sub("", text)

    @lazy
    def _ago(self) -> "regex.Pattern[str]":
        """A number with a word that counts it back from now: "3 hours ago", "vor 3 Stunden"."""
        before = either(word for word in self._relative if word < UNSPACED)
        after = either(self._relative)
        letter = r"[\p{L}\p{M}.]"
        return regex.compile(
            rf"{before}\s\d+\s?(?:(?!{before}\s){letter})*|\d+\s?{letter}*?\s?{after}(?!\w)", regex.IGNORECASE
        )

    def _numeric_rule(self, text: str) -> Rule | None:
        """Return the rule that knows a date of numbers alone: "2025-01-29"."""
        return next((rule for rule, pattern in self._patterns if pattern.search(text)), None)

    def _owner(self, numeric: Rule | None, words: list[str], strong: list[str]) -> Rule | None:
        """Return the rule of a date: the one of its words, or `numeric` if none of them is strong."""
        return numeric if numeric and not strong else self._strongest_rule(words, strong) or numeric

    def _strongest_rule(self, words: Iterable[str], strong: Iterable[str]) -> Rule | None:
        """Return the rule that knows most of the words, the strong ones counting twice; of several the first."""
        rules: dict[str, Rule] = {}
        votes: dict[str, int] = defaultdict(int)
        for known, counted in ((self._words, words), (self._strong, strong)):
            for word in counted:
                for rule in known[word]:
                    rules[rule.name] = rule
                    votes[rule.name] += 1
        return rules[max(votes, key=votes.__getitem__)] if votes else None


def _has_day(text: str) -> bool:
    """Return True if a date has a number that may be a day: neither a year nor a time of day, and no page.

    >>> _has_day("May 3, 10:30"), _has_day("Published at 10:30"), _has_day("May 2024"), _has_day("I 1966, 549")
    (True, False, False, False)
    """
    return any(len(number) not in _PAGE for number in _NUMBER.findall(_YEAR.sub("", _TIME.sub("", text))))


def _is_clear(word: str) -> bool:
    """Return True if a word makes one number beside it a date: "May 4"; two letters are too few: "So 4"."""
    return len(word) > 2 or word >= UNSPACED
