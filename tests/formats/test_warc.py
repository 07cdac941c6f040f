"""WARC and WET: the payload of a conversion is another, with its length and digests; all else keeps its bytes."""

import base64
import gzip
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire.errors import FormatError
from cleanwire.formats.record import Block
from cleanwire.formats.warc import Warc

Through = Callable[..., bytes]
Run = Callable[..., Result]

DIRTY = "The café closed on Monday.\n\nPost a comment\n".encode()
CLEAN = "The café closed on Monday.\n".encode()


def record(kind: str, payload: bytes, *, name: str = "sha1", extra: str = "") -> bytes:
    value = hashlib.new(name, payload, usedforsecurity=False).digest()
    digest = base64.b32encode(value).decode() if name == "sha1" else value.hex()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Block-Digest: {name}:{digest}\r\nContent-Type: text/plain\r\n{extra}"
        f"{'Content-Length: ' if name == 'sha1' else 'content-length:  '}{len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def wet(text: bytes) -> bytes:
    return (
        record("warcinfo", b"Software-Info: ours\r\n\r\nPost a comment\r\n")
        + record("conversion", text)
        + record("response", b"HTTP/1.1 200 OK\r\n\r\n" + DIRTY)
        + record("conversion", text, name="sha256", extra="X-Odd:  kept \r\n")
        + record("conversion", b"caf\xe9")
        + record("conversion", b"")
    )


def test_every_compression(through: Through, compression: str) -> None:
    assert through("news.wet", wet(DIRTY), compression) == wet(CLEAN)
    assert through("empty.warc", b"", compression) == b""


def test_what_has_no_last_line_end_keeps_none(through: Through) -> None:
    assert through("news.wet", wet(DIRTY)[:-4]) == wet(CLEAN)[:-4]


def test_a_digest_of_an_unknown_kind_is_left_out(through: Through) -> None:
    came = record("conversion", DIRTY).replace(b"sha1:", b"magic:")
    assert b"Digest" not in through("news.wet", came)


def test_a_digest_of_any_length_is_left_out(through: Through) -> None:
    came = record("conversion", DIRTY).replace(b"sha1:", b"shake_128:")
    assert b"Digest" not in through("news.wet", came)


def test_each_record_is_a_member_of_its_own_and_others_read_it(run: Run, here: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    members = [record("warcinfo", b"x"), record("conversion", DIRTY), record("conversion", b"Clean.\n")]
    (here / "news.warc.wet.gz").write_bytes(b"".join(map(gzip.compress, members)))
    assert run("clean", "news.warc.wet.gz").exit_code == 0
    with open("news.warc.wet.gz", "rb") as file:
        read = [
            (str(each.record_type), each.verify_block_digest(), each.reader.read())
            for each in fastwarc.ArchiveIterator(file, parse_http=False)
        ]
    assert [(kind.rpartition(".")[2], sound, data) for kind, sound, data in read] == [
        ("warcinfo", True, b"x"),
        ("conversion", True, CLEAN),
        ("conversion", True, b"Clean.\n"),
    ]
    assert len((here / "news.warc.wet.gz").read_bytes().split(b"\x1f\x8b\x08")) == 4


def test_what_is_no_warc_is_said() -> None:
    for data in (b"hello\n", b"WARC/1.0\r\nA: b\r\n", b"WARC/1.0\r\nA: b\r\n\r\n", record("conversion", DIRTY)[:-20]):
        with pytest.raises(FormatError):
            list(Warc().split(io.BytesIO(data)))


def test_only_conversions_count() -> None:
    records = list(Warc().read(Block(wet(DIRTY), True)))
    assert [each.is_record for each in records] == [False, True, False, True, True, True]
    assert [bool(each.error) for each in records] == [False, False, False, False, True, False]
