"""The title, byline and date around the article of a whole page.

The lines of the article are known by then (`cleanwire.filters.page` says which lines stay), so that its title is the
line above it that shares most words with it, and a byline counts where it stands beside that or beside a date.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from cleanwire.bylines.reader import BARE, Mark, Reading, pieces
from cleanwire.compiled import Facts
from cleanwire.document import Document, Piece
from cleanwire.edit import Action
from cleanwire.lazy import deferred, lazy
from cleanwire.scan.cues import BYLINE, DATE
from cleanwire.story.reasons import is_several_sentences, may_be_title
from cleanwire.story.recurrence import recurring
from cleanwire.story.topics import is_topic, without_topics
from cleanwire.text.shape import PROSE, width

TITLE = "title.any.page"
"""The rule of the title of a page's story."""

FILTER_RULES: Mapping[str, str] = {
    TITLE: "The line above the story of a full page that shares most words with it.",
}
"""The rules that no pack holds, with what they are for."""

_ABOVE = 20
"""How many lines above the story its title stands at most."""
_OVER = 3
"""How many lines above the title are searched for a byline and a date, where none stands below it."""
_BELOW = 14
"""How many lines below the story's first are searched for them at most."""
_PARAGRAPHS = 3
"""How many paragraphs of the story are passed in that search: a standfirst, a caption and the first of the body."""
_PARAGRAPH = 80
"""Least columns of a line of the story that is one of these paragraphs; a name or a date is shorter."""
_AFTER = 8
"""How many lines after the story's last are searched for a labelled byline, where none stands above."""
_BESIDE = 2
"""How many lines a name without a label stands from a date or a label at most."""
_NAME = 3
"""The most words of a name or an agency below a label."""
_LEAST = 14
"""Least columns of a title."""
_WORTH = 1.5
"""What a line must be worth to be the title: a point for each word that the story holds, less for its distance."""
_MOST = 7
"""More words than this say no more."""
_STEP = 8
"""Each time it stands this number of lines farther from the story, a title must have one word more."""
_LONG = 110
"""A line of more columns is a standfirst or a caption as likely as a title."""
_NEARLY = 1.5
"""A title may be worth so much less than the standfirst below it."""
_SIGNED = 1.5
"""What a byline or a date near below adds to a line's worth."""
_WORD = deferred(regex.compile, r"\w+")
_TRAIL = deferred(regex.compile, r"[»›>]|\|.*\|| / .* / ")
"""Signs of a trail through the sections of a site, or of a menu in one line."""
_BULLET = deferred(regex.compile, r"\s*[•*·–-]\s+")


def read(doc: Document, facts: Facts, kept: Sequence[int]) -> dict[int, list[Piece]]:
    r"""Return the pieces of the lines around an article that say its title, its author and its date, by line.

    `facts` are those of `doc`, `kept` are the lines of the article, in order.

    >>> from cleanwire.compiled import facts
    >>> page = Document("Home\nHarbour bridge closes\nBy Ann Lee\nThe council will close the old harbour bridge.")
    >>> for line, pieces in read(page, facts(page), [3]).items():
    ...     print(page.lines[line], [(piece.rule, piece.part) for piece in pieces])
    Harbour bridge closes [('title.any.page', None)]
    By Ann Lee [('byline.en.by', 'label'), ('byline.en.by', None)]
    """
    return _Header(doc.lines, facts, kept).pieces() if kept else {}


class _Header:
    """The lines around the article of one page, and what they say."""

    def __init__(self, lines: Sequence[str], facts: Facts, kept: Sequence[int]) -> None:
        self.lines, self.facts, self.kept = lines, facts, kept
        self.first, self.last, self.story = kept[0], kept[-1], frozenset(kept)
        self.cued = frozenset(facts.having(BYLINE | DATE))
        self.words = "\n".join([lines[line] for line in kept]).casefold()

    def pieces(self) -> dict[int, list[Piece]]:
        title = self._title()
        found = {} if title is None else {title: _without_bullet(self.lines[title])}
        for line, marks in self._named(title):
            found[line] = pieces(marks, len(self.lines[line]))
        return found

    def _reading(self, line: int) -> Reading | None:
        """Return what a short line says of author and date; a name by its shape alone is not sure."""
        if not 0 <= line < len(self.lines) or len(self.lines[line]) >= _PARAGRAPH:
            return None
        rule = self.facts.rules.get(line)
        if rule and rule.action in ("byline", "date"):
            return Reading((Mark(0, len(self.lines[line].rstrip()), rule.action, rule.name),), sure=True)
        known = self.facts.line(line)
        reading = known.reading if line in self.cued else known.bare_reading
        if rule and reading and not reading.sure and not reading.label:
            return None
        return reading and without_topics(self.lines[line], reading, self._lowered)

    def _title(self) -> int | None:
        """Return the line above the article that shares most words with it, or None."""
        worths: dict[int, float] = {}
        above = range(max(0, self.first - _ABOVE), self.first)
        texts = [line.strip() for line in self.lines]
        for line in above:
            shared = self._shared(texts[line])
            if not shared or not self._may_be_title(line, texts[line]):
                continue
            value = min(shared, _MOST) - (above[-1] - line) / _STEP
            value += sum(texts[line] in texts[other] for other in above) > 1  # the page's own title holds it
            value += _SIGNED * any(self._is_signed(other) for other in range(line + 1, min(line + 4, self.first)))
            value -= 2 * (width(texts[line]) > _LONG)
            if value >= _WORTH:
                worths[line] = value
        if not worths:
            return None
        best = max(worths, key=lambda line: (worths[line], line))
        over = [line for line in (best - 2, best - 1) if worths.get(line, 0) > worths[best] - _NEARLY]
        return over[0] if over else best

    def _shared(self, text: str) -> int:
        """Return how many words of a line the article holds; 0 if they are less than a third."""
        if not width(text) >= _LEAST or len(text) >= PROSE:
            return 0
        shared, words = recurring(text, self.words)
        return shared if 3 * shared >= words else 0

    def _may_be_title(self, line: int, text: str) -> bool:
        """Return True if nothing shows that a line is something else: a sentence, a menu, a byline, a caption."""
        rule = self.facts.rules.get(line)
        if (
            text[-1] in ".:,;。"
            or (rule and rule.action == "drop")
            or _TRAIL.search(text)
            or is_several_sentences(text)
        ):
            return False
        if not may_be_title(text.lstrip("•*·–- ")) or self.facts.line(line).credit:
            return False
        return self._reading(line) is None

    def _is_signed(self, line: int) -> bool:
        reading = self._reading(line)
        return reading is not None and reading.sure

    def _named(self, title: int | None) -> Iterator[tuple[int, Sequence[Mark]]]:
        """Yield the lines with a byline or a date, and their parts; of each action one line has the article's own."""
        begin = self.first - _ABOVE // 2 if title is None else title + 1
        groups = [self._readings(range(max(0, begin), self._end()), title)]
        if title is not None:
            groups.append(self._readings(range(max(0, title - _OVER), title), title))
        groups.append(self._labelled_after())
        taken: set[Action] = set()
        for group in groups:
            for line, reading in group.items():
                marks = [mark._replace(part="other") if mark.action in taken else mark for mark in reading.marks]
                yield line, marks
                taken.update(mark.action for mark in marks if mark.part is None and reading.sure)

    def _end(self) -> int:
        """Return the line up to which the names of the article may stand among its first paragraphs."""
        passed = 0
        for line in range(self.first, min(self.first + _BELOW, len(self.lines))):
            passed += line in self.story and width(self.lines[line]) >= _PARAGRAPH
            if passed == _PARAGRAPHS:
                return line
        return min(self.first + _BELOW, len(self.lines))

    def _readings(self, near: Iterable[int], title: int | None) -> dict[int, Reading]:
        """Return what lines say of author and date: those with a label or a date, and bare names beside these."""
        known = {line: reading for line in near if line != title and (reading := self._reading(line))}
        labels = [line for line, reading in known.items() if reading.label]
        known |= dict(self._below_labels(known, labels))
        sure = labels + [line for line, reading in known.items() if reading.sure and reading.has("date")]
        found: dict[int, Reading] = {}
        for line, reading in sorted(known.items()):
            if reading.sure or (line in labels and line + 1 in known):
                found[line] = reading
            elif line not in labels and self._is_vouched(line, title, sure):
                found[line] = reading._replace(sure=True)
        return found

    def _below_labels(self, known: Mapping[int, Reading], labels: Iterable[int]) -> Iterator[tuple[int, Reading]]:
        """Yield what lines say that stand below a label and say nothing by themselves."""
        for line in labels:
            if known[line].label == "line" and line + 1 not in known and (name := self._name(line + 1)):
                yield line + 1, name

    def _is_vouched(self, line: int, title: int | None, sure: Sequence[int]) -> bool:
        """Return True if a name without a label stands beside a date, a label or the title.

        A line of capitalized words that the article writes in small letters, too, is none.
        """
        if is_topic(self.lines[line], self._lowered):
            return False
        if any(abs(line - other) <= _BESIDE for other in sure) or self._has_role(line + 1):
            return True
        words = (word.casefold() for word in _WORD.findall(self.lines[line]) if len(word) > 2)
        return title is not None and 0 < line - title <= _BESIDE and self._lowered.isdisjoint(words)

    def _has_role(self, line: int) -> bool:
        return line < len(self.lines) and len(self.lines[line]) < _PARAGRAPH and self.facts.is_role(self.lines[line])

    def _name(self, line: int) -> Reading | None:
        """Return what a line below a label says: one word or an agency is a name there."""
        text = self.lines[line] if line < len(self.lines) else ""
        if not 1 <= len(text.split()) <= _NAME or len(text) > _PARAGRAPH // 2 or line in self.facts.rules:
            return None
        start = len(text) - len(text.lstrip())
        return Reading((Mark(start, len(text.rstrip()), "byline", BARE),), sure=True)

    @lazy
    def _lowered(self) -> frozenset[str]:
        """The words that the article writes in small letters."""
        return frozenset(word for line in self.kept for word in _WORD.findall(self.lines[line]) if word.islower())

    def _labelled_after(self) -> dict[int, Reading]:
        """Return the first byline with a label after the article."""
        for line in range(self.last + 1, min(self.last + 1 + _AFTER, len(self.lines))):
            reading = self._reading(line) if line in self.cued else None
            if reading and reading.sure and reading.marks[0].part == "label":
                return {line: reading}
            below = self._reading(line + 1) if reading and reading.label else None
            if reading and below and not below.label and below.has("byline"):
                return {line: reading, line + 1: below._replace(sure=True)}
        return {}


def _without_bullet(line: str) -> list[Piece]:
    """Return the pieces of a line that is the title, without its bullet."""
    title = Piece(len(line), "title", TITLE)
    bullet = _BULLET.match(line)
    return [Piece(bullet.end(), "drop", TITLE, "label"), title] if bullet else [title]
