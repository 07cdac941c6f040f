"""What a caller gets: a `Result`, which holds the clean text and all that was done to it, as `Span`s and `Caption`s."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from cleanwire.edit import Action, Part, Route, Step, revert


class Span(NamedTuple):
    """A range of the source that a rule acted on: ``source[start:end] == text``; `kept` where the text stayed."""

    start: int
    end: int
    text: str
    action: Action
    rule: str
    part: Part | None
    kept: bool


@dataclass(frozen=True)
class Caption:
    """A photo caption: its text, who took the picture, for which agency, and its range in the source.

    `text` is empty for a credit that stood alone; `credit` and `agency` are None where the page names none.
    """

    text: str
    credit: str | None
    agency: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Result:
    """A cleaned text, with all that was done to it.

    `steps` alone hold everything: the diff, the way back, the captions.  The other attributes read it out of them.
    """

    text: str
    steps: tuple[Step, ...] = field(repr=False)

    def undo(self) -> str:
        """Return the source, byte for byte."""
        text = self.text
        for step in reversed(self.steps):
            text = revert(text, step)
        return text

    @property
    def changed(self) -> bool:
        """Whether any edit changed the text; naming a line changes nothing."""
        return any(
            edit.new != words for step in self.steps for edit, words in zip(step.edits, step.removed, strict=True)
        )

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every edit but the fixes, in offsets of the source, sorted; they never overlap."""
        if not self.steps:
            return ()
        source, route = self.undo(), Route(self.steps)
        spans = []
        for place, step in enumerate(self.steps):
            for edit, words in zip(step.edits, step.removed, strict=True):
                # A cut takes its line end and the blanks around it along; the span is the words alone.
                lead, length = len(words) - len(words.lstrip()), len(words.rstrip())
                if edit.action == "fix" or lead >= length:
                    continue
                start = route.back(edit.start + lead, before=place)
                end = route.back(edit.start + length, end=True, before=place)
                kept = edit.new == words
                spans.append(Span(start, end, source[start:end], edit.action, edit.rule, edit.part, kept))
        return tuple(sorted(spans, key=itemgetter(0, 1)))

    def _named(self, action: Action) -> str | None:
        """Join the texts of the spans with `action` that belong to the story: no labels, no roles, no other stories."""
        names = [span for span in self.spans if span.action == action and span.part is None]
        return ", ".join(dict.fromkeys(span.text for span in names)) or None

    @cached_property
    def title(self) -> str | None:
        """The headline, where one was found above the story; of several lines, the first."""
        return next((span.text for span in self.spans if span.action == "title" and span.part is None), None)

    @cached_property
    def byline(self) -> str | None:
        """Who wrote the story: names, joined by commas."""
        return self._named("byline")

    @cached_property
    def dateline(self) -> str | None:
        """Where and when an agency filed the story, as it stands at the head of its first paragraph."""
        return self._named("dateline")

    @cached_property
    def date(self) -> str | None:
        """The line that says when the story was published."""
        return self._named("date")

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """The photo captions, in the order of the source."""
        source = self.undo() if self.spans else ""
        groups: list[list[Span]] = []
        for span in self.spans:
            if span.action != "caption":
                continue
            gap = source[groups[-1][-1].end : span.start] if groups else None
            if gap is None or gap.strip() or gap.count("\n") > 1 or _complete(groups[-1], span, gap):
                groups.append([])
            groups[-1].append(span)
        return tuple(map(_caption, groups))

    def to_dict(self) -> dict[str, Any]:
        """Return all that was found as plain data for JSON; the keys are stable.

        >>> sorted(Result("text", ()).to_dict())
        ['byline', 'captions', 'changed', 'date', 'dateline', 'spans', 'text', 'title']
        """
        return {
            "text": self.text,
            "changed": self.changed,
            "title": self.title,
            "byline": self.byline,
            "dateline": self.dateline,
            "date": self.date,
            "captions": [
                {"text": c.text, "credit": c.credit, "agency": c.agency, "start": c.start, "end": c.end}
                for c in self.captions
            ],
            "spans": [span._asdict() for span in self.spans],
        }


def _complete(group: Sequence[Span], span: Span, gap: str) -> bool:
    """Whether `span`, which follows `group` with `gap` between, opens a caption of its own."""
    parts = {s.part for s in group}
    if span.part is None or span.rule.startswith("caption."):  # "Image caption" opens the text after it
        return None in parts
    return "\n" in gap and bool(parts & {"name", "agency"})


_MARKS = " \t\n/|,;:()[]{}<>-–—=·•.…*"  # what stands between a caption, a name and an agency


def _caption(group: Sequence[Span]) -> Caption:
    def words(part: Part) -> str:
        return " / ".join(s.text for s in group if s.part == part)

    name, agency = words("name").strip(_MARKS), words("agency").strip(_MARKS)
    text = "\n".join(s.text for s in group if s.part is None)
    return Caption(text, name or None, agency or None, group[0].start, group[-1].end)
