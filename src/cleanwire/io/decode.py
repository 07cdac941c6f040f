"""Decode bytes of unknown charset to text, and encode them again.

A BOM, escapes and valid UTF-8 decide.  Otherwise the charset is guessed (`cleanwire.io.guess`): the one that the head
of HTML or XML declares is preferred, unless the text reads much better in another.
"""

import codecs
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from cleanwire.errors import DecodeError
from cleanwire.io.charsets import ESCAPED, attempt, declared, read, write
from cleanwire.io.costs import Alphabet
from cleanwire.io.guess import guess

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNED = "-sig"  # marks a charset with a BOM
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_ASCII = bytes(range(0x80))
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\f\r\x1b"})
_SAMPLE = 500
"""Number of characters by which a reading is judged."""
_COMMON = 0.7
"""Least share of usual characters in UTF-16 or UTF-32 without a BOM, and between escapes."""
_FORMAT = "\t\n\r\f\u200b\u200c\u200d\u200e\u200f\u00a0\u00ad\u3000\ufeff"
_PUNCTUATION = "“”‘’„–—…«»•·€£©®°§¡¿№،؛؟。、，：；！？（）「」『』《》・％～ー\u00a0\u200c\u3000"

Alphabets = Callable[[], tuple[Alphabet, ...]]
"""Returns how each known language is written; called only if the charset must be guessed."""


class Decoded(NamedTuple):
    """A text, its charset (ending in ``-sig`` if there was a BOM), and whether the charset is certain."""

    text: str
    charset: str
    certain: bool


def decode(data: bytes, alphabets: Alphabets) -> Decoded:
    r"""Decode `data`.

    UTF-8 that contains lines in windows-1252 is decoded line by line; its charset is ``utf-8``.  Raises `DecodeError`
    for data that is not text.

    >>> from cleanwire.packs.load import alphabets
    >>> decode("Café – open".encode("cp1252"), alphabets)
    Decoded(text='Café – open', charset='cp1252', certain=True)
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(charset), charset + _SIGNED, certain=True)
            except UnicodeDecodeError as error:
                if charset != "utf-8":
                    raise DecodeError(
                        f"begins with the BOM of {charset}, but byte {error.start + len(bom)} is invalid in it; "
                        "repair the file or convert it to UTF-8"
                    ) from error
                mixed = _mixed(data[len(bom) :])
                if mixed:
                    return mixed._replace(charset=charset + _SIGNED)
    if escaped := _escaped(data, alphabets):
        return escaped
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 20 > len(data):
        if wide := _wide(data, alphabets()):
            return wide
        raise DecodeError(f"looks binary ({controls:,} of {len(data):,} bytes are control characters); skipped")
    try:
        return Decoded(data.decode(), "utf-8", certain=True)
    except UnicodeDecodeError:
        return _mixed(data) or _wide(data, alphabets()) or _guessed(data, alphabets())


def encode(text: str, charset: str) -> bytes:
    r"""Encode `text` in a charset that `decode` returned, with its BOM.

    Raises `DecodeError` if the charset lacks a character of the text.

    >>> encode("é", "utf-16-le-sig")
    b'\xff\xfe\xe9\x00'
    """
    name = charset.removesuffix(_SIGNED)
    bom = next(bom for bom, known in _BOMS if known == name) if name != charset else b""
    try:
        return bom + write(text, name)
    except UnicodeEncodeError as error:
        raise DecodeError(
            f"its clean text contains {text[error.start]!r} (character {error.start}), which {charset} cannot encode; "
            "convert the file to UTF-8"
        ) from error


def _escaped(data: bytes, alphabets: Alphabets) -> Decoded | None:
    """Decode a charset that writes other characters as ASCII between escapes."""
    for escape, charsets in ESCAPED:
        if escape in data and data.isascii():
            for charset in charsets:
                text = attempt(data, charset)
                if text is not None:
                    beyond = [char for char in text[:_SAMPLE] if not char.isascii()]
                    if beyond and _known_share(beyond, alphabets()) >= _COMMON:
                        return Decoded(text, charset, certain=True)
    return None


def _wide(data: bytes, alphabets: tuple[Alphabet, ...]) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a BOM: only in the right one the characters are printable and common."""
    best: tuple[float, Decoded | None] = (0.0, None)
    for charset in _WIDE:
        text = attempt(data, charset)
        if text:
            sample = text[:_SAMPLE]
            printable = sum([char.isprintable() or char in _FORMAT for char in sample])
            common = _known_share(sample, alphabets)
            if printable >= 0.98 * len(sample) and common > max(best[0], _COMMON):
                best = common, Decoded(text, charset, certain=True)
    return best[1]


def _known_share(chars: Sequence[str], alphabets: tuple[Alphabet, ...]) -> float:
    """Return the share of characters that are ASCII, usual punctuation or letters of a known language."""
    known = _known(alphabets)
    return sum([char.isascii() or char.lower() in known for char in chars]) / max(len(chars), 1)


@cache
def _known(alphabets: tuple[Alphabet, ...]) -> frozenset[str]:
    return frozenset(_PUNCTUATION).union(*(alphabet.letters for alphabet in alphabets))


def _mixed(data: bytes) -> Decoded | None:
    """Decode UTF-8 with some lines in windows-1252; None unless enough of the non-ASCII bytes are UTF-8."""
    lines: list[str] = []
    good = bad = 0
    for line in data.split(b"\n"):
        text = attempt(line, "utf-8")
        beyond = 0 if line.isascii() else len(line.translate(None, _ASCII))
        if text is None:
            bad += beyond
        else:
            good += beyond
        lines.append(read(line, "cp1252") if text is None else text)
    return Decoded("\n".join(lines), "utf-8", certain=False) if good >= 4 and good * 4 >= bad else None


def _guessed(data: bytes, alphabets: tuple[Alphabet, ...]) -> Decoded:
    found = guess(data, alphabets, declared(data))
    if found is None:
        raise DecodeError("is in no known charset; convert the file to UTF-8")
    return Decoded(read(data, found.charset), found.charset, found.certain)
