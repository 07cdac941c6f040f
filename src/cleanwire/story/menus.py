"""Unknown lines that are part of a menu, a footer or a list, as the known lines around them show.

No list of phrases holds the sections of every site.  Where known lines above and below go, so do the short lines
between them: above the body and below it, and in a menu between two of its sentences.  Around a story the edges of the
text count as known lines.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

import regex

from cleanwire.document import Document
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule
from cleanwire.story.body import Body
from cleanwire.story.recurrence import recurring
from cleanwire.text.shape import width

LEAST = 6
"""Least known lines on one side of the body to show a menu or a footer; below that nothing is bridged."""
MENU, _RULES = 10, 3
"""Least known lines, no two alike, between two sentences of the body to show a menu there, and least rules of them: a
list of countries or cities in an article is known by one or two."""
_ALIKE = 0.6
"""Least share of these lines in all known ones there; the buttons at each item of a list or a shop are alike."""
_PLACES = ".nations"
"""Rules of countries, which articles and forms list too."""
_SHORT = 16
"""Up to this number of lines between two that go, go with them."""
_LONG = 150
"""The same for entries of a menu, if there are enough known lines and few of the lines end as sentences do."""
_UNKNOWN, _UNKNOWN_AT_STORY = 1, 3
"""A long bridge has at most this many unknown lines for each known one on its side of the body; the second is for
pages with a story: those without one consist of lists."""
_CLOSED = 0.1
"""Most lines of a long bridge or of one to an edge, as a share, that a mark closes: verses and lists of an article end
in commas and stops, entries of menus do not."""
_ENTRY = 16
"""From how many columns a line above the body may be its title."""
_WIDE_ENTRY = 28
"""The same where as many known lines as show a menu follow above the body, and the header of the page is not near."""
_HEADLINE = 60
"""The same there, for a line that does not share words with the story below: the teaser of another one."""
_SHARED = 0.34
"""Which part of the words of a title recur in its story, at least."""
_HEADER = 12
"""How many lines above the body may hold its title and its byline."""
_INNER = 40
"""From how many columns a line between sentences of the body may be a headline, and no entry of a menu."""
_COMMAS = 3
"""From how many commas a line is an enumeration of a text, and no entry of a menu."""
_COMMA = deferred(regex.compile, r"[,،、，]\s*(?=\w)")
_MARKS = tuple(".,;:!?…—–-。，！？；：、।؟،")


def inner_menus(doc: Document, body: Body, rules: Mapping[int, Rule]) -> list[range]:
    """Return the lines between two sentences of the body that are a menu or a footer, by the `rules` that match them.

    Below a footer there may be terms and comments, above a menu there may be teasers.
    """
    if len(rules) < MENU:
        return []
    shown = sorted({*body.sentences}.intersection(range(body.first, body.last + 1)))
    wide = [(above, below) for above, below in pairwise(shown) if below - above > MENU]
    return [range(above + 1, below) for above, below in wide if _show_menu(doc, range(above + 1, below), rules)]


def is_entry(rule: Rule) -> bool:
    """Return True if a rule matches what shows a menu, and not what stands at each post, in a table or in a form."""
    return rule.kind != "comments" and rule.matching != "pattern" and not rule.name.endswith(_PLACES)


def _show_menu(doc: Document, lines: range, rules: Mapping[int, Rule]) -> bool:
    known = [line for line in lines if line in rules and is_entry(rules[line])]
    different = len({doc.lines[line].strip() for line in known})
    return different >= max(MENU, _ALIKE * len(known)) and len({rules[line].name for line in known}) >= _RULES


def bridges(doc: Document, body: Body, gone: Set[int], menus: Sequence[range] = ()) -> Iterator[tuple[int, int]]:
    r"""Yield each unknown line that stands between two lines of `gone` outside the body, and one of these.

    >>> from cleanwire.story.body import body_range
    >>> doc = Document("\n".join(["Home", "News", "Quays", "Sport", "Money", "Log in", "Search"]))
    >>> dict(bridges(doc, body_range(doc, []), {0, 1, 3, 4, 5, 6}))
    {2: 1}
    """
    for outside in (body.above, body.below):
        known = sorted(filter(outside, gone))
        if len(known) < LEAST:
            continue
        inner = min(known[-LEAST], body.first - _HEADER)  # lines before it have others that are known below them
        for above, below in pairwise(_with_edge(doc, body, known, inner)):
            between = range(above + 1, below)
            if between and _is_bridged(doc, body, between, len(known)):
                room = _WIDE_ENTRY if below < inner else _ENTRY
                owner = above if above in gone else below
                yield from ((line, owner) for line in between if not _may_be_title(doc, body, line, room))
    for menu in menus:
        yield from _inner_bridges(doc, body, sorted(gone & set(menu)), menu)


def _inner_bridges(doc: Document, body: Body, known: Sequence[int], menu: range) -> Iterator[tuple[int, int]]:
    """Yield the entries of a menu between two sentences of the body, but what may be the title of the second."""
    different = len({doc.lines[line].strip() for line in known})
    for above, below in pairwise(known):
        between = range(above + 1, below)
        if between and len(between) <= different and _is_bridged(doc, body, between, len(known)):
            sizes = [width(doc.lines[line].strip()) for line in between]
            if max(sizes) < (_INNER if below < menu.stop - _HEADER else _ENTRY):
                yield from ((line, above) for line in between)


def _with_edge(doc: Document, body: Body, known: list[int], inner: int) -> list[int]:
    """Return known lines on one side of a story, with the edge of the text; above the story only if a menu is there."""
    if not body.is_story:
        return known
    if body.above(known[0]):
        return [-1, *known] if known[0] < inner else known
    return [*known, len(doc.lines)]


def _is_bridged(doc: Document, body: Body, between: range, known: int) -> bool:
    """Return True if lines between two that go are no part of an article: no sentence, no heading of it, no code."""
    is_long = len(between) > _SHORT
    if is_long and len(between) > min(_LONG, known * (_UNKNOWN_AT_STORY if body.is_story else _UNKNOWN)):
        return False
    if is_long or between.start == 0 or between.stop == len(doc.lines):
        closed = sum(doc.lines[line].rstrip().endswith(_MARKS) for line in between)
        if closed > _CLOSED * len(between):
            return False
    if any(len(_COMMA.findall(doc.lines[line])) >= _COMMAS for line in between):
        return False
    return body.sentences.isdisjoint(between) and not any(doc.lines[line].lstrip()[0] == "#" for line in between)


def _may_be_title(doc: Document, body: Body, line: int, columns: int) -> bool:
    """Return True if a line above the body has as many columns as its title may have there, and its words."""
    if not body.above(line):
        return False
    size = width(doc.lines[line].strip())
    if size < columns or columns == _ENTRY or size >= _HEADLINE or not body.is_story:
        return size >= columns
    shared, words = recurring(doc.lines[line], body.story)
    return shared >= _SHARED * words
