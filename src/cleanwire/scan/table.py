"""The tables that a scan reads: the rules of packs by number, and the cues that parsers declared."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from cleanwire.language import ALWAYS
from cleanwire.lazy import lazy
from cleanwire.packs.pack import Pack
from cleanwire.scan.cues import Cue, Position
from cleanwire.scan.filing import file_rules, filed
from cleanwire.scan.patterns import Candidate, Patterns, Vocabularies, Vocabulary
from cleanwire.scan.phrases import HEAD_LENGTH, PREFIX_LENGTH, Ends, Starts
from cleanwire.text.fold import fold

_MEMORY = 1 << 13
"""How many lines, and how many beginnings of long ones, are remembered: sites, and rounds of a chain, repeat them."""


START, PATTERN, VOCABULARY = 1, 2, 4
"""Flags of the kinds of rules that may know a line by its beginning: a phrase, a pattern, a vocabulary."""


class LineMemory:
    """The one memory by the text of lines: `lines` keeps facts of whole lines, `openings` flags of how others begin.

    Each of them is emptied when it is full, so that what it holds is bounded and never matters for a result.
    """

    def __init__(self) -> None:
        self.lines: dict[str, Any] = {}
        self.openings: dict[str, int] = {}

    def keep(self, line: str, facts: Any) -> None:
        """Keep the facts of a whole line."""
        if len(self.lines) >= _MEMORY:
            self.lines.clear()
        self.lines[line] = facts

    def keep_opening(self, prefix: str, flags: int) -> None:
        """Keep the flags of a line that begins with `prefix`."""
        if len(self.openings) >= _MEMORY:
            self.openings.clear()
        self.openings[prefix] = flags


class Columns(NamedTuple):
    """What a scan found, by line: the numbers of the rules that match it, the best first, and its flags."""

    rules: list[tuple[int, ...]]
    flags: list[int]


class Tables:
    """Rules and cues, compiled for the scan.

    The number of a rule is its place in `rules`.  Rules of several packs may have a phrase; a document decides which of
    them counts, by its languages.  `languages` holds for each rule the language it belongs to, ``any`` for the rules of
    a user; `always` are the numbers of those that count in every document, whatever its language.

    Rules that protect lines have tables of their own, and these have no others: `protecting` chooses.
    """

    def __init__(self, packs: Sequence[Pack], cues: Iterable[Cue] = (), *, protecting: bool = False) -> None:
        self.rules = tuple(rule for pack in packs for rule in pack.rules)
        self.languages = tuple(pack.name if pack.builtin else "any" for pack in packs for _ in pack.rules)
        self.always = frozenset(number for number, language in enumerate(self.languages) if language in ALWAYS)
        self.longest = tuple(rule.longest for rule in self.rules)
        self.memory = LineMemory()
        known = file_rules(packs, protecting=True) if protecting else filed(packs)
        self.lines, self._programs = known.lines, known.programs
        self.starts, self.ends = Starts(known.starts, known.beginnings), Ends(known.ends)
        self.patterns = Patterns(known.first, known.word, known.pair, known.long, cache(self._candidate))
        self.vocabularies = Vocabularies(known.vocabulary, known.glued, cache(self._vocabulary))
        self._declare(cues)

    def _declare(self, cues: Iterable[Cue]) -> None:
        """File the cues of parsers by their positions."""
        words: dict[Position, list[Cue]] = defaultdict(list)
        for cue in cues:
            words[cue.position].append(cue)
        self.cue_starts = _flags((cue.word[:PREFIX_LENGTH], cue.flag) for cue in words["start"])
        self.start_sizes = tuple(sorted({len(word) for word in self.cue_starts}))
        self.start_heads = frozenset(word[:2] for word in self.cue_starts)
        self.cue_ends = _by_flag(words["end"])
        self.end_numbers = tuple(cue.word for cue in words["end"] if cue.word[-1].isdigit())
        self.end_letters = frozenset(cue.word[-1] for cue in words["end"])
        self.last_words = _flags((cue.word, cue.flag) for cue in words["last word"])
        self.any_words = _words(words["any word"])
        self.inside = _words(words["inside"])
        self.mark_ends = _words(words["before mark"])
        self.sentences = _words(words["last sentence"])
        self.sentence_heads = frozenset(word[:3] for word in self.sentences)
        self.date_words, self.year_words = _words(words["word"]), _words(words["year word"])
        self.date_patterns = tuple(re.compile(cue.word, re.IGNORECASE) for cue in words["pattern"])
        labels = _words(words["label"])
        self.labels = _by_pair(labels)
        self.label_pairs = frozenset(fold(label)[:2] for label in labels)
        self.label_heads = frozenset(fold(label)[:3] for label in labels)
        self.label_size = max(map(len, labels), default=0)

    def _candidate(self, number: int) -> Candidate:
        return Candidate(self.rules[number], number, self._programs.get(number))

    def _vocabulary(self, number: int) -> Vocabulary:
        return Vocabulary(self.rules[number], number, self._programs.get(number))

    @lazy
    def openings(self) -> dict[str, int]:
        """What may know a line by its first word, or its first two: `START`, `PATTERN` and `VOCABULARY`, as flags."""
        found = dict.fromkeys(self.starts.handles, START)
        for words, flag in ((self.patterns.opening, PATTERN), (self.vocabularies.opening, VOCABULARY)):
            for word in words:
                found[word] = found.get(word, 0) | flag
        return found

    @lazy
    def cues(self) -> frozenset[str]:
        """The words that are a cue somewhere in a line: most lines have none."""
        return frozenset((*self.patterns.needed, *self.any_words, *self.ends.edges, *self.last_words))

    @lazy
    def heads(self) -> frozenset[str]:
        """The first letters of the long lines that a rule may know by their beginning; all of a shorter first word."""
        sizes = range(HEAD_LENGTH + 1)
        return self.starts.heads | {word[:size] for word in self.patterns.begun for size in sizes}

    @lazy
    def glues(self) -> frozenset[str]:
        """How the first word of a line begins that may be words of a vocabulary without spaces between."""
        return frozenset(self.vocabularies.glued)


def _words(cues: Iterable[Cue]) -> frozenset[str]:
    return frozenset(cue.word for cue in cues)


def _flags(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for word, flag in pairs:
        found[word] |= flag
    return dict(found)


def _by_flag(cues: Iterable[Cue]) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Return the words of each flag, as `str.endswith` takes them."""
    found: dict[int, list[str]] = defaultdict(list)
    for cue in cues:
        found[cue.flag].append(cue.word)
    return tuple((tuple(words), flag) for flag, words in found.items())


def _by_pair(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words by their first two characters."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for word in words:
        found[word[:2]] += (word,)
    return dict(found)
