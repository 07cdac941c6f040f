"""The hooks for pre-commit, the completion of shells, the progress: what other programs and people rely on."""

import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, ShellComplete
from click.testing import Result

from cleanwire.cli import main
from cleanwire.cli.progress import WIDTH, describe
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.report import Total

Run = Callable[..., Result]
HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
STORY = "The council voted on Monday to close the old bridge for a year.\n"


def hooks() -> dict[str, dict[str, str]]:
    """Return the hooks by id; the file is as simple as this reader."""
    found = {}
    for item in HOOKS.read_text(encoding="utf-8").split("- id: ")[1:]:
        name, *lines = item.strip().split("\n")
        found[name] = {key: value.strip("'") for key, value in (line.strip().split(": ", 1) for line in lines)}
    return found


def run_hook(name: str, *files: str) -> "subprocess.CompletedProcess[str]":
    program, *args = shlex.split(hooks()[name]["entry"])
    assert program == "cleanwire"
    command = [sys.executable, "-m", program, *args, *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_hooks_check_and_clean(folder: Path) -> None:
    assert run_hook("cleanwire-check", "news/clean.text").returncode == 0
    done = run_hook("cleanwire-check", "news/a.txt", "news/clean.text")
    assert (done.returncode, done.stdout) == (1, "news/a.txt: would change (comments 1)\n")
    assert run_hook("cleanwire-clean", "news/a.txt", "news/clean.text").returncode == 0  # pre-commit sees the change
    assert (folder / "news/a.txt").read_text() == STORY
    assert not (folder.parent / "state" / "undo").exists()


def test_the_hooks_want_texts_and_no_licenses() -> None:
    for hook in hooks().values():
        assert hook["language"] == "python"
        for name, wanted in (
            ("a.txt", True), ("b/c.md", True), ("a.html", False), ("LICENSE.txt", False), ("x/COPYING.md", False),
        ):  # fmt: skip
            found = re.search(hook["files"], name) and not re.search(hook["exclude"], name, re.IGNORECASE)
            assert bool(found) is wanted, name


def completions(*args: str) -> list[str]:
    return [
        item.value for item in ShellComplete(main, {}, "cleanwire", "_CW").get_completions(list(args[:-1]), args[-1])
    ]


@pytest.mark.parametrize("option", ["--skip", "--only"])
def test_names_of_rules_and_filters_are_completed(option: str) -> None:
    assert completions("clean", option, "comments.en.box-") == ["comments.en.box-word"]
    assert {"comments", "comments.", "caption"} <= set(completions("check", option, "c"))
    assert "comments.de" in completions("check", option, "comments.")
    assert completions("check", option, "zzz") == []


def test_other_names_are_completed() -> None:
    assert completions("rules", "show", "comments.en.box-") == ["comments.en.box-word"]
    assert "de" in completions("explain", "--language", "d")
    assert completions("clean", "--as", "jso") == ["jsonl", "json"]
    assert completions("cl") == ["clean"]
    for command in ("clean", "check", "diff", "explain", "undo"):
        (item,) = ShellComplete(main, {}, "cleanwire", "_CW").get_completions([command], "a")
        assert item.type == "file"


def test_a_shell_gets_its_script() -> None:
    assert "_CLEANWIRE_COMPLETE=bash_complete" in BashComplete(main, {}, "cleanwire", "_CLEANWIRE_COMPLETE").source()


@pytest.mark.parametrize("number", [0, 7, 12_345, 999_999, 1_234_567, 123_456_789])
@pytest.mark.parametrize("bad", [0, 1_234, 12_345_678])
def test_the_progress_fits(number: int, bad: int) -> None:
    counts = Counts(documents=number, bad=bad, edits=Counter({"drop a": number}))
    line = describe(Total(changed=min(number, 99), size=10**9, counts=counts), 9.0, 10**14)
    assert len(line) <= WIDTH
    assert " edit" in line
    assert "left" in line or bad
    assert "unreadable" in line or not bad


def test_license_files_are_read_only_if_they_are_named(run: Run, folder: Path) -> None:
    for name in ("LICENSE.txt", "COPYING.md", "licence-mit.txt", "UNLICENSE.txt"):
        (folder / "news" / name).write_text(STORY + "\nPost a comment\n")
    (folder / "news/licensed.txt").write_text(STORY)
    result = run("check", "news")
    assert "LICENSE" not in result.stdout
    assert "passed over files or folders: 4 license file; not read: 1 .html (extract their text first)" in result.stderr
    assert "4 files: " in result.stderr
    assert run("check", "-q", "news/LICENSE.txt").exit_code == 1


def test_the_summary_names_what_was_not_read(run: Run, folder: Path) -> None:
    for name in ("a.pdf", "b.PDF", "c.docx", "d.json", "e.png"):
        (folder / "news" / name).write_bytes(b"x")
    told = "not read: 1 .html, 2 .pdf, 1 .docx (extract their text first); not read: 1 .json (name them, or give --as)"
    for command in ("check", "clean", "diff"):
        assert told in run(command, "news").stderr
