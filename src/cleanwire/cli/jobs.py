"""The files that a command reads, and where `cleanwire clean` writes each of them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanwire.corpora.run import Job
from cleanwire.errors import FileError
from cleanwire.formats.source import readable
from cleanwire.io.location import Location
from cleanwire.io.suffixes import format_of
from cleanwire.io.walk import find_files


def jobs_of(paths: Sequence[str], output: str | None, wanted: str | None) -> Iterator[Job | FileError]:
    """Yield the files that `paths` stand for, each with its target; None means in place.

    In a folder, only files with the suffix of a format count, or all files if a format is `wanted`.
    """
    target = None if output is None else Location(output)
    is_one_file = target is not None and len(paths) == 1 and not _is_many(paths[0]) and not target.is_folder
    mirrors = target is not None and target.is_local and not is_one_file
    owners: dict[Location, Location] = {}
    for found in files(paths, wanted, target.real if target and mirrors else None):
        if isinstance(found, FileError):
            yield found
            continue
        source, relative = found
        if target is None or target.is_pipe:
            yield Job(source, target)
            continue
        goal = target if is_one_file else target.inside(relative)
        owner = owners.setdefault(goal, source)
        if owner is source:
            yield Job(source, goal)
        else:
            yield FileError(f"{source}: skipped: {goal} is already the output of {owner}; clean it in another run")


def bytes_of(paths: Sequence[str], output: str | None, wanted: str | None) -> int:
    """Return the size of all local files together, in bytes."""
    total = 0
    for job in jobs_of(paths, output, wanted):
        if isinstance(job, Job) and os.path.isfile(job.source.name):
            total += os.stat(job.source.name).st_size
    return total


def files(
    paths: Sequence[str], wanted: str | None, exclude: Path | None = None, skip: Sequence[str] = ()
) -> Iterator[tuple[Location, str] | FileError]:
    """Yield the files that `paths` stand for, addresses first, each with its path relative to the folder named.

    In folders, the formats to `skip` and the folder `exclude` are left out.
    """

    def accept(name: str) -> bool:
        return bool(wanted or format_of(name)) and format_of(name) not in skip

    locations = list(map(Location, paths))
    for location in locations:
        if location.is_address:
            try:
                with readable(location):
                    expanded = location.expand()
            except FileError as error:
                yield error
            else:
                yield from (found for found in expanded if format_of(found[0].name) not in skip)
    for found in find_files([each.name for each in locations if not each.is_address], accept, exclude):
        if isinstance(found, FileError):
            yield found
        elif os.path.exists(found.path) and not os.path.isfile(found.path):  # opening a named pipe would wait
            yield FileError(f"{found.path}: not a regular file; use - to read a pipe")
        else:
            yield Location(str(found.path)), str(found.relative)


def _is_many(name: str) -> bool:
    location = Location(name)
    return location.kind == "folder" or location.has_wildcards
