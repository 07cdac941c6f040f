"""The lines that belong to a widget whose first line a rule knows: to its end, the list below it, its second line."""

from collections.abc import Collection
from functools import cache

from cleanwire.document import Document
from cleanwire.story.body import Body
from cleanwire.text.fold import fold
from cleanwire.text.shape import width

FENCE = 12
"""Most lines between the two lines that enclose a widget."""
BELOW = 3
"""Most lines below the first line of a widget that its words show to belong to it."""
ITEMS = 12
"""Most items of a list."""
_NOTICE = 400
"""Most characters of a line below the first line of a widget."""
_ITEM = 120
"""Most columns of an item: the headline of an article."""
_MARKS = ("- ", "* ", "• ", "· ", "– ", "» ", "› ", "> ", "▪ ", "■ ", "● ", "○ ", "► ", "▶ ", "→ ", "+ ")
_CLOSED = tuple(".,;:…。，；：、।۔؛،")
_OPEN = tuple('([（［【〔{@#©"“„')


def fenced(doc: Document, line: int, until: tuple[str, ...]) -> range:
    r"""Return the lines below `line` to the one that is a phrase of `until`; none if it is not near.

    >>> doc = Document("skip past newsletter promotion\nHarbour news by mail\nafter newsletter promotion")
    >>> list(fenced(doc, 0, ("after newsletter promotion",)))
    [1, 2]
    """
    ends = _folded(until)
    for other in range(line + 1, min(line + FENCE + 2, len(doc.lines))):
        if len(doc.lines[other]) <= _ITEM and fold(doc.lines[other]) in ends:
            return range(line + 1, other + 1)
    return range(0)


def below(doc: Document, line: int, phrases: tuple[str, ...]) -> range:
    r"""Return the lines right below `line`, each of which contains one of `phrases`.

    >>> doc = Document("Get our newsletter\n\nHarbour news in your inbox, each Tuesday.\n\nThe council met.")
    >>> list(below(doc, 0, ("in your inbox",)))
    [1]
    """
    words = _folded(phrases)
    stop = line + 1
    while stop < min(line + 1 + BELOW, len(doc.lines)) and len(doc.lines[stop]) <= _NOTICE:
        key = f" {fold(doc.lines[stop])} "
        if not any(f" {word} " in key if word.isascii() else word in key for word in words):
            break
        stop += 1
    return range(line + 1, stop)


def listed(doc: Document, line: int, body: Body) -> range:
    r"""Return the items of the list that `line` heads: below the body, marked as items, or in one block with it.

    >>> from cleanwire.story.body import body_range
    >>> doc = Document("Read also\n- A ferry for Osthaven\n- The old quay\n\nThe council met.")
    >>> list(listed(doc, 0, body_range(doc, [3])))
    [1, 2]
    """
    stop = line + 1
    outside, last = body.below(line) and bool(body.sentences), len(doc.lines)
    while stop < min(line + 1 + ITEMS, last) and _is_item(doc.lines[stop]):
        if not outside and not doc.lines[stop].lstrip().startswith(_MARKS) and doc.gap(stop):
            break
        stop += 1
    if outside or _is_marked(doc, range(line + 1, stop)) or (doc.gap(line) and (stop == last or doc.gap(stop))):
        return range(line + 1, stop)
    return range(0)


def _is_marked(doc: Document, lines: Collection[int]) -> bool:
    return all(doc.lines[line].lstrip().startswith(_MARKS) for line in lines)


def _is_item(line: str) -> bool:
    """Return True if a line may be an item of a list of headlines: short, capitalised, and no sentence."""
    text = line.strip()
    if text.startswith(_MARKS):
        text = text[2:].lstrip()
    return (
        bool(text)
        and width(text) <= _ITEM
        and not text.endswith(_CLOSED)
        and not text.startswith(_OPEN)
        and not text[0].islower()
    )


@cache
def _folded(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, phrases))
