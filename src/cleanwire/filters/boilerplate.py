"""Widgets, share rows, comment boxes, notices: dropped, each by a rule of a pack.

The packs say what a line is; this filter says when that is enough.  Its words are those of the packs: `position` (above
the first sentence, below the last), `confidence` (alone, or in company), `scope` (the line, its block, the rest).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from cleanwire.compiled import surveyor
from cleanwire.document import Document, Piece
from cleanwire.edit import Edit
from cleanwire.packs.pack import Pack, Position, Rule
from cleanwire.scan.matcher import Matches
from cleanwire.story.body import Layout, layout
from cleanwire.text.shape import width

COMPANY = 4
"""A rule in company must stand within so many lines of a sure one, with no sentence between."""
CROWD = 3
"""So many known phrases in a row keep one another company; numbers and prices in a row are a table."""
BRIDGE = 16
"""Short lines between two that go, at most so many, go with them where they stand outside the story."""
DUMP = 6
"""So many lines that go on one side of the story show a menu or a footer; below that there is nothing to bridge."""
HEADLINE = 16
"""A line of so many columns above the story may be its title, and no bridge takes it."""
LATE = 0.96
"""A rule that reaches to the end of the text does so only behind this share of the letters in sentences."""
_BULLETS = ("- ", "* ", "• ", "· ", "– ")


@dataclass(frozen=True)
class BoilerplateFilter:
    r"""Propose to drop the lines that the packs know as boilerplate.

    `packs` are packs of your own, beside the ones that come with the library.

    >>> [edit.rule for edit in BoilerplateFilter()(Document("She left at noon.\n\nPost a comment"))]
    ['comments.en.box']
    """

    packs: tuple[Pack, ...] = ()
    name: str = "boilerplate"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc` and propose the cuts."""
        survey = doc.once(surveyor(self.packs).survey)
        hits = {index: rule for index, rule in survey.hits.items() if rule.action == "drop"}
        if len(hits) < CROWD and not any(rule.confidence == "alone" for rule in hits.values()):
            return ()  # nothing here fires alone, and there are too few for a crowd
        out = _Reading(doc, hits, survey.sentences).out()
        return doc.cut({index: [Piece(len(doc.lines[index]), "drop", rule.name)] for index, rule in out.items()})


class _Reading:
    """One look at one document: which of its rows go, and by which rule."""

    def __init__(self, doc: Document, hits: Matches, sentences: Iterable[int]) -> None:
        self.lines = doc.lines
        self.rules: dict[int, Rule] = {bisect_left(doc.rows, index): rule for index, rule in hits.items()}
        alone = {row for row, rule in self.rules.items() if rule.confidence == "alone"}
        # Boilerplate for sure is no part of the story, however much it reads as prose.
        self.layout: Layout = layout(doc, [row for row in sentences if row not in alone])
        self.placed = {
            row for row, rule in self.rules.items() if rule.position == "any" or self._in_place(row, rule.position)
        }
        self.gone: dict[int, Rule] = {}

    def out(self) -> dict[int, Rule]:
        """Return the lines that go, by index, with the rule that each goes by."""
        self.gone.update(
            (row, rule) for row, rule in self.rules.items() if rule.confidence == "alone" and row in self.placed
        )
        self.gone.update(list(self._crowds()))
        self._reach_rest()
        self._reach_block()
        self.gone.update(list(self._company()))
        self.gone.update(list(self._bridges()))
        rows = self.layout.rows
        return {rows[row]: self.gone[row] for row in sorted(self.gone)}

    def _in_place(self, row: int, position: Position) -> bool:
        return (position != "end" and self.layout.above(row)) or (position != "top" and self.layout.below(row))

    def _reach_rest(self) -> None:
        """Cut from a header to the end of the text, where nearly all of the story lies above it."""
        end = len(self.layout.rows)
        for row in sorted(filter(self._heads, self.rules), reverse=True):
            if row < end and self.layout.passed[row] >= LATE * self.layout.passed[end] > 0:
                self.gone.update((other, self.gone.get(other, self.rules[row])) for other in range(row, end))
                end = row

    def _heads(self, row: int) -> bool:
        """Whether a row is a heading that reaches to the end; an item of a list is none, whatever its words."""
        return self.rules[row].scope == "rest" and not self.lines[self.layout.rows[row]].lstrip().startswith(_BULLETS)

    def _reach_block(self) -> None:
        """Cut from a header to the next blank line or sentence."""
        rows = self.layout.rows
        for row, rule in list(self.gone.items()):
            if rule.scope != "block":
                continue
            following = row + 1
            while following < len(rows) and rows[following] == rows[following - 1] + 1 and not self._closed(following):
                self.gone.setdefault(following, rule)
                following += 1

    def _crowds(self) -> Iterator[tuple[int, Rule]]:
        """Yield the rows of every run of known ones that is long enough."""
        if len(self.placed) < CROWD:
            return
        for _, run in groupby(enumerate(sorted(self.placed)), lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in run]
            if len(rows) >= CROWD and sum(self.rules[row].matching != "pattern" for row in rows) >= CROWD:
                yield from ((row, self.rules[row]) for row in rows if row not in self.gone)

    def _closed(self, row: int) -> bool:
        return row in self.layout.sentences and row not in self.gone

    def _company(self) -> Iterator[tuple[int, Rule]]:
        """Yield the rows that go because they stand beside one that goes for sure."""
        asking = {
            row: rule
            for row, rule in self.rules.items()
            if row not in self.gone and (rule.confidence == "alone" or row in self.placed)
        }
        gone = self.gone.keys()
        for row, rule in asking.items():
            if gone.isdisjoint(range(row - COMPANY, row + COMPANY + 1)):
                continue
            if self._leads(row, -1, asking) or self._leads(row, 1, asking):
                yield row, rule

    def _leads(self, row: int, step: int, asking: Collection[int]) -> bool:
        """Whether the way from a row, up or down, comes to one that goes before a sentence closes it."""
        for other in range(row + step, row + step * (COMPANY + 1), step):
            if other in self.gone:
                return True
            if other not in asking and self._closed(other):
                return False
        return False

    def _bridges(self) -> Iterator[tuple[int, Rule]]:
        """Yield the rows between two that go, outside the story."""
        if len(self.gone) < DUMP:
            return
        for outside in (self.layout.above, self.layout.below):
            gone = sorted(filter(outside, self.gone))
            if len(gone) < DUMP:
                continue
            for above, below in pairwise(gone):
                if below == above + 1:
                    continue
                between = range(above + 1, below)
                if len(between) <= BRIDGE and not any(map(self._closed, between)):
                    yield from ((row, self.gone[above]) for row in between if not self._is_title(row))

    def _is_title(self, row: int) -> bool:
        """Whether a row above the story is long enough to be its title."""
        return self.layout.above(row) and width(self.lines[self.layout.rows[row]].lstrip()) >= HEADLINE
