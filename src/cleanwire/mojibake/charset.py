r"""Recognise a whole text in a charset of one byte a character that was decoded as Latin-1 or windows-1252.

Such a text holds no letter that these two lack.  Words in Cyrillic, Greek, Arabic, Hebrew or Thai are runs of Latin
letters with accents, which no language writes; the right reading is the one whose words have the shape of its script
and, where a pack lists common words, contains some.  Texts in Latin letters differ from right ones in a few letters;
the right reading has the letters of one language, and its common words.  Where no reading is sure, there is none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import NamedTuple

from cleanwire.language import RELATIVES, KnownLanguages, home_languages, known_languages
from cleanwire.lazy import deferred
from cleanwire.mojibake.reread import FOLLOW
from cleanwire.mojibake.shapes import SCRIPTS, Script
from cleanwire.packs.load import builtin_packs
from cleanwire.text.runs import character_runs
from cleanwire.text.scripts import WORD_LENGTHS

Reading = Mapping[int, str]
"""What `str.translate` makes of each wrong character."""

_DOT = "\u0307"  # the small form of İ is "i" with it
_C1 = frozenset(map(chr, range(0x80, 0xA0)))
_LATIN = ("cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-4")
"""Of two readings that are equally good the first wins."""
_LONG_RUN = deferred(re.compile, "[\xa1-\xff]{4}|[\xa1-\xff][\x80-\x9f\xa1-\xff‚-‰]{5}")
# No letter of Latin-1 or windows-1252, and no sign that they share with other charsets.
_LETTER_BEYOND = deferred(re.compile, "(?![ŒœŠšŸŽžƒˆ˜])[^\\W\\d_\x00-\xff]")
_SIGN_IN_WORD = deferred(re.compile, "(?<=[a-z])[¡£¥¦§©«¬®¯°±²³µ¶¹»¼½¾¿](?=[a-z])")
_UTF8 = deferred(re.compile, f"[Â-ß][{FOLLOW}]|[à-ï][{FOLLOW}]{{2}}|ð[{FOLLOW}]{{3}}")
_ASCII_LETTERS = deferred(re.compile, "[A-Za-z]+")
_WORD = deferred(re.compile, r"[^\W\d_]+")
_SAMPLE = 20_000
"""Number of characters by which readings are compared."""

_FIT = 0.9
"""Least share of the wrong characters that are letters or marks of a well-formed word in the right reading."""
_BAD = 3
"""Weight of a sign that no word has, against common words: a charset may differ from the right one in a letter only."""
_MARGIN = 0.03
"""By so much the best reading is better than any other, or none is sure."""
_WORDS = 4
"""Least number of words by which a script is recognised."""
_BRIEF = 20
"""With fewer words than this, one common word is enough; with more, two."""
_MANY = 5
"""This many different letters of an alphabet, none of which is in the text as it stands, prove it without words."""
_FEW = 4
"""This many letters of an alphabet are enough in a text with `_MANY` different ones, counting those that stay."""
_PLAIN = 2
"""A text in Latin letters has this many times as many of ASCII as of others."""
_SIGNS = 3
"""This many signs within words are letters."""
_STRANGE = 20
"""One letter of another alphabet is met among this many, as in names."""


def mistaken_charset(text: str, runs: str) -> Reading | None:
    r"""Return the reading of a text whose charset was taken for Latin-1 or windows-1252; None if it is right or unsure.

    `runs` are the `character_runs` of the text, or more.

    >>> text = "Совет города закрыл старый мост. Это было в мае, и все они были за.".encode("cp1251").decode("latin-1")
    >>> text.translate(mistaken_charset(text, text))[:12]
    'Совет города'
    >>> mistaken_charset("Le café était fermé à midi.", "é à") is None
    True
    """
    if runs.isascii() or (_LETTER_BEYOND.search(runs) and _LETTER_BEYOND.search(text)):
        return None
    sample = text[:_SAMPLE]
    if _LONG_RUN.search(runs) and _LONG_RUN.search(text) and not _is_utf8(sample) and (reading := _in_script(sample)):
        return reading
    if sum(map(text.count, _changing().intersection(runs))) < _SIGNS:
        return None
    letters = frozenset(runs.lower()) & _letters()
    if any(letters <= alphabet for alphabet in _alphabets().values()) and len(_SIGN_IN_WORD.findall(text)) < _SIGNS:
        return None
    found = character_runs(text)  # a letter that the text does not hold must speak neither for a reading nor against it
    return _in_latin(sample, frozenset(runs)) if found == runs else mistaken_charset(text, found)


@cache
def _table(charset: str) -> dict[int, str]:
    """Return what the characters of Latin-1 and windows-1252 are in a charset, where that differs."""
    table: dict[int, str] = {}
    for code in range(0x80, 0x100):
        byte = bytes((code,))
        right = byte.decode(charset, "replace")
        if right != "\ufffd":
            wrong = {chr(code), byte.decode("cp1252", "replace")} - {right, "\ufffd"}
            table |= {ord(char): right for char in wrong}
    return table


def _known() -> KnownLanguages:
    return known_languages(builtin_packs())


@cache
def _common(script: str) -> frozenset[str]:
    """Return the common words of two letters or more of all languages in a script."""
    known = _known()
    bits = [1 << index for index, (_, used, _) in enumerate(known.varieties) if used == script]
    return frozenset(word for word, mask in known.masks.items() if len(word) > 1 and any(mask & bit for bit in bits))


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    """Return the small letters beyond ASCII of each language that is written in Latin letters."""
    found = {pack.name: frozenset(pack.letters) for pack in builtin_packs()}
    return {name: letters for name, letters in found.items() if letters and min(letters) < "\u0250"}


class _Judged(NamedTuple):
    """A reading by script: the share of it that fits, its words, and how many different common ones are among them."""

    fit: float
    words: int
    common: int
    reading: Reading
    text: str

    @property
    def score(self) -> float:
        return _BAD * (self.fit - 1) + min(self.common, _BRIEF) / _BRIEF


def _in_script(sample: str) -> Reading | None:
    """Return the reading in another script than Latin that is sure, or None."""
    sample = _in_question(sample)
    judged = sorted(
        (_judged(sample, script, charset) for script in SCRIPTS for charset in script.charsets),
        key=lambda one: -one.score,
    )
    best = judged[0]
    rival = max([one.score for one in judged[1:] if one.text != best.text], default=-1.0 * _BAD)
    return best.reading if best.fit >= _FIT and best.score - rival >= _MARGIN and _proved(best) else None


def _in_question(sample: str) -> str:
    """Return the lines of a sample that are not ASCII: readings differ in nothing else."""
    return "\n".join([line for line in sample.split("\n") if not line.isascii()])


def _is_utf8(sample: str) -> bool:
    """Return True if nearly all that is not ASCII reads as UTF-8, which is another damage."""
    high = len(sample) - len(sample.encode("ascii", "ignore"))
    return sum(map(len, _UTF8.findall(sample))) >= _FIT * high


def _proved(judged: _Judged) -> bool:
    return judged.words >= _WORDS and (judged.common > 1 or (judged.common == 1 and judged.words < _BRIEF))


def _judged(sample: str, script: Script, charset: str) -> _Judged:
    reading = _table(charset)
    text = sample.translate(reading)
    words = script.words(text)
    good = sum(map(len, words)) + script.punctuation(text)
    high = len(text) - len(text.encode("ascii", "ignore"))
    known = _common(script.name)
    size = len(words) if script.spaced else sum(map(len, words)) // WORD_LENGTHS[script.name]
    common = len(known.intersection(map(str.lower, words))) if known else size // _WORDS
    return _Judged(min(good / max(high, 1), 1.0), size, common, reading, text)


class _Fitting(NamedTuple):
    """Which characters a charset turns into letters of a language that Latin-1 lacks, and which into anything else."""

    language: str
    reading: Reading
    fit: frozenset[str]
    misfit: frozenset[str]


@cache
def _fittings() -> tuple[_Fitting, ...]:
    found = []
    for charset in _LATIN:
        reading = _table(charset)
        table = {chr(code): right for code, right in reading.items()}
        controls = _C1 - table.keys()
        for language, alphabet in _alphabets().items():
            letters = alphabet | ({"i"} if "ı" in alphabet else set())
            fit = frozenset(wrong for wrong, right in table.items() if right.lower().rstrip(_DOT) in letters)
            misfit = frozenset(wrong for wrong, right in table.items() if right.isalpha() or right in _C1) - fit
            if fit:
                found.append(_Fitting(language, reading, fit, misfit | controls))
    return tuple(found)


@cache
def _letters() -> frozenset[str]:
    """Return the small letters of Latin-1 and windows-1252 beyond ASCII."""
    return frozenset(filter(str.isalpha, map(chr, range(0xA0, 0x100)))) | frozenset("œšžƒ")


@cache
def _changing() -> frozenset[str]:
    """Return the characters of Latin-1 and windows-1252 that are letters of some language in another charset."""
    return frozenset[str]().union(*(each.fit for each in _fittings()))


def _in_latin(sample: str, seen: Set[str]) -> Reading | None:
    """Return the reading in another alphabet of Latin letters that is sure, or None."""
    counts = Counter(sample)
    if sum(map(len, _ASCII_LETTERS.findall(sample))) < _PLAIN * sum(counts[char] for char in seen if char.isalpha()):
        return None
    words, part = frozenset(_words(sample)), _in_question(sample)
    best: tuple[int, str, Reading | None] = (0, "", None)
    for each in _fittings():
        fit = each.fit & seen
        if not fit or 2 * len(each.misfit & seen) > len(fit):
            continue
        right, wrong = (sum([counts[char] for char in chars]) for chars in (fit, each.misfit & seen))
        if wrong * _STRANGE > right or right < _SIGNS:
            continue
        text = part.translate(each.reading)
        gained = _common("Latin").intersection(_words(text)).difference(words)
        score = right - wrong + 2 * len(gained)
        if score < best[0] or text == best[1] or not _is_in(sample, each, len(gained)):
            continue
        best = score, text, each.reading if score > best[0] else None
    return best[2]


def _is_in(sample: str, each: _Fitting, gained: int) -> bool:
    """Return True if a sample, read so, is in the language: it has its words, or enough of its letters."""
    if each.language not in (_spoken(sample.translate(each.reading)) or _known().always):
        return False
    alphabet = _alphabets()[each.language]
    changed = [each.reading[ord(char)] for char in sample if char in each.fit]
    letters = {letter.lower() for letter in changed}
    if len(_SIGN_IN_WORD.findall(sample)) >= _SIGNS or len(letters) >= _MANY or (gained and len(letters) > 1):
        return True
    return len(letters | alphabet.intersection(sample)) >= _MANY and len(changed) >= _FEW


def _spoken(text: str) -> frozenset[str]:
    """Return the languages whose common words a text has, and their relatives."""
    found = home_languages(text, _known()).found
    spoken = frozenset(name for name, each in found.items() if each.by == "words" and each.rival is None)
    return spoken.union(*(group for group in RELATIVES if not group.isdisjoint(spoken)))


def _words(text: str) -> Iterator[str]:
    return map(str.lower, _WORD.findall(text))
