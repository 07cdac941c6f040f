"""Patterns match in bounded time, on long lines that make them backtrack again and again."""

import pytest

from benchmarks.tools.timing import seconds
from cleanwire.document import SHORT
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import compile_patterns

RULES = [rule for pack in builtin_packs() for rule in pack.rules if rule.matching == "pattern"]
LENGTH = 24 * SHORT
"""Characters of a line, more than any pattern is tried on: cubic backtracking takes seconds."""
SECONDS = 2.0
"""Of the processor, on any machine: quadratic patterns take milliseconds."""


def hostile(rule: Rule) -> list[str]:
    words = [need.lstrip("^") for need in rule.needs[:4]]
    seeds = ["a", "1", "1 ", "a ", ", ", "a1", "1.", "A. ", "(", "© ", "- ", "/ ", "ж ", "的", *words]
    seeds += [f"{word} " for word in words] + [f"{word}: a " for word in words]
    lines = [(seed * LENGTH)[:LENGTH] for seed in seeds]
    return lines + [line[: LENGTH - 1] + "!" for line in lines] + [f"{word} {lines[3]}"[:LENGTH] for word in words]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_pattern_matches_in_bounded_time(rule: Rule) -> None:
    pattern = compile_patterns(rule)
    for line in hostile(rule):
        assert seconds(pattern.fullmatch, [line]) < SECONDS, line
