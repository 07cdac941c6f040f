"""Compressed data is read whole, in any number of members, and damage is reported, never passed on as text."""

import io

import pytest

from cleanwire.errors import FormatError
from cleanwire.formats.compression import Frame, Unframe, compression_of, detect, packed, unpacked, unpacked_bytes
from cleanwire.io.suffixes import Compression

KINDS: list[Compression] = ["gz", "bz2", "xz", "zst"]
DATA = b"She left at noon. " * 50_000


@pytest.mark.parametrize("kind", KINDS)
def test_several_members_are_one_stream(kind: Compression) -> None:
    data = packed(DATA, kind) + packed(b"", kind) + packed(b"end", kind)
    assert detect(data) == kind
    assert unpacked(io.BytesIO(data), kind).read() == DATA + b"end"
    assert unpacked_bytes(data) == DATA + b"end"


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_and_damaged_data_are_errors(kind: Compression) -> None:
    data = packed(DATA, kind)
    for bad in (data[: len(data) // 2], data[:20] + bytes(20) + data[40:]):
        with pytest.raises(FormatError, match=r"its compressed data is (truncated|damaged)"):
            unpacked_bytes(bad)


def test_data_that_is_not_compressed_is_returned_as_it_is() -> None:
    assert unpacked_bytes(DATA) is DATA
    assert packed(DATA, "plain") is DATA


def test_blocks_form_one_frame_and_are_read_back_one_by_one() -> None:
    blocks = [DATA, b"", b"end"]
    frame = Frame()
    written = [frame.add(block) for block in blocks]
    whole = b"".join(written) + frame.end()
    assert unpacked_bytes(whole) == b"".join(blocks)
    unframe = Unframe()
    assert [unframe.add(data) for data in written] == blocks
    again = Frame()
    assert [again.add(block) for block in blocks] == written
    with pytest.raises(FormatError, match="start again without --resume"):
        Unframe().add(b"nonsense")


@pytest.mark.parametrize(
    ("target", "source", "known", "wanted"),
    [
        ("b.jsonl", "a.jsonl", "gz", "gz"),
        ("b.jsonl.xz", "a.jsonl", "plain", "xz"),
        ("b.jsonl", "a.jsonl.gz", "gz", "plain"),
        ("b.JSONL.GZ", "a.jsonl.gz", "plain", "plain"),
        ("b.jsonl.gz", "s3://bucket/a.jsonl.zst", "zst", "gz"),
    ],
)
def test_names_decide_if_they_differ(target: str, source: str, known: Compression, wanted: Compression) -> None:
    assert compression_of(target, source, known) == wanted
