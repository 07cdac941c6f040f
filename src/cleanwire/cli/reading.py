"""Options of the commands that read documents of any format."""

import os
import stat
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from cleanwire.cli.complete import files
from cleanwire.cli.documents import Documents
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import URL
from cleanwire.formats.source import Reading
from cleanwire.io.ignore import Ignore
from cleanwire.io.suffixes import FORMATS


def _or_pipe(ctx: click.Context, _: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths; without any, stdin if it is a pipe or a file, since nobody types there."""
    if value or ctx.resilient_parsing:
        return value
    if is_piped():
        return ("-",)
    raise click.UsageError("name files or folders, or - for stdin.", ctx)


def is_piped() -> bool:
    """Return True if stdin is a pipe, a socket or a file; a terminal and ``/dev/null`` are not."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):  # closed, or not a stream of the system
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISREG(mode)


PATHS = click.argument("paths", nargs=-1, metavar="[PATH…]", callback=_or_pipe, shell_complete=files)
FORMAT = click.option("--as", "wanted", type=click.Choice(FORMATS), help="Format of the files.  [default: by name]")
COLUMN = click.option("--column", metavar="NAME", help="Column with the texts; dots for nested JSON.")
MAX_RECORD = click.option(
    "--max-record", type=click.IntRange(min=1), metavar="MB",
    help=f"Refuse files with a longer record; a text file is one.  [default: {LIMITS.record >> 20}]",
)  # fmt: skip
MAX_EXPANSION = click.option(
    "--max-expansion", type=click.IntRange(min=1), metavar="N",
    help=f"Refuse files that expand to more than N times their compressed size.  [default: {LIMITS.expansion}]",
)  # fmt: skip


def limits_of(max_record: int | None, max_expansion: int | None) -> Limits:
    """Return what a file may ask for at most; `max_record` is in MB.

    >>> limits_of(1, None) == Limits(record=2**20)
    True
    """
    return Limits(LIMITS.record if max_record is None else max_record << 20, max_expansion or LIMITS.expansion)


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that reads documents of any format; it gets ``documents``.

    It stands below `cleanwire.cli.options.cleaning`, which gives it ``ignore``.
    """

    @wraps(command)
    def run(
        paths: tuple[str, ...],
        ignore: Ignore,
        wanted: str | None,
        column: str | None,
        url_column: str | None,
        sample: int | None,
        max_record: int | None,
        max_expansion: int | None,
        cached: bool,
        **others: Any,
    ) -> Any:
        how = Reading(wanted, column, url=url_column or URL, limits=limits_of(max_record, max_expansion))
        return command(documents=Documents(paths, how, sample, ignore, others["quiet"], cached), **others)

    for option in (
        MAX_EXPANSION,
        MAX_RECORD,
        click.option(
            "--sample", type=click.IntRange(min=1), metavar="N", help="Read N documents only, chosen at random."
        ),
        click.option(
            "--url-column", metavar="NAME", help="Column with the address of each record.  [default: url, if present]"
        ),
        COLUMN,
        FORMAT,
    ):
        run = option(run)
    return run
