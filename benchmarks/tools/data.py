"""Read the data: rows of a file, a choice of them, and the digests that floors are pinned with."""

import argparse
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate
from multiprocessing import Pool
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

import zstandard

LINES, NEWS = "lines.jsonl.zst", "news.jsonl.zst"
RESIDUE, NEWS_RESIDUE = "residue.jsonl.zst", "news_residue.jsonl.zst"
CAPTIONS, ENCODINGS = "captions.jsonl.zst", "encodings.jsonl.zst"

Row = dict[str, Any]
G = TypeVar("G")
T = TypeVar("T")


def folder(given: str | None = None) -> Path | None:
    """Return the folder of the data, `given` or named by CLEANWIRE_DATA; None if there is none."""
    name = given or os.environ.get("CLEANWIRE_DATA")
    return Path(name) if name and Path(name).is_dir() else None


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add the argument `data`, the folder of the data."""
    parser.add_argument("data", nargs="?", help="folder of the data (default: CLEANWIRE_DATA)")


def required_folder(parser: argparse.ArgumentParser, given: str | None) -> Path:
    """Return the folder of the data; exit with code 2 and a message if there is none."""
    found = folder(given)
    if found is None:
        parser.error("no data: name its folder, or set CLEANWIRE_DATA to it")
    return found


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a ``.jsonl`` or ``.jsonl.zst`` file."""
    with path.open("rb") as file, _decompressed(file, path.suffix) as stream:
        yield from map(json.loads, io.TextIOWrapper(stream, encoding="utf-8", newline="\n"))


def _decompressed(file: BinaryIO, suffix: str) -> BinaryIO:
    return zstandard.ZstdDecompressor().stream_reader(file) if suffix == ".zst" else file


@dataclass(frozen=True)
class Choice:
    """Which pages count: those of one page type, language or half of the hosts, and a sample of those.

    A hash of the host decides on the half, so that all pages of a site are in the same one.
    """

    pages: str = "all"
    lang: str | None = None
    half: int | None = None
    sample: int | None = None

    def rows(self, path: Path) -> Iterator[Row]:
        """Yield the chosen rows of `path`; a sample is the same each time."""
        chosen = filter(self, rows(path))
        yield from nsmallest(self.sample, chosen, key=lambda row: digest(row["id"])) if self.sample else chosen

    def __call__(self, row: Row) -> bool:
        """Return whether `row` is chosen; a field that the row lacks excludes nothing."""
        return (
            self.pages in ("all", row.get("page_type", self.pages))
            and self.lang in (None, row.get("lang", self.lang))
            and (self.half is None or int(digest(host(row)), 16) % 2 == self.half)
        )


def digest(text: str) -> str:
    """Return a short hash of `text` that is the same on every machine."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def file_digest(path: Path) -> str:
    """Return a short hash of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def host(row: Row) -> str:
    """Return the host that the page of a row came from; the row's id if it has no address.

    >>> host({"id": "a", "url": "https://www.example.org/story"})
    'example.org'
    """
    return (urlsplit(row.get("url") or "").hostname or str(row["id"])).removeprefix("www.")


def page_text(row: Row) -> tuple[str, list[int]]:
    r"""Return the text of a page and the offset of each of its lines.

    >>> page_text({"lines": [{"t": "one"}, {"t": ""}, {"t": "two"}]})
    ('one\n\ntwo', [0, 4, 5])
    """
    texts = [line["t"] for line in row["lines"]]
    starts = [0, *accumulate(len(text) + 1 for text in texts)][: len(texts)]
    return "\n".join(texts), starts


def spread(work: Callable[[G], T], given: Iterable[G], jobs: int) -> Iterator[T]:
    """Yield ``work(item)`` of each item in order, done by `jobs` processes.

    >>> list(spread(len, [{}, {"id": "a"}], jobs=1))
    [0, 1]
    """
    if jobs == 1:
        yield from map(work, given)
        return
    with Pool(jobs) as pool:
        yield from pool.imap(work, given, chunksize=8)
