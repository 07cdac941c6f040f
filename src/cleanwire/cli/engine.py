"""``cleanwire clean --engine``: clean on Ray or Spark, which read, distribute and write the data."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.jobs import jobs_of
from cleanwire.cli.messages import plural, print_error, print_note
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.run import Job
from cleanwire.errors import CleanwireError
from cleanwire.formats.record import COLUMNS, URL, guess_column
from cleanwire.io.location import Location
from cleanwire.io.suffixes import format_suffix, suffixes_of
from cleanwire.io.walk import FoundFile, find_files

ENGINES = ("ray", "spark")
FORMS = {
    "parquet": suffixes_of("parquet"),
    "jsonl": (*suffixes_of("jsonl"), ".json"),
    "text": suffixes_of("text"),
}
"""Formats that an engine reads, with their suffixes."""
_ROWS = 2_000
"""Rows per task on Ray, whose default is one task per file; Spark splits files itself."""


class _Options(NamedTuple):
    """What to clean and which columns to add; `url` is the column of addresses if the site is read from it."""

    cleaner: Cleaner
    column: str | None
    url: str | None
    keep: Sequence[str]
    quiet: bool
    form: str | None

    def columns(self, there: Sequence[str]) -> tuple[str, str | None]:
        """Return the columns of the texts and of the addresses; print the first if it was not named."""
        url = None if self.url == URL and URL not in there else self.url
        return self.column or _column(there, self.quiet), url


def run(
    engine: str,
    paths: Sequence[str],
    output: str | None,
    cleaner: Cleaner,
    *,
    column: str | None = None,
    url: str | None = None,
    keep: Sequence[str] = (),
    form: str | None = None,
    quiet: bool = False,
) -> None:
    """Clean `paths` on an engine, and write Parquet into the new folder `output`.

    Raises `CleanwireError` if the engine fails, and `click.UsageError` for options that it does not support.
    """
    if output is None or output == "-" or "-" in paths:
        raise click.UsageError("--engine reads files and folders and writes a new folder; name it with -o FOLDER.")
    if os.path.exists(output):
        raise CleanwireError(f"{output}: already exists; name a new folder with -o")
    named, form = form, form or _form(paths)
    if form not in FORMS:
        raise click.UsageError(f"--engine reads {', '.join(FORMS)}, not {form}.")
    try:
        options = _Options(cleaner, column, url, keep, quiet, named)
        (_ray if engine == "ray" else _spark)(paths, form, output, options)
    except (CleanwireError, click.UsageError):
        raise
    except Exception as error:  # engines raise any class, with long messages of which one line helps
        raise CleanwireError(
            f"{engine} failed: {_essence(error)}; remove {output} if it exists, it is incomplete"
        ) from error
    if not quiet:
        print_note(f"cleaned on {engine}; written to {output}")


def _ray(paths: Sequence[str], form: str, output: str, options: _Options) -> None:
    import logging

    from cleanwire.arrow import clean_schema
    from cleanwire.engines.ray import clean_dataset, text_dataset

    import ray  # isort: skip - after ours, whose error says what to install
    from ray.data.datasource import SaveMode  # isort: skip

    if not ray.is_initialized():
        ray.init(logging_level="ERROR", log_to_driver=False)
    if options.quiet or not sys.stderr.isatty():  # without a terminal, progress bars print hundreds of lines
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
    # A worker may have another working directory.
    paths, output = [Location(path).absolute.name for path in paths], Location(output).absolute.name
    if form == "jsonl":  # Ray's own reader changes values: a date becomes a number
        _ray_files(paths, output, options)
        return
    dataset = text_dataset(paths) if form == "text" else ray.data.read_parquet(paths)
    schema = dataset.schema().base_schema
    column, url = options.columns(schema.names)
    clean_schema(schema, column, options.keep)  # before the next line, after which the schema is unknown
    dataset = dataset.repartition(target_num_rows_per_block=_ROWS)
    cleaned = clean_dataset(dataset, column, options.cleaner, options.keep, url=url)
    cleaned.write_parquet(output, mode=SaveMode.ERROR)


def _ray_files(paths: Sequence[str], output: str, options: _Options) -> None:
    """Clean JSON Lines files, one per task, keeping their form; raises `CleanwireError` if one could not be cleaned."""
    from cleanwire.engines.files import ERRORS, CleanFile, counts_of
    from cleanwire.engines.ray import clean_files

    jobs, failed, counts = [], 0, Counts()
    for job in jobs_of(paths, f"{output}/", "jsonl" if options.form else None):
        if isinstance(job, Job) and job.target:
            jobs.append((job.source.name, job.target.name))
        else:
            print_error(str(job))
            failed += 1
    work = CleanFile(options.cleaner, "jsonl", options.column, tuple(options.keep), options.url)
    for row in clean_files(jobs, work).iter_rows() if jobs else ():
        counts += counts_of(row)
        if row["error"]:
            print_error(row["error"])
            failed += 1
    if counts.bad:
        print_error(f"{plural(counts.bad, 'record')} could not be read; see *{ERRORS} in {output}")
    if failed:
        raise CleanwireError(f"{plural(failed, 'file')} could not be cleaned; the others are in {output}")


def _spark(paths: Sequence[str], form: str, output: str, options: _Options) -> None:
    from cleanwire.engines.spark import clean_frame, start, text_frame

    session = start(quiet=options.quiet)
    if form == "text":
        frame = text_frame(session, paths)
    else:
        frame = session.read.parquet(*paths) if form == "parquet" else session.read.json(list(paths))
    column, url = options.columns(frame.columns)
    clean_frame(frame, column, options.cleaner, options.keep, url=url).write.parquet(output)


def _column(there: Sequence[str], quiet: bool) -> str:
    """Return the column with a usual name, and print it; if there is none, a name that the engine will refuse."""
    column = guess_column(there) or COLUMNS[0]
    if not quiet and column in there:
        print_note(f"cleaning column {column!r}")
    return column


def _form(paths: Sequence[str]) -> str:
    """Return the format by the file names; raises `click.UsageError` unless there is exactly one."""
    forms = {form for name in _names(paths) for form, suffixes in FORMS.items() if format_suffix(name) in suffixes}
    if len(forms) != 1:
        found = f"mixed formats ({', '.join(sorted(forms))})" if forms else "no known format by file name"
        raise click.UsageError(f"{found}; choose one with --as {'|'.join(FORMS)}.")
    return forms.pop()


def _names(paths: Sequence[str]) -> Iterator[str]:
    return (found.path.name for found in find_files(paths, bool) if isinstance(found, FoundFile))


def _essence(error: Exception) -> str:
    """Return the most specific line of an engine's error message."""
    lines = [line.strip() for line in str(error).split("\n") if line.strip()] or [type(error).__name__]
    named = (line for line in lines if re.match(r"(: )?[\w.]+(Error|Exception): ", line))
    line = next(named, lines[0])
    return f"no such file: {line}" if isinstance(error, FileNotFoundError) and len(lines) == 1 else line.lstrip(": ")
