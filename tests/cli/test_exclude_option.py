"""What the commands pass over, and what they say of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.mark.parametrize("command", ["check", "diff", "clean"])
def test_files_are_passed_over_and_counted(run: Run, folder: Path, command: str) -> None:
    (folder / "news/.gitignore").write_text("deep/\n")
    before = (folder / "news/deep/b.MD").read_bytes()
    result = run(command, "news", "--exclude", "clean.*")
    assert "passed over files or folders: 1 by --exclude, 1 by .gitignore (--no-gitignore reads them)" in result.stderr
    assert "\n1 file: 1 " in result.stderr
    assert (folder / "news/deep/b.MD").read_bytes() == before
    everything = run(command, "news", "--no-gitignore")
    assert "passed over" not in everything.stderr
    assert "\n3 files: " in everything.stderr


def test_nothing_is_said_where_quiet_is_asked(run: Run) -> None:
    assert run("check", "-q", "news", "--exclude", "*").stderr == ""


def test_patterns_of_the_configuration_are_relative_to_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "cleanwire.toml").write_text("exclude = ['/news/deep']\n")
    monkeypatch.chdir(folder / "news")
    assert "deep" not in run("check", ".").stdout
    assert run("check", ".", "--exclude", "/a.txt").stdout == ""
    assert run("check", "-q", "a.txt", "--exclude", "/a.txt").exit_code == 1


def test_what_is_refused(run: Run) -> None:
    result = run("check", "news", "--exclude", "!")
    assert (result.exit_code, "invalid pattern" in result.stderr) == (2, True)
    result = run("clean", "news", "--exclude", "a.txt", "--engine", "ray", "-o", "out")
    assert (result.exit_code, "--engine does not support --exclude" in result.stderr) == (2, True)
