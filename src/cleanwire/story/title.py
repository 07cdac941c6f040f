"""Which line above the body of an article is its headline."""

from collections.abc import Callable, Iterator

from cleanwire.bylines.marks import Reading
from cleanwire.compiled import Facts
from cleanwire.document import Document
from cleanwire.lazy import lazy
from cleanwire.story.body import NEAR
from cleanwire.story.reasons import is_page, is_several_sentences, is_title_of_prose, may_be_title
from cleanwire.story.recurrence import recurring
from cleanwire.text.shape import width
from cleanwire.view import line_marks

_ABOVE = 14
"""How many lines above the body its title stands at most."""
_WORTH = 1.5
"""What a line must be worth to be the title: half a point a word, more for its position."""
_WORDS = 10
"""More words than this add nothing to a title's worth."""
_MOST = 8
"""More words that recur in the story than this add nothing either."""
_LONG = 110
"""A line of more columns is a standfirst or a caption as likely as a title."""
_CLOSE = 2
"""What a byline or date below a line adds to its worth: it decides between lines that are so close."""


def find_title(
    doc: Document, facts: Facts, first: int, reading: Callable[[int], Reading | None], candidates: frozenset[int]
) -> int | None:
    """Return the line that is the headline above the body, or None.

    `first` is the first line of the body.  `reading` gives what a line says of author and date; `candidates` are the
    lines with a label or a date.
    """
    return _Titles(doc, facts, first, reading, candidates).best()


class _Titles:
    """The lines above a body, and what each is worth as its title."""

    def __init__(
        self,
        doc: Document,
        facts: Facts,
        first: int,
        reading: Callable[[int], Reading | None],
        candidates: frozenset[int],
    ) -> None:
        self.doc, self.facts, self.first = doc, facts, first
        self.reading, self.candidates = reading, candidates
        self.page = is_page(facts)
        # The first line, an empty one below it, is the title of a text that has no menu above it.
        several = first <= _ABOVE or len(facts.prose) < 2
        self.alone = len(doc.lines) > 2 and doc.gap(1) > 0 and several

    def best(self) -> int | None:
        if not self.facts.prose:
            fits = self.alone and not self.reading(0) and self._is_headline(0)
            return 0 if fits and self._has_reason(0) else None
        worths = {line: worth for line, worth in self._worths() if self._has_reason(line)}
        if not worths:
            return None
        # Where menus stand above the body, length alone says too little.
        least = _WORTH if self.first <= _ABOVE or self.alone else _WORTH + 3
        self._prefer_signed(worths, least)
        best = max(worths, key=worths.__getitem__)
        return best if worths[best] > least else None

    def _prefer_signed(self, worths: dict[int, float], least: float) -> None:
        """Add to the worth of lines with a byline or a date below, which is looked for where that could decide."""
        most = max(least, *worths.values())
        close = [line for line, worth in worths.items() if worth + _CLOSE >= most]
        if len(close) > 1 or any(worths[line] <= least for line in close):
            for line in close:
                worths[line] += _CLOSE * self._is_signed(line)

    def _worths(self) -> Iterator[tuple[int, float]]:
        """Yield the lines that may be the title, each with what it is worth."""
        top = max(0, self.first - _ABOVE)
        above = [line.strip() for line in self.doc.lines[: self.first]]
        whole = "\n".join(above)
        for line in [*([0] if self.alone and top else ()), *range(top, self.first)]:
            text = above[line]
            if not may_be_title(text) or not self._is_headline(line) or self._names(line):
                continue
            if is_several_sentences(text) or self.facts.line(line).credit:
                continue
            size = len(text.split()) if text.isascii() or " " in text else len(text) / 3
            worth = min(size, _WORDS) / 4 - min(self.first - line, _ABOVE) / 8
            worth += min(recurring(text, self.story)[0], _MOST) / 2 - 2 * (width(text) > _LONG)
            worth += (4 if self.alone else 2) * (line == 0)
            yield line, worth + 2 * (whole.count(text) > 1)  # it stands in another line too

    def _has_reason(self, line: int) -> bool:
        """Return True if something shows that a line is a title: its words in the story of a page, or a sign in prose.

        A line that names neither what the story is about nor stands above who wrote it is a part of the page's frame.
        """
        if self.page and not self.facts.prose:
            return True
        if not self.page:
            if self._is_section(line):
                return False
            return is_title_of_prose(self.doc, self.facts, line, self.first, self.reading)
        shared, words = recurring(self.doc.lines[line], self.story)
        alone = self.alone and not line and self.first <= NEAR
        return alone or 3 * shared >= max(words, 1) or self._is_signed(line)

    def _is_section(self, line: int) -> bool:
        """Return True if a line is one of several headings of its level or above: the first of the sections."""
        headings = line_marks(self.doc).headings if self.doc.folds else ()
        return bool(headings) and headings[line] > 0 and sum(0 < level <= headings[line] for level in headings) > 1

    @lazy
    def story(self) -> str:
        """The text below the lines above, in small letters."""
        return "\n".join(self.doc.lines[self.first :]).casefold()

    def _is_signed(self, line: int) -> bool:
        """Return True if a byline or a date stands near below a line."""
        return any(self.reading(other) for other in range(line + 1, line + NEAR + 1))

    def _names(self, line: int) -> bool:
        """Return True if a line says for sure who wrote the article, or when, or that its author stands beside it."""
        own = self.reading(line) if line in self.candidates else None
        return own is not None and (own.sure or own.label is not None)

    def _is_headline(self, line: int) -> bool:
        rule = self.facts.rules.get(line)
        return (not rule or rule.action == "title") and self.facts.line(line).is_headline
