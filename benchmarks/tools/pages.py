"""Read the data: rows of a file, some of them, and the digest that floors are pinned with."""

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

Row = dict[str, Any]
G = TypeVar("G")
T = TypeVar("T")


def folder(given: str | None = None) -> Path | None:
    """Return the folder of the data, as `given` or as CLEANWIRE_DATA says; None where there is none."""
    name = given or os.environ.get("CLEANWIRE_DATA")
    return Path(name) if name and Path(name).is_dir() else None


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a ``.jsonl`` or ``.jsonl.zst`` file."""
    with path.open("rb") as file, _plain(file, path.suffix) as stream:
        yield from map(json.loads, io.TextIOWrapper(stream, encoding="utf-8", newline="\n"))


def _plain(file: BinaryIO, suffix: str) -> BinaryIO:
    return zstandard.ZstdDecompressor().stream_reader(file) if suffix == ".zst" else file


@dataclass(frozen=True)
class Choice:
    """Which pages count: of one page type, language or half of the hosts, and a sample of those.

    Halves are told apart by a hash of the host, so that pages of one site never stand on both sides.
    """

    pages: str = "all"
    lang: str | None = None
    half: int | None = None
    sample: int | None = None

    def rows(self, path: Path) -> Iterator[Row]:
        """Yield the rows of `path` that were chosen; a sample is the same one each time."""
        chosen = filter(self, rows(path))
        yield from nsmallest(self.sample, chosen, key=lambda row: digest(row["id"])) if self.sample else chosen

    def __call__(self, row: Row) -> bool:
        """Whether `row` is chosen; what a row doesn't say is no reason to leave it out."""
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
    """Return the host that a row's page came from, its id where the row has no address.

    >>> host({"id": "a", "url": "https://www.example.org/story"})
    'example.org'
    """
    return (urlsplit(row.get("url") or "").hostname or str(row["id"])).removeprefix("www.")


def dump(row: Row) -> tuple[str, list[int]]:
    r"""Return the text of a page and the place at which each of its lines starts.

    >>> dump({"lines": [{"t": "one"}, {"t": ""}, {"t": "two"}]})
    ('one\n\ntwo', [0, 4, 5])
    """
    texts = [line["t"] for line in row["lines"]]
    starts = [0, *accumulate(len(text) + 1 for text in texts)][: len(texts)]
    return "\n".join(texts), starts


def spread(work: Callable[[G], T], given: Iterable[G], jobs: int) -> Iterator[T]:
    """Yield ``work(row)`` of each row, or whatever is given, in order, by so many processes.

    >>> list(spread(len, [{}, {"id": "a"}], jobs=1))
    [0, 1]
    """
    if jobs == 1:
        yield from map(work, given)
        return
    with Pool(jobs) as pool:
        yield from pool.imap(work, given, chunksize=8)
