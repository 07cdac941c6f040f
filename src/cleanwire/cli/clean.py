"""``cleanwire clean``: clean files where they lie, or elsewhere, or a pipe."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.engine import ENGINES, FORMS, run
from cleanwire.cli.options import EXIT_FAILED, EXIT_OK, CleaningCommand, cleaning, of_its_site
from cleanwire.cli.output import counting
from cleanwire.cli.paths import STDIN, find
from cleanwire.cli.work import Outcome, Task, Total, outcome, preview, tasks, work
from cleanwire.errors import FileError
from cleanwire.inplace import clean_file, write_file, write_sidecar


@click.command(cls=CleaningCommand, short_help="Clean files where they lie, or a pipe.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "-o", "--output", metavar="PATH", help="Write there (a file, a folder, or - for stdout); leave the source."
)
@click.option("--sidecar", is_flag=True, help="Write captions and all that was found to NAME.cleanwire.json beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print the same on stdout, one line a file.")
@click.option(
    "--store", type=click.Path(file_okay=False), metavar="FOLDER", help="Where the old files are kept for undo."
)
@click.option(
    "--engine", type=click.Choice(ENGINES), help="Clean on Ray or Spark: Parquet, JSON lines or texts in, Parquet out."
)
@click.option("--as", "form", type=click.Choice(list(FORMS)), help="On an engine: what the files are.")
@click.option("--column", metavar="NAME", help="On an engine: where the texts are.")
@click.option("--add", default="", metavar="NAMES", help="On an engine: add what was found as columns, with commas.")
@cleaning
def clean(
    paths: tuple[str, ...],
    cleaner: Cleaner,
    jobs: int,
    quiet: bool,
    output: str | None,
    sidecar: bool,
    as_json: bool,
    store: str | None,
    engine: str | None,
    form: str | None,
    column: str | None,
    add: str,
) -> None:
    """Clean each PATH where it lies. A folder means the .txt, .text and .md files in it; - is stdin to stdout.

    What a file held is kept, and `cleanwire undo` puts it back. A file in which nothing changes is not written.
    Exit code: 0, or 2 if a file could not be cleaned (the others are).
    """
    if engine:
        if sidecar or as_json or store:
            raise click.UsageError("--sidecar, --json and --store are not for engines.")
        run(engine, paths, output, cleaner, column=column, keep=[*filter(None, add.split(","))], form=form, quiet=quiet)
        return
    if form or add or column:
        raise click.UsageError("--as, --column and --add are for --engine.")
    piped = "-" in paths
    if piped and len(paths) > 1:
        raise click.UsageError("- stands for stdin, and stands alone.")
    target = "-" if piped and output is None else output
    if target == "-" and sidecar:
        raise click.UsageError("--sidecar needs a file to stand beside; use --json.")
    if target == "-" and (len(paths) > 1 or os.path.isdir(paths[0])):
        raise click.UsageError("-o - takes one file; give a folder for more.")
    total = Total()
    do = _Clean(cleaner, sidecar, as_json, store)
    with counting(not (quiet or as_json or target == "-")) as say:
        for done in work(do, _tasks(paths, target), 1 if target == "-" else jobs, total):
            if done.shown:
                click.echo(done.shown)
            say(total.changed + total.unchanged + total.failed)
    if not quiet:
        total.summarise("changed")
    sys.exit(EXIT_FAILED if total.failed else EXIT_OK)


def _tasks(paths: tuple[str, ...], output: str | None) -> Iterator[Task | FileError]:
    """Yield the files with the place that each goes to; None is where it lies."""
    if output is None or output == "-":
        yield from tasks(paths, None if output is None else STDIN)
        return
    into = Path(output)
    if len(paths) == 1 and not os.path.isdir(paths[0]) and not os.path.isdir(into) and not output.endswith("/"):
        yield from tasks(paths, into)
        return
    owners: dict[Path, Path] = {}
    for found in find(paths, into.resolve()):
        if isinstance(found, FileError):
            yield found
            continue
        target = into / found.place
        owner = owners.setdefault(target, found.path)
        if owner is found.path:
            yield found, target
        else:
            yield FileError(
                f"{found.path}: {target} is where {owner} goes, so it was left out; give it a run of its own"
            )


@dataclass(frozen=True)
class _Clean:
    """Clean one file; it travels to other processes."""

    cleaner: Cleaner
    sidecar: bool
    as_json: bool
    store: str | None

    def __call__(self, task: Task) -> Outcome:
        found, target = task
        if target is None:
            cleaner = of_its_site(self.cleaner, found.path)
            report = clean_file(found.path, cleaner, sidecar=self.sidecar, store=self.store)
        else:
            report = preview(found.path, self.cleaner)
            if target == STDIN:
                if not self.as_json:
                    sys.stdout.buffer.write(report.data)
                    sys.stdout.buffer.flush()
            else:
                _write_elsewhere(found.path, target, report.data)
                if self.sidecar:
                    write_sidecar(report, target)
        return outcome(report, json.dumps(report.to_dict(), ensure_ascii=False) if self.as_json else "")


def _write_elsewhere(source: Path, target: Path, data: bytes) -> None:
    like = None if source == STDIN else source
    if like and os.path.exists(target) and target.samefile(like):
        raise FileError(f"{source}: is its own -o, so it is left as it is; to clean it where it lies, leave -o out")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{target}: its folder cannot be made ({error.strerror})") from error
    write_file(target, data, like)
