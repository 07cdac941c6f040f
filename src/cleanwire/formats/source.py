"""A file to read records from: on this machine or not, compressed or not, in a format that is told by what it holds."""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, NamedTuple, cast

from cleanwire.errors import CleanwireError, FileError, FormatError, MissingError
from cleanwire.formats import csv, ipc, jsonl, parquet
from cleanwire.formats.compression import MAGIC, SUFFIXES, Compression, damage, detect, unpacked
from cleanwire.formats.extras import need
from cleanwire.formats.record import BLOCK, URL, Format
from cleanwire.formats.text import Text
from cleanwire.formats.warc import Warc

FORMATS = ("text", "jsonl", "csv", "tsv", "parquet", "arrow", "warc")
"""What `--as` takes."""

TABLES = ("parquet", "arrow")
"""The formats that are written whole, from parts; see `cleanwire.formats.record.Table`."""

NAMES = {
    ".txt": "text", ".text": "text", ".md": "text", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv",
    ".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow", ".warc": "warc", ".wet": "warc",
}  # fmt: skip
"""The formats by the endings of names, before that of a compression."""

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Opened(NamedTuple):
    """An open file: the stream of what is in it, and the file itself, whose place says how far it was read."""

    stream: IO[bytes]
    file: IO[bytes]


@dataclass(frozen=True)
class Source:
    """A file: what it is called, where it lies, its compression, and the format of its records."""

    name: str
    place: str
    compression: Compression
    format: Format

    @contextlib.contextmanager
    def opened(self) -> Iterator[Opened]:
        """Open the file."""
        with readable(self.name), open_bytes(self.place) as file, unpacked(file, self.compression) as stream:
            yield Opened(stream, file)


def is_remote(name: str) -> bool:
    """Whether a name is an address that fsspec reads.

    >>> is_remote("s3://bucket/news.jsonl"), is_remote("news.jsonl")
    (True, False)
    """
    return bool(_URL.match(name))


def format_of(name: str) -> str | None:
    """Tell a format by the ending of a name.

    >>> format_of("news.JSONL.gz"), format_of("news")
    ('jsonl', None)
    """
    stem, suffix = os.path.splitext(name.lower())
    return NAMES.get(os.path.splitext(stem)[1] if suffix in SUFFIXES else suffix)


def open_bytes(name: str) -> IO[bytes]:
    """Open a file or an address for reading."""
    if not is_remote(name):
        return open(name, "rb")
    return cast("IO[bytes]", _fsspec().open(name, "rb").open())


def create_bytes(name: str) -> IO[bytes]:
    """Open an address for writing; what is there is replaced when the stream is closed, on the stores that can."""
    return cast("IO[bytes]", _fsspec().open(name, "wb").open())


def expand(name: str) -> list[tuple[str, str]]:
    """Return the addresses that one with wildcards, or that of a folder, stands for, with their places in it; sorted.

    Raises `FileError` where it cannot be read.
    """
    with readable(name):
        system, path = _fsspec().core.url_to_fs(name)
        if any(mark in path for mark in "*?["):
            return [(system.unstrip_protocol(file), file.rpartition("/")[2]) for file in sorted(system.glob(path))]
        if not system.isdir(path):
            return [(name, path.rpartition("/")[2])]
        top = path.rstrip("/") + "/"
        found = [file for file in sorted(system.find(path)) if format_of(file)]
        return [(system.unstrip_protocol(file), file.removeprefix(top)) for file in found]


def fingerprint(name: str) -> str:
    """Return what tells one state of an address from another, as far as its store knows: a date, a size, a tag."""
    with readable(name):
        system, path = _fsspec().core.url_to_fs(name)
        return str(system.ukey(path))


def recognise(
    name: str,
    wanted: str | None,
    column: str | None,
    add: tuple[str, ...],
    place: str | None = None,
    url: str | None = None,
) -> Source:
    """Look into a file and tell its compression, its format, unless that is `wanted`, and the column of its texts.

    It lies at `place` where that is not its name; `url` names the column of the addresses of records, if those are
    to be read.

    Raises `FileError` for what cannot be read, `FormatError` for what is in no known format or lacks a column; only the
    addresses may be absent under the name of `URL`.
    """
    found = _recognised(name, wanted, column, add, place or name, url)
    if url not in (None, URL) and found.format.column and not found.format.has_url:
        raise FormatError(f"{name}: has no column {url!r} of addresses; name it by --url-column")
    return found


def _recognised(
    name: str, wanted: str | None, column: str | None, add: tuple[str, ...], place: str, url: str | None
) -> Source:
    with readable(name), open_bytes(place) as file:
        compression = detect(file.read(MAGIC))
        file.seek(0)
        with unpacked(file, compression) as stream:
            head = stream.read(BLOCK)
            kind = wanted or _kind(name, head)
            if column and kind in ("text", "warc"):
                raise FormatError(f"is read as {kind}, which has no columns, so --column {column} means nothing")
            if add and kind in ("text", "warc"):
                raise FormatError(f"is read as {kind}, to which no columns can be added; use --sidecar for texts")
            if kind in TABLES:
                if compression != "plain":
                    raise FormatError(f"is {kind} within {compression}, which can't be read in places; unpack it first")
                look = parquet.look if kind == "parquet" else ipc.look
                file.seek(0)
                return Source(name, place, compression, look(file, column, add, url))
            found: Format
            if kind == "jsonl":
                found = jsonl.look(head, column, len(head) < BLOCK, add, url)
            elif kind == "warc":
                if head and not head.startswith(b"WARC/"):
                    raise FormatError("is no WARC file")
                found = Warc()
            elif kind == "text":
                found = Text()
            else:
                found = csv.look(head, column, add, kind, url)
            return Source(name, place, compression, found)


@contextlib.contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what reading a file raises into a `FileError` that names the file."""
    try:
        yield
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from error
    except CleanwireError:
        raise
    except FileNotFoundError as error:
        raise FileError(f"{name}: there is no such file") from error
    except IsADirectoryError as error:
        raise FileError(f"{name}: is a folder; name the files in it") from error
    except ImportError as error:  # fsspec says which library an address needs
        raise MissingError(f"{name}: {error}") from error
    except Exception as error:  # compression and file systems have errors of their own; what is none of them goes on
        if wrong := damage(error):
            raise FileError(f"{name}: {wrong}") from error
        if isinstance(error, OSError) or is_remote(name):
            raise FileError(f"{name}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
        raise


def holds_records(name: str, head: bytes) -> bool:
    """Whether the first bytes of a file without a known name say that it is no text but a file of records."""
    return _kind(name, head) != "text"


def _kind(name: str, head: bytes) -> str:
    """Tell a format by what the file holds, else by its name, else take it for a text."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((ipc.FILE, ipc.STREAM)):
        return "arrow"
    if head.startswith(b"WARC/1"):
        return "warc"
    if head.startswith(b"FEA1"):
        raise FormatError("is Feather of the first version; write it anew as Arrow")
    known = format_of(name)
    if known in TABLES and head:
        raise FormatError(f"is called {known}, but is none; name its format by --as")
    if known is None and os.path.splitext(name.lower())[1] == ".json":
        raise FormatError("is JSON; for JSON lines, name their format by --as jsonl")
    return known or "text"


def _fsspec() -> Any:
    return need("fsspec", "remote", "an address")
