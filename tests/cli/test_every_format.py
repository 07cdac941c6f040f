"""``check``, ``diff``, ``explain``, ``report`` and ``clean --dry-run`` read what ``clean`` reads, and count alike."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]

STORY = "The council voted on Monday to close the old bridge for a year."
CUT = f"{STORY}\n\nPhoto: Ann Lee/AFP\n\nPost a comment"
FIXED = f"{STORY}  It didnâ€™t rain."
TEXTS = [CUT, STORY, FIXED, None, f"By Ann Lee\n\n{CUT}"]


@pytest.fixture
def corpus(here: Path) -> Path:
    """A folder with the same texts in every format."""
    folder = here / "corpus"
    folder.mkdir()
    rows = [{"id": number, "text": text} for number, text in enumerate(TEXTS)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "a.jsonl").write_text(lines)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    cells = "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows if row["text"])
    (folder / "c.csv").write_text(f"id,text\n{cells}")
    (folder / "d.txt").write_text(f"{CUT}\n")
    (folder / "e.txt.gz").write_bytes(gzip.compress(f"{CUT}\n".encode()))
    return folder


@pytest.fixture
def tables(corpus: Path) -> Path:
    """The corpus with tables and a WET file."""
    pa = pytest.importorskip("pyarrow")
    parquet, ipc = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow.ipc")
    table = pa.table({"text": TEXTS})
    parquet.write_table(table, corpus / "f.parquet")
    with ipc.new_file(corpus / "g.arrow", table.schema) as writer:
        writer.write_table(table)
    body = CUT.encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    (corpus / "h.wet").write_bytes(head + body + b"\r\n\r\n")
    return corpus


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def table(stderr: str) -> list[str]:
    """Return the rows of the table of edits, with one space between the cells."""
    rows = (" ".join(line.split()) for line in stderr.split("\n"))
    return [row for row in rows if re.fullmatch(r"\w+ .*(dropped|fixed|caption|\(kept\)|taken as \w+) [\d,]+", row)]


@pytest.mark.usefixtures("tables")
def test_a_dry_run_says_what_a_run_does_and_writes_nothing(run: Run, here: Path) -> None:
    before = state(here)
    dry = run("clean", "--dry-run", "corpus")
    assert dry.exit_code == 0
    assert state(here) == before
    assert not (here.parent / "state").exists()
    listed = dry.stdout.split("\n")
    assert listed[0] == "corpus/a.jsonl: 3 of 5 documents would change (comments 2, credit 6, encoding 1, space 1)"
    assert listed[3] == "corpus/d.txt: would change (comments 1, credit 3)"
    assert "8 files: 8 would change, 0 unchanged, 0 failed" in dry.stderr
    done = run("clean", "corpus")
    assert table(dry.stderr) == table(done.stderr) != []
    assert "8 files: 8 changed, 0 unchanged, 0 failed" in done.stderr
    assert run("clean", "--dry-run", "corpus").stdout == ""


@pytest.mark.usefixtures("tables")
def test_check_lists_and_counts_as_a_dry_run_does(run: Run) -> None:
    check, dry = run("check", "corpus"), run("clean", "--dry-run", "corpus")
    assert check.exit_code == 1
    assert (check.stdout, check.stderr) == (dry.stdout, dry.stderr)
    assert run("check", "corpus", "-j", "2").stderr == check.stderr
    diff = run("diff", "corpus")
    assert table(diff.stderr) == table(dry.stderr)


@pytest.mark.usefixtures("tables")
def test_all_commands_count_edits(run: Run) -> None:
    pytest.importorskip("jinja2")
    check = run("check", "corpus")
    changed = sum(int(row.split()[-1]) for row in table(check.stderr) if "(kept)" not in row)
    assert len(json.loads(run("check", "corpus", "--output-format", "json").stdout)) == changed
    statistics = run("check", "corpus", "--statistics").stdout.splitlines()
    assert sum(int(line.split("\t")[0]) for line in statistics) == changed
    report = run("report", "corpus", "-o", "r.html")
    assert report.stderr.endswith(f", {changed} edits: r.html\n")


@pytest.mark.usefixtures("corpus")
def test_a_diff_names_the_record(run: Run) -> None:
    shown = run("diff", "corpus/c.csv").stdout
    assert re.findall(r"^── (.*)$", shown, re.MULTILINE) == ["corpus/c.csv:2", "corpus/c.csv:4", "corpus/c.csv:5"]
    assert "- Post a comment" in shown
    assert "--- corpus/a.jsonl:3\n+++ corpus/a.jsonl:3\n" in run("diff", "-u", "corpus/a.jsonl").stdout


@pytest.mark.usefixtures("corpus")
def test_explain_reads_records(run: Run) -> None:
    shown = run("explain", "corpus/b.jsonl.gz", "--line", "Post a comment").stdout
    assert re.findall(r"^── (.*)$", shown, re.MULTILINE) == ["corpus/b.jsonl.gz:1", "corpus/b.jsonl.gz:5"]
    assert shown.count("comments.en.box: dropped") == 2
    one = run("explain", "corpus/e.txt.gz", "--line", "Post a comment")
    assert one.stdout.startswith("5\tPost a comment\n\tcomments.en.box: dropped")
    assert run("explain", "corpus", "-q", "--line", "nowhere").stderr == "no line with these words\n"
    assert run("explain", "corpus/a.jsonl", "nowhere.txt").exit_code == 2


COMMANDS = [["check"], ["diff"], ["explain"], ["report", "-o", "r.html"], ["clean", "--dry-run"]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_records_come_through_a_pipe(run: Run, corpus: Path, command: list[str]) -> None:
    data = (corpus / "a.jsonl").read_bytes()
    result = run(*command, "-", "--as", "jsonl", stdin=data)
    assert result.exit_code == (command == ["check"])
    if command[0] in ("check", "clean"):
        told = "-: 3 of 5 documents would change (comments 2, credit 6, encoding 1, space 1)\n"
        assert result.stdout == told


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_unreadable_records_are_counted_and_the_first_is_named(run: Run, here: Path, command: list[str]) -> None:
    (here / "bad.jsonl").write_text(f'{json.dumps({"text": CUT})}\n{{"text": 3}}\n{{"text":\n')
    result = run(*command, "bad.jsonl")
    assert result.exit_code == (command == ["check"])
    told = "2 records could not be read (first: bad.jsonl, record 2: the column 'text' is not a string)"
    assert told in result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_damaged_file_fails_and_the_others_are_read(run: Run, corpus: Path, command: list[str]) -> None:
    whole = (corpus / "b.jsonl.gz").read_bytes()
    (corpus / "b.jsonl.gz").write_bytes(whole[:-9])
    result = run(*command, "corpus")
    assert result.exit_code == 2
    assert "corpus/b.jsonl.gz: its compressed data is truncated" in result.stderr
    if command[0] in ("check", "clean", "diff"):
        assert "5 files: 4 would change, 0 unchanged, 1 failed" in result.stderr


@pytest.mark.parametrize("command", COMMANDS[:4], ids=lambda command: command[0])
def test_a_sample_is_always_the_same_and_reads_all_files(run: Run, here: Path, command: list[str]) -> None:
    (here / "many.jsonl").write_text("".join(json.dumps({"text": f"{number} {CUT}"}) + "\n" for number in range(200)))
    first = run(*command, "many.jsonl", "--sample", "5")
    assert first.output == run(*command, "many.jsonl", "--sample", "5").output
    if command[0] == "check":
        assert first.stdout == "many.jsonl: 5 of 5 documents would change (comments 5, credit 15)\n"
    if command[0] == "diff":
        numbers = [int(number) for number in re.findall(r"^── many.jsonl:(\d+)$", first.stdout, re.MULTILINE)]
        assert len(numbers) == 5
        assert numbers == sorted(numbers)
        assert numbers[-1] > 50


def test_a_dry_run_sees_what_must_not_be_replaced(run: Run, corpus: Path) -> None:
    for name in ("a.jsonl", "d.txt"):
        (corpus / name).chmod(0o444)
    result = run("clean", "--dry-run", "corpus")
    assert result.exit_code == 2
    assert result.stderr.count("it is read-only; make it writable first") == 2
    assert run("clean", "--dry-run", "corpus", "-o", "out").exit_code == 0
    assert not Path("out").exists()


@pytest.mark.usefixtures("corpus")
def test_a_dry_run_writes_the_summary_that_is_asked_for(run: Run) -> None:
    assert run("clean", "--dry-run", "corpus", "--report", "run.json", "-q").output == ""
    assert json.loads(Path("run.json").read_text())["files"] == {"changed": 5, "unchanged": 0, "failed": 0}


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("option", ["--sidecar", "--resume"])
def test_a_dry_run_refuses_what_it_cannot_do(run: Run, option: str) -> None:
    assert run("clean", "--dry-run", option, "corpus").exit_code == 2


@pytest.mark.usefixtures("corpus")
def test_what_is_taken_is_called_so(run: Run) -> None:
    kept, taken = run("check", "corpus/a.jsonl"), run("check", "corpus/a.jsonl", "--take", "byline")
    assert "byline byline (kept) 2" in table(kept.stderr)
    assert "byline taken as byline 2" in table(taken.stderr)
    assert "byline 2" in taken.stdout


@pytest.mark.parametrize("command", [["clean"], ["check"], ["diff"], ["explain"], ["report", "-o", "-"]], ids=str)
def test_a_pipe_is_read_without_a_path(shell: Shell, command: list[str]) -> None:
    named, unnamed = shell(*command, "-", stdin=CUT.encode()), shell(*command, stdin=CUT.encode())
    assert (unnamed.returncode, unnamed.stdout) == (named.returncode, named.stdout)
    assert unnamed.stdout


def test_nothing_is_read_without_a_pipe(here: Path) -> None:
    for command in ("clean", "explain"):
        line = [sys.executable, "-m", "cleanwire", command]
        done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=here)
        assert done.returncode == 2
        assert b"name files or folders" in done.stderr or b"give a TEXT" in done.stderr
