"""Which line of a whole page is the title of its story, and where that story begins.

Lines of menus may be kept beside the story, so that it begins at one of several places.  Of the lines above these, and
of the first ones that stand there, the title is the one that shares most words with all that is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from cleanwire.bylines.marks import Reading
from cleanwire.compiled import Facts
from cleanwire.lazy import deferred
from cleanwire.story.reasons import is_several_sentences, may_be_title
from cleanwire.story.recurrence import recurring
from cleanwire.text.shape import PROSE, width
from cleanwire.text.shape import words as count_words

_ABOVE = 20
"""How many lines above the story its title stands at most."""
_LEAST = 18
"""Least columns of a title."""
_WORTH = 2.0
"""What a line must be worth to be the title: a point for each word that the story holds, less for its distance."""
_MOST = 5
"""More words than this say no more."""
_PARAGRAPH = 80
"""Least columns of a line of the story that is a paragraph of it, and no entry of a menu."""
_FEW = 2
"""A story of fewer paragraphs is known by all of its lines."""
_OPENING = 25
"""In how many lines from its beginning the first paragraph of a story stands."""
_STEP = 12
"""Each time it stands this number of lines farther from the story, a title must have one word more."""
_LONG = 120
"""A line of more columns is a standfirst or a caption as likely as a title."""
_NEARLY = 1.5
"""A title may be worth so much less than the standfirst below it; twice as much if the page holds it elsewhere, too."""
_SAID = 5
"""Least words of a line that no menu repeats, but the list of the newest stories or the trail above one."""
_DATED, _SIGNED = 2.0, 3.0
"""What a date or the label of a byline near below adds to a line's worth, and what a byline does."""
_BREAK = 6
"""More lines than this between two that are kept part a menu from the story, or one part of the story from another."""
_STARTS = 8
"""At how many places a story may begin at most."""
_LITTLE = 0.1
"""Most share of the story that may be lines of menus above the place where it begins."""
_TRAIL = deferred(regex.compile, r"[»›>]|\|.*\|| / .* / ")
"""Signs of a trail through the sections of a site, or of a menu in one line."""
_QUOTED = deferred(regex.compile, r"«[^«»]*»|»[^«»]*«|‹[^‹›]*›|›[^‹›]*‹")
"""Words in quotation marks, which are those of trails too."""
_NUMBERED = deferred(regex.compile, r"\d+[.)]\s")
"""The number of an item or a section."""
_SITE = tuple("|-–—·•»:")
"""What stands between a title and the name of the site."""


class Title(NamedTuple):
    """The line of the title, or None, and the line at which the story below it begins."""

    line: int | None
    start: int


class _Candidate(NamedTuple):
    worth: float
    line: int
    start: int


class PageTitles:
    """The lines of a page that may be the title of its story, and what each is worth.

    `kept` are the lines of the story, in order, and `words` is their text in small letters; `reading` gives what a line
    says of author and date.
    """

    def __init__(
        self,
        lines: Sequence[str],
        facts: Facts,
        kept: Sequence[int],
        words: str,
        reading: Callable[[int], Reading | None],
    ) -> None:
        self.lines, self.facts, self.kept, self.reading = lines, facts, kept, reading
        self.story = frozenset(kept)
        self.texts = [line.strip() for line in lines]
        paragraphs = [line for line in kept if width(self.texts[line]) >= _PARAGRAPH]
        self.body = paragraphs if len(paragraphs) >= _FEW else []
        self.words = "\n".join([lines[line] for line in self.body]).casefold() if self.body else words
        self.times = Counter(text for line, text in enumerate(self.texts) if line not in self.story)

    def best(self) -> Title:
        """Return the title, and where its story begins: without a title, at the first line that is kept."""
        found = [best for start in self._starts() if (best := self._best_above(start))]
        if not found:
            return Title(None, self.kept[0])
        best = max(found, key=lambda candidate: candidate.worth)
        return Title(best.line, best.start)

    def _starts(self) -> list[int]:
        """Return the lines at which the story may begin: after each break, as long as little is kept above it.

        A paragraph stands near below each of them, if two stand together anywhere; the first that do are one, too.
        """
        sizes = [len(self.texts[line]) for line in self.kept]
        most, passed, starts = _LITTLE * sum(sizes), 0, [self.kept[0]]
        for above, line, size in zip(self.kept, self.kept[1:], sizes, strict=False):
            passed += size
            if passed > most:
                break
            if line - above > _BREAK:
                starts.append(line)
        dense = next((above for above, below in pairwise(self.body) if below - above <= _BREAK), None)
        if dense is None:
            return starts[-_STARTS:]
        starts = [start for start in starts if any(start <= line <= start + _OPENING for line in self.body)]
        return [*(start for start in starts[-_STARTS:] if start != dense), dense]

    def _best_above(self, start: int) -> _Candidate | None:
        """Return the best title of a story that begins at a line; above a standfirst as good, the line above that."""
        worths = {line: worth for line, worth in self._worths(start) if worth >= _WORTH}
        if not worths:
            return None
        best = max(worths, key=lambda line: (worths[line], line))
        for line in () if self._is_repeated(best) else (best - 2, best - 1):
            nearly = _NEARLY * (1 + self._is_repeated(line))
            if worths.get(line, 0) > worths[best] - nearly and not self._holds_title(line, best):
                return _Candidate(worths[best], line, start)
        return _Candidate(worths[best], best, start)

    def _is_repeated(self, line: int) -> bool:
        """Return True if a line of several words stands elsewhere on the page, too."""
        return self.times[self.texts[line]] > (line not in self.story) and count_words(self.texts[line]) >= _SAID

    def _holds_title(self, line: int, title: int) -> bool:
        """Return True if a line is another one with the name of the site."""
        text, shorter = self.texts[line], self.texts[title]
        return text.startswith(shorter) and text[len(shorter) :].lstrip()[:1] in _SITE

    def _worths(self, start: int) -> Iterator[tuple[int, float]]:
        """Yield the lines above a story that may be its title, and its first, each with what it is worth.

        The first line of the story is a title only if something else shows it, too.
        """
        paragraphs = frozenset(self.body) or self.story
        above = [line for line in range(max(0, start - _ABOVE), start) if line not in paragraphs]
        for line in (*above, start):
            text = self.texts[line]
            if not (shared := self._shared(text)) or not self._may_be_title(line, text):
                continue
            told = self.times[text] > (line not in self.story)
            repeated = told or any(text in self.texts[other] for other in above if other != line)
            signed = max(map(self._signature, range(line + 1, line + 4)))
            if line == start and (_is_long(text) or not (repeated or signed)):
                continue
            worth = min(shared, _MOST) - max(start - 1 - line, 0) / _STEP + repeated + signed
            yield line, worth - 2 * _is_long(text)

    def _shared(self, text: str) -> int:
        """Return how many words of a line the article holds; 0 if they are less than a third."""
        if len(text) >= PROSE or (len(text) < _LEAST and width(text) < _LEAST):
            return 0
        shared, words = recurring(text, self.words)
        return shared if 3 * shared >= words else 0

    def _may_be_title(self, line: int, text: str) -> bool:
        """Return True if nothing shows that a line is something else: a sentence, a menu, a byline, a caption."""
        rule = self.facts.rules.get(line)
        if (
            text[-1] in ".:,;。।۔"
            or (rule and rule.action == "drop")
            or _TRAIL.search(_QUOTED.sub("", text))
            or _NUMBERED.match(text)
            or is_several_sentences(text)
        ):
            return False
        if not may_be_title(text.lstrip("•*·–- ")) or self.facts.line(line).credit:
            return False
        return self.reading(line) is None

    def _signature(self, line: int) -> float:
        """Return what a line below a title adds to its worth."""
        reading = self.reading(line)
        if reading is None or not (reading.sure or reading.label):
            return 0
        return _SIGNED if reading.sure and reading.has("byline") else _DATED


def _is_long(text: str) -> bool:
    """Return True if a line is a standfirst or a caption as likely as a title."""
    return len(text) > _LONG or (2 * len(text) > _LONG and width(text) > _LONG)
