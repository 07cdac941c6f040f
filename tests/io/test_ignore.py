"""What a search of folders passes over, and how it is counted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanwire.errors import FileError, InputError
from cleanwire.io.ignore import Ignore
from cleanwire.io.walk import FoundFile, find_files


@pytest.fixture(autouse=True)
def _in_folder(here: Path) -> None:
    for name in (
        "a.txt", "b.md", "drafts/c.txt", "news/drafts/d.txt", "news/e.txt", "news/deep/e.txt",
        "node_modules/x/readme.md", "env/lib/f.txt", "env/pyvenv.cfg",
    ):  # fmt: skip
        write(here / name)


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def found(top: str | Path = ".", *exclude: str, gitignore: bool = True) -> tuple[list[str], dict[str, int]]:
    """Return the files that are found in a folder, relative to it, and the counts of what was passed over."""
    ignore = Ignore([(Path.cwd(), exclude)], gitignore)
    files = [str(each.relative) for each in find_files([str(top)], ignore=ignore) if isinstance(each, FoundFile)]
    return files, dict(ignore.passed)


ALL = ["a.txt", "b.md", "drafts/c.txt", "news/deep/e.txt", "news/drafts/d.txt", "news/e.txt"]
PACKAGES = {"node_modules": 1, "virtual environment": 1}


def test_packages_and_environments_are_passed_over() -> None:
    assert found() == (ALL, PACKAGES)
    assert found("node_modules") == (["x/readme.md"], {})
    assert found("env") == (["lib/f.txt"], {})


@pytest.mark.parametrize(
    ("exclude", "gone", "count"),
    [
        (["drafts/"], ["drafts/c.txt", "news/drafts/d.txt"], 2),
        (["/drafts"], ["drafts/c.txt"], 1),
        (["news/*.txt"], ["news/e.txt"], 1),
        (["*.txt", "!a.txt"], [name for name in ALL if name not in ("a.txt", "b.md")], 4),
        (["**/deep", "b.*"], ["b.md", "news/deep/e.txt"], 2),
        (["txt"], [], 0),
    ],
)
def test_patterns_exclude(exclude: list[str], gone: list[str], count: int) -> None:
    files, passed = found(".", *exclude)
    assert files == [name for name in ALL if name not in gone]
    assert passed.get("--exclude", 0) == count


def test_a_folder_elsewhere_is_matched_by_names(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "other").mkdir()
    monkeypatch.chdir(here / "other")
    assert "a.txt" not in found(here, "a.txt")[0]
    assert found("..", "/a.txt")[0] == ALL


def test_gitignore_counts_in_a_repository_only(here: Path) -> None:
    write(here / ".gitignore", "drafts/\n*.md\n")
    assert found() == (ALL, PACKAGES)
    (here / ".git").mkdir()
    kept = ["a.txt", "news/deep/e.txt", "news/e.txt"]
    assert found() == (kept, {**PACKAGES, ".gitignore": 3})
    assert found("news") == (["deep/e.txt", "e.txt"], {".gitignore": 1})
    assert found(gitignore=False) == (ALL, PACKAGES)


def test_a_deeper_gitignore_has_the_last_word(here: Path) -> None:
    (here / ".git").mkdir()
    write(here / ".gitignore", "e.txt\n")
    write(here / "news/deep/.gitignore", "!e.txt\n")
    assert found("news")[0] == ["deep/e.txt", "drafts/d.txt"]


def test_a_folder_that_is_named_is_read_though_it_is_ignored(here: Path) -> None:
    (here / ".git").mkdir()
    write(here / ".gitignore", "news/\n")
    assert "news/e.txt" not in found()[0]
    assert found("news") == (["deep/e.txt", "drafts/d.txt", "e.txt"], {})
    assert found("news/deep") == (["e.txt"], {})


def test_patterns_around_a_repository_do_not_count_in_it(here: Path) -> None:
    (here / ".git").mkdir()
    (here / "news/.git").mkdir()
    write(here / ".gitignore", "e.txt\n")
    assert found()[0] == ALL


def test_links_lead_to_the_real_folder(here: Path) -> None:
    (here / ".git").mkdir()
    write(here / ".gitignore", "/news/deep\n")
    os.symlink("news", "linked")
    assert found("linked")[0] == ["drafts/d.txt", "e.txt"]


def test_an_invalid_pattern_is_refused_or_ignored_as_git_does(here: Path) -> None:
    with pytest.raises(InputError, match="exclude: invalid pattern"):
        Ignore([(here, ["!"])])
    (here / ".git").mkdir()
    write(here / ".gitignore", "!\nb.md\n")
    assert "b.md" not in found()[0]


def test_the_summary() -> None:
    ignore = Ignore()
    assert ignore.summary() == ""
    ignore.passed.update({".gitignore": 1200, "--exclude": 1, "node_modules": 2})
    assert ignore.summary() == (
        "passed over files or folders: 1 by --exclude, 1,200 by .gitignore, 2 node_modules (--no-gitignore reads them)"
    )
    assert ignore.uncounted().summary() == ""


def loop(path: Path) -> None:
    """Make a link to itself, which nobody can read, not even root."""
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


def errors(top: str = ".") -> list[str]:
    return [str(each) for each in find_files([top], ignore=Ignore()) if isinstance(each, FileError)]


@pytest.mark.parametrize("name", [".gitignore", ".git"])
def test_where_patterns_cannot_be_read_nothing_is_found(here: Path, name: str) -> None:
    (here / ".git").mkdir(exist_ok=True)
    if name == ".git":
        (here / ".git").rmdir()
    loop(here / name)
    assert found()[0] == []
    (error,) = errors()
    assert f"{here}: its .gitignore cannot be read (" in error
    assert error.endswith("so its files were left unchanged; --no-gitignore cleans them all")
    assert errors("news") == [error]
    assert found(gitignore=False)[0] == ALL


def test_a_folder_that_cannot_be_looked_into_is_an_error_and_the_others_are_read(here: Path) -> None:
    loop(here / "drafts/pyvenv.cfg")
    assert found()[0] == [name for name in ALL if name != "drafts/c.txt"]
    assert [error.split("(")[0] for error in errors()] == [f"{here}/drafts: the folder cannot be read "]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_patterns_in_what_is_not_a_file_do_not_count(here: Path, make: Callable[[Path], None]) -> None:
    (here / ".git").mkdir()
    make(here / ".gitignore")
    assert found()[0] == ALL
