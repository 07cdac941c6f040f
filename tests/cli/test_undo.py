"""``cleanwire undo``: all of a folder, or the file that is named."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

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
