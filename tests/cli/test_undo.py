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


def test_a_folder_means_only_what_is_in_it(run: Run, folder: Path) -> None:
    run("clean", "news", "-q")
    cleaned = (folder / "news/a.txt").read_bytes()
    assert run("undo", "news/deep").stderr == "1 file restored\n"
    assert (folder / "news/a.txt").read_bytes() == cleaned


def test_what_is_refused_is_said_and_the_others_are_restored(run: Run, folder: Path) -> None:
    run("clean", "news", "-q")
    (folder / "news/a.txt").write_text("Another hand wrote this.\n")
    result = run("undo", "news")
    assert result.exit_code == 2
    assert "news/a.txt: changed after it was cleaned" in result.stderr
    assert result.stderr.endswith("1 file restored, 1 not\n")
    assert (folder / "news/a.txt").read_text() == "Another hand wrote this.\n"


def test_a_store_of_ones_own(run: Run, folder: Path) -> None:
    run("clean", "news/a.txt", "-q", "--store", "own")
    assert run("undo", "news/a.txt", "-q").exit_code == 2
    assert run("undo", "news/a.txt", "-q", "--store", "own").exit_code == 0
    assert (folder / "news/a.txt").read_text().endswith("Post a comment\n")


def test_quiet(run: Run) -> None:
    run("clean", "news", "-q")
    assert run("undo", "news", "-q").output == ""


def test_what_is_kept_is_listed_and_pruned(run: Run, folder: Path) -> None:
    assert run("undo", "--list").stdout == ""
    run("clean", "news", "-q")
    lines = [line.split("\t") for line in run("undo", "--list").stdout.split("\n")[:-1]]
    assert sorted((path, int(size)) for _, size, path in lines) == [
        (str(folder / "news" / name), len(DIRTY)) for name in ("a.txt", "deep/b.MD")
    ]
    assert len(run("undo", "--list", "news/deep").stdout.split("\n")[:-1]) == 1
    assert run("undo", "--prune").stderr == "0 copies forgotten, 0.0 MB\n"
    assert run("undo", "--prune", "--days", "0", "news/deep").stderr == "1 copy forgotten, 0.0 MB\n"
    assert len(run("undo", "--list").stdout.split("\n")[:-1]) == 1
    assert "nothing to undo" in run("undo", "news/deep/b.MD").stderr
    assert run("undo", "news/a.txt").exit_code == 0


def test_undo_wants_to_know_what(run: Run) -> None:
    assert run("undo").exit_code == 2
    assert run("undo", "--list", "--prune").exit_code == 2


def test_without_undo_nothing_is_kept(run: Run, folder: Path) -> None:
    assert run("clean", "news", "-q", "--no-undo").exit_code == 0
    assert (folder / "news/a.txt").read_text() != DIRTY
    assert run("undo", "--list").stdout == ""
