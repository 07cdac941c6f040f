r"""Clean a file where it lies, keep what it held, and put that back.

A file is old or new and never in between: the new bytes are written to another file in the same folder, brought to
the disk, and take the old one's name in one act.  A file in which nothing changes is never opened for writing.  Its
charset, byte order mark and line ends stay: a file whose every line ends in ``\r\n`` is read with ``\n`` and written
with ``\r\n`` again, so its line ends are no damage to mend.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.errors import DecodeError, FileError, FormatError
from cleanwire.filters.site import SiteFilter
from cleanwire.formats.compression import detect, packed, unpacked_bytes
from cleanwire.formats.text import form
from cleanwire.io.files import Found, chunks, digest_of, explained, guard, locate, read, replace, write_file
from cleanwire.io.undo import Entry, Store, default_folder, digest
from cleanwire.result import Result
from cleanwire.sites.files import site_path
from cleanwire.sites.page import host_of
from cleanwire.time_limit import Clean, TimeLimited

SIDECAR = ".cleanwire.json"
"""What is added to the name of a file to name its sidecar."""

_CLEANER = Cleaner()


@dataclass(frozen=True)
class FileReport:
    r"""What was found in a file, and what became of it.

    `charset` is what the file was read in, `newline` how all its lines end (``\n`` where they do not agree), and
    offsets in `result` count characters without a byte order mark and with one character a line end.  `changed` says
    whether the bytes differ, `data` holds the bytes that the file has when it is clean.

    >>> report = preview_bytes(b"She left.\r\n\r\nPost a comment\r\n", Path("story.txt"))
    >>> report.changed, report.newline
    (True, '\r\n')
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


def preview_bytes(data: bytes, path: Path, cleaner: Clean = _CLEANER) -> FileReport:
    r"""Clean the bytes of a text that is called `path`, and touch nothing; compressed bytes stay compressed.

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


def preview_file(path: str | Path, cleaner: Clean = _CLEANER) -> FileReport:
    """Clean the text of a file and touch nothing; `clean_file` would write the `data` of the report.

    Raises `FileError` as `preview_bytes` does, and for a path that cannot be read.
    """
    path = Path(path)
    return preview_bytes(read(path)[1], path, of_its_site(cleaner, path))


def of_its_site(clean: Clean, path: Path) -> Clean:
    """Return the cleaner for a file: its site is the nearest folder above it that a template is named after."""
    if isinstance(clean, TimeLimited):
        return replaced(clean, cleaner=_of_its_site(clean.cleaner, path))
    return _of_its_site(clean, path) if isinstance(clean, Cleaner) else clean


def _of_its_site(cleaner: Cleaner, path: Path) -> Cleaner:
    for place, act in enumerate(cleaner.filters):
        if isinstance(act, SiteFilter) and act.folder and not act.host:
            folders = (folder.name for folder in path.resolve().parents if folder.name)
            host = next((name for name in folders if os.path.exists(site_path(act.folder, host_of(name)))), "")
            sited = replaced(act, host=host_of(host))
            return replaced(cleaner, filters=(*cleaner.filters[:place], sited, *cleaner.filters[place + 1 :]))
    return cleaner


def clean_file(
    path: str | Path,
    cleaner: Clean = _CLEANER,
    *,
    sidecar: bool = False,
    store: str | Path | None = None,
    undo: bool = True,
) -> FileReport:
    """Clean a file where it lies; `undo_file` gives back what it held.

    A link is followed to its file.  `sidecar` writes what was found to ``NAME.cleanwire.json`` beside it; `store` is
    the folder that keeps the old bytes (see `cleanwire.io.undo.default_folder`), which are not kept without `undo`.

    Raises `FileError` for what cannot be read, is no text, is read-only or has more than one hard link; and where the
    disk fails or somebody else writes the file meanwhile.  The file is then as it was.

    >>> clean_file("nowhere.txt")
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: there is no such file
    """
    path = Path(path)
    found, data = read(path)
    report = preview_bytes(data, path, of_its_site(cleaner, path))
    if report.changed:
        guard(path, found)
    if sidecar:  # first, since the captions leave the file
        write_sidecar(report, path)
    if report.changed:
        entry = keep(path, found, (data,), digest(report.data), store) if undo else None
        try:
            replace(path, found, (report.data,))
        except BaseException:
            if entry:
                entry.forget()
            raise
    return report


def keep(path: Path, found: Found, content: Iterable[bytes], after: str, store: str | Path | None = None) -> Entry:
    """Keep `content`, the bytes of the file that was `found`, before they are replaced by others with digest `after`.

    Raises `FileError` where the undo store cannot be written.
    """
    with explained(path, "the undo store cannot be written", "set CLEANWIRE_STATE to a folder that can be"):
        return _store(store).keep(found.real, content, after, found.stat)


def undo_file(path: str | Path, *, store: str | Path | None = None) -> None:
    """Give a file back the bytes, the mode and the time that it had before it was last cleaned.

    Raises `FileError` where nothing is known of the file, or where it was changed after it was cleaned.

    >>> undo_file("nowhere.txt")
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: there is no such file
    """
    path = Path(path)
    found = locate(path)
    entries = _store(store).of(found.real)
    if not entries:
        raise FileError(f"{path}: nothing to undo; the undo store knows no file of this path")
    with explained(path, "cannot be read", "see whether the disk is well"):
        current = digest_of(found.real)
    entry = next((entry for entry in entries if entry.manifest.after == current), None)
    if entry is None:
        newest = entries[0]
        if newest.manifest.before == current:
            raise FileError(f"{path}: nothing to undo; it is as it was before it was cleaned")
        raise FileError(
            f"{path}: changed after it was cleaned, so it is left as it is; what it held before lies in {newest.old}"
        )
    with explained(path, "the undo store cannot be read", "see whether the disk is well"):
        kept = digest_of(entry.old)
    if kept != entry.manifest.before:
        raise FileError(f"{path}: the copy in {entry.old} is damaged, so the file is left as it is")
    guard(path, found)
    replace(path, found, chunks(entry.old), mode=entry.manifest.mode, mtime_ns=entry.manifest.mtime_ns)
    for younger in entries[: entries.index(entry) + 1]:
        younger.forget()


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


def _preview(data: bytes, path: Path, cleaner: Clean) -> FileReport:
    try:
        inner = unpacked_bytes(data)
        came = form(inner)
        result = cleaner(came.text)
        after = came.unchanged(inner) if result.text == came.text else came.encode(result.text)
        after = data if after == inner else packed(after, detect(data))
    except (DecodeError, FormatError) as error:
        raise FileError(f"{path}: {error}") from error
    return FileReport(path, result, came.charset, came.newline, digest(data), after, after != data)


def _store(folder: str | Path | None) -> Store:
    return Store(Path(folder) if folder else default_folder())
