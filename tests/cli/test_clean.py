"""``cleanwire clean`` in place, into another folder and in a pipe, and `clean_file`: all write the same bytes."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import clean_file
from cleanwire.inplace import preview_bytes
from tests.support import BELL

Run = Callable[..., Result]

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"
CRLF, CRLF_DIRTY = STORY.replace("\n", "\r\n"), DIRTY.replace("\n", "\r\n")
CAFE, CAFE_DIRTY = STORY.replace("council", "café"), DIRTY.replace("council", "café")

FILES = [
    pytest.param(b"", b"", id="empty"),
    pytest.param(STORY.encode(), STORY.encode(), id="clean"),
    pytest.param(DIRTY.encode(), STORY.encode(), id="dirty"),
    pytest.param(DIRTY[:-1].encode(), STORY[:-1].encode(), id="no last line end"),
    pytest.param(CRLF.encode(), CRLF.encode(), id="clean CRLF"),
    pytest.param(CRLF_DIRTY.encode(), CRLF.encode(), id="dirty CRLF"),
    pytest.param(CAFE.encode("utf-8-sig"), CAFE.encode("utf-8-sig"), id="clean BOM"),
    pytest.param(CAFE_DIRTY.encode("utf-8-sig"), CAFE.encode("utf-8-sig"), id="dirty BOM"),
    pytest.param(b"\xff\xfe" + CAFE_DIRTY.encode("utf-16-le"), b"\xff\xfe" + CAFE.encode("utf-16-le"), id="UTF-16 LE"),
    pytest.param(b"\xfe\xff" + CAFE_DIRTY.encode("utf-16-be"), b"\xfe\xff" + CAFE.encode("utf-16-be"), id="UTF-16 BE"),
    pytest.param(
        b"\xff\xfe" + CRLF_DIRTY.encode("utf-16-le"), b"\xff\xfe" + CRLF.encode("utf-16-le"), id="UTF-16 CRLF"
    ),
    pytest.param(CAFE.encode("windows-1252"), CAFE.encode("windows-1252"), id="clean windows-1252"),
    pytest.param(CAFE_DIRTY.encode("windows-1252"), CAFE.encode("windows-1252"), id="dirty windows-1252"),
]


@pytest.mark.parametrize(("came", "goes"), FILES)
def test_every_interface_writes_the_same_bytes(run: Run, folder: Path, came: bytes, goes: bytes) -> None:
    assert preview_bytes(came, Path("story")).data == goes

    api, place, source = folder / "api.txt", folder / "place.txt", folder / "source.txt"
    for path in (api, place, source):
        path.write_bytes(came)
    assert clean_file(api).changed == (came != goes)
    assert api.read_bytes() == goes

    assert run("check", "-q", "source.txt").exit_code == (came != goes)
    assert run("clean", "-q", "source.txt", "-o", "target.txt").exit_code == 0
    assert (folder / "target.txt").read_bytes() == goes
    assert source.read_bytes() == came

    assert run("clean", "-q", "place.txt").exit_code == 0
    assert place.read_bytes() == goes
    assert run("check", "-q", "place.txt").exit_code == 0
    assert run("undo", "-q", "place.txt").exit_code == (0 if came != goes else 2)
    assert place.read_bytes() == came

    piped = run("clean", "-q", "-", stdin=came)
    assert (piped.exit_code, piped.stdout_bytes, piped.stderr) == (0, goes, "")


def test_a_folder(run: Run, folder: Path) -> None:
    result = run("clean", "news")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "3 files: 2 changed, 1 unchanged, 0 failed" in result.stderr
    cleaned = {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.read_text() == STORY
    }
    assert cleaned == {"news/a.txt", "news/deep/b.MD", "news/clean.text"}


def test_a_file_of_another_suffix_is_cleaned_when_named(run: Run, folder: Path) -> None:
    assert run("clean", "news/page.html").exit_code == 0
    assert (folder / "news/page.html").read_text() == STORY


def test_a_sidecar_is_never_cleaned(run: Run, folder: Path) -> None:
    run("clean", "--sidecar", "news/a.txt")
    sidecar = folder / "news/a.txt.cleanwire.json"
    before = sidecar.read_bytes()
    result = run("clean", "news/a.txt", str(sidecar))
    assert "1 file:" in result.stderr
    assert sidecar.read_bytes() == before


def test_a_file_named_twice_is_cleaned_once(run: Run, folder: Path) -> None:
    (folder / "link.txt").symlink_to("news/a.txt")
    result = run("clean", "news/a.txt", "link.txt", "news")
    assert "3 files: 2 changed" in result.stderr


def test_errors_are_printed_and_the_other_files_are_cleaned(run: Run, folder: Path) -> None:
    (folder / "news/binary.txt").write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    (folder / "news/locked.txt").write_text(DIRTY)
    (folder / "news/locked.txt").chmod(0o444)
    (folder / "news/lost.txt").symlink_to("nowhere")
    result = run("clean", "missing.txt", "news", "x" * 300)
    assert result.exit_code == 2
    errors = [line for line in result.stderr.split("\n") if line.startswith("cleanwire: ")]
    assert [line.split(": ")[1] for line in errors] == [
        "missing.txt", "news/binary.txt", "news/locked.txt", "news/lost.txt", "x" * 300, "not read",
    ]  # fmt: skip
    assert "8 files: 2 changed, 1 unchanged, 5 failed" in result.stderr
    assert (folder / "news/deep/b.MD").read_text() == STORY


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder(run: Run, folder: Path) -> None:
    (folder / "news/deep").chmod(0)
    result = run("clean", "news")
    (folder / "news/deep").chmod(0o755)
    assert result.exit_code == 2
    assert "news/deep: the folder cannot be read" in result.stderr
    assert (folder / "news/a.txt").read_text() == STORY


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_number_of_jobs_does_not_change_the_output(run: Run, folder: Path, jobs: str) -> None:
    for number in range(12):
        (folder / "news" / f"{number:02}.txt").write_text(f"{DIRTY[:-1]}\n" if number % 3 else STORY)
    (folder / "news/05.txt").write_bytes(b"\0")
    result = run("clean", "news", "--json", "-j", jobs, "-o", "out")
    assert result.exit_code == 2
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(entry["file"]).name for entry in found] == [
        f"{number:02}.txt" for number in range(12) if number != 5
    ] + ["a.txt", "clean.text", "b.MD"]
    assert "15 files: 9 changed, 5 unchanged, 1 failed" in result.stderr


def test_output_mirrors_the_folder(run: Run, folder: Path) -> None:
    assert run("clean", "news", "-o", "news/out", "-q").exit_code == 0
    assert run("clean", "news", "-o", "news/out", "-q").exit_code == 0
    assert {str(path.relative_to(folder / "news/out")) for path in (folder / "news/out").rglob("*")} == {
        "a.txt", "deep", "deep/b.MD", "clean.text",
    }  # fmt: skip
    assert (folder / "news/a.txt").read_text() == DIRTY
    assert (folder / "news/out/a.txt").read_text() == STORY


def test_output_refuses_two_files_of_one_name(run: Run, folder: Path) -> None:
    (folder / "news/deep/a.txt").write_text("Other words.\n")
    result = run("clean", "news/a.txt", "news/deep/a.txt", "-o", "out")
    assert result.exit_code == 2
    assert "news/deep/a.txt: skipped: out/a.txt is already the output of news/a.txt" in result.stderr
    assert (folder / "out/a.txt").read_text() == STORY


def test_output_refuses_what_is_not_a_writable_file(run: Run, folder: Path) -> None:
    os.mkfifo("pipe")
    (folder / "locked.txt").write_text("old\n")
    (folder / "locked.txt").chmod(0o444)
    for target, message in (
        ("news/a.txt", "output is the same file"),
        ("pipe", "not a regular file"),
        ("locked.txt", "read-only"),
        ("news/a.txt/below", "cannot create its folder"),
    ):
        result = run("clean", "-q", "news/a.txt", "-o", target)
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert (folder / "news/a.txt").read_text() == DIRTY
    assert (folder / "locked.txt").read_text() == "old\n"


def test_output_keeps_the_mode(run: Run, folder: Path) -> None:
    (folder / "news/a.txt").chmod(0o600)
    (folder / "there.txt").touch(0o660)
    (folder / "there.txt").chmod(0o664)
    run("clean", "-q", "--sidecar", "news/a.txt", "-o", "new.txt")
    run("clean", "-q", "news/a.txt", "-o", "there.txt")
    modes = [(folder / name).stat().st_mode & 0o777 for name in ("new.txt", "new.txt.cleanwire.json", "there.txt")]
    assert modes == [0o600, 0o600, 0o664]


def test_json_and_sidecar_say_the_same(run: Run, folder: Path) -> None:
    by_pipe = json.loads(run("clean", "-q", "--json", "-", stdin=DIRTY.encode()).stdout)
    run("clean", "-q", "--sidecar", "news/a.txt")
    by_file = json.loads((folder / "news/a.txt.cleanwire.json").read_bytes())
    assert by_pipe.pop("file") == "-"
    assert by_file.pop("file") == "news/a.txt"
    assert by_pipe == by_file
    assert by_file["text"] == STORY


def test_stdout_by_name(run: Run) -> None:
    assert run("clean", "-q", "news/a.txt", "-o", "-").stdout == STORY


def test_skip_and_only(run: Run) -> None:
    for option in (["--skip", "comments"], ["--skip", "boilerplate"], ["--only", "share"]):
        assert run("clean", "-q", "-", *option, stdin=DIRTY.encode()).stdout == DIRTY, option
    for option in (["--skip", "share"], ["--only", "comments.en"], ["--only", "boilerplate"]):
        assert run("clean", "-q", "-", *option, stdin=DIRTY.encode()).stdout == STORY, option


def test_a_stated_language_and_layout(run: Run) -> None:
    german = (STORY + "\nMehr zum Thema\n").encode()
    assert run("clean", "-q", "-", "--language", "de", stdin=german).stdout == STORY
    escaped = DIRTY.replace("\n", "\\n").encode()
    assert run("clean", "-q", "-", stdin=escaped).stdout == STORY
    assert run("clean", "-q", "-", "--layout", "lines", stdin=escaped).stdout_bytes == escaped


def test_a_user_pack(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text(BELL)
    text = (STORY + "\nRing the harbour bell\n").encode()
    assert run("clean", "-q", "-", stdin=text).stdout_bytes == text
    assert run("clean", "-q", "--pack", "own.toml", "-", stdin=text).stdout == STORY
    assert run("clean", "-q", "--pack", "own.toml", "--skip", "share.own.bell", "-", stdin=text).stdout_bytes == text


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "name files or folders, or - for stdin."),
        (("-", "news/a.txt"), "'-' can't be combined with other paths"),
        (("-", "--sidecar"), "--sidecar requires an output file"),
        (("news", "-o", "-"), "accepts a single file"),
        (("news", "--jobs", "0"), "--jobs"),
        (("news", "--skip", "coments"), "did you mean 'comments'?"),
        (("news", "--only", "zzzzzz"), "cleanwire rules"),
        (("news", "--language", "dee"), "did you mean 'de'?"),
        (("news", "--layout", "line"), "'line' is not one of"),
        (("news", "--pack", "nowhere.toml"), "does not exist"),
        (("news", "--wrong"), "No such option"),
    ],
)
def test_wrong_options(run: Run, folder: Path, args: tuple[str, ...], message: str) -> None:
    result = run("clean", *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert (folder / "news/a.txt").read_text() == DIRTY


def test_a_pack_with_an_unknown_key(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text(BELL.replace("why", "because"))
    result = run("clean", "--pack", "own.toml", "news")
    assert result.exit_code == 2
    assert "own.toml: rule share.own.bell: unknown key 'because'" in result.stderr


def test_an_empty_folder(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    for command in ("clean", "check", "diff"):
        result = run(command, "empty")
        assert result.exit_code == 0
        assert "folders are searched for .txt, .text, .md," in result.stderr
        assert "\n0 files: " in result.stderr


@pytest.mark.parametrize("command", ["clean", "check", "diff", "clean -o out", "learn -o sites"])
def test_a_named_pipe_is_refused_and_not_opened(run: Run, command: str) -> None:
    os.mkfifo("pipe")
    result = run(*command.split(), "pipe")
    assert result.exit_code == 2
    assert "regular file" in result.stderr


def test_odd_names(run: Run, folder: Path) -> None:
    (folder / "news/-q.txt").write_text(DIRTY)
    (folder / "news/\x1b[31m[bold]\n.txt").write_text(DIRTY)
    Path(os.fsdecode(b"news/\xff.txt")).write_text(DIRTY)
    result = run("clean", "--json", "--sidecar", "news")
    assert result.exit_code == 0
    assert "6 files: 5 changed" in result.stderr
    assert run("undo", "news").stderr == "5 files restored\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_leaves_no_file_half_written(folder: Path, jobs: str) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(800):
        (many / f"{number:04}.txt").write_text(DIRTY)
    with subprocess.Popen(
        [sys.executable, "-m", "cleanwire", "clean", "-j", jobs, "many"], stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None and (many / "0040.txt").stat().st_size == len(DIRTY):
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130, said
    assert "interrupted" in said
    assert {path.read_text() for path in many.iterdir()} == {DIRTY, STORY}
    assert all(path.suffix == ".txt" for path in many.iterdir())


def test_a_pipe_in_a_separate_process(shell: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = shell("clean", "-", stdin=CAFE_DIRTY.encode(), LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stdout) == (0, CAFE.encode())
    assert b"comments  dropped      1" in done.stderr
    assert b"\x1b[" not in done.stderr


def test_a_terminal_shows_progress(folder: Path) -> None:
    for number in range(300):
        (folder / "news" / f"{number}.txt").write_text(DIRTY)
    here, there = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "cleanwire", "clean", "news", "nowhere"], stderr=there) as process:
        os.close(there)
        said = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while part := os.read(here, 4096):
                said += part
    os.close(here)
    assert process.returncode == 2
    assert re.search(rb"\d+ files?\b(?!:)", said)
    assert b"nowhere: no such file" in said
    assert b"304 files: 302 changed" in said
