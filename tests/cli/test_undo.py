"""``cleanwire undo``: all of a folder, or the file that is named."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


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
