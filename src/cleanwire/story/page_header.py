"""The title, byline and date around the article of a whole page.

The lines of the article are known by then (`cleanwire.filters.page` says which lines stay), so that its title is the
line above it that shares most words with it, and a byline counts where it stands beside that or beside a date.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from cleanwire.bylines.marks import BARE, Mark, Reading, pieces
from cleanwire.compiled import Facts
from cleanwire.document import SHORT, Document, Piece
from cleanwire.edit import Action
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.pack import Rule
from cleanwire.scan.cues import BYLINE, DATE
from cleanwire.story.authors import END, PageAuthors
from cleanwire.story.byline_choice import is_unlabelled, keep_dates, without_checkers, without_unlabelled
from cleanwire.story.page_title import PageTitles
from cleanwire.story.topics import SmallWords, is_topic, without_topics
from cleanwire.text.shape import width

TITLE = "title.any.page"
"""The rule of the title of a page's story."""

FILTER_RULES: Mapping[str, str] = {
    TITLE: "The line above the story of a full page that shares most words with it.",
}
"""The rules that no pack holds, with what they are for."""

_ABOVE = 10
"""How many lines above a story without a title are searched for a byline and a date."""
_OVER = 3
"""How many lines above the title are searched for a byline and a date, where none stands below it."""
_BELOW = 14
"""How many lines below the story's first are searched for them at most."""
_PARAGRAPHS = 3
"""How many paragraphs of the story are passed in that search: a standfirst, a caption and the first of the body."""
_PARAGRAPH = 80
"""Least columns of a line of the story that is one of these paragraphs; a name or a date is shorter."""
_AFTER = 14
"""How many lines after the story's last are searched for a labelled byline, where none stands above."""
_BESIDE = 2
"""How many lines a name without a label stands from a date or a label at most."""
_VOUCHED = 14
"""How many lines a name that the page prints again stands below the title at most."""
_INTRODUCED = 2
"""How many lines before the story's last a name stands at most that a text on the author introduces."""
_SHORT = 30
"""Most characters of a line between a name and a date; a longer one is no role or place."""
_NAME = 3
"""The most words of a name or an agency below a label."""
_WORD = deferred(regex.compile, r"\w+")
_LETTER = deferred(regex.compile, r"\p{L}")
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
        self.authors = PageAuthors(lines, kept)
        self.readings: dict[int, Reading | None] = {}

    def pieces(self) -> dict[int, list[Piece]]:
        title, self.first = PageTitles(self.lines, self.facts, self.kept, self.words, self._reading).best()
        found = {} if title is None else {title: _without_bullet(self.lines[title])}
        for line, marks in self._named(title):
            found[line] = pieces(marks, len(self.lines[line]))
        return found

    def _reading(self, line: int) -> Reading | None:
        """Return what a short line says of author and date; a name by its shape alone is not sure."""
        if line not in self.readings:
            self.readings[line] = self._read(line)
        return self.readings[line]

    def _read(self, line: int) -> Reading | None:
        most = SHORT if line in self.cued and line not in self.story else _PARAGRAPH
        size = len(self.lines[line]) if 0 <= line < len(self.lines) else most
        if size >= most or (2 * size >= most and width(self.lines[line]) >= most):
            return None
        rule = self.facts.rules.get(line)
        if rule and rule.action in ("byline", "date"):
            return Reading((Mark(0, len(self.lines[line].rstrip()), rule.action, rule.name),), sure=True)
        known = self.facts.line(line)
        reading = known.reading if line in self.cued else known.bare_reading
        if not reading or (rule and _is_boilerplate(rule, reading)):
            return None
        return without_topics(self.lines[line], reading, self._lowered)

    def _named(self, title: int | None) -> Iterator[tuple[int, Sequence[Mark]]]:
        """Yield the lines with a byline or a date, and their parts; of each action one line has the article's own."""
        begin = self.first - _ABOVE if title is None else title + 1
        groups = [self._readings(range(max(0, begin), self._end()), title)]
        if title is not None:
            groups.append(self._readings(range(max(0, title - _OVER), title), title))
        groups.append(self._signed_after())
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
        labels = [line for line, reading in known.items() if reading.label and not self._is_role_of(line, known)]
        known |= dict(self._below_labels(known, labels))
        found = dict(self._sure(known, labels, title))
        checked = {line + 1 for line in labels if known[line].checked}
        named = without_checkers(found, checked)
        return without_unlabelled(self._without_site(named), {line + 1 for line in labels})

    def _without_site(self, found: dict[int, Reading]) -> dict[int, Reading]:
        """Return what lines say without the bylines of the site, where another one names a person."""
        sites = {line for line, reading in found.items() if reading.has("byline") and self._is_of_site(line, reading)}
        others = {line for line, reading in found.items() if reading.has("byline") and not reading.label} - sites
        if not sites or not others:
            return found
        return keep_dates(found, found.keys() - sites)

    def _is_of_site(self, line: int, reading: Reading) -> bool:
        """Return True if a line names the site as author, and no person."""
        names = [self.lines[line][mark.start : mark.stop] for mark in reading.marks if mark.action == "byline"]
        return not reading.label and self.authors.is_site(names[-1])

    def _sure(
        self, known: Mapping[int, Reading], labels: Sequence[int], title: int | None
    ) -> Iterator[tuple[int, Reading]]:
        """Yield what lines say for sure, and what something beside them vouches for."""
        sure = [*labels, *(line for line, reading in known.items() if reading.sure and reading.has("date"))]
        for line, reading in sorted(known.items()):
            if reading.sure or (line in labels and line + 1 in known):
                yield line, reading
            elif line not in labels and self._is_vouched(line, reading, title, sure):
                yield line, reading._replace(sure=True)

    def _is_role_of(self, line: int, known: Mapping[int, Reading]) -> bool:
        """Return True if a label is the role of who is named above it: "Ann Lee" and "Journalist"."""
        return line - 1 in known and is_unlabelled(known[line - 1]) and self._has_role(line)

    def _below_labels(self, known: Mapping[int, Reading], labels: Iterable[int]) -> Iterator[tuple[int, Reading]]:
        """Yield what lines say that stand below a label and say nothing by themselves."""
        for line in labels:
            if known[line].label == "line" and line + 1 not in known and (name := self._name(line + 1)):
                yield line + 1, name

    def _is_vouched(self, line: int, reading: Reading, title: int | None, sure: Sequence[int]) -> bool:
        """Return True if a name without a sure label stands beside a date, a label or the title, or above its role.

        A line of capitalized words that the article writes in small letters, too, is none, nor is one of words of the
        title.
        """
        beside = any(abs(line - other) <= self._reach(line, other) for other in sure)
        if reading.marks[0].part == "label":
            return beside
        if is_topic(self.lines[line], self._lowered) or self._is_of_title(line, title):
            return False
        if beside or self._has_role(line + 1) or self._is_introduced(line):
            return True
        if not self._is_listed(line) and any(self._distance(line, other) <= _BESIDE for other in sure):
            return True
        return (title is not None or bool(sure)) and self._is_below_title(line, title)

    def _is_below_title(self, line: int, title: int | None) -> bool:
        """Return True if a name stands right below the title, or near it if the page prints it again as an author's."""
        above = self.first - 1 if title is None else title
        words = {word.casefold() for word in _WORD.findall(self.lines[line]) if len(word) > 2}
        if title is not None and 0 < line - above <= _BESIDE and not any(map(self._lowered.__contains__, words)):
            return True
        told = self._is_listed(line) or self.authors.is_told_of(self.lines[line].strip())
        return 0 < line - above <= _VOUCHED and not told and self.authors.is_printed_again(line)

    def _is_listed(self, line: int) -> bool:
        """Return True if another name stands beside one: the two may be entries of a list."""
        name = self.lines[line].strip()
        beside = [other for other in (line - 1, line + 1) if (near := self._reading(other)) and near.is_bare()]
        return any(self.lines[other].strip() != name for other in beside)

    def _distance(self, line: int, other: int) -> int:
        """Return how many lines one stands from another, without the buttons between them."""
        if abs(line - other) > _VOUCHED:
            return abs(line - other)
        first, last = min(line, other), max(line, other)
        return last - first - sum(between in self.facts.rules for between in range(first + 1, last))

    def _reach(self, line: int, other: int) -> int:
        """Return how many lines a name may stand from a date: one more if the line between is short."""
        between = self.lines[(line + other) // 2].strip()
        return _BESIDE if len(between) <= _SHORT else _BESIDE - 1

    def _is_of_title(self, line: int, title: int | None) -> bool:
        """Return True if all words of a line are words of the title."""
        if title is None:
            return False
        words = set(_WORD.findall(self.lines[title].casefold()))
        return words.issuperset(_WORD.findall(self.lines[line].casefold()))

    def _is_introduced(self, line: int) -> bool:
        """Return True if the line below begins with the name in a line: "Ann Lee is a reporter in Oslo."."""
        name, below = self.lines[line].strip(), line + 1
        introduced = below < len(self.lines) and self.lines[below].lstrip().startswith(f"{name} ")
        return introduced and not self.authors.is_told_of(name)

    def _has_role(self, line: int) -> bool:
        return (
            line < len(self.lines)
            and len(self.lines[line]) < _PARAGRAPH
            and self.facts.bylines.roles.opens(self.lines[line])
        )

    def _name(self, line: int) -> Reading | None:
        """Return what a line below a label says: one word or an agency is a name there."""
        text = self.lines[line] if line < len(self.lines) else ""
        if (
            not _LETTER.search(text)
            or not 1 <= len(text.split()) <= _NAME
            or len(text) > _PARAGRAPH // 2
            or line in self.facts.rules
        ):
            return None
        start = len(text) - len(text.lstrip())
        return Reading((Mark(start, len(text.rstrip()), "byline", BARE),), sure=True)

    @lazy
    def _lowered(self) -> SmallWords:
        """The words that the article writes in small letters."""
        return SmallWords(self.lines[line] for line in self.kept)

    def _signed_after(self) -> dict[int, Reading]:
        """Return the first byline at the article's end or after it that a label, a role or a text below it shows."""
        begin = max(self.last - END, (self.first + self.last) // 2) + 1
        for line in range(begin, min(self.last + 1 + _AFTER, len(self.lines))):
            if not (reading := self._reading(line)) or (line <= self.last and reading.has("date")):
                continue  # "Posted by Ann Lee on May 3" is the head of a comment
            if self._is_signature(line, reading):
                return {line: reading._replace(sure=True)}
            below = self._reading(line + 1) if reading.label else None
            if below and not below.label and below.has("byline"):
                return {line: reading, line + 1: below._replace(sure=True)}
        return {}

    def _is_signature(self, line: int, reading: Reading) -> bool:
        """Return True if a label names an author, or a role or a sentence below follows a name."""
        if is_unlabelled(reading):
            last = line >= self.last - _INTRODUCED
            signed = self.facts.bylines.words.is_desk(self.lines[line]) or self._is_introduced(line)
            return self._has_role(line + 1) or (last and signed)
        return reading.sure and reading.marks[0].part == "label"


def _is_boilerplate(rule: Rule, reading: Reading) -> bool:
    """Return True if a rule of boilerplate that matches a line says more of it than that it could name an author."""
    return not reading.label and (not reading.sure or (rule.matching == "line" and reading.dated is None))


def _without_bullet(line: str) -> list[Piece]:
    """Return the pieces of a line that is the title, without its bullet."""
    title = Piece(len(line), "title", TITLE)
    bullet = _BULLET.match(line)
    return [Piece(bullet.end(), "drop", TITLE, "label"), title] if bullet else [title]
