"""Title, byline, dateline and date: named where they stand, or set aside; the agency's tail goes.

Which lines say so `cleanwire.story.metadata` knows; this filter makes edits of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from cleanwire.bylines.reader import Mark, pieces
from cleanwire.document import Document, Piece
from cleanwire.edit import Action, Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.story.metadata import Metadata

_LETTER = deferred(regex.compile, r"\p{L}")


@dataclass(frozen=True)
class BylineFilter:
    r"""Name the title, byline, dateline and date of a story, and cut the agency's tail.

    `take` are the actions that leave the text instead of being named in it; `packs` are packs of your own.

    >>> story = "By Ann Lee\nOSLO (AP) - Rain fell on the town for a third day.\n(Reporting by Bo Roe)"
    >>> for edit in BylineFilter()(Document(story)):
    ...     print(edit.action, edit.rule, edit.part, repr(edit.new))
    byline byline.en.by label 'By'
    byline byline.en.by None 'Ann Lee'
    dateline dateline.any.wires None 'OSLO (AP)'
    dateline dateline.any.wires label ' - '
    drop tail.en.desk None ''
    """

    take: frozenset[Action] = frozenset()
    packs: tuple[Pack, ...] = ()
    name: str = "byline"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc`; propose the names, and the cuts."""
        found = Metadata(doc, self.packs).marks()
        whole: dict[int, list[Piece]] = {}
        for index, marks in found.items():
            if all(mark.action == "drop" or mark.action in self.take for mark in marks) and _covers(
                marks, doc.lines[index]
            ):
                whole[index] = pieces(marks, len(doc.lines[index]))
            else:
                yield from self._inline(doc, index, marks)
        if whole:
            yield from doc.cut(whole)

    def _inline(self, doc: Document, index: int, marks: list[Mark]) -> Iterator[Edit]:
        """Name the marks of a line that stays; those that are taken go with the marks and blanks around them."""
        start, line = doc.start(index), doc.lines[index]
        for first, stop, action, rule, part in marks:
            taken = action == "drop" or action in self.take
            if taken and first and stop < len(line):
                while stop < len(line) and line[stop].isspace():
                    stop += 1
            yield Edit(start + first, start + stop, "" if taken else line[first:stop], action, rule, part)


def _covers(marks: list[Mark], line: str) -> bool:
    """Whether `marks` leave no letter of a line unread."""
    reached = 0
    for mark in marks:
        if _LETTER.search(line, reached, mark.start):
            return False
        reached = mark.stop
    return not _LETTER.search(line, reached)
