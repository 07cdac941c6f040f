r"""Texts without line ends: an article or a page squeezed into one line, as records of data sets often are.

The sentences are shown as lines.  Known phrases that stand between two sentences, and those that cover the end of the
text, are shown as lines of their own; see `cleanwire.views.runs`.  To split a true sentence does no harm by itself:
nothing is cut for being short.
"""

import re
from collections.abc import Iterator

import regex

from cleanwire.document import FLAT
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding
from cleanwire.views import runs

_LEAST = 120
"""Least characters of a text whose line ends are missed: a shorter one is a paragraph, or a line of a list."""
_LINE = 1000
"""Least characters of a text for each line of it: where line ends are hardly set, lines are longer than paragraphs."""
_GLUED_LINE = 2000
"""Least characters of a line that holds what were many lines."""
_GLUED_SHARE = 0.25
"""The least share of the text that such a line has."""
_GLUED_WORDS = 0.002
"""Least number of words glued in it, for each character: names such as YouTube are fewer."""

_STOPS = ".!?…।॥۔؟።"
_WIDE_STOPS = "。！？｡"
"""The stops of scripts that set no space behind them."""
_CLOSERS = '"”’»›“)\\]］）」』】〉》'
_QUOTED = (
    r"“[^“”]{1,500}[”“]|„[^“”„]{1,500}[“”]|«[^«»]{1,500}»|\"[^\"]{1,500}\"|「[^「」]{1,500}」|『[^『』]{1,500}』"
    r"|\([^()]{1,300}\)|（[^（）]{1,300}）|\[[^\[\]]{1,200}\]|<[^<>]{1,200}>"
)
"""What quotation marks or brackets enclose: its sentences are not lines, since somebody else says them."""
_OPENS = r"[\"'“„«‘’‹「『(\[<（【¿¡☞▶►■●•·*–—-]*\s?[\p{Lu}\p{Lt}\p{Lo}\d]|☞"
"""What opens a sentence: a capital, a digit, or a letter of a script without capitals."""
_BORDER = deferred(
    regex.compile,
    rf"(?<!\s)(?P<gap>\s++)(?=[<\[(〈【][^<>\[\]()〈〉【】]{{0,60}}[©ⓒ])|"  # a notice in brackets
    rf"(?P<quoted>{_QUOTED})|"
    # An initial, an abbreviation and an ordinal end no sentence.
    rf"(?<!\b\p{{Lu}}|\b\p{{Lu}}\p{{Ll}}|\b\d{{1,2}}|[.\p{{Lu}}]\p{{L}}|[{_STOPS}])[{_STOPS}]++[{_CLOSERS}]*+"
    rf"(?:(?P<gap>\s++)(?={_OPENS})|(?P<gap>)(?=\p{{Lu}}\p{{Ll}}|☞))|"
    rf"(?<![{_WIDE_STOPS}])[{_WIDE_STOPS}]++[{_CLOSERS}]*+(?P<gap>\s*+)(?=\S)",
)
_MAY_BE_BORDER = deferred(re.compile, rf"(?<!\s)\s++(?=[<\[(〈【])|[{_STOPS}{_WIDE_STOPS}“„«\"「『(（\[<]")
"""What `_BORDER` begins with, found many times as fast."""
_GLUE = deferred(regex.compile, r"\p{Ll}[.!?]?\p{Lu}\p{Ll}")
_ENDS = frozenset(_STOPS + _WIDE_STOPS)
_AFTER_QUOTE = deferred(regex.compile, rf"(?P<gap>\s+)(?={_OPENS})")


def fits(text: str) -> bool:
    r"""Return True if a text has hardly any line ends.

    >>> sentence = "The council voted on Monday to close the bridge. "
    >>> fits(sentence * 3), fits(sentence), fits((sentence * 5 + "\n\n") * 3)
    (True, False, False)
    """
    size = len(text)
    if size < _LEAST:
        return False
    ends = text.count("\n", 0, size - 1)
    return not ends or size >= _LINE * (ends + 1) or (size >= _GLUED_LINE and _is_glued(text))


def _is_glued(text: str) -> bool:
    """Return True if much of a text stands in one line, in which words are glued where line ends were lost."""
    step = _GLUED_LINE // 2
    if all(text.find("\n", start, start + step) >= 0 for start in range(0, len(text) - step + 1, step)):
        return False  # a line of twice the step holds a whole step without a line end
    line = max(text.split("\n"), key=len)
    return len(line) >= max(_GLUED_LINE, _GLUED_SHARE * len(text)) and (
        len(_GLUE.findall(line)) >= _GLUED_WORDS * len(line)
    )


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that shows sentences, and known phrases between them, as lines; None of a text with line ends.

    >>> [edit.start for edit in view("The ferry left. Post a comment", forced=True).edits]
    [15]
    """
    if not forced and not fits(text):
        return None
    return folding(FLAT, text, _folds(text))


def _folds(text: str) -> Iterator[Edit]:
    for begin, end in runs.split(text, _sentences(text)):
        if "\n" not in text[begin:end]:
            yield Edit(begin, end, "\n", "fix", "flat.sentence")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a sentence ends and where the next one begins."""
    reached = 0
    for may_be in _MAY_BE_BORDER.finditer(text):
        if may_be.start() < reached or not (found := _BORDER.match(text, may_be.start())):
            continue
        reached = found.end()
        end: regex.Match[str] | None = found
        if found["quoted"]:
            end = _AFTER_QUOTE.match(text, found.end()) if text[found.end() - 2] in _ENDS else None
        if end:
            yield end.span("gap")
