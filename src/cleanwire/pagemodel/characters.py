"""Kinds of characters and numbers of words, looked up for the characters of many lines at once.

numpy is an extra, so this module and those above it (`paragraphs`, `features`, `classifier`) are imported only where
page mode is asked for.
"""

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint8]
Words = NDArray[np.uint64]

BLANK, END, CLOSER, BAR, OTHER, SIGN, STOP, QUESTION = range(8)
COMMA, JOINED, DIGIT, MARK, LOWER, UPPER, UNCASED, HANGUL = range(8, 16)
COUNT: Final = 16
"""How many kinds there are.  `JOINED` letters are of scripts that put no space between words; Hangul is as wide, but
puts spaces.  A `CLOSER` is a quotation mark or bracket, a `BAR` what menus and lists put between or before items.

Their order lets one comparison answer what is asked of every character: beyond `END` a line is not blank, beyond
`CLOSER` and `BAR` a character shows how the line begins or ends, from `JOINED` on it has a meaning, and from `DIGIT`
on it is part of a word between spaces."""

LETTERS: Final = (JOINED, LOWER, UPPER, UNCASED, HANGUL)
WIDTH: Final = np.ones(COUNT, np.float32)
"""The columns that a character of each kind takes: the number of letters that say as much."""
WIDTH[[JOINED, HANGUL]] = 2
WIDTH[[MARK, END]] = 0

_SETS = (
    (STOP, ".!…。！．｡।॥۔։።"),
    (QUESTION, "?？؟"),
    (COMMA, ",;:、，،؛：；"),
    (CLOSER, "\"'”’»“‘«›‹„‚)]）】」』〉》〕([（【「『〈《"),
    (BAR, "|/•·▪■►▶→←↑↓>–—-*‣◦●○｜／・"),
    (BLANK, "\u200b\ufeff"),
    (END, "\n"),
)
_SPECIAL = {character: kind for kind, characters in _SETS for character in characters}
_JOINED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x3400, 0x9FFF),
    (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3FFFF),
)  # fmt: skip
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7FF))
_UNKNOWN = 255
_kinds = np.full(0x110000, _UNKNOWN, np.uint8)
_words = np.zeros(0x110000, np.uint64)


def encode(text: str) -> Codes:
    """Return the code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def kinds(codes: Codes) -> Kinds:
    r"""Return the kind of each character.

    >>> kinds(encode("Aé新.\n")).tolist() == [UPPER, LOWER, JOINED, STOP, END]
    True
    """
    found = _kinds[codes]
    if found.max(initial=0) == _UNKNOWN:
        _learn(codes[found == _UNKNOWN])
        found = _kinds[codes]
    return found


def parts(codes: Codes) -> Words:
    """Return a number for each letter and digit, alike for both cases; the sums of most words differ.

    It is 0 for all else.  The characters must have been seen by `kinds`.
    """
    return _words[codes]


def _learn(codes: Codes) -> None:
    """Fill the tables for characters that are met for the first time."""
    for code in np.unique(codes).tolist():
        character = chr(code)
        kind = _kinds[code] = _kind(character, code)
        _words[code] = _mixed(ord(character.lower()[0])) if kind >= JOINED else 0


def _mixed(code: int) -> int:
    """Spread the bits of a code point over a number of 64 (splitmix64)."""
    mask = (1 << 64) - 1
    code = code * 0x9E3779B97F4A7C15 & mask
    code = (code ^ code >> 30) * 0xBF58476D1CE4E5B9 & mask
    return code ^ code >> 31


def _kind(character: str, code: int) -> int:
    if (special := _SPECIAL.get(character)) is not None:
        return special
    if character.isspace():
        return BLANK
    category = unicodedata.category(character)
    if category == "Nd":
        return DIGIT
    if category[0] in "LNM":
        if _within(code, _JOINED):
            return JOINED
        if category[0] == "M":
            return MARK
        if _within(code, _HANGUL):
            return HANGUL
        return UPPER if category in ("Lu", "Lt") else LOWER if category == "Ll" else UNCASED
    return SIGN if category[0] == "S" else OTHER


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
