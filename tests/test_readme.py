"""The README's examples run, and its two commands are there."""

import doctest
import os
import sys
from pathlib import Path

import pytest

from tests.support import follow_readme

ROOT = Path(__file__).parents[1]


def test_the_examples_run() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried >= 6
    assert failed == 0


def test_the_two_commands_are_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"\n{target}:" in makefile
        assert f"make {target}" in readme


def test_the_before_and_after_is_so() -> None:
    from cleanwire import Cleaner, notation

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```")[1].strip("\n")
    # What stands behind two blanks is a remark.
    wanted = [notation.AnnotatedLine(line[0], line[2:].split("  ")[0]) for line in shown.split("\n")]
    assert notation.verdicts(notation.annotate(Cleaner()(notation.source(wanted)))) == wanted


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
def test_a_newcomer_can_follow_the_first_five_minutes(here: Path) -> None:
    tools = here.parent / "bin"
    tools.mkdir()
    (tools / "cleanwire").write_text(f'#!/bin/sh\nexec {sys.executable} -m cleanwire "$@"\n')
    (tools / "cleanwire").chmod(0o755)
    commands = follow_readme(here, tools, dict(os.environ))
    assert [command.split()[1] for command in commands if command.startswith("cleanwire")] == [
        "check", "diff", "clean", "undo", "clean", "undo",
    ]  # fmt: skip
    assert "Post a comment" in (here / "stories/bridge.txt").read_text()
