"""Compression: detected by the first bytes, read as a stream, and written back the same, block by block."""

import bz2
import gzip
import io
import lzma
import zlib
from dataclasses import dataclass, field
from typing import IO, Any, cast

from cleanwire.errors import FormatError
from cleanwire.io.suffixes import Compression, compression_suffix
from cleanwire.lazy import need

MAGIC = 6
"""Number of first bytes that identify the compression."""

_WEAK = 6  # gzip's usual level; level 9 takes three times as long to save one per cent


def detect(head: bytes) -> Compression:
    """Return the compression of a file, by its first bytes.

    >>> detect(gzip.compress(b"noon")), detect(b"noon")
    ('gz', 'plain')
    """
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith(b"BZh") and head[3:4].isdigit():
        return "bz2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    # The second is a skippable frame, with which some writers begin.
    if head.startswith(b"\x28\xb5\x2f\xfd") or (head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5):
        return "zst"
    return "plain"


def compression_of(target: str, source: str, known: Compression) -> Compression:
    """Return the compression for `target`: `known`, that of its `source`, unless their names differ in it.

    >>> compression_of("clean/a.jsonl.gz", "a.jsonl.gz", "gz"), compression_of("a.jsonl.zst", "a.jsonl.gz", "gz")
    ('gz', 'zst')
    """
    wanted = compression_suffix(target)
    return known if wanted == compression_suffix(source) else wanted


def unpacked(file: IO[bytes], compression: Compression) -> IO[bytes]:
    """Return the decompressed stream of `file`; consecutive members or frames form one stream."""
    if compression == "gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if compression == "bz2":
        return cast("IO[bytes]", bz2.BZ2File(file))
    if compression == "xz":
        return cast("IO[bytes]", lzma.LZMAFile(file))
    if compression == "zst":
        return cast("IO[bytes]", io.BufferedReader(_Unzstd(file), 2**18))
    return file


DAMAGE: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)
"""Errors for damaged data; bz2 raises a plain `OSError`, zstandard an error of its own."""


def damage(error: Exception) -> str | None:
    """Return what is wrong with compressed data if `error` is about that, else None.

    >>> damage(EOFError()), damage(KeyError())
    ('its compressed data is truncated', None)
    """
    if isinstance(error, EOFError):
        return "its compressed data is truncated"
    if type(error).__module__.startswith("pyarrow"):
        return f"its data is damaged ({' '.join(str(error).split())[:200]})"
    if isinstance(error, DAMAGE) or type(error).__name__ == "ZstdError":
        return f"its compressed data is damaged ({error})"
    if type(error) is OSError and error.errno is None:
        return f"its compressed data is damaged ({error})"
    return None


def unpacked_bytes(data: bytes) -> bytes:
    """Return `data` decompressed, or itself if it is not compressed.

    Raises `FormatError` if it is damaged.

    >>> unpacked_bytes(gzip.compress(b"noon"))
    b'noon'
    """
    compression = detect(data)
    if compression == "plain":
        return data
    try:
        return unpacked(io.BytesIO(data), compression).read()
    except Exception as error:  # each library has its own errors for damage; others are raised again
        if wrong := damage(error):
            raise FormatError(wrong) from error
        raise


def packed(data: bytes, compression: Compression) -> bytes:
    """Return `data` compressed as one member; members can be concatenated.

    >>> gzip.decompress(packed(b"noon, ", "gz") + packed(b"night", "gz"))
    b'noon, night'
    """
    if compression == "gz":
        return gzip.compress(data, _WEAK, mtime=0)
    if compression == "bz2":
        return bz2.compress(data)
    if compression == "xz":
        return lzma.compress(data)
    if compression == "zst":
        return cast("bytes", _zstandard().ZstdCompressor(write_checksum=True).compress(data))
    return data


class _Unzstd(io.RawIOBase):
    """A stream of zstd frames that detects a truncated frame; the reader of the zstandard package does not."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._ready = file, memoryview(b"")
        self._frame: Any = None
        self._decompressor = _zstandard().ZstdDecompressor(max_window_size=2**31)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            rest: bytes = self._frame.unused_data if self._frame and self._frame.eof else b""
            data = rest or self._file.read(2**16)
            if not data:
                if self._frame and not self._frame.eof:
                    raise EOFError
                return 0
            if self._frame is None or self._frame.eof:
                self._frame = self._decompressor.decompressobj()
            self._ready = memoryview(self._frame.decompress(data))
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


@dataclass
class Frame:
    """A single zstd frame, written block by block.

    Many readers stop after the first frame, so a block is not a frame of its own, unlike a gzip member.  The same
    blocks always give the same bytes, which resuming a run relies on.
    """

    _compressor: Any = field(init=False)

    def __post_init__(self) -> None:
        self._compressor = _zstandard().ZstdCompressor(write_checksum=True).compressobj()

    def add(self, data: bytes) -> bytes:
        """Return the compressed bytes of `data`, flushed."""
        return cast(
            "bytes", self._compressor.compress(data) + self._compressor.flush(_zstandard().COMPRESSOBJ_FLUSH_BLOCK)
        )

    def end(self) -> bytes:
        """Return the last bytes of the frame."""
        return cast("bytes", self._compressor.flush())


@dataclass
class Unframe:
    """Decompresses the blocks of a `Frame`, one by one."""

    _decompressor: Any = field(init=False)

    def __post_init__(self) -> None:
        self._decompressor = _zstandard().ZstdDecompressor().decompressobj()

    def add(self, data: bytes) -> bytes:
        """Return one block decompressed; raise `FormatError` if it is damaged."""
        try:
            return cast("bytes", self._decompressor.decompress(data))
        except _zstandard().ZstdError as error:
            raise FormatError(f"a zstd frame is damaged ({error}); start again without --resume") from error


def _zstandard() -> Any:
    return need("zstandard", "zstd", "zstd")
