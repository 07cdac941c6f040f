"""Patterns answer soon, whatever the line: as long as they are tried on, made to send them back again and again."""

import time

import pytest

from cleanwire.document import SHORT
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import compile_patterns

RULES = [rule for pack in builtin_packs() for rule in pack.rules if rule.matching == "pattern"]
SECONDS = 0.05  # a line costs microseconds; what goes back exponentially costs years


def hostile(rule: Rule) -> list[str]:
    words = [need.lstrip("^") for need in rule.needs[:4]]
    seeds = ["a", "1", "1 ", "a ", ", ", "a1", "1.", "A. ", "(", "© ", "- ", "/ ", "ж ", "的", *words]
    seeds += [f"{word} " for word in words] + [f"{word}: a " for word in words]
    lines = [(seed * SHORT)[:SHORT] for seed in seeds]
    return lines + [line[: SHORT - 1] + "!" for line in lines] + [f"{word} {lines[3]}"[:SHORT] for word in words]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_pattern_answers_soon(rule: Rule) -> None:
    pattern = compile_patterns(rule)
    for line in hostile(rule):
        spent = []
        for _ in range(3):  # the machine may be busy; a slow pattern is slow each time
            start = time.perf_counter()
            pattern.fullmatch(line)
            spent.append(time.perf_counter() - start)
            if spent[-1] < SECONDS:
                break
        assert min(spent) < SECONDS, line
