"""The same texts through every way in: library, batches, command, records of each format, one process or two."""

import io
import json
from collections.abc import Callable
from csv import reader, writer
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleanwire import PAGE, Cleaner, clean
from cleanwire.arrow import clean_batch

from .conftest import SCALE
from .fuzz import seeds
from .work import command

STRIDE = {"full": 1, "quick": 25}[SCALE]
TEXTS = [text for text in dict.fromkeys(seeds()) if text.strip() and "\r" not in text][::STRIDE]
"""The seeds and the examples of all rules, one in `STRIDE` of them."""


def jsonl(texts: list[str]) -> bytes:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()


def of_jsonl(data: bytes) -> list[str]:
    return [json.loads(line)["text"] for line in data.split(b"\n")[:-1]]


def csv(texts: list[str]) -> bytes:
    file = io.StringIO(newline="")
    writer(file, lineterminator="\n").writerows(
        [["id", "text"], *([number, text] for number, text in enumerate(texts))]
    )
    return file.getvalue().encode()


def of_csv(data: bytes) -> list[str]:
    return [row[1] for row in reader(io.StringIO(data.decode(), newline=""))][1:]


def warc(texts: list[str]) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    return b"".join(head % (len(data), data) for data in (text.encode() for text in texts))


def of_warc(data: bytes) -> list[str]:
    found = []
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        size = int(head.rpartition(b"Content-Length: ")[2].split(b"\r\n")[0])
        found.append(rest[:size].decode())
        data = rest[size + 4 :]
    return found


def parquet(texts: list[str]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), sink, row_group_size=100)
    return sink.getvalue()


def of_parquet(data: bytes) -> list[str]:
    found: list[str] = pq.read_table(io.BytesIO(data)).column("text").to_pylist()
    return found


FORMATS: dict[str, tuple[Callable[[list[str]], bytes], Callable[[bytes], list[str]]]] = {
    "all.jsonl": (jsonl, of_jsonl),
    "all.csv": (csv, of_csv),
    "all.wet": (warc, of_warc),
    "all.parquet": (parquet, of_parquet),
}


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    cleaner = Cleaner()
    return [cleaner(text).text for text in TEXTS]


def test_the_library(wanted: list[str]) -> None:
    assert [clean(text) for text in TEXTS] == wanted
    assert [result.text for result in Cleaner().map(reversed(TEXTS))] == wanted[::-1]
    assert [result.text for result in Cleaner().map(TEXTS, jobs=2)] == wanted


@pytest.mark.parametrize("size", [1, 97, 10_000])
def test_record_batches(wanted: list[str], size: int) -> None:
    found: list[str] = []
    for start in range(0, len(TEXTS), size):
        batch = pa.record_batch({"text": TEXTS[start : start + size]})
        found += clean_batch(batch).column("text").to_pylist()
        if size == 1 and start == 200:
            break  # a batch of one row costs more than its row
    assert found == wanted[: len(found)]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", FORMATS)
def test_records(place: Path, wanted: list[str], name: str, jobs: str) -> None:
    make, read = FORMATS[name]
    path = place / name
    path.write_bytes(make(TEXTS))
    command("clean", "-q", "--jobs", jobs, name)
    assert read(path.read_bytes()) == wanted
    command("undo", "-q", name)
    assert path.read_bytes() == make(TEXTS)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_files(place: Path, wanted: list[str], jobs: str) -> None:
    paths = [place / f"{number}.txt" for number in range(len(TEXTS))]
    for path, text in zip(paths, TEXTS, strict=True):
        path.write_text(text, newline="")
    command("clean", "-q", "--jobs", jobs, "--no-undo", ".")
    assert [path.read_text() for path in paths] == wanted


def test_pages() -> None:
    cleaner = Cleaner(PAGE)
    wanted = [cleaner(text).text for text in TEXTS]
    batch = pa.record_batch({"text": TEXTS})
    assert clean_batch(batch, cleaner=cleaner).column("text").to_pylist() == wanted
    assert [result.text for result in cleaner.map(TEXTS, jobs=2)] == wanted
