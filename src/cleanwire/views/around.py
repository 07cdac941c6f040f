"""What the lines around a line show it to be: a part of a sentence, a verse, one of several sources."""

from collections.abc import Container

from cleanwire.document import Document
from cleanwire.views.joints import goes_on_small, is_broken, is_closed, without_margins

_VERSE = 60
"""Most characters of a verse."""
_ADDRESS = ("http", "www.")
_SOURCES = 3
"""Least addresses in a row that are a list of sources; the links of a page come one by one, or have words."""


def goes_on(doc: Document, line: int) -> bool:
    r"""Return True if a line is part of a sentence that begins above it or goes on below it, with no gap between.

    >>> goes_on(Document("The mayor of the town told all who had come to\nthe old harbour to leave."), 1)
    True
    """
    text = without_margins(doc.lines[line])
    if goes_on_small(text) and line and not doc.gap(line) and is_broken(without_margins(doc.lines[line - 1])):
        return True
    below = line + 1
    if below == len(doc.lines) or doc.gap(below) or not is_broken(text):
        return False
    return goes_on_small(without_margins(doc.lines[below]))


def is_fragment(doc: Document, line: int) -> bool:
    r"""Return True if a line is part of a sentence of which each node is a line, however short: small letters go on.

    >>> doc = Document("The gates are open\nfor you.\n\nSign in\nNews\nPart of the\nold fleet left.")
    >>> [number for number in range(len(doc.lines)) if is_fragment(doc, number)]
    [0, 1, 4, 5]
    """
    lines, below = doc.lines, line + 1
    begins = line > 0 and not doc.gap(line) and _passes_on(lines[line - 1], lines[line])
    return begins or (below < len(lines) and not doc.gap(below) and _passes_on(lines[line], lines[below]))


def _passes_on(above: str, below: str) -> bool:
    """Return True if a line begins with a small letter, below a line that no mark closes."""
    return goes_on_small(below) and not is_closed(above)


def is_verse(doc: Document, line: int, known: Container[int]) -> bool:
    r"""Return True if a line stands in a block of short ones, in a text of several blocks; no other line is `known`.

    >>> poem = "The rope is wet\nThe boat is late\nNo sun is set\n\nWe wait and wait"
    >>> is_verse(Document(poem), 1, {1}), is_verse(Document(poem), 1, {0, 1})
    (True, False)
    """
    first, last = _block(doc, line)
    if last - first + 1 in (len(doc.lines), 1, 2) or first == line == 0:
        return False
    others = [other for other in range(first, last + 1) if other != line]
    return all(other not in known and len(doc.lines[other]) <= _VERSE for other in others)


def _block(doc: Document, line: int) -> tuple[int, int]:
    """Return the first and the last line of the block that a line is in."""
    first, last = line, line
    while first and not doc.gap(first):
        first -= 1
    while last + 1 < len(doc.lines) and not doc.gap(last + 1):
        last += 1
    return first, last


def is_source(doc: Document, line: int) -> bool:
    r"""Return True if a line is one of several addresses in a row, which are the sources of a text.

    >>> is_source(Document("https://a.example\nhttps://b.example\nhttps://c.example"), 1)
    True
    """
    lines, first, last = doc.lines, line, line
    if not lines[line].lstrip().startswith(_ADDRESS):
        return False
    while first and lines[first - 1].lstrip().startswith(_ADDRESS):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].lstrip().startswith(_ADDRESS):
        last += 1
    return last - first + 1 >= _SOURCES
