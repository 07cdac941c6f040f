"""What shows that a document is an article or a page, so that a line above its text may be named as title.

Prose has short lines too: answers, verses, headings of chapters, steps of recipes.  A line of them is a title only if
the text around it is that of a page, if an author or a date stands below it, or if it stands alone above a story.
"""

from collections.abc import Callable

import regex

from cleanwire.bylines.reader import Reading
from cleanwire.compiled import Facts
from cleanwire.document import Document
from cleanwire.lazy import deferred
from cleanwire.story.body import NEAR
from cleanwire.text.fold import is_unspaced
from cleanwire.text.shape import width

_WORDS = 3
"""The fewest words of a title outside of pages."""
_COLUMNS = 100
"""The most columns of a title outside of pages."""
_START = deferred(regex.compile, r"[\"'“„«‘’¿¡「『]?[\p{Lu}\p{Lt}\p{Lo}\d]")
_HEADING = deferred(regex.compile, r"(?:\d+|[IVXLC]+)[.)](?:\s|$)|[IVXLC]+\s*[-–—:]|.*(?://|[@<>=|]|\w\.\p{L}{2,4}$)")
"""What begins as a list or a chapter does, or holds an address or markup."""
_SENTENCES = deferred(regex.compile, r"\p{Ll}{2}[.!?][\"'”’»]*(?:\s|[\"'”’»]$)|''$|[۔।。！？，、،…]|[,;:—–-]$")
"""Signs of a running text: several sentences, or one that goes on in the next line."""
_SITE_MARKS = tuple("|-–—·•»:")
"""What stands between a title and the name of the site."""
_SPOKEN = frozenset('?!)"”»“¡؟？！）」')
"""A paragraph that ends so is speech or an aside as likely as a title."""


def is_page(facts: Facts) -> bool:
    r"""Return True if a document is or was a page: known lines of menus and boxes stand in it, or were cut from it.

    >>> from cleanwire.compiled import facts
    >>> from cleanwire.document import Document
    >>> is_page(facts(Document("Follow us on Twitter\nPost a comment\nRain falls on Oslo")))
    True
    """
    return bool(facts.witnesses)


def may_be_title(text: str) -> bool:
    """Return True if a line begins as a title does: not with a bullet, the dash of speech or markup.

    >>> may_be_title("Rain falls on Oslo"), may_be_title("— Come in!")
    (True, False)
    """
    return _START.match(text) is not None


def is_title_of_prose(
    doc: Document, facts: Facts, line: int, first: int, reading: Callable[[int], Reading | None]
) -> bool:
    r"""Return True if a line is the title of a text that no page stands around.

    `first` is the first line of the story; `reading` gives what a line says of author and date.

    >>> from cleanwire.compiled import facts
    >>> doc = Document("Rain falls on Oslo\n\nRain fell on the town for a third day, and nobody left the house.")
    >>> is_title_of_prose(doc, facts(doc), 0, 1, lambda line: None)
    True
    """
    text = doc.lines[line].strip()
    words = len(text) // 2 if is_unspaced(text) else len(text.split())
    if words < _WORDS or width(text) > _COLUMNS or text[-1] in "!！":
        return False
    if _HEADING.match(text) or _SENTENCES.search(text):
        return False
    if any(_names_site(text, above.strip()) for above in doc.lines[:first]):
        return True
    near = 1 if line else NEAR
    if any(_signs(reading(below)) for below in range(line + 1, min(line + near, first, len(doc.lines) - 1) + 1)):
        return True
    return text[-1] not in _SPOKEN and not text.isupper() and _stands_alone(doc, facts, line, reading)


def _names_site(title: str, line: str) -> bool:
    """Return True if a line is the title of the page: that of the article, a mark, and the name of the site."""
    return line.startswith(title) and line[len(title) :].lstrip()[:1] in _SITE_MARKS and line != title


def _signs(reading: Reading | None) -> bool:
    """Return True if a line says for sure who wrote a text, or in which year or at what time."""
    return reading is not None and reading.sure and reading.dated is not False


def _stands_alone(doc: Document, facts: Facts, line: int, reading: Callable[[int], Reading | None]) -> bool:
    """Return True if a line is the first, with an empty one and at most names between it and the first paragraph."""
    if line or not doc.gap(1) or not facts.prose or not 1 <= facts.prose[0] <= NEAR:
        return False
    return all(map(reading, range(1, facts.prose[0])))
