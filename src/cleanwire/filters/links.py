r"""Link numbers of a text renderer with the list of their addresses, words for pictures, marks of chat assistants.

Programs that make text of HTML (html2text and its kin, lynx, elinks, Crawl4AI) number the links and print their
addresses at the end: ``the [bridge][1]``, ``the [1]bridge`` or ``the bridge⟨1⟩``, with ``[1]: https://…``,
``1. https://…`` or ``⟨1⟩ https://…: A bridge`` below.  Of use to a reader of
the page, they are neither words of the story nor Markdown that anyone wrote.  Only where both are there, number and
address, is it sure what they are; the footnotes of a writer stay.

Chat assistants mark their sources in a notation of their own, which is left where an answer is copied:
``:contentReference[oaicite:3]{index=3}``, ``【4†source】``, ``citeturn0search0``.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from cleanwire.document import Document, Piece
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.packs.load import load_builtin
from cleanwire.packs.words import joined
from cleanwire.views.markdown_signs import is_documentation

_BRACKET = deferred(re.compile, r"\]\[(?P<number>\d{1,4})\]|[\[\]]|\n[ \t]*\n")
_BEFORE = deferred(re.compile, r"\[(\d{1,4})\]")
_MARKDOWN = deferred(re.compile, r"\s*\[(\d{1,4})\]:\s?(?=\S*[:/#@?.])\S+(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*")
_NUMBERED = deferred(
    re.compile, r"\s*(\d{1,4})\.\s+(?:[a-z][a-z0-9+.-]*://\S+|(?:mailto|javascript|tel|sms|data|about):.+)\s*"
)
_BEHIND = deferred(re.compile, r"⟨(\d{1,4})⟩")
_ANGLED = deferred(re.compile, r"\s*⟨(\d{1,4})⟩\s+[a-z][a-z0-9+.-]*:\S*(?:\s.*)?")
_LEAD = deferred(re.compile, r"[\s#>*+-]*")
_CITED = ("oaicite", "†", "turn0", "turn1", "oai_citation")
"""What a text with marks of a chat assistant holds."""
_CITATION = deferred(
    re.compile,
    r"[ \t]?(?::contentReference\[oaicite:\d+\](?:\{index=\d+\})?"
    r"|【\d+(?::\d+)?†[^】\n]{0,60}】"
    r"|\ue200[^\ue201\n]{0,200}\ue201"
    r"|(?<!\w)(?:(?:file)?cite|navlist)(?:turn\d{1,2}[a-z]{4,8}\d{1,3})+"
    r"|\(?\[oai_citation:\d+‡[^\]\n]{0,80}\]\([^)\s]{0,300}\)\)?)",
)
_WRAPPED = 60
"""An address in a line this long or longer may go on in the next: renderers wrap it at the width of the page."""


class _Form(NamedTuple):
    """How a renderer numbers links: the first number, its numbers in the text, and the lines of its addresses.

    `is_cited` says that writers number their sources in the same form.
    """

    first: str
    number: re.Pattern[str]
    address: re.Pattern[str]
    is_cited: bool


_FORMS = (_Form("[1]", _BEFORE, _NUMBERED, is_cited=True), _Form("⟨1⟩", _BEHIND, _ANGLED, is_cited=False))

FILTER_RULES: Mapping[str, str] = {
    "links.mark": "The number that a text renderer wrote for a link, if the list of the addresses is in the text too.",
    "links.address": "The address of a link whose number was in the text, or the heading of the list of addresses.",
    "links.citation": "The mark of a source in the answer of a chat assistant, in the assistant's own notation.",
    "links.image": "Words in brackets on a line of their own, which describe a picture.",
}
"""The rules that no pack holds, with what they are for."""


@dataclass(frozen=True)
class LinksFilter:
    r"""Propose to remove link numbers from lines, to drop their addresses, and to extract what stands for pictures.

    Where the addresses are listed as in Markdown, lines that are nothing but words in brackets, above or below a
    paragraph, are what the page says of a picture to those who do not see it; they go to the action of captions.

    >>> text = "The [bridge][1] is open.\n\n[A red bridge]\n\n[1]: https://example.org/bridge"
    >>> for edit in sorted(LinksFilter()(Document(text))):
    ...     print(edit.action, edit.rule, edit.part, text[edit.start : edit.stop].strip())
    fix links.mark None [
    fix links.mark None ][1]
    caption links.image label [
    caption links.image None A red bridge
    caption links.image label ]
    drop links.address None [1]: https://example.org/bridge
    """

    name: str = "links"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the edits of citations, and in a text without them of marks, addresses and images."""
        if any(map(doc.text.__contains__, _CITED)):
            found = [mark.span() for mark in _CITATION.finditer(doc.text)]
            if found:
                return [Edit(start, stop, "", "fix", "links.citation") for start, stop in found]
        # One character is looked for many times as fast as three.
        forms = [form for form in _FORMS if form.first[-1] in doc.text and form.first in doc.text]
        if not forms or is_documentation(doc.text):  # the author of documentation numbered the addresses
            return ()
        if "[1]" in doc.text and (known := dict(_addresses(doc, _MARKDOWN))):
            marks, images = _brackets(doc.text, frozenset(known.values()))
            return _edits(doc, marks, images, known) if marks else ()
        return next(filter(None, (_numbers(doc, form) for form in forms)), ())


def _numbers(doc: Document, form: _Form) -> Iterable[Edit]:
    """Return the edits of the numbers of links and of their addresses, which stand below a heading."""
    if not (known := dict(_addresses(doc, form.address))):
        return ()
    listed = frozenset(known.values())
    found = [mark for mark in form.number.finditer(doc.text) if mark[1] in listed]
    marks = [mark.span() for mark in (_of_renderer(doc.text, found) if form.is_cited else found)]
    headings = list(_headings(doc, min(known), max(known))) if marks else ()
    return _edits(doc, marks, (), [*known, *headings]) if headings else ()


def _of_renderer(text: str, marks: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the numbers in brackets that are of links: they stand before words, or before a picture, which leaves none.

    A renderer writes each number once; a writer repeats it, and sets it behind words.
    """
    times = Counter(mark[1] for mark in marks)
    for mark in marks:
        if times[mark[1]] == 1 or not text[mark.end() : mark.end() + 1].isspace():
            yield mark


def _addresses(doc: Document, form: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that list the address of a link, with its number; an address may go on in the next line."""
    lines, last = doc.lines, -1
    for number, line in enumerate(lines):
        if number <= last or ":" not in line or not (found := form.fullmatch(line)):
            continue
        yield number, found[1]
        last = number
        while len(lines[last]) >= _WRAPPED and _goes_on(doc, last + 1, form):
            last += 1
            yield last, found[1]


def _goes_on(doc: Document, number: int, form: re.Pattern[str]) -> bool:
    """Return True if a line is the rest of the address above it: one word in ASCII, and not an address itself."""
    if number == len(doc.lines) or doc.gap(number):
        return False
    line = doc.lines[number]
    return line.isascii() and len(line.split()) == 1 and not form.fullmatch(line)


def _headings(doc: Document, first: int, last: int) -> Iterator[int]:
    """Yield the lines of headings right above a list of addresses, and within it."""
    lines, headings = doc.lines, joined([load_builtin("any")], "link_headings")
    above = first
    while above and _heading(lines[above - 1]) in headings:
        above -= 1
        yield above
    yield from (number for number in range(first, last) if _heading(lines[number]) in headings)


def _heading(line: str) -> str:
    """Return the words of a heading."""
    return line.strip(" \t\u00a0#")


class _Image(NamedTuple):
    """Words in brackets that are not a link: where they begin and end, and where what belongs to them does."""

    start: int
    stop: int
    words: tuple[int, int]


def _brackets(text: str, numbers: Collection[str]) -> tuple[list[tuple[int, int]], list[_Image]]:
    """Find the brackets of the links with these `numbers`, and words in other brackets; both pair in a paragraph."""
    marks: list[tuple[int, int]] = []
    images: list[_Image] = []
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        start, stop = found.span()
        if found[0] == "[":
            opened.append(start)
        elif found[0][0] == "\n":
            opened.clear()
        elif opened:
            begin = opened.pop()
            if not found["number"]:
                if any(map(str.isalnum, text[begin + 1 : start])):  # "[…]" stands for words that were left out
                    images.append(_Image(begin, stop, (begin + 1, start)))
            elif found["number"] in numbers:
                marks += ((begin, begin + 1), (start, stop))
                if images and images[-1][:2] == (begin + 1, start):  # the picture is a link
                    images[-1] = images[-1]._replace(start=begin, stop=stop)
    return marks, images


def _edits(
    doc: Document, marks: Iterable[tuple[int, int]], images: Iterable[_Image], addresses: Iterable[int]
) -> Iterator[Edit]:
    cuts: dict[int, Sequence[Piece] | str] = dict.fromkeys(addresses, "links.address")
    for image in images:
        cuts.update(_pieces(doc, image))
    for (rule, part), run in groupby(doc.cut(cuts), lambda edit: (edit.rule, edit.part)):
        edits = list(run)
        # Between the words of two pictures there are brackets: these here are of one, wrapped.
        yield from [edits[0]._replace(stop=edits[-1].stop)] if rule == "links.image" and part is None else edits
    for start, stop in marks:
        if doc.line_at(start) not in cuts:
            yield Edit(start, stop, "", "fix", "links.mark")


def _pieces(doc: Document, image: _Image) -> dict[int, list[Piece]]:
    """Return the pieces of the lines that an image fills, where it opens a paragraph or closes one."""
    lines = doc.lines
    first, last = doc.line_at(image.start), doc.line_at(image.stop - 1)
    start, end = doc.start(first), doc.start(last)
    before, after = lines[first][: image.start - start], lines[last][image.stop - end :]
    inside = first > 0 and not doc.gap(first) and _is_words(lines[first - 1])
    inside = inside and last + 1 < len(lines) and not doc.gap(last + 1) and _is_words(lines[last + 1])
    if not _LEAD.fullmatch(before) or after.strip() or inside:
        return {}
    pieces = {line: [Piece(len(lines[line]), "caption", "links.image")] for line in range(first, last + 1)}
    pieces[first].insert(0, Piece(image.words[0] - start, "caption", "links.image", "label"))
    pieces[last][-1] = Piece(image.words[1] - end, "caption", "links.image")
    pieces[last].append(Piece(len(lines[last]), "caption", "links.image", "label"))
    return pieces


def _is_words(line: str) -> bool:
    """Return True if a line beside an image is of its paragraph: it is not an item of a list."""
    return not line.lstrip().startswith(("* ", "- ", "+ "))
