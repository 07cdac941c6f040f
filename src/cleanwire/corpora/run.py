"""A run over many files: one queue of blocks and small files for all processes, with results in order.

Units of work are created lazily.  Each has a completion callback in a FIFO queue, so results are handled in file order,
whichever process was faster.  What needs no work (a file begins, ends or fails) has a callback in the same queue.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from cleanwire.corpora.blocks import CleanBlock, Done, Piece, cannot_clean, is_read
from cleanwire.corpora.checkpoint import Checkpoint, Errors, Finished, State, state_of
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.file_cache import FileCache
from cleanwire.corpora.output import Output, Writing, output_for
from cleanwire.corpora.part_file import paths
from cleanwire.corpora.whole_files import Batch, CleanTexts, TextDone, TextFile
from cleanwire.errors import CleanwireError, FileError
from cleanwire.formats.source import Reading, Source, copied, is_text_file, recognise
from cleanwire.io.location import Location
from cleanwire.io.parallel import cores, ordered

_FEW = 8
"""Fewer units than this are done before worker processes have started."""


class Job(NamedTuple):
    """A file or an address, and where its cleaned records go; None means in place."""

    source: Location
    target: Location | None


class Begun(NamedTuple):
    """A file of records was opened; `blocks` of it were done by an earlier run."""

    source: Source
    blocks: int


class Advanced(NamedTuple):
    """A block is done, which took `size` bytes of the file.  The end of the file counts all of them again."""

    size: int
    counts: Counts


class Ended(NamedTuple):
    """A file is finished, or failed: `error` says why, and the file was left unchanged."""

    name: str
    changed: bool
    counts: Counts
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
        """Clean a block or some text files; return an error if a block cannot be read again."""
        if not isinstance(unit, Piece):
            return self.texts(unit)
        try:
            return self.blocks(unit)
        except FileError as error:
            return FileError(f"{unit.path}: {error}" if unit.path else str(error))
        except OSError as error:
            return FileError(f"{unit.path}: cannot be read ({error.strerror}); nothing was written")
        except Exception as error:  # of a format, about odd data: it must not stop the other files
            return FileError(f"{unit.path or 'a block of a file'}: {cannot_clean(error)}; nothing was written")


class _Pending(NamedTuple):
    """A completion callback, which gets the result of its unit if it has one."""

    complete: Callable[..., Iterator[Event]]
    has_unit: bool


@dataclass
class Run:
    """One run."""

    work: Work
    reading: Reading
    writing: Writing
    checkpoint: Checkpoint
    errors: Errors
    cache: FileCache = field(default_factory=FileCache)
    _pending: deque[_Pending] = field(default_factory=deque)
    _open: dict[int, Output] = field(default_factory=dict)

    def __call__(self, jobs: Iterable[Job | FileError], processes: int | None = None) -> Iterator[Event]:
        """Clean files with `processes` processes, by default one a core, and yield the events of each file in order.

        Raises `FileError` for the first record that cannot be read, with ``on_error="stop"``.  However the run ends,
        each file has its old content or its new one; what was done of the current file is kept for a resumed run.
        """
        units = self._units(jobs)
        if processes is None:
            head = list(islice(units, _FEW))
            units = chain(head, units)
            processes = 1 if len(head) < _FEW else cores()
        try:
            for result in ordered(self.work, units, processes):
                yield from self._complete_without_unit()
                yield from self._pending.popleft().complete(result)
            yield from self._complete_without_unit()
        finally:
            for output in self._open.values():
                output.close()

    def _complete_without_unit(self) -> Iterator[Event]:
        while self._pending and not self._pending[0].has_unit:
            yield from self._pending.popleft().complete()

    def _later(self, complete: Callable[..., Iterator[Event]], *arguments: Any, has_unit: bool = False) -> None:
        self._pending.append(_Pending(partial(complete, *arguments), has_unit))

    def _units(self, jobs: Iterable[Job | FileError]) -> Iterator[Unit]:
        """Yield the units of work, and queue their completion callbacks; small texts are batched."""
        batch = Batch()
        for job in jobs:
            is_text = isinstance(job, Job) and self._is_text(job)
            found = self._finished(job) if isinstance(job, Job) else None
            if isinstance(job, Job) and is_text and not found:
                batch.add(TextFile(job.source, job.target))
                if not batch.is_full:
                    continue
            if batch.files:
                yield self._texts(batch.take())
            if isinstance(job, FileError):
                self._later(_event, Ended("", False, Counts(), error=str(job)))
            elif found:
                self._skip(job, found)
            elif not is_text:
                yield from self._records(job)
        if batch.files:
            yield self._texts(batch.take())

    def _finished(self, job: Job) -> Finished | None:
        """Return what is known of a file that needs no work: an earlier run finished it, or it is clean."""
        if found := self.checkpoint.known(job.source.name, (job.target or job.source).name):
            return found
        if job.target is None and job.source.is_local and (counts := self.cache.known(job.source.name)):
            return Finished(state_of(job.source.name), None, changed=False, counts=counts)
        return None

    def _ended(self, job: Job, ended: Ended) -> Ended:
        """Keep a file in the cache that was cleaned in place and did not change."""
        if job.target is None:
            self.cache.end(job.source.name, ended.counts, unchanged=not ended.changed and ended.error is None)
        return ended

    def _skip(self, job: Job, found: Finished) -> None:
        """Count a file that an earlier run has finished, and remove what that may have left."""
        for left in paths((job.target or job.source).real):
            left.unlink(missing_ok=True)
        size = found.before[0] if found.before else 0
        self._later(_event, Ended(job.source.name, found.changed, found.counts, size))

    def _is_text(self, job: Job) -> bool:
        """Return True for a text, which one process cleans as a whole."""
        is_uploaded = job.target is not None and job.target.is_address
        return not is_uploaded and is_text_file(job.source, self.reading.format)

    def _texts(self, batch: list[TextFile]) -> Unit:
        self._later(self._complete_texts, [state_of(file.source.name) for file in batch], has_unit=True)
        return tuple(batch)

    def _complete_texts(self, before: list[State | None], results: list[TextDone]) -> Iterator[Event]:
        for state, (file, counts, changed, shown, error, after) in zip(before, results, strict=True):
            if error is None:
                self.checkpoint.add(file.source.name, Finished(state, after, changed, counts), self.errors.end)
            ended = Ended(file.source.name, changed, counts, state[0] if state else 0, shown, error)
            yield self._ended(Job(*file), ended)

    def _records(self, job: Job) -> Iterator[Unit]:
        """Yield the blocks of a file of records; stdin is copied to a file first, since it can be read only once."""
        if not job.source.is_pipe:
            yield from self._blocks(job, job.source)
            return
        with copied(sys.stdin.buffer) as copy:
            yield from self._blocks(job, copy)

    def _blocks(self, job: Job, stored: Location) -> Iterator[Unit]:
        output = None
        try:
            source = recognise(job.source, self.reading, stored)
            before = state_of(job.source.name)
            output, packing = output_for(source, job.target, self.writing)
            self._open[id(output)] = output
            self._later(self._begin, output)
            # Workers read the blocks of a plain local file themselves.
            by_offset = source.compression == "plain" and job.source.is_local and not source.is_table
            with source.opened() as (stream, file):
                read = end = 0
                for number, data in enumerate(source.format.split(stream)):
                    start, end = end, end + len(data)
                    if number < output.sink.blocks:
                        continue
                    if id(output) not in self._open:  # it has failed
                        return
                    size, read = max(file.tell(), read) - read, max(file.tell(), read)
                    self._later(self._complete_block, output, size, has_unit=True)
                    piece = Piece(source.format, packing, number == 0, data, source=source.name)
                    yield (
                        piece._replace(data=None, path=stored.name, start=start, size=len(data)) if by_offset else piece
                    )
            self._later(self._finish, output, before, job)
        except CleanwireError as error:
            self._later(self._fail, output, job.source.name, _named(error, job.source.name))
        except Exception as error:  # of a format, about odd data: it must not stop the other files
            self._later(self._fail, output, job.source.name, f"{job.source.name}: {cannot_clean(error)}")

    def _begin(self, output: Output) -> Iterator[Event]:
        if output.sink.blocks:
            self.errors.resume(output.sink.errors_end)
        yield Begun(output.source, output.sink.blocks)
        yield Advanced(0, output.sink.counts)

    def _complete_block(self, output: Output, size: int, done: Done | FileError) -> Iterator[Event]:
        if id(output) not in self._open:  # it has failed
            return
        if isinstance(done, FileError):
            yield from self._fail(output, output.source.name, str(done))
            return
        for index, reason in done.errors:
            number = output.sink.records + index + 1
            if self.work.blocks.on_error == "stop" and not is_read(reason):
                self._drop(output)
                raise FileError(f"{output.source.name}, record {number:,}: {reason}; stopped, nothing was written")
            self.errors.add(output.source.name, number, reason)
        try:
            output.add(done, self.errors.end)
        except FileError as error:
            yield from self._fail(output, output.source.name, str(error))
            return
        yield Advanced(size, done.counts)

    def _finish(self, output: Output, before: State | None, job: Job) -> Iterator[Event]:
        if id(output) not in self._open:
            return
        sink = output.sink

        def record(after: State | None) -> None:
            self.checkpoint.add(job.source.name, Finished(before, after, output.changed, sink.counts), self.errors.end)

        try:
            output.finish(record)
        except CleanwireError as error:
            yield from self._fail(output, job.source.name, _named(error, job.source.name))
            return
        except Exception as error:  # as in `_blocks`
            yield from self._fail(output, job.source.name, f"{job.source.name}: {cannot_clean(error)}")
            return
        del self._open[id(output)]
        yield self._ended(job, Ended(job.source.name, output.changed, sink.counts, before[0] if before else 0))

    def _fail(self, output: Output | None, name: str, error: str) -> Iterator[Event]:
        if output is not None:
            if id(output) not in self._open:
                return
            self._drop(output)
        yield Ended(name, False, Counts(), error=error)

    def _drop(self, output: Output) -> None:
        del self._open[id(output)]
        output.discard()


def _named(error: CleanwireError, name: str) -> str:
    """Return the message of an error, which begins with the name of its file."""
    return str(error) if str(error).startswith(f"{name}: ") else f"{name}: {error}"


def _event(event: Event) -> Iterator[Event]:
    yield event
