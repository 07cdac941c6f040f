"""The word lists of packs that the grammar of credits asks for, and the expressions made of them."""

from collections.abc import Iterable

import regex

from cleanwire.lazy import lazy
from cleanwire.packs.pack import Pack
from cleanwire.packs.words import either, joined


class CreditWords:
    """The words that stand in credits, before them or between their names, in all languages of some packs.

    >>> from cleanwire.packs.load import builtin_packs
    >>> "estate" in CreditWords(builtin_packs()).makers
    True
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(packs)
        self.byline_starts = joined(packs, "byline_starts")
        self.agency_suffixes = joined(packs, "agency_suffixes")
        self.name_particles = joined(packs, "name_particles")
        self.particles = self.name_particles | joined(packs, "credit_particles")
        self.openers = joined(packs, "credit_openers")
        self.makers = joined(packs, "makers")
        self.name_suffixes = joined(packs, "name_suffixes")
        self.label_blockers = joined(packs, "label_blockers")
        self._via = joined(packs, "credit_via")
        self._prepositions = joined(packs, "credit_prepositions")
        self._abbreviations = joined(packs, "abbreviations")
        self._legal = joined(packs, "legal_words")
        self._copyright = joined(packs, "copyright")
        self._reserved = joined(packs, "rights_reserved")
        self._sides = joined(packs, "caption_sides")
        self._phrases = joined(packs, "caption_phrases")

    @lazy
    def separator(self) -> "regex.Pattern[str]":
        """What stands between two names of a labelled credit."""
        words = either(self._via | self._prepositions)
        return regex.compile(
            rf"\s*[/／|｜;=＝·•()（）\[\]©ⓒ]\s*(?:via\s+)?|,?\s+{words}\s+|\s*[,،，、]\s+|\s+[-–—]+\s+|—|(?<=\p{{Ll}}{{3}})\.\s+"
        )

    @lazy
    def strong_separator(self) -> "regex.Pattern[str]":
        """What stands between two names where no label says that they are names."""
        return regex.compile(rf"\s*[/／|｜;=＝©](?:\s*via)?\s*|,?\s+{either(self._via)}\s+|—|\s+[-–]\s+")

    @lazy
    def abbreviation(self) -> "regex.Pattern[str]":
        """A full stop that ends no sentence, at the end of what is searched."""
        return regex.compile(rf"(?:^|[\s.(/])(?:\p{{Lu}}|{either(self._abbreviations)})\.$")

    @lazy
    def legal(self) -> "regex.Pattern[str]":
        """A word of a copyright notice."""
        return regex.compile(rf"\b{either(self._legal)}\b")

    @lazy
    def dated(self) -> "regex.Pattern[str]":
        """A year, or the word copyright."""
        return regex.compile(rf"(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d|{either(self._copyright)}")

    @lazy
    def copyright_ends(self) -> tuple[str, ...]:
        """The word copyright without its first letter, in small letters."""
        return tuple({word[1:].lower() for word in self._copyright})

    @lazy
    def reserved(self) -> "regex.Pattern[str]":
        """A claim of rights, in a script without capitals: in others the words are parts of names."""
        return regex.compile(either(self._reserved))

    @lazy
    def caption_sign(self) -> "regex.Pattern[str]":
        """What only captions have: who stands where, or a year at the end."""
        return regex.compile(rf"{self.caption_side.pattern}|\b(?:19|20)\d\d\.?\s*$")

    @lazy
    def caption_side(self) -> "regex.Pattern[str]":
        """Who stands where in a picture."""
        return regex.compile(rf"\({either(self._sides)}\.?\)|\b(?i:{either(self._phrases)})\b")
