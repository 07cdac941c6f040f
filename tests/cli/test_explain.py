"""``cleanwire explain``: which rules looked, and why each did or did not fire."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"


def test_a_line_that_goes_has_its_rule_and_the_evidence(run: Run) -> None:
    result = run("explain", "news/a.txt")
    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[:2] == ["3\tPost a comment", "\tcomments.en.box: dropped (the rule fires alone)"]
    assert lines[2].strip().startswith("Heading, button, field")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{STORY}\nPlay video\n", "player.en.prompts: did not fire (brief, and 0 witnesses; no neighbor goes)"),
        (f"{STORY}\nMehr zum Thema\n", "related.de.inset-anywhere: did not fire (de: no evidence)"),
        ("It didnâ€™t rain.", "encoding.mojibake: fixed"),
        (f"By Ann Lee\n\n{STORY}", "byline.en.by: byline (kept)"),
    ],
)
def test_what_fired_and_what_did_not(run: Run, text: str, told: str) -> None:
    assert f"\t{told}\n" in run("explain", text).stdout
    assert f"\t{told}\n" in run("explain", "-", stdin=text.encode()).stdout


def test_a_rule_that_is_left_out_says_so(run: Run) -> None:
    told = run("explain", "news/a.txt", "--skip", "comments").stdout
    assert "comments.en.box: did not fire (the rule is left out by skip or only)" in told


def test_offsets_hold_where_repairs_come_first_and_in_a_view(run: Run) -> None:
    text = f"She left at  noon.\n\n{STORY}\nPlay video\n"
    assert "5\tPlay video\n\tplayer.en.prompts: did not fire (brief" in run("explain", text).stdout
    escaped = run("explain", text.replace("\n", "\\n"), "--layout", "escaped").stdout
    assert "\tplayer.en.prompts: did not fire (brief" in escaped


def test_lines_are_chosen_by_words(run: Run) -> None:
    assert run("explain", "news/a.txt", "--line", "council").stdout == f"1\t{STORY}\tno rule matched this line\n"
    result = run("explain", "news/a.txt", "--line", "nowhere")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no line with these words\n")


def test_a_line_on_its_own(run: Run) -> None:
    assert run("explain", "--line", "Post a comment").stdout.startswith("1\tPost a comment\n\tcomments.en.box: dropped")


def test_a_clean_text_has_nothing_to_explain(run: Run) -> None:
    result = run("explain", STORY)
    assert (result.stdout, result.stderr) == ("", "no rule matched any line\n")


def test_something_is_needed(run: Run) -> None:
    assert run("explain").exit_code == 2


def test_controls_are_made_visible(run: Run) -> None:
    assert "\x1b" not in run("explain", f"{DIRTY}\n\x1b[2Jx").stdout


def test_a_file_that_is_no_text_is_refused(run: Run) -> None:
    Path("x.txt").write_bytes(b"\0\1\2")
    assert run("explain", "x.txt").exit_code == 2
