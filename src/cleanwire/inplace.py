r"""Clean a file in place, keep the original, and restore it.

Writes are atomic: the new content is fsynced and renamed over the old file.  A file in which nothing changes is never
opened for writing.  Its charset, byte order mark and line ends are kept: if all lines end in ``\r\n``, the text is read
with ``\n`` and written back with ``\r\n``.
"""

import contextlib
import hashlib
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
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.text import decode_text
from cleanwire.io.files import (
    Found,
    check_replaceable,
    chunks,
    digest_of,
    explained,
    is_replaced,
    locate,
    read,
    replace,
    write_file,
)
from cleanwire.io.own import open_regular
from cleanwire.io.suffixes import SIDECAR
from cleanwire.io.undo import Entry, Store, default_folder, digest
from cleanwire.per_file import PerFile
from cleanwire.result import Result
from cleanwire.sites.files import site_path
from cleanwire.sites.page import host_of
from cleanwire.time_limit import Clean, TimeLimited

_CLEANER = Cleaner()
_NOT_A_SIDECAR = (OSError, FileError, ValueError, LookupError, AttributeError, TypeError, RecursionError)


@dataclass(frozen=True)
class FileReport:
    r"""The outcome of cleaning a file: its `result`, its encoding, and its clean bytes, `data`.

    `charset` and `newline` say how the file is encoded (``\n`` if its lines end differently); `before` is the SHA-256
    of its original bytes, in hexadecimal; `changed` says whether `data` differs from them.  Offsets in `result` do not
    count a byte order mark, and count a line end as one character.

    >>> report = preview_bytes("Café\n\nPost a comment\n".encode("cp1252"), Path("menu.txt"))
    >>> report.charset, report.changed, report.data
    ('cp1252', True, b'Caf\xe9\n')
    """

    path: Path
    result: Result
    charset: str
    newline: str
    before: str
    data: bytes = field(repr=False)
    changed: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data for JSON: the content of a sidecar."""
        return {
            "file": os.fsencode(self.path).decode("utf-8", "replace"),
            "charset": self.charset,
            "newline": self.newline,
            "sha256": {"before": self.before, "after": digest(self.data)},
            **self.result.to_dict(),
            "changed": self.changed,
        }


def preview_bytes(data: bytes, path: Path, cleaner: Clean = _CLEANER, limits: Limits = LIMITS) -> FileReport:
    r"""Clean the bytes of a text named `path` without writing anything; compressed bytes stay compressed.

    Raises `FileError` for bytes that are not text, for a clean text that its charset cannot encode, and if cleaning the
    result again would change it.  A text that does not settle is unchanged; see `cleanwire.chain.unsettled`.

    >>> preview_bytes(b"She left.\r\n\r\nPost a comment\r\n", Path("story.txt")).data
    b'She left.\r\n'
    """
    report = _preview(data, path, cleaner, limits)
    if report.changed and (again := _preview(report.data, path, cleaner, limits)).changed:
        edits = [edit.rule for step in again.result.steps for edit in step.edits]
        raise FileError(
            f"{path}: cleaning it again would change it again (by {', '.join(edits[:3]) or 'its charset'}); "
            "left unchanged; please report this, and skip that rule"
        )
    return report


def preview_file(path: str | Path, cleaner: Clean = _CLEANER, limits: Limits = LIMITS) -> FileReport:
    """Clean a text file without writing anything; `clean_file` would write the `data` of the report.

    Raises `FileError` as `preview_bytes` does, and for a path that cannot be read.
    """
    path = Path(path)
    return preview_bytes(_read(path, limits)[1], path, of_its_site(cleaner, path), limits)


def _read(path: Path, limits: Limits) -> tuple[Found, bytes]:
    found, data = read(path, limits.record + 1)
    if len(data) > limits.record:
        raise FileError(f"{path}: is longer than {limits.record >> 20:,} MB; raise the limit with --max-record")
    return found, data


def of_its_file(clean: Clean, path: str | Path) -> Clean:
    """Return the cleaner for the texts of a file, if cleaners differ by file.

    >>> of_its_file(_CLEANER, "a.txt") is _CLEANER
    True
    """
    return clean.of(path) if isinstance(clean, PerFile) else clean


def of_its_site(clean: Clean, path: Path) -> Clean:
    """Return the cleaner for a text file: its site is the nearest parent folder with the name of a template."""
    clean = of_its_file(clean, path)
    if isinstance(clean, TimeLimited):
        return replaced(clean, cleaner=_of_its_site(clean.cleaner, path))
    return _of_its_site(clean, path) if isinstance(clean, Cleaner) else clean


def _of_its_site(cleaner: Cleaner, path: Path) -> Cleaner:
    for index, filter_ in enumerate(cleaner.filters):
        if isinstance(filter_, SiteFilter) and filter_.folder and not filter_.host:
            folders = (folder.name for folder in path.resolve().parents if folder.name)
            host = next((name for name in folders if os.path.exists(site_path(filter_.folder, host_of(name)))), "")
            sited = replaced(filter_, host=host_of(host))
            return replaced(cleaner, filters=(*cleaner.filters[:index], sited, *cleaner.filters[index + 1 :]))
    return cleaner


def clean_file(
    path: str | Path,
    cleaner: Clean = _CLEANER,
    *,
    sidecar: bool = False,
    store: str | Path | None = None,
    undo: bool = True,
    limits: Limits = LIMITS,
) -> FileReport:
    r"""Clean a text file in place and return the report; `undo_file` restores the original.

    Symbolic links are followed.  `sidecar` writes the report to ``NAME.cleanwire.json`` next to the file; `store` is
    the folder of the undo store (default: `cleanwire.io.undo.default_folder`); without `undo` the original is not kept.
    `limits` bound the size of a file, and of what it holds if it is compressed.

    Raises `FileError` for a file that cannot be read, is not text, is read-only or has several hard links, and if it
    cannot be written or is modified by another process at the same time.  The file is then left unchanged.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> story = folder / "story.txt"
    >>> _ = story.write_text("She left at noon.\n\nPost a comment\n")
    >>> clean_file(story, store=folder / "undo").changed, story.read_text()
    (True, 'She left at noon.\n')
    >>> undo_file(story, store=folder / "undo")
    >>> story.read_text()
    'She left at noon.\n\nPost a comment\n'
    """
    path = Path(path)
    found, data = _read(path, limits)
    report = preview_bytes(data, path, of_its_site(cleaner, path), limits)
    if report.changed:
        check_replaceable(path, found)
    if sidecar:  # before the file is replaced: the captions are in the sidecar only
        write_sidecar(report, path)
    if report.changed:
        entry = keep(path, found, (data,), digest(report.data), store) if undo else None
        try:
            replace(path, found, (report.data,))
        except BaseException as error:
            forget(entry, found, error)
            raise
    return report


def keep(path: Path, found: Found, content: Iterable[bytes], after: str, store: str | Path | None = None) -> Entry:
    """Keep `content`, the bytes of the file that was `found`, before bytes with the digest `after` replace them.

    Raises `FileError` if the undo store cannot be written.
    """
    with explained(path, "the undo store cannot be written", "set CLEANWIRE_STATE to a writable folder"):
        return _store(store).keep(found.real, content, after, found.stat)


def forget(entry: Entry | None, found: Found, error: BaseException) -> None:
    """Remove an entry from the undo store after an error, unless the file that was `found` may be replaced already.

    An interrupt may come after the file got its new content; then the entry is its only original.  A `FileError` of
    our own is raised before, but one for an error of the system may not be: some report a rename that they have done.
    """
    is_before = isinstance(error, FileError) and error.__cause__ is None
    if entry and (is_before or not is_replaced(found)):
        with contextlib.suppress(OSError):  # an entry too many does no harm
            entry.forget()


def undo_file(path: str | Path, *, store: str | Path | None = None) -> None:
    """Restore the bytes, the mode and the modification time that a file had before it was last cleaned.

    Raises `FileError` if the undo store has no original of the file, or the file was changed after it was cleaned.

    >>> undo_file("nowhere.txt")
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: no such file
    """
    path = Path(path)
    found = locate(path)
    with explained(path, "the undo store cannot be read", "check the disk"):
        entries = _store(store).of(found.real)
    if not entries:
        raise FileError(f"{path}: nothing to undo: the undo store has no original of it")
    with explained(path, "cannot be read", "check the disk"):
        current = digest_of(found.real)
    entry = next((entry for entry in entries if entry.manifest.after == current), None)
    if entry is None:
        newest = entries[0]
        if newest.manifest.before == current:
            raise FileError(f"{path}: nothing to undo: it is the original")
        raise FileError(
            f"{path}: changed after it was cleaned, so it was left unchanged; its original is in {newest.old}"
        )
    with explained(path, "the undo store cannot be read", "check the disk"), open_regular(entry.old) as old:
        kept = hashlib.file_digest(old, "sha256").hexdigest()
    if kept != entry.manifest.before:
        raise FileError(f"{path}: the original in {entry.old} is damaged; the file was left unchanged")
    check_replaceable(path, found)
    # The special bits (setuid and others) are never given to a file that lacks them: the store may be a stranger's.
    mode = entry.manifest.mode & (0o777 | found.stat.st_mode)
    replace(path, found, chunks(entry.old), mode=mode, mtime_ns=entry.manifest.mtime_ns)
    for newer in entries[: entries.index(entry) + 1]:
        with contextlib.suppress(OSError):  # the store is read-only; the file is restored all the same
            newer.forget()


def sidecar_of(path: Path) -> Path:
    """Return the path of the sidecar of a file.

    >>> sidecar_of(Path("story.txt")).name
    'story.txt.cleanwire.json'
    """
    return path.with_name(path.name + SIDECAR)


def write_sidecar(report: FileReport, path: Path) -> None:
    """Write a report to the sidecar of `path`.

    Captions that were removed from the text exist only in the sidecar.  So an existing one is not replaced if nothing
    changed, and is kept inside the new one, under ``earlier``, if the file was changed and cleaned again.  Raises
    `FileError` if it cannot be written, or if the existing file is not a sidecar.
    """
    sidecar, found = sidecar_of(path), report.to_dict()
    if os.path.lexists(sidecar):
        if not report.changed:
            return
        try:
            if os.path.islink(sidecar):
                raise ValueError
            with open_regular(sidecar) as file:
                known = json.load(file)
            earlier = known.pop("earlier", [])
            if known["sha256"]["before"] != report.before:
                known.pop("text", None)
                earlier.append(known)
        except _NOT_A_SIDECAR as error:
            raise FileError(
                f"{sidecar}: is not a sidecar that cleanwire wrote, so both files were left unchanged; move it away"
            ) from error
        if earlier:
            found["earlier"] = earlier
    data = json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"
    write_file(sidecar, data, path, follow=False)


def _preview(data: bytes, path: Path, cleaner: Clean, limits: Limits) -> FileReport:
    try:
        inner = unpacked_bytes(data, limits)
        decoded = decode_text(inner)
        result = cleaner(decoded.text)
        after = decoded.unchanged(inner) if result.text == decoded.text else decoded.encode(result.text)
        after = data if after == inner else packed(after, detect(data))
    except (DecodeError, FormatError) as error:
        raise FileError(f"{path}: {error}") from error
    return FileReport(path, result, decoded.charset, decoded.newline, digest(data), after, after != data)


def _store(folder: str | Path | None) -> Store:
    return Store(Path(folder) if folder else default_folder())
