"""The changed lines of a document with the lines around them, the rules and the reasons: for a terminal or a pipe."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cleanwire.notation import AFTER, AnnotatedLine
from cleanwire.report.places import lines_with_places
from cleanwire.report.reasons import reason
from cleanwire.result import Result


class HunkLine(NamedTuple):
    """A line of the annotated diff, with the rules that changed it and their reasons."""

    line: AnnotatedLine
    rules: tuple[tuple[str, str], ...] = ()


class Hunk(NamedTuple):
    """Changed lines and the lines around them; `first` is the number of the first in the source, from 1."""

    first: int
    lines: list[HunkLine]


def hunks(result: Result, why: Mapping[str, str], context: int = 1) -> Iterator[Hunk]:
    r"""Yield the changed lines of a document, each with up to `context` lines that are not empty on both sides.

    Lines that only have a name, such as a byline, are not changed.

    >>> from cleanwire import Cleaner
    >>> (hunk,) = hunks(Cleaner()("He left.\nShe left at noon.\n\nPost a comment"), {})
    >>> hunk.first, [each.line.text for each in hunk.lines]
    (2, ['She left at noon.', 'Post a comment'])
    """
    lines, numbers, changed = list[HunkLine](), list[int](), list[int]()
    number = 0
    for line, found in lines_with_places(result):
        number += line.mark != AFTER
        if not line.text.strip():
            continue
        gone = dict.fromkeys(place.rule for place in found if not place.kept)
        rules = tuple((rule, reason(rule, why)) for rule in gone)
        if rules or line.mark == AFTER:
            changed.append(len(lines))
        lines.append(HunkLine(line, rules))
        numbers.append(number)
    for first, last in _ranges(changed, context, len(lines)):
        yield Hunk(numbers[first], lines[first:last])


def _ranges(changed: Iterable[int], context: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of lines that hold `changed` lines and their context; ranges that touch are one."""
    first = last = None
    for number in changed:
        start, stop = max(number - context, 0), min(number + context + 1, size)
        if first is None or last is None:
            first, last = start, stop
        elif start <= last:
            last = stop
        else:
            yield first, last
            first, last = start, stop
    if first is not None and last is not None:
        yield first, last
