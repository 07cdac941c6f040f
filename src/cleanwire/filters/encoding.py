r"""Repair text that was decoded with the wrong charset, escaped twice, or contains controls: with ftfy, line by line.

ftfy says what a line should read; this filter says which lines it must see (by `cleanwire.mojibake` and two small
searches), leaves style alone, and finds the smallest edits between the damaged line and the repaired one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.mojibake.lines import charsets, foreign, garbled, may_be_garbled
from cleanwire.mojibake.tables import suspicion
from cleanwire.text.runs import character_runs, lines_with_offsets

if TYPE_CHECKING:
    from types import ModuleType

    from ftfy import TextFixerConfig

_ENTITY = deferred(re.compile, r"&#?[0-9A-Za-z]{1,24};")
_MARKUP = deferred(re.compile, r"<[A-Za-z/!?]")
# What can be seen to be wrong without a neighbour: controls, C1, halves of a surrogate pair, annotation marks.
_STRAY = deferred(re.compile, "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u206a-\u206f\ud800-\udfff\ufff9-\ufffc]")
# What ftfy repairs besides charsets: references, escapes of terminals, halves of surrogate pairs.
_MORE = deferred(re.compile, "[&\x1b\ud800-\udfff]")
_CONTROL = deferred(re.compile, "[\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffc]+")
_ESCAPE = deferred(re.compile, "(?:\x1b\\[[\\d;]*[a-zA-Z])+")
_C1 = re.compile("[\x80-\x9f]")
# U+0085 is an ellipsis of windows-1252 or a line end.  A single one directly before a capital ends a line.
_LINE_END = deferred(re.compile, "(?<![\x80-\xff])\x85(?=[^\\W\\d_])")

FILTER_RULES: Mapping[str, str] = {
    "encoding.mojibake": "UTF-8 that was decoded with another charset is decoded as UTF-8.",
    "encoding.entity": "A character reference is replaced by its character, unless the line contains markup.",
    "encoding.control": "A control character without use in a text.",
    "encoding.escape": "A terminal escape sequence.",
    "encoding.surrogate": "Half of a surrogate pair, or the two halves of one character.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class EncodingFilter:
    r"""Propose to repair mojibake, character references, stray controls and terminal escapes.

    Every line is read for itself, so that one line never changes what happens to another.  References stay in a line
    that holds markup, since there they are meant as they stand.

    >>> [(edit.new, edit.rule) for edit in EncodingFilter()(Document("caf\u00c3\u00a9 R&amp;D"))]
    [('é', 'encoding.mojibake'), ('&', 'encoding.entity')]
    """

    name: str = "encoding"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        runs = doc.runs
        if not runs:
            return ()
        damaged: dict[int, str] = {}
        if may_be_garbled(runs):
            damaged.update(garbled(doc.text, runs))
            others = ((start, line) for start, line in foreign(doc.text, runs) if start not in damaged)
            damaged.update([(start, line) for start, line in others if _reread(line) != line])
        if _STRAY.search(runs) or ("&" in runs and _ENTITY.search(doc.text)):
            lines = lines_with_offsets(doc.text)
            damaged.update((start, line) for start, line in lines if _STRAY.search(line) or _ENTITY.search(line))
        return [edit for start, line in sorted(damaged.items()) for edit in _edits(start, line)]


def _edits(start: int, line: str) -> Iterator[Edit]:
    fixed = settle(line)
    if fixed != line:
        for first, last, new in _changes(line, fixed):
            yield Edit(start + first, start + last, new, "fix", _rule(line[first:last]))


def settle(line: str) -> str:
    r"""Return `line` as it should read; doing it again changes nothing.

    >>> settle("caf\u00c3\u0192\u00c2\u00a9 R&amp;amp;D")
    'café R&D'
    """
    cuts = [match.start() for match in _LINE_END.finditer(line) if line[match.end()].upper() == line[match.end()]]
    if cuts and len(_C1.findall(line)) == len(cuts):
        parts = zip([0, *(cut + 1 for cut in cuts)], [*cuts, None], strict=True)
        repaired = "\x85".join(settle(line[begin:end]) for begin, end in parts)
        return repaired if repaired == line else settle(repaired)
    while True:
        repaired = _repair(line)
        settled = _CONTROL.sub("", _ESCAPE.sub("", _reread(repaired)))
        if "\n" in settled:
            return "\n".join(map(settle, settled.split("\n")))
        # What ftfy returns it would not change again, unless what was meant as it stands now reads otherwise.
        if settled == repaired and (_MARKUP.search(line) is None) == (_MARKUP.search(repaired) is None):
            return settled
        line = settled


def _repair(line: str) -> str:
    """Return what ftfy makes of a line; where only its charset can be wrong, that alone is asked for."""
    ftfy, config = _ftfy()
    if not _MORE.search(line):
        repaired = _decode_again(line)
        if not _MORE.search(repaired):
            return repaired
    return str(ftfy.fix_text_segment(line, config._replace(unescape_html=not _MARKUP.search(line))))


def _decode_again(line: str) -> str:
    """Return what ``ftfy.fix_encoding`` does, which goes on until it sees no mojibake.

    That there is none left the gate says in a twentieth of the time; so we take the steps ourselves.  One step is a
    private word of ftfy, which is held to its minor version for that; a test compares the two.
    """
    ftfy, config = _ftfy()
    while True:
        repaired: str = ftfy._fix_encoding_one_step_and_explain(line, config).text
        if repaired == line or not may_be_garbled(character_runs(repaired)):
            return repaired
        line = repaired


@cache
def _ftfy() -> "tuple[ModuleType, TextFixerConfig]":
    """Return ftfy, set to leave style alone; its import costs more than most texts, which never need it."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return ftfy, config


_SURE = 3
"""This many UTF-8 sequences, and nothing beside them that is not UTF-8, are not an accident."""


def _reread(line: str) -> str:
    """Read `line` as the UTF-8 that it was before it was read as another charset, where that is beyond doubt."""
    for charset in charsets(line):
        found = suspicion().sequences[charset][1].findall(line)
        if not found:
            continue
        if len(found) >= _SURE:
            try:
                fixed = line.encode(charset).decode()
            except UnicodeError:
                pass
            else:
                if _plausible(fixed):
                    return fixed
        line = _glued(charset).sub(partial(_decoded, charset), line)
    return line


def _plausible(text: str) -> bool:
    return all(char.isascii() or char.isprintable() or char in "\u00a0\u00ad\u200b\u200c\u200d\ufeff" for char in text)


@cache
def _glued(charset: str) -> re.Pattern[str]:
    """Return the pattern of one such sequence inside a Latin word: after a small letter, and before one or an end."""
    return re.compile(f"(?<=[a-z]){suspicion().sequences[charset][1].pattern}(?=[a-z])")


def _decoded(charset: str, match: re.Match[str]) -> str:
    """Return the small Latin letter that the matched sequence was; anything else stays as it is."""
    sequence = match[0]
    try:
        char = sequence.encode(charset).decode()
    except UnicodeError:
        return sequence
    return char if "\u00df" <= char <= "\u017f" and char.islower() else sequence


_FOREIGN = deferred(re.compile, "([^\x00-\x7f]+)")
_TOKEN = deferred(re.compile, "&#?[0-9A-Za-z]{1,24};|\x1b\\[[\\d;]*[a-zA-Z]|[0-9A-Za-z]+|[^\x00-\x7f]+|[\\s\\S]")
_REACH = 48
"""How far the two readings of a line may drift apart, in tokens, before the rest of it is one edit."""


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield where `old` must change to read as `new`, as small as a walk along both finds; linear in their length."""
    a, b = _FOREIGN.split(old), _FOREIGN.split(new)
    if a[::2] == b[::2]:  # the plain words between are the same, as nearly always
        place = 0
        for before, words, fresh in zip(a[::2], a[1::2], b[1::2], strict=False):
            place += len(before)
            if words != fresh:
                yield from _trimmed(place, words, fresh)
            place += len(words)
        return
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    i = j = place = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            place += len(a[i])
            i, j = i + 1, j + 1
            continue
        to_a, to_b = _meet(a, b, i, j)
        words, fresh = "".join(a[i:to_a]), "".join(b[j:to_b])
        yield from _trimmed(place, words, fresh)
        place += len(words)
        i, j = to_a, to_b


def _meet(a: list[str], b: list[str], i: int, j: int) -> tuple[int, int]:
    """Return the nearest places from `i` and `j` on at which both go on alike: with a word, or two tokens."""
    for distance in range(1, _REACH):
        for ahead in range(distance + 1):
            x, y = i + ahead, j + distance - ahead
            if a[x : x + 2] == b[y : y + 2] and (x < len(a) or y >= len(b)):
                return x, y
            if a[x : x + 1] == b[y : y + 1] and "".join(a[x : x + 1]).isalnum():
                return x, y
    return len(a), len(b)


def _trimmed(place: int, old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the one change from `old`, which stands at `place`, to `new`, without what both have in common."""
    if _ENTITY.search(old):
        yield place, place + len(old), new
        return
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    if head < max(len(old), len(new)):
        yield place + head, place + len(old) - tail, new[head : len(new) - tail]


def _rule(words: str) -> str:
    """Name the damage by what stood there."""
    if _ENTITY.match(words):
        return "encoding.entity"
    if _ESCAPE.fullmatch(words):
        return "encoding.escape"
    if _CONTROL.fullmatch(words):
        return "encoding.control"
    if words and all("\ud800" <= char <= "\udfff" for char in words):
        return "encoding.surrogate"
    return "encoding.mojibake"
