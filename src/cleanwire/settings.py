"""Configuration files: ``cleanwire.toml``, and the table ``[tool.cleanwire]`` of a ``pyproject.toml``."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from cleanwire.config import from_plain, with_packs
from cleanwire.document import Filter
from cleanwire.errors import FileError, InputError, UnknownNameError
from cleanwire.filters import ARTICLE, PAGE, PageFilter
from cleanwire.filters.page import Weights
from cleanwire.filters.site import SiteFilter
from cleanwire.io.ignore import Patterns
from cleanwire.names import packs_of
from cleanwire.packs.load import load_pack

OWN, PROJECT = "cleanwire.toml", "pyproject.toml"
_WEIGHTS = get_args(Weights)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -1 <= value <= 1


def _is_tables(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, dict) for item in value.values())


_STRINGS = ("a list of strings", _is_strings)
_VALUES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    **dict.fromkeys(("filters", "skip", "only", "take", "languages", "packs"), _STRINGS),
    "layout": ("a string", lambda value: isinstance(value, str)),
    "page": ("true, false, " + " or ".join(map(repr, _WEIGHTS)), lambda value: value in (True, False, *_WEIGHTS)),
    "page-lean": ("a number from -1 to 1", _is_number),
    **dict.fromkeys(("keep", "drop", "keep-from", "drop-from", "exclude"), _STRINGS),
    "per-file": ('tables named by globs, such as [per-file."mail/**"]', _is_tables),
}
KEYS = tuple(_VALUES)
"""The keys of a configuration file."""
_AS_THEY_ARE = ("skip", "only", "take", "languages", "layout")
_ADDED = ("skip", "take", "keep", "drop")
"""The keys of which settings for some files add to those for all; the others replace them."""
_FOR_ALL = ("exclude", "per-file")
"""The keys that have no meaning for some files only."""


class Override(NamedTuple):
    """Settings for the files below the folder `base` that match `glob`, a pattern as in ``.gitignore``."""

    base: str
    glob: str
    changes: Mapping[str, Any]

    def matches(self, path: str | Path) -> bool:
        """Return True for a file that the settings are for.

        >>> Override("/news", "mail/**", {}).matches("/news/mail/a.txt")
        True
        """
        return Patterns.of(self.base, [self.glob]).verdict(os.path.realpath(path), False) is True


@dataclass(frozen=True)
class Settings:
    """What a configuration file says: the arguments of `cleanwire.Cleaner`, and what the commands pass over.

    `per_file` changes the arguments for some files.
    """

    options: Mapping[str, Any]
    exclude: tuple[str, ...] = ()
    per_file: tuple[Override, ...] = ()

    def options_for(self, file: str | Path) -> Mapping[str, Any]:
        """Return the arguments of `cleanwire.Cleaner` for one file."""
        options = self.options
        for override in self.per_file:
            if override.matches(file):
                options = changed(options, override.changes)
        return options


def changed(options: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments of `cleanwire.Cleaner` with those of an `Override`, which add to them or replace them.

    >>> changed({"filters": ARTICLE, "skip": ["share"]}, {"skip": ["menu"], "layout": "lines"})["skip"]
    ['share', 'menu']
    """
    new = dict(options)
    for key, value in changes.items():
        new[key] = [*options.get(key, ()), *value] if key in _ADDED else value
    chain = changes.get("filters", options["filters"])
    if site := next((each for each in options["filters"] if isinstance(each, SiteFilter)), None):
        chain = site.within(tuple(each for each in chain if not isinstance(each, SiteFilter)))
    new["filters"] = with_packs(chain, (*packs_of(options["filters"]), *new.pop("packs", ())))
    return new


def find(folder: str | Path) -> Path | None:
    """Return the configuration file of a folder: the nearest one in it or above it; None if there is none.

    In one folder, ``cleanwire.toml`` is preferred to ``pyproject.toml``, which counts only if it has the table.  Raises
    `FileError` for a file that cannot be read.

    >>> folder = getfixture("tmp_path")
    >>> (folder / "cleanwire.toml").write_text('skip = ["related"]') and find(folder).name
    'cleanwire.toml'
    """
    top = Path(os.path.realpath(folder))
    for place in (top, *top.parents):
        own, project = place / OWN, place / PROJECT
        if _is_file(own):
            return own
        if _is_file(project) and _table(project) is not None:
            return project
    return None


def _is_file(path: Path) -> bool:
    """Return True if a path is a file; raise `FileError` if the system does not say."""
    try:
        return path.is_file()
    except OSError as error:
        raise FileError(
            f"{path}: cannot be read ({error.strerror}); name another with --config, or --no-config"
        ) from error


def read(path: str | Path) -> Settings:
    """Read a configuration file; paths in it are relative to its folder.

    Raises `FileError` if it cannot be read or has no settings, `UnknownNameError` for an unknown key or filter, and
    `InputError` for a value of the wrong type, each with the path.

    >>> path = getfixture("tmp_path") / "cleanwire.toml"
    >>> path.write_text('keep = ["Tell us more"]') and read(path).options["keep"]
    ['Tell us more']
    """
    path = Path(path)
    table = _table(path)
    if table is None:
        raise FileError(f"{path}: has no table [tool.cleanwire]; add it, or name another file")
    try:
        _check(table)
        folder = path.parent
        found = _options(table, folder)
        chain = with_packs(found.pop("filters", ARTICLE), found.pop("packs", ()))
        return Settings(
            {**found, "filters": chain},
            tuple(table.get("exclude", ())),
            tuple(_override(folder, glob, inner) for glob, inner in table.get("per-file", {}).items()),
        )
    except (InputError, UnknownNameError) as error:
        raise type(error)(f"{path}: {error}") from error


def _options(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what a table says of the arguments of `cleanwire.Cleaner`, and ``packs``."""
    options = {key: table[key] for key in _AS_THEY_ARE if key in table}
    for key in ("keep", "drop"):
        if key in table or f"{key}-from" in table:
            files = table.get(f"{key}-from", ())
            options[key] = [*table.get(key, ()), *(lines_of(folder / name) for name in files)]
    if "packs" in table:
        options["packs"] = [load_pack(folder / name) for name in table["packs"]]
    if (chain := _filters(table)) is not None:
        options["filters"] = chain
    return options


def _override(folder: Path, glob: str, table: Mapping[str, Any]) -> Override:
    try:
        _check(table)
        if wrong := [key for key in _FOR_ALL if key in table]:
            raise InputError(f"{wrong[0]} is for all files; move it out of this table")
        return Override(str(folder), glob, _options(table, folder))
    except (InputError, UnknownNameError) as error:
        raise type(error)(f"per-file {glob!r}: {error}") from error


def lines_of(path: str | Path) -> str:
    r"""Return the text of a file that lists lines, in UTF-8; raise `InputError` if it cannot be read.

    >>> path = getfixture("tmp_path") / "keep.txt"
    >>> path.write_text("Tell us more\\n") and lines_of(path)
    'Tell us more\\n'
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(f"{path}: the lines cannot be read ({why})") from error


def page_chain(weights: Weights, lean: float) -> tuple[Filter, ...]:
    """Return the chain for full-page text with a model; raises `MissingError` if numpy is not installed.

    >>> [filter_.weights for filter_ in page_chain("any", 0.0) if filter_.name == "page"]
    ['any']
    """
    page = PageFilter(weights, lean).ready()
    return tuple(page if isinstance(step, PageFilter) else step for step in PAGE)


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings of a file; None for a ``pyproject.toml`` without any."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise FileError(f"{path}: the configuration cannot be read ({why}); correct it") from error
    if path.name != PROJECT:
        return data
    tools = data.get("tool")
    table = tools.get("cleanwire") if isinstance(tools, dict) else None
    return cast("dict[str, Any] | None", table)


def _check(table: Mapping[str, Any]) -> None:
    if not isinstance(table, dict):
        raise InputError("tool.cleanwire is not a table")
    for key, value in table.items():
        if key not in _VALUES:
            close = get_close_matches(key, KEYS, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"the keys are: {', '.join(KEYS)}"
            raise UnknownNameError(f"{key!r} is not a setting; {hint}")
        what, is_valid = _VALUES[key]
        if not is_valid(value):
            raise InputError(f"{key} is {value!r:.80}; give {what}")


def _filters(table: Mapping[str, Any]) -> tuple[Filter, ...] | None:
    """Return the filters that a table chooses; None if it leaves that open."""
    page = table.get("page", False)
    if page and "filters" in table:
        raise InputError("page and filters both choose the filters; give one of them")
    if page:
        return page_chain(_WEIGHTS[0] if page is True else page, table.get("page-lean", 0.0))
    if "page-lean" in table:
        raise InputError("page-lean requires page")
    if "filters" in table:
        return tuple(from_plain({"filter": name}) for name in table["filters"])
    return ARTICLE if "page" in table else None
