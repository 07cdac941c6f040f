"""``cleanwire undo``: put back what files held before they were cleaned."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cleanwire.cli.options import EXIT_FAILED, EXIT_OK
from cleanwire.cli.output import complain
from cleanwire.errors import FileError
from cleanwire.inplace import undo_file
from cleanwire.store import Store, default_folder


@click.command(short_help="Put back what files held before they were cleaned.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--store", type=click.Path(file_okay=False), metavar="FOLDER", help="Where the old files were kept.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def undo(paths: tuple[str, ...], store: str | None, quiet: bool) -> None:
    """Put back the bytes, the mode and the time that each PATH had before it was last cleaned.

    A folder means every file in it that was cleaned. A file that was changed after it was cleaned is left as it is.
    Exit code: 0, or 2 if a file was not restored (the others are).
    """
    folder = Path(store) if store else default_folder()
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
