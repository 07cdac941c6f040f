"""Find the files that paths stand for: files, folders, and names with wildcards."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleanwire.errors import FileError
from cleanwire.io.ignore import Ignore, Scope
from cleanwire.io.location import Location
from cleanwire.io.suffixes import SIDECAR, format_of

Accept = Callable[[str], bool]
"""Whether a file in a folder is wanted, by its name."""


class FoundFile(NamedTuple):
    """A file, and its path relative to the folder that was named; its mere name if it was named itself."""

    path: Path
    relative: Path


def is_text(name: str) -> bool:
    """Return True for the name of a text file, compressed or not.

    >>> is_text("story.TXT"), is_text("story.txt.gz"), is_text("news.jsonl")
    (True, True, False)
    """
    return format_of(name) == "text"


def find_files(
    names: Iterable[str], accept: Accept = is_text, exclude: Path | None = None, ignore: Ignore | None = None
) -> Iterator[FoundFile | FileError]:
    """Yield the files that `names` stand for, in order and each once; folders are searched in the order of names.

    A name with wildcards that is not a file stands for the files that match it.  In folders, hidden names, sidecars,
    links to folders, files that are not accepted, the folder `exclude` and what `ignore` passes over are skipped.  What
    cannot be read is yielded as the error that says why.
    """
    seen: set[str] = set()
    for name in names:
        for path in _matches(name):
            for found in _Walk(path, accept, exclude, ignore).files() if os.path.isdir(path) else _named(path):
                if isinstance(found, FoundFile):
                    real = os.path.realpath(found.path)
                    if real in seen or found.path.name.endswith(SIDECAR):
                        continue
                    seen.add(real)
                yield found


def _named(path: Path) -> tuple[FoundFile]:
    return (FoundFile(path, Path(path.name)),)


def _matches(name: str) -> list[Path]:
    if Location(name).has_wildcards:
        return [Path(match) for match in sorted(glob.glob(name, recursive=True))] or [Path(name)]
    return [Path(name)]


class _Walk:
    """A search of one folder."""

    def __init__(self, top: Path, accept: Accept, exclude: Path | None, ignore: Ignore | None) -> None:
        self.top, self.accept, self.exclude, self.ignore = top, accept, exclude, ignore

    def files(self) -> Iterator[FoundFile | FileError]:
        real = os.path.realpath(self.top)
        try:
            scope = self.ignore.scope_of(real) if self.ignore else Scope()
        except FileError as error:
            yield error
            return
        yield from self._in(self.top, real, scope)

    def _in(self, folder: Path, real: str, scope: Scope) -> Iterator[FoundFile | FileError]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            scope = self.ignore.entered(scope, real) if self.ignore else scope
        except OSError as error:
            yield FileError(f"{folder}: the folder cannot be read ({error.strerror})")
            return
        except FileError as error:
            yield error
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path, there = Path(entry.path), os.path.join(real, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if self.exclude is not None and path.resolve() == self.exclude:
                    continue
                try:
                    passed = self._passes(there, True, scope)
                except FileError as error:
                    yield error
                    continue
                if not passed:
                    yield from self._in(path, there, scope)
            elif entry.is_dir():
                continue  # a link to a folder
            elif not self.accept(entry.name):
                if self.ignore:
                    self.ignore.leave(entry.name)
            elif not self._passes(there, False, scope):
                yield FoundFile(path, path.relative_to(self.top))

    def _passes(self, path: str, is_folder: bool, scope: Scope) -> bool:
        return self.ignore is not None and self.ignore.passes(path, is_folder, scope)
