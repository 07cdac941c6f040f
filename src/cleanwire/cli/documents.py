"""Documents of any format, each with a name, for commands that read and never write."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import NamedTuple

from cleanwire.cli.jobs import files
from cleanwire.cli.output import print_column
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.file_cache import FileCache
from cleanwire.document import Document
from cleanwire.errors import FileError, MissingError
from cleanwire.formats.documents import documents
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.source import Reading, copied, is_text_file, recognise
from cleanwire.inplace import of_its_file, of_its_site, preview_bytes, preview_file
from cleanwire.io.ignore import Ignore
from cleanwire.io.location import Location
from cleanwire.per_file import PerFile
from cleanwire.result import Result
from cleanwire.time_limit import Clean

_SEED = 0


class Unit(NamedTuple):
    """A document to read: a whole text in `file`, or its record `number`, from 1.

    A text is read when it is cleaned, unless it came through a pipe and is in `data`.  `document` is None for a record
    without a text, and for one that cannot be read: `error` says why.  `known` are the counts of a file, of texts or
    records, that need not be read: it is clean.
    """

    file: str
    number: int = 0
    document: Document | None = None
    data: bytes | None = None
    error: str | None = None
    known: Counts | None = None

    @property
    def name(self) -> str:
        """The path, and for a record its number.

        >>> Unit("news.jsonl", 3).name
        'news.jsonl:3'
        """
        return f"{self.file}:{self.number}" if self.number else self.file


class Unread(NamedTuple):
    """A file that cannot be read, or not to its end; the message names it.  `file` is empty for a folder."""

    file: str
    message: str


class Cleaned(NamedTuple):
    """A document and what cleaning makes of it: `changed` says whether it would be written otherwise."""

    file: str
    name: str
    result: Result
    changed: bool
    url: str | None = None

    def cleaner_of(self, clean: Clean) -> Clean:
        """Return what cleans this document, if cleaners differ by file or by site."""
        return of_its_site(clean, Path(self.file)) if self.name == self.file else of_its_file(clean, self.file)


@dataclass(frozen=True)
class Documents:
    """The documents that `paths` stand for, in order; ``-`` is stdin.

    What `ignore` passes over in folders is left out.  If `sample` is a number, these are at most that number,
    chosen at random; the same documents give the same sample.  The column that is found is printed, unless `quiet`.
    `cached` says whether files may be left out that are known to be clean.
    """

    paths: tuple[str, ...]
    reading: Reading
    sample: int | None
    ignore: Ignore
    quiet: bool = False
    cached: bool = False

    def __iter__(self) -> Iterator[Unit | Unread]:
        """Yield the documents, and the files that cannot be read."""
        return self.but(FileCache())

    def but(self, cache: FileCache) -> Iterator[Unit | Unread]:
        """Yield the documents, and those files alone, with their counts, that are known to be clean."""
        return _sampled(self._all(cache), self.sample)

    def cache(self, clean: PerFile) -> FileCache:
        """Open the cache of files that are clean, if it is wanted and all documents are read."""
        return FileCache.of(clean, self.reading) if self.cached and self.sample is None else FileCache()

    def _all(self, cache: FileCache) -> Iterator[Unit | Unread]:
        if "-" in self.paths:
            yield from self._stdin()
        for found in files([path for path in self.paths if path != "-"], self.reading.format, ignore=self.ignore):
            if isinstance(found, FileError):
                yield Unread("", str(found))
            elif found[0].is_local and (counts := cache.known(found[0].name)):
                yield Unit(found[0].name, known=counts)
            elif is_text_file(found[0], self.reading.format):
                yield Unit(found[0].name)
            else:
                yield from self._records(found[0], found[0])

    def _stdin(self) -> Iterator[Unit | Unread]:
        pipe = Location("-")
        if is_text_file(pipe, self.reading.format):
            yield Unit(pipe.name, data=sys.stdin.buffer.read(self.reading.limits.record + 1))
            return
        with copied(sys.stdin.buffer) as copy:
            yield from self._records(pipe, copy)

    def _records(self, location: Location, stored: Location) -> Iterator[Unit | Unread]:
        name = location.name
        try:
            source = recognise(location, self.reading, stored)
            if not self.quiet and self.reading.column is None:
                print_column(source)
            for page in documents(source):
                yield Unit(name, page.number, page.document, error=page.error)
        except FileError as error:
            yield Unread(name, str(error))
        except MissingError as error:
            yield Unread(name, f"{name}: {error}")


def cleaned(unit: Unit, cleaner: Clean, limits: Limits = LIMITS) -> Cleaned:
    """Clean a document; raise `CleanwireError` for a text that cannot be read or cleaned.

    >>> from cleanwire import Cleaner
    >>> cleaned(Unit("a.jsonl", 1, Document("Post a comment")), Cleaner()).changed
    True
    """
    if unit.number:
        document = unit.document or Document("")
        result = of_its_file(cleaner, unit.file)(document)
        return Cleaned(unit.file, unit.name, result, result.changed, document.url)
    path = Path(unit.file)
    if unit.data is not None:
        report = preview_bytes(unit.data, path, cleaner, limits)
    else:
        report = preview_file(path, cleaner, limits)
    return Cleaned(unit.file, unit.name, report.result, report.changed)


def _sampled(found: Iterable[Unit | Unread], most: int | None) -> Iterator[Unit | Unread]:
    """Yield a sample of at most `most` documents, in order, and all errors; all documents if `most` is None."""
    if most is None:
        yield from found
        return
    random, seen = Random(_SEED), 0  # noqa: S311 - a sample, no secret
    kept, errors = list[tuple[int, Unit | Unread]](), list[tuple[int, Unit | Unread]]()
    for each in found:
        if isinstance(each, Unread) or each.error is not None:
            errors.append((seen, each))
        elif each.document or not each.number:
            seen += 1
            slot = len(kept) if seen <= most else random.randrange(seen)
            if slot < most:
                kept[slot : slot + 1] = [(seen, each)]
    yield from (each for _, each in sorted(kept + errors, key=itemgetter(0)))
