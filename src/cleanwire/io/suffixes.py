"""What the suffixes of file names mean: the format of a file, and its compression."""

import os
from typing import Literal

Compression = Literal["plain", "gz", "bz2", "xz", "zst"]

FORMATS = ("text", "jsonl", "csv", "tsv", "parquet", "arrow", "warc")
"""The names of the formats, as in ``--as``."""

TABLES = ("parquet", "arrow")
"""The formats that are written as a whole; see `cleanwire.formats.record.Table`."""

SIDECAR = ".cleanwire.json"
"""What is added to the name of a file to name its sidecar."""

_COMPRESSIONS: dict[str, Compression] = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}

_SUFFIXES = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "parquet": (".parquet",),
    "arrow": (".arrow", ".feather"),
    "warc": (".warc", ".wet"),
}
_FORMATS = {suffix: name for name, suffixes in _SUFFIXES.items() for suffix in suffixes}


def suffixes_of(name: str) -> tuple[str, ...]:
    """Return the suffixes of a format.

    >>> suffixes_of("jsonl")
    ('.jsonl', '.ndjson')
    """
    return _SUFFIXES[name]


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


def compression_suffix(name: str) -> Compression:
    """Return the compression that a file name stands for.

    >>> compression_suffix("news.jsonl.gz"), compression_suffix("news.jsonl")
    ('gz', 'plain')
    """
    return _COMPRESSIONS.get(os.path.splitext(name)[1].lower(), "plain")
