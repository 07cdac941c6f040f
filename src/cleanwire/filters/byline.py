"""Title, byline, dateline and date: named where they stand, or set aside; the agency's tail goes.

Which lines say so `cleanwire.story.metadata` knows; this filter makes edits of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from cleanwire.bylines.reader import Part, pieces
from cleanwire.document import Document, Piece
from cleanwire.edit import Action, Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.story.metadata import Metadata

_LETTER = deferred(regex.compile, r"\p{L}")


@dataclass(frozen=True)
class Byline:
    r"""Name the title, byline, dateline and date of a story, and cut the agency's tail.

    `take` are the actions that leave the text instead of being named in it; `packs` are packs of your own.

    >>> story = "By Ann Lee\nOSLO (AP) - Rain fell on the town for a third day.\n(Reporting by Bo Roe)"
    >>> for edit in Byline()(Document(story)):
    ...     print(edit.action, edit.rule, repr(edit.new))
    byline byline.en.by.label 'By'
    byline byline.en.by 'Ann Lee'
    dateline dateline.any.wires 'OSLO (AP)'
    dateline dateline.any.wires.label ' - '
    drop tail.en.desk ''
    """

    take: frozenset[Action] = frozenset()
    packs: tuple[Pack, ...] = ()
    name: str = "byline"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc`; propose the names, and the cuts."""
        marks = Metadata(doc, self.packs).marks()
        whole: dict[int, list[Piece]] = {}
        for index, parts in marks.items():
            if all(part.action == "drop" or part.action in self.take for part in parts) and _covers(
                parts, doc.lines[index]
            ):
                whole[index] = pieces(parts, len(doc.lines[index]))
            else:
                yield from self._inline(doc, index, parts)
        if whole:
            yield from doc.cut(whole)

    def _inline(self, doc: Document, index: int, parts: list[Part]) -> Iterator[Edit]:
        """Name the parts of a line that stays; those that are taken go with the marks and blanks around them."""
        start, line = doc.start(index), doc.lines[index]
        for start_, stop, action, rule in parts:
            taken = action == "drop" or action in self.take
            if taken and start_ and stop < len(line):
                while stop < len(line) and line[stop].isspace():
                    stop += 1
            yield Edit(start + start_, start + stop, "" if taken else line[start_:stop], action, rule)


def _covers(parts: list[Part], line: str) -> bool:
    """Whether `parts` leave no letter of a line unread."""
    reached = 0
    for part in parts:
        if _LETTER.search(line, reached, part.start):
            return False
        reached = part.stop
    return not _LETTER.search(line, reached)
