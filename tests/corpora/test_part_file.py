"""A journal is believed only as far as the blocks are what it says."""

import zlib
from pathlib import Path

import pytest

from cleanwire.corpora.blocks import Done
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.part_file import PartFile, paths
from cleanwire.errors import FileError


def done(data: bytes) -> Done:
    return Done(data, zlib.crc32(data), True, 2, Counts(documents=2, bad=1), [])


def begun(target: Path, blocks: list[bytes], *, framed: bool = False) -> None:
    part_file = PartFile.open(target, {"of": 1}, framed=framed, resume=False)
    for number, block in enumerate(blocks):
        part_file.add(done(block), number)
    part_file.close()


@pytest.mark.parametrize("framed", [False, True])
def test_it_goes_on_behind_the_blocks_that_are_whole(tmp_path: Path, framed: bool) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n", b"two\n"], framed=framed)
    part, journal = paths(target)
    with part.open("ab") as file:
        file.write(b"half a blo")
    with journal.open("ab") as file:
        file.write(b'{"size": 10, "che')
    part_file = PartFile.open(target, {"of": 1}, framed=framed, resume=True)
    assert (
        part_file.blocks,
        part_file.records,
        part_file.counts.documents,
        part_file.errors_end,
        part_file.changed,
    ) == (2, 4, 4, 1, True)
    part_file.add(done(b"three\n"), 2)
    part_file.end()
    part_file.close()
    whole = part.read_bytes()
    begun(target, [b"one\n", b"two\n", b"three\n"], framed=framed)
    part_file = PartFile.open(target, {"of": 1}, framed=framed, resume=True)
    part_file.end()
    part_file.close()
    assert part.read_bytes() == whole
    assert framed or whole == b"one\ntwo\nthree\n"


def test_a_damaged_block_and_all_behind_it_are_done_again(tmp_path: Path) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n", b"two\n", b"three\n"])
    part = paths(target)[0]
    part.write_bytes(b"one\ntwX\nthree\n")
    part_file = PartFile.open(target, {"of": 1}, framed=False, resume=True)
    assert (part_file.blocks, part_file.records) == (1, 2)
    part_file.close()
    assert part.read_bytes() == b"one\n"


@pytest.mark.parametrize(("header", "resume"), [({"of": 2}, True), ({"of": 1}, False)])
def test_another_run_begins_anew(tmp_path: Path, header: dict[str, int], resume: bool) -> None:
    target = tmp_path / "news.jsonl"
    begun(target, [b"one\n"])
    part_file = PartFile.open(target, header, framed=False, resume=resume)
    assert part_file.blocks == 0
    part_file.discard()
    assert not list(tmp_path.glob(".*"))


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "news.jsonl"
    part_file = PartFile.open(target, {"of": 1}, framed=False, resume=False)
    with pytest.raises(FileError, match="another cleanwire process is writing it"):
        PartFile.open(target, {"of": 1}, framed=False, resume=False)
    part_file.close()
