"""The stream consists of different documents, each of another page, and each is measured once by each tool."""

from pathlib import Path

import pytest
import zstandard

from benchmarks.speed.stream import documents, measure, run
from benchmarks.tools.data import RESIDUE

ROW = '{{"id": "{id}", "extractor": "{extractor}", "text": "{text}"}}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        ROW.format(id=page, extractor=extractor, text=f"{extractor} {page} " * 200)
        for page in "abc"
        for extractor in ("one", "two", "resiliparse_full")
    ]
    rows.append(ROW.format(id="d", extractor="one", text="Too short."))
    (tmp_path / RESIDUE).write_bytes(zstandard.compress("".join(rows).encode()))
    return tmp_path


def test_a_page_gives_one_document_and_a_dump_none(data: Path) -> None:
    found = list(documents(10, data))
    assert sorted(text.split()[1] for text in found) == ["a", "b", "c"]
    assert not any("resiliparse_full" in text for text in found)
    assert found == list(documents(10, data))


def test_articles_of_seeds_differ() -> None:
    found = list(documents(20))
    assert len(set(found)) == 20


def test_each_tool_gets_each_document_once() -> None:
    met: list[str] = []
    texts = ["She left.", "He stayed."]
    taken = measure(texts, {"chain": met.append, "ftfy": met.append})
    assert sorted(met) == sorted(2 * texts)
    assert [len(column) for column in taken] == [2] * 4


def test_a_stream_is_measured_in_a_new_process() -> None:
    taken = run(["She left at noon.\n\nPost a comment"])
    assert min(*taken.chain, *taken.ftfy, *taken.floor) > 0
