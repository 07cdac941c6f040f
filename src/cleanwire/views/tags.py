r"""Line ends written as tags (``<br>``, ``<p>``, ``<div>``, ``<li>``): what is left of a page without its other markup.

The source of a page is not such a text: it has tags of other names.  A text that speaks of tags is not one either.
"""

import html
import re
from collections.abc import Iterator
from itertools import chain

from cleanwire.document import TAGS
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding

_ANY = deferred(re.compile, r"<[/!?]?([A-Za-z!?-][\w:-]*+)([^<>]*+)>")
_END = deferred(re.compile, r"(?i:<(?:br|p|div|li)\b)")
_RUN = deferred(re.compile, r"(?i:(?:(?<!\s)\s++)?(?:</?(?:br|p|div|[ou]?li?)\b[^<>]*+>\s*+)++)")
"""Tags that follow one another; possessive, since a file may be nothing else, and each way back costs 350 bytes."""
_PIECE = deferred(re.compile, r"(?i:(?:(?<![^\S\n])[^\S\n]++)?<(/?[a-z]++)[^<>]*+>[^\S\n]*+\n?[^\S\n]*+)")
_INLINE = deferred(re.compile, r"(?i:</?(?:a|b|strong|i|em|u|span)\b[^<>]*>|&#?[0-9A-Za-z]{2,24};)")
_SPOKEN_OF = deferred(re.compile, r"(?:[\s(\[][\"'`“‘«]|[`(])<[^<>]*>[\"'`”’»)]")
_AFTER = deferred(re.compile, r"(?i:<(?:br|p|div|li)\b[^<>]*>\s*(\w))")

_BREAK = "br"
_ENDS = frozenset({_BREAK, "p", "div"})
_KNOWN = _ENDS | {"li", "ul", "ol", "a", "b", "strong", "i", "em", "u", "span"}
"""The tags that a text may hold: those that end lines, lists, and those inside lines."""
_FEW = 2
"""Least number of tags that end lines."""
_AT_WORDS = 0.25
"""Most of them that a small letter may follow, as a share."""
_UNKNOWN = 0.1
"""Most tags of other names, as a share of all: a name in such brackets is no tag, and many are the source of a page."""
_CODE_SHARE = 0.01
"""Most characters of code outside tags, as a share of the text."""


def fits(text: str) -> bool:
    """Return True if a text has its line ends as tags.

    >>> fits("The bridge is open.<br><br>Post a comment"), fits("Use <br> or <p> to end a line.")
    (True, False)
    """
    if "<" not in text or ">" not in text:
        return False
    ends = len(_END.findall(text))
    if ends < max(_FEW, text.count("\n")):
        return False
    names = [name.lower() for name, _ in _ANY.findall(text)]
    if len(names) - sum(map(names.count, _KNOWN)) > _UNKNOWN * len(names) or _SPOKEN_OF.search(text):
        return False
    words = _ANY.sub("", text)
    code = sum(map(words.count, "{};=")) - len(_INLINE.findall(words))  # an entity ends in a semicolon
    small = sum(letter.islower() for letter in _AFTER.findall(text))
    return small <= _AT_WORDS * ends and code <= _CODE_SHARE * len(words)


def is_plain(text: str) -> bool:
    """Return True if no tag of a text stands inside a line or has attributes, so that nothing is lost with them.

    >>> is_plain("Noon.<br />Night."), is_plain("Noon.<br>See <a href='/b'>more</a>.")
    (True, False)
    """
    known = ((name.lower(), rest) for name, rest in _ANY.findall(text) if name.lower() in _KNOWN)
    return all(name in _ENDS and not rest.strip(" /") for name, rest in known)


def line_ends(text: str, rule: str) -> Iterator[Edit]:
    r"""Yield the edits that make line ends of tags: one of each ``<br>``, an empty line between other blocks.

    >>> [edit.new for edit in line_ends("<p>Noon.</p><p>Night.<br>Dawn.</p>", "tags.line-end")]
    ['', '\n', '\n', '\n', '']
    """
    for run in _RUN.finditer(text):
        is_edge = run.start() == 0 or run.end() == len(text)
        size = breaks = with_end = 0
        for piece in _PIECE.finditer(text, *run.span()):
            size += 1
            breaks += piece[1].lower() == _BREAK
            with_end += "\n" in piece[0]
        wanted = breaks if breaks == size else max(breaks, 2)
        wanted -= run[0].count("\n") - with_end  # line ends that stay
        for piece in _PIECE.finditer(text, *run.span()):
            ends = "\n" in piece[0] if is_edge else wanted > 0
            yield Edit(piece.start(), piece.end(), "\n" if ends else "", "fix", rule)
            wanted -= 1


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that shows line ends, without the tags inside lines; None of a text without such ends.

    >>> view("Noon.<br>Night.", forced=True).edits[0][:3]
    (5, 9, '\n')
    """
    if not forced and not fits(text):
        return None
    inline = (
        Edit(found.start(), found.end(), html.unescape(found[0]) if found[0][0] == "&" else "", "fix", "tags.inline")
        for found in _INLINE.finditer(text)
    )
    return folding(TAGS, text, chain(line_ends(text, "tags.line-end"), inline))
