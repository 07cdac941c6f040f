"""What happened to each line of a text, in offsets of the source."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleanwire.result import Result
from cleanwire.spans import Span

WORD = re.compile(r"\w+")
"""A word; in scripts without spaces, the characters between two punctuation marks."""


@dataclass
class LineOutcome:
    """What happened to one line: the pieces that were removed, as (start, end, span), and the spans that stay."""

    start: int
    text: str
    removed: list[tuple[int, int, Span]] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        """All spans of the line."""
        return [*self.kept, *(span for _, _, span in self.removed)]

    @property
    def remover(self) -> Span | None:
        """The span that removed most of the line; None if less than half of its characters were removed."""
        sizes: dict[Span, int] = defaultdict(int)
        for start, end, span in self.removed:
            sizes[span] += end - start
        if not sizes or 2 * sum(sizes.values()) < len(self.text.strip()):
            return None
        by_action: dict[str, int] = defaultdict(int)
        for span, size in sizes.items():
            by_action[span.action] += size
        action = max(by_action, key=by_action.__getitem__)
        return max((span for span in sizes if span.action == action), key=sizes.__getitem__)

    def lost_words(self) -> Iterator[Span]:
        """Yield, for each word that was removed, the span that removed it; the middle of the word decides."""
        for word in WORD.finditer(self.text):
            middle = self.start + (word.start() + word.end()) // 2
            for start, end, span in self.removed:
                if start <= middle < end:
                    yield span
                    break


def line_outcomes(result: Result, source: str, starts: Sequence[int]) -> Iterator[LineOutcome]:
    """Yield the outcome of each line of `source`; `starts` are the offsets of its lines.

    Only removed and named spans count; characters that were fixed are still there.
    """
    spans = result.spans
    position = reached = 0
    for number, start in enumerate(starts):
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(source)
        outcome = LineOutcome(start, source[start:end])
        while position < len(spans) and spans[position].end <= start:
            position += 1
        for index in range(position, len(spans)):
            span = spans[index]
            if span.start >= end:
                break
            if span.kept:
                outcome.kept.append(span)
            elif max(span.start, start, reached) < min(span.end, end):
                # A cut over an earlier cut spans it too: no character counts twice.
                outcome.removed.append((max(span.start, start, reached), min(span.end, end), span))
                reached = min(span.end, end)
        yield outcome
