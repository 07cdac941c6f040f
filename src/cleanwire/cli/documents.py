"""Documents of any format, each with a name, for commands that read and never write."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from cleanwire.cleaner import Cleaner
from cleanwire.cli.jobs import files
from cleanwire.document import Document
from cleanwire.errors import CleanwireError, FileError, MissingError
from cleanwire.formats.documents import documents
from cleanwire.formats.source import Reading, recognise
from cleanwire.inplace import of_its_site
from cleanwire.io.ignore import Ignore
from cleanwire.io.location import Location
from cleanwire.report.model import Reviewed
from cleanwire.sites.page import host_of

_SEED = 0


class Named(NamedTuple):
    """A document with its name: the path, and for a record its number; `path` is None for a record."""

    name: str
    document: Document
    path: Path | None


def named_documents(
    paths: Iterable[str], reading: Reading, ignore: Ignore | None = None
) -> Iterator[Named | FileError]:
    """Yield the documents that `paths` stand for, in order, but for what folders hold to `ignore`; ``-`` is stdin.

    What cannot be read is yielded as the error that says why.
    """
    named = list(paths)
    if "-" in named:
        yield from _stdin(reading)
    for found in files([path for path in named if path != "-"], reading.format, ignore=ignore):
        if isinstance(found, FileError):
            yield found
        else:
            yield from _records(found[0], found[0], reading)


def sampled(found: Iterable[Named | FileError], most: int | None) -> Iterator[Named | FileError]:
    """Yield at most so many of the documents, each as likely, in order; all of them if `most` is None.

    The same documents give the same sample.  Errors come first.
    """
    if most is None:
        yield from found
        return
    random, kept, seen = Random(_SEED), list[tuple[int, Named]](), 0  # noqa: S311 - a sample, no secret
    for each in found:
        if isinstance(each, FileError):
            yield each
            continue
        seen += 1
        slot = len(kept) if seen <= most else random.randrange(seen)
        if slot < most:
            kept[slot : slot + 1] = [(seen, each)]
    yield from (each for _, each in sorted(kept, key=lambda pair: pair[0]))


@dataclass(frozen=True)
class CleanNamed:
    """Clean one document; picklable, for other processes.  An error is returned."""

    cleaner: Cleaner

    def __call__(self, found: Named | FileError) -> Reviewed | FileError:
        """Return the document with its result, or the error."""
        if isinstance(found, FileError):
            return found
        cleaner = of_its_site(self.cleaner, found.path) if found.path else self.cleaner
        try:
            return Reviewed(found.name, cleaner(found.document), host_of(found.document.url))
        except CleanwireError as error:  # a template that cannot be read, or a filter that breaks the protocol
            return FileError(f"{found.name}: {error}")


def _stdin(reading: Reading) -> Iterator[Named | FileError]:
    with NamedTemporaryFile() as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield from _records(Location("-"), Location(file.name), reading)


def _records(location: Location, stored: Location, reading: Reading) -> Iterator[Named | FileError]:
    name = location.name
    try:
        source = recognise(location, reading, stored)
        is_text = source.format.name == "text"
        pages = documents(source)
        first = next(pages, None)
        if first is None and is_text:  # an empty file is a text without records
            yield Named(name, Document(""), Path(name))
        for page in chain([first] if first else [], pages):
            where = name if is_text else f"{name}:{page.number}"
            if page.document is None:
                yield FileError(f"{where}: {page.error}")
            else:
                yield Named(where, page.document, Path(name) if is_text and location.is_local else None)
    except FileError as error:
        yield error
    except MissingError as error:
        yield FileError(f"{name}: {error}")
