"""``cleanwire check`` lists what would change and writes nothing."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_it_lists_what_would_change(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("check", "news")
    assert result.exit_code == 1
    assert result.stdout == ("news/a.txt: would change (comments 1)\nnews/deep/b.MD: would change (comments 1)\n")
    assert "3 files: 2 would change, 1 unchanged, 0 failed" in result.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["news/clean.text"], 0),
        (["news/a.txt"], 1),
        (["news/a.txt", "--skip", "comments"], 0),
        (["nowhere.txt"], 2),
        (["news/a.txt", "nowhere.txt"], 2),
        (["news/clean.text", "nowhere.txt"], 2),
    ],
)
def test_exit_codes(run: Run, args: list[str], code: int) -> None:
    result = run("check", "-q", *args)
    assert (result.exit_code, result.stdout) == (code, "")


def test_stdin(run: Run) -> None:
    assert run("check", "-q", "-", stdin=b"Post a comment\n").exit_code == 1
    assert run("check", "-q", "-", stdin=b"She left.\n").exit_code == 0
    assert run("check", "-", stdin=b"\0\1\2").exit_code == 2


def test_compressed_texts_in_a_folder_are_checked(run: Run, folder: Path) -> None:
    (folder / "packed").mkdir()
    (folder / "packed/story.txt.gz").write_bytes(gzip.compress(b"She left at noon.\n\nPost a comment\n"))
    result = run("check", "packed")
    assert (result.exit_code, result.stdout) == (1, "packed/story.txt.gz: would change (comments 1)\n")
    assert run("clean", "packed").exit_code == 0
    assert run("check", "packed").exit_code == 0
