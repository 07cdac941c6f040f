"""Name title, byline, dateline and date in place, or set them aside; cut the agency's sign-off.

`cleanwire.story.metadata` finds the lines; this filter makes edits of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from cleanwire.bylines.marks import Mark, pieces
from cleanwire.document import Document, Piece
from cleanwire.edit import Action, Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.story.metadata import Metadata

_LETTER = deferred(regex.compile, r"\p{L}")


@dataclass(frozen=True)
class BylineFilter:
    r"""Name the title, byline, dateline and date of an article, and cut the agency's sign-off.

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
        """Return the edits that name what was found, and those that cut."""
        whole: dict[int, list[Piece]] = {}
        inline: list[Edit] = []
        for number, marks in Metadata(doc, self.packs).marks().items():
            line = doc.lines[number]
            if all(mark.action == "drop" or mark.action in self.take for mark in marks) and _covers(marks, line):
                whole[number] = pieces(marks, len(line))
            else:
                inline += self._inline(doc, number, marks)
        if not whole:
            return inline
        cut = doc.cut(whole)
        if all(edit.new for edit in inline):
            return replace(cut, edits=[*inline, *cut.edits])
        return [*inline, *cut]

    def _inline(self, doc: Document, number: int, marks: list[Mark]) -> Iterator[Edit]:
        """Name the marks of a line that stays; those that are taken go with the signs and spaces around them."""
        start, line = doc.start(number), doc.lines[number]
        for first, stop, action, rule, part in marks:
            taken = action == "drop" or action in self.take
            if taken and first and stop < len(line):
                while stop < len(line) and line[stop].isspace():
                    stop += 1
            yield Edit(start + first, start + stop, "" if taken else line[first:stop], action, rule, part)


def _covers(marks: list[Mark], line: str) -> bool:
    """Return True if `marks` leave no letter of a line out."""
    reached = 0
    for mark in marks:
        if _LETTER.search(line, reached, mark.start):
            return False
        reached = mark.stop
    return not _LETTER.search(line, reached)
