"""``cleanwire diff`` prints annotated diffs that parse and unified diffs that apply."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import Cleaner, notation

Run = Callable[..., Result]

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"


def test_the_annotated_diff_can_be_parsed(run: Run) -> None:
    result = run("diff", "news/a.txt")
    assert result.exit_code == 0
    assert result.stdout == f"  {STORY}\n- Post a comment\n\n"
    assert notation.source(notation.parse(result.stdout)) == DIRTY
    assert notation.parse(result.stdout) == notation.annotate(Cleaner()(DIRTY))


def test_files_of_a_folder_have_headings(run: Run) -> None:
    heads = [line for line in run("diff", "news").stdout.split("\n") if line.startswith("──")]
    assert heads == ["── news/a.txt", "── news/deep/b.MD"]


def test_a_clean_file_shows_nothing(run: Run) -> None:
    assert run("diff", "-q", "news/clean.text").output == ""


def test_crlf_is_not_a_difference(run: Run, folder: Path) -> None:
    (folder / "crlf.txt").write_bytes(DIRTY.replace("\n", "\r\n").encode())
    assert run("diff", "-q", "crlf.txt").stdout == run("diff", "-q", "news/a.txt").stdout
    assert "\r" not in run("diff", "-q", "-u", "crlf.txt").stdout


@pytest.mark.parametrize(
    "text", [DIRTY, DIRTY[:-1], "Post a comment\n" + STORY, f"{STORY}Post a comment\n{STORY}", "Post a comment"]
)
def test_a_unified_diff_applies(run: Run, folder: Path, text: str) -> None:
    if shutil.which("patch") is None:
        pytest.skip("no patch here")
    path = folder / "story.txt"
    path.write_text(text)
    wanted = run("clean", "-q", "story.txt", "-o", "-").stdout
    diff = run("diff", "--unified", "-q", "story.txt").stdout
    subprocess.run(["patch", "-p0", "-s"], input=diff.encode(), cwd=folder, check=True)
    assert (path.read_text() if path.exists() else "") == wanted != text


def test_a_terminal_shows_colours_and_rules(
    shell: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    text = STORY + "\nPost a comment\n\n\x1b[2JShe left \x07 at noon.\n"
    shown = shell("diff", "-q", "-", stdin=text.encode(), FORCE_COLOR="1", TERM="xterm-256color").stdout.decode()
    assert "\x1b[31m- " in shown or "\x1b[31m-" in shown
    assert Cleaner()(text).spans[0].rule in shown
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown
    plain = shell("diff", "-q", "-", stdin=text.encode(), FORCE_COLOR="1", NO_COLOR="1", TERM="xterm").stdout.decode()
    assert "\x1b[31m" not in plain


def test_cuts_are_shown_with_context_rule_and_reason(run: Run) -> None:
    Path("x.txt").write_text(
        "She left.\n\nHe stayed here.\n\nThey didnâ€™t meet.\n\nIt rained on them.\n\nPost a comment\n"
    )
    why = "      comments.en.box: Heading, button, field"
    lines = run("diff", "--cuts", "-C", "0", "x.txt").stdout.splitlines()
    fixed = "      encoding.mojibake: UTF-8 that was decoded with another charset is decoded as UTF-8."
    assert lines[:4] == ["@@ line 5 @@", "< They didnâ€™t meet.", fixed, "> They didn’t meet."]
    assert lines[4:6] == ["@@ line 9 @@", "- Post a comment"]
    assert lines[6].startswith(why)
    wide = run("diff", "--cuts", "x.txt").stdout
    assert wide.startswith("@@ line 3 @@\n  He stayed here.\n< They didn")
    assert "She left." not in wide
    assert wide.count("It rained") == wide.count("@@ line") == 1


def test_cuts_leave_out_names_and_have_options_of_their_own(run: Run) -> None:
    Path("x.txt").write_text("By Ann Lee\n\nShe didnâ€™t leave.\n\nThe council voted to close the bridge for a year.\n")
    shown = run("diff", "--cuts", "-C", "0", "x.txt").stdout
    assert "> She didn’t leave." in shown
    assert "By Ann Lee" not in shown
    assert run("diff", "-C", "2", "x.txt").exit_code == 2
    assert run("diff", "--cuts", "-u", "x.txt").exit_code == 2
