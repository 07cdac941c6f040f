"""``cleanwire rules`` and ``cleanwire demo``: what the packs know, shown and proven."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import PAGE, Cleaner, notation
from cleanwire.filters import links
from cleanwire.names import filter_rules
from cleanwire.packs.load import builtin_packs
from tests.support import BELL

Run = Callable[..., Result]

NAME = Cleaner()("She left.\n\nPost a comment").spans[0].rule


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


SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_every_rule_that_speaks_is_known() -> None:
    known = {rule.name for pack in builtin_packs() for rule in pack.rules} | set(filter_rules())
    dump = "Home\nNews\nSport\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\nBridge closes\n"
    story = "The council voted on Monday, after a long debate, to close the old bridge for a year.\n"
    texts = [notation.source(notation.parse(path.read_text(encoding="utf-8"))) for path in SEEDS]
    texts += [dump + 3 * story, "e\u0301 \u200b \u202e \x00 \x1b[0m \ud83d A\u00ad\r\n \n\n\n &amp; cafÃ©  x\u00a0 y"]
    cleaner = Cleaner(PAGE)
    for text in texts:
        for rule in {edit.rule for step in cleaner(text).steps for edit in step.edits}:
            assert rule in known


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
        ("", "", 0, "own.toml: 1 rule, all examples pass"),
        ("- Ring", "  Ring", 1, "own.toml: 1 example failed"),
        ("- Ring", "  Ring", 1, "  comes out as"),
        ("They ring the harbour bell in fog.", "Ring the harbour bell.", 1, "1 example failed"),
        ("They ring the harbour bell in fog.", "Ring the harbour bell.", 1, "share.own.bell removes"),
        ("why = ", "because = ", 1, "unknown key 'because'"),
        ("[[rule]]", "[[rule", 1, "not a TOML file"),
        ("Ring the harbour bell", "Post a comment", 0, "all examples pass"),
    ],
)
def test_a_pack_is_validated(run: Run, folder: Path, old: str, new: str, code: int, message: str) -> None:
    (folder / "own.toml").write_text(BELL.replace(old, new))
    result = run("rules", "test", "own.toml")
    assert (result.exit_code, message in result.output) == (code, True), result.output


def test_a_pack_is_formatted(run: Run, folder: Path) -> None:
    path = folder / "own.toml"
    path.write_text(BELL)
    checked = run("rules", "fmt", "--check", "own.toml")
    assert (checked.exit_code, checked.stdout) == (1, "own.toml: would change\n")
    assert path.read_text() == BELL
    done = run("rules", "fmt", "own.toml")
    assert (done.exit_code, done.stdout) == (0, "own.toml: formatted\n")
    assert path.read_text().startswith('[[rule]]\nname = "bell"\n')
    again = run("rules", "fmt", "--check", "own.toml")
    assert (again.exit_code, again.stdout) == (0, "")


def test_a_file_that_is_no_pack_is_not_formatted(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text("[[rule")
    (folder / "more.toml").write_text(BELL)
    done = run("rules", "fmt", "own.toml", "more.toml")
    assert (done.exit_code, done.stdout) == (2, "more.toml: formatted\n")
    assert "own.toml: not a TOML file" in done.stderr
    assert (folder / "own.toml").read_text() == "[[rule"


def test_the_built_in_packs_are_formatted_without_a_file(run: Run) -> None:
    done = run("rules", "fmt", "--check")
    assert (done.exit_code, done.stdout) == (0, "")


def test_a_pack_that_is_not_there(run: Run) -> None:
    assert run("rules", "test", "nowhere.toml").exit_code == 2
