"""The component of LlamaIndex, in an ingestion pipeline of its own with a cache."""

import pytest

from cleanwire import Cleaner

schema = pytest.importorskip(
    "llama_index.core.schema", reason="LlamaIndex is not installed; `make test-hosts` runs this"
)

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"


def test_a_pipeline_cleans_before_it_splits() -> None:
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter

    from cleanwire.integrations.llama_index import CleanwireComponent

    page = schema.Document(text=DIRTY, metadata={"source": "a.html"}, id_="7")
    clean = CleanwireComponent(settings=Cleaner(skip=["comments"]).to_dict(), keep=["title", "removed_ratio"])
    pipeline = IngestionPipeline(transformations=[clean, SentenceSplitter(chunk_size=200, chunk_overlap=0)])
    for _ in range(2):  # the second time from the cache of the pipeline
        (node,) = pipeline.run(documents=[page])
        assert node.get_content() == "She left at noon.\n\nPost a comment"
        assert (node.metadata["source"], node.metadata["title"]) == ("a.html", "")
        assert node.ref_doc_id == "7"
        assert 0.3 < node.metadata["removed_ratio"] < 0.4
    assert (page.text, page.metadata) == (DIRTY, {"source": "a.html"})


def test_other_settings_have_another_key_in_the_cache() -> None:
    from llama_index.core.ingestion.pipeline import get_transformation_hash

    from cleanwire.integrations.llama_index import CleanwireComponent

    nodes = [schema.TextNode(text=DIRTY, id_="7")]
    keys = [
        get_transformation_hash(nodes, CleanwireComponent(settings=Cleaner(skip=skip).to_dict()))
        for skip in ([], ["comments"], [])
    ]
    assert keys[0] == keys[2] != keys[1]


def test_a_node_without_text_and_a_clean_one_pass() -> None:
    from cleanwire.integrations.llama_index import CleanwireComponent

    empty, clean = schema.TextNode(text=""), schema.TextNode(text="She stayed.")
    done = CleanwireComponent()([empty, clean])
    assert done[0] is empty
    assert done[1].get_content() == "She stayed."


def test_wrong_settings_and_names_are_said_at_once() -> None:
    from cleanwire.integrations.llama_index import CleanwireComponent

    with pytest.raises(ValueError, match="comment"):
        CleanwireComponent(settings={"skip": ["coments"]})
    with pytest.raises(ValueError, match="did you mean 'captions'"):
        CleanwireComponent(keep=["caption"])
