"""Addresses: read from, written to, never cleaned in place."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

fsspec = pytest.importorskip("fsspec")

Run = Callable[..., Result]

DIRTY, CLEAN = "The council voted.\n\nPost a comment", "The council voted."


def row(text: str) -> bytes:
    return json.dumps({"text": text, "n": 1e5}).encode() + b"\n"


@pytest.fixture(autouse=True)
def store() -> None:
    """A store with a folder: rows, packed rows, a text, and what is not meant."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pipe(
        {
            "/bucket/a.jsonl": row(DIRTY) * 3000,
            "/bucket/deep/b.jsonl.gz": gzip.compress(row(DIRTY)),
            "/bucket/story.txt": DIRTY.encode("cp1252"),
            "/bucket/page.html": b"not meant",
        }
    )


def held(address: str) -> bytes:
    with fsspec.open(address, "rb") as file:
        return bytes(file.read())


def test_from_an_address_to_a_file(run: Run, here: Path) -> None:
    result = run("clean", "memory://bucket/a.jsonl", "-o", "a.jsonl", "-j2")
    assert result.exit_code == 0, result.output
    assert (here / "a.jsonl").read_bytes() == row(CLEAN) * 3000
    assert run("clean", "memory://bucket/story.txt", "-o", "story.txt").exit_code == 0
    assert (here / "story.txt").read_text() == CLEAN


def test_from_a_file_to_an_address(run: Run, here: Path) -> None:
    (here / "a.jsonl").write_bytes(row(DIRTY))
    assert run("clean", "a.jsonl", "-o", "memory://bucket/out/a.jsonl.gz").exit_code == 0
    assert gzip.decompress(held("memory://bucket/out/a.jsonl.gz")) == row(CLEAN)
    assert list((here.parent / "state").rglob("*part*/*")) == []


@pytest.mark.parametrize("source", ["memory://bucket", "memory://bucket/"])
def test_a_folder_of_addresses(run: Run, here: Path, source: str) -> None:
    result = run("clean", source, "-o", "out/")
    assert result.exit_code == 0, result.output
    assert {str(path.relative_to(here / "out")) for path in (here / "out").rglob("*") if path.is_file()} == {
        "a.jsonl",
        "deep/b.jsonl.gz",
        "story.txt",
    }
    assert gzip.decompress((here / "out/deep/b.jsonl.gz").read_bytes()) == row(CLEAN)


def test_a_folder_does_not_go_into_one_file(run: Run, here: Path) -> None:
    result = run("clean", "memory://bucket", "-o", "out.jsonl")
    assert result.exit_code == 2
    assert "out.jsonl is already the output of memory:///bucket/a.jsonl" in result.stderr
    assert (here / "out.jsonl").read_bytes() == row(CLEAN) * 3000


def test_wildcards_in_an_address(run: Run) -> None:
    assert run("clean", "memory://bucket/*.jsonl", "-o", "memory://bucket/clean/").exit_code == 0
    assert held("memory://bucket/clean/a.jsonl") == row(CLEAN) * 3000


def test_tables(run: Run) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    with fsspec.open("memory://bucket/t.parquet", "wb") as file:
        pq.write_table(pa.table({"text": [DIRTY, None]}), file)
    assert run("clean", "memory://bucket/t.parquet", "-o", "memory://bucket/u.parquet").exit_code == 0
    with fsspec.open("memory://bucket/u.parquet", "rb") as file:
        assert pq.read_table(file).to_pydict() == {"text": [CLEAN, None]}


def test_what_cannot_be_is_said(run: Run) -> None:
    for args, says in (
        (["memory://bucket/a.jsonl"], "an address can't be cleaned in place; choose an output with -o"),
        (["memory://bucket/none.jsonl", "-o", "x.jsonl"], "no such file"),
        (["nothing://bucket/a.jsonl", "-o", "x.jsonl"], "nothing"),
    ):
        result = run("clean", *args)
        assert result.exit_code == 2
        assert says in result.stderr
        assert "Traceback" not in result.stderr
    assert held("memory://bucket/a.jsonl") == row(DIRTY) * 3000
