"""``cleanwire clean --engine``: the same on Ray or Spark, which read, spread and write by themselves."""

import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.jobs import jobs_of
from cleanwire.cli.output import complain
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.run import Job
from cleanwire.errors import CleanwireError
from cleanwire.formats.record import COLUMNS, URL
from cleanwire.io.location import Location
from cleanwire.io.suffixes import format_suffix, suffixes_of
from cleanwire.io.walk import FoundFile, find_files

ENGINES = ("ray", "spark")
FORMS = {
    "parquet": suffixes_of("parquet"),
    "jsonl": (*suffixes_of("jsonl"), ".json"),
    "text": suffixes_of("text"),
}
"""What an engine reads, with the suffixes it is known by."""
_ROWS = 2_000
"""How many rows are one task on Ray, which would make one task of a whole file; Spark cuts files by itself."""


class _Wish(NamedTuple):
    """What is to be cleaned, and what to add; `url` is the column of addresses, if they tell the sites."""

    cleaner: Cleaner
    column: str | None
    url: str | None
    keep: Sequence[str]
    quiet: bool
    form: str | None

    def columns(self, there: Sequence[str]) -> tuple[str, str | None]:
        """Choose the columns of the texts and of the addresses, and say which holds the texts."""
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
    """Clean what is at `paths` on an engine, and write Parquet into the new folder `output`.

    Raises `CleanwireError` for whatever the engine cannot do, and `click.UsageError` for what it is asked wrongly.
    """
    if output is None or output == "-" or "-" in paths:
        raise click.UsageError("--engine reads files and folders, and writes a new folder; name it with -o.")
    if os.path.exists(output):
        raise CleanwireError(f"{output}: is there already, so nothing was done; name a new folder with -o")
    named, form = form, form or _form(paths)
    if form not in FORMS:
        raise click.UsageError(f"an engine reads {', '.join(FORMS)}, not {form}.")
    try:
        wish = _Wish(cleaner, column, url, keep, quiet, named)
        (_ray if engine == "ray" else _spark)(paths, form, output, wish)
    except (CleanwireError, click.UsageError):
        raise
    except Exception as error:  # an engine raises what it likes, and its long message holds one line that tells
        raise CleanwireError(
            f"{engine} stopped: {_essence(error)}; if {output} was begun, it is not whole: remove it"
        ) from error
    if not quiet:
        click.echo(f"cleaned on {engine}; it is in {output}", err=True)


def _ray(paths: Sequence[str], form: str, output: str, wish: _Wish) -> None:
    from cleanwire.arrow import clean_schema
    from cleanwire.engines.ray import clean_dataset, text_dataset

    import ray  # isort: skip - behind ours, which says what to install where Ray is not

    if not ray.is_initialized():
        ray.init(logging_level="ERROR", log_to_driver=False)
    if wish.quiet or not sys.stderr.isatty():  # elsewhere than on a terminal its progress is hundreds of lines
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
    # A worker may have another working folder.
    paths, output = [Location(path).absolute.name for path in paths], Location(output).absolute.name
    if form == "jsonl":  # Ray's own reader changes values: a date becomes a number
        _ray_files(paths, output, wish)
        return
    dataset = text_dataset(paths) if form == "text" else ray.data.read_parquet(paths)
    schema = dataset.schema().base_schema
    column, url = wish.columns(schema.names)
    clean_schema(schema, column, wish.keep)  # now, since behind the next line the schema is not known
    dataset = dataset.repartition(target_num_rows_per_block=_ROWS)
    cleaned = clean_dataset(dataset, column, wish.cleaner, wish.keep, url=url)
    cleaned.write_parquet(output, mode=ray.data.SaveMode.ERROR)


def _ray_files(paths: Sequence[str], output: str, wish: _Wish) -> None:
    """Clean files of JSON lines as they are, one a task; raises `CleanwireError` where some could not be."""
    from cleanwire.engines.files import ERRORS, CleanFile, counts_of
    from cleanwire.engines.ray import clean_files

    jobs, failed, counts = [], 0, Counts()
    for job in jobs_of(paths, f"{output}/", "jsonl" if wish.form else None):
        if isinstance(job, Job) and job.target:
            jobs.append((job.source.name, job.target.name))
        else:
            complain(str(job))
            failed += 1
    work = CleanFile(wish.cleaner, "jsonl", wish.column, tuple(wish.keep), wish.url)
    for row in clean_files(jobs, work).iter_rows() if jobs else ():
        counts += counts_of(row)
        if row["error"]:
            complain(row["error"])
            failed += 1
    if counts.bad:
        complain(f"{counts.bad} records could not be read; *{ERRORS} in {output} list them")
    if failed:
        raise CleanwireError(f"{failed} of the files could not be cleaned; the others are in {output}")


def _spark(paths: Sequence[str], form: str, output: str, wish: _Wish) -> None:
    from cleanwire.engines.spark import clean_frame, start, text_frame

    session = start(quiet=wish.quiet)
    if form == "text":
        frame = text_frame(session, paths)
    else:
        frame = session.read.parquet(*paths) if form == "parquet" else session.read.json(list(paths))
    column, url = wish.columns(frame.columns)
    clean_frame(frame, column, wish.cleaner, wish.keep, url=url).write.parquet(output)


def _column(there: Sequence[str], quiet: bool) -> str:
    """Choose the column of the texts, and say which it is; where none is known, that of the first name is refused."""
    column = next((name for name in COLUMNS if name in there), COLUMNS[0])
    if not quiet and column in there:
        click.echo(f"cleaning the column {column!r}", err=True)
    return column


def _form(paths: Sequence[str]) -> str:
    """Tell by the names what the files are; raises `click.UsageError` where they do not say."""
    forms = {form for name in _names(paths) for form, suffixes in FORMS.items() if format_suffix(name) in suffixes}
    if len(forms) != 1:
        found = f"are {' and '.join(sorted(forms))}" if forms else "do not say what they are"
        raise click.UsageError(f"the names of the files {found}; say which to read: --as {'|'.join(FORMS)}.")
    return forms.pop()


def _names(paths: Sequence[str]) -> Iterator[str]:
    return (found.path.name for found in find_files(paths, bool) if isinstance(found, FoundFile))


def _essence(error: Exception) -> str:
    """Return the line of an engine's long message that says what was wrong."""
    lines = [line.strip() for line in str(error).split("\n") if line.strip()] or [type(error).__name__]
    named = (line for line in lines if re.match(r"(: )?[\w.]+(Error|Exception): ", line))
    line = next(named, lines[0])
    return f"there is no {line}" if isinstance(error, FileNotFoundError) and len(lines) == 1 else line.lstrip(": ")
