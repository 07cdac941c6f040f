"""``cleanwire rules`` and ``cleanwire demo``: what the packs know, shown and proven."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import PAGE, Cleaner, notation
from cleanwire.cli.book import FILTER_RULES
from cleanwire.filters import links
from cleanwire.packs.pack import builtin_packs

Run = Callable[..., Result]

NAME = Cleaner()("She left.\n\nPost a comment").spans[0].rule

PACK = '''
[[rule]]
name = "bell"
kind = "comments"
line = ["Ring the bell for more"]
why = "The button of a made-up widget."
examples = ["""
  She left at noon.
- Ring the bell for more
"""]
counterexamples = ["Ring the bell for more than a minute, he said.", "They ring the bell for more guests."]
'''


def test_the_list_has_every_rule(run: Run) -> None:
    rows = [line.split("\t") for line in run("rules").stdout.splitlines()]
    assert [row[0] for row in rows] == [rule.name for pack in builtin_packs() for rule in pack.rules]
    assert all(len(row) == 4 for row in rows)


def test_the_list_is_a_table_on_a_terminal(shell: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    shown = shell("rules", FORCE_COLOR="1", TERM="xterm", COLUMNS="200").stdout.decode()
    assert NAME in shown
    assert "\t" not in shown


@pytest.mark.parametrize("name", [NAME, "comments.en", "comments"])
def test_a_rule_is_shown_whole(run: Run, name: str) -> None:
    rule = next(r for pack in builtin_packs() for r in pack.rules if r.name == NAME)
    shown = run("rules", "show", name).stdout
    for words in (rule.name, rule.why, rule.action, *rule.phrases, *rule.counterexamples, "- "):
        assert words in shown


PARTS = {"label", "name", "agency", "role", "other", "bullet"}
"""What a rule's name may end in, beside what it is called: the part of the line that it speaks of."""
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_every_rule_that_speaks_is_known() -> None:
    known = {rule.name for pack in builtin_packs() for rule in pack.rules} | set(FILTER_RULES)
    dump = "Home\nNews\nSport\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\nBridge closes\n"
    story = "The council voted on Monday, after a long debate, to close the old bridge for a year.\n"
    texts = [notation.source(notation.parse(path.read_text(encoding="utf-8"))) for path in SEEDS]
    texts += [dump + 3 * story, "e\u0301 \u200b \u202e \x00 \x1b[0m \ud83d A\u00ad\r\n \n\n\n &amp; cafÃ©  x\u00a0 y"]
    cleaner = Cleaner(PAGE)
    for text in texts:
        for rule in {edit.rule for step in cleaner(text).steps for edit in step.edits}:
            name = rule
            while name not in known and name.rpartition(".")[2] in PARTS:
                name = name.rpartition(".")[0]
            assert name in known, rule


def test_a_filters_own_rule_is_shown(run: Run) -> None:
    shown = run("rules", "show", "links").stdout
    assert all(words in shown for name, why in links.FILTER_RULES.items() for words in (name, why))


@pytest.mark.parametrize("name", ["comment", "nothing.at.all"])
def test_an_unknown_rule(run: Run, name: str) -> None:
    result = run("rules", "show", name)
    assert result.exit_code == 2
    assert f"no rule is called '{name}'" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("", "", 0, "own.toml: 1 rule holds"),
        ("- Ring", "  Ring", 1, "but the chain reads"),
        ("They ring the bell for more guests.", "Ring the bell for more.", 1, "comments.own.bell: keeps"),
        ("why = ", "because = ", 1, "unknown keys ['because']"),
        ("[[rule]]", "[[rule", 1, "no TOML"),
        ("Ring the bell for more", "Post a comment", 1, f"belongs to {NAME} already"),
    ],
)
def test_a_pack_is_proven(run: Run, folder: Path, old: str, new: str, code: int, message: str) -> None:
    (folder / "own.toml").write_text(PACK.replace(old, new))
    result = run("rules", "test", "own.toml")
    assert (result.exit_code, message in result.output) == (code, True), result.output


def test_a_pack_that_is_not_there(run: Run) -> None:
    assert run("rules", "test", "nowhere.toml").exit_code == 2


def test_the_demo(run: Run, folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds/box.txt").write_text("  She left at noon.\n\n- Post a comment\n")
    (folder / "seeds/prose.txt").write_text("- She came back at night.\n")
    result = run("demo", "seeds")
    assert result.exit_code == 0
    assert result.stdout.index("── box") < result.stdout.index("── prose")
    assert NAME in result.stdout
    assert "2 documents, 4 lines: 1 came out as they are marked\notherwise: prose\n" in result.stdout
    assert run("demo", "seeds/box.txt").exit_code == 0


def test_the_demo_refuses_what_has_no_marks(run: Run) -> None:
    result = run("demo", "news/a.txt")
    assert result.exit_code == 2
    assert "news/a.txt: line 1 of the annotated-diff notation" in result.stderr
