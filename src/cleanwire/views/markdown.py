r"""Markdown: links, images, emphasis and the marks that begin lines are folded; code and the like are protected.

A line end within a link ends no line, nor does one where a wrap at a fixed column was due.  Images are not shown; see
the filter `markdown`.
"""

import re
from collections.abc import Iterable, Iterator

from cleanwire.document import DOCUMENTATION
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding
from cleanwire.views.markdown_blocks import Blocks
from cleanwire.views.markdown_inline import inline_folds
from cleanwire.views.markdown_signs import front_matter, has_fence, is_documentation

_LINK = deferred(
    re.compile,
    r"\]\(\s*<?(?:[a-z][a-z+.-]*:|//|[/#?.]|[^()\s]*\.(?:html?|php|md|rst|jpe?g|png|gif|svg|webp)\b)|!\[[^\]]*\]\(",
)
_HEADING = deferred(re.compile, r"(?:\A|\n[ \t]*\n)#{1,6}[ \t][^\n]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_UNDERLINED = deferred(re.compile, r"(?:\A|\n[ \t]*\n)\w[^\n]*\n(?:={4,}|-{4,})[ \t]*(?:\n|\Z)")
_BOLD = deferred(re.compile, r"(?<![\w*/\\])\*\*(?=[^\W_]|[^\w\s*/])[^*\n]*[^\s*]\*\*(?![\w*/])")

_HALF_LINK = deferred(re.compile, r"\]\([^()]*\)?$")


def fits(text: str) -> bool:
    r"""Return True if a text is Markdown: it has a link, an image, a heading, bold words, a fence or front matter.

    >>> fits("[Read more](https://osthaven.example/a)"), fits("# Noon\n\nShe left."), fits("a[0](b) # c")
    (True, True, False)
    """
    if "](" in text and _LINK.search(text):
        return True
    if "**" in text and _BOLD.search(text):
        return True
    if ("\n#" in text or text[:1] == "#" or "\n====" in text or "\n----" in text) and _has_heading(text):
        return True
    if ("```" in text or "~~~" in text) and has_fence(text):
        return True
    return "![[" in text or (text[:3] in ("---", "+++") and front_matter(text) is not None)


def _has_heading(text: str) -> bool:
    return _HEADING.search(text) is not None or _UNDERLINED.search(text) is not None


def view(text: str) -> Step | None:
    r"""Return the step that shows what a reader sees.

    >>> [edit[:3] for edit in view("## *Noon*").edits]
    [(0, 3, ''), (3, 4, ''), (8, 9, '')]
    """
    documentation = is_documentation(text)
    blocks = Blocks(text, front_matter(text), documentation=documentation)
    folds = list(blocks.folds)
    if documentation:
        folds.append(Edit(0, 0, "", "fix", DOCUMENTATION))
    reached = 0
    for start, stop in [*blocks.protected, (len(text), len(text))]:
        folds += inline_folds(text, reached, start, blocks.references)
        reached = stop
    return folding("markdown", text, list(_merged(folds)))


def without_halves(words: str) -> str:
    """Return a piece of a text without the marks at its ends that have no counterpart in it.

    >>> without_halves("*A bridge at dawn."), without_halves("[Ann Lee"), without_halves("[Ann] Lee")
    ('A bridge at dawn.', 'Ann Lee', '[Ann] Lee')
    """
    words = _HALF_LINK.sub("", words) if "](" in words else words
    words = words.removeprefix("[") if "]" not in words else words
    return words.strip("*_ ")


def _merged(folds: Iterable[Edit]) -> Iterator[Edit]:
    """Yield folds in order; of two that overlap, the first."""
    reached = 0
    for edit in sorted(folds):
        if edit.start >= reached:
            yield edit
            reached = edit.stop
