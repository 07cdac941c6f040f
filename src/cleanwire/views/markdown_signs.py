"""The forms of Markdown: links, images, fences, front matter, and what shows that a text documents software."""

import re
from typing import NamedTuple

from cleanwire.lazy import deferred

TARGET = r"\((?:[^()\n\"]|\n(?![ \t]*\n)|\([^()\n]*\)|\"(?:[^\"\n]|\n(?![ \t]*\n))*\")*+\)"  # ends at no empty line
"""The pattern of the address of a link, with its title: it may be wrapped, and hold brackets in brackets."""
IMAGE = rf"!\[(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]*\]|\n(?![ \t]*\n))*+)\]{TARGET}(?:\{{[^{{}}\n]*\}})?"
"""The pattern of an image; ``{…}`` behind it are attributes of Pandoc."""
EMBED = r"!\[\[(?P<file>[^\[\]|\n]+\.(?i:jpe?g|png|gif|webp|svg|avif|bmp|tiff?))(?:\|(?P<words>[^\[\]\n]*))?\]\]"
"""The pattern of an image of Obsidian; what stands behind the stroke is its size or its caption."""
FENCE = r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
"""The pattern of the line that opens or closes a block of code; it may stand in a list or a quotation."""

_FENCE = deferred(re.compile, f"(?m)^{FENCE}")
_CODE = deferred(re.compile, r"(?<![\w`\\])(`{1,2})(?=[^`\s])[^`\n]+(?<!\s)\1(?![\w`])")
_PAGES = tuple(f".{suffix}{end}" for suffix in ("md", "mdx", "rst", "ipynb") for end in (")", "#"))
"""How the address of another page of the documents ends in a link."""
_BADGE = deferred(
    re.compile,
    r"\[!\[[^\[\]\n]*\]\([^()\s]*(?:/badges?[/.?]|shields\.io|/workflows/|travis-ci|codecov|coveralls|appveyor)",
)
_VERSION = r"(?:[\w-]+ )?\[?v?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?\b(?!\.\d)\]?(?=\(|[ \t]*(?:\n|[-–—(:,]))"
"""The pattern of the heading of a release, such as ``[1.2.0] - 2024-01-01``; a date is none."""
_RELEASE = deferred(re.compile, rf"\n#{{1,3}} +{_VERSION}")
_RELEASE_ABOVE = deferred(re.compile, rf"(?m:^{_VERSION}[^\n]{{0,60}}\n(?:={{4,}}|-{{4,}})$)")
_FEW = 2
"""Least pieces of code in lines that make a text documentation."""
_FRONT = deferred(re.compile, r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>(?:.*\n){1,300}?)(?P=mark)[ \t]*(?:\n|\Z)")
_FIELD = deferred(re.compile, r"(?m)^[\w\"'](?:[^\n=]*?:(?:[ \t]|$)|[^\n=]*=)")
_GOES_ON = deferred(re.compile, r"(?m)^(?:[ \t]+\S|-[ \t]|#|\[|[ \t]*$)")


_META = deferred(re.compile, r"(?m)^(?:meta-[\w:.-]+|[a-z]{2,10}:[a-z][\w:.-]*|viewport):[ \t]")
_ELEMENTS = 3
"""Least ``meta`` elements that are those of a page: an author of a text writes none, and a site builder one or two."""


class FrontMatter(NamedTuple):
    """The data that stand at the head of a text: where they end, and where their body begins and ends.

    `of_page` says that they are what a converter read in the head of a page: its ``meta`` elements.
    """

    stop: int
    first: int
    last: int
    of_page: bool = False


def front_matter(text: str) -> FrontMatter | None:
    r"""Return the front matter of a text; None if it has none.

    >>> front_matter("---\ntitle: Noon\n---\nShe left.")
    FrontMatter(stop=19, first=4, last=16, of_page=False)
    """
    found = _FRONT.match(text) if text.startswith(("---", "+++")) else None
    if not found:
        return None
    body = found["body"]
    fields = len(_FIELD.findall(body))
    if not fields or 2 * (fields + len(_GOES_ON.findall(body))) < body.count("\n"):
        return None
    stop = found.end() - found[0].endswith("\n")
    return FrontMatter(stop, *found.span("body"), len(_META.findall(body)) >= _ELEMENTS)


def is_documentation(text: str) -> bool:
    r"""Return True if a text documents software: code stands in it, badges, links to other Markdown files, releases.

    >>> is_documentation("Run `make` and then `make test`."), is_documentation("She left at noon.")
    (True, False)
    """
    if has_fence(text) or ("`" in text and len(_CODE.findall(text)) >= _FEW):
        return True
    if "](" in text and (any(end in text for end in _PAGES) or ("[![" in text and _BADGE.search(text))):
        return True
    if "\n#" in text and _RELEASE.search(text):
        return True
    return ("\n====" in text or "\n----" in text) and _RELEASE_ABOVE.search(text) is not None


def has_fence(text: str) -> bool:
    r"""Return True if a fence of a block of code stands in a text.

    >>> has_fence("Noon.\n```\ncode\n```"), has_fence("Noon.")
    (True, False)
    """
    return (("`" in text and "```" in text) or ("~" in text and "~~~" in text)) and _FENCE.search(text) is not None
