"""A journal is believed only as far as the blocks are what it says."""

import zlib
from pathlib import Path

import pytest

from cleanwire.corpora.spool import Spool, paths
from cleanwire.corpora.tally import Tally
from cleanwire.corpora.work import Done
from cleanwire.errors import FileError


def done(data: bytes) -> Done:
    return Done(data, zlib.crc32(data), True, 2, Tally(documents=2, bad=1), [])


def begun(target: Path, blocks: list[bytes], *, framed: bool = False) -> None:
    spool = Spool.open(target, {"of": 1}, framed=framed, resume=False)
    for number, block in enumerate(blocks):
        spool.add(done(block), number)
    spool.close()


@pytest.mark.parametrize("framed", [False, True])
def test_it_goes_on_behind_the_blocks_that_are_whole(tmp_path: Path, framed: bool) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n", b"two\n"], framed=framed)
    part, journal = paths(target)
    with part.open("ab") as file:
        file.write(b"half a blo")
    with journal.open("ab") as file:
        file.write(b'{"size": 10, "che')
    spool = Spool.open(target, {"of": 1}, framed=framed, resume=True)
    assert (spool.blocks, spool.places, spool.tally.documents, spool.errors_end, spool.changed) == (2, 4, 4, 1, True)
    spool.add(done(b"three\n"), 2)
    spool.end()
    spool.close()
    whole = part.read_bytes()
    begun(target, [b"one\n", b"two\n", b"three\n"], framed=framed)
    spool = Spool.open(target, {"of": 1}, framed=framed, resume=True)
    spool.end()
    spool.close()
    assert part.read_bytes() == whole
    assert framed or whole == b"one\ntwo\nthree\n"


def test_a_damaged_block_and_all_behind_it_are_done_again(tmp_path: Path) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n", b"two\n", b"three\n"])
    part = paths(target)[0]
    part.write_bytes(b"one\ntwX\nthree\n")
    spool = Spool.open(target, {"of": 1}, framed=False, resume=True)
    assert (spool.blocks, spool.places) == (1, 2)
    spool.close()
    assert part.read_bytes() == b"one\n"


@pytest.mark.parametrize(("header", "resume"), [({"of": 2}, True), ({"of": 1}, False)])
def test_another_run_begins_anew(tmp_path: Path, header: dict[str, int], resume: bool) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n"])
    spool = Spool.open(target, header, framed=False, resume=resume)
    assert spool.blocks == 0
    spool.discard()
    assert not list(tmp_path.glob(".*"))


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "news.jsonl"
    spool = Spool.open(target, {"of": 1}, framed=False, resume=False)
    with pytest.raises(FileError, match="another cleanwire is writing it"):
        Spool.open(target, {"of": 1}, framed=False, resume=False)
    spool.close()
