r"""Remove invisible characters that should not be there, and compose letters with their marks.

Joiners are kept where a script or an emoji needs them: in Arabic, Persian and the scripts of India and its neighbours
they change what is read.  So are marks of direction in a line with letters that are written from right to left.
Variation selectors and the tags in the flags of regions stay everywhere.  Letters that NFC takes apart, such as those
with a dot in Bengali, stay whole: keyboards write them so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category, combining, is_normalized, normalize

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.text.runs import lines_with_offsets

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO = "\u180e\u200b-\u200d\u2060\ufeff"
_HIDDEN = deferred(re.compile, f"[\u00ad{_BIDI}{_ZERO}]")
_HIDDEN_RUN = deferred(re.compile, f"[\u00ad{_BIDI}{_ZERO}]+")
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_RIGHT_TO_LEFT = deferred(
    re.compile, "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_RULES = {
    "\u00ad": "unicode.soft-hyphen",
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "unicode.bidi"),
    **dict.fromkeys("\u180e\u200b\u200c\u200d\u2060\ufeff", "unicode.zero-width"),
}
# All but the characters that are in sight and that NFC leaves as they are, whatever stands beside them.
_UNSETTLED = deferred(
    re.compile,
    "[^\x00-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2002-\u200a\u2010-\u2029\u202f-\u205f\u2070-\u20cf\u3001-\u3029\u3040-\u3098\u309d-\ua66e\uac00-\ud7a3\uff01-\uffef]",
)
# Scripts whose letters are shaped or joined by ZWJ and ZWNJ; the second, without spaces between words, marks with
# ZWSP where a line may break.
_JOINING = deferred(
    re.compile,
    "[\u0600-\u06ff\u0700-\u07ff\u0840-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1bff\ua840-\ua87f"
    "\ua8e0-\ua95f\ua980-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010bff\U00011000-\U00011fff\U0001e900-\U0001e95f]",
)
_UNSPACED = deferred(re.compile, "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19ff]")
# Vowels and tones that no word of theirs begins with.
_BOUND = deferred(
    re.compile, "[\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3]"
)
_PICTURE = deferred(re.compile, "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]")
_PICTURE_PART = deferred(re.compile, "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
# Letters that NFC takes apart, and never puts together again.
_WHOLE = deferred(
    re.compile,
    "[\u0958-\u095f\u09dc\u09dd\u09df\u0a33\u0a36\u0a59-\u0a5b\u0a5e\u0b5c\u0b5d\u0f43\u0f4d\u0f52\u0f57\u0f5c\u0f69"
    "\u0f76\u0f78\u0f93\u0f9d\u0fa2\u0fa7\u0fac\u0fb9\u2adc\ufb1d\ufb1f\ufb2a-\ufb36\ufb38-\ufb3c\ufb3e\ufb40\ufb41\ufb43"
    "\ufb44\ufb46-\ufb4e\U0001d15e-\U0001d164\U0001d1bb-\U0001d1c0]",
)
_STARTER = "\ue000"
"""Stands for a letter that stays whole while the others are composed; it combines with nothing."""
# Characters that combine with the one before them though they are no marks: vowel signs, and letters of Hangul.
_SECOND = deferred(
    re.compile,
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u0f73\u0f75\u0f81\u102e\u1161-\u1175\u11a8-\u11c2\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930]",
)
_ORDERED = 32
"""Longer parts are sorted before they are composed: the time that `normalize` takes to sort marks grows as a square."""

FILTER_RULES: Mapping[str, str] = {
    "unicode.nfc": "A letter followed by its combining mark becomes one character (NFC).",
    "unicode.soft-hyphen": "An invisible soft hyphen.",
    "unicode.bidi": "A bidi control character, copied along with the text.",
    "unicode.zero-width": "A zero-width character that neither the script nor an emoji needs there.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class UnicodeFilter:
    r"""Propose NFC, and to remove BOMs, zero-width characters, bidi controls and soft hyphens.

    >>> [(edit.start, edit.new, edit.rule) for edit in UnicodeFilter()(Document("e\u0301t\u200be"))]
    [(0, 'é', 'unicode.nfc'), (3, '', 'unicode.zero-width')]
    """

    name: str = "unicode"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        runs = doc.runs
        if runs.isascii() or not _UNSETTLED.search(runs):
            return ()
        loose = not _is_composed(doc.text)
        if not loose and not _HIDDEN.search(runs):
            return ()
        return [
            edit
            for start, line in lines_with_offsets(doc.text)
            if not line.isascii() and (_HIDDEN.search(line) or (loose and not _is_composed(line)))
            for edit in _edits(start, line)
        ]


def _is_composed(text: str) -> bool:
    return is_normalized("NFC", text) or (
        bool(_WHOLE.search(text)) and is_normalized("NFC", _WHOLE.sub(_STARTER, text))
    )


def _edits(start: int, line: str) -> list[Edit]:
    directed = not _DIRECTIONS.isdisjoint(line) and _RIGHT_TO_LEFT.search(line) is not None
    hidden = [place for run in _HIDDEN_RUN.finditer(line) for place in _removable(line, *run.span(), directed)]
    kept = line
    if hidden:
        gone = set(hidden)
        places = [place for place in range(len(line)) if place not in gone]
        kept = "".join([line[place] for place in places])
    edits, covered = [], set[int]()
    if not _is_composed(kept):
        for begin, end, composed in _compositions(kept):
            first, last = (places[begin], places[end - 1] + 1) if hidden else (begin, end)
            edits.append(Edit(start + first, start + last, composed, "fix", "unicode.nfc"))
            covered.update(range(first, last))
    edits.extend(
        Edit(start + first, start + last, "", "fix", rule)
        for rule, first, last in _runs(line, [place for place in hidden if place not in covered])
    )
    return sorted(edits)


def _removable(line: str, begin: int, end: int, directed: bool) -> Iterator[int]:
    """Yield the places of the hidden characters that can go, in a run of them; only its first can be needed."""
    for place in range(begin + _needed(line, begin), end):
        if not directed or line[place] not in _DIRECTIONS:
            yield place


def _runs(line: str, places: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    """Yield `places` in runs of neighbours with the same rule."""
    for (rule, _), run in groupby(enumerate(places), lambda pair: (_RULES[line[pair[1]]], pair[1] - pair[0])):
        spots = [place for _, place in run]
        yield rule, spots[0], spots[-1] + 1


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of `text` that NFC changes, with what becomes of them; a letter that stays whole comes first."""
    for begin, end in _segments(text):
        part = text[begin:end]
        if part.isascii() or is_normalized("NFC", part):
            continue
        whole = _WHOLE.match(part) is not None
        composed = normalize("NFC", _in_order((_STARTER if whole else part[0]) + part[1:]))
        composed = part[0] + composed[1:] if whole else composed
        if composed != part:
            yield begin, end, composed


def _in_order(part: str) -> str:
    """Return `part` with each run of its marks in canonical order, which `normalize` then need not sort."""
    if len(part) <= _ORDERED:
        return part
    runs = (list(run) for _, run in groupby(part, lambda char: combining(char) > 0))
    return "".join([char for run in runs for char in sorted(run, key=combining)])


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of `text` that normalize independently."""
    begin = 0
    for place in range(1, len(text)):
        char = text[place]
        if char < "\u0300" or (combining(char) == 0 and not _SECOND.match(char)):
            yield begin, place
            begin = place
    yield begin, len(text)


def _needed(line: str, place: int) -> bool:
    """Return True if its script or its emoji needs the hidden character at `place`, the first of a run of them."""
    char = line[place]
    if char not in "\u180e\u200b\u200c\u200d" or place == 0:
        return False
    before, after = line[place - 1], line[place + 1 : place + 2]
    if char == "\u180e":
        return "\u1800" <= before <= "\u18af"
    if char == "\u200b":
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after)) and not _BOUND.match(after)
    if _joins(line, place) or (char == "\u200c" and before.isalnum() and _JOINING.match(after)):
        return True
    picture = _PICTURE.match(before) or _PICTURE_PART.match(before)
    return char == "\u200d" and bool(picture and _PICTURE.match(after)) and category(before) != "Lo"


def _joins(line: str, place: int) -> bool:
    """Whether the letter before `place`, or one of its marks, in whatever order they stand, is of a joining script."""
    while place > 0 and not _HIDDEN.match(line[place - 1]):
        place -= 1
        if _JOINING.match(line[place]):
            return True
        if not combining(line[place]):
            return False
    return False
