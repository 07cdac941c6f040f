"""A run over many files: one queue of blocks and small files, worked off by all processes, settled in order.

The units of work are made as they are needed, and for each a matter is put into a queue; when the unit is done, its
matter is settled.  Matters without a unit (a file begins, ends, fails) are settled on the way, so all is done in the
order of the files, whatever process was quicker.
"""

import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanwire.corpora.ledger import Errors, Finished, Ledger, State, state_of
from cleanwire.corpora.output import Output, output_for
from cleanwire.corpora.spool import paths
from cleanwire.corpora.tally import Tally
from cleanwire.corpora.texts import CleanTexts, TextDone, TextFile
from cleanwire.corpora.work import LATE, CleanBlock, Done, Piece
from cleanwire.errors import FileError, FormatError
from cleanwire.formats.compression import MAGIC
from cleanwire.formats.record import BLOCK
from cleanwire.formats.source import TABLES, Source, format_of, holds_records, is_remote, recognise
from cleanwire.io.parallel import cores, ordered

_BATCH = 64
"""So many small files are one unit of work at most."""


_FEW = 8
"""Fewer units than these are done before other processes have started."""


class Job(NamedTuple):
    """A file or an address, and where its clean records go: None is where it lies."""

    name: str
    target: str | None


class Begun(NamedTuple):
    """A file of records is begun; its format and column are known now."""

    source: Source
    blocks: int
    """How many blocks were done by a run before."""


class Advanced(NamedTuple):
    """A block is done; `size` are the bytes of the file that it took.  The end of the file counts all of them again."""

    size: int
    tally: Tally


class Ended(NamedTuple):
    """A file is done, or could not be: `error` says why; the file is as it was then."""

    name: str
    changed: bool
    tally: Tally
    size: int = 0
    shown: str = ""
    error: str | None = None


Event = Begun | Advanced | Ended
Unit = Piece | tuple[TextFile, ...]


@dataclass(frozen=True)
class Work:
    """What a process does with a unit."""

    blocks: CleanBlock
    texts: CleanTexts

    def __call__(self, unit: Unit) -> Done | list[TextDone] | FileError:
        """Clean a block or some files; a block that cannot be read again is an error of its file."""
        if not isinstance(unit, Piece):
            return self.texts(unit)
        try:
            return self.blocks(unit)
        except FileError as error:
            return FileError(f"{unit.path}: {error}" if unit.path else str(error))
        except OSError as error:
            return FileError(f"{unit.path}: cannot be read ({error.strerror}); nothing was changed")


@dataclass(frozen=True)
class Plan:
    """How records are read and written; `identity` is all that the result depends on beside the files."""

    wanted: str | None = None
    column: str | None = None
    add: tuple[str, ...] = ()
    url: str | None = None
    identity: dict[str, Any] = field(default_factory=dict)
    state: Path = Path()
    resume: bool = False


class _Matter(NamedTuple):
    """What is to be settled, with the result of its unit where it has one."""

    settle: Callable[..., Iterator[Event]]
    has_unit: bool


@dataclass
class Run:
    """One run."""

    work: Work
    plan: Plan
    ledger: Ledger
    errors: Errors
    _matters: deque[_Matter] = field(default_factory=deque)
    _open: dict[int, Output] = field(default_factory=dict)

    def __call__(self, jobs: Iterable[Job | FileError], processes: int | None = None) -> Iterator[Event]:
        """Clean the files by so many processes, by default one a core, and tell of each file in order.

        Raises `FileError` for the first record that cannot be read, where that is to stop all.  However it ends, every
        file is old or new; what was done of the one at work is kept for a run that goes on with it.
        """
        units = self._units(jobs)
        if processes is None:
            head = list(islice(units, _FEW))
            units = chain(head, units)
            processes = 1 if len(head) < _FEW else cores()
        try:
            for result in ordered(self.work, units, processes):
                yield from self._settle_those_without()
                yield from self._matters.popleft().settle(result)
            yield from self._settle_those_without()
        finally:
            for output in self._open.values():
                output.close()

    def _settle_those_without(self) -> Iterator[Event]:
        while self._matters and not self._matters[0].has_unit:
            yield from self._matters.popleft().settle()

    def _later(self, settle: Callable[..., Iterator[Event]], *arguments: Any, has_unit: bool = False) -> None:
        self._matters.append(_Matter(partial(settle, *arguments), has_unit))

    def _units(self, jobs: Iterable[Job | FileError]) -> Iterator[Unit]:
        """Make the units of work, and put what is to be settled into the queue."""
        batch: list[TextFile] = []
        weight = 0
        for job in jobs:
            is_text = isinstance(job, Job) and self._is_text(job)
            known = None if isinstance(job, FileError) else self.ledger.known(job.name, job.target or job.name)
            if isinstance(job, Job) and is_text and not known:
                batch.append(TextFile(Path(job.name), None if job.target is None else Path(job.target)))
                weight += _size(job.name)
                if len(batch) < _BATCH and weight < BLOCK:
                    continue
            if batch:
                yield self._texts(batch)
                batch, weight = [], 0
            if isinstance(job, FileError):
                self._later(_tell, Ended("", False, Tally(), error=str(job)))
            elif known:
                for left in paths(Path(os.path.realpath(job.target or job.name))):
                    left.unlink(missing_ok=True)
                size = known.before[0] if known.before else 0
                self._later(_tell, Ended(job.name, known.changed, known.tally, size))
            elif not is_text and job.name == "-":
                with _kept(sys.stdin.buffer) as place:
                    yield from self._blocks(job, place)
            elif not is_text:
                yield from self._blocks(job)
        if batch:
            yield self._texts(batch)

    def _is_text(self, job: Job) -> bool:
        """Whether a file is a text that one process cleans whole: its name says so, or no name says otherwise."""
        if is_remote(job.name) or (job.target and is_remote(job.target)):
            return False
        if job.name == "-":
            return self.plan.wanted in (None, "text")
        if self.plan.wanted or (known := format_of(job.name)):
            return (self.plan.wanted or known) == "text"
        try:
            with open(job.name, "rb") as file:
                return not holds_records(job.name, file.read(MAGIC))
        except FormatError:
            return False
        except OSError:
            return True  # and what is wrong with it is said when it is read

    def _texts(self, batch: list[TextFile]) -> Unit:
        self._later(self._settle_texts, [state_of(file.path) for file in batch], has_unit=True)
        return tuple(batch)

    def _settle_texts(self, before: list[State | None], results: list[TextDone]) -> Iterator[Event]:
        for state, (file, tally, changed, shown, error, after) in zip(before, results, strict=True):
            if error is None:
                self.ledger.add(str(file.path), Finished(state, after, changed, tally), self.errors.end)
            yield Ended(str(file.path), changed, tally, state[0] if state else 0, shown, error)

    def _blocks(self, job: Job, place: str | None = None) -> Iterator[Unit]:
        output = None
        try:
            texts, plan = self.work.texts, self.plan
            source = recognise(job.name, plan.wanted, plan.column, plan.add, place, plan.url)
            before = state_of(job.name)
            output, packing = output_for(
                source, job.target, plan.identity, plan.state, resume=plan.resume, store=texts.store, undo=texts.undo
            )
            self._open[id(output)] = output
            self._later(self._begin, output)
            known = output.spool.blocks
            with source.opened() as (stream, file):
                reached = start = 0
                here = source.compression == "plain" and not is_remote(job.name) and source.format.name not in TABLES
                here = here and place is None
                for number, data in enumerate(source.format.split(stream)):
                    size, start = len(data), start + len(data)
                    if number < known:
                        continue
                    if id(output) not in self._open:  # it failed meanwhile
                        return
                    now = max(file.tell(), reached)
                    self._later(self._settle_block, output, now - reached, has_unit=True)
                    reached = now
                    if here:
                        yield Piece(source.format, packing, number == 0, None, source.place, start - size, size)
                    else:
                        yield Piece(source.format, packing, number == 0, data)
            self._later(self._finish, output, before, job)
        except FileError as error:
            self._later(self._fail, output, job.name, str(error))

    def _begin(self, output: Output) -> Iterator[Event]:
        if output.spool.blocks:
            self.errors.go_on(output.spool.errors_end)
        yield Begun(output.source, output.spool.blocks)
        yield Advanced(0, output.spool.tally)

    def _settle_block(self, output: Output, size: int, done: Done | FileError) -> Iterator[Event]:
        if id(output) not in self._open:  # it failed before
            return
        if isinstance(done, FileError):
            yield from self._fail(output, output.source.name, str(done))
            return
        for place, reason in done.errors:
            number = output.spool.places + place + 1
            if self.work.blocks.on_error == "stop" and reason != LATE:
                self._drop(output)
                raise FileError(
                    f"{output.source.name}: record {number} {reason}; stopped there, and the file is as it was"
                )
            self.errors.add(output.source.name, number, reason)
        try:
            output.add(done, self.errors.end)
        except FileError as error:
            yield from self._fail(output, output.source.name, str(error))
            return
        yield Advanced(size, done.tally)

    def _finish(self, output: Output, before: State | None, job: Job) -> Iterator[Event]:
        if id(output) not in self._open:
            return
        spool = output.spool

        def note(after: State | None) -> None:
            self.ledger.add(job.name, Finished(before, after, output.changed, spool.tally), self.errors.end)

        try:
            output.finish(note)
        except FileError as error:
            yield from self._fail(output, job.name, str(error))
            return
        del self._open[id(output)]
        yield Ended(job.name, output.changed, spool.tally, before[0] if before else 0)

    def _fail(self, output: Output | None, name: str, error: str) -> Iterator[Event]:
        if output is not None:
            if id(output) not in self._open:
                return
            self._drop(output)
        yield Ended(name, False, Tally(), error=error)

    def _drop(self, output: Output) -> None:
        del self._open[id(output)]
        output.discard()


@contextmanager
def _kept(stream: IO[bytes]) -> Iterator[str]:
    """Keep a stream that can be read only once in a file, and yield where it lies."""
    with tempfile.NamedTemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        yield file.name


def _tell(event: Event) -> Iterator[Event]:
    yield event


def _size(name: str) -> int:
    state = state_of(name)
    return state[0] if state else 0
