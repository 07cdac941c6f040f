"""What a cleaner returns: a `Result`, which holds the clean text and everything that was changed in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
from operator import itemgetter
from typing import Any, Literal

from cleanwire.document import LINES
from cleanwire.edit import Action, Route, Step, revert
from cleanwire.errors import MissingError, OffsetError
from cleanwire.lazy import lazy
from cleanwire.spans import Caption, Span, captions
from cleanwire.views.layout import visible

SCHEMA: Mapping[str, Any] = {
    "text": "string",
    "changed": "bool",
    "layout": "string",
    "removed_ratio": "float64",
    "title": "string",
    "authors": ["string"],
    "byline": "string",
    "dateline": "string",
    "date": "string",
    "captions": [{"text": "string", "credit": "string", "agency": "string", "start": "int64", "end": "int64"}],
    "spans": [
        {
            "start": "int64", "end": "int64", "text": "string", "action": "string", "rule": "string", "part": "string",
            "kept": "bool",
        }
    ],
}  # fmt: skip
"""The keys of `Result.to_dict` with the types of their values, by Arrow's names; a list holds the type of its items."""

_SHOWN = 20
"""Characters of the title that `repr` shows."""


@dataclass(frozen=True, repr=False)
class Result:
    r"""A cleaned text, with everything that was changed in it.

    `steps` hold the applied edits; all other attributes are derived from them, once, when they are first asked for.
    `layout` is that of the source, which the filters saw as `cleanwire.views` shows it: ``lines``, ``markdown``, ….
    Names and captions are given as a reader sees them, without markup; spans are of the source.

    >>> from cleanwire import Cleaner
    >>> Cleaner()("She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment")
    <Result 53→17 chars, 1 removed, 1 caption>
    """

    text: str
    steps: tuple[Step, ...] = field(repr=False)
    layout: str = "lines"

    def undo(self) -> str:
        """Return the source, byte for byte.

        >>> from cleanwire import Cleaner
        >>> Cleaner()("Noon.  ").undo()
        'Noon.  '
        """
        return self._source

    @lazy
    def changed(self) -> bool:
        """True if an edit changed the text; edits that name text do not."""
        return any(
            edit.new != words for step in self.steps for edit, words in zip(step.edits, step.removed, strict=True)
        )

    @lazy
    def spans(self) -> tuple[Span, ...]:
        """All edits except fixes, in offsets of the source, sorted; they never overlap."""
        return tuple(span for span, _ in self._found if span.start < span.end)

    @lazy
    def _found(self) -> tuple[tuple[Span, str], ...]:
        """The spans, sorted, each with its words as the filter saw them: repaired, unlike those of the source.

        Two edits within one repair have the same range of the source; the first has it, the others have none.
        """
        if not self.steps:
            return ()
        route, found = self._route, []
        for place, step in enumerate(self.steps):
            for edit, words in zip(step.edits, step.removed, strict=True):
                # A cut takes the line end and the whitespace around it along; the span covers the words alone.
                lead, length = len(words) - len(words.lstrip()), len(words.rstrip())
                if edit.action == "fix" or lead >= length:
                    continue
                start = route.back(edit.start + lead, before=place)
                end = route.back(edit.start + length, end=True, before=place)
                found.append((start, end, place, edit.start, edit, words))
        spans, reached = [], 0
        for start, end, _, _, edit, words in sorted(found, key=itemgetter(0, 1, 2, 3)):
            begin = max(start, reached)
            reached = max(end, reached)
            text = self._source[begin:reached]
            span = Span(begin, reached, text, edit.action, edit.rule, edit.part, edit.new == words)
            spans.append((span, words.strip()))
        return tuple(spans)

    @lazy
    def title(self) -> str | None:
        """The headline, if one was found above the story: of several, the first that the first filter names.

        A kicker is part of it where it stands on its line ("Storm in Oslo: …"), and none on a line of its own.
        """
        named = self._main("title")
        first = next((step for step in self.steps if any(edit.action == "title" for edit in step.edits)), None)
        rules = {edit.rule for edit in first.edits if edit.action == "title"} if first else set()
        return next((words for rule, words in named if rule in rules), None)

    @lazy
    def byline(self) -> str | None:
        """The authors as the text names them, joined by commas if they stand in several lines."""
        return self._joined("byline")

    @lazy
    def authors(self) -> tuple[str, ...]:
        r"""The names of the authors, one by one.

        >>> from cleanwire import Cleaner
        >>> Cleaner()("By Ann Lee and Bo Roe\n\nThe council voted on Monday to close the bridge.").authors
        ('Ann Lee', 'Bo Roe')
        """
        from cleanwire.bylines.authors import split_names

        return tuple(dict.fromkeys(name for _, words in self._main("byline") for name in split_names(words)))

    @lazy
    def dateline(self) -> str | None:
        """The place, and often the date and agency, at the beginning of the first paragraph."""
        return self._joined("dateline")

    @lazy
    def date(self) -> str | None:
        """The line that says when the story was published, as it stands in the text."""
        return self._joined("date")

    @lazy
    def date_iso(self) -> str | None:
        """The publication date in ISO 8601, such as ``2024-05-03`` or ``2024-05-03T14:30:00``; None if it is unclear.

        The language of the rule that found the date decides whether the day or the month comes first; dates without a
        year and relative ones are None.  Needs dateparser: ``pip install 'cleanwire[dates]'``; raises `MissingError`
        if there is a date to read and it is not installed.

        >>> Result("She left at noon.", ()).date_iso is None
        True
        """
        from cleanwire.bylines.iso_dates import iso_date

        dates = (iso_date(words, rule.split(".")[1]) for rule, words in self._main("date"))
        return next((date for date in dates if date), None)

    @lazy
    def captions(self) -> tuple[Caption, ...]:
        """The photo captions, in the order of the source."""
        return captions(self._found, self._source, self._shown)

    @lazy
    def removed_ratio(self) -> float:
        r"""The share of the source's characters, from 0 to 1, that were dropped or extracted.

        Fixes, and line ends and other whitespace around removed text, do not count.

        >>> from cleanwire import Cleaner
        >>> Cleaner()("She left.\nPost a comment").removed_ratio
        0.5833333333333334
        """
        removed = sum(span.end - span.start for span in self.spans if not span.kept)
        return removed / len(self._source) if removed else 0.0

    def counts(self, by: Literal["action", "rule"] = "action") -> dict[str, int]:
        """Return the number of edits by action or by rule, sorted by name; edits that name text count, too.

        >>> from cleanwire import Cleaner
        >>> Cleaner()("She left at noon.   ").counts("rule")
        {'space.trailing': 1}
        """
        return dict(sorted(Counter(getattr(edit, by) for step in self.steps for edit in step.edits).items()))

    def to_source(self, offset: int) -> int:
        r"""Return the offset in the source for an offset in the clean text.

        Where text was removed, the result is the offset after it.  Raises `OffsetError` for an offset outside the text.

        >>> from cleanwire import Cleaner
        >>> result = Cleaner()("Post a comment\n\nShe left at noon.")
        >>> result.to_source(0), result.to_clean(16)
        (16, 0)
        """
        return self._route.back(_inside(offset, len(self.text), "clean text"))

    def to_clean(self, offset: int) -> int:
        """Return the offset in the clean text for an offset in the source; see `to_source`.

        An offset in text that was removed gives the offset at which the text was.
        """
        return self._route.forth(_inside(offset, self._source_length, "source"))

    def to_dict(self) -> dict[str, Any]:
        """Return everything that was found as plain data for JSON, Arrow, pandas or datasets.

        All keys of `SCHEMA` are always present, with values of its types: a string that is absent is empty, since null
        has no type that Arrow could infer.  `date_iso` is left out, since it needs an optional library.

        >>> Result("She left.", ()).to_dict()["title"]
        ''
        """
        found = {name: getattr(self, name) or "" for name in ("title", "byline", "dateline", "date")}
        values = {
            "text": self.text,
            "changed": self.changed,
            "layout": self.layout,
            "removed_ratio": self.removed_ratio,
            "authors": list(self.authors),
            "captions": [_without_none(asdict(caption)) for caption in self.captions],
            "spans": [_without_none(span._asdict()) for span in self.spans],
            **found,
        }
        return {key: values[key] for key in SCHEMA}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without what was derived: it can be derived again, and is longer than the rest."""
        return type(self), (self.text, self.steps, self.layout)

    def __repr__(self) -> str:
        length = len(self.text)
        chars = f"{self._source_length}→{length}" if self.changed else str(length)
        fixed = self.counts().get("fix", 0)
        removed = sum(not span.kept and span.action != "caption" for span in self.spans)
        shown = [f"{chars} chars", f"{fixed} fixed" * (fixed > 0), f"{removed} removed" * (removed > 0)]
        if self.captions:
            shown.append(f"{len(self.captions)} caption{'s' * (len(self.captions) > 1)}")
        if self.title:
            short = self.title if len(self.title) <= _SHOWN else f"{self.title[:_SHOWN]}…"
            shown.append(f"title={short!r}")
        return f"<{type(self).__name__} {', '.join(filter(None, shown))}>"

    def _repr_html_(self) -> str | None:
        """Return the source with every edit in place, for a notebook; None if Jinja2 (extra `report`) is missing."""
        try:
            page = import_module("cleanwire.report.page")  # by name: the package stands above this one
            view: str = page.document_view(self)
        except MissingError:
            return None
        return view

    @lazy
    def _source(self) -> str:
        text = self.text
        for step in reversed(self.steps):
            text = revert(text, step)
        return text

    @lazy
    def _source_length(self) -> int:
        return len(self.text) + sum(
            len(words) - len(edit.new)
            for step in self.steps
            for edit, words in zip(step.edits, step.removed, strict=True)
        )

    @lazy
    def _route(self) -> Route:
        return Route(self.steps)

    def _main(self, action: Action) -> list[tuple[str, str]]:
        """Return rule and words of what `action` took of the story: no labels, no roles, no other stories."""
        return [
            (span.rule, self._shown(words))
            for span, words in self._found
            if span.action == action and span.part is None
        ]

    def _joined(self, action: Action) -> str | None:
        return ", ".join(dict.fromkeys(words for _, words in self._main(action))) or None

    def _shown(self, text: str) -> str:
        """Return a piece of the text as a reader sees it."""
        return text if self.layout == LINES else visible(text, self.layout)


def _inside(offset: int, length: int, what: str) -> int:
    if not 0 <= offset <= length:
        raise OffsetError(f"offset {offset} is outside the {what}, which has {length} characters; give 0 to {length}")
    return offset


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: "" if value is None else value for key, value in values.items()}
