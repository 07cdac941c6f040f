"""The charsets of the web and of old files, and their tables."""

import codecs
import re
from functools import cache

NARROW = {
    "cp1252": 0.0,
    "cp1250": 0.5,
    "cp1251": 0.5,
    "cp1253": 0.5,
    "cp1254": 1.0,
    "cp1255": 0.5,
    "cp1256": 0.5,
    "cp1257": 1.0,
    "cp1258": 1.5,
    "cp874": 0.5,
    "iso-8859-15": 1.5,
    "iso-8859-2": 1.0,
    "koi8-r": 1.0,
    "koi8-u": 1.2,
    "iso-8859-5": 1.5,
    "iso-8859-6": 1.0,
    "iso-8859-7": 1.0,
    "iso-8859-8": 1.0,
    "iso-8859-13": 2.0,
    "iso-8859-4": 3.0,
    "cp866": 2.0,
    "mac-cyrillic": 2.0,
    "cp855": 3.0,
    "mac-roman": 3.0,
}
"""Charset of one byte a character -> what it costs to assume it: the rarer it is, the more."""

DECLARED_ONLY = ("iso-8859-3", "iso-8859-10", "iso-8859-14", "iso-8859-16")
"""Charsets too rare, and too like others, to be assumed where the text does not declare them."""

DOUBLE = {
    ("cp932",): 0.5,
    ("euc-jp", "euc-jis-2004"): 0.5,
    ("gb18030",): 0.5,
    ("big5", "cp950", "big5hkscs"): 0.5,
    ("cp949",): 0.5,
    ("johab",): 6.0,
}
"""Charset of one or two bytes a character, with versions of it that have more -> what it costs to assume it."""

ESCAPED = (
    (b"\x1b$", ("iso2022-jp", "iso2022-jp-2", "iso2022-jp-ext", "iso2022-jp-2004", "iso2022-kr")),
    (b"~}", ("hz",)),
)
"""What occurs in ASCII bytes that stand for other characters, and in which charsets."""

_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "euc_jp": "euc-jp",
}
_LABELS = {
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "x-mac-ukrainian": "mac-cyrillic",
}
_DECLARATION = re.compile(
    rb"""(?i)<\?xml\b[^<>]*?\bencoding\s*=\s*["']([a-z0-9_:.-]+)|<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([a-z0-9_:.-]+)"""
    rb"""|@charset\s+"([a-z0-9_:.-]+)\""""
)
_HEAD = 4_096  # bytes in which a declaration is looked for


def declared(data: bytes) -> str | None:
    """Return the charset that the head of HTML, XML or CSS declares, by the name it has here; None if unknown.

    As in browsers, names of small charsets stand for the larger ones that include them.

    >>> declared(b'<meta charset="ISO-8859-1">'), declared(b"<?xml version='1.0' encoding='x-sjis'?>")
    ('cp1252', 'cp932')
    """
    found = _DECLARATION.search(data[:_HEAD])
    if found is None:
        return None
    return known_name(next(filter(None, found.groups())).decode())


def known_name(label: str) -> str | None:
    """Return the name that a charset has here; None if it is unknown.

    >>> known_name("Latin1"), known_name("KS_C_5601-1987"), known_name("none")
    ('cp1252', 'cp949', None)
    """
    label = label.lower()
    for name in (_LABELS.get(label, label), label.removeprefix("x-")):
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        return _READ_AS.get(known, known.replace("iso8859", "iso-8859"))
    return None


def attempt(data: bytes, charset: str) -> str | None:
    """Decode bytes; None if they are not valid in the charset."""
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


@cache
def narrow_table(charset: str) -> str:
    """Return the characters of all 256 bytes; as browsers do, a byte without one from 80 to 9F is a control."""
    return "".join(
        bytes([byte]).decode(charset, "ignore") or (chr(byte) if byte < 0xA0 else "\ufffe") for byte in range(256)
    )


def read_narrow(data: bytes, charset: str) -> str | None:
    """Decode bytes in a charset of one byte a character; None if it lacks one of them."""
    text, _ = codecs.charmap_decode(data, "replace", narrow_table(charset))
    return None if "\ufffd" in text else text


def read(data: bytes, charset: str) -> str:
    """Decode bytes in a charset that was guessed for them."""
    return read_narrow(data, charset) or "" if _is_narrow(charset) else data.decode(charset)


def write(text: str, charset: str) -> bytes:
    """Encode a text; raise `UnicodeEncodeError` if the charset lacks a character of it."""
    if _is_narrow(charset):
        return codecs.charmap_encode(text, "strict", codecs.charmap_build(narrow_table(charset)))[0]
    return text.encode(charset)


def _is_narrow(charset: str) -> bool:
    return charset in NARROW or charset in DECLARED_ONLY
