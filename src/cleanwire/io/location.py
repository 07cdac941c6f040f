"""Where data is read from or written to: a file, a folder, a pipe, or an address that fsspec opens."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

from cleanwire.errors import FileError
from cleanwire.io.own import open_regular
from cleanwire.io.suffixes import is_searched
from cleanwire.lazy import need

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_WILDCARDS = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True)
class Location:
    """A place that a name on the command line stands for; its string is the name.

    Only `is_folder`, `exists` and what opens or lists it ask the file system.

    >>> [Location(name).kind for name in ("-", "s3://bucket/news.jsonl", "news.jsonl")]
    ['pipe', 'address', 'file']
    """

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Literal["file", "folder", "pipe", "address"]:
        """Whether it is a file, a folder, the standard stream, or an address; what does not exist is a file.

        Raises `FileError` if the system does not say: a folder that is taken for a file would be overwritten.
        """
        if self.is_pipe:
            return "pipe"
        if self.is_address:
            return "address"
        try:
            return "folder" if stat.S_ISDIR(os.stat(self.name).st_mode) else "file"
        except (FileNotFoundError, NotADirectoryError, ValueError):  # no file has a name with a null character
            return "file"
        except OSError as error:
            raise FileError(f"{self.name}: cannot be read ({error.strerror})") from error

    @property
    def is_pipe(self) -> bool:
        """Whether it is stdin or stdout, which the name ``-`` stands for."""
        return self.name == "-"

    @property
    def is_address(self) -> bool:
        """Whether it is an address that fsspec opens."""
        return bool(_ADDRESS.match(self.name))

    @property
    def is_local(self) -> bool:
        """Whether it is a file or a folder on this machine."""
        return not self.is_pipe and not self.is_address

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, or as a target is to be one: its name ends in a slash."""
        return self.name.endswith("/") or self.kind == "folder"

    @property
    def has_wildcards(self) -> bool:
        """Whether it stands for the files that match it: it has wildcards, and no file has that name."""
        return bool(_WILDCARDS.search(self.name)) and not os.path.lexists(self.name)

    @property
    def path(self) -> Path:
        """The path of a file or folder on this machine."""
        return Path(self.name)

    @property
    def real(self) -> Path:
        """The path of a file or folder on this machine, absolute and with all links resolved."""
        return Path(os.path.realpath(self.name))

    @property
    def absolute(self) -> "Location":
        """The same location from any working folder."""
        return Location(os.path.abspath(self.name)) if self.is_local else self

    def inside(self, relative: str) -> "Location":
        """Return the location of a file in this folder.

        >>> Location("s3://bucket/clean/").inside("a.jsonl").name
        's3://bucket/clean/a.jsonl'
        """
        return Location(f"{self.name.rstrip('/')}/{relative}")

    def open(self) -> IO[bytes]:
        """Open a file or an address for reading; raise `FileError` for a pipe or a device."""
        if not self.is_address:
            return open_regular(self.path)
        return cast("IO[bytes]", _fsspec().open(self.name, "rb").open())

    def create(self) -> IO[bytes]:
        """Open an address for writing; most stores replace what exists when the stream is closed."""
        return cast("IO[bytes]", _fsspec().open(self.name, "wb").open())

    def expand(self) -> list[tuple["Location", str]]:
        """Return the files that an address with wildcards or of a folder stands for, each with its relative path.

        In a folder, only names with the suffix of a format count.
        """
        system, path = _fsspec().core.url_to_fs(self.name)
        if _WILDCARDS.search(path):
            files, top = sorted(system.glob(path)), None
        elif system.isdir(path):
            files, top = [file for file in sorted(system.find(path)) if is_searched(file)], path.rstrip("/") + "/"
        else:
            return [(self, path.rpartition("/")[2])]
        return [
            (Location(system.unstrip_protocol(file)), file.removeprefix(top) if top else file.rpartition("/")[2])
            for file in files
        ]

    def fingerprint(self) -> str:
        """Return what distinguishes one state of an address from another: a date, a size or a tag from its store."""
        system, path = _fsspec().core.url_to_fs(self.name)
        return str(system.ukey(path))


def make_folder_for(target: Location, source: Location) -> None:
    """Create the folder of `target`, a local file; raise `FileError` if that fails, or if it is the `source` itself."""
    if source.is_local and os.path.exists(target.name) and target.path.samefile(source.path):
        raise FileError(f"{source}: output is the same file as input; omit -o to clean in place")
    try:
        target.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{target}: cannot create its folder ({error.strerror}); choose another output") from error


def _fsspec() -> Any:
    return need("fsspec", "remote", "an address")
