"""The files that a command reads, and where `cleanwire clean` writes each of them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from cleanwire.corpora.run import Job
from cleanwire.errors import FileError
from cleanwire.formats.source import readable
from cleanwire.io.ignore import Ignore
from cleanwire.io.location import Location
from cleanwire.io.suffixes import format_of, is_searched
from cleanwire.io.walk import find_files


def jobs_of(
    paths: Sequence[str],
    output: str | None,
    wanted: str | None,
    ignore: Ignore | None = None,
    errors: str | None = None,
) -> Iterator[Job | FileError]:
    """Yield the files that `paths` stand for, each with its target; None means in place.

    In a folder, only files with the suffix of a format count, or all files if a format is `wanted`.  The list of
    `errors` of an earlier run is left out.
    """
    target = None if output is None else Location(output)
    is_one_file = target is not None and len(paths) == 1 and not _is_many(paths[0]) and not target.is_folder
    mirrors = target is not None and target.is_local and not is_one_file
    owners: dict[Location, Location] = {}
    for found in _without(errors, files(paths, wanted, target.real if target and mirrors else None, ignore=ignore)):
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


def _without(
    name: str | None, found: Iterator[tuple[Location, str] | FileError]
) -> Iterator[tuple[Location, str] | FileError]:
    """Yield what was `found` without the file that has a name, if one is given."""
    real = Path(os.path.realpath(name)) if name else None
    return (each for each in found if isinstance(each, FileError) or real is None or each[0].real != real)


def refuse_overwriting(
    paths: Sequence[str], output: str | None, wanted: str | None, written: Mapping[str, str | None]
) -> None:
    """Raise `click.UsageError` if a file that an option writes is also read, or written by another one.

    `written` has the path by the name of the option.  A list of errors may lie among the files that are cleaned.
    """
    owners = {os.path.realpath(output): "-o"} if output and Location(output).is_local else {}
    for option, name in written.items():
        if name is None:
            continue
        real = os.path.realpath(name)
        if (owner := owners.setdefault(real, option)) != option:
            raise click.UsageError(f"{option} and {owner} name the same file; choose another for one of them.")
        for path in map(Location, paths):
            if path.is_local and (str(path.real) == real or (option != "--errors" and _reads(path, real, wanted))):
                raise click.UsageError(f"{option} names a file that is to be cleaned; choose another.")


def _reads(folder: Location, real: str, wanted: str | None) -> bool:
    """Return True if a file that exists is found in a folder."""
    is_inside = os.path.isfile(real) and folder.is_folder and Path(real).is_relative_to(folder.real)
    return is_inside and bool(wanted or is_searched(real))


def bytes_of(paths: Sequence[str], output: str | None, wanted: str | None, ignore: Ignore) -> int:
    """Return the size of all local files together, in bytes."""
    total = 0
    for job in jobs_of(paths, output, wanted, ignore):
        if isinstance(job, Job) and os.path.isfile(job.source.name):
            total += os.stat(job.source.name).st_size
    return total


def files(
    paths: Sequence[str],
    wanted: str | None,
    exclude: Path | None = None,
    skip: Sequence[str] = (),
    ignore: Ignore | None = None,
) -> Iterator[tuple[Location, str] | FileError]:
    """Yield the files that `paths` stand for, addresses first, each with its path relative to the folder named.

    In folders, the formats to `skip`, the folder `exclude` and what `ignore` passes over are left out.
    """

    def accept(name: str) -> bool:
        return bool(wanted or is_searched(name)) and format_of(name) not in skip

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
    for found in find_files([each.name for each in locations if not each.is_address], accept, exclude, ignore):
        if isinstance(found, FileError):
            yield found
        elif os.path.exists(found.path) and not os.path.isfile(found.path):  # opening a named pipe would wait
            yield FileError(f"{found.path}: not a regular file; use - to read a pipe")
        else:
            yield Location(str(found.path)), str(found.relative)


def _is_many(name: str) -> bool:
    location = Location(name)
    return location.kind == "folder" or location.has_wildcards
