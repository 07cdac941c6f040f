"""A location says what a name stands for, and nothing else in the package asks."""

import pickle
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.io.location import Location, make_folder_for


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_bytes(b"She left.")
    (tmp_path / "odd[1].txt").write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("-", "pipe"),
        ("./-", "file"),
        ("file.txt", "file"),
        ("missing.txt", "file"),
        ("folder", "folder"),
        ("folder/", "folder"),
        ("S3://bucket/news.jsonl", "address"),
        ("https://example.org/news.jsonl", "address"),
        ("c:/news.jsonl", "file"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    location = Location(name)
    assert location.kind == kind
    assert (location.is_pipe, location.is_address) == (kind == "pipe", kind == "address")
    assert location.is_local == (kind in ("file", "folder"))
    assert str(location) == name
    assert pickle.loads(pickle.dumps(location)) == location  # noqa: S301 - our own bytes


def test_a_target_that_ends_in_a_slash_is_a_folder() -> None:
    assert [Location(name).is_folder for name in ("new/", "s3://bucket/new/", "folder", "new", "s3://b/a")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_wildcards_are_not_part_of_the_name_of_a_file() -> None:
    assert [Location(name).has_wildcards for name in ("*.txt", "odd[1].txt", "odd[2].txt", "file.txt")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_paths(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file.txt")
    assert Location("link").real == tmp_path.resolve() / "file.txt"
    assert Location("file.txt").absolute == Location(str(tmp_path / "file.txt"))
    assert Location("s3://bucket/a").absolute == Location("s3://bucket/a")
    assert Location("out").inside("deep/a.txt") == Location("out/deep/a.txt")
    with Location("file.txt").open() as file:
        assert file.read() == b"She left."


def test_the_folder_of_a_target_is_created(tmp_path: Path) -> None:
    make_folder_for(Location("new/deep/a.txt"), Location("file.txt"))
    assert (tmp_path / "new/deep").is_dir()
    make_folder_for(Location("file.txt"), Location("-"))
    for target, message in (("./file.txt", "output is the same file as input"), ("file.txt/a", "cannot create")):
        with pytest.raises(FileError, match=message):
            make_folder_for(Location(target), Location("file.txt"))


def test_addresses_are_expanded_and_tell_their_state() -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pipe({"/news/a.jsonl": b"1", "/news/deep/b.jsonl.gz": b"2", "/news/page.html": b"3"})
    folder = Location("memory://news")
    expanded = [(each.name, relative) for each, relative in folder.expand()]
    assert expanded == [("memory:///news/a.jsonl", "a.jsonl"), ("memory:///news/deep/b.jsonl.gz", "deep/b.jsonl.gz")]
    assert [relative for _, relative in Location("memory://news/*.jsonl").expand()] == ["a.jsonl"]
    one = Location("memory://news/a.jsonl")
    assert one.expand() == [(one, "a.jsonl")]
    before = one.fingerprint()
    assert before == one.fingerprint()
    with one.create() as file:
        file.write(b"more")
    with one.open() as file:
        assert file.read() == b"more"
    assert one.fingerprint() != before


def test_a_name_of_which_the_system_does_not_say_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FileError, match=r"^loop: cannot be read \("):
        _ = Location("loop").kind
    assert Location("a\0b").kind == Location("file.txt/below").kind == "file"
