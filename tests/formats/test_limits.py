"""A record that is too long is refused, in every format that is read record by record."""

import io

import pytest

from cleanwire.errors import FormatError
from cleanwire.formats.csv import Csv
from cleanwire.formats.jsonl import Jsonl
from cleanwire.formats.limits import Limits
from cleanwire.formats.record import BLOCK, Format
from cleanwire.formats.text import Text
from cleanwire.formats.warc import Warc

LIMITS = Limits(record=2 * BLOCK)


def warc(size: int) -> bytes:
    return b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (size, b"a" * size)


CASES: list[tuple[Format, bytes, bytes]] = [
    (Jsonl(limits=LIMITS), b"a" * (2 * BLOCK - 1) + b"\n", b"a" * 2 * BLOCK + b"\n"),
    (Jsonl(limits=LIMITS), b"short\n" + b"a" * 2 * BLOCK, b"short\n" + b"a" * (2 * BLOCK + 1)),
    (Csv("text", 0, 1, limits=LIMITS), b"a" * 2 * BLOCK, b"a" * (2 * BLOCK + 1)),
    (Csv("text", 0, 1, limits=LIMITS), b'text\n"' + b"a\n" * (BLOCK - 9), b'text\n"' + b"a\n" * 2 * BLOCK),
    (Warc(limits=LIMITS), warc(9) + warc(2 * BLOCK), warc(9) + warc(2 * BLOCK + 1)),
    (Text(limits=LIMITS), b"a" * 2 * BLOCK, b"a" * (2 * BLOCK + 1)),
]


@pytest.mark.parametrize(("form", "short", "long"), CASES, ids=[f"{case[0].name}-{len(case[1])}" for case in CASES])
def test_a_record_up_to_the_limit_is_read_and_a_longer_one_refused(form: Format, short: bytes, long: bytes) -> None:
    assert b"".join(form.split(io.BytesIO(short))) == short
    with pytest.raises(FormatError, match=r"more than 2 MB.* raise the limit with --max-record"):
        list(form.split(io.BytesIO(long)))


def test_memory_of_a_length_that_lies_is_not_taken() -> None:
    for length in (b"99999999999999", b"9" * 30, b"9" * 5000, b"-5", b"x"):
        data = warc(9).replace(b": 9", b": " + length)
        with pytest.raises(FormatError, match=r"more than 64 MB|no valid Content-Length"):
            list(Warc().split(io.BytesIO(data)))


def test_a_header_without_end_is_refused() -> None:
    head = b"WARC/1.0\r\n" + b"X: a\r\n" * 2000
    with pytest.raises(FormatError, match="a record header has no end"):
        list(Warc().split(io.BytesIO(head + b"Content-Length: 0\r\n\r\n\r\n\r\n")))
