"""A checkpoint knows the files of the same run that are finished and have not changed since."""

import json
from collections import Counter
from pathlib import Path

import pytest

from cleanwire.corpora.checkpoint import Checkpoint, Errors, Finished, state_of
from cleanwire.corpora.counts import Counts
from cleanwire.errors import FileError

COUNTS = Counts(documents=2, changed=1, edits=Counter({"drop share.en.tweet": 3}))


def finish(folder: Path, run: object, source: Path, target: Path) -> None:
    checkpoint = Checkpoint.open(folder, run, resume=False)
    checkpoint.add(str(source), Finished(state_of(source), state_of(target), True, COUNTS), 7)
    checkpoint.close()


def test_a_finished_file_is_known_to_the_same_run_until_it_changes(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_text("one")
    target.write_text("two")
    finish(tmp_path, {"of": 1}, source, target)
    checkpoint = Checkpoint.open(tmp_path, {"of": 1}, resume=True)
    found = checkpoint.known(str(source), str(target))
    assert found == Finished(state_of(source), state_of(target), True, COUNTS)
    assert checkpoint.errors_end == 7
    target.write_text("three, longer")
    assert checkpoint.known(str(source), str(target)) is None
    assert checkpoint.known(str(target), str(target)) is None
    assert Checkpoint.open(tmp_path, {"of": 2}, resume=True).finished == {}
    assert Checkpoint.open(tmp_path, {"of": 1}, resume=False).finished == {}


def test_a_line_that_a_crash_truncated_is_ignored(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text("one")
    finish(tmp_path, "run", source, source)
    log = next((tmp_path / "runs").iterdir())
    log.write_bytes(log.read_bytes() + b'["b.jsonl", [1, 2')
    checkpoint = Checkpoint.open(tmp_path, "run", resume=True)
    assert list(checkpoint.finished) == [str(source)]
    checkpoint.close()
    assert log.read_bytes().count(b"\n") == 1
    assert log.read_bytes().endswith(b"\n")


def test_without_a_folder_nothing_is_recorded(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for folder in (None, blocked):
        checkpoint = Checkpoint.open(folder, "run", resume=True)
        checkpoint.add("a", Finished(None, None, False, Counts()), 0)
        checkpoint.close()
        assert Checkpoint.open(folder, "run", resume=True).finished == {}


def test_errors_are_listed_and_resumed(tmp_path: Path) -> None:
    path = tmp_path / "errors.jsonl"
    errors = Errors(path)
    errors.add("a.jsonl", 3, "is not a JSON object")
    end = errors.end
    errors.add("a.jsonl", 4, "is cleaned again")
    again = Errors(path)
    again.resume(end)
    again.add("b.jsonl", 1, "caf\udce9")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [(row["file"], row["record"]) for row in rows] == [("a.jsonl", 3), ("b.jsonl", 1)]
    with pytest.raises(FileError, match="choose another with --errors"):
        Errors(tmp_path).add("a", 1, "b")


def test_counts_survive_a_journal_and_add_up() -> None:
    assert Counts.from_dict(json.loads(json.dumps(COUNTS.to_dict()))) == COUNTS
    total = Counts()
    total += COUNTS
    total += COUNTS
    assert total == COUNTS + COUNTS
    assert total.by("kind") == {"share": 6}
