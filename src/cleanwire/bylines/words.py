"""The word lists of packs that bylines ask for, and the shape of a person's name made of them."""

from collections.abc import Iterable

import regex

from cleanwire.lazy import lazy
from cleanwire.packs.pack import Pack
from cleanwire.packs.words import either, joined

_PLAIN = r"\p{Lu}[\p{L}\p{M}'’-]+"
_JOINING_MARKS = frozenset("&+")
_DESK = 4
"""The most words of the name of a desk."""
_SHORT = 2
"""The most letters of a preposition that with a capital may be part of a name: "In Sook Lee"."""


def in_reading_order(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return `packs` in the order in which bylines and dates read them.

    A user's packs come first.  Of the built-in ones, ``any`` and ``en`` do: a month that languages share is English
    until another word says otherwise.
    """
    return tuple(sorted(packs, key=lambda pack: pack.builtin and pack.name not in ("any", "en")))


class BylineWords:
    """The words within and around the names of authors, in all languages of some packs.

    `small` are the words in small letters that may stand second in a name or between two names, `bound` what else in
    small letters may begin the second word of a name.

    >>> from cleanwire.packs.load import builtin_packs
    >>> BylineWords(builtin_packs()).names.match("Ann van Lee and Bo Roe, Oslo")[0]
    'Ann van Lee and Bo Roe, Oslo'
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(packs)
        self.articles = joined(packs, "articles")
        self.not_names = joined(packs, "not_names")
        self.role_attributes = frozenset(map(str.casefold, joined(packs, "role_attributes")))
        self._desks = frozenset(map(str.casefold, joined(packs, "desk_ends")))
        self._desk_heads = frozenset(map(str.casefold, joined(packs, "desk_starts")))
        self._particles = joined(packs, "byline_particles")
        self._joins = joined(packs, "byline_joins")
        self._prepositions = joined(packs, "byline_prepositions")
        written = joined(packs, "byline_prefixes")
        self._prefixes = {prefix.replace("'", mark) for prefix in written for mark in "'’"}
        self.small = self._particles | self._joins
        self.bound = tuple(prefix for prefix in self._prefixes if prefix.islower())

    def is_desk(self, name: str) -> bool:
        """Return True for a desk or a staff that signs as one: "News Desk", "Redaktion Wissen", "IN-Redaktion".

        >>> from cleanwire.packs.load import builtin_packs
        >>> words = BylineWords(builtin_packs())
        >>> words.is_desk("News Desk"), words.is_desk("Ann Lee")
        (True, False)
        """
        words = name.casefold().split()
        if len(words) == 1:
            return name.count("-") == 1 and words[0].partition("-")[2] in self._desks
        return 1 < len(words) <= _DESK and (words[-1] in self._desks or words[0] in self._desk_heads)

    @lazy
    def located(self) -> "regex.Pattern[str]":
        """A name and where its owner writes: "Ann Lee in Oslo"."""
        place = rf"{_PLAIN}(?:\s{_PLAIN}){{0,2}}"
        return regex.compile(
            rf"(?P<name>{_PLAIN}(?:\s{_PLAIN}){{1,2}})\s{either(self._prepositions)}\s(?P<place>{place})"
        )

    @lazy
    def names(self) -> "regex.Pattern[str]":
        """One name or several, with what stands between them."""
        particle, join, prefix = either(self._particles), either(self._joins | _JOINING_MARKS), either(self._prefixes)
        word = (
            r"(?:\p{Lu}\p{M}*+\.(?:[ -]?\p{Lu}\.)*+|\p{Lu}\p{Ll}{1,3}\.(?=\s)|[JS]r\."
            rf"|{prefix}?\p{{Lu}}[\p{{L}}\p{{M}}]*+(?:['’‐-]\p{{L}}[\p{{L}}\p{{M}}]*+)*+)"
        )
        name = rf"(?:{particle}\s)?{word}(?:\s(?:{particle}\s){{0,2}}{word}){{0,4}}"
        return regex.compile(rf"{name}(?:(?:\s?[,/;·&]\s?(?:{join}\s)?|\s{join}\s){name}){{0,7}}")

    @lazy
    def separator(self) -> "regex.Pattern[str]":
        """What stands between names and a role or a place."""
        return regex.compile(rf"\s*(?:[,|·•(/–—-]|\s(?=\d)|\s(?i:{either(self._prepositions)})\s)\s*")

    @lazy
    def last_join(self) -> "regex.Pattern[str]":
        """A word between two names, and what stands before it, at the end of what is searched: "Ann Lee and"."""
        return regex.compile(rf"(?:\s*[,/|(]|\s+(?:{either(self._joins | _JOINING_MARKS)}))+\s*$")

    @lazy
    def capital_preposition(self) -> "regex.Pattern[str]":
        """A word between an author and an employer, with a capital, that is no part of a name: "Ann Lee For Mail"."""
        words = [word for word in self._prepositions if len(word) > _SHORT]
        return regex.compile(rf"(?<=\p{{L}})\s{either([*map(str.capitalize, words), *map(str.upper, words)])}\s")
