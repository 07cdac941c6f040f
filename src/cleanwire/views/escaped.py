r"""Line ends written as a backslash and a letter: what is left of a text that was quoted and never read back.

Only the line ends are folded.  What else is written so, the filter `escapes` reads.  Paths and patterns that hold the
same two characters stay as they are.
"""

import re

from cleanwire.document import ESCAPED
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding

_MARK = "\\n"
_AS_IT_STANDS = r"(?<![\s(\[][\"'`])"
"""Nothing follows that is quoted as it stands."""
SEQUENCE = deferred(
    re.compile,
    r"(?P<kept>\b[A-Za-z]:(?:\\(?!n[^a-z])[\w.-]*)+|\\\\\w[\w.-]*(?:\\(?!n[^a-z])[\w.-]+)+|\\\\+.?|\[\^?(?:\\\w)+\][+*?]?)"
    rf"|(?P<end>{_AS_IT_STANDS}(?:\\r)?\\n(?![+*?|{{]\S))"
    r"|(?P<pair>\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})"
    r"|(?P<code>\\u[\da-fA-F]{4}|\\x[89a-fA-F][\da-fA-F])"
    r"|(?P<mark>\\[\"'/])"
    rf"|(?P<tab>{_AS_IT_STANDS}\\t(?![a-z]))",
)
"""An escape sequence, named by the group that matches it; ``kept`` is a path, a pattern or a doubled backslash."""
_JSON = deferred(re.compile, r"(?m)^[^\S\n]*[\[{]\s*[\"\[{]")
"""JSON, whose line ends are written so for a program to read."""
_GOES_ON = deferred(re.compile, r"\\n[a-zß-öø-ÿ]")
_CODE = frozenset("{};=")
_FEW = 2
"""Least number of line ends that make a layout."""
_TO_REAL = 2
"""How many times as many of them there must be as real line ends."""
_AT_WORDS = 0.1
"""Most of them that a small letter may follow: in a path or a pattern (``C:\\new``) it does."""
_CODE_SHARE = 0.01
"""Most characters of code, as a share of the text: in a program they are written on purpose."""


def fits(text: str) -> bool:
    r"""Return True if a text has its line ends as ``\n``.

    >>> fits("The bridge is open.\\n\\nPost a comment"), fits(r"Open C:\new\notes.txt"), fits(r'{"a": "Noon.\n\n"}')
    (True, False, False)
    """
    marks = text.count(_MARK) if "\\" in text else 0
    if marks < max(_FEW, _TO_REAL * text.count("\n")):
        return False
    if _JSON.search(text):
        return False
    code = sum(map(text.count, _CODE))
    return len(_GOES_ON.findall(text)) <= _AT_WORDS * marks and code < _CODE_SHARE * len(text)


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that shows line ends; None of a text that has none written so.

    >>> view("Noon.\\nNight.", forced=True).edits[0][:3]
    (5, 7, '\n')
    """
    if not forced and not fits(text):
        return None
    ends = (found.span() for found in SEQUENCE.finditer(text) if found["end"])
    return folding(ESCAPED, text, [Edit(*span, "\n", "fix", "escaped.line-end") for span in ends])
