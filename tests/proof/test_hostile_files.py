"""Hostile files of every format: an error of the file or its clean text, within a bound of memory."""

import bz2
import gzip
import io
import lzma
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from .forked import run

RECORD = 2
"""MB of the longest record that is allowed."""
CEILING = 20 * RECORD + 100
"""Most MB that cleaning may take beyond what the process has before: what is documented, and blocks in work."""
HUGE = 16 * 2**20
"""Bytes of what is too long."""
ENDS, FEW_ENDS = 2**19, 2**16
"""Numbers of line ends: half a block of empty rows would take 180 MB if it was read at once."""
ROW = b'{"text": "She left at noon. &amp;"}\n'


def parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def ipc(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def long(size: int) -> str:
    """Return a text that is not clean, and quickly cleaned."""
    return "a &amp; b".ljust(size, "x")


def one_text(rows: int, size: int) -> pa.Table:
    """Return a table all of whose rows share one text, stored once."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([long(size)]))
    return pa.table({"text": text})


def one_view(rows: int, size: int) -> pa.Table:
    """Return a table all of whose rows are views of one text."""
    view = struct.pack("<i4sii", size, b"a &a", 0, 0)
    text = pa.Array.from_buffers(
        pa.string_view(), rows, [None, pa.py_buffer(view * rows), pa.py_buffer(long(size).encode())]
    )
    return pa.table({"text": text})


def warc(length: bytes, data: bytes) -> bytes:
    return b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n" % (length, data)


def ends(size: int) -> bytes:
    return ROW + b"\n" * size + ROW


FILES: dict[str, Callable[[], bytes]] = {
    "line.txt": lambda: b"a " * (HUGE // 2),
    "short.txt": lambda: b"a " * (RECORD * 2**19),
    "bomb.txt.zst": lambda: zstandard.ZstdCompressor().compress(b"a" * HUGE * 16),
    "ends.jsonl": lambda: ends(ENDS),
    "ends.jsonl.gz": lambda: gzip.compress(ends(FEW_ENDS)),
    "ends.jsonl.bz2": lambda: bz2.compress(ends(FEW_ENDS)),
    "ends.jsonl.xz": lambda: lzma.compress(ends(FEW_ENDS), preset=0),
    "ends.jsonl.zst": lambda: zstandard.ZstdCompressor().compress(ends(FEW_ENDS)),
    "row.jsonl": lambda: b'{"text": "' + b"a " * (HUGE // 2) + b'"}\n',
    "deep.jsonl": lambda: b'{"text": "a &amp;", "x": ' + b"[" * 10**6 + b"]" * 10**6 + b"}\n",
    "keys.jsonl": lambda: b'{"text": "a &amp;"' + b"".join(b', "%d": 1' % n for n in range(10**5)) + b"}\n",
    "field.csv": lambda: b"id,text\n1," + b"a " * (RECORD * 2**19 - 100) + b"\n",
    "fields.csv": lambda: b"id,text\n" + b"," * 10**6 + b"\n",
    "quotes.csv": lambda: b"id,text\n" + b'"' * (10**6 + 1) + b"\n",
    "open.csv": lambda: b'id,text\n1,"' + b"x,y\n" * (HUGE // 4),
    "length.wet": lambda: warc(b"9" * 18, b"She left at noon."),
    "header.wet": lambda: warc(b"1\r\nX: " + b"a" * HUGE, b"x"),
    "shared.parquet": lambda: parquet(one_text(400, 2**20)),
    "long.parquet": lambda: parquet(pa.table({"text": ["a " * (HUGE // 2)]})),
    "shared.arrow": lambda: ipc(one_text(40, 2**20)),
    "bomb.arrow": lambda: ipc(one_text(400, 2**20)),
    "views.arrow": lambda: ipc(one_view(20, 2**20)),
    "empty.arrow": lambda: ipc(pa.table({"text": [""] * FEW_ENDS})),
    "long.arrow": lambda: ipc(pa.table({"text": ["a " * (HUGE // 2)]})),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc")
@pytest.mark.parametrize("name", FILES)
def test_memory_is_bounded(place: Path, tmp_path: Path, figures: dict[str, float], name: str) -> None:
    data = FILES[name]()
    (place / name).write_bytes(data)
    args = ("clean", "-q", "--jobs", "1", "--max-record", str(RECORD), name, "-o", f"out-{name}")
    ended = run(args, tmp_path)
    figures["MB"] = ended.memory >> 20
    assert ended.code in (0, 2), ended.said
    assert "Traceback" not in ended.said
    assert ended.said or ended.code == 0
    assert (place / name).read_bytes() == data
    assert (place / f"out-{name}").exists() == (ended.code == 0)
    assert ended.memory <= CEILING << 20
