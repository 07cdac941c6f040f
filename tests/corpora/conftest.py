"""What the tests of corpora share: a folder, the command in this process and in one of its own, and rows to clean."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(autouse=True)
def _here(here: Path) -> None:
    """All of them work in a folder of their own."""


@pytest.fixture
def start() -> Start:
    """Begin the command in a process of its own."""

    def call(*args: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "cleanwire", *args]
        return subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return call


@pytest.fixture
def rows() -> Callable[[int], bytes]:
    """Rows of JSON, no two alike, of which each third changes, and one is broken."""

    def make(number: int) -> bytes:
        lines = []
        for n in range(number):
            story = f"The council voted on day {n} to close the old bridge.\n" * (20 + n % 50)
            text = story + ("\nPost a comment\n" if n % 3 == 0 else "")
            lines.append(json.dumps({"id": n, "text": text, "n": 1e5}))
        lines[number // 2] = '{"id": broken'
        return "\n".join(lines).encode() + b"\n"

    return make
