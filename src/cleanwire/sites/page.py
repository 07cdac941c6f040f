"""A page as a template remembers it: the keys of its lines in order, and a sketch of its story."""

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from cleanwire.document import Document
from cleanwire.text.fold import fold
from cleanwire.text.shape import is_sentence

_LONG = 64
_LEAD = 48
"""A longer key is cut to this number of characters, and a digest of all of it stands for the rest."""
EDGE = 1000
"""How many keys at either end of a page are remembered: no menu is longer, and no book must fill a template."""
SENTENCES = 256
"""How many sentences, those of the smallest digests, stand for the story of a page."""


_LONGEST_NAME = 240
"""Most characters of a host in the name of a file, where a byte that is not ASCII takes three."""
_SURELY_SHORT = 20


class Page(NamedTuple):
    """One page: its digest, the keys of its lines that have one, in order, and its sentences with their lengths.

    A key that a reader of the template struck out is ``""``.  Two pages that read alike have the same `digest`.
    """

    digest: str
    keys: tuple[str, ...]
    story: dict[str, int]


def line_key(line: str) -> str:
    """Return what two lines of a site must share to be the same; a long line's key is short too, and still its own.

    >>> line_key("  • 12 Comments »"), line_key("word " * 500)
    ('0 comments', 'word word word word word word word word word wor…da1b5295c88a5dd6')
    """
    key = fold(line)
    return key if len(key) <= _LONG else f"{key[:_LEAD]}…{_digest(key, 8)}"


_SHORT = 120
_remembered = lru_cache(1 << 15)(line_key)
"""Keys of short lines: pages of a site repeat most of theirs, and learning takes a quarter longer without."""


def line_keys(lines: Sequence[str]) -> list[str]:
    """Return the key of each line; that of a line without a letter or number is empty."""
    return [_remembered(line) if len(line) <= _SHORT else line_key(line) for line in lines]


def read_page(doc: Document) -> Page:
    r"""Return what a template remembers of a page.

    >>> read_page(Document("Home\n\nShe left at noon.")).keys
    ('home', 'she left at noon')
    """
    every = line_keys(doc.lines)
    keys = tuple(filter(None, every))
    digest = _digest("\n".join(keys), 8)
    if len(keys) > 2 * EDGE:
        keys = (*keys[:EDGE], "", *keys[-EDGE:])
    return Page(digest, keys, story_of(doc.lines, every))


def dump_page(page: Page) -> str:
    """Return a page as a line of JSON in ASCII, for `load_page`."""
    return json.dumps(page)


def load_page(text: str) -> Page:
    """Return the page of a line that `dump_page` gave.

    >>> load_page(dump_page(Page("0b7d", ("our menu",), {"06f0": 99}))).story
    {'06f0': 99}
    """
    digest, keys, story = json.loads(text)
    return Page(digest, tuple(keys), story)


def story_of(lines: Sequence[str], keys: list[str]) -> dict[str, int]:
    """Return the sentences of a page by digest, each with its length; the smallest digests, where there are many."""
    found = {_digest(key, 4): len(line) for line, key in zip(lines, keys, strict=True) if key and is_sentence(line)}
    return dict(sorted(found.items())[:SENTENCES])


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def host_of(url: str | None) -> str:
    """Return the host that an address belongs to, without ``www.``; a bare name is a host too.

    >>> host_of("https://www.Example.org:8080/a"), host_of("example.org/a"), host_of(None)
    ('example.org', 'example.org', '')

    What cannot be the name of a host is none: control characters, and what is too long for the name of a file.
    """
    if not url:
        return ""
    try:
        host = urlsplit(url if "://" in url or url.startswith("//") else f"//{url}").hostname or ""
    except ValueError:  # "http://[": no address at all
        return ""
    host = host.removeprefix("www.")
    is_valid = host.isprintable() and (len(host) < _SURELY_SHORT or len(quote(host, safe="")) <= _LONGEST_NAME)
    return host if is_valid else ""
