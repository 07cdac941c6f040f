"""Calls to the system, counted, and made to fail one by one, with each error that they can give.

A call is what Python asks of the system: a function of `os`, a read, a write, a truncation or a close of a file, the
next name of a folder, a lock, a statement of SQLite.  What these do inside (SQLite makes system calls of its own) fails
with the error that they report.
"""

import builtins
import errno
import fcntl
import io
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple

import pytest

NAMES = (
    "chmod", "chown", "close", "fsync", "fstat", "getxattr", "link", "listdir", "listxattr", "lstat", "mkdir", "open",
    "readlink", "rename", "replace", "rmdir", "setxattr", "stat", "unlink", "utime",
)  # fmt: skip
"""Functions of `os` through which files are found, written and renamed; `scandir`, `open` and `fdopen` are wrapped."""
UNFAILING = frozenset({
    "access", "close", "fspath", "fsencode", "getcwd", "getegid", "geteuid", "getpid", "getuid", "isatty", "lseek",
    "seek", "tell", "umask", "urandom", "register_at_fork", "sched_getaffinity", "cpu_count", "get_terminal_size",
    "_path_normpath", "is_dir", "is_file", "is_symlink",
})  # fmt: skip
"""Functions that ask the system nothing, or whose errors, if there are any, cannot depend on the disk."""

_ANY = ("EIO", "ESTALE", "ETIMEDOUT", "EINTR")  # a damaged disk; network file systems, which NFS may mount softly
_LOOKUP = ("EACCES", "ELOOP", "ENAMETOOLONG", "ENOENT", "ENOMEM", "ENOTDIR")  # of a path
_HANDLE = ("EMFILE", "ENFILE", "ENOMEM")  # what gives a handle
_NAMED = ("EBUSY", "EDQUOT", "ENOSPC", "EPERM", "EROFS")  # what changes a folder
_SPACE = ("EDQUOT", "EFBIG", "ENOSPC")  # errors for lack of space
_OWNER = ("EPERM", "EROFS", "EDQUOT", "ENOSPC", "ENOTSUP", "EINVAL", "ENOSYS")  # what changes attributes

ERRORS: dict[str, tuple[str, ...]] = {
    "chmod": (*_ANY, *_LOOKUP, *_OWNER),
    "chown": (*_ANY, *_LOOKUP, *_OWNER),
    "close": (*_ANY, *_SPACE),
    "close file": (*_ANY, *_SPACE),
    "fsync": (*_ANY, *_SPACE, "EBADF", "EINVAL", "ENOSYS", "ENOTSUP", "EROFS"),
    "fstat": (*_ANY, "EOVERFLOW"),
    "getxattr": (*_ANY, *_LOOKUP, "ENODATA", "ENOTSUP", "EPERM", "ERANGE"),
    "link": (*_ANY, *_LOOKUP, *_NAMED, "EEXIST", "EMLINK", "EXDEV"),
    "listdir": (*_ANY, *_LOOKUP, *_HANDLE),
    "listxattr": (*_ANY, *_LOOKUP, "ENOTSUP", "EPERM", "ERANGE"),
    "lock": (*_ANY, "EAGAIN", "EBADF", "ENOLCK", "ENOSYS", "ENOTSUP"),
    "lstat": (*_ANY, *_LOOKUP, "EOVERFLOW"),
    "mkdir": (*_ANY, *_LOOKUP, *_NAMED, "EEXIST", "EMLINK"),
    "open": (*_ANY, *_LOOKUP, *_HANDLE, *_NAMED, "EEXIST", "EISDIR", "ENXIO", "EOVERFLOW", "ETXTBSY"),
    "open file": (*_ANY, *_LOOKUP, *_HANDLE, *_NAMED, "EEXIST", "EISDIR", "ENXIO", "EOVERFLOW", "ETXTBSY"),
    "read": (*_ANY, "EAGAIN", "EISDIR"),
    "readdir": (*_ANY, "ENOENT"),
    "readlink": (*_ANY, *_LOOKUP, "EINVAL"),
    "rename": (*_ANY, *_LOOKUP, *_NAMED, "EEXIST", "EISDIR", "EMLINK", "EXDEV"),
    "replace": (*_ANY, *_LOOKUP, *_NAMED, "EEXIST", "EISDIR", "EMLINK", "EXDEV"),
    "rmdir": (*_ANY, *_LOOKUP, *_NAMED, "ENOTEMPTY"),
    "scandir": (*_ANY, *_LOOKUP, *_HANDLE),
    "setxattr": (*_ANY, *_LOOKUP, *_OWNER),
    "stat": (*_ANY, *_LOOKUP, "EOVERFLOW"),
    "truncate": (*_ANY, *_SPACE, "EINVAL", "EPERM", "EROFS"),
    "unlink": (*_ANY, *_LOOKUP, *_NAMED, "EISDIR"),
    "utime": (*_ANY, *_LOOKUP, "EPERM", "EROFS"),
    "write": (*_ANY, *_SPACE, "EAGAIN", "EPERM", "EROFS"),
}
"""The errors that each call may give, by the manual pages of Linux, with those of network file systems."""
DONE = ("EIO", "ETIMEDOUT")
"""Errors that network file systems report of calls that they have done: the answer was lost."""
CHANGING = (
    "chmod", "chown", "close", "close file", "fsync", "link", "mkdir", "rename", "replace", "rmdir", "truncate",
    "unlink",
)  # fmt: skip
"""Calls that may be done although an error is reported; a file or a handle is closed whatever is reported."""
SQLITE: dict[str, type[sqlite3.Error]] = {
    "attempt to write a readonly database": sqlite3.OperationalError,
    "database disk image is malformed": sqlite3.DatabaseError,
    "database is locked": sqlite3.OperationalError,
    "database or disk is full": sqlite3.OperationalError,
    "disk I/O error": sqlite3.OperationalError,
    "file is not a database": sqlite3.DatabaseError,
    "unable to open database file": sqlite3.OperationalError,
}
"""What SQLite makes of the errors of its own calls to the system."""

Hook = Callable[[str], None]


class Fault(NamedTuple):
    """What happens at a call: `before` it is done, or `after`."""

    label: str
    before: Hook | None = None
    after: Hook | None = None


NOTHING = Fault("nothing")


class Calls:
    """Counts calls, and lets a fault happen at the one of the number `at`, from 1, if that has the name `name`.

    Without a name it happens whatever the call is.
    """

    def __init__(self, at: int = 0, fault: Fault = NOTHING, name: str = "") -> None:
        self.at, self.fault, self.name = at, fault, name
        self.names: list[str] = []
        self.depth = 0
        """How many calls are being made now: what is done inside them is theirs."""

    def made(self, name: str, call: Callable[[], Any]) -> Any:
        self.names.append(name)
        here = len(self.names) == self.at and self.name in ("", name)
        if here and self.fault.before:
            self.fault.before(name)
        self.depth += 1
        try:
            found = call()
        finally:
            self.depth -= 1
        if here and self.fault.after:
            self.fault.after(name)
        return found

    @property
    def hit(self) -> bool:
        """Whether the call was made."""
        return 0 < self.at <= len(self.names) and self.name in ("", self.names[self.at - 1])


def failing(code: int) -> Hook:
    """Return a hook that raises the error of the system with a number."""

    def fail(_: str) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def failing_in_sqlite(message: str) -> Hook:
    """Return a hook that raises an error of SQLite."""

    def fail(_: str) -> None:
        raise SQLITE[message](message)

    return fail


def interrupt(_: str) -> None:
    raise KeyboardInterrupt


def faults_of(name: str) -> Iterator[Fault]:
    """Yield everything that can happen at a call: Ctrl-C, each error, and each error of a call that was done.

    >>> [fault.label for fault in faults_of("readdir")]
    ['interrupt before', 'interrupt after', 'EIO', 'ESTALE', 'ETIMEDOUT', 'EINTR', 'ENOENT']
    """
    if name != "close file":  # a file is closed by C, which no interrupt enters
        yield Fault("interrupt before", interrupt)
    yield Fault("interrupt after", None, interrupt)
    if name.startswith("sqlite"):
        yield from (Fault(message, failing_in_sqlite(message)) for message in SQLITE)
        return
    if not name.startswith("close"):  # a handle is closed whatever is reported
        yield from (Fault(code, failing(getattr(errno, code))) for code in ERRORS[name])
    if name in CHANGING:
        done = ERRORS[name] if name.startswith("close") else DONE
        yield from (Fault(f"{code}, but done", None, failing(getattr(errno, code))) for code in done)


def faults_at(names: list[str], stride: int, begin: int) -> Iterator[tuple[int, Fault]]:
    """Yield one in `stride` of all faults of the calls with these names, with the number of the call.

    If `stride` is 0, each fault of each name is yielded once; `begin` chooses the call.
    """
    every = [(at, fault) for at, name in enumerate(names, 1) for fault in faults_of(name)]
    if stride:
        yield from every[begin % stride :: stride]
        return
    alike: dict[tuple[str, str], list[tuple[int, Fault]]] = {}
    for at, fault in every:
        alike.setdefault((names[at - 1], fault.label), []).append((at, fault))
    yield from (group[begin % len(group)] for group in alike.values())


@contextmanager
def counted(calls: Calls) -> Iterator[Calls]:
    """Let all calls that find, read, write and rename files go through `calls`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setattr(os, name, _wrapped(calls, name, getattr(os, name)))
        opened = _opened(calls)
        patch.setattr(os, "fdopen", opened)
        patch.setattr(io, "open", opened)
        patch.setattr(builtins, "open", opened)
        patch.setattr(os, "scandir", _scandir(calls))
        patch.setattr(fcntl, "flock", _wrapped(calls, "lock", fcntl.flock))
        patch.setattr(sqlite3, "connect", _connect(calls))
        yield calls


def _wrapped(calls: Calls, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **named: calls.made(name, lambda: function(*args, **named))


def _opened(calls: Calls) -> Callable[..., Any]:
    class Raw(io.FileIO):
        """A file whose reads, writes, truncations and closing are calls, too."""

        def write(self, data: Any) -> int:
            written: int = calls.made("write", lambda: super(Raw, self).write(data))
            return written

        def readinto(self, buffer: Any) -> int:
            read: int = calls.made("read", lambda: super(Raw, self).readinto(buffer))
            return read

        def readall(self) -> bytes:
            read: bytes = calls.made("read", super().readall)
            return read

        def truncate(self, size: int | None = None) -> int:
            cut: int = calls.made("truncate", lambda: super(Raw, self).truncate(size))
            return cut

        def close(self) -> None:
            if not self.closed:
                calls.made("close file", super().close)

    def opened(
        file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, errors: str | None = None,
        newline: str | None = None, closefd: bool = True, opener: Any = None,
    ) -> Any:  # fmt: skip
        raw = calls.made("open file", lambda: Raw(file, mode.translate({98: "", 116: ""}), closefd, opener))
        if buffering == 0:
            return raw
        if "+" in mode:
            whole: Any = io.BufferedRandom(raw)
        else:
            whole = io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding, errors, newline)

    return opened


def _scandir(calls: Calls) -> Callable[..., Any]:
    real = os.scandir

    class Entries:
        """A folder each of whose names is a call."""

        def __init__(self, path: Any) -> None:
            self._entries = calls.made("scandir", lambda: real(path))

        def __iter__(self) -> "Entries":
            return self

        def __next__(self) -> "os.DirEntry[Any]":
            found: os.DirEntry[Any] = calls.made("readdir", lambda: next(self._entries))
            return found

        def __enter__(self) -> "Entries":
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def close(self) -> None:
            self._entries.close()

    return lambda path=".": Entries(path)


def _connect(calls: Calls) -> Callable[..., Any]:
    real = sqlite3.connect

    class Connection(sqlite3.Connection):
        """A database whose statements and commits are calls."""

        def execute(self, *args: Any) -> sqlite3.Cursor:
            found: sqlite3.Cursor = calls.made("sqlite execute", lambda: super(Connection, self).execute(*args))
            return found

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            found: sqlite3.Cursor = calls.made("sqlite executemany", lambda: super(Connection, self).executemany(*args))
            return found

        def __exit__(self, *args: Any) -> Any:
            return calls.made("sqlite commit", lambda: super(Connection, self).__exit__(*args))

    def connect(*args: Any, **named: Any) -> Any:
        return calls.made("sqlite connect", lambda: real(*args, **named, factory=Connection))

    return connect


@contextmanager
def uncounted(calls: Calls) -> Iterator[set[str]]:
    """Collect the functions that ask the system for something and that no call of `calls` has made."""
    found: set[str] = set()

    def look(frame: FrameType, event: str, function: Any) -> None:
        if event != "c_call" or calls.depth or "importlib" in frame.f_code.co_filename:
            return
        if function.__name__ not in UNFAILING and (_is_of_system(function) or _is_of_real_file(function)):
            found.add(f"{function.__qualname__} in line {frame.f_lineno} of {frame.f_code.co_filename}")

    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(None)


def _is_of_system(function: Any) -> bool:
    return getattr(function, "__module__", None) in ("posix", "fcntl", "_io", "_sqlite3", "_posixsubprocess")


def _is_of_real_file(function: Any) -> bool:
    """Return True for a method of a file, or of a buffer of one, that does not count its calls."""
    file = getattr(function, "__self__", None)
    for name in ("buffer", "raw"):
        file = getattr(file, name, file)
    return type(file) is io.FileIO
