"""Signs that a text is the dump of a page: lines that the packs know, runs of short lines as in menus, links of a site.

Poems, plays, recipes and lists are short lines without a page around them.  Page mode acts only where enough of these
signs speak for a page; prose has next to none of them, in any genre.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule
from cleanwire.text.fold import is_unspaced
from cleanwire.text.shape import is_closed, is_sentence, letters, words

_GROUP = 3
"""Least points for known lines that stand beside another to be a group."""
_GROUPED = 4
"""Least points that make a page where known lines stand in a group."""
_APART = 6
"""Least sure points where each line stands alone between others, as headings and answers do."""
_SURE_SHARE = 0.01
"""Points of lines that are boilerplate wherever they stand, for each paragraph of a page."""
_KNOWN_SHARE = 0.08
"""Points of all known lines, for each paragraph of a page."""
_MARKED_SHARE = 0.3
"""Points of all known lines, for each paragraph of a page with marks."""
_KINDS = 3
"""Least number of kinds those must be of: the headings of a digest are of one or two."""
_MENU = 20
"""Least short lines in a row to be a menu, where `_BESIDE` points of known lines stand with them."""
_BESIDE = 3
_ITEM = 4
"""The words of an item of a menu, at most."""
_ITEM_WIDTH = 40
_HEADED = 5
"""Least words of the shortest sentence that a heading stands above."""
_PHRASE = 4
"""Least letters of two words in a script that joins words."""
_MARKS = frozenset(",;:、，؛،.!?…。！？؟।։")
"""What an item of a menu does not hold: a verse, an ingredient or a speech often does."""
_MARKUP = frozenset("<>@`{}_=─│└├#")
"""Characters of code, addresses and headings: a tutorial names buttons without having any."""
_FENCE = "```"
_LINKS = 5
"""Least lines of links within a site, as Markdown writes them, that make a page."""
_SITE = "](/"
_LINK = deferred(re.compile, r"[\s#*+•.-]*(?:\[[^\[\]]{0,40}\]\(/[^()\s]*(?: \"[^\"]*\")?\)[\s|·]*)+")
"""A line of nothing but links to other pages of its site: lists of books and sources have addresses with a host."""


class Signs(NamedTuple):
    """What speaks for a page around the text.

    A line that the packs know as boilerplate is one point, two if it has two words or more; copies of it are none, and
    so are headings: a manual has "Comments" and "Related work" above its paragraphs, and so has a thesis.  `known` are
    the points of all such lines, `sure` those of rules that need no neighbor and of names of networks, `together` those
    of lines that stand beside another.  `kinds` is the number of kinds of their rules.  `menu` is the longest run of
    short lines that no mark closes; 0 where it decides nothing: beside less than 3 points, below 20 lines, or where the
    other signs are enough.  `links` is the number of lines that are links within a site.  `metadata` says that a
    converter wrote the ``meta`` elements of a page above it.
    """

    sure: int = 0
    known: int = 0
    together: int = 0
    kinds: int = 0
    menu: int = 0
    links: int = 0
    metadata: bool = False

    def vouch(self, paragraphs: int, *, marked: bool = False) -> bool:
        """Return whether a text of this number of paragraphs is the dump of a page.

        Lists of links are menus but for their marks, so a `marked` text, such as Markdown, needs what is boilerplate
        wherever it stands, less of it where known lines stand together, or hardly anything but known lines.

        >>> Signs(sure=6, known=9).vouch(80), Signs(known=3).vouch(80), Signs(known=3, menu=40).vouch(80)
        (True, False, True)
        """
        if self.metadata:
            return True
        if marked:
            least = _BESIDE if self.together >= _GROUPED else _APART
            return self.sure >= max(least, _SURE_SHARE * paragraphs) or self.known >= _MARKED_SHARE * paragraphs
        grouped = self.together >= _GROUP
        return (
            self.sure >= max(_GROUPED if grouped else _APART, _SURE_SHARE * paragraphs)
            or (grouped and self.known >= max(_GROUPED, _KNOWN_SHARE * paragraphs) and self.kinds >= _KINDS)
            or (self.known >= _BESIDE and self.menu >= _MENU)
            or self.links >= _LINKS
        )


def read(
    lines: Sequence[str], rules: Mapping[int, Rule], folded: Callable[[int], str], *, metadata: bool = False
) -> Signs:
    """Return the signs among content lines; `rules` are those that match them, by the number of the line.

    `folded` gives the key of a line that a rule matches, by its number.

    >>> lines = ["[Home](/)", "[News](/news)", "The ferry left at noon."]
    >>> read(lines, {}, lines.__getitem__)
    Signs(sure=0, known=0, together=0, kinds=0, menu=0, links=2, metadata=False)
    """
    code = set(_fenced(lines)) if any(_FENCE in line for line in lines) else frozenset[int]()
    dropped = {number: rule for number, rule in rules.items() if rule.action == "drop" and number not in code}
    first: dict[str, int] = {}
    for number in dropped:
        if not _is_heading(number, lines, dropped):
            first.setdefault(_key(lines[number], folded(number)), number)
    first.pop("", None)
    sure = known = together = 0
    for key, number in first.items():
        points, rule = _points(key), dropped[number]
        known += points
        sure += points * (rule.confidence == "alone" or rule.kind == "share")
        together += points * (number - 1 in dropped or number + 1 in dropped)
    kinds = {dropped[number].kind for number in first.values()}
    found = Signs(sure, known, together, len(kinds), 0, _links(lines), metadata)
    return found if known < _BESIDE or found.vouch(len(lines)) else found._replace(menu=_menu(lines))


def _is_heading(number: int, lines: Sequence[str], dropped: Collection[int]) -> bool:
    """Return whether a line that the packs know stands above a sentence that they do not know."""
    below = number + 1
    if below >= len(lines) or below in dropped or is_sentence(lines[number]):
        return False
    return is_sentence(lines[below]) or (is_closed(lines[below]) and words(lines[below]) >= _HEADED)


def _key(line: str, folded: str) -> str:
    """Return what two lines must share to be the same sign; nothing for a line that is none."""
    if "://" in line or not _MARKUP.isdisjoint(line):
        return ""
    key = " ".join([word for word in folded.split() if word != "0"]) if "0" in folded else folded
    return key if len(key) > 1 else ""


def _points(key: str) -> int:
    """Return 2 for a phrase, 1 for a word."""
    return 1 + (" " in key or (is_unspaced(key) and len(key) >= _PHRASE))


def _menu(lines: Sequence[str]) -> int:
    """Return the length of the longest run of items of a menu; 0 if none is as long as a menu.

    A run that is has one of every `_MENU` lines: where that is no item, those around it need no look.
    """
    longest = reached = 0
    for number in range(_MENU - 1, len(lines), _MENU):
        if number < reached or not _is_item(lines[number]):
            continue
        first, reached = number, number + 1
        while first and _is_item(lines[first - 1]):
            first -= 1
        while reached < len(lines) and _is_item(lines[reached]):
            reached += 1
        longest = max(longest, reached - first)
    return longest if longest >= _MENU else 0


def _links(lines: Sequence[str]) -> int:
    """Return the number of lines that are nothing but links within a site."""
    return sum([_LINK.fullmatch(line) is not None for line in lines if _SITE in line])


def _fenced(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines of code between fences."""
    inside = False
    for number, line in enumerate(lines):
        if line.lstrip().startswith(_FENCE):
            inside = not inside
        elif inside:
            yield number


def _is_item(line: str) -> bool:
    """Return whether a line could be an item of a menu."""
    line = line.strip()
    return (
        len(line) <= _ITEM_WIDTH and words(line) <= _ITEM and _MARKS.isdisjoint(line) and 2 * letters(line) > len(line)
    )
