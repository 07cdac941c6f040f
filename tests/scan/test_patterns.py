"""Patterns do a bounded amount of work, on long lines that make them backtrack again and again."""

import re
from functools import cache

import pytest

from benchmarks.tools.timing import seconds
from cleanwire.document import SHORT
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import compile_patterns

RULES = [rule for pack in builtin_packs() for rule in pack.rules if rule.matching == "pattern"]
LENGTH = 24 * SHORT
"""Characters of a line, more than any pattern is tried on."""
TIMES = 60
"""Most work on a line, relative to that of a quadratic pattern on this machine; a cubic one does a thousand times."""


@cache
def quadratic() -> float:
    """Return what a pattern takes that goes through a line once for each of its characters."""
    match = re.compile(r".*x.*y").match
    return min(seconds(match, ["x" * LENGTH]) for _ in range(5))


def hostile(rule: Rule) -> list[str]:
    words = [need.lstrip("^") for need in rule.needs[:4]]
    seeds = ["a", "1", "1 ", "a ", ", ", "a1", "1.", "A. ", "(", "© ", "- ", "/ ", "ж ", "的", *words]
    seeds += [f"{word} " for word in words] + [f"{word}: a " for word in words]
    lines = [(seed * LENGTH)[:LENGTH] for seed in seeds]
    return lines + [line[: LENGTH - 1] + "!" for line in lines] + [f"{word} {lines[3]}"[:LENGTH] for word in words]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_pattern_does_bounded_work(rule: Rule) -> None:
    pattern = compile_patterns(rule)
    for line in hostile(rule):
        assert seconds(pattern.fullmatch, [line]) < TIMES * quadratic(), line
