"""What a file may ask for at most: limits that keep a hostile file from filling the memory or the disk."""

from typing import IO, NamedTuple

from cleanwire.errors import FormatError

_FREE = 2**26


class Limits(NamedTuple):
    """The longest record in bytes (a text file is one), and how much larger decompressed data may be.

    The first 64 MB of a stream may have any ratio: short and repetitive files compress well.

    >>> Limits(record=10).refuse_record(11)
    Traceback (most recent call last):
    cleanwire.errors.FormatError: has a record of more than 0 MB; raise the limit with --max-record
    """

    record: int = 2**26
    expansion: int = 250

    def refuse_record(self, size: int) -> None:
        """Raise `FormatError` for a record of `size` bytes if that is too long."""
        if size > self.record:
            raise FormatError(f"has a record of more than {self.record >> 20:,} MB; raise the limit with --max-record")

    def refuse_expansion(self, before: int, after: int) -> None:
        """Raise `FormatError` if `before` compressed bytes have become too many bytes, `after`."""
        if after > _FREE and after > self.expansion * before:
            raise FormatError(
                f"expands to more than {self.expansion:,} times its compressed size, as a decompression bomb does; "
                "raise the limit with --max-expansion"
            )


LIMITS = Limits()
"""The limits if no others are given."""


def read_record(file: IO[bytes], limits: Limits) -> bytes:
    """Return the rest of a stream, which is one record; raise `FormatError` if it is too long.

    >>> from io import BytesIO
    >>> read_record(BytesIO(b"She left."), LIMITS)
    b'She left.'
    """
    data = file.read(limits.record + 1)
    limits.refuse_record(len(data))
    return data
