"""``cleanwire undo``: all of a folder, or the file that is named."""

import errno
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire.io.undo import Manifest, digest

Run = Callable[..., Result]

DIRTY = "The council voted on Monday to close the old bridge for a year.\n\nPost a comment\n"


def test_a_folder_comes_back(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run("clean", "news", "news/page.html", "-q")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} != before
    result = run("undo", "news")
    assert (result.exit_code, result.stderr) == (0, "3 files restored\n")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_folder_stands_for_the_files_in_it(run: Run, folder: Path) -> None:
    run("clean", "news", "-q")
    cleaned = (folder / "news/a.txt").read_bytes()
    assert run("undo", "news/deep").stderr == "1 file restored\n"
    assert (folder / "news/a.txt").read_bytes() == cleaned


def test_a_modified_file_is_skipped_and_the_others_are_restored(run: Run, folder: Path) -> None:
    run("clean", "news", "-q")
    (folder / "news/a.txt").write_text("Another hand wrote this.\n")
    result = run("undo", "news")
    assert result.exit_code == 2
    assert "news/a.txt: changed after it was cleaned" in result.stderr
    assert result.stderr.endswith("1 file restored, 1 failed\n")
    assert (folder / "news/a.txt").read_text() == "Another hand wrote this.\n"


def test_a_folder_stands_for_what_was_cleaned_through_a_link_in_it(run: Run, folder: Path) -> None:
    (folder / "mine.txt").write_text(DIRTY)
    (folder / "theirs").mkdir()
    (folder / "theirs/story.txt").symlink_to("../mine.txt")
    run("clean", "theirs", "-q")
    assert (folder / "mine.txt").read_text() != DIRTY
    assert run("undo", "theirs").stderr == "1 file restored\n"
    assert (folder / "mine.txt").read_text() == DIRTY


def test_a_store_that_was_named_changes_nothing_outside_the_folder(run: Run, folder: Path) -> None:
    (folder / "mine.txt").write_text(DIRTY)
    (folder / "theirs").mkdir()
    (folder / "theirs/story.txt").symlink_to("../mine.txt")
    run("clean", "theirs", "-q", "--store", "own")
    cleaned = (folder / "mine.txt").read_text()
    result = run("undo", "theirs", "--store", "own")
    assert (result.exit_code, "is a link out of the folder; name it to restore it" in result.stderr) == (2, True)
    assert (folder / "mine.txt").read_text() == cleaned
    assert run("undo", "theirs/story.txt", "--store", "own").exit_code == 0
    assert (folder / "mine.txt").read_text() == DIRTY


@pytest.mark.parametrize("path", ["{here}/news/../keys", "{here}/news/link/keys"])
def test_a_store_of_a_stranger_reaches_no_file_outside(run: Run, folder: Path, path: str) -> None:
    (folder / "keys").write_text("trusted")
    (folder / "news/link").symlink_to("..")
    for named, of in ((path.format(here=folder), folder / "keys"), (str(folder / "keys"), folder / "keys")):
        place = folder / "store/undo" / digest(os.fsencode(named))[:32]
        place.mkdir(parents=True, exist_ok=True)
        (place / "1.old").write_bytes(b"evil")
        about = Manifest(named, digest(b"evil"), digest(of.read_bytes()), 0o4777, 0, 1.0)
        (place / "1.json").write_text(json.dumps(asdict(about)))
    run("undo", "news", "--store", "store")
    assert (folder / "keys").read_text() == "trusted"


def test_a_store_that_is_read_only_stops_nothing(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "news/b.txt").write_text(DIRTY)
    run("clean", "news", "-q")

    def locked(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", locked)
        assert run("undo", "news").stderr == "3 files restored\n"
        result = run("undo", "--prune", "--days", "0")
    assert (result.exit_code, "cannot be deleted (Permission denied)" in result.stderr) == (2, True)


def test_a_time_beyond_the_calendar_is_listed(run: Run, folder: Path) -> None:
    run("clean", "news/a.txt", "-q", "--store", "own")
    manifest = next((folder / "own").rglob("*.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"cleaned": 1e30}))
    assert run("undo", "--list", "--store", "own").stdout == f"-\t{len(DIRTY)}\t{folder / 'news/a.txt'}\n"


def test_the_store_can_be_chosen(run: Run, folder: Path) -> None:
    run("clean", "news/a.txt", "-q", "--store", "own")
    assert run("undo", "news/a.txt", "-q").exit_code == 2
    assert run("undo", "news/a.txt", "-q", "--store", "own").exit_code == 0
    assert (folder / "news/a.txt").read_text().endswith("Post a comment\n")


def test_quiet(run: Run) -> None:
    run("clean", "news", "-q")
    assert run("undo", "news", "-q").output == ""


def test_originals_are_listed_and_pruned(run: Run, folder: Path) -> None:
    assert run("undo", "--list").stdout == ""
    run("clean", "news", "-q")
    lines = [line.split("\t") for line in run("undo", "--list").stdout.split("\n")[:-1]]
    assert sorted((path, int(size)) for _, size, path in lines) == [
        (str(folder / "news" / name), len(DIRTY)) for name in ("a.txt", "deep/b.MD")
    ]
    assert len(run("undo", "--list", "news/deep").stdout.split("\n")[:-1]) == 1
    assert run("undo", "--prune").stderr == "0 originals deleted, 0.0 MB\n"
    assert run("undo", "--prune", "--days", "0", "news/deep").stderr == "1 original deleted, 0.0 MB\n"
    assert len(run("undo", "--list").stdout.split("\n")[:-1]) == 1
    assert "nothing to undo" in run("undo", "news/deep/b.MD").stderr
    assert run("undo", "news/a.txt").exit_code == 0


def test_contradicting_options_are_refused(run: Run) -> None:
    assert run("undo").exit_code == 2
    assert "mutually exclusive" in run("undo", "--list", "--prune").stderr
    assert "--days requires --prune" in run("undo", "--days", "3", "news").stderr


def test_without_undo_nothing_is_kept(run: Run, folder: Path) -> None:
    assert run("clean", "news", "-q", "--no-undo").exit_code == 0
    assert (folder / "news/a.txt").read_text() != DIRTY
    assert run("undo", "--list").stdout == ""


def test_a_store_of_which_a_part_cannot_be_read(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = folder.parent / "own"
    monkeypatch.setenv("CLEANWIRE_STATE", str(state))
    run("clean", "news", "-q")
    (state / "undo/loop").symlink_to("loop")
    for args, says in (
        (("--list",), "news/a.txt"),
        (("--prune", "--days", "1"), "0 originals deleted, 0.0 MB"),
        (("news",), "2 files restored, 1 failed"),
    ):
        result = run("undo", *args)
        assert result.exit_code == 2, args
        assert f"{state / 'undo/loop'}: the undo store cannot be read (" in result.stderr
        assert says in result.output


def test_the_original_of_a_file_that_cannot_be_read(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = folder.parent / "own"
    monkeypatch.setenv("CLEANWIRE_STATE", str(state))
    (folder / "mine.txt").write_text(DIRTY)
    run("clean", "mine.txt", "-q")
    (place,) = (state / "undo").iterdir()
    place.rename(state / "elsewhere")
    place.symlink_to(place.name)
    result = run("undo", "mine.txt")
    assert result.exit_code == 2
    assert "mine.txt: the undo store cannot be read (" in result.stderr
