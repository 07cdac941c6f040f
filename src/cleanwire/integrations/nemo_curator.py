"""A stage of a NeMo Curator pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cleanwire.cleaner import Cleaner
from cleanwire.errors import MissingError

try:
    import pyarrow as pa
    from nemo_curator.stages.base import ProcessingStage
    from nemo_curator.tasks import DocumentBatch
except ImportError as error:
    raise MissingError("this stage needs NeMo Curator; install it: pip install nemo-curator") from error

from cleanwire.arrow import clean_batch, clean_schema


@dataclass
class CleanwireStage(ProcessingStage[DocumentBatch, DocumentBatch]):
    """Clean one column of batches of documents, as `cleanwire.arrow.clean_batch` does.

    `keep` names the `cleanwire.arrow.EXTRA_COLUMNS` to append: ``captions``, or ``removed_ratio``, by which a filter
    after this stage can drop the documents that lost most.  Raises `ColumnError`, when it runs, for a column that is
    missing or not text.
    """

    column: str = "text"
    cleaner: Cleaner = field(default_factory=Cleaner)
    keep: Sequence[str] = ()
    name: str = "cleanwire"

    def inputs(self) -> tuple[list[str], list[str]]:
        """Return the attributes and columns that a batch must have."""
        return ["data"], [self.column]

    def outputs(self) -> tuple[list[str], list[str]]:
        """Return the attributes and columns that a batch has afterwards."""
        return ["data"], [self.column, *self.keep]

    def process(self, task: DocumentBatch) -> DocumentBatch:
        """Return the batch, cleaned."""
        table = task.to_pyarrow()
        cleaned = [clean_batch(batch, self.column, self.cleaner, self.keep) for batch in table.to_batches()]
        return DocumentBatch(
            dataset_name=task.dataset_name,
            data=pa.Table.from_batches(cleaned, clean_schema(table.schema, self.column, self.keep)),
            _metadata=task._metadata,
            _stage_perf=task._stage_perf,
        )
