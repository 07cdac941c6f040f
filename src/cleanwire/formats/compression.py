"""Compression: detected by the first bytes, read as a stream, and written back the same, block by block."""

import bz2
import gzip
import io
import lzma
import zlib
from dataclasses import dataclass, field
from typing import IO, Any, cast

from cleanwire.errors import FormatError
from cleanwire.formats.limits import LIMITS, Limits, read_record
from cleanwire.io.suffixes import Compression, compression_suffix
from cleanwire.lazy import need

MAGIC = 6
"""Number of first bytes that identify the compression."""

_OUTPUT = 2**18
"""Most bytes that are decompressed at a time."""
_XZ_MEMORY = 2**29
"""Most memory for a stream of xz in bytes; its highest level needs 65 MB."""
_ZSTD_WINDOW = 2**31
"""Largest window of a frame of zstd in bytes: that of ``zstd --long=31``, with which archives are published."""

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


def unpacked(file: IO[bytes], compression: Compression, limits: Limits = LIMITS) -> IO[bytes]:
    """Return the decompressed stream of `file`; consecutive members or frames form one stream.

    Reading it raises `FormatError` if it expands to more than the limit.
    """
    if compression == "plain":
        return file
    return cast("IO[bytes]", io.BufferedReader(_Members(file, compression, limits), _OUTPUT))


DAMAGE: tuple[type[Exception], ...] = (EOFError, zlib.error, lzma.LZMAError)
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


def unpacked_bytes(data: bytes, limits: Limits = LIMITS) -> bytes:
    """Return `data` decompressed, or itself if it is not compressed.

    Raises `FormatError` if it is damaged, or longer than one record may be.

    >>> unpacked_bytes(gzip.compress(b"noon"))
    b'noon'
    """
    compression = detect(data)
    if compression == "plain":
        limits.refuse_record(len(data))
        return data
    try:
        return read_record(unpacked(io.BytesIO(data), compression, limits), limits)
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


class _Members(io.RawIOBase):
    """A stream of members (frames of zstd), each of which is read to its end and followed by another one or nothing.

    The readers of the libraries take a member whose beginning is damaged for the end of the data (bz2, lzma), do not
    see that a frame is truncated (zstandard), and set no limit to what they decompress.
    """

    def __init__(self, file: IO[bytes], compression: Compression, limits: Limits) -> None:
        self._file, self._compression, self._limits = file, compression, limits
        # zstandard cannot bound its output, so it gets so little input that a bomb stays small.
        self._input = 2**10 if compression == "zst" else 2**16
        self._bound = () if compression == "zst" else (_OUTPUT,)
        self._is_padded = compression in ("gz", "xz")  # zero bytes may follow a member
        self._member: Any = None
        self._data = b""
        self._ready = memoryview(b"")
        self._before = self._after = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._ready:
            self._ready = memoryview(self._next())
            self._after += len(self._ready)
            self._limits.refuse_expansion(self._before, self._after)
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _next(self) -> bytes:
        """Return the next decompressed bytes, none at the end of the file; raise `EOFError` if a member has no end."""
        while self._member is not None or self._begin():
            wants = getattr(self._member, "needs_input", True)
            data = self._data or (self._take() if wants else b"")
            found: bytes = self._member.decompress(data, *self._bound)
            if self._member.eof:
                self._data, self._member = self._member.unused_data, None
            elif wants and not data and not found:
                raise EOFError
            else:
                self._data = getattr(self._member, "unconsumed_tail", b"")
            if found:
                return found
        return b""

    def _begin(self) -> bool:
        """Begin the next member; return False if there is none."""
        while True:
            if self._is_padded:
                self._data = self._data.lstrip(b"\0")
            if self._data:
                break
            self._data = self._take()
            if not self._data:
                return False
        self._member = _decompressor(self._compression)
        return True

    def _take(self) -> bytes:
        data = self._file.read(self._input)
        self._before += len(data)
        return data


def _decompressor(compression: Compression) -> Any:
    """Return what decompresses one member."""
    if compression == "gz":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    if compression == "bz2":
        return bz2.BZ2Decompressor()
    if compression == "xz":
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    return _zstandard().ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


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
