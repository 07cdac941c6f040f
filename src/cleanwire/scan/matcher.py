"""Which rule, if any, knows a line."""

from collections.abc import Iterable
from functools import cached_property

from cleanwire.packs.pack import Pack, Rule, by_precedence
from cleanwire.scan.patterns import GLUE, Patterns, Vocabularies
from cleanwire.scan.phrases import Ends, Starts, keys
from cleanwire.text.fold import fold

LONG = 800
"""No rule reads a line longer than this; one of more than `SHORT` characters is known by its beginning only."""
HEAD = 64
"""How much of a long line is folded to find the rules that it may begin with."""
_QUOTES = '"“„«‹‚‘「『《'
_OPEN = (",", ";", "，", "、", "،")
"""Words in quotation marks are quoted, and a line that ends in a comma goes on: neither is furniture."""
_WITHIN = ("date", "dateline")
"""Kinds that the byline filter reads by itself, since they stand within lines too."""

Matches = dict[int, Rule]
"""The lines that a rule knows, by index, in order."""


class Matcher:
    """All line rules of some packs, compiled; asked for one line, it answers with the rule that knows it.

    A phrase that is the whole line goes before one at its start, that before one at its end, before patterns and
    vocabularies; among phrases of one kind the longest wins.  Every question is a look-up by one of the line's words,
    so that a line costs the same however many rules there are.

    >>> from cleanwire.packs.load import builtin_packs
    >>> Matcher(builtin_packs()).find("Facebook Comments").kind
    'comments'
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lines: dict[str, Rule] = {}
        self._starts, self._ends = Starts(), Ends()
        self._patterns, self._vocabularies = Patterns(), Vocabularies()
        for rule, phrases in by_precedence(packs):
            if rule.kind not in _WITHIN:
                self._add(rule, phrases)

    def _add(self, rule: Rule, phrases: tuple[str, ...]) -> None:
        match rule.matching:
            case "line":
                for key in keys(phrases):
                    self._lines.setdefault(key, rule)
            case "starts":
                self._starts.add(rule, phrases)
            case "ends":
                self._ends.add(rule, phrases)
            case "pattern":
                self._patterns.add(rule)
            case "words" if phrases is rule.phrases:  # a vocabulary is filed once, with all its spellings
                self._vocabularies.add(rule)

    def find(self, line: str) -> Rule | None:
        """Return the rule that knows a short line, or None."""
        key = fold(line)
        return self.find_folded(line, key, key.split(" "))

    def find_folded(self, line: str, key: str, words: list[str]) -> Rule | None:
        """Do the same for one who has folded the line already, to `key`, and parted that into `words`."""
        if not key or _is_quoted(line) or line.endswith(_OPEN):
            return None
        if rule := self._lines.get(key):
            return rule
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
            and len(words[0]) <= 2 * GLUE
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
        if len(line) > LONG or _is_quoted(line) or line.endswith(_OPEN):
            return None
        head = fold(line[:HEAD])
        return self._starts.find(head, head.partition(" ")[0]) if head else None


def _is_quoted(line: str) -> bool:
    """Whether a line begins with a quotation; a lone « is an arrow back."""
    return line[0] in _QUOTES and (line[0] != "«" or "»" in line)
