"""``cleanwire undo``: put back what files held before they were cleaned."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from cleanwire.cli.options import EXIT_FAILED, EXIT_OK
from cleanwire.cli.output import complain
from cleanwire.errors import FileError
from cleanwire.inplace import undo_file
from cleanwire.io.undo import DAY, KEPT_DAYS, Entry, Store, default_folder


@click.command(short_help="Put back what files held before they were cleaned.")
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--list", "listing", is_flag=True, help="List what is kept, of the PATHs or of all; restore nothing.")
@click.option("--prune", is_flag=True, help="Forget what is kept, of the PATHs or of all; restore nothing.")
@click.option(
    "--days",
    type=click.FloatRange(min=0),
    default=KEPT_DAYS,
    show_default=True,
    metavar="N",
    help="With --prune: only what is older than N days.",
)
@click.option("--store", type=click.Path(file_okay=False), metavar="FOLDER", help="Where the old files were kept.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def undo(paths: tuple[str, ...], listing: bool, prune: bool, days: float, store: str | None, quiet: bool) -> None:
    """Put back the bytes, the mode and the time that each PATH had before it was last cleaned.

    A folder means every file in it that was cleaned. A file that was changed after it was cleaned is left as it is.
    Exit code: 0, or 2 if a file was not restored (the others are).
    """  # fmt: skip
    folder = Path(store) if store else default_folder()
    if listing and prune:
        raise click.UsageError("--list and --prune are two commands; run one after the other.")
    if listing:
        _list(paths, folder)
        return
    if prune:
        _prune(paths, folder, days, quiet)
        return
    if not paths:
        raise click.UsageError("Name the files to restore; --list shows those that can be.")
    restored = refused = 0
    for path in _files(paths, folder):
        try:
            undo_file(path, store=folder)
            restored += 1
        except FileError as error:
            complain(str(error))
            refused += 1
    if not quiet:
        files = f"{restored} {'file' if restored == 1 else 'files'} restored"
        click.echo(f"{files}, {refused} not" if refused else files, err=True)
    sys.exit(EXIT_FAILED if refused else EXIT_OK)


def _list(paths: tuple[str, ...], folder: Path) -> None:
    """Print a line for every copy: when the file was cleaned, how large it was, and its path, with tabs between."""
    for entry in _entries(paths, folder):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry.manifest.cleaned))
        click.echo(f"{when}\t{entry.size}\t{click.format_filename(entry.manifest.path)}")


def _prune(paths: tuple[str, ...], folder: Path, days: float, quiet: bool) -> None:
    before = time.time() - days * DAY
    number = size = 0
    for entry in _entries(paths, folder):
        if entry.manifest.cleaned <= before:
            number, size = number + 1, size + entry.size
            entry.forget()
    if not quiet:
        click.echo(f"{number} {'copy' if number == 1 else 'copies'} forgotten, {size / 1e6:.1f} MB", err=True)


def _entries(paths: tuple[str, ...], folder: Path) -> Iterator[Entry]:
    tops = [Path(os.path.realpath(path)) for path in paths]
    for entry in list(Store(folder).entries()):
        if not tops or any(Path(entry.manifest.path).is_relative_to(top) for top in tops):
            yield entry


def _files(paths: tuple[str, ...], folder: Path) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if not os.path.isdir(path):
            yield path
            continue
        top = Path(os.path.realpath(path))
        # All are read before the first is restored, which takes its entry out of the store.
        known = {Path(entry.manifest.path) for entry in Store(folder).entries()}
        yield from (path / file.relative_to(top) for file in sorted(known) if file.is_relative_to(top))
