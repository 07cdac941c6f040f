"""What a whole page says of a name without a label: that it is an author's, the site's, or that the story is about it.

A page prints the name of an author again: as the text of his picture, in a box below the story, in links to his other
stories.
"""

from collections.abc import Sequence

import regex

from cleanwire.lazy import deferred, lazy

_BOX = 90
"""Most characters of a line with an author's name and other words: "More stories by Ann Lee"."""
_MORE = 6
"""The most words that such a line has beside the name."""
_COPYRIGHT = ("©", "copyright", "(c)")
_OFTEN = 6
"""The fewest teasers that are signed with the name of the site."""
_MARGIN = 40
"""Most characters beside the name in the line of such a teaser: a date."""
END = 10
"""How many lines before the story's last are below it, too: a text on the author may be kept."""
_MARK = deferred(regex.compile, r"(?<=\w)['’]s?\b|[^\w.'’-]+")
"""What may stand beside a name: "More of Ann Lee's stories"."""


class PageAuthors:
    """The names on one page, whose story is the lines `kept`.

    >>> lines = ["Rain in Oslo", "Ann Lee", "Rain fell on the town for a third day.", "More from Ann Lee", "© The Gull"]
    >>> authors = PageAuthors(lines, [2])
    >>> authors.is_printed_again(1), authors.is_site("The Gull"), authors.is_told_of("Ann Lee")
    (True, True, False)
    """

    def __init__(self, lines: Sequence[str], kept: Sequence[int]) -> None:
        self._lines, self._kept = lines, kept
        self._last = kept[-1] if kept else -1

    def is_printed_again(self, line: int) -> bool:
        """Return True if the page prints a name again beside its line, or below the story and not above the line.

        What stands above, too, is an entry of a menu.
        """
        name = self._texts[line]
        if self._texts[line + 1 : line + 2] == [name] or (line and self._texts[line - 1] == name):
            return True
        below = range(max(line, self._last - END) + 1, len(self._texts))
        return name not in self._texts[:line] and any(self._repeats(name, other) for other in below)

    def _repeats(self, name: str, line: int) -> bool:
        """Return True if a line is a name, or that of its owner's stories or of a text about him."""
        text = self._texts[line]
        if name not in text or len(text) > _BOX or len(text.split()) > len(name.split()) + _MORE:
            return False
        return f" {name} " in f" {_MARK.sub(' ', text)} "

    @lazy
    def _texts(self) -> list[str]:
        return [" ".join(line.split()) for line in self._lines]

    def is_site(self, name: str) -> bool:
        """Return True if a name is that of the site: a line with its copyright has it, or many short lines have."""
        if not name:
            return False
        return any(name in line for line in self._owners) or self._count(name) >= _OFTEN

    def _count(self, name: str) -> int:
        """Return how many short lines begin with a name, as those of teasers do."""
        return sum(text.startswith(name) and len(text) <= len(name) + _MARGIN for text in self._texts)

    @lazy
    def _owners(self) -> list[str]:
        low = ((line, line.casefold()) for line in self._lines if len(line) <= 2 * _BOX)
        return [line for line, folded in low if any(mark in folded for mark in _COPYRIGHT)]

    def is_told_of(self, name: str) -> bool:
        """Return True if the story has a name among its words, and not only at the beginning of a line."""
        return any(name in self._lines[line].lstrip()[1:] for line in self._kept if self._lines[line].strip() != name)
