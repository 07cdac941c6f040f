"""How files are recognised: their format by the suffix and the first bytes, their compression by the suffix."""

import os
from typing import Literal, NamedTuple

Compression = Literal["plain", "gz", "bz2", "xz", "zst"]


class _Signs(NamedTuple):
    """How files of a format are recognised; `module` of `cleanwire.formats` reads them, a table as a whole.

    Searches of folders leave a format out that is not `is_searched`: most of its files hold no records.
    """

    module: str
    suffixes: tuple[str, ...]
    first_bytes: tuple[bytes, ...] = ()
    is_table: bool = False
    is_searched: bool = True


_SIGNS = {
    "text": _Signs("text", (".txt", ".text", ".md")),
    "jsonl": _Signs("jsonl", (".jsonl", ".ndjson")),
    "json": _Signs("json_array", (".json",), is_searched=False),
    "csv": _Signs("csv", (".csv",)),
    "tsv": _Signs("csv", (".tsv",)),
    "parquet": _Signs("parquet", (".parquet",), (b"PAR1",), is_table=True),
    "arrow": _Signs("ipc", (".arrow", ".feather"), (b"ARROW1", b"\xff\xff\xff\xff"), is_table=True),
    "warc": _Signs("warc", (".warc", ".wet"), (b"WARC/1",)),
}

FORMATS = tuple(_SIGNS)
"""The names of the formats, as in ``--as``."""

TABLES = tuple(name for name, signs in _SIGNS.items() if signs.is_table)
"""The formats that are written as a whole; see `cleanwire.formats.record.Table`."""

SIDECAR = ".cleanwire.json"
"""What is added to the name of a file to name its sidecar."""

_COMPRESSIONS: dict[str, Compression] = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}

_FORMATS = {suffix: name for name, signs in _SIGNS.items() for suffix in signs.suffixes}


def suffixes_of(name: str) -> tuple[str, ...]:
    """Return the suffixes of a format.

    >>> suffixes_of("jsonl")
    ('.jsonl', '.ndjson')
    """
    return _SIGNS[name].suffixes


def module_of(name: str) -> str:
    """Return the module of `cleanwire.formats` that reads a format.

    >>> module_of("tsv")
    'csv'
    """
    return _SIGNS[name].module


def format_by_content(head: bytes) -> str | None:
    """Return the format whose files begin as `head` does, if any.

    >>> format_by_content(b"PAR1"), format_by_content(b"She left.")
    ('parquet', None)
    """
    return next((name for name, signs in _SIGNS.items() if head.startswith(signs.first_bytes)), None)


def format_suffix(name: str) -> str:
    """Return the suffix of a file name, in lower case, without that of a compression.

    >>> format_suffix("news.JSONL.gz"), format_suffix("news.json"), format_suffix("news")
    ('.jsonl', '.json', '')
    """
    stem, suffix = os.path.splitext(name.lower())
    return os.path.splitext(stem)[1] if suffix in _COMPRESSIONS else suffix


def format_of(name: str) -> str | None:
    """Return the format that a file name stands for, if any.

    >>> format_of("news.JSONL.gz"), format_of("news")
    ('jsonl', None)
    """
    return _FORMATS.get(format_suffix(name))


def is_searched(name: str) -> bool:
    """Return True for the name of a file that is read when it is found in a folder.

    >>> is_searched("news.jsonl"), is_searched("package.json"), is_searched("news")
    (True, False, False)
    """
    known = format_of(name)
    return known is not None and _SIGNS[known].is_searched


def compression_suffix(name: str) -> Compression:
    """Return the compression that a file name stands for.

    >>> compression_suffix("news.jsonl.gz"), compression_suffix("news.jsonl")
    ('gz', 'plain')
    """
    return _COMPRESSIONS.get(os.path.splitext(name)[1].lower(), "plain")
