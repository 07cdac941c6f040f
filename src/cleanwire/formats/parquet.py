"""Parquet: schema, metadata, row groups, and the compression and encoding of every column stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from cleanwire.errors import FormatError
from cleanwire.formats.columns import (
    arrow,
    block_of,
    find_column,
    find_url,
    longer,
    part_of,
    parts_of,
    records_of,
    refit,
)
from cleanwire.formats.extras import need
from cleanwire.formats.record import BLOCK, Block, Change, Record

_ROWS = 2**14


@dataclass(frozen=True)
class Parquet:
    """Tables in Parquet files; the text is in `column`, the address, if it is to be read, in `url`."""

    column: str
    add: tuple[str, ...] = ()
    name: str = "parquet"
    url: str | None = None

    @property
    def has_url(self) -> bool:
        """Whether addresses were found."""
        return self.url is not None

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Cut every row group into rows of about a block."""
        columns = [self.column, *([self.url] if self.url else [])]
        with _open(file) as source:
            for group in range(source.num_row_groups):
                for batch in source.iter_batches(_rows(source, group, self.column), [group], columns):
                    yield block_of(*map(batch.column, columns))

    def read(self, block: Block) -> Iterator[Record]:
        """Read the rows of a block."""
        return records_of(block.data)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Write the part for a block."""
        return [part_of(block.data, changes, self.add)]

    def assemble(self, file: IO[bytes], spool: IO[bytes], target: IO[bytes]) -> None:
        """Write the table of `file` to `target`, with the parts in `spool`; a row group is in memory at a time."""
        parts = parts_of(spool)
        with _open(file) as source:
            schema = longer(source.schema_arrow, self.add)
            with _parquet().ParquetWriter(target, schema, **_settings(source.metadata)) as writer:
                for group in range(source.num_row_groups):
                    table = refit(source.read_row_group(group), parts, self.column, self.add)
                    writer.write_table(table, row_group_size=max(table.num_rows, 1))


def look(file: IO[bytes], column: str | None, add: tuple[str, ...] = (), url: str | None = None) -> Parquet:
    """Find the column in the schema of a file; raises `FormatError` where there is none."""
    with _open(file) as source:
        schema = source.schema_arrow
        return Parquet(find_column(schema, column, add), add, url=find_url(schema, url))


def _parquet() -> Any:
    return need("pyarrow.parquet", "arrow", "Parquet")


def _open(file: IO[bytes]) -> Any:
    try:
        return _parquet().ParquetFile(file)
    except (arrow().ArrowException, OSError) as error:
        raise FormatError(f"is no Parquet file ({' '.join(str(error).split())[:100]})") from error


def _rows(source: Any, group: int, column: str) -> int:
    """Return how many rows of a group make a block."""
    about = source.metadata.row_group(group)
    for index in range(about.num_columns):
        if about.column(index).path_in_schema == column:
            size: int = about.column(index).total_uncompressed_size
            rows: int = about.num_rows
            return max(1, min(_ROWS, rows * BLOCK // max(size, 1)))
    return _ROWS


def _settings(about: Any) -> dict[str, Any]:
    """Return the settings of a writer whose files are like the one that `about` tells of."""
    settings: dict[str, Any] = {
        "version": about.format_version if about.format_version in ("1.0", "2.4", "2.6") else "2.6",
        # The key-value metadata is in the schema, that of Arrow only where the file had it.
        "store_schema": b"ARROW:schema" in (about.metadata or {}),
    }
    if about.num_row_groups:
        group = about.row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        names = [column.path_in_schema for column in columns]
        codecs = [_codec(column.compression) for column in columns]
        coded = [any("DICTIONARY" in encoding for encoding in column.encodings) for column in columns]
        described = [column.is_stats_set for column in columns]
        settings["compression"] = dict(zip(names, codecs, strict=True))
        settings["use_dictionary"] = [name for name, yes in zip(names, coded, strict=True) if yes]
        settings["write_statistics"] = [name for name, yes in zip(names, described, strict=True) if yes]
        settings["sorting_columns"] = list(group.sorting_columns) or None
    return settings


def _codec(name: str) -> str:
    return {"UNCOMPRESSED": "NONE", "LZ4": "LZ4", "LZ4_RAW": "LZ4"}.get(name, name)
