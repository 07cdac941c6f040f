"""The literals of a pattern: whatever it matches holds one of them."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanwire.packs.literals import literals, plain
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule

EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 6  # all of them take half a minute
RULES = [rule for pack in builtin_packs() for rule in pack.rules if rule.literals][::EVERY]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_what_a_pattern_matches_holds_one_of_its_literals(rule: Rule, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(rule.phrases))
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True))
    assert any(literal in plain(text) for literal in rule.literals)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?:please )?follow us", {"follow u"}),
        (r"(?:red|green) lamp", {"red lamp", "green la"}),
        (r"(?:red|blue)?", set()),
        (r"\d+ (?:x|comments?)", set()),
        (r"\d+ comments?\b.*", {" comment"}),
        (r"(?:share this)+", {"share th"}),
        (r"(?i:Straße)", {"strasse"}),
        (r"\p{Lu}{3}", set()),
    ],
)
def test_literals(pattern: str, found: set[str]) -> None:
    assert set(literals([pattern])) == found


def test_what_is_known_to_stand_there_is_chosen_last() -> None:
    assert literals(["follow us on (?:facebook|instagram)"], ["facebook", "instagram"]) == ("follow u",)
    assert literals(["(?:[a-z]+ )?[Ff]acebook"], ["facebook"]) == ("acebook",)


def test_one_pattern_of_which_nothing_is_known_leaves_nothing_known() -> None:
    assert literals(["follow us", r"\w+"]) == ()


@pytest.mark.parametrize(("one", "other"), [("İ", "i"), ("ı", "I"), ("ſ", "S"), ("\u212a", "k"), ("Σ", "ς")])
def test_letters_that_match_without_case_are_plain_alike(one: str, other: str) -> None:
    assert re.fullmatch(one, other, re.IGNORECASE)
    assert plain(one) == plain(other)
