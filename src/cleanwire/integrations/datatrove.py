"""A step of a datatrove pipeline."""

from collections.abc import Iterable, Iterator

from cleanwire.cleaner import Cleaner
from cleanwire.errors import MissingError
from cleanwire.integrations.fields import checked, values

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    raise MissingError("this step needs datatrove; install it: pip install datatrove") from error

_CLEANER = Cleaner()


class CleanwireFormatter(PipelineStep):
    """Clean the text of every document, count those that changed, and sum up which share of each was removed.

    `keep` names the keys of `Result.to_dict` that go into the metadata: ``captions``, ``byline`` and so on, and
    ``removed_ratio``, by which a filter after this step can drop the documents that lost most.  A key that the metadata
    has already is overwritten.
    """

    name = "cleanwire"
    type = "✂️ - FORMAT"

    def __init__(self, cleaner: Cleaner = _CLEANER, keep: Iterable[str] = ()) -> None:
        super().__init__()
        self.cleaner, self.keep = cleaner, checked(keep)

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002 - datatrove passes them by name
        """Yield the documents of `data`, cleaned."""
        for document in data:
            self.stat_update("total")
            with self.track_time():
                result = self.cleaner(document.text)
                if result.changed:
                    self.stat_update("changed")
                    document.text = result.text
                    self.stat_update("removed_ratio", value=result.removed_ratio)
                if self.keep:
                    document.metadata |= values(result, self.keep)
            yield document
