"""Find the files that paths stand for: files, folders, and names with wildcards."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleanwire.errors import FileError
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
    names: Iterable[str], accept: Accept = is_text, exclude: Path | None = None
) -> Iterator[FoundFile | FileError]:
    """Yield the files that `names` stand for, in order and each once; folders are searched in the order of names.

    A name with wildcards that is not a file stands for the files that match it.  In folders, hidden names, sidecars,
    links to folders, files that are not accepted, and the folder `exclude` are skipped.  What cannot be read is yielded
    as the error that says why.
    """
    seen: set[str] = set()
    for name in names:
        for path in _matches(name):
            for found in _walk(path, path, accept, exclude) if os.path.isdir(path) else _named(path):
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


def _walk(folder: Path, top: Path, accept: Accept, exclude: Path | None) -> Iterator[FoundFile | FileError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield FileError(f"{folder}: the folder cannot be read ({error.strerror})")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if exclude is None or path.resolve() != exclude:
                yield from _walk(path, top, accept, exclude)
        elif accept(entry.name) and not entry.is_dir():
            yield FoundFile(path, path.relative_to(top))
