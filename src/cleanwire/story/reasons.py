"""What shows that a document is an article or a page, so that a line above its text may be named as title.

Prose has short lines too: answers, verses, headings of chapters, steps of recipes.  A line of them is a title only if
the text around it is that of a page, if an author or a date stands below it, or if it stands alone above a story.
"""

from collections.abc import Callable
from itertools import takewhile

import regex

from cleanwire.bylines.marks import Reading
from cleanwire.compiled import Facts
from cleanwire.document import Document
from cleanwire.lazy import deferred
from cleanwire.story.addressees import is_addressee
from cleanwire.story.body import NEAR
from cleanwire.story.recurrence import recurring
from cleanwire.text.fold import is_unspaced
from cleanwire.text.shape import is_closed, width, words
from cleanwire.views.joints import goes_on_small, is_row

_WITNESSES = 2
"""How many known lines of menus and boxes show a page; one may be chance, and in a text as long as a guide two, too."""
_WORDS = 3
"""The fewest words of a title outside of pages."""
_COLUMNS = 100
"""The most columns of a title outside of pages."""
_NEXT = 6
"""How many lines below the first are looked at: half of them are paragraphs in an article."""
_PARAGRAPH = 100
"""The fewest columns of a paragraph; verses and lines of a fixed width are shorter."""
_RECURRING = 3
"""The fewest words of a title that recur in the story, where nothing else shows that it is one."""
_PARAGRAPHS = 40
"""A text of more paragraphs is a guide or a book: its first line is one heading of many."""
_FEW = 8
"""Up to so many paragraphs, a line alone above them is their title, whatever it says; above more it may be a section's.
"""
_HEADING_WORDS = 8
"""The most words of a title that nothing but its place vouches for; more are a sentence without its full stop."""
_LONG_HEADING, _THIRD = 12, 3
"""The most words of a title that stands alone above a story, and one in how many of them must recur in the story."""
_SENTENCE = 3
"""The fewest words of a sentence right above a line that is then no title."""
_FIXED = 60
"""The fewest characters of a line of a fixed width, which goes on in the next one."""
_NAME = 3
"""The most words of what may be a person's name."""
_SHARED = 2
"""The fewest words of a title that recur in the story, where one known line speaks for a page."""
_START = deferred(regex.compile, r"[\"'“„«‘’¿¡「『]?[\p{Lu}\p{Lt}\p{Lo}\d]")
_HEADING = deferred(
    regex.compile,
    r"(?:\p{L}+\s)?(?:\d+|[IVXLC]+)[.)](?:\s|$)|\p{L}+\s\d+:|[^:]*:\s[^:]*:\s|[IVXLC]+\s*[-–—:]|.*(?://|[@<>=|]|\w\.\p{L}{2,4}$)",
)
"""What begins as a list, a chapter or an article of a law does, has two speakers, or holds an address or markup."""
_SENTENCES = deferred(regex.compile, r"\p{Ll}{2}[.!?][\"'”’»]*(?:\s|[\"'”’»]$)|''$|[۔।。！？，、،…]|[,;:—–-]$")
"""Signs of a running text: several sentences, or one that goes on in the next line."""
_SENTENCE_END = deferred(
    regex.compile,
    r"\p{Ll}{2}[.!?][\"'”’»]*\s+(?=[\"'“„«‘]?\p{Lu})|[\p{Lo}\p{M}]{3}[.!?؟]\s+(?=\p{Lo})|[。！？।۔](?=\s*\w)",
)
"""The end of a sentence that another one follows; scripts without capitals show it by the stop alone."""
_QUOTED_END = deferred(regex.compile, r"\p{Ll}{2}\.[\"'”’»]+$")
"""The end of a quoted sentence that ends the line."""
_FIELD = deferred(regex.compile, r"\p{L}[\p{L} ]{1,20}:\s")
"""The label of a field, such as those above a message: "Groups: …"."""
_CLOSED = deferred(regex.compile, r"[\p{Po}\p{Pe}\p{Pf}\p{Thai}\"]\s*$")
"""The end of a paragraph; Thai has no full stop."""
_SITE_MARKS = tuple("|-–—·•»:")
"""What stands between a title and the name of the site."""
_CALLS = frozenset("?!¡؟？！")
_SPOKEN = frozenset('?!)"”»“¡؟？！）」')
"""A paragraph that ends so is speech or an aside as likely as a title."""


def is_page(facts: Facts) -> bool:
    r"""Return True if a document is or was a page: known lines of menus and boxes stand in it, or were cut from it.

    >>> from cleanwire.compiled import facts
    >>> from cleanwire.document import Document
    >>> is_page(facts(Document("Follow us on Twitter\nPost a comment\nRain falls on Oslo")))
    True
    """
    return len(facts.witnesses) >= _WITNESSES * (1 + (len(facts.prose) > _PARAGRAPHS))


def may_be_title(text: str) -> bool:
    """Return True if a line begins as a title does: not with a bullet, the dash of speech or markup.

    >>> may_be_title("Rain falls on Oslo"), may_be_title("— Come in!")
    (True, False)
    """
    return _START.match(text) is not None


def is_several_sentences(text: str) -> bool:
    """Return True if a line holds two sentences and more of a third, or two long ones: a paragraph, not a headline.

    >>> is_several_sentences("They came. They saw. Then they left again"), is_several_sentences("It is over. What now?")
    (True, False)
    """
    ends = len(_SENTENCE_END.findall(text))
    return ends >= 2 or (ends == 1 and width(text) > _COLUMNS) or _QUOTED_END.search(text) is not None


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
    if not _has_shape(text, _count(text)):
        return False
    if any(_names_site(text, above.strip()) for above in doc.lines[:line]):
        return True
    if (line and facts.line(line).bare_reading) or _is_in_text(doc, line, reading) or is_addressee(doc, line):
        return False
    last = min(line + (1 if line else NEAR), first, len(doc.lines) - 1)
    below = [reading(other) for other in takewhile(lambda other: not _is_spoken(doc, other), range(line + 1, last + 1))]
    if any(map(_signs, below)) and _is_above_signature(doc, line, first, below):
        return True
    return _is_vouched_by_story(doc, facts, line, first, reading)


def _is_above_signature(doc: Document, line: int, first: int, below: list[Reading | None]) -> bool:
    """Return True if an author stands below a line, or a date and the line is no address or heading in capitals."""
    if any(found and found.sure and found.has("byline") for found in below):
        return True
    text = doc.lines[line].strip()
    return not text.isupper() and (not line or _shares(doc, first, text))


def _is_vouched_by_story(
    doc: Document, facts: Facts, line: int, first: int, reading: Callable[[int], Reading | None]
) -> bool:
    """Return True if a line names what the story below it is about, or stands alone above that."""
    text = doc.lines[line].strip()
    if text[-1] in _SPOKEN or text.isupper() or len(facts.prose) > _PARAGRAPHS:
        return False
    if facts.witnesses and first - line <= NEAR and _shares(doc, first, text):
        return True
    if line or doc.lines.count(doc.lines[0]) > 1 or (text.count(" ") < _NAME and facts.line(0).bare_reading):
        return False  # a refrain; a person's name
    if _stands_alone(doc, facts, reading) and (_is_heading(doc, facts, text) or _shares(doc, 1, text)):
        return True
    return _recurs(doc, facts, text)


def _is_heading(doc: Document, facts: Facts, text: str) -> bool:
    """Return True if a line alone above a few paragraphs is brief, or holds some words of theirs."""
    if len(facts.prose) > _FEW:
        return False
    size = _count(text)
    return size <= _HEADING_WORDS or (size <= _LONG_HEADING and _shares(doc, 1, text, _THIRD))


def _count(text: str) -> int:
    """Count the words of a line; two letters of a script without spaces are one."""
    return len(text) // 2 if is_unspaced(text) else len(text.split())


def _is_in_text(doc: Document, line: int, reading: Callable[[int], Reading | None]) -> bool:
    """Return True if a line is one of several in a running text: below a sentence, or with part of a sentence in it."""
    below = line + 1
    if below < len(doc.lines) and not doc.gap(below) and goes_on_small(doc.lines[below].strip()):
        return True
    above = doc.lines[line - 1].strip() if line and not doc.gap(line) and not reading(line - 1) else ""
    if is_closed(above):
        return words(above) >= _SENTENCE
    return len(above) >= _FIXED and not (_FIELD.match(above) or is_row(above))


def _is_spoken(doc: Document, line: int) -> bool:
    """Return True if a line is an exclamation or a question, which does not stand between a title and its author."""
    return doc.lines[line].rstrip()[-1:] in _CALLS


def _has_shape(text: str, words: int) -> bool:
    """Return True if a line of so many words could be a title in prose: not too short, too long, or several sentences.

    >>> _has_shape("Rain falls on Oslo", 4), _has_shape("Article 6. The owner of a house", 7)
    (True, False)
    """
    if words < _WORDS or width(text) > _COLUMNS or text[-1] in "!！":
        return False
    return not (_HEADING.match(text) or _SENTENCES.search(text))


def _recurs(doc: Document, facts: Facts, text: str) -> bool:
    """Return True if paragraphs stand below the first line, and enough of its words recur in them."""
    lines = doc.lines[1 : 1 + _NEXT]
    if not facts.prose or facts.prose[0] > NEAR or sum(width(line) >= _PARAGRAPH for line in lines) < _NEXT // 2:
        return False
    shared, words = recurring(text, "\n".join(doc.lines[1:]).casefold())
    return shared >= _RECURRING and 2 * shared >= words


def _shares(doc: Document, first: int, text: str, part: int = 2) -> bool:
    """Return True if half of the words of a line, or one of `part`, recur in the story from the line `first` on."""
    shared, words = recurring(text, "\n".join(doc.lines[first:]).casefold())
    return shared >= _SHARED and part * shared >= words


def _names_site(title: str, line: str) -> bool:
    """Return True if a line is the title of the page: that of the article, a mark, and the name of the site."""
    return line.startswith(title) and line[len(title) :].lstrip()[:1] in _SITE_MARKS and line != title


def _signs(reading: Reading | None) -> bool:
    """Return True if a line says for sure who wrote a text, or in which year or at what time."""
    return reading is not None and reading.sure and reading.dated is not False


def _stands_alone(doc: Document, facts: Facts, reading: Callable[[int], Reading | None]) -> bool:
    """Return True if an empty line and at most names stand between the first line and the first paragraph."""
    if not doc.gap(1) or not facts.prose or not 1 <= facts.prose[0] <= NEAR:
        return False
    return _CLOSED.search(doc.lines[facts.prose[0]]) is not None and all(map(reading, range(1, facts.prose[0])))
