r"""Images in a text go to the captions, and the title in its front matter is named.

An image is Markdown (``![A bridge](b.jpg)``, with attributes as Pandoc writes them, or a link around it), an image of
Obsidian (``![[b.jpg|A bridge]]``) or a ``<figure>``.  Its words are a caption; so is the line right below, if it
repeats them or is set in italics.  In documentation, and below front matter, images stay: their authors placed them.
So do images of Markdown with an address inside the same folder or site, unless their words are a sentence: a page that
a program has read has whole addresses, and a caption is more than the name of a dish.

This filter sees the text itself, since no view shows images.  It comes after the filters `caption` and `page`, so that
an image that goes with its line is no caption.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from cleanwire.compiled import facts
from cleanwire.document import Document, Piece
from cleanwire.edit import Edit, Part
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.spans import IMAGE
from cleanwire.text.fold import fold
from cleanwire.text.shape import is_closed
from cleanwire.views.markdown_signs import EMBED, TARGET, FrontMatter, front_matter, is_documentation
from cleanwire.views.markdown_signs import IMAGE as MARKDOWN_IMAGE

TITLE = "markup.title"
_LINKED = rf"\[\s*(?:{MARKDOWN_IMAGE})\s*\]{TARGET}"
_FIGURE = r"<figure\b[^<>]*>(?:(?!<figure\b)[\s\S]){0,4000}?</figure>"
_PICTURE = deferred(
    re.compile, "|".join((_LINKED.replace("<alt>", "<linked>"), MARKDOWN_IMAGE, EMBED, f"(?P<figure>{_FIGURE})"))
)
_CAPTION = deferred(re.compile, r"<figcaption\b[^<>]*>\s*+(?P<words>(?:[^<\s]++|\s++(?!<))*+)\s*+</figcaption>")
_ALT = deferred(
    re.compile,
    r"<img\b[^<>]*?\balt=(?P<quote>[\"'])\s*+(?P<words>(?:(?!(?P=quote))[^<>\"\s]|\s++(?!(?P=quote)))*+)\s*+(?P=quote)",
)
_NUMBER = deferred(re.compile, r"Image \d{1,4}(?::\s*|$)")
"""The number that a reader of pages for language models sets before the words of an image."""
_SIZE = deferred(re.compile, r"\d+(?:x\d+)?$")
_ITALIC = deferred(re.compile, r"[ \t]*([*_]{1,3})(?=[^\s*_])(?P<words>.+?)(?<=[^\s*_])\1[ \t]*$")
_TITLE = deferred(re.compile, r"(?m)^title[ \t]*[:=][ \t]*+(?:([\"'])(?P<quoted>\S.*)\1|(?P<bare>\S(?:.*\S)?))[ \t]*$")
_HEADING = deferred(re.compile, r"(?m)^#[ \t]|^={3,}[ \t]*$")
_WHOLE = deferred(re.compile, r"[(\"'](?:[a-z][a-z0-9+.-]*:|//)|<img\b[^<>]*\bsrc=(?:[a-z]+:)?//")
"""An address that names its site."""
_RULERS = ("---", "+++")
_BEFORE = frozenset(("", " ", "\n", "[", "("))
"""What stands before an image whose place the words after it take."""
_WORDS = 60
"""Most words of a line below an image that is its caption."""

FILTER_RULES: Mapping[str, str] = {
    IMAGE: "An image in Markdown or HTML, and its words.",
    TITLE: "The title that the front matter of a text states.",
}
"""The rules that no pack holds, with what they are for."""


class _Picture(NamedTuple):
    """An image, and where its words begin and end; they are empty where it has none."""

    start: int
    stop: int
    first: int
    last: int


class _Piece(NamedTuple):
    """A piece of a caption in the text: it ends at `stop`."""

    stop: int
    rule: str
    part: Part | None


@dataclass(frozen=True)
class MarkupFilter:
    r"""Propose to set images aside as captions, and name the title in the front matter.

    `packs` are packs of your own, beside the ones that come with the library.

    >>> doc = Document("![A bridge at dawn](https://example.org/b.jpg)\n\nShe left at noon.")
    >>> [(doc.text[edit.start : edit.stop], edit.part) for edit in MarkupFilter()(doc)]
    [('![', 'label'), ('A bridge at dawn', None), ('](https://example.org/b.jpg)\n\n', 'label')]
    """

    packs: tuple[Pack, ...] = ()
    name: str = "markup"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the edits of images, and the one that names the title."""
        text = doc.text
        if text[:3] in _RULERS and (front := front_matter(text)):
            return _title(text, front)
        if ("![" in text or "<figure" in text) and not is_documentation(text):
            return _Images(doc, self.packs).edits()
        return ()


def _title(text: str, front: FrontMatter) -> Iterator[Edit]:
    """Name the title in the front matter of a text in which no heading is its title."""
    if (found := _TITLE.search(text, front.first, front.last)) and not _HEADING.search(text, front.stop):
        start, stop = found.span("quoted" if found["quoted"] else "bare")
        yield Edit(start, stop, text[start:stop], "title", TITLE)


class _Images:
    """The images of one document."""

    def __init__(self, doc: Document, packs: tuple[Pack, ...]) -> None:
        self.doc, self.text, self.lines, self.packs = doc, doc.text, doc.lines, packs

    def edits(self) -> Iterable[Edit]:
        """Return the edits, in no order."""
        whole: dict[int, list[Piece]] = {}
        inside: list[Edit] = []
        for first, last, pictures in self._groups():
            start, stop = self.doc.start(first), self.doc.start(last) + len(self.lines[last])
            if self._words_beside(start, stop, pictures):
                inside += self._inside(pictures)
                continue
            pieces, below = list(self._pieces(pictures)), self._below(last, pictures)
            if below:
                pieces = [_Piece(pieces[-1].stop, IMAGE, "label")]
                stop = self.doc.start(last + 1) + len(self.lines[last + 1])
                pieces += [_Piece(below[0], IMAGE, "label"), _Piece(below[1], IMAGE, None)]
                last += 1
            self._place(whole, range(first, last + 1), [*pieces, _Piece(stop, IMAGE, "label")])
        if len(whole) == len(self.lines):
            return inside  # the text would be empty
        return [*inside, *_joined(self.doc.cut(whole))] if whole else inside

    def _groups(self) -> Iterator[tuple[int, int, list[_Picture]]]:
        """Yield images that share lines, with the first and the last of these."""
        first = last = -1
        group: list[_Picture] = []
        for picture in filter(None, map(self._picture, _PICTURE.finditer(self.text))):
            line = self.doc.line_at(picture.start)
            if group and line > last:
                yield first, last, group
                group = []
            first = first if group else line
            last = self.doc.line_at(picture.stop - 1)
            group.append(picture)
        if group:
            yield first, last, group

    def _picture(self, found: re.Match[str]) -> _Picture | None:
        words = next((name for name in ("linked", "alt", "words") if found[name] is not None), None)
        first, last = found.span(words) if words else (found.start(), found.start())
        if found["figure"]:
            inner = _CAPTION.search(found[0]) or _ALT.search(found[0])
            first, last = inner.span("words") if inner else (0, 0)
            first, last = first + found.start(), last + found.start()
        if number := _NUMBER.match(self.text[first:last]):
            first += number.end()
        words = self.text[first:last]
        if not any(map(str.isalnum, words)) or _SIZE.match(words):
            first = last = found.start()
        picture = _Picture(found.start(), found.end(), first, last)
        if found["figure"] or found["file"] or _WHOLE.search(found[0]):
            return picture
        return picture if self._is_caption(words) or self._is_alone(picture) else None

    def _is_caption(self, words: str) -> bool:
        """Return True if the words of an image are a sentence, or end in a credit."""
        return bool(words) and (is_closed(words) or facts(Document(words), self.packs).line(0).credit is not None)

    def _is_alone(self, picture: _Picture) -> bool:
        """Return True if a caption stands right below an image."""
        return self._below(self.doc.line_at(picture.stop - 1), [picture]) is not None

    def _words_beside(self, start: int, stop: int, pictures: Sequence[_Picture]) -> bool:
        """Return True if the lines of images hold words beside them."""
        for picture in pictures:
            if any(map(str.isalnum, self.text[start : picture.start])):
                return True
            start = picture.stop
        return any(map(str.isalnum, self.text[start:stop]))

    def _pieces(self, pictures: Iterable[_Picture]) -> Iterator[_Piece]:
        """Yield the pieces of images, the words of which may end in a credit."""
        for _, stop, first, last in pictures:
            if first < last:
                yield _Piece(first, IMAGE, "label")
                words = self.text[first:last]
                line = Document(words.replace("\n", " "))
                credit = facts(line, self.packs).line(0).credit
                if credit and credit.sure and credit.pieces:
                    yield _Piece(first + credit.start, IMAGE, None)
                    yield from (_Piece(first + piece.stop, piece.rule, piece.part) for piece in credit.pieces)
                else:
                    yield _Piece(last, IMAGE, None)
            yield _Piece(stop, IMAGE, "label")

    def _inside(self, pictures: Iterable[_Picture]) -> Iterator[Edit]:
        """Yield the edits of images within a line that stays; blanks on one side go along."""
        text = self.text
        for picture in pictures:
            start, stop = picture.start, picture.stop
            while text[stop : stop + 1] == " " and text[start - 1 : start] in _BEFORE:
                stop += 1
            pieces = list(self._pieces([picture]))
            for piece in [*pieces[:-1], pieces[-1]._replace(stop=stop)]:
                yield Edit(start, piece.stop, "", "caption", piece.rule, piece.part)
                start = piece.stop

    def _below(self, last: int, pictures: Sequence[_Picture]) -> tuple[int, int] | None:
        """Return where the words of the line below an image begin and end, if they are its caption."""
        below = last + 1
        if below >= len(self.lines) or self.doc.gap(below) > 1 or len(pictures) > 1:
            return None
        line, start = self.lines[below], self.doc.start(below)
        italic = _ITALIC.match(line)
        first, stop = italic.span("words") if italic else (len(line) - len(line.lstrip()), len(line.rstrip()))
        words = line[first:stop]
        alike = fold(words) == fold(self.text[pictures[0].first : pictures[0].last])
        if not alike:
            beside = italic and not self.doc.gap(below) and len(words.split()) <= _WORDS
            if not beside or facts(Document(words), self.packs).line(0).reading:
                return None
        return start + first, start + stop

    def _place(self, whole: dict[int, list[Piece]], lines: Iterable[int], pieces: Sequence[_Piece]) -> None:
        """Add the pieces of lines that go as a whole."""
        for line in lines:
            start = reached = self.doc.start(line)
            end = start + len(self.lines[line])
            whole[line] = []
            for piece in pieces:
                stop = min(piece.stop, end)
                if stop > reached or (stop == end and not whole[line]):
                    whole[line].append(Piece(stop - start, "caption", piece.rule, piece.part))
                    reached = stop


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits; those of one part that follow one another as one, since the words of an image may be wrapped."""
    for _, run in groupby(edits, itemgetter(4, 5)):
        group = list(run)
        if group[0].stop == group[-1].start or len(group) == 1:
            yield group[0]._replace(stop=group[-1].stop)
        else:
            yield from group
