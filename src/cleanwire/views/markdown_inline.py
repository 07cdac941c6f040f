"""The marks of Markdown within lines: links, images, emphasis, escapes, code."""

import re
from collections import deque
from collections.abc import Collection

from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.view import IMAGE, LINK_CLOSE, LINK_OPEN, PLACEHOLDER, PROTECTED
from cleanwire.views.markdown_signs import EMBED, TARGET

JOINT = "markdown.joint"
_BOLD_OPEN, _BOLD_CLOSE = "markdown.emphasis.open", "markdown.emphasis.close"
_ESCAPE = "markdown.escape"

_RUN = r"(?:(?<=[*_])[*_]{0,2}|(?<=~)~)"
_TOKEN = deferred(  # begins with one set of characters, which are found ten times as fast as a choice of patterns
    re.compile,
    r"[\\`!\[\]*_~](?:"
    r"(?<=\\)(?P<escape>[\\`*_{}\[\]()#+\-.!|>~<&$])"
    r"|(?<=`)(?P<code>`*)"
    rf"|(?<=!)(?P<embed>{EMBED[1:]})"
    r"|(?<=!)(?P<image>\[)"
    r"|(?<=\[)(?P<open>)"
    rf"|(?<=\])(?P<close>(?:{TARGET}(?:\{{[^{{}}\n]*\}})?|\[[^\[\]\n]*\])?)"
    rf"|(?<=[*_~])(?P<mark>(?<![\w*_][*_~]){_RUN}(?=[^\s*_])|(?<=[^\s*_][*_~]){_RUN}(?![\w*_]))"
    r")",
)
_MATH = deferred(re.compile, r"(?<![\w$\\])\$(?=[^\s$])[^$\n\\]*\\[^$\n]*(?<!\s)\$(?![\w$])")
_BLOCK = deferred(re.compile, r"[ \t]*(?:[-*+#>|]|\d{1,9}[.)][ \t]|\n|\Z)")
"""What begins the line that goes on no other: an item, a heading, an empty line."""
_FAR = 2000
"""Most characters between the marks of a link, or of emphasis."""


def inline_folds(text: str, start: int, stop: int, references: Collection[str]) -> list[Edit]:
    """Return the folds of the marks within ``text[start:stop]``, sorted; `references` are the names of addresses.

    >>> [edit[:3] for edit in inline_folds("The [bridge](/a) is *open*.", 0, 27, ())]
    [(4, 5, ''), (11, 16, ''), (20, 21, ''), (25, 26, '')]
    """
    marks = _Marks(text, references)
    if text.find("$", start, stop) >= 0 and text.find("\\", start, stop) >= 0:
        for math in _MATH.finditer(text, start, stop):
            marks.folds.append(Edit(*math.span(), PLACEHOLDER, "fix", PROTECTED))
    for found in _TOKEN.finditer(text, start, stop):
        if found.start() >= marks.reached:
            marks.take(found, stop)
    return marks.folds


class _Marks:
    """The marks that were read of a stretch of text, and those that are open."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self.text, self.references = text, references
        self.folds: list[Edit] = []
        self.reached = 0
        # Where a bracket opened, and whether it is of an image: of more than these, the first are too far away.
        self._opened: deque[tuple[int, bool]] = deque(maxlen=_FAR)
        self._emphasis: dict[str, int] = {}  # by the marks that would close it: where the last one opened

    def take(self, found: re.Match[str], stop: int) -> None:
        """Take the next mark; `stop` is the end of the stretch."""
        kind, (first, last) = found.lastgroup, found.span()
        if kind == "open" or kind == "image":
            self._opened.append((first, kind == "image"))
        elif kind == "close":
            self._close(first, last)
        elif kind == "mark":
            self._emphasize(found[0], first, last)
        elif kind == "escape":
            self.folds.append(Edit(first, first + 1, "", "fix", _ESCAPE))
        elif kind == "code":
            self._code(found[0], first, last, stop)
        else:
            self.folds.append(Edit(first, last, "", "fix", IMAGE))

    def _close(self, first: int, last: int) -> None:
        if not self._opened:
            return
        opened, image = self._opened.pop()
        text = self.text
        if last == first + 1 or first - opened > _FAR:
            return
        if text[first + 1] == "[":
            name = text[first + 2 : last - 1] or text[opened + 1 + image : first]
            if name.casefold() not in self.references:
                return
        if image:
            while self.folds and self.folds[-1].start > opened:
                self.folds.pop()
            self.folds.append(Edit(opened, last, "", "fix", IMAGE))
            return
        self.folds.append(Edit(opened, opened + 1, "", "fix", LINK_OPEN))
        self._join(opened, first)
        beside = " " if text[last : last + 1] in ("[", "!") else ""
        self.folds.append(Edit(first, last, beside, "fix", LINK_CLOSE))

    def _join(self, opened: int, closed: int) -> None:
        """Join the lines within a link."""
        text, place = self.text, self.text.find("\n", opened, closed)
        while place >= 0:
            if text[place - 1] not in "\n[" and not _BLOCK.match(text, place + 1) and place + 1 < closed:
                self.folds.append(Edit(place, place + 1, " ", "fix", JOINT))
            place = text.find("\n", place + 1, closed)

    def _emphasize(self, marks: str, first: int, last: int) -> None:
        text = self.text
        opened = self._emphasis.get(marks, -1)
        if opened >= 0 and not text[first - 1].isspace():
            del self._emphasis[marks]
            if first - opened <= _FAR and "\n\n" not in text[opened:first]:
                self.folds.append(Edit(opened, opened + len(marks), "", "fix", _BOLD_OPEN))
                self.folds.append(Edit(first, last, "", "fix", _BOLD_CLOSE))
                return
        if not text[last : last + 1].isspace():
            self._emphasis[marks[::-1]] = first

    def _code(self, marks: str, first: int, last: int, stop: int) -> None:
        """Protect code within a line: between the same marks, which stand at the borders of words."""
        text = self.text
        end = text.find(marks, last, min(stop, last + _FAR))
        while end >= 0 and text[end + len(marks) : end + len(marks) + 1] == "`":
            run = end
            while text[run : run + 1] == "`":
                run += 1
            end = text.find(marks, run, min(stop, last + _FAR))
        after = end + len(marks)
        if end < 0 or text[first - 1 : first].isalnum() or text[after : after + 1].isalnum():
            return
        if "\n\n" not in text[last:end]:
            self.folds.append(Edit(first, after, PLACEHOLDER, "fix", PROTECTED))
            self.reached = after
