"""``cleanwire clean``: clean files where they lie, or elsewhere, or a pipe."""

import json
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.engine import ENGINES
from cleanwire.cli.engine import run as run_on
from cleanwire.cli.jobs import bytes_of, jobs_of
from cleanwire.cli.options import EXIT_FAILED, EXIT_OK, CleaningCommand, cleaning
from cleanwire.cli.output import WENT, complain, console, table
from cleanwire.cli.progress import progress
from cleanwire.corpora.identity import describe
from cleanwire.corpora.ledger import Errors, Ledger
from cleanwire.corpora.report import Total, report
from cleanwire.corpora.run import Advanced, Begun, Ended, Plan, Run, Work
from cleanwire.corpora.texts import CleanTexts
from cleanwire.corpora.work import CleanBlock, OnError
from cleanwire.filters.site import SiteFilter
from cleanwire.formats.added import ADDABLE
from cleanwire.formats.record import URL
from cleanwire.formats.source import FORMATS
from cleanwire.io.files import write_file
from cleanwire.io.undo import default_folder
from cleanwire.time_limit import Clean, TimeLimited

_STDIN = "-"


def _add(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (value or "").split(","))))
    for name in names:
        if name not in ADDABLE:
            raise click.BadParameter(f"no column is called {name!r}; there are {', '.join(ADDABLE)}")
    return names


@click.command(cls=CleaningCommand, short_help="Clean files where they lie, or a pipe.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write there (a file, a folder, an address, or - for stdout); leave the source.",
)
@click.option("--as", "wanted", type=click.Choice(FORMATS), help="What the files hold; told by their names otherwise.")
@click.option("--column", metavar="NAME", help="The column with the texts, dots for nested JSON.")
@click.option(
    "--url-column",
    metavar="NAME",
    help="With --sites: the column with the address, which tells the site of a record.  [default: url, if it is there]",
)
@click.option("--add", callback=_add, metavar="NAMES", help=f"Add columns to the records: {','.join(ADDABLE)}.")
@click.option(
    "--on-error",
    type=click.Choice(("keep", "skip", "stop")),
    default="keep",
    show_default=True,
    help="What becomes of a record that cannot be read.",
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False),
    default="cleanwire-errors.jsonl",
    show_default=True,
    metavar="FILE",
    help="Where the records that cannot be read are listed.",
)
@click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Leave a text as it is that takes longer.",
)
@click.option("--resume", is_flag=True, help="Go on with the same command where it was cut off.")
@click.option(
    "--report", "report_to", type=click.Path(dir_okay=False), metavar="FILE", help="Write what was done, as JSON."
)
@click.option("--sidecar", is_flag=True, help="Write captions and all that was found to NAME.cleanwire.json beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print the same on stdout, one line a file.")
@click.option(
    "--store", type=click.Path(file_okay=False), metavar="FOLDER", help="Where the old files are kept for undo."
)
@click.option(
    "--engine", type=click.Choice(ENGINES), help="Clean on Ray or Spark: Parquet, JSON lines or texts in, Parquet out."
)
@click.option("--no-undo", is_flag=True, help="Do not keep the old files.")
@cleaning
def clean(
    paths: tuple[str, ...],
    cleaner: Cleaner,
    jobs: int | None,
    quiet: bool,
    output: str | None,
    wanted: str | None,
    column: str | None,
    url_column: str | None,
    add: tuple[str, ...],
    on_error: OnError,
    errors: str,
    budget: float | None,
    resume: bool,
    report_to: str | None,
    sidecar: bool,
    as_json: bool,
    store: str | None,
    no_undo: bool,
    engine: str | None,
) -> None:
    """Clean each PATH where it lies. A folder means the files in it whose names tell what they hold; - is a pipe.

    Texts (.txt, .md) are cleaned whole; of JSON lines, CSV, TSV, Parquet, Arrow and WET, the texts of their records
    are, whether the file is compressed or not. What a file held is kept, and `cleanwire undo` puts it back. A file in
    which nothing changes is not written. Exit code: 0, or 2 if a file could not be cleaned (the others are).
    """
    url = _url(cleaner, url_column)
    if engine:
        if sidecar or as_json or store or no_undo or resume or report_to or budget:
            raise click.UsageError("An engine knows --as, --column and --add; the other options are not for it.")
        run_on(engine, paths, output, cleaner, column=column, url=url, keep=add, form=wanted, quiet=quiet)
        return
    target = _STDIN if _STDIN in paths and output is None else output
    _demand_sense(paths, target, sidecar)
    within: Clean = TimeLimited(cleaner, budget, alarm=True) if budget else cleaner
    options: dict[str, Any] = {"add": list(add), "on_error": on_error, "column": column, "url": url, "as": wanted}
    identity = describe(within)
    listed = Errors(Path(errors))
    total = Total()
    work = Work(CleanBlock(within, on_error), CleanTexts(within, sidecar, as_json, store, not no_undo))
    plan = Plan(wanted, column, add, url, {**identity, **options}, default_folder(), resume)
    shows = not (quiet or as_json or target == _STDIN)
    this = {"paths": paths, "output": target, "folder": os.getcwd(), **plan.identity}
    ledger = Ledger.open(None if target == _STDIN else plan.state, this, resume=resume)
    listed.go_on(ledger.errors_end)
    with closing(ledger), progress(shows, lambda: bytes_of(paths, target, wanted)) as say:
        for event in Run(work, plan, ledger, listed)(jobs_of(paths, target, wanted), 1 if _STDIN in paths else jobs):
            _take(event, total, quiet, column)
            say(total)
    if report_to:
        done = report(
            total,
            identity,
            {"paths": list(paths), "output": output, **options},
            str(listed.path) if listed.end else None,
        )
        write_file(Path(report_to), json.dumps(done, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
    if not quiet:
        _summarise(total, listed)
    sys.exit(EXIT_FAILED if total.failed else EXIT_OK)


def _url(cleaner: Cleaner, column: str | None) -> str | None:
    """Return the column of addresses, if they are to tell the site of each record."""
    site = next((act for act in cleaner.filters if isinstance(act, SiteFilter)), None)
    if column and site is None:
        raise click.UsageError("--url-column tells the site of each record, so it needs --sites.")
    if column and site and site.host:
        raise click.UsageError("--site says that all is from one site, so --url-column means nothing.")
    return (column or URL) if site and not site.host else None


def _demand_sense(paths: tuple[str, ...], target: str | None, sidecar: bool) -> None:
    """Refuse options that contradict each other."""
    if _STDIN in paths and len(paths) > 1:
        raise click.UsageError("- stands for stdin, and stands alone.")
    if target == _STDIN and sidecar:
        raise click.UsageError("--sidecar needs a file to stand beside; use --json.")
    if target == _STDIN and (len(paths) > 1 or os.path.isdir(paths[0])):
        raise click.UsageError("-o - takes one file; give a folder for more.")


def _take(event: Begun | Advanced | Ended, total: Total, quiet: bool, column: str | None) -> None:
    """Add an event to the total, and say what is to be said of it."""
    if isinstance(event, Begun):
        if not quiet and column is None and event.source.format.column:
            click.echo(f"cleanwire: {event.source.name}: cleaning the column {event.source.format.column!r}", err=True)
        if not quiet and event.blocks:
            click.echo(f"cleanwire: {event.source.name}: going on behind block {event.blocks}", err=True)
        return
    if isinstance(event, Advanced):
        total.advance(event.tally, event.size)
        return
    total.end(event.tally, event.size, changed=event.changed, failed=event.error is not None)
    if event.error is not None:
        complain(event.error)
    if event.shown:
        click.echo(event.shown)


def _summarise(total: Total, listed: Errors) -> None:
    screen = console(stderr=True)
    counts: dict[tuple[str, str], int] = {}
    for name, number in total.tally.edits.items():
        action, _, rule = name.partition(" ")
        key = (WENT.get(action, f"named {action}"), rule.partition(".")[0])
        counts[key] = counts.get(key, 0) + number
    if counts:
        if screen.is_terminal:
            screen.print()
        table(counts, screen)
    tally = total.tally
    if listed.end:
        click.echo(
            f"cleanwire: {tally.bad} records could not be read, {tally.late} took too long; {listed.path} lists them",
            err=True,
        )
    if tally.documents > total.files:
        screen.print(f"{tally.documents} documents: {tally.changed} changed, {tally.empty} without text", style="bold")
    screen.print(
        f"{total.files} {'file' if total.files == 1 else 'files'}: "
        f"{total.changed} changed, {total.unchanged} unchanged, {total.failed} failed",
        style="bold",
    )
