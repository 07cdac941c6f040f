"""Clean files are known again, with the same counts, until anything changes on which the result depends."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import inplace

Run = Callable[..., Result]

STORY = "By Ann Lee\n\nThe council voted on Monday to close the old bridge for a year.\n"


@pytest.fixture(autouse=True)
def cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and three clean files."""
    place = folder.parent / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    (folder / "corpus").mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / "corpus" / name).write_text(STORY)
    rows = [{"text": STORY}, {"text": None}, {"id": 1}]
    (folder / "corpus" / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return place / "cleanwire" / "files-1.sqlite"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the texts that are cleaned."""
    found: list[str] = []
    preview = inplace.preview_bytes

    def seen(data: bytes, path: Path, *others: object) -> inplace.FileReport:
        found.append(path.name)
        return preview(data, path, *others)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(inplace, "preview_bytes", seen)
    return found


@pytest.mark.parametrize("first", ["check", "clean", "diff", "clean --dry-run"])
@pytest.mark.parametrize("second", ["check", "clean", "diff", "clean --dry-run"])
def test_every_command_knows_the_files_and_says_the_same(run: Run, read: list[str], first: str, second: str) -> None:
    run(*first.split(), "corpus")
    assert read == ["a.txt", "b.txt"]
    again = run(*second.split(), "corpus")
    assert read == ["a.txt", "b.txt"]
    fresh = run(*second.split(), "corpus", "--no-cache")
    assert len(read) == 4
    assert (again.exit_code, again.stdout) == (fresh.exit_code, fresh.stdout)
    assert again.stderr == fresh.stderr.replace("cleanwire: corpus/c.jsonl: cleaning column 'text'\n", "")
    assert "byline (kept)" in again.stderr


def test_a_file_that_changes_is_read_again(run: Run, read: list[str]) -> None:
    run("check", "corpus")
    Path("corpus/a.txt").write_text(STORY + "\nPost a comment\n")
    result = run("check", "corpus")
    assert (result.exit_code, read) == (1, ["a.txt", "b.txt", "a.txt"])
    run("clean", "corpus")
    run("undo", "corpus/a.txt")
    assert run("check", "corpus").exit_code == 1


def test_the_content_counts_where_the_times_differ(run: Run, read: list[str]) -> None:
    run("check", "corpus")
    os.utime("corpus/a.txt", ns=(0, 0))
    run("check", "corpus")
    assert read == ["a.txt", "b.txt"]
    then = Path("corpus/b.txt").stat()
    Path("corpus/b.txt").write_text(STORY.replace("year.", "week."))
    os.utime("corpus/b.txt", ns=(then.st_atime_ns, then.st_mtime_ns))
    run("check", "corpus")
    assert read == ["a.txt", "b.txt", "b.txt"]


@pytest.mark.parametrize(
    "args",
    [["--skip", "share"], ["--keep", "Tweet"], ["--layout", "lines"], ["--take", "byline"], ["--max-record", "1"]],
)
def test_other_settings_are_another_cache(run: Run, read: list[str], args: list[str]) -> None:
    run("check", "corpus")
    run("check", "corpus", *args)
    assert len(read) == 4
    run("check", "corpus", *args)
    run("check", "corpus")
    assert len(read) == 4 + 2 * ("byline" in args)  # which would change the files


def test_settings_for_some_files_and_packs_count(run: Run, read: list[str]) -> None:
    run("check", "corpus")
    Path("cleanwire.toml").write_text("[per-file.'a.txt']\nskip = ['share']\n")
    run("check", "corpus")
    assert len(read) == 4
    Path("cleanwire.toml").write_text("[per-file.'a.txt']\nskip = ['comments']\n")
    run("check", "corpus")
    assert len(read) == 6


@pytest.mark.parametrize("args", [["-o", "out"], ["--sidecar"], ["--json"]])
def test_what_writes_or_reports_each_file_reads_it(run: Run, read: list[str], args: list[str]) -> None:
    run("check", "corpus")
    run("clean", "corpus", *args)
    assert len(read) == 4


def test_what_is_not_clean_is_never_known(run: Run, read: list[str]) -> None:
    Path("corpus/a.txt").write_text(STORY + "\nPost a comment\n")
    Path("corpus/c.jsonl").write_text('{"text": "x"}\n{"text": 3}\n')
    Path("corpus/b.txt").write_bytes(b"\0\1\2")
    for _ in range(2):
        result = run("check", "corpus")
        assert result.exit_code == 2
        assert "looks binary" in result.stderr
        assert "1 record could not be read" in result.stderr
    assert read.count("a.txt") == 2


def test_a_sample_is_read(run: Run, read: list[str]) -> None:
    run("check", "corpus")
    run("check", "corpus", "--sample", "9")
    assert len(read) == 4


@pytest.mark.parametrize("damage", ["garbage", "folder", "open to all", "read-only"])
def test_a_cache_that_cannot_be_used_is_left_alone(run: Run, read: list[str], cache: Path, damage: str) -> None:
    run("check", "corpus")
    if damage == "garbage":
        cache.write_bytes(b"garbage" * 1000)
    elif damage == "folder":
        cache.unlink()
        cache.mkdir()
    elif damage == "open to all":
        cache.chmod(0o666)
    else:
        with sqlite3.connect(cache) as database:
            database.execute("drop table clean")
            database.execute("create table clean (other int)")
    result = run("check", "corpus")
    assert (result.exit_code, len(read)) == (0, 4)
    assert "Traceback" not in result.output


def test_old_entries_are_forgotten(run: Run, cache: Path) -> None:
    run("check", "corpus")
    with sqlite3.connect(cache) as database:
        database.execute("update clean set used = 0")
    run("check", "corpus/a.txt")
    with sqlite3.connect(cache) as database:
        (paths,) = zip(*database.execute("select path from clean"), strict=True)
    assert [Path(path).name for path in paths] == ["a.txt"]
    assert cache.stat().st_mode & 0o077 == 0
