"""Clean the documents of a command without writing them, in one process or in several, and print what fails."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import Any, Generic, NamedTuple, TypeVar

from cleanwire.cli.documents import Cleaned, Documents, Unit, Unread, cleaned
from cleanwire.cli.messages import print_error
from cleanwire.corpora.blocks import cannot_clean, left_unchanged
from cleanwire.corpora.checkpoint import Errors
from cleanwire.corpora.counts import Counts, counts_of
from cleanwire.corpora.file_cache import FileCache
from cleanwire.corpora.report import Total
from cleanwire.errors import FileError, TemplateError
from cleanwire.formats.limits import Limits
from cleanwire.io.parallel import ordered
from cleanwire.time_limit import Clean

_BATCH = 16
"""Documents that a process gets at once: the cost of sending them stays small beside cleaning them."""


T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """The outcome for one document, which processes exchange.

    `shown` is what the command makes of it: None for a document without a text, and for one that is not cleaned.
    `error` is the message of a file that cannot be read or cleaned, `left` the reason why a record was left as it is.
    """

    file: str
    number: int
    counts: Counts
    changed: bool = False
    shown: T | None = None
    error: str | None = None
    left: str | None = None


@dataclass
class Totals:
    """The totals of a command, by files and documents, and the records that could not be read.

    Files that are clean are kept in the `cache`.
    """

    total: Total = field(default_factory=Total)
    errors: Errors = field(default_factory=Errors)
    cache: FileCache = field(default_factory=FileCache)

    def end(self, file: str, group: Iterable[Outcome[T]]) -> Iterator[Outcome[T]]:
        """Yield the outcomes of one file; print its errors and count it."""
        counts, changed, failed = Counts(), False, False
        for each in group:
            if each.error is not None:
                print_error(each.error)
                failed, counts = True, each.counts  # nothing is done of a file that fails
                continue
            if each.left is not None:
                self.errors.add(file, each.number, each.left)
            counts += each.counts
            changed = changed or each.changed
            yield each
        self.total.end(counts, 0, changed=changed, failed=failed)
        self.cache.end(file, counts, unchanged=not changed and not failed)


@dataclass(frozen=True)
class Cleaning(Generic[T]):
    """Clean documents and `show` each; it is sent to other processes."""

    cleaner: Clean
    limits: Limits
    show: Callable[[Cleaned], T]

    def __call__(self, units: list[Unit | Unread]) -> list[Outcome[T]]:
        """Return the outcome of each document."""
        return list(map(self._attempt, units))

    def _attempt(self, unit: Unit | Unread) -> Outcome[T]:
        if isinstance(unit, Unread):
            return Outcome(unit.file, 0, Counts(), error=unit.message)
        if unit.known is not None:
            return Outcome(unit.file, 0, unit.known)
        if unit.error is not None:
            return Outcome(unit.file, unit.number, Counts(bad=1), left=unit.error)
        if unit.number and unit.document is None:
            return Outcome(unit.file, unit.number, Counts(documents=1, empty=1))
        try:
            done = cleaned(unit, self.cleaner, self.limits)
        except Exception as error:  # an error in a filter must not stop the other texts
            return _failed(unit, error)
        counts = counts_of(done.result, done.changed)
        if reason := left_unchanged(done.result, counts):
            if unit.number:
                return Outcome(unit.file, unit.number, counts, left=reason)
            return Outcome(unit.file, 0, counts, error=f"{unit.file}: {reason}")
        counts.add_edits(done.result, changed=done.changed)
        return Outcome(unit.file, unit.number, counts, done.changed, self.show(done))


def work(
    do: Cleaning[T], documents: Documents, jobs: int, totals: Totals
) -> Iterator[tuple[str, Iterator[Outcome[T]]]]:
    """Yield the files in order, each with the outcomes of its documents, which must be read before the next one.

    Errors are printed on stderr, counted in `totals` and skipped.
    """
    done = chain.from_iterable(ordered(do, _batches(documents.but(totals.cache), _BATCH if jobs > 1 else 1), jobs))
    for file, group in groupby(done, key=lambda each: each.file or object()):  # folders are no file, so none is another
        yield str(file), totals.end(str(file), group)


def _failed(unit: Unit, error: Exception) -> Outcome[Any]:
    if unit.number:
        return Outcome(unit.file, unit.number, Counts(bad=1), left=cannot_clean(error))
    if isinstance(error, FileError):
        told = str(error)
    elif isinstance(error, TemplateError):  # of this file's site; files of other sites are cleaned
        told = f"{unit.file}: left unchanged: {error}"
    else:
        told = f"{unit.file}: {cannot_clean(error)}"
    return Outcome(unit.file, 0, Counts(), error=told)


def _batches(documents: Iterable[Unit | Unread], size: int) -> Iterator[list[Unit | Unread]]:
    found = iter(documents)
    while batch := list(islice(found, size)):
        yield batch
