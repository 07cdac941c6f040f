"""One file after the other, or several at once: what every command that cleans does with its files."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.output import console, count_changes, plural, print_counts, print_error, print_note
from cleanwire.cli.paths import STDIN, Found, find
from cleanwire.errors import FileError, TemplateError
from cleanwire.formats.source import format_of
from cleanwire.inplace import FileReport, preview_bytes, preview_file
from cleanwire.io.parallel import ordered

Task = tuple[Found, Path | None]
"""A file, and where its clean text goes when that is elsewhere."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file, small enough to travel between processes; `shown` is what the command prints."""

    name: str
    changed: bool = False
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: str = ""
    error: str | None = None


@dataclass
class Total:
    """What became of all files."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def summarise(self, changed: str) -> None:
        """Show the summary on stderr; `changed` is the word for the files that were, or would be, changed."""
        screen = console(stderr=True)
        if self.counts:
            if screen.is_terminal:
                screen.print()
            print_counts(self.counts, screen)
        files = self.changed + self.unchanged + self.failed
        if not files:
            print_note("no files found; folders are searched for text files only")
        screen.print(
            f"{plural(files, 'file')}: "
            f"{self.changed:,} {changed}, {self.unchanged:,} unchanged, {self.failed:,} failed",
            style="bold",
        )


def tasks(paths: Iterable[str], target: Path | None = None) -> Iterator[Task | FileError]:
    """Yield the files that `paths` mean, all with the same `target`."""
    for found in find(paths):
        yield found if isinstance(found, FileError) else (found, target)


def preview(path: Path, cleaner: Cleaner) -> FileReport:
    """Clean a file or standard input, and touch nothing."""
    if path == STDIN:
        return preview_bytes(sys.stdin.buffer.read(), STDIN, cleaner)
    if (known := format_of(path.name)) not in (None, "text"):
        raise FileError(f"{path}: only `clean` reads {known}; use `cleanwire clean FILE -o OUT --report run.json`")
    return preview_file(path, cleaner)


def outcome(report: FileReport, shown: str = "") -> Outcome:
    """Return what a command keeps of a report."""
    counts = count_changes(report.result)
    if report.changed and not report.result.changed:
        counts["fixed", "charset"] += 1  # bytes that could be read only by mending them
    return Outcome(click.format_filename(report.path), report.changed, counts, shown)


def work(
    do: Callable[[Task], Outcome], tasks: Iterable[Task | FileError], jobs: int, total: Total
) -> Iterator[Outcome]:
    """Yield what became of every file in order; what fails is said on stderr, counted in `total` and passed over."""
    for done in ordered(partial(_attempt, do), tasks, jobs):
        if done.error is not None:
            total.failed += 1
            print_error(done.error)
            continue
        total.changed += done.changed
        total.unchanged += not done.changed
        total.counts.update(done.counts)
        yield done


def _attempt(do: Callable[[Task], Outcome], task: Task | FileError) -> Outcome:
    if isinstance(task, FileError):
        return Outcome("", error=str(task))
    try:
        return do(task)
    except FileError as error:
        return Outcome("", error=str(error))
    except TemplateError as error:  # of the site of this file: those of others are cleaned
        return Outcome("", error=f"{click.format_filename(task[0].path)}: is left as it is: {error}")
