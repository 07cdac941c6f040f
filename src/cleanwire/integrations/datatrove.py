"""A step of a datatrove pipeline."""

from collections.abc import Iterable, Iterator, Sequence

from cleanwire.cleaner import Cleaner
from cleanwire.errors import MissingError

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    raise MissingError("this step needs datatrove; install it: pip install datatrove") from error

_CLEANER = Cleaner()


class CleanwireFormatter(PipelineStep):
    """Clean the text of every document, and count those that changed.

    `keep` names the keys of `Result.to_dict` that go into the metadata: ``captions``, ``byline`` and so on.  A key that
    the metadata has already is overwritten.
    """

    name = "cleanwire"
    type = "✂️ - FORMAT"

    def __init__(self, cleaner: Cleaner = _CLEANER, keep: Sequence[str] = ()) -> None:
        super().__init__()
        self.cleaner, self.keep = cleaner, tuple(keep)

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002 - datatrove passes them by name
        """Yield the documents of `data`, cleaned."""
        for document in data:
            self.stat_update("total")
            with self.track_time():
                result = self.cleaner(document.text)
                if result.changed:
                    self.stat_update("changed")
                    document.text = result.text
                if self.keep:
                    found = result.to_dict()
                    document.metadata |= {name: found[name] for name in self.keep}
            yield document
