r"""Markdown: links, images, emphasis and the marks that begin lines are folded; code and the like are protected.

A line end within a link ends no line, nor does one where a wrap at a fixed column was due.  Images are not shown; see
the filter `markdown`.
"""

import re

from cleanwire.document import DOCUMENTATION, MARKDOWN
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding
from cleanwire.views.markdown_blocks import Blocks
from cleanwire.views.markdown_inline import inline_folds
from cleanwire.views.markdown_signs import front_matter, has_fence, is_documentation

_LINK = deferred(
    re.compile,
    r"\]\(\s*<?(?:[a-z][a-z+.-]*:|//|[/#?.]|[^()\s]*\.(?:html?|php|md|rst|jpe?g|png|gif|svg|webp)\b)|!\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]\(",
)
_HEADING = deferred(re.compile, r"(?:\A|\n[ \t]*\n)#{1,6}[ \t][^\n]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_UNDERLINED = deferred(re.compile, r"(?:\A|\n[ \t]*\n)\w[^\n]*\n(?:={4,}|-{4,})[ \t]*(?:\n|\Z)")
_BOLD = deferred(re.compile, r"(?<![\w*/\\])\*\*(?=[^\W_]|[^\w\s*/])[^*\n]*[^\s*]\*\*(?![\w*/])")

_HALF_LINK = deferred(re.compile, r"\]\([^()]*\)?$")


def fits(text: str) -> bool:
    r"""Return True if a text is Markdown: it has a link, an image, a heading, bold words, a fence or front matter.

    Searches for one character cost a tenth of those for several, so they come first.

    >>> fits("[Read more](https://osthaven.example/a)"), fits("# Noon\n\nShe left."), fits("a[0](b) # c")
    (True, True, False)
    """
    return (
        ("]" in text and _has_link(text))
        or ("*" in text and "**" in text and _BOLD.search(text) is not None)
        or _has_heading(text)
        or has_fence(text)
        or (text[:3] in ("---", "+++") and front_matter(text) is not None)
    )


def _has_link(text: str) -> bool:
    return ("](" in text and _LINK.search(text) is not None) or "![[" in text


def _has_heading(text: str) -> bool:
    if ("\n#" in text or text[:1] == "#") and _HEADING.search(text):
        return True
    return ("\n----" in text or ("=" in text and "\n====" in text)) and _UNDERLINED.search(text) is not None


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that shows what a reader sees; None of a text that is not Markdown.

    >>> [edit[:3] for edit in view("## *Noon*", forced=True).edits]
    [(0, 3, ''), (3, 4, ''), (8, 9, '')]
    """
    if not forced and not fits(text):
        return None
    documentation = is_documentation(text)
    blocks = Blocks(text, front_matter(text), documentation=documentation)
    folds = list(blocks.folds)
    if documentation:
        folds.append(Edit(0, 0, "", "fix", DOCUMENTATION))
    reached = 0
    for start, stop in [*blocks.protected, (len(text), len(text))]:
        folds += inline_folds(text, reached, start, blocks.references)
        reached = stop
    return folding(MARKDOWN, text, folds)


def without_halves(words: str) -> str:
    """Return a piece of a text without the marks at its ends that have no counterpart in it.

    >>> without_halves("*A bridge at dawn."), without_halves("[Ann Lee"), without_halves("[Ann] Lee")
    ('A bridge at dawn.', 'Ann Lee', '[Ann] Lee')
    """
    words = _HALF_LINK.sub("", words) if "](" in words else words
    words = words.removeprefix("[") if "]" not in words else words
    return words.strip("*_ ")
