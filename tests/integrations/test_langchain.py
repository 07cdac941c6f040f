"""The transformer of LangChain: new documents, with what was found in their metadata."""

import asyncio

import pytest

from cleanwire import Cleaner
from cleanwire.errors import UnknownNameError

documents = pytest.importorskip(
    "langchain_core.documents", reason="LangChain is not installed; `make test-hosts` runs this"
)

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"


def test_documents_are_cleaned_and_stay_as_they_were_given() -> None:
    from cleanwire.integrations.langchain import CleanwireTransformer

    page = documents.Document(DIRTY, metadata={"source": "a.html"}, id="7")
    transformer = CleanwireTransformer(Cleaner(skip=["comments"]), keep=["captions", "removed_ratio"])
    (clean,) = transformer.transform_documents([page])
    assert (clean.page_content, clean.id) == ("She left at noon.\n\nPost a comment", "7")
    assert clean.metadata["source"] == "a.html"
    assert clean.metadata["captions"][0]["credit"] == "Ann Lee"
    assert 0.3 < clean.metadata["removed_ratio"] < 0.4
    assert (page.page_content, page.metadata) == (DIRTY, {"source": "a.html"})
    assert list(asyncio.run(transformer.atransform_documents([page]))) == [clean]


def test_a_step_of_a_chain() -> None:
    from langchain_core.runnables import RunnableLambda

    from cleanwire.integrations.langchain import CleanwireTransformer

    chain = RunnableLambda(CleanwireTransformer().transform_documents) | (lambda found: found[0].page_content)
    assert chain.invoke([documents.Document(DIRTY)]) == "She left at noon."


def test_an_unknown_name_is_said_before_anything_is_cleaned() -> None:
    from cleanwire.integrations.langchain import CleanwireTransformer

    with pytest.raises(UnknownNameError, match="did you mean 'captions'"):
        CleanwireTransformer(keep=["caption"])
