r"""Join what print has broken: words at line ends, ligatures, pages; for texts of scans and PDF files.

No chain has this filter.  Put it before the others, since the space filter turns form feeds into line ends:
``Cleaner([PrintFilter(), *ARTICLE])``.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.lazy import deferred

_LIGATURES: Mapping[str, str] = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "ſt",
    "\ufb06": "st",
}
_LIGATURE = deferred(re.compile, "[\ufb00-\ufb06]")
# The halves of a word are letters of which those at the break are small; a page may end there.
_BROKEN = deferred(re.compile, r"(?<!\S)[\"“„«(‘']*([^\W\d_]+)([-\u2010\u00ac])[ \t]*\n[ \t]*([^\W\d_]+)")
_WORD = deferred(re.compile, r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_NUMBER = deferred(re.compile, r"\d+")
_PAGE_NUMBER = deferred(re.compile, r"\W*(?:\d{1,4})\W*")
_PAGES = 3
"""Least number of pages that a running head, a running foot or a page number must be on."""

FILTER_RULES: Mapping[str, str] = {
    "print.hyphen": "A word that is broken at a line end is joined, unless the text has it with a hyphen.",
    "print.ligature": "A ligature becomes its letters.",
    "print.page-break": "A form feed, which begins a page, becomes a line end.",
    "print.head": "The first or last line of a page, if at least half of the pages have it but for its number.",
    "print.page-number": "The first or last line of a page, if it is the page's number.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class PrintFilter:
    r"""Propose to join broken words, to spell ligatures out, and to drop page breaks, running heads and page numbers.

    Heads and numbers are looked for only in texts whose pages begin with form feeds.

    >>> [(edit.start, edit.stop, edit.new) for edit in PrintFilter()(Document("The har-\nbour of\ufb01ce"))]
    [(7, 9, ''), (16, 17, 'fi')]
    """

    name: str = "print"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        text = doc.text
        edits = [
            Edit(found.start(), found.end(), _LIGATURES[found[0]], "fix", "print.ligature")
            for found in ([] if text.isascii() else _LIGATURE.finditer(text))
        ]
        if "-\n" in text or _BROKEN.search(text):
            edits += _joined(text)
        if "\f" in text:
            pages = sorted(_pages(text))
            edits = [*_outside(edits, [edit for edit in pages if edit.action == "drop"]), *pages]
        return sorted(edits)


def _outside(edits: Iterable[Edit], cuts: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits that no cut overlaps; the cuts are sorted."""
    starts = [cut.start for cut in cuts]
    for edit in edits:
        before = bisect_left(starts, edit.stop) - 1
        if before < 0 or cuts[before].stop <= edit.start:
            yield edit


def _joined(text: str) -> Iterator[Edit]:
    """Yield the edits that join broken words.

    A word that the text has with a hyphen keeps it, and so do two words that the text has apart from each other.
    """
    words = Counter(map(str.lower, _WORD.findall(text)))
    place = 0
    while found := _BROKEN.search(text, place):
        first, second = found[1], found[3]
        place = found.start(3)  # the second half may be broken again
        if not (first[-1].islower() and second.islower()):
            continue
        if words[f"{first}-{second}".lower()]:
            yield Edit(found.end(2), found.start(3), "", "fix", "print.hyphen")
        elif words[(first + second).lower()] or not (words[first.lower()] > 1 and words[second.lower()] > 1):
            yield Edit(found.start(2), found.start(3), "", "fix", "print.hyphen")


class _Line(NamedTuple):
    """The first or last line of a page: where it stands with its line end, and its words."""

    start: int
    stop: int
    words: str

    @property
    def key(self) -> str:
        """Return the line with its numbers folded away."""
        return " ".join(_NUMBER.sub("0", self.words).split())


def _pages(text: str) -> Iterator[Edit]:
    """Yield the edits of page breaks, and of the lines that pages repeat at their beginning or end."""
    pages = list(_edges(text))
    for breaks in re.finditer("\f", text):
        at_line = text[breaks.start() - 1 : breaks.start()] == "\n" or text[breaks.end() : breaks.end() + 1] == "\n"
        yield Edit(*breaks.span(), "" if at_line else "\n", "fix", "print.page-break")
    cut = set[int]()
    for lines in ([first for first, _ in pages], [last for _, last in pages]):
        for line, rule in _repeated(lines):
            if line.start not in cut:
                cut.add(line.start)
                yield Edit(line.start, line.stop, "", "drop", rule)


def _edges(text: str) -> Iterator[tuple[_Line, _Line]]:
    """Yield the first and the last content line of each page that has two or more."""
    start = 0
    for page in text.split("\f"):
        lines, place = [], start
        for line in page.split("\n"):
            stop = min(place + len(line) + 1, start + len(page))
            if line.strip():
                lines.append(_Line(place, stop, line.strip()))
            place = stop
        if len(lines) > 1:
            yield lines[0], lines[-1]
        start += len(page) + 1


def _repeated(lines: Sequence[_Line]) -> Iterator[tuple[_Line, str]]:
    """Yield the lines that are running heads or page numbers, each with its rule."""
    keys = Counter(line.key for line in lines)
    numbers = [line for line in lines if _PAGE_NUMBER.fullmatch(line.words)]
    values = [int(_NUMBER.findall(line.words)[0]) for line in numbers]
    if len(numbers) >= _PAGES and values == sorted(set(values)):
        yield from ((line, "print.page-number") for line in numbers)
    for line in lines:
        count = keys[line.key]
        if line not in numbers and count >= _PAGES and 2 * count >= len(lines) and line.key != "0":
            yield line, "print.head"
