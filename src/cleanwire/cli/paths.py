"""Which files the paths on a command line mean."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleanwire.errors import FileError
from cleanwire.inplace import SIDECAR

STDIN = Path("-")
SUFFIXES = (".txt", ".text", ".md")
"""What a text file in a folder is called; others are cleaned when they are named."""

Taken = Callable[[str], bool]
"""Whether a file in a folder is meant, by its name."""


def is_text(name: str) -> bool:
    """Whether a file is called a text.

    >>> is_text("story.TXT"), is_text("news.jsonl")
    (True, False)
    """
    return name.lower().endswith(SUFFIXES)


class Found(NamedTuple):
    """A file, and its place in the folder that was named (its mere name, where it was named itself)."""

    path: Path
    place: Path


def find(paths: Iterable[str], apart: Path | None = None, taken: Taken = is_text) -> Iterator[Found | FileError]:
    """Yield the files that `paths` mean, in order and each once; folders are walked, their names sorted.

    In a folder, hidden names, sidecars, what is not `taken`, links to folders and the folder `apart` are passed over.
    A name with wildcards that is no file means the files that match.
    What cannot be read is yielded as the error that says so.
    """
    seen: set[str] = set()
    for name in paths:
        for path in _matching(name):
            for found in _walk(path, path, apart, taken) if os.path.isdir(path) else (Found(path, Path(path.name)),):
                if isinstance(found, Found):
                    real = os.path.realpath(found.path)
                    if real in seen or found.path.name.endswith(SIDECAR):
                        continue
                    seen.add(real)
                yield found


def _matching(name: str) -> list[Path]:
    if glob.has_magic(name) and not os.path.lexists(name):
        return [Path(match) for match in sorted(glob.glob(name, recursive=True))] or [Path(name)]
    return [Path(name)]


def _walk(folder: Path, top: Path, apart: Path | None, taken: Taken) -> Iterator[Found | FileError]:
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
            if apart is None or path.resolve() != apart:
                yield from _walk(path, top, apart, taken)
        elif taken(entry.name) and not entry.is_dir():
            yield Found(path, path.relative_to(top))
