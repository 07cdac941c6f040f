"""``cleanwire clean``: clean files in place, into another folder, or in a pipe."""

import json
import os
import sys
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.engine import ENGINES
from cleanwire.cli.engine import run as run_on
from cleanwire.cli.jobs import bytes_of, jobs_of, refuse_overwriting
from cleanwire.cli.messages import EXIT_FAILED, EXIT_OK, print_error, print_note, printable
from cleanwire.cli.options import CleaningCommand, cleaning
from cleanwire.cli.output import print_column
from cleanwire.cli.progress import progress
from cleanwire.cli.reading import COLUMN, FORMAT, MAX_EXPANSION, MAX_RECORD, PATHS, limits_of
from cleanwire.cli.summary import print_problems, print_summary, would_change
from cleanwire.corpora.blocks import CleanBlock, OnError
from cleanwire.corpora.checkpoint import Checkpoint, Errors
from cleanwire.corpora.file_cache import FileCache
from cleanwire.corpora.identity import describe
from cleanwire.corpora.output import Writing
from cleanwire.corpora.report import Total, report
from cleanwire.corpora.run import Advanced, Begun, Ended, Run, Work
from cleanwire.corpora.whole_files import CleanTexts
from cleanwire.filters.site import SiteFilter
from cleanwire.formats.extra_columns import EXTRA_COLUMNS
from cleanwire.formats.limits import Limits
from cleanwire.formats.record import URL
from cleanwire.formats.source import Reading
from cleanwire.io.files import write_file
from cleanwire.io.ignore import Ignore
from cleanwire.io.undo import default_folder
from cleanwire.per_file import PerFile

_STDIN = "-"


def _add(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (value or "").split(","))))
    for name in names:
        if name not in EXTRA_COLUMNS:
            raise click.BadParameter(f"unknown column {name!r}; choose from {', '.join(EXTRA_COLUMNS)}")
    return names


@dataclass(frozen=True)
class _Options:
    """The options of the command, by the names of their parameters."""

    output: str | None
    wanted: str | None
    column: str | None
    url_column: str | None
    add: tuple[str, ...]
    on_error: OnError
    errors: str | None
    budget: float | None
    resume: bool
    report_to: str | None
    sidecar: bool
    as_json: bool
    store: str | None
    no_undo: bool
    engine: str | None
    max_record: int | None
    max_expansion: int | None
    dry_run: bool

    @property
    def limits(self) -> Limits:
        """What a file may ask for at most."""
        return limits_of(self.max_record, self.max_expansion)

    @property
    def reports_files(self) -> bool:
        """Whether something is written for each file, changed or not."""
        return self.sidecar or self.as_json

    def for_identity(self, url: str | None) -> dict[str, Any]:
        """Return the options that change what is written: a run resumes only if these are the same."""
        return {
            "add": list(self.add), "on_error": self.on_error, "column": self.column, "url": url, "as": self.wanted,
        }  # fmt: skip


@click.command(cls=CleaningCommand, short_help="Clean files in place, or a pipe.")
@PATHS
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write to PATH (a file, folder or address; - for stdout) instead of cleaning in place.",
)
@FORMAT
@COLUMN
@click.option(
    "--url-column",
    metavar="NAME",
    help="With --sites: column with the address of each record.  [default: url, if present]",
)
@click.option("--add", callback=_add, metavar="NAMES", help=f"Add columns to the records: {','.join(EXTRA_COLUMNS)}.")
@click.option(
    "--on-error",
    type=click.Choice(("keep", "skip", "stop")),
    default="keep",
    show_default=True,
    help="How to handle unreadable records.",
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="List unreadable records in FILE.",
)
@click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Per-text time limit; slower texts are left unchanged.",
)
@MAX_RECORD
@MAX_EXPANSION
@click.option("--resume", is_flag=True, help="Continue an interrupted run of the same command.")
@click.option(
    "--report", "report_to", type=click.Path(dir_okay=False), metavar="FILE", help="Write a summary of the run as JSON."
)
@click.option("--sidecar", is_flag=True, help="Write the findings as JSON to NAME.cleanwire.json beside each file.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings on stdout as JSON lines, one per file.")
@click.option(
    "--store",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Keep the original files for undo in FOLDER.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Run on Ray or Spark: reads Parquet, JSON Lines or texts, writes Parquet.",
)
@click.option("--no-undo", is_flag=True, help="Do not keep the original files.")
@click.option("--dry-run", is_flag=True, help="List the files that would change, and write no text.")
@cleaning
def clean(
    paths: tuple[str, ...], per_file: PerFile, ignore: Ignore, cached: bool, jobs: int | None, quiet: bool, **given: Any
) -> None:
    """Clean files in place. Folders are searched for supported formats; - reads stdin and writes stdout.

    Text files (.txt, .text, .md) are cleaned whole. In JSON Lines, CSV, TSV, Parquet, Arrow and WET files, compressed
    or not, the text column of each record is cleaned. The original of a changed file is kept: `cleanwire undo`
    restores it. Unchanged files are not written. Exit code: 0, or 2 if a file could not be cleaned.
    """  # fmt: skip
    options, cleaner = _Options(**given), per_file.cleaner
    url = _url_column(cleaner, options.url_column)
    if options.engine:
        _refuse_with_engine(options, ignore, per_file)
        run_on(
            options.engine, paths, options.output, cleaner,
            column=options.column, url=url, keep=options.add, form=options.wanted, quiet=quiet,
        )  # fmt: skip
        return
    target = _STDIN if _STDIN in paths and options.output is None else options.output
    _refuse_contradictions(paths, target, options.sidecar)
    if options.dry_run and (options.sidecar or options.resume):
        raise click.UsageError("--dry-run writes nothing, so --sidecar and --resume have no use; leave them out.")
    limited = replace(per_file, seconds=options.budget)
    written = {"--errors": options.errors, "--report": options.report_to}
    refuse_overwriting(paths, options.output, options.wanted, written)
    errors, total = Errors(Path(options.errors) if options.errors else None), Total()
    _run(paths, target, url, limited, options, ignore, cached, jobs, quiet, errors, total)
    if options.report_to:
        listed = str(errors.path) if errors.end else None
        recorded = {
            "paths": list(paths), "output": options.output, **options.for_identity(url), "cleaner": cleaner.to_dict(),
        }  # fmt: skip
        _write_report(Path(options.report_to), report(total, describe(limited), recorded, listed))
    if not quiet:
        word = "would change" if options.dry_run else "changed"
        print_summary(total, cleaner.take, ignore.summary(), word)
    print_problems(total, errors, "; --errors FILE lists them")
    sys.exit(EXIT_FAILED if total.failed else EXIT_OK)


def _run(
    paths: tuple[str, ...],
    target: str | None,
    url: str | None,
    clean: PerFile,
    options: _Options,
    ignore: Ignore,
    cached: bool,
    jobs: int | None,
    quiet: bool,
    errors: Errors,
    total: Total,
) -> None:
    """Clean the files and count them in `total`; print errors and progress."""
    work = Work(
        CleanBlock(clean, options.on_error),
        CleanTexts(
            clean,
            options.sidecar,
            options.as_json,
            options.store,
            not options.no_undo,
            options.limits,
            options.dry_run,
        ),
    )
    reading = Reading(options.wanted, options.column, options.add, url, options.limits)
    identity = {**describe(clean), **options.for_identity(url)}
    writing = Writing(identity, default_folder(), options.resume, options.store, not options.no_undo, options.dry_run)
    this = {"paths": paths, "output": target, "folder": os.getcwd(), **identity}
    state = None if target == _STDIN or options.dry_run else writing.state
    checkpoint = Checkpoint.open(state, this, resume=options.resume)
    errors.resume(checkpoint.errors_end)
    visible = not (quiet or options.as_json or target == _STDIN)
    listing = options.dry_run and not (quiet or options.as_json)
    uncounted = ignore.uncounted()
    cache = FileCache.of(clean, reading) if cached and target is None and not options.reports_files else FileCache()
    with (
        closing(checkpoint),
        closing(cache),
        progress(visible, lambda: bytes_of(paths, target, options.wanted, uncounted)) as show,
    ):
        run = Run(work, reading, writing, checkpoint, errors, cache)
        processes = 1 if _STDIN in paths else jobs
        for event in run(jobs_of(paths, target, options.wanted, ignore, options.errors), processes):
            _count_event(event, total)
            _print_event(event, quiet, options.column)
            if listing and isinstance(event, Ended):
                _print_change(event, clean.cleaner.take)
            show(total)


def _print_change(event: Ended, take: Collection[str]) -> None:
    """Print a file that has ended, if it would change."""
    if event.changed and event.error is None:
        name = printable(click.format_filename(event.name))
        click.echo(would_change(name, event.counts, take), color=True)


def _url_column(cleaner: Cleaner, column: str | None) -> str | None:
    """Return the column of addresses if the site of each record is read from it, else None."""
    site = next((step for step in cleaner.filters if isinstance(step, SiteFilter)), None)
    if column and site is None:
        raise click.UsageError("--url-column requires --sites.")
    if column and site and site.host:
        raise click.UsageError("--url-column and --site are mutually exclusive.")
    return (column or URL) if site and not site.host else None


def _refuse_with_engine(options: _Options, ignore: Ignore, per_file: PerFile) -> None:
    """Raise `click.UsageError` for an option that engines do not support."""
    unsupported = {
        "--sidecar": options.sidecar, "--json": options.as_json, "--store": options.store, "--no-undo": options.no_undo,
        "--resume": options.resume, "--report": options.report_to, "--budget": options.budget,
        "--exclude": ignore.exclude, "--dry-run": options.dry_run,
        "settings for some files (per-file)": per_file.overrides,
    }  # fmt: skip
    if refused := [name for name, value in unsupported.items() if value]:
        raise click.UsageError(
            f"--engine does not support {', '.join(refused)}; it supports --as, --column, --url-column and --add."
        )


def _refuse_contradictions(paths: tuple[str, ...], target: str | None, sidecar: bool) -> None:
    """Raise `click.UsageError` for options that contradict each other."""
    if _STDIN in paths and len(paths) > 1:
        raise click.UsageError("'-' can't be combined with other paths.")
    if target == _STDIN and sidecar:
        raise click.UsageError("--sidecar requires an output file; use --json with stdout.")
    if target == _STDIN and (len(paths) > 1 or os.path.isdir(paths[0])):
        raise click.UsageError("-o - accepts a single file; use -o FOLDER for several files.")


def _count_event(event: Begun | Advanced | Ended, total: Total) -> None:
    if isinstance(event, Advanced):
        total.advance(event.counts, event.size)
    elif isinstance(event, Ended):
        total.end(event.counts, event.size, changed=event.changed, failed=event.error is not None)


def _print_event(event: Begun | Advanced | Ended, quiet: bool, column: str | None) -> None:
    """Print the error and the JSON of a file that has ended, and remarks on one that begins."""
    if isinstance(event, Ended):
        if event.error is not None:
            print_error(event.error)
        if event.shown:
            click.echo(event.shown)
    elif isinstance(event, Begun) and not quiet:
        if column is None:
            print_column(event.source)
        if event.blocks:
            print_note(f"{event.source.name}: resuming after block {event.blocks}")


def _write_report(path: Path, found: dict[str, Any]) -> None:
    write_file(path, json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
