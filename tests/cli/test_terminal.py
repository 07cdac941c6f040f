"""What texts and names hold is shown on a terminal and never obeyed; what a stream cannot encode is an escape."""

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]

TITLE, CLEAR, CLIPBOARD = "\x1b]0;owned\x07", "\x1b[2J", "\x9b31m"
EVIL = TITLE + CLEAR + CLIPBOARD
OBEYED = re.compile(rb"\x1b\]0;|\x1b\[2J|\xc2\x9b")
STORY = "The council voted on Monday to close the old bridge for a year.\n"


def terminal(*args: str) -> bytes:
    """Run the command on a terminal, and return all that it prints there."""
    here, there = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color"}
    with subprocess.Popen([sys.executable, "-m", "cleanwire", *args], stdout=there, stderr=there, env=env):
        os.close(there)
        said = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while part := os.read(here, 4096):
                said += part
    os.close(here)
    return said


@pytest.fixture
def theirs(folder: Path) -> Path:
    """A folder of a stranger, with escapes in the text and the name of a file."""
    place = folder / "theirs"
    place.mkdir()
    (place / f"a{EVIL}.txt").write_text(f"{STORY}{EVIL}\n\nPost a comment\n{EVIL}\n{STORY}", encoding="utf-8")
    (place / f"b{EVIL}.jsonl").write_text('{"\\u001b]0;owned": 1}\n')
    return place


COMMANDS = [
    ["diff", "theirs"],
    ["diff", "-u", "theirs"],
    ["check", "theirs"],
    ["clean", "theirs"],
    ["clean", "theirs", "-o", "theirs", "--column", EVIL],
    ["learn", "theirs", "-o", "sites", "--by", "path"],
    ["demo", "theirs"],
    ["undo", "theirs/nothing" + EVIL],
]


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: " ".join(args[:2]))
def test_a_terminal_obeys_no_text_and_no_name(args: list[str]) -> None:
    said = terminal(*args)
    assert OBEYED.findall(said) == []
    assert b"Traceback" not in said


def test_the_list_of_originals_is_shown(theirs: Path) -> None:
    subprocess.run([sys.executable, "-m", "cleanwire", "clean", "-q", theirs], check=False)
    said = terminal("undo", "--list")
    assert "␛]0;owned".encode() in said
    assert OBEYED.findall(said) == []


@pytest.mark.usefixtures("theirs")
def test_a_pipe_gets_names_and_texts_as_they_are(shell: Shell) -> None:
    assert EVIL.encode() in shell("diff", "-u", "theirs").stdout
    assert f"theirs/a{EVIL}.txt: would change".encode() in shell("check", "theirs").stdout


@pytest.mark.parametrize("args", [["diff", "a.txt"], ["diff", "-u", "a.txt"], ["check", "Łódź.txt"]])
def test_what_stdout_cannot_encode_is_an_escape(shell: Shell, folder: Path, args: list[str]) -> None:
    for name in ("a.txt", "Łódź.txt"):
        (folder / name).write_text(f"{STORY}Łódź.\n\nPost a comment\n", encoding="utf-8")
    done = shell(*args, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert b"\\u0141\xf3d\\u017a" in done.stdout
    assert b"Traceback" not in done.stderr
