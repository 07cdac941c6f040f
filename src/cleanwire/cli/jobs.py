"""The input files of a command line, and the output path of each."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanwire.cli.paths import find
from cleanwire.corpora.run import Job
from cleanwire.errors import FileError
from cleanwire.formats.source import expand, format_of, is_remote


def jobs_of(paths: tuple[str, ...], output: str | None, wanted: str | None) -> Iterator[Job | FileError]:
    """Yield the files that `paths` stand for, each with its output path; None means in place.

    A folder stands for the files in it with a suffix of a known format, or for all of them if a format is `wanted`.
    A file that cannot be read, or whose output path is taken by another file, is yielded as the error.
    """
    one_file = output is not None and len(paths) == 1 and not _is_many(paths[0]) and not _is_folder(output)
    apart = Path(output).resolve() if output and not is_remote(output) and not one_file else None
    owners: dict[str, str] = {}
    for found in files(paths, apart, wanted):
        if isinstance(found, FileError):
            yield found
            continue
        name, place = found
        if output is None or output == "-":
            yield Job(name, output)
            continue
        target = output if one_file else f"{output.rstrip('/')}/{place}"
        owner = owners.setdefault(target, name)
        if owner is name:
            yield Job(name, target)
        else:
            yield FileError(f"{name}: skipped: {owner} is already written to {target}; clean one of them separately")


def bytes_of(paths: tuple[str, ...], output: str | None, wanted: str | None) -> int:
    """Return the total size in bytes of the local files."""
    total = 0
    for job in jobs_of(paths, output, wanted):
        if isinstance(job, Job) and os.path.isfile(job.name):
            total += os.stat(job.name).st_size
    return total


def files(
    paths: tuple[str, ...], apart: Path | None, wanted: str | None, leave: Sequence[str] = ()
) -> Iterator[tuple[str, str] | FileError]:
    """Yield the files, each with its path relative to the named folder; formats in `leave` are skipped in folders."""

    def taken(name: str) -> bool:
        return bool(wanted or format_of(name)) and format_of(name) not in leave

    for name in paths:
        if is_remote(name):
            try:
                yield from (found for found in expand(name) if format_of(found[0]) not in leave)
            except FileError as error:
                yield error
    for found in find([name for name in paths if not is_remote(name)], apart, taken):
        if isinstance(found, FileError):
            yield found
        elif os.path.exists(found.path) and not os.path.isfile(found.path):  # opening a named pipe would wait
            yield FileError(f"{found.path}: not a regular file; use - to read a pipe")
        else:
            yield str(found.path), str(found.place)


def _is_many(name: str) -> bool:
    return os.path.isdir(name) or (not os.path.lexists(name) and any(mark in name for mark in "*?["))


def _is_folder(name: str) -> bool:
    return name.endswith("/") or (not is_remote(name) and os.path.isdir(name))
