"""What all tests of the command share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"

Shell = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(autouse=True)
def folder(here: Path) -> Path:
    """A folder to work in, with stories: one dirty, one clean, one deeper, and what must be passed over."""
    (here / "news" / "deep").mkdir(parents=True)
    (here / "news" / ".git").mkdir()
    for name in ("a.txt", "deep/b.MD", ".git/c.txt", ".hidden.txt", "page.html"):
        (here / "news" / name).write_text(DIRTY)
    (here / "news" / "clean.text").write_text(STORY)
    return here


@pytest.fixture
def shell() -> Shell:
    """The command in a process of its own."""

    def call(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "cleanwire", *args]
        return subprocess.run(command, input=stdin, capture_output=True, check=False, env=os.environ | env)

    return call
