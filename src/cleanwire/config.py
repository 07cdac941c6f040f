"""Filters as plain data, for configuration files and reports: `Cleaner.to_dict` and `Cleaner.from_dict`."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass, replace
from typing import Any, cast

from cleanwire import filters
from cleanwire.document import Filter
from cleanwire.errors import FilterError, InputError
from cleanwire.filters import FILTERS
from cleanwire.names import is_builtin, unknown
from cleanwire.packs.pack import Pack, Rule


def changes(filter_: Filter) -> dict[str, Any]:
    """Return the fields of a built-in filter that differ from their defaults.

    >>> from cleanwire.filters.page import PageFilter
    >>> changes(PageFilter(lean=0.5))
    {'lean': 0.5}
    """
    return {
        field.name: value
        for field in _fields(type(filter_))
        if (value := getattr(filter_, field.name)) != _default(field)
    }


def to_plain(filter_: Filter) -> dict[str, Any]:
    """Return a built-in filter as plain data: its name and the fields that differ from their defaults.

    Raises `FilterError` for a filter of one's own, and for a field that has no plain form.

    >>> from cleanwire.filters.page import PageFilter
    >>> to_plain(PageFilter(lean=0.5))
    {'filter': 'page', 'lean': 0.5}
    """
    if not is_builtin(filter_):
        raise FilterError(
            f"the filter {filter_.name!r} is not part of cleanwire, so it has no plain form; "
            "write the cleaner without it, and add it to the cleaner that is read"
        )
    name = next(field.default for field in _fields(type(filter_)) if field.name == "name")
    return {"filter": name} | {key: _plain(filter_, key, value) for key, value in changes(filter_).items()}


def from_plain(data: Mapping[str, Any]) -> Filter:
    """Return the filter for plain data that `to_plain` returned.

    Raises `UnknownNameError` for an unknown filter and `InputError` for an unknown field.

    >>> from_plain({"filter": "page", "lean": 0.5}).lean
    0.5
    """
    values = dict(data)
    if (name := values.pop("filter", None)) not in FILTERS:
        raise unknown("filters", str(name), FILTERS, "a filter of cleanwire")
    kind = getattr(filters, FILTERS[name])
    known = {field.name: field for field in _fields(kind)}
    for key, value in values.items():
        if key not in known:
            raise InputError(f"the filter {name!r} has no field {key!r}; it has: {', '.join(known)}")
        default = _default(known[key])
        if key == "packs":
            values[key] = tuple(map(_pack, value))
        elif isinstance(default, frozenset | tuple):
            values[key] = type(default)(value)
    return cast("Filter", kind(**values))


def with_packs(chain: Iterable[Filter], packs: Iterable[Pack]) -> tuple[Filter, ...]:
    """Return filters with further packs, each once; filters that read no packs stay as they are.

    >>> with_packs([filters.BoilerplateFilter()], [Pack("mine", ())])[0].packs[0].name
    'mine'
    """
    added = tuple(packs)
    return tuple(_with_packs(filter_, added) for filter_ in chain)


def shown_chain(chain: Iterable[Filter]) -> str:
    """Return filters as `repr` of a cleaner shows them: with the fields that differ from their defaults.

    >>> from cleanwire.filters.page import PageFilter
    >>> shown_chain([PageFilter(lean=0.5)])
    '[PageFilter(lean=0.5)]'
    """
    return f"[{', '.join(map(_shown, chain))}]"


def _shown(filter_: Filter) -> str:
    if not is_builtin(filter_):
        return repr(filter_.name)
    shown = (
        f"{key}=[{', '.join(pack.name for pack in value)}]" if key == "packs" else f"{key}={value!r:.40}"
        for key, value in changes(filter_).items()
    )
    return f"{type(filter_).__name__}({', '.join(shown)})"


def _with_packs(filter_: Filter, packs: tuple[Pack, ...]) -> Filter:
    if is_dataclass(filter_) and any(field.name == "packs" for field in fields(filter_)):
        known: tuple[Pack, ...] = filter_.packs
        return cast("Filter", replace(filter_, packs=tuple(dict.fromkeys((*known, *packs)))))
    return filter_


def _fields(kind: type) -> tuple[Field[Any], ...]:
    return fields(kind)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else None


def _plain(filter_: Filter, key: str, value: Any) -> Any:
    if key == "packs":
        return [asdict(pack) for pack in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, str | int | float | None):
        return value
    raise FilterError(
        f"the field {key!r} of the filter {filter_.name!r} has no plain form; "
        "save its templates to a folder, and give the filter that folder"
    )


def _pack(data: Mapping[str, Any]) -> Pack:
    words = {name: tuple(words) for name, words in data["words"].items()}
    return Pack(**{**data, "rules": tuple(map(_rule, data["rules"])), "words": words})


def _rule(data: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Rule(**values)
