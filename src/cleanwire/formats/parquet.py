"""Parquet: schema, metadata, row groups, and the compression and encoding of every column are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from cleanwire.errors import FormatError
from cleanwire.formats.columns import arrow, find_column, find_url, with_columns
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.parquet_bombs import refuse_bomb
from cleanwire.formats.record import BLOCK, Block, Change, Record, Sample
from cleanwire.formats.table_parts import block_of, merge_parts, part_of, parts_of, records_of
from cleanwire.lazy import need

_ROWS = 2**14
"""Most rows of a block."""


@dataclass(frozen=True)
class Parquet:
    """A Parquet file; the text is in `column`, and the address, if it is read, in `url`."""

    column: str
    add: tuple[str, ...] = ()
    name: str = "parquet"
    url: str | None = None
    limits: Limits = LIMITS

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""
        return self.url is not None

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split every row group into blocks."""
        columns = [self.column, *([self.url] if self.url else [])]
        with _open(file) as source:
            for group in range(source.num_row_groups):
                longest = refuse_bomb(file, source.metadata, group, columns, self.limits)
                rows = min(_rows(source, group, self.column), max(1, self.limits.record // max(longest, 1)))
                for batch in source.iter_batches(rows, [group], columns):
                    yield block_of(*map(batch.column, columns), limits=self.limits)

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the rows of a block."""
        return records_of(block.data)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Return the part for a block."""
        return [part_of(block.data, changes, self.add)]

    def assemble(self, file: IO[bytes], parts: IO[bytes], target: IO[bytes]) -> None:
        """Write the table of `file` to `target` with its `parts`; a row group is in memory at a time."""
        remaining = parts_of(parts)
        with _open(file) as source:
            schema = with_columns(source.schema_arrow, self.add)
            with _parquet().ParquetWriter(target, schema, **_settings(source.metadata)) as writer:
                for group in range(source.num_row_groups):
                    refuse_bomb(file, source.metadata, group, source.schema_arrow.names, self.limits)
                    table = merge_parts(source.read_row_group(group), remaining, self.column, self.add)
                    writer.write_table(table, row_group_size=max(table.num_rows, 1))


def look(sample: Sample) -> Parquet:
    """Find the text column in the schema of a file; raise `FormatError` if it is not there."""
    with _open(sample.file) as source:
        schema = source.schema_arrow
        column = find_column(schema, sample.column, sample.add)
        return Parquet(column, sample.add, url=find_url(schema, sample.url), limits=sample.limits)


def _parquet() -> Any:
    return need("pyarrow.parquet", "arrow", "Parquet")


def _open(file: IO[bytes]) -> Any:
    try:
        return _parquet().ParquetFile(file)
    except (arrow().ArrowException, OSError) as error:
        raise FormatError(f"is not a Parquet file ({' '.join(str(error).split())[:100]})") from error


def _rows(source: Any, group: int, column: str) -> int:
    """Return how many rows of a row group make a block."""
    metadata = source.metadata.row_group(group)
    for index in range(metadata.num_columns):
        if metadata.column(index).path_in_schema == column:
            size: int = metadata.column(index).total_uncompressed_size
            rows: int = metadata.num_rows
            return max(1, min(_ROWS, rows * BLOCK // max(size, 1)))
    return _ROWS


def _settings(metadata: Any) -> dict[str, Any]:
    """Return the settings of a writer for a file like the one with this metadata."""
    settings: dict[str, Any] = {
        "version": metadata.format_version if metadata.format_version in ("1.0", "2.4", "2.6") else "2.6",
        # The key-value metadata is in the schema; the Arrow schema is stored only if the file had it.
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
    }
    if metadata.num_row_groups:
        group = metadata.row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        names = [column.path_in_schema for column in columns]
        codecs = [_codec(column.compression) for column in columns]
        dictionaries = [any("DICTIONARY" in encoding for encoding in column.encodings) for column in columns]
        has_statistics = [column.is_stats_set for column in columns]
        settings["compression"] = dict(zip(names, codecs, strict=True))
        settings["use_dictionary"] = [name for name, enabled in zip(names, dictionaries, strict=True) if enabled]
        settings["write_statistics"] = [name for name, enabled in zip(names, has_statistics, strict=True) if enabled]
        settings["sorting_columns"] = list(group.sorting_columns) or None
    return settings


def _codec(name: str) -> str:
    return {"UNCOMPRESSED": "NONE", "LZ4": "LZ4", "LZ4_RAW": "LZ4"}.get(name, name)
