"""The trees of `cleanwire.text.regex_tree`, which reads the private parser of `re`.

If a test here fails after an update of CPython, `re._parser` has changed.  Print
``re._parser.parse(pattern).dump()`` for the pattern that fails, and change `_node` in ``regex_tree.py`` until the trees
are as listed here.  Nothing else in the library depends on the private parser.
"""

import re

import pytest

from cleanwire.text.regex_tree import Anchor, Branch, Chars, Group, Literal, Other, Repeat, parse, walk

A, B = Literal("a"), Literal("b")
CHANGED = "re._parser has changed; the first lines of this file say what to do"


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("ab", (A, B)),
        ("[ab]", (Chars(frozenset("ab"), (), negated=False),)),
        ("[a-c]", (Chars(frozenset("abc"), (), negated=False),)),
        ("[^ab]", (Chars(frozenset("ab"), (), negated=True),)),
        (r"\w", (Chars(frozenset(), ("CATEGORY_WORD",), negated=False),)),
        (r"[\da]", (Chars(frozenset("a"), ("CATEGORY_DIGIT",), negated=False),)),
        (r"^a\b", (Anchor(), A, Anchor())),
        ("(?:ab)+", (Repeat((A, B), 1, None, possessive=False),)),
        ("(ab)", (Group((A, B), atomic=False),)),
        ("(?>ab)", (Group((A, B), atomic=True),)),
        ("(?i:ab)", (Group((A, B), atomic=False),)),
        ("aa|bb", (Branch(((A, A), (B, B))),)),
        ("a{2,5}?", (Repeat((A,), 2, 5, possessive=False),)),
        ("a*+", (Repeat((A,), 0, None, possessive=True),)),
        (".", (Other(),)),
        ("(?=a)", (Other(),)),
    ],
)
def test_a_pattern_has_its_tree(pattern: str, tree: tuple[object, ...]) -> None:
    assert parse(pattern) == tree, CHANGED


def test_what_re_cannot_read_is_an_error() -> None:
    with pytest.raises(re.error):
        parse(r"\p{Lu}")


def test_a_walk_meets_every_node() -> None:
    assert [node for node in walk(parse("(?:aa|(bb))?")) if isinstance(node, Literal)] == [A, A, B, B]
