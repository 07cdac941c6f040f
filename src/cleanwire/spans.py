"""Spans of a source that rules acted on, and the captions that consecutive spans make up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleanwire.edit import Action, Part


class Span(NamedTuple):
    """A range of the source that a rule acted on: ``source[start:end] == text``; `kept` if the text was left in place.

    >>> Span(0, 5, "Tweet", "drop", "share.en.tweet", None, kept=False).rule
    'share.en.tweet'
    """

    start: int
    end: int
    text: str
    action: Action
    rule: str
    part: Part | None
    kept: bool


IMAGE = "markup.image"
"""The rule of an image in a text that is marked up; the caption that follows it belongs to it."""

_IMAGES = ("![", "[", "<figure")
"""What images begin with."""


@dataclass(frozen=True)
class Caption:
    """A photo caption: its text, the photographer, the agency, and its range in the source.

    `text` is empty for a credit without a caption; `credit` and `agency` are None if the page does not name them.

    >>> Caption("The bridge at dawn.", "Ann Lee", "AFP", 0, 40).credit
    'Ann Lee'
    """

    text: str
    credit: str | None
    agency: str | None
    start: int
    end: int


Found = tuple[Span, str]
"""A span and its words, which are repaired, unlike those of the source."""


def captions(found: Sequence[Found], source: str, shown: Callable[[str], str]) -> tuple[Caption, ...]:
    """Return the captions that consecutive spans make up, in the order of the source; `shown` is what readers see.

    >>> name = Span(7, 14, "Ann Lee", "caption", "credit.en", "name", kept=False)
    >>> captions([(name, "Ann Lee")], "Photo: Ann Lee", str)
    (Caption(text='', credit='Ann Lee', agency=None, start=7, end=14),)
    """
    groups: list[tuple[list[Span], list[str]]] = []
    for span, words in found:
        if span.action != "caption" or (span.part is None and not shown(words)):
            continue  # markup alone
        if not groups or _begins(groups[-1][0], span, source[groups[-1][0][-1].end : span.start]):
            groups.append(([], []))
        groups[-1][0].append(span)
        groups[-1][1].append(words)
    return tuple(_caption(list(zip(*group, strict=True)), shown) for group in groups if not _is_bare(group[0]))


def _begins(group: list[Span], span: Span, gap: str) -> bool:
    """Return True if `span`, which follows `group` after `gap`, begins another caption."""
    if gap.strip():
        return True
    if span.rule == IMAGE and span.text.startswith(_IMAGES):
        return True
    if span.rule != IMAGE and all(known.rule == IMAGE for known in group):
        return False  # the caption below an image, or the credit of its words
    return _is_parted(group, span, gap) or _is_complete(group, span, gap)


def _is_bare(group: Sequence[Span]) -> bool:
    """Return True if `group` is an image without words."""
    return all(span.rule == IMAGE and span.part == "label" for span in group)


def _is_parted(group: list[Span], span: Span, gap: str) -> bool:
    """Return True if empty lines part a span from a caption; not a credit from the words that it vouches for."""
    return gap.count("\n") > 1 and (not span.part or any(known.part or known.rule != span.rule for known in group))


def _is_complete(group: Sequence[Span], span: Span, gap: str) -> bool:
    """Return True if `span`, which follows `group` after `gap`, begins a caption of its own."""
    parts = {s.part for s in group}
    if span.part is None or span.rule.startswith("caption."):  # "Image caption" stands before the text
        return None in parts
    return "\n" in gap and bool(parts & {"name", "agency"})


_MARKS = " \t\n/|,;:()[]{}<>-–—=·•.…*"
"""The characters that separate a caption, a name and an agency."""


def _caption(group: Sequence[Found], shown: Callable[[str], str]) -> Caption:
    def words(part: Part | None, joint: str, found: Sequence[Found] = group) -> str:
        return joint.join(shown(text) for span, text in found if span.part == part)

    written = [(span, text) for span, text in group if span.part is None and span.rule != IMAGE]
    name, agency = words("name", " / ").strip(_MARKS), words("agency", " / ").strip(_MARKS)
    text = words(None, "\n", written or group)  # rather than the words of an image
    return Caption(text, name or None, agency or None, group[0][0].start, group[-1][0].end)
