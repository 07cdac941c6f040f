r"""Line ends, and spaces that no writer put there.

What could be meant is kept: a space at the start of a line (poems, code, lists), tabs between words (rows of a table),
columns aligned with spaces, two spaces before the next line (a line break in Markdown), ideographic spaces, and a
no-break space beside a number, a mark, an abbreviation or a word of one letter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.lazy import deferred

_SEPARATORS = frozenset("\x0b\x1c\x1d\x1e\x1f")
"""Controls that office programs and databases put between words; without a space the words would be glued."""
_ODD = "\x0b\x1c-\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = "\r+\n?|[\n\x0c\x85\u2028\u2029]"
_SEEN = deferred(re.compile, f"[\r\x0c\x85\u2028\u2029\t{_ODD}]")
_NONE = frozenset[str]()
_BREAKS = frozenset("\r\x0c\x85\u2028\u2029")
_BLANKS = _SEPARATORS | frozenset(f" \t\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u202f\u205f\u3000")
# From the last word of a line to the first line that has words again, without the indent of that line.
_SEAM = deferred(re.compile, f"[ \t{_ODD}]*(?:(?:{_BREAK})[ \t{_ODD}]*)*(?:{_BREAK})|[ \t{_ODD}]+\\Z")
_PART = deferred(re.compile, f"(?P<end>{_BREAK})|[ \t{_ODD}]+")
_OTHER_BREAK = deferred(re.compile, "[\r\x0c\x85\u2028\u2029]")
_ODD_BLANK = deferred(re.compile, f"[{_ODD}]")
_RUN = deferred(re.compile, f"[ \t{_ODD}]{{2,}}|[\u00a0\x0b\x1c-\x1f]")
_HARD_BREAK = deferred(re.compile, r"(?<=\S)  \r*\n(?=\S)")
# A number in Roman letters, or the short form of a word (Mr, Dr, St), as far as letters show it.
_NUMERAL = deferred(re.compile, r"[IVXLCDM]{2,}(?!\w)")
_SHORT_FORM = deferred(re.compile, r"(?<!\w)(?:[IVXLCDM]{2,}|[A-Z][b-df-hj-np-tv-xz]{1,2})\u00a0")
# A no-break space that typography does not explain: between two words of two letters or more.
_UNEXPLAINED = deferred(
    re.compile, "\u00a0(?:(?<=[^\\W\\d_]{2}\u00a0)(?=[^\\W\\d_]{2})|(?<=[\u0900-\u1fff]\u00a0)(?=[\u0900-\u1fff]))"
)
_STUFFED = 3
"""This many such no-break spaces in a line, and a fifth of its spaces, come from an editor, not a typesetter."""
_PROSE_WORDS = 8
"""Least words of a line of prose, whose runs of spaces are slips."""
_LONGEST_SHORT_FORM = 8
"""Characters before a no-break space in which a short form or a numeral is looked for."""
_SLIP = 3
"""A longer run of spaces is a column, not a slip."""

FILTER_RULES: Mapping[str, str] = {
    "space.between-words": "One space separates words.",
    "space.trailing": "A line does not end in a space.",
    "space.line-end": "A line ends with a line feed.",
    "space.empty-lines": "One empty line separates blocks.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class SpaceFilter:
    r"""Propose one kind of line end, one space between words, none before a line end, one empty line between blocks.

    >>> [(edit.new, edit.rule) for edit in SpaceFilter()(Document("Daesh\u00a0 militants \r\n"))]
    [(' ', 'space.between-words'), ('', 'space.trailing'), ('', 'space.line-end')]
    """

    name: str = "space"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        text, runs = doc.text, doc.runs
        seen = set(_SEEN.findall(runs)) if runs else _NONE
        edits: list[Edit] = []
        if "  " in text or (seen and _odd(text, seen)):
            edits.extend(_within(doc if _BREAKS.isdisjoint(seen) else Document(_OTHER_BREAK.sub("\n", text)), seen))
        if places := _ragged(text, seen):
            edits.extend(_between(text, places))
        return sorted(edits) if edits else ()


def _odd(text: str, seen: Set[str]) -> bool:
    """Return True if an unusual space is beside another space, or between words that need none."""
    if not _BREAKS.isdisjoint(seen):
        return True
    blanks = seen - {"\t"}
    return (
        not _SEPARATORS.isdisjoint(seen)
        or any(
            blank + " " in text or " " + blank in text or any(blank + other in text for other in blanks)
            for blank in blanks
        )
        or ("\u00a0" in seen and _UNEXPLAINED.search(text) is not None)
    )


def _ragged(text: str, seen: Set[str]) -> list[int]:
    """Return one offset in each run of line ends that may need an edit.

    It has a space before a line end, an unusual line end, or more than one empty line.
    """
    signs = [" \n", "\n\n\n", *(sign if sign in _BREAKS else sign + "\n" for sign in seen)]
    places = [place for sign in signs if sign in text for place in _finds(text, sign)]
    if text.startswith("\n\n"):
        places.append(0)
    if text[-1:] in _BLANKS:
        places.append(len(text))
    return places


def _finds(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))


def _between(text: str, places: Iterable[int]) -> Iterator[Edit]:
    """Yield the edits between lines: spaces before a line end, the line end itself, empty lines."""
    reached = 0
    for place in sorted(places):
        begin = place
        while begin > reached and (text[begin - 1] == "\n" or text[begin - 1] in _BLANKS or text[begin - 1] in _BREAKS):
            begin -= 1
        if place < reached or not (seam := _SEAM.match(text, begin)):
            continue
        reached = seam.end()
        ends = 0 if begin else 1
        if _HARD_BREAK.match(text, begin, reached + 1):
            begin += 2
        for part in _PART.finditer(text, begin, reached):
            start, stop = part.span()
            if not part["end"]:
                yield Edit(start, stop, "", "fix", "space.trailing")
                continue
            ends += 1
            if ends > 2:
                yield Edit(start, stop, "", "fix", "space.empty-lines")
            elif part[0] == "\n":
                continue
            elif part[0].endswith("\n"):
                yield Edit(start, stop - 1, "", "fix", "space.line-end")
            else:
                yield Edit(start, stop, "\n", "fix", "space.line-end")


class _Spaces(NamedTuple):
    """The spaces of a line: separators before it, runs that must change, other runs, and where these end."""

    leading: list[int]
    odd: list[tuple[int, int]]
    even: list[tuple[int, int]]
    columns: frozenset[int]
    prose: bool


def _within(doc: Document, seen: Set[str]) -> Iterator[Edit]:
    """Yield the edits within lines: runs of spaces, and no-break spaces that an editor inserted."""
    odd, ascii_too = not seen.isdisjoint(_BLANKS), not seen.isdisjoint(_SEPARATORS)
    found = {
        number: _line_spaces(doc.start(number), line)
        for number, line in enumerate(doc.lines)
        if ("  " in line and "  " in line.strip()) or (odd and (ascii_too or not line.isascii()) and _is_odd(line))
    }
    for number, spaces in found.items():
        yield from (Edit(place, place + 1, "", "fix", "space.between-words") for place in spaces.leading)
        yield from (Edit(first, last, " ", "fix", "space.between-words") for first, last in spaces.odd)
        if spaces.prose and spaces.even and not _in_columns(number, found):
            yield from (Edit(first + 1, last, "", "fix", "space.between-words") for first, last in spaces.even)


def _is_odd(line: str) -> bool:
    return _ODD_BLANK.search(line.strip()) is not None or not _SEPARATORS.isdisjoint(line)


def _in_columns(number: int, found: Mapping[int, _Spaces]) -> bool:
    """Return True if a run of spaces ends where one does in the content line above or below."""
    columns = found[number].columns
    return any(columns & found[other].columns for other in (number - 1, number + 1) if other in found)


def _line_spaces(start: int, line: str) -> _Spaces:
    """Return the runs of spaces in a line that starts at an offset."""
    body = line.strip()
    indent = len(line) - len(line.lstrip())
    leading = [start + place for place in range(indent) if line[place] in _SEPARATORS]
    start += indent
    odd: list[tuple[int, int]] = []
    even: list[tuple[int, int]] = []
    columns = set[int]()
    stuffed = _is_stuffed(body)
    shift = indent - len(leading)  # columns count in the line as it will be, so that looking again finds the same ones
    for run in _RUN.finditer(body):
        words, place = run[0], (start + run.start(), start + run.end())
        separated = not _SEPARATORS.isdisjoint(words)
        if "\t" in words or "\u3000" in words or (words == "\u00a0" and not stuffed and _is_meant(body, run.start())):
            continue
        if words.isascii() and not separated:
            even.append(place)
            columns.add(shift + run.end())
        else:
            odd.append(place)
            shift += 1 - len(words)
    prose = indent == len(leading) and _is_prose(body) and all(last - first <= _SLIP for first, last in even)
    return _Spaces(leading, odd, even, frozenset(columns), prose)


def _is_prose(line: str) -> bool:
    return "\t" not in line and "|" not in line and len(line.split()) >= _PROSE_WORDS


def _is_stuffed(line: str) -> bool:
    """Return True if an editor inserted no-break spaces in a line."""
    if "\u00a0" not in line:
        return False
    unexplained = sum(not _is_meant(line, found.start()) for found in _UNEXPLAINED.finditer(line))
    return unexplained >= _STUFFED and unexplained * 5 >= line.count(" ") + line.count("\u00a0")


def _is_meant(line: str, place: int) -> bool:
    """Return True if typography explains the no-break space at `place`."""
    if not _UNEXPLAINED.match(line, place) or _NUMERAL.match(line, place + 1):
        return True
    short = _SHORT_FORM.search(line, max(place - _LONGEST_SHORT_FORM, 0), place + 1)
    return short is not None and short.end() == place + 1
