"""``cleanwire undo``: restore files as they were before cleaning."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from cleanwire.cli.complete import files
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK, plural, print_error, printable
from cleanwire.errors import FileError
from cleanwire.inplace import undo_file
from cleanwire.io.files import explained
from cleanwire.io.undo import DAY, KEPT_DAYS, Entry, Store, default_folder
from cleanwire.io.walk import FoundFile, find_files


@click.command(short_help="Restore files as they were before cleaning.")
@click.argument("paths", nargs=-1, metavar="PATH…", shell_complete=files)
@click.option("--list", "listing", is_flag=True, help="List the originals kept of PATHs, or all; restore nothing.")
@click.option("--prune", is_flag=True, help="Delete old originals of PATHs, or all; restore nothing.")
@click.option(
    "--days",
    type=click.FloatRange(min=0),
    metavar="N",
    help=f"With --prune: delete only originals older than N days.  [default: {KEPT_DAYS}]",
)
@click.option("--store", type=click.Path(file_okay=False), metavar="FOLDER", help="Folder of the originals.")
@click.option("-q", "--quiet", is_flag=True, help="Only print errors.")
def undo(
    paths: tuple[str, ...], listing: bool, prune: bool, days: float | None, store: str | None, quiet: bool
) -> None:
    """Restore the bytes, the mode and the modification time that each PATH had before it was last cleaned.

    A folder stands for all cleaned files in it. A file that was modified after cleaning is skipped. Exit code: 0, or 2
    if a file could not be restored.
    """  # fmt: skip
    folder = Path(store) if store else default_folder()
    if listing and prune:
        raise click.UsageError("--list and --prune are mutually exclusive.")
    if days is not None and not prune:
        raise click.UsageError("--days requires --prune.")
    if listing:
        sys.exit(_list(paths, folder))
    if prune:
        sys.exit(_prune(paths, folder, KEPT_DAYS if days is None else days, quiet))
    if not paths:
        raise click.UsageError("Missing argument 'PATH…'; --list shows the files that can be restored.")
    outcomes = [_restore(path, folder) for path in _files(paths, folder, is_named=store is not None)]
    restored, refused = outcomes.count(True), outcomes.count(False)
    if not quiet:
        files = f"{plural(restored, 'file')} restored"
        click.echo(f"{files}, {refused:,} failed" if refused else files, err=True)
    sys.exit(EXIT_FAILED if refused else EXIT_OK)


def _restore(path: Path | FileError, folder: Path) -> bool:
    """Restore a file; print the error and return False if that fails."""
    try:
        if isinstance(path, FileError):
            raise path
        undo_file(path, store=folder)
    except FileError as error:
        print_error(str(error))
        return False
    return True


def _list(paths: tuple[str, ...], folder: Path) -> int:
    """Print a line per original: time of cleaning, size in bytes and path, separated by tabs; return the exit code."""
    entries, code = _entries(paths, folder)
    for entry in entries:
        when = _time(entry.manifest.cleaned)
        click.echo(f"{when}\t{entry.size}\t{printable(click.format_filename(entry.manifest.path))}")
    return code


def _prune(paths: tuple[str, ...], folder: Path, days: float, quiet: bool) -> int:
    """Delete the originals that are older than a number of days; return the exit code."""
    entries, code = _entries(paths, folder)
    before = time.time() - days * DAY
    number = size = 0
    for entry in entries:
        if entry.manifest.cleaned <= before:
            with explained(entry.file, "cannot be deleted", "make the store writable"):
                freed = entry.size
                entry.forget()
            number, size = number + 1, size + freed
    if not quiet:
        click.echo(f"{plural(number, 'original')} deleted, {size / 1e6:.1f} MB", err=True)
    return code


def _entries(paths: tuple[str, ...], folder: Path) -> tuple[list[Entry], int]:
    """Return the originals kept of some files, or of all, and the exit code; print the errors of what is unreadable."""
    tops = [Path(os.path.realpath(path)) for path in paths]
    found, code = list[Entry](), EXIT_OK
    for entry in Store(folder).entries():
        if isinstance(entry, FileError):
            print_error(str(entry))
            code = EXIT_FAILED
        elif not tops or any(Path(entry.manifest.path).is_relative_to(top) for top in tops):
            found.append(entry)
    return found, code


def _time(seconds: float) -> str:
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):  # beyond the calendar
        return "-"


def _files(paths: tuple[str, ...], folder: Path, *, is_named: bool) -> Iterator[Path | FileError]:
    """Yield the files to restore; `is_named` says that the user named the store, which may be a stranger's."""
    for name in paths:
        path = Path(name)
        if not os.path.isdir(path):
            yield path
            continue
        top = Path(os.path.realpath(path))
        # List all before restoring the first: restoring removes its entry from the store.
        entries = list(Store(folder).entries())
        yield from (entry for entry in entries if isinstance(entry, FileError))
        known = {Path(entry.manifest.path) for entry in entries if isinstance(entry, Entry)}
        # A file that a folder on its way has meanwhile become a link for is another file.
        inside = [file for file in sorted(known) if file.is_relative_to(top) and os.path.realpath(file) == str(file)]
        yield from (path / file.relative_to(top) for file in inside)
        for link in _links(path):
            real = Path(os.path.realpath(link))
            if real in known and not real.is_relative_to(top):  # cleaned through the link
                yield FileError(f"{link}: is a link out of the folder; name it to restore it") if is_named else link


def _links(folder: Path) -> Iterator[Path]:
    """Yield the links in a folder, in the order in which `clean` follows them."""
    for found in find_files([str(folder)], lambda _: True):
        if isinstance(found, FoundFile) and found.path.is_symlink():
            yield found.path
