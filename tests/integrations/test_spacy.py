"""The spaCy component: clean text for what follows, and every place of the source."""

from pathlib import Path
from typing import Any

import pytest

from cleanwire import Cleaner, notation

spacy = pytest.importorskip("spacy", reason="spaCy is not installed; `make test-hosts` runs this")

SEEDS = Path(__file__).parents[2] / "seeds"
SOURCES = [notation.source(notation.parse(file.read_text(encoding="utf-8"))) for file in sorted(SEEDS.glob("*.txt"))]
DIRTY = "Post a comment\n\nThe bridge didnâ€™t open, Ann Lee said."
CLEAN = "The ferry left at noon, and the quay was empty again."


@pytest.fixture(scope="module")
def nlp() -> Any:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("cleanwire", first=True)
    pipeline.add_pipe("sentencizer")
    return pipeline


def test_the_text_is_that_of_the_cleaner_and_the_source_comes_back(nlp: Any) -> None:
    docs = list(nlp.pipe(SOURCES))
    assert [doc.text for doc in docs] == [Cleaner()(source).text for source in SOURCES]
    assert [doc._.source for doc in docs] == SOURCES


def test_every_token_knows_its_place_in_the_source(nlp: Any) -> None:
    mended = 0
    for doc in nlp.pipe(SOURCES):
        for at, token in enumerate(doc):
            start, stop = doc[at : at + 1]._.source_span
            if token.text.isascii() and token.text.isalnum():
                assert doc._.source[start:stop] == token.text
            else:
                mended += doc._.source[start:stop] != token.text
    assert mended


def test_a_clean_text_stays_the_doc_that_it_is(nlp: Any) -> None:
    doc = nlp.make_doc(CLEAN)
    assert nlp.get_pipe("cleanwire")(doc) is doc
    assert doc[1:3]._.source_span == (4, 14)


def test_what_a_doc_carries_stays_and_is_written_with_it(nlp: Any) -> None:
    doc = nlp.make_doc(DIRTY)
    doc.user_data["url"] = "a.html"
    done = nlp(doc)
    assert done.user_data["url"] == "a.html"
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(done.to_bytes())
    assert (again._.source, again[1:4]._.source_span) == (DIRTY, done[1:4]._.source_span)


def test_the_pipeline_is_written_and_read_with_its_settings(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("cleanwire", first=True, config={"skip": ["comments"]})
    pipeline.to_disk(tmp_path)
    assert spacy.load(tmp_path)(DIRTY).text == "Post a comment\n\nThe bridge didn’t open, Ann Lee said."


def test_two_processes_give_the_same(nlp: Any) -> None:
    assert [doc.text for doc in nlp.pipe(SOURCES, n_process=2)] == [doc.text for doc in nlp.pipe(SOURCES)]
