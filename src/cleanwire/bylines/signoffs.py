"""Read agency sign-offs: "(Reporting by Ann Lee; Editing by Bo Roe)", who else worked on a story.

The labels come from rules of kind ``tail`` with `label`; what follows them must be names, so that a sentence about
reporting stays.  Buttons that a page prints behind the last sentence ("She left. E-mail to a friend .") come from rules
of kind ``dataset`` with `note`: they have no line of their own in data sets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.words import either, joined
from cleanwire.scan.cues import SIGNOFF, Cue

_LONG = 600
"""The most characters of a sign-off."""
_OPENING = 4
"""The prefix length of the pre-filter for labels; shorter if a label is shorter."""
_CASES = (str.lower, str.title, str.capitalize, str.upper)
_CLOSERS = (")", "）", "]", ").", "].", ") ", " ")
_CLOSED = (")", "）", "]", ").", "],")
"""The ends of a line that brackets close."""
_BUTTON_ENDS = ("", ".", " .")
"""What may stand after a button; tokenizers of data sets print a full stop of its own."""
_SENTENCE_END = tuple('.!?…"”’»)')
_WORD = deferred(regex.compile, r"[\p{L}\p{M}][\p{L}\p{M}'’.-]*+")


class Signoff(NamedTuple):
    """The sign-off of a line, from `start` to its end; `sure` if it is in brackets or has several clauses."""

    start: int
    rule: str
    sure: bool


class Signoffs:
    """Reads the agency sign-offs that some packs know.

    >>> from cleanwire.packs.load import builtin_packs
    >>> read = Signoffs(builtin_packs()).read
    >>> read("The road is open. (Reporting by Ann Lee; Editing by Bo Roe)")
    Signoff(start=17, rule='tail.en.desk', sure=True)
    >>> read("Reporting by night is hard, she said.") is None
    True
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(packs)
        self._words = joined(packs, "signoff_words")
        rules = [rule for pack in packs for rule in pack.rules if rule.kind == "tail" and rule.matching == "label"]
        self._labels = _by_pair(rules)
        self._openings = {pair: tuple(label for label, _ in known) for pair, known in self._labels.items()}
        labels = [label for known in self._openings.values() for label in known]
        self._longest = max(map(len, labels), default=0)
        self._prefix_length = min([_OPENING, *map(len, labels)])
        self._beginnings = frozenset(case(label[: self._prefix_length]) for label in labels for case in _CASES)
        self._buttons = _buttons(packs)
        self._button_ends = tuple(self._buttons)
        self._clause = _clause_separator(labels, joined(packs, "signoff_continuations"))

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a sign-off: how its label begins, and how brackets close it."""
        yield from (Cue(beginning, "start", SIGNOFF) for beginning in self._beginnings)
        yield from (Cue(closer, "end", SIGNOFF) for closer in _CLOSERS)
        for button in self._buttons:
            yield Cue(button, "end", SIGNOFF)
            yield Cue(button.partition(" ")[0].lower(), "last sentence", SIGNOFF)

    def read(self, line: str) -> Signoff | None:
        """Return the sign-off of `line`, or None."""
        if line[:1].isspace():
            lead = len(line) - len(line.lstrip())
            found = self.read(line[lead:])
            return found._replace(start=found.start + lead) if found and found.start else found
        stop = len(line.rstrip())
        if button := self._read_button(line, stop):
            return button
        if line.endswith(_CLOSED, 0, stop):
            return self._read_bracketed(line, stop)
        if stop > _LONG or line[:2].casefold() not in self._labels:
            return None
        words = line[:stop].rstrip(".")
        rule = self._rule(words, bracketed=False)
        return Signoff(0, rule, sure=self._clause.search(words) is not None) if rule else None

    def _read_button(self, line: str, stop: int) -> Signoff | None:
        """Read a button behind the last sentence of a line."""
        if not line.endswith(self._button_ends, 0, stop):
            return None
        for button, rule in self._buttons.items():
            if line.endswith(button, 0, stop) and line[: stop - len(button)].rstrip().endswith(_SENTENCE_END):
                return Signoff(len(line[: stop - len(button)].rstrip()), rule, sure=True)
        return None

    def _read_bracketed(self, line: str, stop: int) -> Signoff | None:
        """Read the sign-off in the brackets that close ``line[:stop]``."""
        start = max(line.rfind("(", 0, stop), line.rfind("（", 0, stop), line.rfind("[", 0, stop))
        if start < 0 or stop - start > _LONG:
            return None
        rule = self._rule(line[start + 1 : stop].rstrip(".)）]"), bracketed=True)
        return Signoff(len(line[:start].rstrip()), rule, sure=True) if rule else None

    def _rule(self, words: str, *, bracketed: bool) -> str | None:
        """Return the rule of the first label in a sign-off that is `words`, or None if a clause has other words.

        In brackets, clauses after the first need no label.
        """
        opening = words.lstrip()[: self._longest].casefold()
        if not opening.startswith(self._openings.get(opening[:2], ())):
            return None  # the first clause has no label, which is cheaper to see than to split the clauses
        owner: Rule | None = None
        for clause in map(str.strip, self._clause.split(words)):
            if found := self._label_of(clause):
                label, rule = found
                names = clause[len(label) :]
                if not names.strip(" :") or not self._are_names(names):
                    return None
                owner = owner or rule
            elif not bracketed or not owner:
                return None
        return owner.name if owner else None

    def _label_of(self, clause: str) -> tuple[str, Rule] | None:
        """Return the label that a clause begins with, and its rule."""
        low = clause.casefold()
        for label, rule in self._labels.get(low[:2], ()):
            if low.startswith(label) and not low[len(label) : len(label) + 1].isalpha():
                return label, rule
        return None

    def _are_names(self, words: str) -> bool:
        """Return True if `words` are names and the small words that join them."""
        return all(
            not word[0].islower() or word.casefold() in self._words or word.startswith("al-")
            for word in _WORD.findall(words)
        )


def _buttons(packs: Iterable[Pack]) -> dict[str, str]:
    """Return the buttons that may stand behind a sentence, with what may follow them, and the rule of each."""
    rules = [rule for pack in packs for rule in pack.rules if rule.kind == "dataset" and rule.matching == "note"]
    return {button + end: rule.name for rule in rules for button in rule.phrases for end in _BUTTON_ENDS}


def _by_pair(rules: Iterable[Rule]) -> dict[str, list[tuple[str, Rule]]]:
    """Return the labels of `rules` by their first two characters, the longest first."""
    labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
    for rule in rules:
        for label in map(str.casefold, rule.all_phrases):
            labels[label[:2]].append((label, rule))
    for known in labels.values():
        known.sort(key=lambda entry: len(entry[0]), reverse=True)
    return labels


def _clause_separator(labels: Sequence[str], continuations: Iterable[str]) -> "regex.Pattern[str]":
    """Return the pattern of what stands between two clauses: a semicolon, or what stands before another label.

    A label after one of the `continuations` belongs to the clause before it: "additional reporting".
    """
    later = rf"(?<!{either(continuations)}),?\.?\s(?={either(labels)}\s)" if labels else r"\n"
    return regex.compile(rf"\s*[;；]\s*|{later}", regex.IGNORECASE)
