"""Bytes to text, with the charset that was used."""

import codecs
from typing import NamedTuple

from cleanwire.errors import DecodeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A text, the charset that its bytes were read in, and whether that is certain."""

    text: str
    charset: str
    certain: bool


def decode(data: bytes) -> Decoded:
    r"""Read bytes as text: by a byte order mark, as UTF-8, else as windows-1252.

    Raises `DecodeError` for bytes that are no text.

    >>> decode(b"Caf\xe9")
    Decoded(text='Café', charset='windows-1252', certain=False)
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(charset), charset, True)
            except UnicodeDecodeError as error:
                raise DecodeError(f"starts as {charset}, but is not ({error}); convert it to UTF-8") from error
    if b"\0" in data:
        raise DecodeError("is binary, not text; name text files only")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        try:
            return Decoded(data.decode("windows-1252"), "windows-1252", False)
        except UnicodeDecodeError as error:
            raise DecodeError("is in no charset that could be found; convert it to UTF-8") from error
