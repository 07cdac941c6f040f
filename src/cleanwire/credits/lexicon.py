"""The words of credits, as the packs give them: labels, agencies, notes, ready to be looked up."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import regex

from cleanwire.errors import PackError
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule

WORD = deferred(regex.compile, r"\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+(?!\p{Ll})|\p{Lu}|\d+|[©ⓒ]|\([cC]\)")
FIRST = frozenset(["by", "von", "par", "por", "door", "av", "af", "di", "przez", "di:", "by:", "von:"])
"""The first words of bylines, which credits resemble."""
REGIONS = frozenset(
    [
        "Images",
        "Europe",
        "America",
        "North",
        "South",
        "Asia",
        "AsiaPac",
        "Entertainment",
        "Sport",
        "Sports",
        "Photo",
        "Wire",
        "Pool",
        "files",
        "File",
        "RF",
    ]
)
"""Words that follow the name of an agency and belong to it."""


class Label(NamedTuple):
    """What a pack says of a label."""

    rule: Rule
    marked: bool  # a colon or the like must stand between it and the name
    words: int
    stroke: bool  # it is printed with a stroke behind it: "图/"


class Lexicon:
    """All words of the credit rules of some packs; the same words of two rules raise `PackError`."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.labels: dict[str, Label] = {}
        self.label_ends: set[str] = set()
        self.behind: dict[str, Rule] = {}
        self.agencies: dict[str, Rule] = {}
        self.loose: dict[str, Rule] = {}
        self.last_words: dict[str, Rule] = {}
        self.notes: dict[str, Rule] = {}
        self.bylines: set[str] = set(FIRST)
        self.captions: list[tuple[str, Rule]] = []
        self.prefixes: list[tuple[str, Rule]] = []
        self.toggles: list[tuple[str, Rule]] = []
        for rule in (rule for pack in packs for rule in pack.rules):
            self._add(rule)
        self.ends = frozenset(
            [name.split()[-1].rpartition("/")[2] for name in self.agencies]
            + list(self.last_words)
            + [_last(note) for note in self.notes]
            + [_last(toggle) for toggle, _ in self.toggles]
            + list(REGIONS)
        )
        self.hints = frozenset(word[-3:] for word in self.label_ends)
        firsts = {key.split()[0] for key, label in self.labels.items() if not label.marked}
        self.firsts = frozenset(firsts | {first + "." for first in firsts})
        self.captions.sort(key=lambda entry: -len(entry[0]))
        self.prefixes.sort(key=lambda entry: -len(entry[0]))
        openers = [phrase for phrase, _ in (*self.captions, *self.prefixes)]
        self.openers = frozenset(phrase[:3] for phrase in openers)
        self.behind_ends = tuple(self.behind)

    def _add(self, rule: Rule) -> None:
        if rule.kind == "byline" and rule.matching == "label":
            self.bylines.update(" ".join(map(sign, WORD.findall(phrase))) for phrase in rule.phrases)
        if rule.action != "caption":
            return
        for phrase in rule.phrases:
            if rule.kind == "caption" and rule.matching == "label":
                self.captions.append((phrase, rule))
            elif rule.kind == "caption" and rule.matching == "note":
                self.prefixes.append((phrase, rule))
                self.toggles.append((phrase.casefold(), rule))
            elif rule.matching == "label" and phrase.startswith("…"):
                self._own(self.behind, phrase[1:], rule)
            elif rule.matching == "label":
                words = WORD.findall(phrase)
                key = " ".join(map(sign, words))
                marked = phrase.rstrip()[-1] in ":：=＝|｜/／,，،—"
                known = self.labels.get(key)
                if known and known.rule is not rule:
                    raise PackError(f"rule {rule.name}: the label {phrase!r} belongs to {known.rule.name} already")
                self.labels[key] = Label(
                    rule,
                    marked and (not known or known.marked),
                    len(words),
                    phrase.rstrip()[-1] in "/／" or bool(known and known.stroke),
                )
                self.label_ends.add(sign(words[-1]))
            elif rule.matching == "agency" and phrase.startswith("…"):
                self._own(self.last_words, phrase[1:], rule)
            elif rule.matching == "agency":
                self._own(self.agencies, phrase, rule)
                self.loose.setdefault(phrase.casefold(), rule)
            elif rule.matching == "note":
                self._own(self.notes, plain(phrase), rule)

    @staticmethod
    def _own(owners: dict[str, Rule], phrase: str, rule: Rule) -> None:
        if (owner := owners.setdefault(phrase, rule)) is not rule:
            raise PackError(f"rule {rule.name}: {phrase!r} belongs to {owner.name} already; name it once")


def _last(words: str) -> str:
    return words.split()[-1]


def plain(words: str) -> str:
    """Return the key of a note: case, brackets and stops folded away."""
    return " ".join(words.casefold().replace("’", "'").replace("-", " ").strip(" .,)([]").split())


def sign(word: str) -> str:
    """Return the key of a word of a label; ``(c)`` is the copyright sign."""
    return "©" if word in ("ⓒ", "(c)", "(C)") else word.casefold()


def narrow(text: str) -> str:
    """Return full-width letters as narrow ones."""
    return unicodedata.normalize("NFKC", text)
