r"""Templates as files: one for each host, in JSON Lines, sorted, for people to read and edit.

The first line names the host.  Then there is a line for each line of the site, the most frequent first, with its
positions, ``page:row``; then a line for each page, with its digest and its sentences as ``digest:length``.  Deleting a
line removes it from the template; ``"keep": true`` in it protects it for good, however often it is learned.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from cleanwire.errors import FileError, TemplateError
from cleanwire.io.atomic import write_atomic
from cleanwire.io.own import open_regular
from cleanwire.sites.page import EDGE, SENTENCES, Page
from cleanwire.sites.template import PAGES, Template

SUFFIX = ".site.jsonl"
FORM = 1
"""The version of the file format."""
_HEAD = "cleanwire site template"
_SHOWN = 60  # characters of an invalid value that a message shows
_NAMELESS = "%"  # the file name for texts without an address; no quoted host is a bare percent sign


def site_path(folder: str | Path, host: str) -> Path:
    """Return the path of the template of a host in a folder of templates.

    >>> site_path("sites", "example.org").name, site_path("sites", "a/b").name
    ('example.org.site.jsonl', 'a%2Fb.site.jsonl')
    """
    return Path(folder) / f"{quote(host, safe='') or _NAMELESS}{SUFFIX}"


def hosts_in(folder: str | Path) -> list[str]:
    """Return the hosts whose templates are in a folder, sorted."""
    names = (entry.name.removesuffix(SUFFIX) for entry in os.scandir(folder) if entry.name.endswith(SUFFIX))
    return sorted("" if name == _NAMELESS else unquote(name) for name in names)


def template_text(template: Template) -> str:
    """Return a template as the text of its file; equal templates have equal texts."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _rows(template))


def _rows(template: Template) -> Iterator[dict[str, Any]]:
    index = template.index
    distinct = len({group for group in index.groups if group is not None})
    yield {"file": _HEAD, "form": FORM, "host": template.host, "distinct pages": distinct}
    positions: dict[str, list[str]] = defaultdict(list, {key: [] for key in template.keep})
    for number, page in enumerate(template.pages):
        for row, key in enumerate(page.keys):
            if key:
                positions[key].append(f"{number}:{row}")
    for count, key in sorted((-index.distinct(key), key) for key in positions):
        veto = {"keep": True} if key in template.keep else {}
        yield {"line": key, "pages": -count, **veto, "at": " ".join(positions[key])}
    for number, page in enumerate(template.pages):
        story = " ".join(f"{digest}:{size}" for digest, size in page.story.items())
        yield {"page": number, "known by": page.digest, "rows": len(page.keys), "story": story}


def write_site(template: Template, folder: str | Path) -> Path:
    """Write a template into a folder, and return the path of its file; raise `TemplateError` if that fails."""
    path = site_path(folder, template.host)
    try:
        # There may be many sites, and templates can be learned again: an fsync for each is not worth its time.
        write_atomic(path, (template_text(template).encode("utf-8", "surrogatepass"),), durable=False)
    except OSError as error:
        raise TemplateError(f"{path}: the template cannot be written ({error.strerror})") from error
    return path


def extend_site(template: Template, folder: str | Path) -> Template:
    """Merge a template with the one of its host in a folder, if any, write the result, and return it.

    Raises `TemplateError` if the existing template is invalid, or none can be written.
    """
    known = load_site(str(folder), template.host)
    whole = known.merge(template) if known else template
    write_site(whole, folder)
    return whole


def read_site(path: str | Path) -> Template:
    """Read a template from its file.

    Raises `TemplateError`, which names the file and the line, for a file that cannot be read or is not a template.
    """
    try:
        with open_regular(Path(path)) as file:
            text = file.read().decode("utf-8", "surrogatepass")
    except (OSError, FileError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: the template cannot be read ({error})") from error
    return parse_template(text, str(path))


@lru_cache(maxsize=64)  # bounded, since a corpus may have any number of sites
def _cached(path: str, host: str, mtime_ns: int, size: int) -> Template:  # noqa: ARG001 - a changed file is read again
    template = read_site(path)
    if template.host != host:
        raise TemplateError(f"{path}: is the template of {template.host!r}, not of {host!r}; rename it")
    return template


def load_site(folder: str, host: str) -> Template | None:
    """Return the template of a host from a folder, or None; a file is read once a process, unless it changes.

    Raises `TemplateError` as `read_site` does, and for a file with the name of another host.
    """
    path = site_path(folder, host)
    try:
        found = path.stat()
    except (OSError, ValueError):  # it does not exist, or no file can have this name
        return None
    return _cached(str(path), host, found.st_mtime_ns, found.st_size)


def parse_template(text: str, where: str) -> Template:
    """Return the template in the text of a file, which errors call `where`; raise `TemplateError` if it is invalid."""
    reader = _Reader(where)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            reader.number = number
            reader.read(line)
    return reader.template()


class _Reader:
    """Reads a template line by line; errors name the line."""

    def __init__(self, where: str) -> None:
        self.where, self.number = where, 1
        self.host: str | None = None
        self.at: dict[str, list[tuple[int, int]]] = {}
        self.keep: set[str] = set()
        self.pages: dict[int, tuple[str, int, dict[str, int]]] = {}

    def read(self, line: str) -> None:
        """Read one line."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self._wrong(f"not JSON ({error})") from error
        if not isinstance(row, dict):
            raise self._wrong("not a JSON object")
        if self.host is None:
            self._head(row)
        elif "line" in row:
            self._line(row)
        elif "page" in row:
            self._page(row)
        else:
            raise self._wrong('neither a "line" nor a "page"')

    def _wrong(self, what: str) -> TemplateError:
        return TemplateError(
            f"{self.where}:{self.number}: {what}; in a template that `cleanwire learn` wrote, only delete lines or add "
            '"keep": true'
        )

    def _text(self, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name)
        if not isinstance(value, str):
            raise self._wrong(f'"{name}" is {repr(value)[:_SHOWN]}, not text')
        return value

    def _number(self, row: Mapping[str, Any], name: str) -> int:
        value = row.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._wrong(f'"{name}" is {repr(value)[:_SHOWN]}, not a number')
        return value

    def _head(self, row: Mapping[str, Any]) -> None:
        if row.get("file") != _HEAD:
            raise self._wrong(f'not a template: the first line must have "file": "{_HEAD}"')
        if row.get("form") != FORM:
            raise self._wrong(f"form {repr(row.get('form'))[:_SHOWN]}; this version of cleanwire reads form {FORM}")
        self.host = self._text(row, "host")

    def _line(self, row: Mapping[str, Any]) -> None:
        key = self._text(row, "line")
        if key in self.at:
            raise self._wrong(f"duplicate line {key[:_SHOWN]!r}")
        if row.get("keep", False) not in (True, False):
            raise self._wrong(f'"keep" is {repr(row["keep"])[:_SHOWN]}, not true or false')
        if row.get("keep"):
            self.keep.add(key)
        self.at[key] = list(self._positions(row))

    def _page(self, row: Mapping[str, Any]) -> None:
        number, size = self._number(row, "page"), self._number(row, "rows")
        if number != len(self.pages) or number >= PAGES or size > 2 * EDGE + 1:
            raise self._wrong(f"page {number} with {size} rows, is out of order or out of bounds")
        words = [word.rpartition(":") for word in self._text(row, "story").split()]
        if len(words) > SENTENCES or not all(digest and _is_number(size) for digest, _, size in words):
            raise self._wrong('"story" is not a list of digest:length')
        self.pages[number] = self._text(row, "known by"), size, {digest: int(size) for digest, _, size in words}

    def _positions(self, row: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        for word in self._text(row, "at").split():
            page, _, number = word.partition(":")
            if not (_is_number(page) and _is_number(number)):
                raise self._wrong(f'"at" contains {word[:_SHOWN]!r}, not page:row')
            yield int(page), int(number)

    def template(self) -> Template:
        """Return the template."""
        if self.host is None:
            raise self._wrong("the file is empty")
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for key, positions in self.at.items():
            for page, row in positions:
                if page not in self.pages or row >= self.pages[page][1] or row in rows[page]:
                    raise self._wrong(f"{key[:_SHOWN]!r} is at {page}:{row}, which does not exist or is taken")
                rows[page][row] = key
        pages = (
            Page(digest, tuple(rows[number].get(row, "") for row in range(size)), story)
            for number, (digest, size, story) in self.pages.items()
        )
        return Template(self.host, tuple(pages), frozenset(self.keep))


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < 10  # longer ones are slow to parse, and beyond any file
