"""Runs over many and large files: the same for any number of processes, whatever kills them."""

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cleanwire.formats.record import BLOCK

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
Rows = Callable[[int], bytes]

DIRTY, CLEAN = "The council voted.\n\nPost a comment\n", "The council voted.\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def report(path: Path) -> Any:
    found = json.loads(path.read_bytes())
    del found["begun"], found["seconds"]
    return found


def corpus(folder: Path, rows: Rows) -> None:
    (folder / "deep").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(rows(2400))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(rows(40)))
    (folder / "c.csv").write_text(f'id,text\n1,"{DIRTY}"\n')
    (folder / "deep" / "page.html").write_text("not meant")
    for n in range(150):
        (folder / "deep" / f"{n}.txt").write_text(DIRTY if n % 2 else CLEAN)


def test_any_number_of_processes_gives_the_same(run: Run, here: Path, rows: Rows) -> None:
    corpus(here / "news", rows)
    assert len((here / "news" / "a.jsonl").read_bytes()) > 3 * BLOCK
    found = []
    for jobs in ("1", "2", "3"):
        args = ("clean", "news", "-o", f"out{jobs}", "--jobs", jobs, "--report", "run.json", "--errors", f"e{jobs}")
        result = run(*args)
        assert result.exit_code == 0, result.output
        about = report(here / "run.json")
        del about["options"]["output"], about["errors"]
        found.append((tree(here / f"out{jobs}"), about, (here / f"e{jobs}").read_bytes()))
    assert found[0] == found[1] == found[2]
    assert "deep/page.html" not in found[0][0]
    about = found[0][1]
    assert about["files"] == {"changed": 78, "unchanged": 75, "failed": 0}
    assert about["documents"]["unreadable"] == 2
    assert about["documents"]["changed"] == 800 + 13 + 1 + 75
    assert sum(about["edits"]["by_rule"].values()) == sum(about["edits"]["by_action"].values()) > 0
    assert len(about["by"]["rules"]) == 64
    assert [json.loads(line)["record"] for line in found[0][2].split(b"\n")[:-1]] == [1201, 21]


def kill_until_done(start: Start, args: tuple[str, ...], done: Callable[[], int], marks: list[int]) -> int:
    """Run a command, kill it when so much is `done` as a mark says and a little later, go on, until all is done.

    Returns how often it was killed.
    """
    dice, killed = random.Random(str(args)), 0  # noqa: S311 - moments, no secrets
    for mark in [*marks, None]:
        process = start(*args, "--resume")
        while mark is not None and process.poll() is None and done() < mark:
            time.sleep(0.005)
        if mark is not None:
            time.sleep(dice.uniform(0, 0.2))
            process.kill()
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            assert process.returncode == 0
            break
        killed += 1
    return killed


def lines(*paths: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in paths if path.exists())


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.zst", "news.parquet"])
def test_killed_at_random_moments_it_goes_on_to_the_same_end(
    run: Run, start: Start, here: Path, rows: Rows, name: str
) -> None:
    data = rows(6000)
    if name.endswith("zst"):
        data = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    if name.endswith("parquet"):
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        texts = [json.loads(row)["text"] if b"broken" not in row else None for row in data.split(b"\n")[:-1]]
        pq.write_table(pa.table({"text": texts, "n": list(range(len(texts)))}), here / name, row_group_size=700)
        data = (here / name).read_bytes()
    (here / name).write_bytes(data)
    assert run("clean", name, "-o", "whole/" + name, "--report", "whole.json").exit_code == 0
    args = ("clean", name, "--add", "byline", "-j2", "--errors", "listed", "--report", "killed.json")
    assert run("clean", name, "-o", "added/" + name, "--add", "byline", "-q", "--errors", "all").exit_code == 0
    journal = here / f".{name}.cleanwire-journal"
    assert kill_until_done(start, args, lambda: lines(journal), [1, 5, 8]) >= 2
    assert (here / name).read_bytes() == (here / "added" / name).read_bytes()
    if "jsonl" in name:
        listed = [path.read_text().replace("added/", "") for path in (here / "listed", here / "all")]
        assert listed[0] == listed[1]
    whole, gone_on = report(here / "whole.json"), report(here / "killed.json")
    assert gone_on["documents"] == whole["documents"]
    assert gone_on["edits"] == whole["edits"]
    assert [path.name for path in here.iterdir() if path.name.startswith(".")] == []
    assert run("undo", name).exit_code == 0
    assert (here / name).read_bytes() == data


def test_a_killed_run_over_a_folder_goes_on_behind_what_is_finished(
    run: Run, start: Start, here: Path, rows: Rows
) -> None:
    corpus(here / "news", rows)
    before = tree(here / "news")
    assert run("clean", "news", "-o", "whole", "-q", "--report", "whole.json").exit_code == 0
    args, state = ("clean", "news", "--report", "run.json", "-j2"), here.parent / "state" / "runs"
    assert kill_until_done(start, args, lambda: lines(*state.glob("*")), [1, 20, 80]) >= 2
    # A process that is killed may leave the hidden file that it was writing; docs/command.md says so.
    after = {name: data for name, data in tree(here / "news").items() if not name.endswith(("html", ".tmp"))}
    assert after == tree(here / "whole")
    about, whole = report(here / "run.json"), report(here / "whole.json")
    assert sum(about["files"].values()) == sum(whole["files"].values())
    assert about["documents"]["read"] == whole["documents"]["read"]
    # Texts that were written but not yet written down when it was killed count as unchanged.
    missing = whole["edits"]["by_action"]["drop"] - about["edits"]["by_action"]["drop"]
    assert missing == whole["files"]["changed"] - about["files"]["changed"] < 75
    assert run("undo", "news").exit_code == 0
    assert {name: data for name, data in tree(here / "news").items() if not name.endswith(".tmp")} == before


def test_an_interrupt_leaves_the_file_and_what_was_done(start: Start, here: Path, rows: Rows) -> None:
    data = rows(6000)
    (here / "news.jsonl").write_bytes(data)
    process = start("clean", "news.jsonl", "-j2")
    part = here / ".news.jsonl.cleanwire-part"
    for _ in range(6000):
        if part.exists() and part.stat().st_size:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1].decode()
    assert process.returncode == 130
    assert said.endswith("interrupted; no file was left half-written; rerun with --resume to continue\n")
    assert (here / "news.jsonl").read_bytes() == data
    process = start("clean", "news.jsonl", "-j2", "--resume")
    assert b"resuming after block" in process.communicate()[1]
    assert process.returncode == 0
    assert not part.exists()


def test_processes_end_when_the_first_is_killed(start: Start, here: Path, rows: Rows) -> None:
    (here / "news.jsonl").write_bytes(rows(6000))
    process = start("clean", "news.jsonl", "-j2")
    children: list[str] = []
    for _ in range(6000):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if len(children) >= 3:  # with the tracker of resources
            break
        time.sleep(0.05)
    assert children
    process.kill()
    process.communicate()
    for _ in range(6000):
        alive = [pid for pid in children if os.path.exists(f"/proc/{pid}") and "Z" not in _state(pid)]
        if not alive:
            return
        time.sleep(0.05)
    pytest.fail(f"{alive} are left")


def _state(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_without_resume_it_begins_anew(run: Run, here: Path, rows: Rows) -> None:
    (here / "news.jsonl").write_bytes(rows(100))
    (here / ".news.jsonl.cleanwire-part").write_bytes(b"of another run")
    (here / ".news.jsonl.cleanwire-journal").write_bytes(b"{}\n{}\n")
    assert run("clean", "news.jsonl", "-o", "a/news.jsonl", "-q").exit_code == 0
    assert run("clean", "news.jsonl", "-q").exit_code == 0
    assert (here / "news.jsonl").read_bytes() == (here / "a/news.jsonl").read_bytes()
    assert not list(here.glob(".*"))


def test_a_bad_record_can_be_left_out_or_stop_all(run: Run, here: Path, rows: Rows) -> None:
    data = rows(100)
    (here / "news.jsonl").write_bytes(data)
    result = run("clean", "news.jsonl", "--on-error", "stop")
    assert result.exit_code == 2
    assert "news.jsonl, record 51: is not a JSON object" in result.stderr
    assert (here / "news.jsonl").read_bytes() == data
    assert not list(here.glob(".*"))
    assert run("clean", "news.jsonl", "--on-error", "skip").exit_code == 0
    after = (here / "news.jsonl").read_bytes()
    assert (after.count(b"\n"), b"broken" in after) == (99, False)


def test_a_text_that_takes_too_long_stays_and_is_listed(run: Run, here: Path) -> None:
    data = json.dumps({"text": DIRTY}) + "\n"
    (here / "news.jsonl").write_text(data)
    (here / "story.txt").write_text(DIRTY)
    result = run("clean", "news.jsonl", "--budget", "0.000001", "--report", "run.json", "--errors", "errors.jsonl")
    assert result.exit_code == 0
    assert "1 text took longer than --budget; see " in result.stderr
    assert (here / "news.jsonl").read_text() == data
    assert "exceeded its time limit" in (here / "errors.jsonl").read_text()
    assert report(here / "run.json")["documents"]["over_budget"] == 1
    assert run("clean", "story.txt", "--budget", "0.000001").exit_code == 2
    assert (here / "story.txt").read_text() == DIRTY
    assert run("clean", "story.txt", "--budget", "60").exit_code == 0
    assert (here / "story.txt").read_text() == CLEAN


def test_lines_tell_how_far_it_is_where_there_is_no_terminal(
    run: Run, here: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EVERY", "SETTLED"):
        monkeypatch.setattr(f"cleanwire.cli.progress.{name}", 0.0)
    (here / "news.jsonl").write_bytes(rows(2400))
    said = run("clean", "news.jsonl", "-o", "out.jsonl").stderr
    assert re.search(r"documents, [\d,]+ edits, (?:.* unreadable, )?0:00:\d\d left", said), said
    assert re.search(r"\d [KM]B/s", said)
    assert " dropped" in said
    assert "B/s" not in run("clean", "news.jsonl", "-o", "out.jsonl", "-q").stderr


def test_globs(run: Run, here: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (here / name).write_text(DIRTY)
    assert run("clean", "*.txt").exit_code == 0
    assert [(here / name).read_text() == CLEAN for name in ("a.txt", "b.txt", "c.md")] == [True, True, False]
    assert "no such file" in run("clean", "*.nope").stderr


def test_pipes(run: Run) -> None:
    row = json.dumps({"text": DIRTY, "n": 1e5}).encode() + b"\n"
    result = run("clean", "-", "--as", "jsonl", stdin=gzip.compress(row))
    assert gzip.decompress(result.stdout_bytes) == row.replace(b"\\n\\nPost a comment", b"")
    result = run("clean", "-", "--as", "parquet", stdin=b"PAR1")
    assert result.exit_code == 2


@pytest.mark.parametrize("name", ["news.jsonl", "news.parquet"])
@pytest.mark.parametrize("moment", ["before", "behind"])
def test_killed_as_it_takes_its_name_it_goes_on(run: Run, here: Path, rows: Rows, name: str, moment: str) -> None:
    path = here / name
    if name == "news.parquet":
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.table({"text": [DIRTY] * 30}), path)
    else:
        path.write_bytes(rows(30))
    data = path.read_bytes()
    assert run("clean", name, "-o", "whole/" + name, "--add", "title", "-q", "--report", "whole.json").exit_code == 0
    script = (
        "import os, signal\nfrom cleanwire.cli import main\nfrom cleanwire.corpora import output\n"
        "rename_over = output.rename_over\n"
        "def die(*args, **options):\n"
        f"    {'rename_over(*args)' if moment == 'behind' else 'pass'}\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"output.rename_over = die\nmain(['clean', {name!r}, '--add', 'title', '-q'])\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    whole = (here / "whole" / name).read_bytes()
    assert path.read_bytes() == (whole if moment == "behind" else data)
    # Cleaned twice, each record would have the column already: what is finished must not be done again.
    assert run("clean", name, "--add", "title", "-q", "--resume", "--report", "run.json").exit_code == 0
    assert path.read_bytes() == whole
    assert report(here / "run.json")["documents"] == report(here / "whole.json")["documents"]
    assert not list(here.glob(".*"))
    assert run("undo", name).exit_code == 0
    assert path.read_bytes() == data


def test_going_on_with_what_is_finished_does_only_what_is_new(run: Run, here: Path, rows: Rows) -> None:
    (here / "news").mkdir()
    (here / "news" / "a.jsonl").write_bytes(rows(30))
    args = ("clean", "news", "--as", "jsonl", "--add", "title", "--report", "run.json")
    assert run(*args).exit_code == 0
    after, first = (here / "news" / "a.jsonl").read_bytes(), report(here / "run.json")
    assert run(*args, "--resume").exit_code == 0
    assert ((here / "news" / "a.jsonl").read_bytes(), report(here / "run.json")) == (after, first)
    (here / "news" / "b.jsonl").write_bytes(rows(30))
    assert run(*args, "--resume").exit_code == 0
    assert (here / "news" / "b.jsonl").read_bytes() == after
    assert (here / "news" / "a.jsonl").read_bytes() == after
    assert report(here / "run.json")["documents"]["read"] == 2 * first["documents"]["read"]


def test_records_from_stdin_go_to_a_file_and_are_never_resumed(run: Run, here: Path) -> None:
    for resume in ([], ["--resume"]):
        for text in ("A &amp; B", "C and D"):
            row = json.dumps({"text": text, "n": 1e5}) + "\n"
            result = run("clean", "-", "--as", "jsonl", "-o", "out.jsonl", *resume, stdin=row.encode())
            assert result.exit_code == 0, result.output
            assert (here / "out.jsonl").read_text() == row.replace("&amp;", "&")
    assert not list(here.glob(".*"))
