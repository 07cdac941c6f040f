r"""Clean a file where it lies, keep what it held, and put that back.

A file is old or new and never in between: the new bytes are written to another file in the same folder, brought to
the disk, and take the old one's name in one act.  A file in which nothing changes is never opened for writing.  Its
charset, byte order mark and line ends stay: a file whose every line ends in ``\r\n`` is read with ``\n`` and written
with ``\r\n`` again, so its line ends are no damage to mend.
"""

import contextlib
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from cleanwire.cleaner import Cleaner
from cleanwire.decode import decode, encode
from cleanwire.errors import DecodeError, FileError
from cleanwire.result import Result
from cleanwire.store import Store, default_folder, digest, sync_folder

SIDECAR = ".cleanwire.json"
"""What is added to the name of a file to name its sidecar."""

_CLEANER = Cleaner()


@dataclass(frozen=True)
class FileReport:
    r"""What was found in a file, and what became of it.

    `charset` is what the file was read in, `newline` how all its lines end (``\n`` where they do not agree), and
    offsets in `result` count characters without a byte order mark and with one character a line end.  `changed` says
    whether the bytes differ, `data` holds the bytes that the file has when it is clean.
    """

    path: Path
    result: Result
    charset: str
    newline: str
    before: str
    data: bytes = field(repr=False)
    changed: bool

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data for JSON: what a sidecar holds."""
        return {
            "file": os.fsencode(self.path).decode("utf-8", "replace"),
            "charset": self.charset,
            "newline": self.newline,
            "sha256": {"before": self.before, "after": digest(self.data)},
            **self.result.to_dict(),
            "changed": self.changed,
        }


def preview_bytes(data: bytes, path: Path, cleaner: Cleaner = _CLEANER) -> FileReport:
    r"""Clean the bytes of a text that is called `path`, and touch nothing.

    Raises `FileError` for bytes that are no text, for a text that its charset cannot hold once it is clean, and where
    cleaning the result again would change it.

    >>> preview_bytes(b"She left.\r\n\r\nPost a comment\r\n", Path("story.txt")).data
    b'She left.\r\n'
    """
    report = _preview(data, path, cleaner)
    if report.changed and (again := _preview(report.data, path, cleaner)).changed:
        edits = [edit.rule for step in again.result.steps for edit in step.edits]
        raise FileError(
            f"{path}: cleaning it twice gives another text than cleaning it once (by "
            f"{', '.join(edits[:3]) or 'its charset'}), so it is left as it was; please report it, and skip that rule"
        )
    return report


def preview_file(path: str | Path, cleaner: Cleaner = _CLEANER) -> FileReport:
    """Clean the text of a file and touch nothing; `clean_file` would write the `data` of the report.

    Raises `FileError` as `preview_bytes` does, and for a path that cannot be read.
    """
    return preview_bytes(_read(Path(path)).data, Path(path), cleaner)


def clean_file(
    path: str | Path, cleaner: Cleaner = _CLEANER, *, sidecar: bool = False, store: str | Path | None = None
) -> FileReport:
    """Clean a file where it lies; `undo_file` gives back what it held.

    A link is followed to its file.  `sidecar` writes what was found to ``NAME.cleanwire.json`` beside it; `store` is
    the folder that keeps the old bytes (see `cleanwire.store.default_folder`).

    Raises `FileError` for what cannot be read, is no text, is read-only or has more than one hard link; and where the
    disk fails or somebody else writes the file meanwhile.  The file is then as it was.

    >>> clean_file("nowhere.txt")
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: there is no such file
    """
    path = Path(path)
    found = _read(path)
    report = preview_bytes(found.data, path, cleaner)
    if report.changed:
        _guard(path, found)
    if sidecar:  # first, since the captions leave the file
        write_sidecar(report, path)
    if report.changed:
        with _explained(path, "the undo store cannot be written", "set CLEANWIRE_STATE to a folder that can be"):
            entry = _store(store).keep(found.real, found.data, report.data, found.stat)
        try:
            _replace(path, found, report.data)
        except BaseException:
            entry.forget()
            raise
    return report


def undo_file(path: str | Path, *, store: str | Path | None = None) -> None:
    """Give a file back the bytes, the mode and the time that it had before it was last cleaned.

    Raises `FileError` where nothing is known of the file, or where it was changed after it was cleaned.

    >>> undo_file("nowhere.txt")
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: there is no such file
    """
    path = Path(path)
    found = _read(path)
    entries = _store(store).of(found.real)
    if not entries:
        raise FileError(f"{path}: nothing to undo; the undo store knows no file of this path")
    current = digest(found.data)
    entry = next((entry for entry in entries if entry.manifest.after == current), None)
    if entry is None:
        newest = entries[0]
        if newest.manifest.before == current:
            raise FileError(f"{path}: nothing to undo; it is as it was before it was cleaned")
        raise FileError(
            f"{path}: changed after it was cleaned, so it is left as it is; what it held before lies in {newest.old}"
        )
    with _explained(path, "the undo store cannot be read", "see whether the disk is well"):
        data = entry.old.read_bytes()
    if digest(data) != entry.manifest.before:
        raise FileError(f"{path}: the copy in {entry.old} is damaged, so the file is left as it is")
    _guard(path, found)
    _replace(path, found, data, mode=entry.manifest.mode, mtime_ns=entry.manifest.mtime_ns)
    for younger in entries[: entries.index(entry) + 1]:
        younger.forget()


def write_file(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a file that is there wholly or not at all, as a new one in its folder.

    A file that is there keeps its mode; a new one gets that of `like`, so that what was private stays so.

    Raises `FileError` where it cannot be written.
    """
    real = Path(os.path.realpath(path))
    with _explained(path, "cannot be written", "nothing was changed"):
        if not os.path.exists(real):
            _write(real, data, os.stat(like).st_mode & 0o777 if like else 0o666)
            return
        mode = os.stat(real).st_mode
        if not stat.S_ISREG(mode):
            raise FileError(f"{path}: is no regular file, so nothing was written; name another")
        if not mode & 0o222:
            raise FileError(f"{path}: is read-only, so nothing was written; make it writable first")
        _write(real, data, 0o600, lambda temporary: os.chmod(temporary, stat.S_IMODE(mode)))


def sidecar_of(path: Path) -> Path:
    """Return the path of the sidecar of a file.

    >>> sidecar_of(Path("story.txt")).name
    'story.txt.cleanwire.json'
    """
    return path.with_name(path.name + SIDECAR)


def write_sidecar(report: FileReport, path: Path) -> None:
    """Write what was found to the sidecar of `path`.

    Captions that left the text live in the sidecar alone.  So one that is there already is left alone when nothing
    changed, and is kept within the new one, under ``earlier``, when the file has grown and was cleaned again.
    """
    place, found = sidecar_of(path), report.to_dict()
    if os.path.exists(place):
        if not report.changed:
            return
        try:
            known = json.loads(place.read_bytes())
            earlier = known.pop("earlier", [])
            if known["sha256"]["before"] != report.before:
                known.pop("text", None)
                earlier.append(known)
        except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
            raise FileError(
                f"{place}: this is no sidecar that cleanwire wrote, so it and its file are left as they were; move it"
            ) from error
        if earlier:
            found["earlier"] = earlier
    write_file(place, json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n", path)


class _Found(NamedTuple):
    """A file as it was read: its own path behind all links, its bytes, and its state at that time."""

    real: Path
    data: bytes
    stat: os.stat_result


class _Form(NamedTuple):
    """How a text stands in bytes."""

    text: str
    charset: str
    newline: str

    def encode(self, text: str) -> bytes:
        return encode(text.replace("\n", self.newline), self.charset)


def _preview(data: bytes, path: Path, cleaner: Cleaner) -> FileReport:
    try:
        form = _form(data)
        result = cleaner(form.text)
        # Text that stayed keeps its bytes; only a reading that mended UTF-8 differs from them, never another charset.
        after = data if result.text == form.text and form.charset != "utf-8" else form.encode(result.text)
    except DecodeError as error:
        raise FileError(f"{path}: {error}") from error
    return FileReport(path, result, form.charset, form.newline, digest(data), after, after != data)


def _form(data: bytes) -> _Form:
    text, charset, _ = decode(data)
    pairs = text.count("\r\n")
    if pairs and pairs == text.count("\r") == text.count("\n"):
        return _Form(text.replace("\r\n", "\n"), charset, "\r\n")
    return _Form(text, charset, "\n")


def _read(path: Path) -> _Found:
    try:
        real = Path(os.path.realpath(path, strict=True))
        kind = os.stat(real).st_mode
        if stat.S_ISDIR(kind):
            raise FileError(f"{path}: is a folder; name the files in it")
        if not stat.S_ISREG(kind):  # a pipe would wait for ever
            raise FileError(f"{path}: is no regular file; only files are cleaned in place")
        with open(real, "rb") as file:
            return _Found(real, file.read(), os.fstat(file.fileno()))
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror})") from error


def _guard(path: Path, found: _Found) -> None:
    """Refuse a file that must not be replaced."""
    if found.stat.st_nlink > 1:
        raise FileError(
            f"{path}: has {found.stat.st_nlink} hard links, which replacing it would part, so it is left as it was; "
            "clean a copy of it"
        )
    # By its mode, too: for root every file is writable, and the mode says what its owner wants.
    if not found.stat.st_mode & 0o222 or not os.access(found.real, os.W_OK):
        raise FileError(f"{path}: is read-only, so it is left as it was; make it writable first")


def _replace(path: Path, found: _Found, data: bytes, *, mode: int | None = None, mtime_ns: int | None = None) -> None:
    """Give the file that was `found` other bytes, and leave it its owner and all its attributes."""

    def finish(temporary: Path) -> None:
        new = os.stat(temporary)
        if (new.st_uid, new.st_gid) != (found.stat.st_uid, found.stat.st_gid):
            os.chown(temporary, found.stat.st_uid, found.stat.st_gid)
        shutil.copystat(found.real, temporary)
        if mode is not None:
            os.chmod(temporary, mode)
        now = time.time_ns()
        os.utime(temporary, ns=(now, now if mtime_ns is None else mtime_ns))
        if _state(os.stat(found.real)) != _state(found.stat):
            raise FileError(f"{path}: somebody wrote to it meanwhile, so it is left as it is; try again")

    with _explained(path, "cannot be written", "it is as it was"):
        _write(found.real, data, 0o600, finish)


def _write(real: Path, data: bytes, mode: int, finish: Callable[[Path], None] | None = None) -> None:
    """Write `data` beside `real`, `finish` the new file, bring it to the disk, and give it the name of `real`."""
    temporary = real.with_name(f".{uuid4().hex}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            if finish:
                finish(temporary)
            os.fsync(file.fileno())
        os.replace(temporary, real)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(real.parent)


def _state(state: os.stat_result) -> tuple[int, int, int, int]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def _store(folder: str | Path | None) -> Store:
    return Store(Path(folder) if folder else default_folder())


@contextlib.contextmanager
def _explained(path: Path, what: str, now: str) -> Iterator[None]:
    """Turn a failure of the system into a `FileError`."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {what} ({error.strerror or error}); {now}") from error
