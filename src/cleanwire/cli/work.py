"""Clean the files of a command, in one process or in several, and print what fails."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.output import console, plural, print_counts, print_error, print_note
from cleanwire.errors import FileError, TemplateError
from cleanwire.inplace import FileReport, preview_bytes, preview_file
from cleanwire.io.ignore import Ignore
from cleanwire.io.location import Location
from cleanwire.io.parallel import ordered
from cleanwire.io.suffixes import format_of
from cleanwire.io.walk import FoundFile, find_files
from cleanwire.report.findings import Finding
from cleanwire.report.places import count_changes


@dataclass(frozen=True)
class Outcome:
    """The outcome for one file, which processes exchange; `shown` is what the command prints.

    `findings` are the changes, for a command that prints each.
    """

    name: str
    changed: bool = False
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: str = ""
    error: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass
class Total:
    """The totals of all files."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def summarise(self, changed: str, passed: str) -> None:
        """Print the summary on stderr; `changed` is the word for files that would change.

        `passed` says what a search of folders passed over.
        """
        screen = console(stderr=True)
        if self.counts:
            if screen.is_terminal:
                screen.print()
            print_counts(self.counts, screen)
        files = self.changed + self.unchanged + self.failed
        if not files:
            print_note("no files found; folders are searched for text files only")
        if passed:
            print_note(passed)
        screen.print(
            f"{plural(files, 'file')}: "
            f"{self.changed:,} {changed}, {self.unchanged:,} unchanged, {self.failed:,} failed",
            style="bold",
        )


def text_files(paths: Iterable[str], ignore: Ignore) -> Iterator[Path | FileError]:
    """Yield the text files that `paths` stand for."""
    for found in find_files(paths, ignore=ignore):
        yield found.path if isinstance(found, FoundFile) else found


def preview(path: Path, cleaner: Cleaner) -> FileReport:
    """Clean a file or stdin without writing anything."""
    if Location(str(path)).is_pipe:
        return preview_bytes(sys.stdin.buffer.read(), path, cleaner)
    if (known := format_of(path.name)) not in (None, "text"):
        raise FileError(f"{path}: only `clean` reads {known}; use `cleanwire clean {path} -o OUT --report run.json`")
    return preview_file(path, cleaner)


def outcome(report: FileReport, shown: str = "") -> Outcome:
    """Return the outcome that a report stands for."""
    counts = count_changes(report.result)
    if report.changed and not report.result.changed:
        counts["fixed", "charset"] += 1  # invalid UTF-8 was repaired
    return Outcome(click.format_filename(report.path), report.changed, counts, shown)


def work(
    do: Callable[[Path], Outcome], files: Iterable[Path | FileError], jobs: int, total: Total
) -> Iterator[Outcome]:
    """Yield the outcome of every file in order; errors are printed on stderr, counted in `total` and skipped."""
    for done in ordered(partial(_attempt, do), files, jobs):
        if done.error is not None:
            total.failed += 1
            print_error(done.error)
            continue
        total.changed += done.changed
        total.unchanged += not done.changed
        total.counts.update(done.counts)
        yield done


def _attempt(do: Callable[[Path], Outcome], file: Path | FileError) -> Outcome:
    if isinstance(file, FileError):
        return Outcome("", error=str(file))
    try:
        return do(file)
    except FileError as error:
        return Outcome("", error=str(error))
    except TemplateError as error:  # in the template of this file's site; files of other sites are cleaned
        return Outcome("", error=f"{click.format_filename(file)}: left unchanged: {error}")
