"""Names stand for files, each found once and in order, whatever mixture of folders, links and wildcards is given."""

import os
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.io.walk import FoundFile, find_files, is_text


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "news/b.txt", "news/a.txt", "news/deep/c.md.gz", "news/page.html", "news/.hidden.txt", "news/.git/x.txt",
        "news/a.txt.cleanwire.json", "news/out/d.txt", "odd[1].txt",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/e.txt").touch()
    (tmp_path / "news/linked").symlink_to(tmp_path / "elsewhere")


def found(*names: str, exclude: Path | None = None) -> list[tuple[str, str]]:
    return [
        (str(each.path), str(each.relative))
        for each in find_files(names, exclude=exclude)
        if isinstance(each, FoundFile)
    ]


def test_a_folder_stands_for_its_texts(tmp_path: Path) -> None:
    assert found("news") == [
        ("news/a.txt", "a.txt"),
        ("news/b.txt", "b.txt"),
        ("news/deep/c.md.gz", "deep/c.md.gz"),
        ("news/out/d.txt", "out/d.txt"),
    ]
    assert [path for path, _ in found("news", exclude=tmp_path / "news/out")] == [
        "news/a.txt", "news/b.txt", "news/deep/c.md.gz",
    ]  # fmt: skip


def test_a_named_file_is_found_whatever_its_name_but_a_sidecar_never() -> None:
    assert found("news/page.html", "missing.txt", "news/a.txt.cleanwire.json") == [
        ("news/page.html", "page.html"),
        ("missing.txt", "missing.txt"),
    ]


def test_each_file_is_found_once() -> None:
    os.symlink("news/a.txt", "again.txt")
    assert [path for path, _ in found("news/b.txt", "again.txt", "news")] == [
        "news/b.txt", "again.txt", "news/deep/c.md.gz", "news/out/d.txt",
    ]  # fmt: skip


def test_wildcards_stand_for_what_matches_unless_a_file_has_the_name() -> None:
    assert [path for path, _ in found("news/*.txt")] == ["news/a.txt", "news/b.txt"]
    assert [path for path, _ in found("**/*.gz")] == ["news/deep/c.md.gz"]
    assert found("odd[1].txt") == [("odd[1].txt", "odd[1].txt")]
    assert found("*.none") == [("*.none", "*.none")]


def test_a_folder_that_cannot_be_read_is_an_error_and_the_others_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "deep":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    everything = list(find_files(["news"]))
    errors = [each for each in everything if isinstance(each, FileError)]
    assert [str(error) for error in errors] == ["news/deep: the folder cannot be read (Permission denied)"]
    assert len(everything) == 4


def test_what_to_accept_is_up_to_the_caller() -> None:
    names = [
        each.path.name
        for each in find_files(["news"], lambda name: not is_text(name))
        if not isinstance(each, FileError)
    ]
    assert names == ["page.html"]
