"""Where the clean blocks of a file go: over the file itself, to another one, to an address, or down a pipe."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from cleanwire.corpora.ledger import State, state_of
from cleanwire.corpora.spool import Progress, Spool
from cleanwire.corpora.texts import make_room
from cleanwire.corpora.work import Done
from cleanwire.errors import FileError, FormatError
from cleanwire.formats.compression import Compression, Frame, compression_of
from cleanwire.formats.record import BLOCK, Table
from cleanwire.formats.source import (
    TABLES,
    Source,
    create_bytes,
    fingerprint,
    format_of,
    is_remote,
    open_bytes,
    readable,
)
from cleanwire.inplace import keep
from cleanwire.io.files import CHUNK, Found, chunks, digest_of, dress, explained, guard, install, locate, prepare

Note = Callable[[State | None], None]
"""Writes down that a file is finished, with the state that it will have; called before it takes its name."""

_NEW = ".cleanwire-new"


@dataclass
class Pipe(Progress):
    """Blocks that go straight to stdout, and cannot be gone on with."""

    framed: bool
    _frame: Frame | None = None

    def add(self, done: Done, errors_end: int) -> None:
        """Write a block."""
        if self.framed and self._frame is None:
            self._frame = Frame()
        sys.stdout.buffer.write(self._frame.add(done.data) if self._frame else done.data)
        self.places += done.places
        self.changed = self.changed or done.changed
        self.tally += done.tally
        self.errors_end = errors_end

    def end(self) -> None:
        """Write what closes the stream."""
        if self._frame:
            sys.stdout.buffer.write(self._frame.end())
        sys.stdout.buffer.flush()

    def close(self) -> None:
        """Leave what went down the pipe."""

    discard = close


@dataclass
class Output:
    """A file of records while its clean blocks are written."""

    source: Source
    target: str
    spool: Spool | Pipe

    @property
    def changed(self) -> bool:
        """Whether the file will be another: a table gets the columns that are added, though it may have no rows."""
        return self.spool.changed or bool(self.source.format.add)

    def add(self, done: Done, errors_end: int) -> None:
        """Write the next block; raises `FileError` where the disk is full."""
        with explained(self.target, "cannot be written", "nothing was changed"):
            self.spool.add(done, errors_end)

    def finish(self, note: Note) -> None:
        """Give the file its name; raises `FileError` where that cannot be."""
        with explained(self.target, "cannot be written", "nothing was changed"):
            self.spool.end()
        note(None)

    def close(self) -> None:
        """Leave what was done, for a run that goes on with it."""
        self.spool.close()

    def discard(self) -> None:
        """Take away what was done."""
        self.spool.discard()


@dataclass
class _Written(Output):
    """A file that is written beside its place, and then put there; `before` is the state that its source had."""

    spool: Spool
    before: State | None

    @property
    def new(self) -> Path:
        """Where a table, or a copy, is written."""
        return self.spool.part.with_name(self.spool.part.name + _NEW)

    def discard(self) -> None:
        """Take away what was done."""
        self.new.unlink(missing_ok=True)
        self.spool.discard()

    def _demand_same(self) -> None:
        """Refuse a source that is another than when it was begun: the blocks would be of two files."""
        if self.before and state_of(self.source.place) != self.before:
            raise FileError(f"{self.source.name}: somebody wrote to it meanwhile, so nothing was changed; try again")

    def _whole(self) -> Path:
        """Return the path of the whole file."""
        self._demand_same()
        with explained(self.target, "cannot be written", "nothing was changed"):
            self.spool.end()
            if self.source.format.name not in TABLES:
                return self.spool.part
            table = cast("Table", self.source.format)
            with (
                open_bytes(self.source.name) as file,
                open(self.spool.part, "rb") as parts,
                open(self.new, "wb") as new,
            ):
                table.assemble(file, parts, new)
            return self.new


@dataclass
class InPlace(_Written):
    """A file that is replaced when it is clean, if anything changed."""

    found: Found
    store: str | None
    undo: bool

    def add(self, done: Done, errors_end: int) -> None:
        """Write the next block; raises `FileError` as soon as it is known that the file must not be replaced."""
        if done.changed and not self.spool.changed:
            guard(Path(self.source.name), self.found)
        super().add(done, errors_end)

    def finish(self, note: Note) -> None:
        """Keep the old file for undo, and put the new one in its place."""
        path = Path(self.source.name)
        if not self.changed:
            note(state_of(self.found.real))
            self.discard()
            return
        guard(path, self.found)
        whole = self._whole()
        old = chunks(self.found.real)
        entry = keep(path, self.found, old, digest_of(whole), self.store) if self.undo else None
        try:
            # Keeping a large file takes its time: only now is it seen whether somebody wrote to it.
            state = dress(path, self.found, whole)
            note((state.st_size, state.st_mtime_ns))
            install(path, whole, self.found.real)
        except BaseException:
            if entry:
                entry.forget()
            raise
        self.discard()


@dataclass
class Elsewhere(_Written):
    """Another file on this machine; where nothing changed it is a copy."""

    same: bool

    def finish(self, note: Note) -> None:
        """Put the file in its place; one that was there is replaced."""
        target = Path(self.target)
        if self.same and not self.changed:
            self._demand_same()
            whole = self.new
            with explained(target, "cannot be written", "nothing was changed"):
                _copy(self.source.name, whole)
        else:
            whole = self._whole()
        prepare(target, whole, None if is_remote(self.source.name) else Path(self.source.name))
        note(state_of(whole))
        install(target, whole, Path(os.path.realpath(target)))
        self.discard()


@dataclass
class Upload(_Written):
    """An address; what is written lies on this machine until it is whole."""

    def finish(self, note: Note) -> None:
        """Send the file to its address."""
        whole = self._whole()
        with readable(self.target):
            upload(whole, self.target)
        note(None)
        self.discard()


def _copy(name: str, path: Path) -> None:
    with open_bytes(name) as file, open(path, "wb") as new:
        shutil.copyfileobj(file, new, CHUNK)


def upload(path: Path, address: str) -> None:
    """Copy a file to an address."""
    with open(path, "rb") as file, create_bytes(address) as remote:
        shutil.copyfileobj(file, remote, CHUNK)


def output_for(
    source: Source,
    target: str | None,
    identity: dict[str, Any],
    state: Path,
    *,
    resume: bool,
    store: str | None,
    undo: bool,
) -> tuple[Output, Compression]:
    """Begin to write what comes of `source`, or go on; return it, and how its blocks have to be compressed.

    `target` is None for the file itself, ``-`` for stdout, else a path or an address.  Raises `FileError` where nothing
    can be written there.
    """
    table = source.format.name in TABLES
    compression = source.compression
    if target not in (None, "-") and not table:
        compression = compression_of(str(target), source.name, compression)
    framed = compression == "zst" and source.format.name != "warc"
    packing: Compression = "plain" if framed else compression
    if table and "-" in (target, source.name):
        raise FormatError(f"{source.name}: {source.format.name} can't go through a pipe; name files")
    if target == "-":
        return Output(source, "stdout", Pipe(framed)), packing
    remote = is_remote(source.name)
    before = state_of(source.name)
    header = {
        "source": source.name if remote else os.path.realpath(source.name),
        "state": fingerprint(source.name) if remote else before,
        "format": repr(source.format),
        "compression": compression,
        "block": BLOCK,
        **identity,
    }
    if target is None:
        if remote:
            raise FileError(f"{source.name}: an address can't be cleaned in place; say by -o where it goes")
        found = locate(Path(source.name))
        spool = Spool.open(found.real, header, framed=framed, resume=resume)
        return InPlace(source, source.name, spool, before, found, store, undo), packing
    named = format_of(target)
    if named and named != source.format.name:
        raise FormatError(
            f"{source.name}: is {source.format.name}, and formats are not converted, so not into {target}"
        )
    if is_remote(target):
        place = state / "parts" / f"{hashlib.sha256(target.encode()).hexdigest()[:32]}"
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        spool = Spool.open(place, header, framed=framed, resume=resume)
        return Upload(source, target, spool, before), packing
    make_room(None if remote else Path(source.name), Path(target))
    spool = Spool.open(Path(os.path.realpath(target)), header, framed=framed, resume=resume)
    return Elsewhere(source, target, spool, before, compression == source.compression), packing
