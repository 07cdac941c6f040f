"""What a cleaner did to each line of a text, in offsets of the source."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleanwire.result import Result, Span

WORD = re.compile(r"\w+")
"""A word; where a script writes no blanks, a run between marks counts as one."""

PARTS = (".label", ".name", ".agency")
"""What an edit appends to its rule where it takes a part of a credit."""


def rule_of(span: Span) -> str:
    """Return the rule of a span, kind.pack.name, without the part of the line that it names.

    >>> rule_of(Span(0, 2, "AP", "caption", "credit.any.ap.agency", False))
    'credit.any.ap'
    """
    return ".".join(span.rule.split(".")[:3])


@dataclass
class Fate:
    """What became of one line: the pieces that left it and the pieces that were named, in offsets of the source."""

    start: int
    text: str
    cut: list[tuple[int, int, Span]] = field(default_factory=list)
    named: list[Span] = field(default_factory=list)

    @property
    def out(self) -> Span | None:
        """The span that took most of the line, where half of its characters or more left the text."""
        gone: dict[Span, int] = defaultdict(int)
        for start, stop, span in self.cut:
            gone[span] += stop - start
        if not gone or 2 * sum(gone.values()) < len(self.text.strip()):
            return None
        lanes: dict[str, int] = defaultdict(int)
        for span, size in gone.items():
            lanes[span.lane] += size
        lane = max(lanes, key=lanes.__getitem__)
        return max((span for span in gone if span.lane == lane), key=gone.__getitem__)

    def lost(self) -> Iterator[Span]:
        """Yield, for each word that left the text, the span that took it; a word's middle decides."""
        for word in WORD.finditer(self.text):
            middle = self.start + (word.start() + word.end()) // 2
            for start, stop, span in self.cut:
                if start <= middle < stop:
                    yield span
                    break


def fates(result: Result, source: str, starts: Sequence[int]) -> Iterator[Fate]:
    """Yield the fate of each line of `source`; `starts` are the places at which its lines start.

    Only what was cut or named counts; characters that were mended are still there.
    """
    spans = result.spans
    position = reached = 0
    for number, start in enumerate(starts):
        stop = starts[number + 1] - 1 if number + 1 < len(starts) else len(source)
        fate = Fate(start, source[start:stop])
        while position < len(spans) and spans[position].stop <= start:
            position += 1
        for place in range(position, len(spans)):
            span = spans[place]
            if span.start >= stop:
                break
            if span.kept:
                fate.named.append(span)
            elif max(span.start, start, reached) < min(span.stop, stop):
                # A cut over an earlier cut spans it too: count no character twice.
                fate.cut.append((max(span.start, start, reached), min(span.stop, stop), span))
                reached = min(span.stop, stop)
        yield fate
