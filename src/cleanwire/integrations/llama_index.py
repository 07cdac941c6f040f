"""A component for ingestion pipelines of LlamaIndex."""

from collections.abc import Sequence
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.errors import MissingError
from cleanwire.integrations.fields import checked, values

try:
    from llama_index.core.schema import BaseNode, TransformComponent
    from pydantic import Field, field_validator
except ImportError as error:
    raise MissingError("this component needs LlamaIndex; install it: pip install llama-index-core") from error


class CleanwireComponent(TransformComponent):
    """Clean the text of nodes; place it before the splitter.

    `settings` are those of `Cleaner.to_dict`: plain data, of which the pipeline makes the key of its cache.  `keep`
    names the keys of `Result.to_dict` that go into the metadata.  The nodes that are given stay as they are.
    """

    settings: dict[str, Any] = Field(default_factory=dict)
    keep: tuple[str, ...] = ()

    @field_validator("settings")
    @classmethod
    def _known_settings(cls, settings: dict[str, Any]) -> dict[str, Any]:
        Cleaner.from_dict(settings)
        return settings

    @field_validator("keep")
    @classmethod
    def _known_names(cls, keep: tuple[str, ...]) -> tuple[str, ...]:
        return checked(keep)

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:  # noqa: ARG002 - LlamaIndex passes them on
        """Return the nodes, cleaned, in order; those without text as they are."""
        cleaner = Cleaner.from_dict(self.settings)
        return [self._cleaned(node, cleaner) if node.get_content() else node for node in nodes]

    def _cleaned(self, node: BaseNode, cleaner: Cleaner) -> BaseNode:
        result = cleaner(node.get_content())
        cleaned: BaseNode = node.model_copy()
        cleaned.metadata = {**node.metadata, **values(result, self.keep)}
        if result.changed:
            cleaned.set_content(result.text)
        return cleaned
