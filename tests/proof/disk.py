"""What a crash leaves of a folder: a disk that keeps only what was synced.

Two disks are modelled.  The one keeps names that were synced with their folder, and contents that were synced with
their file.  The other keeps each name at once, and contents only when they are synced: a rename may reach it before the
data.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

Tree = dict[str, bytes]
"""Files by their path from the root of the disk."""

NAMING = ("replace", "rename", "unlink", "mkdir", "rmdir", "link")


class Disk:
    """A folder `root`, whose present state is on the disk; what happens to it is followed by `recorded`."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self.root, self._stack = root, stack
        self._held: set[int] = set()
        self._contents: dict[int, bytes] = {}
        self._names: dict[str, dict[str, int | None]] = {}  # by folder: the number of each file, None for a folder
        for folder, _, files in os.walk(root):
            self._names[folder] = self._listed(folder)
            for name in files:
                path = Path(folder, name)
                self._contents[self._number(path)] = path.read_bytes()

    def _number(self, path: str | Path) -> int:
        """Return the number of a file, which is held open so that no other file gets its number."""
        handle = os.open(path, os.O_RDONLY)
        number = os.fstat(handle).st_ino
        if number in self._held:
            os.close(handle)
        else:
            self._held.add(number)
            self._stack.callback(os.close, handle)
        return number

    def _listed(self, folder: str) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        with os.scandir(folder) as entries:
            for entry in entries:
                found[entry.name] = None if entry.is_dir() else self._number(entry.path)
        return found

    def synced(self, handle: int) -> None:
        """Keep what `os.fsync` has brought to the disk."""
        path = os.readlink(f"/proc/self/fd/{handle}")
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            self._names[path] = self._listed(path)
        else:
            number = self._number(f"/proc/self/fd/{handle}")
            self._contents[number] = Path(f"/proc/self/fd/{handle}").read_bytes()

    def after_a_crash(self) -> tuple[Tree, Tree]:
        """Return what is left if only synced names are on the disk, and if all names are."""
        now = {folder: self._listed(folder) for folder, _, _ in os.walk(self.root)}
        return self._tree(self._names), self._tree(now)

    def _tree(self, names: dict[str, dict[str, int | None]]) -> Tree:
        found: Tree = {}
        folders = [str(self.root)]
        while folders:
            folder = folders.pop()
            for name, number in names.get(folder, {}).items():
                path = os.path.join(folder, name)
                if number is None:
                    folders.append(path)
                else:
                    found[os.path.relpath(path, self.root)] = self._contents.get(number, b"")
        return found


@contextmanager
def recorded(root: Path, look: Callable[[str, Disk], None]) -> Iterator[Disk]:
    """Follow what happens under `root`, and call `look` after each call that may change what a crash leaves."""
    real = {name: getattr(os, name) for name in (*NAMING, "fsync")}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        disk, looks = Disk(root, stack), False

        def seen(name: str) -> None:
            nonlocal looks
            if not looks:  # else it is a call of `look` itself
                looks = True
                look(name, disk)
                looks = False

        def fsync(handle: int) -> None:
            real["fsync"](handle)
            disk.synced(handle)
            seen("fsync")

        def naming(name: str) -> Callable[..., Any]:
            def call(*args: Any, **named: Any) -> Any:
                result = real[name](*args, **named)
                seen(name)
                return result

            return call

        patch.setattr(os, "fsync", fsync)
        for name in NAMING:
            patch.setattr(os, name, naming(name))
        yield disk
