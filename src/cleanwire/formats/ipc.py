"""Arrow IPC, files and streams: schema, metadata, batches and the compression of their buffers are kept."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from cleanwire.errors import FormatError
from cleanwire.formats.columns import arrow, compact, find_column, find_url, sizes, value_type, with_columns
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import BLOCK, Block, Change, Record, Sample
from cleanwire.formats.table_parts import block_of, merge_parts, part_of, parts_of, records_of, with_dictionary
from cleanwire.lazy import need

FILE = b"ARROW1"
"""The first bytes of an Arrow file; a stream begins with its first message."""
_ROW = 2**6
"""Bytes that a row counts for beside its text, so that a block has no more than 16,384 of them."""
_CODECS = {0: "lz4", 1: "zstd"}


@dataclass(frozen=True)
class Ipc:
    """An Arrow file or stream; the text is in `column`, and the address, if it is read, in `url`."""

    column: str
    add: tuple[str, ...] = ()
    name: str = "arrow"
    url: str | None = None
    limits: Limits = LIMITS

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""
        return self.url is not None

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split every batch into blocks."""
        for batch, _ in _batches(_open(file)):
            columns = [batch.column(name) for name in (self.column, self.url) if name is not None]
            of_rows = [sum(row) for row in zip(*map(sizes, columns), strict=True)]
            self.limits.refuse_expansion(sum(column.nbytes for column in columns), sum(of_rows))
            for start, stop in _runs(of_rows):
                yield block_of(*(column.slice(start, stop - start) for column in columns), limits=self.limits)

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the rows of a block."""
        return records_of(block.data)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Return the part for a block."""
        return [part_of(block.data, changes, self.add)]

    def assemble(self, file: IO[bytes], parts: IO[bytes], target: IO[bytes]) -> None:
        """Write the batches of `file` to `target` with their `parts`; one batch is in memory at a time."""
        pa = arrow()
        options = _ipc().IpcWriteOptions(compression=_compression(file))
        is_file = _is_file(file)  # before it is read as a stream: the check moves the position in it
        source = _open(file)
        schema = with_columns(source.schema, self.add)
        index = schema.get_field_index(self.column)
        start = parts.tell()
        dictionary = self._dictionary(source, parts) if is_file and pa.types.is_dictionary(schema[index].type) else None
        parts.seek(start)
        remaining = parts_of(parts)
        if is_file:
            writer = _ipc().new_file(target, schema, options=options, metadata=source.metadata)
        else:
            writer = _ipc().new_stream(target, schema, options=options)
        with writer:
            for batch, metadata in _batches(source):
                table = merge_parts(pa.Table.from_batches([batch]), remaining, self.column, self.add)
                if dictionary is not None:
                    texts = with_dictionary(table.column(index), dictionary, schema[index].type)
                    table = table.set_column(index, schema[index], texts)
                batches = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema)]
                writer.write_batch(batches[0], custom_metadata=metadata)

    def _dictionary(self, source: Any, parts: IO[bytes]) -> Any:
        """Return the distinct texts of a file: it has one dictionary for all of its batches."""
        compute = need("pyarrow.compute", "arrow", "Arrow")
        remaining = parts_of(parts)
        distinct = arrow().array([], value_type(source.schema.field(self.column).type))
        for batch, _ in _batches(source):
            table = merge_parts(arrow().Table.from_batches([batch]), remaining, self.column, self.add)
            texts = compact(table.column(self.column).combine_chunks()).dictionary
            distinct = compute.unique(arrow().chunked_array([distinct, texts])).drop_null()
        return distinct


def look(sample: Sample) -> Ipc:
    """Find the text column in the schema of a file or stream; raise `FormatError` if it is not there."""
    schema = _open(sample.file).schema
    return Ipc(
        find_column(schema, sample.column, sample.add),
        sample.add,
        url=find_url(schema, sample.url),
        limits=sample.limits,
    )


def _runs(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first row, and the one after the last, of runs of rows that are `BLOCK` bytes together, or one row."""
    start = held = 0
    for row, size in enumerate(each + _ROW for each in sizes):
        if held + size > BLOCK and row > start:
            yield start, row
            start, held = row, 0
        held += size
    if start < len(sizes):
        yield start, len(sizes)


def _ipc() -> Any:
    return need("pyarrow.ipc", "arrow", "Arrow")


def _is_file(file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(len(FILE))
    file.seek(0)
    return head == FILE


def _open(file: IO[bytes]) -> Any:
    try:
        return _ipc().open_file(file) if _is_file(file) else _ipc().open_stream(file)
    except (arrow().ArrowException, OSError) as error:
        raise FormatError(f"is not an Arrow file ({' '.join(str(error).split())[:100]})") from error


def _batches(source: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the batches with their custom metadata."""
    if hasattr(source, "num_record_batches"):
        for index in range(source.num_record_batches):
            found = source.get_batch_with_custom_metadata(index)
            yield found.batch, found.custom_metadata
        return
    while True:
        try:
            found = source.read_next_batch_with_custom_metadata()
        except StopIteration:
            return
        yield found.batch, found.custom_metadata


def _compression(file: IO[bytes]) -> str | None:
    """Return the compression of the buffers of the first batch.

    pyarrow does not expose it, so the message is parsed: a flatbuffers table whose header, of the type RecordBatch,
    has the compression as its fourth field, a table with the codec as its first field.
    """
    file.seek(8 if _is_file(file) else 0)
    while prefix := file.read(8):
        _, size = struct.unpack("<iI", prefix)
        message = file.read(size)
        if not size:
            break
        root = _Table(message, struct.unpack_from("<I", message)[0])
        if root.number(1, "<B") == 3:  # a record batch
            file.seek(0)
            batch = root.table(2)
            compression = batch.table(3) if batch else None
            return _CODECS.get(compression.number(0, "<b") or 0) if compression else None
        file.seek(root.number(3, "<q") or 0, 1)
    file.seek(0)
    return None


@dataclass(frozen=True)
class _Table:
    """A flatbuffers table: the buffer, and the offset of the table in it."""

    data: bytes
    pos: int

    def _at(self, field: int) -> int | None:
        vtable = self.pos - int(struct.unpack_from("<i", self.data, self.pos)[0])
        if 4 + 2 * field >= struct.unpack_from("<H", self.data, vtable)[0]:
            return None
        offset = int(struct.unpack_from("<H", self.data, vtable + 4 + 2 * field)[0])
        return self.pos + offset if offset else None

    def number(self, field: int, kind: str) -> int | None:
        at = self._at(field)
        return None if at is None else int(struct.unpack_from(kind, self.data, at)[0])

    def table(self, field: int) -> "_Table | None":
        at = self._at(field)
        return None if at is None else _Table(self.data, at + int(struct.unpack_from("<I", self.data, at)[0]))
