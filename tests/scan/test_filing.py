"""What is kept of filed rules between processes is what filing them anew gives."""

from dataclasses import fields

import regex

from cleanwire.packs.load import builtin_packs
from cleanwire.packs.parse import parse_pack
from cleanwire.packs.regexes import compile_patterns, program, restored
from cleanwire.scan.filing import file_rules, filed
from cleanwire.scan.patterns import vocabulary_pattern
from cleanwire.scan.phrases import keys

RULES = [rule for pack in builtin_packs() for rule in pack.rules]
PACK = parse_pack(
    "mine",
    """
[[rule]]
name = "box"
kind = "comments"
line = ["Ring the bell"]
examples = ["- Ring the bell"]
counterexamples = ["Ring the bell at noon.", "She rang the bell."]
""",
)


def test_what_is_kept_is_what_is_filed() -> None:
    kept, anew = filed(builtin_packs()), file_rules(builtin_packs())
    for field in fields(anew):
        if field.name != "programs":
            assert getattr(kept, field.name) == getattr(anew, field.name), field.name


def test_packs_of_a_user_are_filed_with_the_built_in_ones() -> None:
    assert filed((PACK, *builtin_packs())).lines["ring the bell"] == (0,)


def test_a_kept_pattern_is_that_of_its_rule() -> None:
    for number, data in filed(builtin_packs()).programs.items():
        rule = RULES[number]
        if rule.matching == "pattern":
            expected = compile_patterns(rule)
        else:
            expected = regex.compile(vocabulary_pattern(keys(rule.all_phrases)))
        made = restored(data)
        assert (made.pattern, made.flags) == (expected.pattern, expected.flags)
        assert program(made) == data, rule.name
