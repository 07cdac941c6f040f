"""A document transformer for LangChain."""

from collections.abc import Iterable, Sequence
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.errors import MissingError
from cleanwire.integrations.fields import checked, values

try:
    from langchain_core.documents import BaseDocumentTransformer, Document
except ImportError as error:
    raise MissingError("this transformer needs LangChain; install it: pip install langchain-core") from error

_CLEANER = Cleaner()


class CleanwireTransformer(BaseDocumentTransformer):
    """Clean the text of documents; place it between a loader and a splitter.

    `keep` names the keys of `Result.to_dict` that go into the metadata, ``captions`` or ``removed_ratio``, say.  A key
    that the metadata has already is overwritten.  The documents that are given stay as they are.
    """

    def __init__(self, cleaner: Cleaner = _CLEANER, keep: Iterable[str] = ()) -> None:
        self.cleaner, self.keep = cleaner, checked(keep)

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:  # noqa: ARG002 - LangChain passes them on
        """Return the documents, cleaned, in order."""
        return [self._cleaned(document) for document in documents]

    def _cleaned(self, document: Document) -> Document:
        result = self.cleaner(document.page_content)
        metadata = {**document.metadata, **values(result, self.keep)}
        cleaned: Document = document.model_copy(update={"page_content": result.text, "metadata": metadata})
        return cleaned
