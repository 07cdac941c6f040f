"""Ray Data: take a dataset, return the dataset that cleans it (extra ``ray``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from cleanwire.errors import MissingError

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    import ray.data
    from ray.data.aggregate import AggregateFn
    from ray.data.block import BlockAccessor
except ImportError as error:
    raise MissingError("the engine ray needs Ray Data; install it: pip install 'cleanwire[ray]'") from error

from cleanwire.arrow import clean_batch, clean_schema
from cleanwire.cleaner import Cleaner
from cleanwire.engines.files import CleanFile
from cleanwire.engines.sites import PAGES, joined, page_rows, template_of
from cleanwire.engines.text import SCHEMA, SUFFIXES, read_texts

_CLEANER = Cleaner()
_TASKS = 10_000
"""Most tasks that clean files: one process plans all of them."""


def clean_dataset(
    dataset: ray.data.Dataset,
    column: str = "text",
    cleaner: Cleaner = _CLEANER,
    keep: Sequence[str] = (),
    *,
    url: str | None = None,
) -> ray.data.Dataset:
    """Return `dataset` with one column cleaned and the extra columns `keep` added, as by `clean_batch`.

    Nothing runs until the dataset is read or written.  Every worker needs cleanwire and compiles the rules once.
    Raises `ColumnError` if the schema of the dataset is known; otherwise Ray raises it, wrapped, when the dataset runs.

    >>> import ray.data  # doctest: +SKIP
    >>> clean_dataset(ray.data.read_parquet("pages/")).write_parquet("clean/")  # doctest: +SKIP
    """
    schema = dataset.schema(fetch_if_missing=False)
    if schema is not None and isinstance(schema.base_schema, pa.Schema):
        clean_schema(schema.base_schema, column, keep)
        if url:
            clean_schema(schema.base_schema, url)
    return dataset.map_batches(
        _Clean(column, cleaner, tuple(keep), url),
        batch_format="pyarrow",
        batch_size=None,
        udf_modifying_row_count=False,
    )


def count_edits(cleaned: ray.data.Dataset) -> ray.data.Dataset:
    """Return how often each rule fired in a dataset that was cleaned with ``keep=["edits"]``: action, rule, count.

    The counts come from rows, so tasks that the engine repeats count once.

    >>> count_edits(clean_dataset(pages, keep=["edits"])).show()  # doctest: +SKIP
    """
    rows = cleaned.select_columns(["edits"]).map_batches(_unnested, batch_format="pyarrow", batch_size=None)
    return rows.groupby(["action", "rule"]).sum("count").rename_columns({"sum(count)": "count"})


def _unnested(block: pa.Table) -> pa.Table:
    edits = block["edits"].combine_chunks()
    return pa.Table.from_struct_array(pc.list_flatten(edits))


def learn_dataset(dataset: ray.data.Dataset, column: str = "text", url: str = "url") -> ray.data.Dataset:
    """Return the templates of the sites of the pages in `dataset`: a row a host, with its template as text.

    `url` is the column of addresses, or of hosts.  The templates are those that `cleanwire.learning.learn_sites`
    returns for all rows at once; `cleanwire.engines.sites.write_templates` writes them into a folder.

    >>> rows = learn_dataset(ray.data.read_parquet("pages/")).iter_rows()  # doctest: +SKIP
    >>> write_templates(rows, "sites/")  # doctest: +SKIP
    """
    pages = dataset.map_batches(_Pages(column, url), batch_format="pyarrow", batch_size=None)
    gathered = AggregateFn(init=_none, accumulate_block=_gather, merge=_merge, finalize=_line, name="pages")
    return pages.groupby("host").aggregate(gathered).map(_template)


@dataclass(frozen=True)
class _Pages:
    """The pages of one block."""

    column: str
    url: str

    def __call__(self, block: pa.Table) -> pa.Table:
        return pa.Table.from_batches([page_rows(batch, self.column, self.url) for batch in block.to_batches()], PAGES)


def _none(_: object) -> list[str]:
    return []


def _gather(pages: list[str], block: pa.Table) -> list[str]:
    return joined(chain(pages, BlockAccessor.for_block(block).to_arrow()["page"].to_pylist()))


def _merge(one: list[str], two: list[str]) -> list[str]:
    return joined(chain(one, two))


def _line(pages: list[str]) -> str:
    return "\n".join(pages)


def _template(row: dict[str, str]) -> dict[str, str]:
    return {"host": row["host"], "template": template_of(row["host"], row["pages"].split("\n"))}


def clean_files(files: Sequence[tuple[str, str]], work: CleanFile) -> ray.data.Dataset:
    """Return a dataset that cleans files when it runs, pairs of a name and a target: a row for each, with the outcome.

    The outputs are byte-identical to those of ``cleanwire clean``, and one block is in memory at a time.  Every worker
    must be able to reach the files and their targets.
    """
    rows = [{"name": name, "target": target} for name, target in files]
    return ray.data.from_items(rows, override_num_blocks=min(len(rows), _TASKS)).map(work)


def text_dataset(paths: Sequence[str]) -> ray.data.Dataset:
    """Return the text files at or below `paths` as a dataset of paths and texts."""
    files = ray.data.read_binary_files(list(paths), include_paths=True, file_extensions=list(SUFFIXES))
    return files.map_batches(_decoded, batch_format="pyarrow", batch_size=None, udf_modifying_row_count=False)


def _decoded(block: pa.Table) -> pa.Table:
    return pa.Table.from_batches([read_texts(batch, "bytes") for batch in block.to_batches()], SCHEMA)


@dataclass(frozen=True)
class _Clean:
    """Clean one block; it is small, and sent to the workers."""

    column: str
    cleaner: Cleaner
    keep: tuple[str, ...]
    url: str | None

    def __call__(self, block: pa.Table) -> pa.Table:
        batches = [
            clean_batch(batch, self.column, self.cleaner, self.keep, url=self.url) for batch in block.to_batches()
        ]
        return pa.Table.from_batches(batches, clean_schema(block.schema, self.column, self.keep))
