"""A source of records: its location, its compression, and its format, which is detected by its content."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO, NamedTuple, cast

from cleanwire.errors import CleanwireError, FileError, FormatError, MissingError
from cleanwire.formats.compression import MAGIC, damage, detect, unpacked
from cleanwire.formats.foreign import is_array_of_rows, is_object_a_line
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import BLOCK, URL, Format, Sample
from cleanwire.io.files import explained
from cleanwire.io.location import Location
from cleanwire.io.suffixes import TABLES, Compression, format_by_content, format_of, format_suffix, module_of


class Opened(NamedTuple):
    """An open source: its decompressed stream, and the file itself, whose position tells how much was read."""

    stream: IO[bytes]
    file: IO[bytes]


@dataclass(frozen=True)
class Source:
    """A file of records: its location as it was named, its compression, and the format of its records.

    `stored` is where its bytes are, which differs for a pipe that was copied to a file.
    """

    location: Location
    stored: Location
    compression: Compression
    format: Format
    limits: Limits = LIMITS

    @property
    def name(self) -> str:
        """The name for messages."""
        return self.location.name

    @property
    def is_table(self) -> bool:
        """Whether its format is written as a whole."""
        return self.format.name in TABLES

    @contextlib.contextmanager
    def opened(self) -> Iterator[Opened]:
        """Open the source."""
        with readable(self.location), self.stored.open() as file, self._unpacked(file) as stream:
            yield Opened(stream, file)

    def _unpacked(self, file: IO[bytes]) -> IO[bytes]:
        return unpacked(file, self.compression, self.limits)


@dataclass(frozen=True)
class Reading:
    """How records are read: their format and text column, each None to find it, and the extra columns to add.

    `url` is the address column, or None if addresses are not read; `limits` are what a file may ask for at most.
    """

    format: str | None = None
    column: str | None = None
    add: tuple[str, ...] = ()
    url: str | None = None
    limits: Limits = LIMITS


def recognise(location: Location, reading: Reading, stored: Location | None = None) -> Source:
    """Return a source: detect the compression, the format and the columns of what is at a location.

    `stored` is where its bytes are, if not at `location`.  Raises `FileError` for what cannot be read, and
    `FormatError` for an unknown format or a missing column; only the column `URL` may be absent.
    """
    stored = stored or location
    with readable(location), stored.open() as file:
        compression = detect(file.read(MAGIC))
        file.seek(0)
        with unpacked(file, compression, reading.limits) as stream:
            head = stream.read(BLOCK)
            name = reading.format or _detect_format(location.name, head)
            if name in TABLES:
                if compression != "plain":
                    raise FormatError(
                        f"is {name} inside {compression}, which can't be read in parts; decompress it first"
                    )
                file.seek(0)
            found = _look(Sample(head, name, file, reading.column, reading.add, reading.url, reading.limits))
    if reading.url not in (None, URL) and found.column and not found.has_url:
        raise FormatError(f"{location}: has no address column {reading.url!r}; choose one with --url-column")
    return Source(location, stored, compression, found, reading.limits)


def _look(sample: Sample) -> Format:
    """Return the format that is called `sample.format`, with the columns that its module finds."""
    module = import_module(f"cleanwire.formats.{module_of(sample.format)}")
    return cast("Format", module.look(sample))


@contextlib.contextmanager
def readable(location: Location) -> Iterator[None]:
    """Turn errors from reading into `FileError`s that name the location."""
    try:
        yield
    except FormatError as error:
        raise FormatError(f"{location}: {error}") from error
    except CleanwireError:
        raise
    except FileNotFoundError as error:
        raise FileError(f"{location}: no such file") from error
    except IsADirectoryError as error:
        raise FileError(f"{location}: is a folder; name the files in it") from error
    except ImportError as error:  # fsspec says which library an address needs
        raise MissingError(f"{location}: {error}; install them with pip") from error
    except Exception as error:  # compression, file systems and formats have their own errors
        what = damage(error) or f"cannot be read ({getattr(error, 'strerror', None) or _described(error)})"
        raise FileError(f"{location}: {what}") from error


@contextlib.contextmanager
def copied(stream: IO[bytes]) -> Iterator[Location]:
    """Copy a stream, which can be read only once, to a temporary file; provide where that is.

    Raises `FileError` if it cannot be read, or copied.
    """
    full = ("stdin", "cannot be copied to a temporary file", "set TMPDIR to a folder with free space")
    with explained(*full):
        handle, name = tempfile.mkstemp(prefix="cleanwire-")
    try:
        with explained(*full), open(handle, "wb") as file:
            shutil.copyfileobj(stream, file)
        yield Location(name)
    finally:
        with contextlib.suppress(OSError):  # the system empties the folder of temporary files
            os.unlink(name)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def is_text_file(location: Location, wanted: str | None) -> bool:
    """Return True for a text, which is cleaned as a whole, by the `wanted` format, its name, or else its first bytes.

    A text at an address is read as a record.
    """
    if location.is_address:
        return False
    if known := wanted or (None if location.is_pipe else format_of(location.name)):
        return known == "text"
    if location.is_pipe:
        return True
    try:
        with location.open() as file:
            return _detect_format(location.name, file.read(MAGIC)) == "text"
    except FormatError:
        return False
    except (OSError, FileError):
        return True  # the error is reported when it is read


def _detect_format(name: str, head: bytes) -> str:
    """Return the format by the first bytes, else by the suffix, else ``text``."""
    if found := format_by_content(head):
        return found
    if head.startswith(b"FEA1"):
        raise FormatError("is Feather version 1, which is not supported; convert it to Arrow")
    named = format_of(name)
    if named in TABLES and head:
        suffix = format_suffix(name)
        title = "a Parquet" if named == "parquet" else "an Arrow"
        raise FormatError(f"has the suffix {suffix} but isn't {title} file; choose its format with --as")
    if named == "json" and is_object_a_line(head):
        return "jsonl"  # the suffix of many files of JSON Lines
    if named == "jsonl" and is_array_of_rows(head):
        return "json"
    return named or "text"
