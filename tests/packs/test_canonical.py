"""``cleanwire rules fmt``: one form for a pack, whatever it was written like."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.errors import PackError
from cleanwire.packs.canonical import canonical
from cleanwire.packs.parse import read_pack

WRITTEN = """# Our paper.
about = "Mine."
[words] # the words
# small ones
articles = ["the", # English
  "Der"]
# A prompt.
[[rule]]
kind = "nav"
name = "menu"
position = "edges"
line = ["Zoo",
  # the first
  "Art", "zoo!", # the same as Zoo
]
examples = ['''
- Zoo
''']
counterexamples = ["b", "a"]
[[rule]] # rings
name = "bell"
kind = "comments"
why = "A bell."  # why not
pattern = ['z\\d', 'a"b']
needs = ["z"]
examples = ["- z1"]
counterexamples = ["b", "a"]
# the end
"""
FORMATTED = """# Our paper.
about = "Mine."

# the words
[words]
# small ones
articles = [
    "Der",
    # English
    "the",
]

# rings
[[rule]]
name = "bell"
kind = "comments"
# why not
why = "A bell."
pattern = [
    'z\\d',
    'a"b',
]
needs = [
    "z",
]
examples = ['''
- z1''']
counterexamples = [
    "b",
    "a",
]

# A prompt.
[[rule]]
name = "menu"
kind = "nav"
line = [
    # the first
    "Art",
    # the same as Zoo
    "Zoo",
]
examples = ['''
- Zoo
''']
counterexamples = [
    "b",
    "a",
]

# the end
"""


def test_a_pack_is_written_in_canonical_form_with_its_comments() -> None:
    assert canonical("mine", WRITTEN) == FORMATTED
    assert canonical("mine", FORMATTED) == FORMATTED


def test_the_pack_stays_the_same() -> None:
    old, new = read_pack("mine", WRITTEN), read_pack("mine", FORMATTED)
    assert {rule.name: set(rule.phrases) - {"zoo!"} for rule in old.rules} == {
        rule.name: set(rule.phrases) for rule in new.rules
    }


def test_a_text_that_is_no_pack_is_refused() -> None:
    with pytest.raises(PackError, match="not a TOML file"):
        canonical("mine", "[[")


def test_a_comment_is_never_lost() -> None:
    inside = 'examples = ["- Zoo", # lost?\n "- Art"]'
    with pytest.raises(PackError, match="lost"):
        canonical("mine", WRITTEN.replace("examples = ['''\n- Zoo\n''']", inside))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1))
def test_any_string_is_read_back(texts: list[str]) -> None:
    toml = canonical("mine", "[words]\narticles = [" + ",".join(map(_quoted, texts)) + "]")
    assert set(tomllib.loads(toml)["words"]["articles"]) == set(texts)


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
