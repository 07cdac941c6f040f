"""Where the edits of a result stand in its source: all edits, the lines with their edits and rules."""

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from cleanwire import notation
from cleanwire.edit import Route
from cleanwire.result import Result

_TEXT_CHANGES = {"fix": "fixed", "drop": "dropped", "caption": "extracted caption"}
_KEPT = " (kept)"


def describe_action(action: str) -> str:
    """Return how tables and summaries name an action.

    >>> describe_action("fix"), describe_action("byline")
    ('fixed', 'byline (kept)')
    """
    return _TEXT_CHANGES.get(action, action + _KEPT)


def is_kept(told: str) -> bool:
    """Return True for the name in tables of an action that only labels text.

    >>> is_kept(describe_action("title")), is_kept(describe_change("title"))
    (True, False)
    """
    return told.endswith(_KEPT)


def describe_change(action: str) -> str:
    """Return how a review names what an edit did to the text that it changed.

    >>> describe_change("drop"), describe_change("title")
    ('dropped', 'taken as title')
    """
    return _TEXT_CHANGES.get(action, f"taken as {action}")


class Place(NamedTuple):
    """An edit in the source: ``source[start:end]`` is `text`; `new` replaces it, and `kept` if it stays in place.

    >>> Place(0, 5, "Tweet", "drop", "share.en.tweet", None, kept=False, new="").label
    'share.en.tweet'
    """

    start: int
    end: int
    text: str
    action: str
    rule: str
    part: str | None
    kept: bool
    new: str

    @property
    def label(self) -> str:
        """The rule, and the part if the edit is one."""
        return f"{self.rule} · {self.part}" if self.part else self.rule


def places(result: Result) -> list[Place]:
    """Return every edit of a result, fixes too, with its position in the source; sorted."""
    route, found = Route(result.steps), []
    for index, step in enumerate(result.steps):
        for edit, text in zip(step.edits, step.removed, strict=True):
            if edit.action == "fix":
                start = route.back(edit.start, before=index)
                end = route.back(edit.stop, end=True, before=index)
                found.append(Place(start, end, text, "fix", edit.rule, edit.part, edit.new == text, edit.new))
    for span in result.spans:
        new = span.text if span.kept else ""
        found.append(Place(span.start, span.end, span.text, span.action, span.rule, span.part, span.kept, new))
    return sorted(found, key=itemgetter(0, 1))


def lines_with_places(result: Result) -> Iterator[tuple[notation.AnnotatedLine, list[Place]]]:
    r"""Yield the lines of the annotated diff, each with the edits that act on it; an empty line has none.

    >>> from cleanwire import Cleaner
    >>> [(line.mark, len(found)) for line, found in lines_with_places(Cleaner()("She left.\nPost a comment"))]
    [(' ', 0), ('-', 1)]
    """
    known, lines = places(result), iter(result.undo().split("\n"))
    start = first = 0
    for shown in notation.annotate(result):
        if shown.mark == notation.AFTER:
            yield shown, []
            continue
        end = start + len(next(lines))
        found: list[Place] = []
        for place in known[first:]:
            if place.start > end:
                break
            if place.end > start and shown.text:
                found.append(place)
        yield shown, found
        start = end + 1
        while first < len(known) and known[first].end <= start:
            first += 1


def lines_with_rules(result: Result) -> Iterator[tuple[notation.AnnotatedLine, list[str]]]:
    """Yield the lines of the annotated diff, each with the names of the rules that fired in it."""
    for line, found in lines_with_places(result):
        yield line, list(dict.fromkeys(place.label for place in found))
