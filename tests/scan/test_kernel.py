"""The scan never says no where a parser finds something, and matches each phrase where it stands."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.compiled import compiled
from cleanwire.notation import parse, source
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.parse import parse_pack
from cleanwire.scan.cues import BYLINE, CREDIT, DATE, LABEL, QUESTION, RULE, SENTENCE, SIGNOFF
from cleanwire.scan.kernel import _SPACES, SHORT, scan
from cleanwire.scan.table import Tables
from cleanwire.text.fold import fold
from cleanwire.text.shape import is_sentence

KNOWN = compiled()
RULES = [rule for pack in builtin_packs() for rule in pack.rules]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
_CUED = ("caption", "byline", "date", "dateline", "tail")
_phrases = sorted(
    {
        phrase.lstrip("…")
        for rule in RULES
        if (rule.action == "caption" or rule.kind in _CUED) and rule.matching != "pattern"
        for phrase in (*rule.phrases[:8], *rule.needs[:8])
    }
)
_words = st.sampled_from(
    [
        *_phrases,
        *("A bridge.", "Ann Lee", "Photo:", "photo", "REUTERS/Ann Lee", "(AP)", "© dpa", ":", "/", "|", ").", "(c)"),
        *("By", "4", "2021", "3 hours", "4.5.2021", "LeePublished", "Reporting by Ann Lee", "Ann Lee;", "A line. "),
    ]
)
_glue = st.sampled_from([" ", "", ". ", ".\u00a0", "\u202f", "\t", "! ", "” ", "/", ", ", " • "])
_ends = _words | st.sampled_from([".", "!", "?", "”", "", ")", "）"])
_start = st.sampled_from(["", "", "  ", "\u3000", "(", "• ", "The council voted on Monday to close the bridge. " * 3])
_line = st.builds("{}{}{}{}{}{}".format, _start, _words, _glue, _words, _glue, _ends).filter(str.strip)


def misses(line: str) -> list[str]:
    """Return which parsers find something in a line without its flag."""
    (rules,), (flags,) = scan([line], KNOWN.tables)
    bare = line.lstrip()
    short = len(bare) <= SHORT
    reading = KNOWN.bylines.read(bare) if short else None
    cued = reading is not None and (reading.label is not None or any(mark.part == "label" for mark in reading.marks))
    expected = {
        "credit": (CREDIT, KNOWN.credits.read(line) is not None),
        # A full stop closes no label.
        "label": (LABEL, short and line[-1] not in '.!?"”’»' and KNOWN.credits.calls(line) is not None),
        "sign-off": (SIGNOFF, KNOWN.signoffs.read(line) is not None),
        "byline": (BYLINE | DATE, cued),
        "date": (DATE, short and KNOWN.bylines.dates.find(bare) is not None),
        "sentence": (SENTENCE, is_sentence(bare)),
    }
    assert bool(flags & RULE) == (rules != ())
    return [name for name, (flag, found) in expected.items() if found and not flags & flag]


@given(_line)
def test_no_parser_finds_what_the_scan_does_not(line: str) -> None:
    assert misses(line) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_parser_finds_more_in_the_seeds(path: Path) -> None:
    lines = source(parse(path.read_text(encoding="utf-8"))).split("\n")
    assert [(line, missed) for line in lines if line.strip() and (missed := misses(line))] == []


def test_a_plain_story_has_no_flag_but_that_of_sentences() -> None:
    story = [
        "She left the old harbour at noon, and nobody saw her.",
        "The bridge is closed. Two ferries were late, so that many waited.",
        "“We knew,” he said, “and waited for the ferry until the morning.”",
    ]
    assert scan(story, KNOWN.tables).flags == [SENTENCE] * 3


def test_a_question_may_be_a_headline() -> None:
    line = "Who will pay for the bridge, the ferries and the road around the harbour?"
    assert scan([line], KNOWN.tables).flags == [SENTENCE | QUESTION]


def test_a_phrase_that_is_the_line_goes_before_one_at_its_start() -> None:
    for number, rule in enumerate(RULES):
        if rule.matching == "line":
            short = [key for key in map(fold, rule.phrases) if len(key) <= SHORT]
            assert all(number in rules for rules in scan(short, KNOWN.tables).rules)


def test_columns_are_those_of_each_line_alone() -> None:
    lines = ["Post a comment", "She left at noon.", "  Post a comment", "Rain. " * 40]
    alone = [scan([line], KNOWN.tables) for line in lines]
    assert scan(lines, KNOWN.tables) == ([c.rules[0] for c in alone], [c.flags[0] for c in alone])


def test_the_memory_is_bounded() -> None:
    tables = Tables(builtin_packs()[:2])
    memory = tables.memory
    for number in range(40_000):
        memory.keep(str(number), number)
    assert 0 < len(memory.lines) < 40_000
    scan([f"{number} and the water rose again. " * 8 for number in range(10)], tables)
    assert memory.openings


def test_spaces_are_all_that_python_takes_for_some() -> None:
    assert set(filter(str.isspace, map(chr, range(sys.maxunicode + 1)))) == _SPACES


LONG_PATTERN = """
[[rule]]
name = "channels"
kind = "share"
longest = 200
pattern = ["ring .{3,150} on the bell of the harbour"]
needs = ["^ring"]
examples = ["- Ring it on the bell of the harbour"]
counterexamples = ["Ring.", "Rings."]
"""


@pytest.mark.parametrize(
    ("between", "before", "found"),
    [(20, "", True), (120, "", True), (120, "  ", True), (120, "Please ", False), (151, "", False)],
)
def test_a_pattern_with_a_length_matches_long_lines_by_their_first_word(between: int, before: str, found: bool) -> None:
    tables = Tables((parse_pack("mine", LONG_PATTERN),))
    (rules,) = scan([f"{before}Ring {'x' * between} on the bell of the harbour"], tables).rules
    assert bool(rules) is found


STARTING = """
[[rule]]
name = "pointers"
kind = "share"
longest = 800
starts = ["Ring the bell of the harbour"]
examples = ["- Ring the bell of the harbour tonight"]
counterexamples = ["Ring.", "Rings."]
"""
BELL = "Ring the bell of the harbour"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (BELL, True),
        (f"{BELL} {'x' * 200}", True),
        (f"{BELL} {'x' * (799 - len(BELL))}", True),  # 800 characters
        (f"{BELL} {'x' * (800 - len(BELL))}", False),
        (f"{BELL} {'x' * 200},", False),  # it goes on
        (f"{BELL} {'x' * 200}.", True),
        (f"“{BELL}” {'x' * 200}", False),
        (f"« {BELL} {'x' * 200}", True),
        (f"Please {BELL} {'x' * 200}", False),
        (f"{BELL}s {'x' * 200}", False),
        (f"Ring the bells {'x' * 200}", False),
    ],
)
def test_a_phrase_matches_the_beginning_of_a_long_line(line: str, found: bool) -> None:
    tables = Tables((parse_pack("mine", STARTING),))
    (rules,), (flags,) = scan([line], tables)
    assert (bool(rules), bool(flags & RULE)) == (found, found)


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("The council voted. Photo by Ann Lee.", True),
        ("The council voted. Phosphorus is old.", False),
        ("Photo by Ann Lee.", True),
        ("The council voted (AFP).", True),
        ("The council voted on A/B.", True),
        ("The council voted on it.", False),
        ("The bridge at dawnReuters", True),
        ("The council voted on it!", False),
        ("The council\u00a0voted on it.", True),
    ],
)
def test_a_line_may_hold_a_credit_by_its_end(line: str, may: bool) -> None:
    for before in ("", "The council voted on Monday to close the old bridge for a year, as it had said. " * 2):
        (flags,) = scan([before + line], KNOWN.tables).flags
        assert bool(flags & CREDIT) is may
