"""A file is old or new and never in between, and its old bytes come back."""

import errno
import gzip
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleanwire import Cleaner, Document, Edit, Filter, Result, Step, clean_file, notation
from cleanwire.edit import apply
from cleanwire.errors import FileError, SyncWarning
from cleanwire.filters import ARTICLE, SiteFilter
from cleanwire.formats.limits import Limits
from cleanwire.inplace import of_its_site, preview_bytes, preview_file, sidecar_of, undo_file
from cleanwire.io.undo import Store

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"


@dataclass(frozen=True)
class Swap:
    """A filter of one's own: puts one word for another."""

    old: str
    new: str
    name: str = "swap"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        start = doc.text.find(self.old)
        return () if start < 0 else (Edit(start, start + len(self.old), self.new, "fix", "swap.word"),)


@dataclass(frozen=True)
class Restless:
    """A filter with a bug: every look at the text adds to it."""

    name: str = "restless"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        return (Edit(0, 0, "!", "fix", "restless.bang"),) if doc.text else ()


def swapping(old: str, new: str) -> Cleaner:
    return Cleaner((Swap(old, new),))


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("CLEANWIRE_STATE", str(folder))
    return folder


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "stories" / "story.txt"
    path.parent.mkdir()
    path.write_bytes(DIRTY.encode())
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_clean_and_undo_give_back_bytes_mode_and_time(story: Path) -> None:
    story.chmod(0o640)
    os.utime(story, ns=(1_000_000_000, 1_234_567_891_234_567_891))
    report = clean_file(story)
    assert (report.changed, report.charset, report.newline) == (True, "utf-8", "\n")
    assert story.read_bytes() == report.data == STORY.encode()
    assert story.stat().st_mode & 0o7777 == 0o640
    assert story.stat().st_mtime_ns != 1_234_567_891_234_567_891
    undo_file(story)
    assert story.read_bytes() == DIRTY.encode()
    assert story.stat().st_mode & 0o7777 == 0o640
    assert story.stat().st_mtime_ns == 1_234_567_891_234_567_891
    assert names(story.parent) == ["story.txt"]


def test_undo_goes_back_one_cleaning_at_a_time(story: Path) -> None:
    clean_file(story)
    second = STORY + "\nSign up for our newsletter\n"
    story.write_text(second)
    clean_file(story)
    undo_file(story)
    assert story.read_text() == second
    with pytest.raises(FileError, match="changed after it was cleaned"):
        undo_file(story)
    story.write_text(STORY)
    undo_file(story)
    assert story.read_text() == DIRTY
    with pytest.raises(FileError, match="nothing to undo"):
        undo_file(story)


def test_undo_refuses_a_changed_file_and_says_where_the_copy_lies(story: Path) -> None:
    clean_file(story)
    story.write_text("Another hand wrote this.\n")
    with pytest.raises(FileError, match="changed after it was cleaned") as caught:
        undo_file(story)
    assert story.read_text() == "Another hand wrote this.\n"
    assert Path(str(caught.value).rpartition(" ")[2]).read_bytes() == DIRTY.encode()


def test_undo_refuses_a_damaged_copy(story: Path, state: Path) -> None:
    clean_file(story)
    next(state.rglob("*.old")).write_bytes(b"spoilt")
    with pytest.raises(FileError, match="is damaged"):
        undo_file(story)
    assert story.read_bytes() == STORY.encode()


def test_an_unchanged_file_is_not_written(story: Path, state: Path) -> None:
    story.write_text(STORY)
    story.chmod(0o444)  # nothing is written, so this is no hindrance
    before = story.stat()
    assert not clean_file(story).changed
    assert (story.stat().st_ino, story.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not state.exists()


def test_a_link_is_followed_to_its_file(story: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(story)
    clean_file(link)
    assert link.is_symlink()
    assert story.read_text() == STORY
    undo_file(story)
    assert link.read_text() == DIRTY


def test_a_hard_link_is_refused(story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    os.link(story, other)
    with pytest.raises(FileError, match="2 hard links"):
        clean_file(story)
    assert story.read_text() == other.read_text() == DIRTY


def test_a_read_only_file_is_refused(story: Path) -> None:
    story.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        clean_file(story)
    assert story.read_text() == DIRTY


def test_what_is_no_file_is_refused(story: Path, tmp_path: Path) -> None:
    loop, pipe = tmp_path / "loop", tmp_path / "pipe"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    for path, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere.txt", "no such file"),
        (story / "below.txt", "cannot be read"),
        (loop, "cannot be read"),
        (pipe, "not a regular file"),
    ):
        with pytest.raises(FileError, match=message) as caught:
            clean_file(path)
        assert str(caught.value).startswith(f"{path}: ")


def test_binary_is_refused_by_name(story: Path) -> None:
    story.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    with pytest.raises(FileError, match=r"story\.txt: looks binary"):
        clean_file(story)


def test_a_text_that_its_charset_cannot_hold_is_refused(story: Path) -> None:
    story.write_bytes("Le café ferme à midi.".encode("windows-1252"))
    with pytest.raises(FileError, match=r"'Ł' .*which .* cannot encode"):
        clean_file(story, swapping("midi", "Łódź"))
    assert story.read_bytes() == "Le café ferme à midi.".encode("windows-1252")


def test_a_text_that_does_not_settle_is_left_as_it_was(story: Path, state: Path) -> None:
    report = clean_file(story, Cleaner((Restless(),)))
    assert not report.changed
    assert [edit.rule for step in report.result.steps for edit in step.edits] == ["unsettled.restless"]
    assert story.read_text() == DIRTY
    assert not state.exists()


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["fsync", "replace", "chown", "utime"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    story: Path, state: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    if call == "chown":
        if os.geteuid():
            pytest.skip("only root can give a file to another owner")
        os.chown(story, 12345, 12345)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises((FileError, KeyboardInterrupt)):
            clean_file(story)
    assert story.read_text() == DIRTY
    assert names(story.parent) == ["story.txt"]
    assert list(Store(state).entries()) == []
    clean_file(story)
    assert story.read_text() == STORY


@pytest.mark.parametrize("do", ["clean", "undo"])
def test_an_interrupt_right_after_the_rename_loses_no_original(
    story: Path, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    if do == "undo":
        clean_file(story)
    rename = os.replace

    def interrupted(*paths: Path) -> None:
        rename(*paths)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            clean_file(story) if do == "clean" else undo_file(story)
    assert story.read_text() == (STORY if do == "clean" else DIRTY)
    if do == "undo":
        clean_file(story)
    undo_file(story)
    assert story.read_text() == DIRTY
    assert names(story.parent) == ["story.txt"]


@pytest.mark.parametrize("do", ["clean", "undo"])
def test_a_folder_that_cannot_be_synced_is_a_warning(story: Path, monkeypatch: pytest.MonkeyPatch, do: str) -> None:
    sync = os.fsync

    def fail(handle: int) -> None:
        if os.path.sameopenfile(handle, folder):
            raise OSError(errno.EIO, "Input/output error")
        sync(handle)

    folder = os.open(story.parent, os.O_RDONLY)
    if do == "undo":
        clean_file(story)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.warns(SyncWarning, match="cannot be synced"):
            clean_file(story) if do == "clean" else undo_file(story)
    os.close(folder)
    if do == "clean":
        undo_file(story)
    assert story.read_text() == DIRTY


def test_undo_with_a_store_that_is_read_only_restores_the_file(
    story: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean_file(story)

    def locked(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(Path, "unlink", locked)
    undo_file(story)
    assert story.read_text() == DIRTY
    assert len(list(Store(state).entries())) == 1


def test_a_store_gives_no_special_bits(story: Path, state: Path) -> None:
    clean_file(story)
    manifest = next(state.rglob("*.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"mode": 0o6755}))
    undo_file(story)
    assert story.stat().st_mode & 0o7777 == 0o755


def test_a_copy_that_is_a_pipe_is_refused_at_once(story: Path, state: Path) -> None:
    clean_file(story)
    copy = next(state.rglob("*.old"))
    copy.unlink()
    os.mkfifo(copy)
    with pytest.raises(FileError, match="not a regular file"):
        undo_file(story)
    assert story.read_text() == STORY


@pytest.mark.parametrize("planted", ["link", "link to nothing", "pipe", "deep"])
def test_a_planted_sidecar_is_refused(story: Path, tmp_path: Path, planted: str) -> None:
    victim, sidecar = tmp_path / "victim", sidecar_of(story)
    if planted == "link":
        victim.write_text('{"sha256": {"before": ""}}')
    if planted == "pipe":
        os.mkfifo(sidecar)
    elif planted == "deep":
        sidecar.write_text("[" * 100_000)
    else:
        sidecar.symlink_to(victim)
    with pytest.raises(FileError, match="not a sidecar that cleanwire wrote"):
        clean_file(story, sidecar=True)
    assert story.read_text() == DIRTY
    assert victim.exists() == (planted == "link")


def test_a_text_beyond_the_limit_is_refused(story: Path) -> None:
    size = len(DIRTY)
    with pytest.raises(FileError, match=r"is longer than 0 MB; raise the limit with --max-record"):
        clean_file(story, limits=Limits(record=size - 1))
    (story.parent / "long.txt").write_bytes(b"a " * 2**20)
    with pytest.raises(FileError, match="is longer than 1 MB"):
        preview_file(story.parent / "long.txt", limits=Limits(record=2**20))
    story.write_bytes(gzip.compress(DIRTY.encode() * 9))
    with pytest.raises(FileError, match="has a record of more than 0 MB"):
        clean_file(story, limits=Limits(record=size * 9 - 1))
    assert preview_file(story, limits=Limits(record=size * 9)).changed


def test_a_full_disk_leaves_the_old_file(story: Path, state: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))  # the old bytes fit into the store, the new do not
    try:
        with pytest.raises(FileError, match="cannot be written"):
            clean_file(story, swapping("bridge", "b" * 5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert story.read_text() == DIRTY
    assert names(story.parent) == ["story.txt"]
    assert list(Store(state).entries()) == []


@pytest.mark.parametrize("call", ["os.replace", "os.fsync", "shutil.copystat"])
def test_a_crash_leaves_the_old_file(story: Path, call: str) -> None:
    module, name = call.split(".")
    script = (
        f"import os, signal, {module}\nfrom cleanwire import clean_file\n"
        f"{module}.{name} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\nclean_file({str(story)!r})"
    )
    run = subprocess.run([sys.executable, "-c", script], check=False)
    assert run.returncode == -signal.SIGKILL
    assert story.read_text() == DIRTY
    with pytest.raises(FileError, match="nothing to undo"):
        undo_file(story)
    clean_file(story)
    assert story.read_text() == STORY
    undo_file(story)
    assert story.read_text() == DIRTY


def test_a_file_that_somebody_writes_meanwhile_is_left(story: Path) -> None:
    @dataclass(frozen=True)
    class Meddler:
        name: str = "meddler"

        def __call__(self, doc: Document, /) -> Iterable[Edit]:
            story.write_text("Another hand was quicker.\n")
            return Swap("bridge", "ferry")(doc)

    with pytest.raises(FileError, match="modified by another process"):
        clean_file(story, Cleaner((Meddler(),)))
    assert story.read_text() == "Another hand was quicker.\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another owner")
def test_the_owner_stays(story: Path) -> None:
    os.chown(story, 12345, 23456)
    story.chmod(0o4755)
    clean_file(story)
    found = story.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (12345, 23456, 0o4755)


def test_attributes_stay(story: Path) -> None:
    try:
        os.setxattr(story, "user.source", b"wire")
    except OSError:
        pytest.skip("this file system keeps no attributes")
    clean_file(story)
    assert os.getxattr(story, "user.source") == b"wire"


def test_only_its_owner_reads_the_store(story: Path, state: Path) -> None:
    clean_file(story)
    for path in state.joinpath("undo").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_store_that_cannot_be_written_leaves_the_file(story: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(FileError, match="CLEANWIRE_STATE"):
        clean_file(story, store=blocked)
    assert story.read_text() == DIRTY


def test_a_sidecar_says_what_was_found(story: Path) -> None:
    report = clean_file(story, sidecar=True)
    found = json.loads(sidecar_of(story).read_bytes())
    assert found == json.loads(json.dumps(report.to_dict()))
    assert found["spans"][0]["text"] == "Post a comment"
    start, end = found["spans"][0]["start"], found["spans"][0]["end"]
    assert DIRTY[start:end] == "Post a comment"


def test_a_sidecar_is_not_lost_when_the_file_is_cleaned_again(story: Path) -> None:
    clean_file(story, sidecar=True)
    first = json.loads(sidecar_of(story).read_bytes())
    clean_file(story, sidecar=True)  # nothing changes, so nothing is known of the captions that left
    assert json.loads(sidecar_of(story).read_bytes()) == first
    story.write_text(STORY + "\nSign up for our newsletter\n")
    clean_file(story, sidecar=True)
    second = json.loads(sidecar_of(story).read_bytes())
    assert second["spans"][0]["text"] == "Sign up for our newsletter"
    assert [earlier["spans"][0]["text"] for earlier in second["earlier"]] == ["Post a comment"]


def test_a_sidecar_of_the_same_bytes_is_written_anew(story: Path) -> None:
    clean_file(story, sidecar=True)
    undo_file(story)
    clean_file(story, sidecar=True)
    assert "earlier" not in json.loads(sidecar_of(story).read_bytes())


def test_a_file_called_as_a_sidecar_is_left(story: Path) -> None:
    sidecar_of(story).write_text('{"mine": true}')
    with pytest.raises(FileError, match="not a sidecar that cleanwire wrote"):
        clean_file(story, sidecar=True)
    assert story.read_text() == DIRTY
    assert sidecar_of(story).read_text() == '{"mine": true}'


def test_a_sidecar_is_as_private_as_its_file(story: Path) -> None:
    story.chmod(0o600)
    clean_file(story, sidecar=True)
    assert sidecar_of(story).stat().st_mode & 0o777 == 0o600


def test_preview_touches_nothing(story: Path, state: Path) -> None:
    report = preview_file(story)
    assert report.changed
    assert story.read_text() == DIRTY
    assert not state.exists()


def test_a_filter_without_work_gives_the_same_bytes() -> None:
    data = "caf\xe9\r\n".encode("utf-16")
    filters: tuple[Filter, ...] = ()
    report = preview_bytes(data, Path("story.txt"), Cleaner(filters))
    assert report.data is data
    assert not report.changed


SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_seed_comes_out_of_a_file_as_out_of_the_cleaner_and_comes_back(story: Path, seed: Path) -> None:
    source = notation.source(notation.parse(seed.read_text(encoding="utf-8")))
    result = Cleaner()(source)
    story.write_bytes(source.encode())
    report = clean_file(story)
    assert (report.result, report.changed) == (result, result.changed)
    assert story.read_bytes() == result.text.encode()
    assert not preview_file(story).changed
    if report.changed:
        undo_file(story)
    assert story.read_bytes() == source.encode()


@pytest.mark.parametrize(
    ("cuts", "by"), [(1, "own.x.0"), (3, "own.x.0, own.x.1, own.x.2"), (4, "own.x.0, own.x.1, own.x.2")]
)
def test_what_cleaning_again_would_change_again_is_not_written(story: Path, cuts: int, by: str) -> None:
    def shrink(text: Document | str) -> Result:
        edits = tuple(Edit(number, number + 1, "", "drop", f"own.x.{number}") for number in range(cuts))
        new, removed = apply(str(text), edits)
        return Result(new, (Step("own", edits, removed),))

    with pytest.raises(FileError, match=rf"cleaning it again would change it again \(by {by}\); left unchanged"):
        clean_file(story, shrink)
    assert story.read_text() == DIRTY


def test_the_site_of_a_file_changes_one_filter(tmp_path: Path) -> None:
    cleaner = Cleaner((ARTICLE[0], SiteFilter(folder=str(tmp_path)), *ARTICLE[1:]))
    found = of_its_site(cleaner, tmp_path / "example.org" / "a.txt")
    assert isinstance(found, Cleaner)
    assert [type(each) for each in found.filters] == [type(each) for each in cleaner.filters]
