r"""Repair text that was decoded with the wrong charset, escaped twice, or contains controls: with ftfy, line by line.

ftfy says what a line should read; this filter says which lines it must see (by `cleanwire.mojibake` and two small
searches), leaves style alone, and finds the smallest edits between the damaged line and the repaired one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.mojibake.charset import mistaken_charset
from cleanwire.mojibake.lines import foreign, garbled, may_be_garbled
from cleanwire.mojibake.reread import first_letters, reread
from cleanwire.text.changes import changes
from cleanwire.text.references import may_hold_references, references
from cleanwire.text.runs import character_runs, lines_with_offsets

if TYPE_CHECKING:
    from types import ModuleType

    from ftfy import TextFixerConfig

_MARKUP = deferred(re.compile, r"<[A-Za-z/!?]")
# What can be seen to be wrong without a neighbour: controls, C1, halves of a surrogate pair, annotation marks.
_STRAY = deferred(re.compile, "[\x00-\x08\x0e-\x1b\x7f-\x9f\u206a-\u206f\ud800-\udfff\ufff9-\ufffc]")
_SURROGATES = deferred(re.compile, "[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_CONTROLS = "[\x00-\x08\x0e-\x1b\x7f\u206a-\u206f\ufff9-\ufffc]+"
_CONTROL = deferred(re.compile, _CONTROLS)
# Controls that can separate words; in a text with other controls they are noise.
_SEPARATOR = "(?<=[^\\W\\d_])[\x0b\x1c-\x1f](?=[^\\W\\d_])"
_WITHIN_WORD = deferred(re.compile, _SEPARATOR)
_DROPPED = deferred(re.compile, f"{_CONTROLS}|{_SEPARATOR}")
NOISE = deferred(re.compile, "[\x00-\x08\x0e-\x1a\x7f]")
"""Controls that neither separate words nor begin an escape."""
_ESCAPE = deferred(re.compile, "(?:\x1b\\[[\\d;]*[a-zA-Z])+")
_C1 = re.compile("[\x80-\x9f]")
# A line of these characters needs no more than that C1 is read as windows-1252, and that controls go.
_SIMPLE = deferred(re.compile, "[\x00-\x1a\x1c-%'-:<-\x84\x86-\x9f]*")
# U+0085 is an ellipsis of windows-1252 or a line end.  A single one directly before a capital ends a line.
_LINE_END = deferred(re.compile, "(?<![\x80-\xff])\x85(?=[^\\W\\d_])")
_LEVELS = 8
"""Maximum number of times that a line was damaged; deeper damage is left to the next round of the chain."""

FILTER_RULES: Mapping[str, str] = {
    "encoding.charset": "A text in a charset of one byte a character that was decoded as Latin-1 or windows-1252.",
    "encoding.mojibake": "UTF-8 that was decoded with another charset is decoded as UTF-8.",
    "encoding.entity": "A character reference is replaced by its character, unless the line contains markup.",
    "encoding.control": "A control character without use in a text.",
    "encoding.escape": "A terminal escape sequence.",
    "encoding.surrogate": "Half of a surrogate pair, or the two halves of one character.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class EncodingFilter:
    r"""Propose to repair mojibake, mistaken charsets, character references, stray controls and terminal escapes.

    Every line is read for itself, so that one line never changes what happens to another; only the charset of a text
    is found by all of it.  References stay in a line that holds markup, since there they are meant as they stand.

    >>> [(edit.new, edit.rule) for edit in EncodingFilter()(Document("caf\u00c3\u00a9 R&amp;D"))]
    [('é', 'encoding.mojibake'), ('&', 'encoding.entity')]
    """

    name: str = "encoding"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        text, runs = doc.text, doc.runs
        if not runs and not may_hold_references(text):
            return ()
        if reading := mistaken_charset(text, runs):
            return list(_read_again(text, reading))
        noisy = NOISE.search(runs) is not None
        damaged = _damaged(text, runs, noisy)
        if not damaged:
            return ()
        settled = {line: repaired(line, noisy) for line in set(damaged.values())}
        return [
            Edit(start + first, start + last, new, "fix", rule)
            for start, line in sorted(damaged.items())
            if settled[line] != line
            for first, last, new, rule in _edits(line, settled[line])
        ]


def _damaged(text: str, runs: str, noisy: bool) -> dict[int, str]:
    """Return the lines that may need a repair, by their offsets."""
    damaged: dict[int, str] = {}
    if may_be_garbled(runs):
        damaged.update(garbled(text, runs))
        others = ((start, line) for start, line in foreign(text, runs) if start not in damaged)
        damaged.update([(start, line) for start, line in others if reread(line) != line])
    damaged.update(first_letters(text, runs))
    referring = may_hold_references(text)
    if referring or _STRAY.search(runs):
        lines = lines_with_offsets(text)
        damaged.update(
            (start, line)
            for start, line in lines
            if _STRAY.search(line) or (referring and may_hold_references(line)) or (noisy and _WITHIN_WORD.search(line))
        )
    return damaged


def _read_again(text: str, reading: Mapping[int, str]) -> Iterator[Edit]:
    """Yield the edits of a text whose charset was mistaken; what else is wrong with its lines is repaired with it."""
    for start, line in lines_with_offsets(text):
        fixed = settle(line.translate(reading))
        if fixed != line:
            for first, last, new in changes(line, fixed):
                rule = _rule(line[first:last])
                rule = "encoding.charset" if rule == "encoding.mojibake" else rule
                yield Edit(start + first, start + last, new, "fix", rule)


def _edits(line: str, fixed: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, stop, new text and rule of each change of a line."""
    found = list(references(line)) if may_hold_references(line) else []
    if found and _replaced(line, found) == fixed:
        yield from ((start, stop, new, "encoding.entity") for start, stop, new in found)
        return
    if _DROPPED.sub("", line) == fixed:
        yield from ((*match.span(), "", "encoding.control") for match in _DROPPED.finditer(line))
        return
    for start, stop, new in changes(line, fixed):
        yield start, stop, new, _rule(line[start:stop])


def repaired(line: str, noisy: bool) -> str:
    r"""Return a line as `settle` does, and if the text is noisy without controls within words.

    >>> repaired("sta\x0btion", noisy=True)
    'station'
    """
    fixed = settle(line)
    return settle(_WITHIN_WORD.sub("", fixed)) if noisy and _WITHIN_WORD.search(fixed) else fixed


def settle(line: str) -> str:
    r"""Return `line` as it should read; doing it again changes nothing, unless it was damaged very many times.

    >>> settle("caf\u00c3\u0192\u00c2\u00a9 R&amp;amp;D")
    'café R&D'
    """
    if _SIMPLE.fullmatch(line):
        return line if line.isprintable() else _CONTROL.sub("", line.translate(_windows()))
    cuts = [match.start() for match in _LINE_END.finditer(line) if line[match.end()].upper() == line[match.end()]]
    if cuts and len(_C1.findall(line)) == len(cuts):
        joined = "\x85".join(settle(line[before + 1 : end]) for before, end in pairwise((-1, *cuts, len(line))))
        return joined if joined == line else settle(joined)
    for _ in range(_LEVELS):
        corrected = _repair(line)
        settled = _CONTROL.sub("", _ESCAPE.sub("", reread(corrected)))
        if "\n" in settled:
            return "\n".join(map(settle, settled.split("\n")))
        if settled == corrected:  # what ftfy returns it would not change again
            return settled
        line = settled
    return line


def _repair(line: str) -> str:
    """Return what ftfy makes of a line: of its surrogates, its references, and its charset."""
    if not line.isascii():
        line = _SURROGATES.sub(_joined, line)
    for _ in range(_LEVELS):
        if not may_hold_references(line) or _MARKUP.search(line):
            break
        replaced = _replaced(line, references(line))
        if replaced == line:
            break
        line = replaced
    return line if line.isascii() else _decode_again(line)


def _joined(match: re.Match[str]) -> str:
    halves = match[0]
    return halves.encode("utf-16", "surrogatepass").decode("utf-16") if len(halves) == 2 else "\ufffd"


def _replaced(line: str, found: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    reached = 0
    for start, stop, new in found:
        parts += (line[reached:start], new)
        reached = stop
    return "".join([*parts, line[reached:]])


@cache
def _windows() -> dict[int, str]:
    """Return what C1 controls are in windows-1252; those that it lacks are left."""
    decoded = {code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
    return {code: char for code, char in decoded.items() if char}


def _decode_again(line: str) -> str:
    """Return what ``ftfy.fix_encoding`` does, which goes on until it sees no mojibake.

    That there is none left the gate says in a twentieth of the time; so we take the steps ourselves.  One step is a
    private word of ftfy, which is held to its minor version for that; a test compares the two.
    """
    if not may_be_garbled(character_runs(line)):
        return line
    ftfy, config = _ftfy()
    while True:
        decoded: str = ftfy._fix_encoding_one_step_and_explain(line, config).text
        if decoded == line or not may_be_garbled(character_runs(decoded)):
            return decoded
        line = decoded


@cache
def _ftfy() -> "tuple[ModuleType, TextFixerConfig]":
    """Return ftfy and its configuration, of which the step that we take reads what is of charsets, and no style.

    Its import costs more than most texts, which never need it.
    """
    import ftfy

    return ftfy, ftfy.TextFixerConfig()


def _rule(words: str) -> str:
    """Name the damage by what stood there."""
    if may_hold_references(words):
        return "encoding.entity"
    if _ESCAPE.fullmatch(words):
        return "encoding.escape"
    if _CONTROL.fullmatch(words) or _WITHIN_WORD.match(f"a{words}a", 1):
        return "encoding.control"
    if words and all("\ud800" <= char <= "\udfff" for char in words):
        return "encoding.surrogate"
    return "encoding.mojibake"
