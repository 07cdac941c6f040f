r"""Line ends written as a backslash and a letter: what is left of a text that was quoted and never read back.

Only the line ends are folded.  A tab or a quotation mark written so stays; see the filter `encoding`.
"""

import re

from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding

_MARK = "\\n"
_END = deferred(re.compile, r"(?:\\r)?\\n")
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

    >>> fits("The bridge is open.\\n\\nPost a comment"), fits(r"Open C:\new\notes.txt")
    (True, False)
    """
    marks = text.count(_MARK) if "\\" in text else 0
    if marks < max(_FEW, _TO_REAL * text.count("\n")):
        return False
    code = sum(map(text.count, _CODE))
    return len(_GOES_ON.findall(text)) <= _AT_WORDS * marks and code < _CODE_SHARE * len(text)


def view(text: str) -> Step | None:
    r"""Return the step that shows line ends.

    >>> view("Noon.\\nNight.").edits[0][:3]
    (5, 7, '\n')
    """
    ends = [Edit(found.start(), found.end(), "\n", "fix", "escaped.line-end") for found in _END.finditer(text)]
    return folding("escaped", text, ends)
