"""What all tests of the command share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanwire.cli import main

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"

Run = Callable[..., Result]
Shell = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with stories: one dirty, one clean, one deeper, and what must be passed over."""
    monkeypatch.setenv("CLEANWIRE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "100")
    here = tmp_path / "here"
    (here / "news" / "deep").mkdir(parents=True)
    (here / "news" / ".git").mkdir()
    for name in ("a.txt", "deep/b.MD", ".git/c.txt", ".hidden.txt", "page.html"):
        (here / "news" / name).write_text(DIRTY)
    (here / "news" / "clean.text").write_text(STORY)
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def run() -> Run:
    """The command in this process."""

    def call(*args: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, args, input=stdin)

    return call


@pytest.fixture
def shell() -> Shell:
    """The command in a process of its own."""

    def call(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "cleanwire", *args]
        return subprocess.run(command, input=stdin, capture_output=True, check=False, env=os.environ | env)

    return call
