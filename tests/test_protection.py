"""Rules of the kind ``protect``: no filter cuts their lines, and `explain` says so."""

from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import PAGE, Cleaner
from cleanwire.errors import PackError
from cleanwire.pack_check import failures
from cleanwire.packs.parse import parse_pack
from cleanwire.report.explain import explain
from cleanwire.report.reasons import reasons

Run = Callable[..., Result]
STORY = "The council voted on Monday to close the old bridge for a year."
PACK = """
[[rule]]
name = "hotline"
kind = "protect"
why = "The paper prints it as a part of its stories."
line = ["Post a comment"]
examples = ['''
  The council voted on Monday.
  Post a comment
- Share on Facebook
''']
counterexamples = ["Post a comment, he said, and left.", "They post a comment each day."]

[[rule]]
name = "reporter"
kind = "protect"
starts = ["Photo: Ann"]
examples = ["  Photo: Ann Lee/AFP"]
counterexamples = ["A photo: Ann is on it.", '''
  She left.
- Post a reply
''']
"""


def cleaner(
    skip: Collection[str] = (), only: Collection[str] = (), keep: Collection[str] = (), drop: Collection[str] = ()
) -> Cleaner:
    filters = Cleaner().with_packs(parse_pack("mine", PACK)).filters
    return Cleaner(filters, skip=skip, only=only, keep=keep, drop=drop)


def test_the_pack_is_valid() -> None:
    assert list(failures(parse_pack("mine", PACK))) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"{STORY}\n\nPost a comment!", f"{STORY}\n\nPost a comment!"),
        (f"{STORY}\n\nShare on Facebook\n\nPost a comment", f"{STORY}\n\nPost a comment"),
        (f"{STORY}\n\nPhoto: Ann Lee/AFP\n\n{STORY}", f"{STORY}\n\nPhoto: Ann Lee/AFP\n\n{STORY}"),
        (f"{STORY}\n\nPhoto: Bob Lee/AFP\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\n\nPost\u200b a comment", f"{STORY}\n\nPost a comment"),
    ],
)
def test_a_protected_line_is_repaired_and_never_cut(text: str, clean: str) -> None:
    assert cleaner()(text).text == clean


def test_no_filter_cuts_it() -> None:
    text = f"{STORY}\n\nPost a comment"
    assert cleaner(drop=["Post a comment"])(text).text == text
    page = Cleaner(PAGE).with_packs(parse_pack("mine", PACK))
    assert "Post a comment" in page(f"{STORY} {STORY}\n\nPost a comment").text


def test_it_can_be_skipped() -> None:
    text = f"{STORY}\n\nPost a comment"
    for name in ("protect", "protect.mine", "protect.mine.hotline"):
        assert cleaner(skip=[name])(text).text == STORY
    assert cleaner(skip=["protect.mine.reporter"])(text).text == text
    assert cleaner(only=["boilerplate"])(text).text == text


def test_explain_says_what_protects_a_line() -> None:
    lines = explain(cleaner(keep=["Share on Facebook"]), f"{STORY}\n\nPost a comment\nShare on Facebook", reasons())
    first, second = ([(look.rule, look.action, look.evidence) for look in line.looks] for line in lines[1:])
    assert first[0] == ("protect.mine.hotline", "protected", "never cut")
    assert first[1] == ("comments.en.box", None, "protect.mine.hotline protects the line")
    assert second[0] == ("keep.chosen", "protected", "never cut")
    assert second[1][1:] == (None, "keep.chosen protects the line")


def test_the_command_shows_the_reason(run: Run, here: Path) -> None:
    (here / "mine.toml").write_text(PACK)
    shown = run("explain", "--pack", "mine.toml", f"{STORY}\n\nPost a comment").stdout
    assert "protect.mine.hotline: protected (never cut)\n\t  The paper prints it as a part of its stories." in shown


@pytest.mark.parametrize("key", ['scope = "rest"', 'position = "end"', 'action = "caption"', 'confidence = "alone"'])
def test_keys_without_a_meaning_are_refused(key: str) -> None:
    with pytest.raises(PackError, match="has no meaning in kind protect"):
        parse_pack("mine", PACK.replace('kind = "protect"', f'kind = "protect"\n{key}', 1))


def test_an_example_that_nothing_protects_fails() -> None:
    wrong = parse_pack(
        "mine", PACK.replace("  Post a comment\n-", "  Post a reply\n-").replace("A photo: Ann is", "Photo: Ann is")
    )
    told = "\n".join(failures(wrong))
    assert "protects no line of the example" in told
    assert "protects a line of the counterexample" in told
