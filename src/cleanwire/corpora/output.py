"""Where the cleaned blocks of a file go: over the file itself, to another file, to an address, or to stdout."""

import contextlib
import hashlib
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from cleanwire.corpora.blocks import Done
from cleanwire.corpora.checkpoint import State, state_of
from cleanwire.corpora.part_file import PartFile
from cleanwire.corpora.sinks import Nowhere, Pipe
from cleanwire.errors import FileError, FormatError
from cleanwire.formats.compression import compression_of
from cleanwire.formats.record import BLOCK, Table
from cleanwire.formats.source import Source, readable
from cleanwire.inplace import forget, keep
from cleanwire.io.atomic import make_folder, rename_over
from cleanwire.io.files import (
    CHUNK,
    NOTHING_WRITTEN,
    UNCHANGED,
    Found,
    check_replaceable,
    chunks,
    copy_attributes,
    digest_of,
    explained,
    locate,
    replacing,
    set_mode,
)
from cleanwire.io.location import Location, make_folder_for
from cleanwire.io.own import create_own
from cleanwire.io.suffixes import Compression, format_of

Record = Callable[[State | None], None]
"""Records that a file is finished, with the state that it will have; called before it is renamed."""

_NEW = ".cleanwire-new"


@dataclass(frozen=True)
class Writing:
    """How files are written: what identifies a run that is resumed, the state folder, and the undo store.

    With `dry_run` nothing is written.
    """

    identity: dict[str, Any] = field(default_factory=dict)
    state: Path = Path()
    resume: bool = False
    store: str | None = None
    undo: bool = True
    dry_run: bool = False


@dataclass
class Output:
    """A file of records while its cleaned blocks are written."""

    source: Source
    target: Location
    sink: PartFile | Pipe | Nowhere

    @property
    def changed(self) -> bool:
        """Whether the file will change: extra columns change even a table without rows."""
        return self.sink.changed or bool(self.source.format.add)

    def add(self, done: Done, errors_end: int) -> None:
        """Write the next block; raise `FileError` if the disk is full."""
        with self._explained():
            self.sink.add(done, errors_end)

    def finish(self, record: Record) -> None:
        """Complete the file and give it its name; raise `FileError` if that fails."""
        with self._explained():
            self.sink.end()
        record(None)

    def close(self) -> None:
        """Keep what was done, so that the run can be resumed."""
        self.sink.close()

    def discard(self) -> None:
        """Remove what was done."""
        self.sink.discard()

    def _explained(self) -> AbstractContextManager[None]:
        return explained("stdout" if self.target.is_pipe else self.target.name, "cannot be written", NOTHING_WRITTEN)


@dataclass
class DryRun(Output):
    """A file that is not written; `found` is the file that would be replaced, if one would be."""

    found: Found | None

    def finish(self, record: Record) -> None:
        """Raise `FileError` for a file that would change and must not be replaced."""
        if self.found and self.changed:
            check_replaceable(self.target.path, self.found)
        record(None)


@dataclass
class _Written(Output):
    """A file that is written under a temporary name; `before` is the state that its source had."""

    sink: PartFile
    before: State | None

    @property
    def new(self) -> Path:
        """The path at which a table or a copy is written."""
        return self.sink.part.with_name(self.sink.part.name + _NEW)

    def discard(self) -> None:
        """Remove what was done."""
        with contextlib.suppress(OSError):  # as for the other files, see `PartFile.discard`
            self.new.unlink()
        self.sink.discard()

    def _check_source(self) -> None:
        """Raise `FileError` if the source has changed since: the blocks would belong to two versions."""
        if self.before and state_of(self.source.stored.name) != self.before:
            raise FileError(
                f"{self.source.name}: modified by another process while being cleaned; {NOTHING_WRITTEN}; try again"
            )

    def _complete(self) -> Path:
        """Return the path of the complete file."""
        self._check_source()
        with self._explained():
            self.sink.end()
            if not self.source.is_table:
                return self.sink.part
            table = cast("Table", self.source.format)
            with self.source.stored.open() as file, open(self.sink.part, "rb") as parts, create_own(self.new) as new:
                table.assemble(file, parts, new)
            return self.new


@dataclass
class InPlace(_Written):
    """A file that is replaced by its cleaned version, if anything changed."""

    found: Found
    store: str | None
    undo: bool

    def add(self, done: Done, errors_end: int) -> None:
        """Write the next block; raise `FileError` at the first change of a file that must not be replaced."""
        if done.changed and not self.sink.changed:
            check_replaceable(self.target.path, self.found)
        super().add(done, errors_end)

    def finish(self, record: Record) -> None:
        """Keep the original for undo, and replace it."""
        path = self.target.path
        if not self.changed:
            record(state_of(self.found.real))
            self.discard()
            return
        check_replaceable(path, self.found)
        new = self._complete()
        original = chunks(self.found.real)
        entry = keep(path, self.found, original, digest_of(new), self.store) if self.undo else None
        try:
            state = copy_attributes(path, self.found, new)
            with replacing(path, self.found) as check, explained(path, "cannot be written", UNCHANGED):
                record((state.st_size, state.st_mtime_ns))
                rename_over(new, self.found.real, check)
        except BaseException as error:
            forget(entry, self.found, error)
            raise
        self.discard()


@dataclass
class Elsewhere(_Written):
    """Another local file; with `copies`, an unchanged source is copied byte for byte."""

    copies: bool

    def finish(self, record: Record) -> None:
        """Write the file; one that exists is replaced."""
        if self.copies and not self.changed:
            self._check_source()
            new = self.new
            with self._explained(), self.source.location.open() as file, create_own(new) as copy:
                shutil.copyfileobj(file, copy, CHUNK)
        else:
            new = self._complete()
        set_mode(self.target.path, new, self.source.location.path if self.source.location.is_local else None)
        with self._explained():
            record(state_of(new))
            rename_over(new, self.target.real)
        self.discard()


@dataclass
class Upload(_Written):
    """An address; the file is written on this machine and uploaded when it is complete."""

    def finish(self, record: Record) -> None:
        """Upload the file."""
        new = self._complete()
        with readable(self.target):
            upload(new, self.target)
        record(None)
        self.discard()


def upload(path: Path, address: Location) -> None:
    """Copy a local file to an address."""
    with open(path, "rb") as file, address.create() as remote:
        shutil.copyfileobj(file, remote, CHUNK)


def output_for(source: Source, target: Location | None, writing: Writing) -> tuple[Output, Compression]:
    """Begin or resume the output for `source`; return it, and the compression for its blocks.

    `target` is None to clean in place.  Raises `FileError` if nothing can be written there.
    """
    to_pipe = target is not None and target.is_pipe
    if source.is_table and (to_pipe or source.location.is_pipe):
        raise FormatError(f"{source.name}: {source.format.name} can't be read from or written to a pipe; name files")
    compression = _compression(source, target)
    framed = compression == "zst" and source.format.name != "warc"
    packing: Compression = "plain" if framed else compression
    if writing.dry_run:
        return _dry_run(source, target), "plain"
    if target is not None and target.is_pipe:
        return Output(source, target, Pipe(framed)), packing
    before = state_of(source.name)
    header = _header(source, before, compression, writing)
    # What comes through a pipe may be other data than before.
    resume = writing.resume and not source.location.is_pipe
    begin = partial(PartFile.open, header=header, framed=framed, resume=resume)
    if target is None:
        return _in_place(source, before, writing, begin), packing
    _check_suffix(source, target)
    if target.is_address:
        part = writing.state / "parts" / hashlib.sha256(target.name.encode()).hexdigest()[:32]
        with explained(part.parent, "cannot be created", "set CLEANWIRE_STATE to a writable folder"):
            make_folder(part.parent)
        return Upload(source, target, begin(part), before), packing
    make_folder_for(target, source.location)
    copies = compression == source.compression and not source.location.is_pipe  # a pipe can't be read again
    return Elsewhere(source, target, begin(target.real), before, copies), packing


def _dry_run(source: Source, target: Location | None) -> DryRun:
    if target is None:
        return DryRun(source, source.location, Nowhere(), _located(source))
    if not target.is_pipe:
        _check_suffix(source, target)
    return DryRun(source, target, Nowhere(), None)


def _compression(source: Source, target: Location | None) -> Compression:
    """Return the compression for the target; a table compresses its own columns."""
    if target is None or target.is_pipe or source.is_table:
        return source.compression
    return compression_of(target.name, source.name, source.compression)


def _check_suffix(source: Source, target: Location) -> None:
    named = format_of(target.name)
    if named and named not in (source.format.name, format_of(source.name)):  # a .json file may be JSON Lines
        raise FormatError(
            f"{source.name}: is {source.format.name} and {target} is named {named}, but formats are not converted; "
            "use the same suffix"
        )


def _in_place(source: Source, before: State | None, writing: Writing, begin: Callable[[Path], PartFile]) -> InPlace:
    found = _located(source)
    return InPlace(source, source.location, begin(found.real), before, found, writing.store, writing.undo)


def _located(source: Source) -> Found:
    """Return the file to clean in place; raise `FileError` for an address."""
    if source.location.is_address:
        raise FileError(f"{source.name}: an address can't be cleaned in place; choose an output with -o")
    return locate(source.location.path)


def _header(source: Source, before: State | None, compression: Compression, writing: Writing) -> dict[str, Any]:
    """Return all that the blocks depend on: a journal with another header cannot be resumed."""
    location = source.location
    if location.is_address:
        with readable(location):
            state: Any = location.fingerprint()
    else:
        state = before
    return {
        "source": location.name if location.is_address else str(location.real),
        "state": state,
        "format": repr(source.format),
        "compression": compression,
        "block": BLOCK,
        **writing.identity,
    }
