"""What the tests of formats share: a text that is cleaned, the command, and all compressions."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from click.testing import Result

DIRTY = "The council voted on Monday.\n\nPost a comment"
CLEAN = "The council voted on Monday."

Run = Callable[..., Result]

PACK: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: zstandard.ZstdDecompressor().stream_reader(data).read(),  # reads one frame, as many do
}


@pytest.fixture(params=list(PACK))
def compression(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def _here(here: Path) -> None:
    """All of them work in a folder of their own."""


@pytest.fixture
def through(run: Run, here: Path) -> Callable[..., bytes]:
    """Clean bytes that stand in a file called `name`, in place and elsewhere, and undo it; return what came out."""

    def call(name: str, data: bytes, compression: str = "plain", *args: str) -> bytes:
        path = here / name
        packed = PACK[compression](data)
        path.write_bytes(packed)
        result = run("clean", name, "-o", "other/" + name, *args)
        assert result.exit_code == 0, result.output
        there = (here / "other" / name).read_bytes()
        assert path.read_bytes() == packed
        before = path.stat().st_mtime_ns
        assert run("clean", name, "-q", *args).exit_code == 0
        assert path.read_bytes() == there
        after = UNPACK[compression](there)
        if after == data:
            assert (there, path.stat().st_mtime_ns) == (packed, before)  # never written
        else:
            assert run("undo", name).exit_code == 0
            assert path.read_bytes() == packed
        assert sorted(each.name for each in here.iterdir() if each.name.startswith(".")) == []
        return after

    return call
