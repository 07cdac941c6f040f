"""Compressed data is read whole, in any number of members, and damage is reported, never passed on as text."""

import io
import random
import struct
import tracemalloc
from functools import partial

import pytest

from cleanwire.errors import FormatError
from cleanwire.formats.compression import Frame, Unframe, compression_of, detect, packed, unpacked, unpacked_bytes
from cleanwire.formats.limits import Limits
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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tail", ["damaged head", "garbage", "half a head"])
def test_a_member_with_a_damaged_head_is_an_error(kind: Compression, tail: str) -> None:
    member = packed(DATA, kind)
    damaged = {"damaged head": member[:1] + b"\xff" + member[2:] + member, "garbage": b"garbage" * 99}
    with pytest.raises(FormatError, match=r"its compressed data is (truncated|damaged)"):
        unpacked_bytes(member + damaged.get(tail, member[:3]))


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_zero_bytes_may_follow_a_member(kind: Compression) -> None:
    member = packed(DATA, kind)
    assert unpacked_bytes(member + bytes(99_999) + member + bytes(4)) == DATA + DATA


def test_many_small_members_and_incompressible_data_are_read() -> None:
    noise = random.Random(1).randbytes(300_000)  # noqa: S311 - repeatable
    for kind in KINDS:
        assert unpacked_bytes(packed(b"x", kind) * 3000) == b"x" * 3000
        assert unpacked_bytes(packed(noise, kind)) == noise


@pytest.mark.parametrize("kind", KINDS)
def test_a_bomb_is_refused(kind: Compression) -> None:
    data = packed(bytes(2**27), kind)
    with pytest.raises(FormatError, match="expands to more than 250 times its compressed size"):
        list(iter(partial(unpacked(io.BytesIO(data), kind).read, 2**20), b""))
    stream = unpacked(io.BytesIO(data), kind, Limits(expansion=10**7))
    assert sum(map(len, iter(partial(stream.read, 2**20), b""))) == 2**27


def test_a_bomb_of_zstd_takes_little_memory() -> None:
    run = [struct.pack("<I", 1 << 1 | 2**17 << 3)[:3] + b"a"] * 2**13  # a gigabyte, 128 KB by 4 bytes
    end = struct.pack("<I", 1 | 1 << 1 | 1 << 3)[:3] + b"a"
    data = b"\x28\xb5\x2f\xfd\x00" + bytes([17 - 10 << 3]) + b"".join(run) + end
    tracemalloc.start()
    with pytest.raises(FormatError, match="expands to more than"):
        list(iter(partial(unpacked(io.BytesIO(data), "zst").read, 2**20), b""))
    assert tracemalloc.get_traced_memory()[1] < 150e6
    tracemalloc.stop()
