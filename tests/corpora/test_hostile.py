"""Hostile files, folders and moments: the others are cleaned, and nothing else is touched."""

import errno
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import Cleaner
from cleanwire.cli.summary import print_problems
from cleanwire.corpora.blocks import CleanBlock, Piece
from cleanwire.corpora.checkpoint import Errors
from cleanwire.corpora.report import Total
from cleanwire.corpora.whole_files import CleanTexts, TextFile
from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.formats.jsonl import Jsonl
from cleanwire.formats.warc import Warc
from cleanwire.io.location import Location
from cleanwire.io.own import create_own

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]

DIRTY, CLEAN = "The council voted.\n\nPost a comment\n", "The council voted.\n"
ROW, CLEAN_ROW = (json.dumps({"text": text}) + "\n" for text in (DIRTY, CLEAN))


@dataclass(frozen=True)
class Restless:
    """A filter that never ends."""

    name: str = "restless"

    def __call__(self, doc: Document, /) -> Iterator[Edit]:
        yield Edit(len(doc.text), len(doc.text), "!", "fix", "restless.bang")


# Planted links


def plant(here: Path, name: str) -> Path:
    victim = here / "victim"
    victim.write_text("mine")
    (here / name).symlink_to(victim)
    return victim


@pytest.mark.parametrize("kind", ["part", "journal"])
def test_a_planted_link_is_not_written_through(run: Run, here: Path, kind: str) -> None:
    (here / "news.jsonl").write_text(ROW)
    victim = plant(here, f".news.jsonl.cleanwire-{kind}")
    result = run("clean", "news.jsonl")
    assert (result.exit_code, "is a link, not a file that cleanwire made" in result.stderr) == (2, True)
    assert (victim.read_text(), (here / "news.jsonl").read_text()) == ("mine", ROW)


def test_a_table_is_not_written_through_a_planted_link(run: Run, here: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [DIRTY]}), here / "news.parquet")
    victim = plant(here, ".news.parquet.cleanwire-part.cleanwire-new")
    assert run("clean", "news.parquet").exit_code == 0
    assert victim.read_text() == "mine"
    assert pq.read_table(here / "news.parquet").to_pydict() == {"text": [CLEAN]}


def test_errors_are_not_written_through_a_planted_link(run: Run, here: Path) -> None:
    (here / "news.jsonl").write_text("bad\n" + ROW)
    victim = plant(here, "errors.jsonl")
    result = run("clean", "news.jsonl", "--errors", "errors.jsonl")
    assert (result.exit_code, "is a link" in result.stderr) == (2, True)
    assert victim.read_text() == "mine"


def test_what_is_written_is_as_private_as_the_source(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cleanwire.corpora import output

    pq.write_table(pa.table({"text": [DIRTY]}), here / "a.parquet")
    (here / "b.jsonl").write_text(CLEAN_ROW)
    for name in ("a.parquet", "b.jsonl"):
        (here / name).chmod(0o600)
    modes = list[int]()

    def note(path: Path) -> object:
        file = create_own(path)
        modes.append(os.fstat(file.fileno()).st_mode & 0o777)
        return file

    monkeypatch.setattr(output, "create_own", note)
    assert run("clean", "a.parquet", "-q").exit_code == 0
    assert run("clean", "b.jsonl", "-o", "copy.jsonl", "-q").exit_code == 0
    assert modes == [0o600, 0o600]
    assert (here / "copy.jsonl").stat().st_mode & 0o777 == 0o600


# Lists of errors and reports


def test_no_list_of_errors_is_written_unasked(run: Run, here: Path) -> None:
    (here / "news.jsonl").write_text("bad\n" + ROW)
    result = run("clean", "news.jsonl", "-q")
    assert result.exit_code == 0
    assert result.stderr == (
        "cleanwire: 1 record could not be read (first: news.jsonl, record 1: is not a JSON object "
        "(it does not begin with a brace)); --errors FILE lists them\n"
    )
    assert [path.name for path in here.iterdir()] == ["news.jsonl"]


def test_a_list_of_errors_among_the_files_is_not_cleaned(run: Run, here: Path) -> None:
    (here / "in").mkdir()
    (here / "in/news.jsonl").write_text("bad\n" + ROW)
    for _ in range(2):
        result = run("clean", "in", "--errors", "in/errors.jsonl")
        assert (result.exit_code, "1 file:" in result.stderr) == (0, True)
        assert json.loads((here / "in/errors.jsonl").read_text())["record"] == 1


def test_a_file_that_is_not_a_list_of_errors_is_not_overwritten(run: Run, here: Path) -> None:
    (here / "news.jsonl").write_text("bad\n")
    (here / "notes").write_text("mine\n")
    result = run("clean", "news.jsonl", "--as", "jsonl", "--column", "text", "--errors", "notes")
    assert (result.exit_code, (here / "notes").read_text()) == (2, "mine\n")


@pytest.mark.parametrize(
    "args",
    [
        ["news.jsonl", "--errors", "news.jsonl"],
        ["news.jsonl", "--report", "link.jsonl"],
        ["news.jsonl", "--errors", "x", "--report", "./x"],
        ["news.jsonl", "-o", "x", "--report", "x"],
        [".", "--report", "news.jsonl"],
    ],
    ids=" ".join,
)
def test_what_is_read_or_written_already_is_not_written(run: Run, here: Path, args: list[str]) -> None:
    (here / "news.jsonl").write_text(ROW)
    (here / "link.jsonl").symlink_to("news.jsonl")
    result = run("clean", *args)
    assert (result.exit_code, "choose another" in result.stderr) == (2, True)
    assert (here / "news.jsonl").read_text() == ROW


# Odd files


def warc(length: bytes, extra: bytes = b"") -> bytes:
    return b"WARC/1.0\r\nWARC-Type: conversion\r\n%sContent-Length: %s\r\n\r\nx\r\n\r\n" % (extra, length)


ODD = {
    "a.wet": warc(b"9" * 30),
    "b.wet": warc(b"9" * 5000),
    "c.wet": warc(b"64000000000"),
    "d.wet": warc(b"1") + b"WARC/1.0\r\nWARC-Ty",
    "e.jsonl": b"[" * 200_000,
    "f.jsonl": b"\0" * 100_000,
    "g.csv": b'id,text\n"' + b"x" * 99,
    "h.arrow": b"ARROW1\0\0" + b"\xff" * 99,
    "i.parquet": b"PAR1" + b"\xff" * 99 + b"PAR1",
    "j.jsonl.zst": b"\x28\xb5\x2f\xfd\xff\xff",
    "k.txt.xz": b"\xfd7zXZ\0\0\x04" + b"\xff" * 99,
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_an_error_of_its_own(run: Run, here: Path, name: str) -> None:
    (here / name).write_bytes(ODD[name])
    (here / "z.jsonl").write_text(ROW)
    result = run("clean", name, "z.jsonl", "-q", "--no-undo")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert (here / name).read_bytes() == ODD[name]
    assert (here / "z.jsonl").read_text() == CLEAN_ROW
    assert sorted(path.name for path in here.iterdir()) == sorted([name, "z.jsonl"])


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("where", ["look", "split", "read", "write"])
def test_any_exception_of_a_format_is_an_error_of_its_file(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, where: str, jobs: str
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("odd data")

    if jobs == "2" and where in ("read", "write"):
        pytest.skip("other processes have a module of their own")
    (here / "a.wet").write_bytes(warc(b"1"))
    (here / "z.jsonl").write_text(ROW)
    if where == "look":
        monkeypatch.setattr("cleanwire.formats.warc.look", fail)
    else:
        monkeypatch.setattr(Warc, where, fail)
    result = run("clean", "a.wet", "z.jsonl", "-q", "--jobs", jobs)
    assert result.exit_code == 2
    assert result.stderr.startswith("cleanwire: a")
    assert "ZeroDivisionError: odd data" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (here / "z.jsonl").read_text() == CLEAN_ROW


def test_a_failure_while_a_table_is_put_together_is_an_error_of_its_file(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def fail(*_: object) -> None:
        raise ZeroDivisionError("odd data")

    pq.write_table(pa.table({"text": [DIRTY]}), here / "a.parquet")
    (here / "z.jsonl").write_text(ROW)
    monkeypatch.setattr("cleanwire.formats.parquet.Parquet.assemble", fail)
    result = run("clean", "a.parquet", "z.jsonl", "-q")
    assert (result.exit_code, "ZeroDivisionError: odd data" in result.stderr) == (2, True)
    assert (here / "z.jsonl").read_text() == CLEAN_ROW
    assert sorted(path.name for path in here.iterdir()) == ["a.parquet", "z.jsonl"]


@pytest.mark.parametrize("name", ["pipe", "pipe.jsonl", "pipe.txt", "pipe.parquet"])
def test_a_pipe_is_refused_at_once(start: Start, here: Path, name: str) -> None:
    os.mkfifo(here / name)
    for command in ("clean", "check", "diff"):
        process = start(command, name)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, b"regular file" in said or b"only `clean` reads" in said) == (2, True)


# Texts that do not settle


def test_a_record_that_does_not_settle_is_left_counted_and_listed() -> None:
    block = CleanBlock(Cleaner((Restless(),)))
    done = block(Piece(Jsonl(), "plain", True, ROW.encode()))
    assert (done.data, done.counts.unsettled, done.counts.changed) == (ROW.encode(), 1, 0)
    ((position, reason),) = done.errors
    assert (position, reason) == (
        0,
        "would be changed again and again and was left unchanged (filters: restless); please report it",
    )
    assert not done.counts.edits


def test_a_text_that_does_not_settle_is_an_error_of_its_file(here: Path) -> None:
    (here / "story.txt").write_text(DIRTY)
    (done,) = CleanTexts(Cleaner((Restless(),)))((TextFile(Location("story.txt"), None),))
    assert done.error is not None
    assert done.error.startswith("story.txt: would be changed again and again")
    assert (done.counts.unsettled, (here / "story.txt").read_text()) == (1, DIRTY)


def test_what_does_not_settle_is_in_the_summary(capsys: pytest.CaptureFixture[str]) -> None:
    total = Total()
    total.counts.unsettled = 2
    print_problems(total, Errors(), "; --errors FILE lists them")
    assert capsys.readouterr().err == "cleanwire: 2 texts did not settle; --errors FILE lists them\n"


# Moments


@pytest.mark.parametrize("name", ["news.jsonl", "news.parquet", "news.txt"])
def test_an_interrupt_right_after_the_rename_loses_no_original(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, rename = here / name, os.replace
    if name.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({"text": [DIRTY]}), path)
    else:
        path.write_text(ROW if name.endswith(".jsonl") else DIRTY)
    before = path.read_bytes()

    def interrupted(new: Path, old: Path) -> None:
        rename(new, old)
        if Path(old).name == name:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        assert run("clean", name, "-q").exit_code == 130
    assert path.read_bytes() != before
    assert run("undo", name).exit_code == 0
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_synced_is_a_note(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "news.jsonl").write_text(ROW)
    (here / "story.txt").write_text(DIRTY)
    folder, sync = os.open(here, os.O_RDONLY), os.fsync

    def fail(handle: int) -> None:
        if os.path.sameopenfile(handle, folder):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        result = run("clean", "news.jsonl", "story.txt", "-q", "--jobs", "1")
    os.close(folder)
    assert result.exit_code == 0
    assert f"cleanwire: {here}: the folder cannot be synced (Invalid argument)" in result.stderr
    assert run("undo", "news.jsonl", "story.txt").exit_code == 0
    assert ((here / "news.jsonl").read_text(), (here / "story.txt").read_text()) == (ROW, DIRTY)


def test_two_cleaners_replace_no_file_twice(start: Start, run: Run, here: Path) -> None:
    (here / "two").mkdir()
    for number in range(60):
        (here / f"two/{number}.txt").write_text(f"{number}. {DIRTY}")
    both = [start("clean", "-q", "--jobs", "1", "two") for _ in range(2)]
    said = b"".join(process.communicate()[1] for process in both)
    assert b"Traceback" not in said
    assert {path.read_text() for path in (here / "two").iterdir()} == {f"{number}. {CLEAN}" for number in range(60)}
    assert len(run("undo", "--list").stdout.splitlines()) == 60
    assert run("undo", "two", "-q").exit_code == 0
    assert {path.read_text() for path in (here / "two").iterdir()} == {f"{number}. {DIRTY}" for number in range(60)}


def test_a_checkpoint_on_a_full_disk_stops_nothing(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleanwire.corpora import checkpoint

    monkeypatch.setattr(checkpoint, "open_own", lambda _: open("/dev/full", "r+b", buffering=0))  # noqa: SIM115 - the log closes it
    (here / "news.jsonl").write_text(ROW)
    assert run("clean", "news.jsonl", "-q").exit_code == 0
    assert (here / "news.jsonl").read_text() == CLEAN_ROW
