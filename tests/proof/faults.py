"""Calls to the system, counted, and made to fail one by one."""

import builtins
import fcntl
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = (
    "chmod", "chown", "close", "fsync", "fstat", "getxattr", "listxattr", "lstat", "mkdir", "open", "readlink",
    "replace", "rmdir", "scandir", "setxattr", "stat", "unlink", "utime",
)  # fmt: skip
"""Functions of `os` through which all files are found, written and renamed; `open` and `fdopen` are wrapped, too."""

Hook = Callable[[str], None]


class Calls:
    """Counts calls, and calls `before` and `after` around the one of the number `at`, from 1."""

    def __init__(self, at: int = 0, before: Hook | None = None, after: Hook | None = None) -> None:
        self.at, self.before, self.after = at, before, after
        self.names: list[str] = []

    def made(self, name: str, call: Callable[[], Any]) -> Any:
        self.names.append(name)
        here = len(self.names) == self.at
        if here and self.before:
            self.before(name)
        found = call()
        if here and self.after:
            self.after(name)
        return found

    @property
    def hit(self) -> str | None:
        """The name of the call that was made to fail, if it was made."""
        return self.names[self.at - 1] if 0 < self.at <= len(self.names) else None


def failing(code: int) -> Hook:
    """Return a hook that raises the error of the system with a number."""

    def fail(_: str) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def interrupt(_: str) -> None:
    raise KeyboardInterrupt


def kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def counted(calls: Calls) -> Iterator[Calls]:
    """Let all calls that find, read, write and rename files go through `calls`."""
    real_open = io.open

    class Raw(io.FileIO):
        """A file whose reads and writes are calls, too."""

        def write(self, data: Any) -> int:
            written: int = calls.made("write", lambda: super(Raw, self).write(data))
            return written

        def readinto(self, buffer: Any) -> int:
            read: int = calls.made("read", lambda: super(Raw, self).readinto(buffer))
            return read

    def opened(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **named: Any) -> Any:
        if "b" not in mode or buffering == 0 or args or named:
            return calls.made("open file", lambda: real_open(file, mode, buffering, *args, **named))
        raw = calls.made("open file", lambda: Raw(file, mode.replace("b", "")))
        if "+" in mode:
            return io.BufferedRandom(raw)
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    def wrapped(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **named: calls.made(name, lambda: function(*args, **named))

    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        patch.setattr(os, "fdopen", opened)
        patch.setattr(io, "open", opened)
        patch.setattr(builtins, "open", opened)
        patch.setattr(fcntl, "flock", wrapped("flock", fcntl.flock))
        yield calls
