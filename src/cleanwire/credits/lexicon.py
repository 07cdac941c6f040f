"""Look-up tables of the words of credits that packs hold: labels, agencies, notes."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from cleanwire.credits.words import CreditWords
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule, by_precedence

WORD = deferred(regex.compile, r"\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+(?!\p{Ll})|\p{Lu}|\d+|[©ⓒ]|\([cC]\)")

_LONGEST_WORD = 60
"""Most letters of the last word of a note."""
_COPYRIGHT = frozenset(("ⓒ", "(c)"))
"""What is written for the copyright sign."""
_INITIALS = 3
"""Most letters of initials: "IST" is a time zone, "Ist" an Indonesian note."""


class Label(NamedTuple):
    """What a pack says of a label."""

    rule: Rule
    marked: bool  # a colon or the like must stand between it and the name
    words: int
    slash: bool  # it is printed with a slash after it: "图/"


class Lexicon:
    """All words of the credit rules of some packs; the first rule that has a word keeps it."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(packs)
        self.words = CreditWords(packs)
        self.labels: dict[str, Label] = {}
        self.label_ends: set[str] = set()
        self.behind: dict[str, Rule] = {}
        self.agencies: dict[str, Rule] = {}
        self.loose: dict[str, Rule] = {}
        self.last_words: dict[str, Rule] = {}
        self.notes: dict[str, Rule] = {}
        self._capitals: set[str] = set()  # the notes that a pack has in capitals
        self.bylines: set[str] = set(self.words.byline_starts)
        self.captions: list[tuple[str, Rule]] = []
        self.prefixes: list[tuple[str, Rule]] = []
        self.toggles: list[tuple[str, Rule]] = []
        for rule, phrases in by_precedence(packs):
            self._add(rule, phrases)
        self.ends = frozenset(
            [name.split()[-1].rpartition("/")[2] for name in self.agencies]
            + list(self.last_words)
            + [_last(note) for note in self.notes]
            + [_last(toggle) for toggle, _ in self.toggles]
            + list(self.words.agency_suffixes)
        )
        self.hints = frozenset(word[-3:] for word in self.label_ends)
        firsts = {key.split()[0] for key, label in self.labels.items() if not label.marked}
        self.firsts = frozenset(firsts | {first + "." for first in firsts})
        self.captions.sort(key=lambda entry: -len(entry[0]))
        self.prefixes.sort(key=lambda entry: -len(entry[0]))
        openers = [phrase for phrase, _ in (*self.captions, *self.prefixes)]
        self.openers = frozenset(phrase[:3] for phrase in openers)
        self.behind_ends = tuple(self.behind)
        self._note_ends = frozenset(note.rpartition(" ")[2] for note in self.notes)
        self.unspaced_ends = frozenset(key[-1] for key in self.labels)

    def _add(self, rule: Rule, phrases: Sequence[str]) -> None:
        """File phrases of one rule, by its kind and by how it matches."""
        if rule.kind == "byline" and rule.matching == "label":
            self.bylines.update(label_key(WORD.findall(phrase)) for phrase in phrases)
        if rule.action != "caption":
            return
        if rule.kind == "caption" and rule.matching in ("label", "note"):
            self._add_captions(rule, phrases)
        elif rule.matching == "label":
            self._add_labels(rule, phrases)
        elif rule.matching == "agency":
            self._add_agencies(rule, phrases)
        elif rule.matching == "note":
            for phrase in phrases:
                self.notes.setdefault(note_key(phrase), rule)
            self._capitals.update(note_key(phrase) for phrase in phrases if phrase.isupper())

    def may_be_note(self, words: str) -> bool:
        """Return True if words may end in a note, by the last one; never False where they do."""
        return note_key(words[-_LONGEST_WORD:]).rpartition(" ")[2] in self._note_ends

    def note(self, words: str) -> Rule | None:
        """Return the rule that knows a note; a few capitals are another word's initials unless the pack has them so."""
        key = note_key(words)
        return None if len(key) <= _INITIALS and words.isupper() and key not in self._capitals else self.notes.get(key)

    def _add_captions(self, rule: Rule, phrases: Sequence[str]) -> None:
        """File the labels of captions, or the buttons that stand before and after one ("toggle caption")."""
        if rule.matching == "label":
            self.captions += ((phrase, rule) for phrase in phrases)
        else:
            self.prefixes += ((phrase, rule) for phrase in phrases)
            self.toggles += ((phrase.casefold(), rule) for phrase in phrases)

    def _add_labels(self, rule: Rule, phrases: Sequence[str]) -> None:
        """File labels; those that begin with an ellipsis stand after a name: "…撮影"."""
        for phrase in phrases:
            if phrase.startswith("…"):
                self.behind.setdefault(phrase[1:], rule)
            else:
                self._add_label(phrase, rule)

    def _add_label(self, phrase: str, rule: Rule) -> None:
        """File a label under its words; one that its rule also gives without a mark needs none."""
        words, mark = WORD.findall(phrase), phrase.rstrip()[-1]
        key = label_key(words)
        known = self.labels.get(key)
        if known and known.rule is not rule:
            return
        marked = mark in ":：=＝|｜/／,，،—" and (not known or known.marked)
        self.labels[key] = Label(rule, marked, len(words), mark in "/／" or bool(known and known.slash))
        self.label_ends.add(label_key(words[-1:]))

    def _add_agencies(self, rule: Rule, phrases: Sequence[str]) -> None:
        """File agencies; those that begin with an ellipsis are the last words of a name: "… Chronicle"."""
        for phrase in phrases:
            if phrase.startswith("…"):
                self.last_words.setdefault(phrase[1:], rule)
            else:
                self.agencies.setdefault(phrase, rule)
                self.loose.setdefault(phrase.casefold(), rule)


def _last(words: str) -> str:
    """Return the last word."""
    return words.split()[-1]


def note_key(words: str) -> str:
    """Return the key of a note: in lower case, without brackets, hyphens and stops."""
    return " ".join(words.casefold().replace("’", "'").replace("-", " ").strip(" .,)([]").split())


def label_key(words: Iterable[str]) -> str:
    """Return the key of a label, given its words.

    >>> label_key(["Photo", "(C)"])
    'photo ©'
    """
    return " ".join(label_keys(words))


def label_keys(words: Iterable[str]) -> list[str]:
    """Return the keys of words of a label; ``(c)`` is the copyright sign."""
    keys = list(map(str.casefold, words))
    return keys if _COPYRIGHT.isdisjoint(keys) else ["©" if key in _COPYRIGHT else key for key in keys]


def nfkc(text: str) -> str:
    """Return `text` in NFKC: full-width letters become narrow ones."""
    return unicodedata.normalize("NFKC", text)
