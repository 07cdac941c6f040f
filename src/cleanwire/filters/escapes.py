r"""Repair text that was written for a program to read and never read back: ``\n`` and ``<br>`` for line ends.

Single ones may be meant as they stand, in code, patterns and paths.  So this filter acts where the layout of the whole
text proves the damage: see `cleanwire.views.escaped` and `cleanwire.views.tags`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cleanwire.document import ESCAPED, TAGS, Document
from cleanwire.edit import Edit
from cleanwire.views import escaped, tags

DAMAGED = (ESCAPED, TAGS)
"""The layouts in which the filter acts."""
FILTER_RULES: Mapping[str, str] = {
    "escapes.line-end": "A line end that is written as a backslash and a letter, in a text that has nearly all so.",
    "escapes.character": "A character that is written as an escape sequence, in a text whose line ends are.",
    "escapes.tag": "A tag that ends a line, in a text that has its line ends as tags and no other tags.",
}
"""The rules that no pack holds, with what they are for."""

_INVISIBLE = "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u202f\ufeff"


@dataclass(frozen=True)
class EscapesFilter:
    r"""Propose to read escape sequences and tags that end lines, in texts whose layout proves that they are damage.

    >>> text = "The bridge is open.\\n\\nIt\\u2019s free."
    >>> [(edit.new, edit.rule) for edit in EscapesFilter()(Document(text))]
    [('\n', 'escapes.line-end'), ('\n', 'escapes.line-end'), ('’', 'escapes.character')]
    """

    name: str = "escapes"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the repairs."""
        text = doc.text
        if "\\n" in text and escaped.fits(text):
            return _read(text)
        if "<" in text and tags.fits(text) and tags.is_plain(text):
            return tags.line_ends(text, "escapes.tag")
        return ()


def _read(text: str) -> Iterator[Edit]:
    for found in escaped.SEQUENCE.finditer(text):
        kind = found.lastgroup or ""
        if kind == "kept":
            continue
        new = _character(kind, found[0])
        if new.isprintable() or new in "\n\t" or new in _INVISIBLE:
            yield Edit(
                found.start(), found.end(), new, "fix", f"escapes.{'line-end' if kind == 'end' else 'character'}"
            )


def _character(kind: str, escape: str) -> str:
    """Return the character that an escape sequence stands for."""
    if kind == "pair":
        return bytes.fromhex(escape[2:6] + escape[8:]).decode("utf-16-be")
    if kind == "code":
        return chr(int(escape[2:], 16))
    return {"end": "\n", "tab": "\t"}.get(kind, escape[-1])
