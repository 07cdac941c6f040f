"""Which values of a result a host library stores: keys of `Result.to_dict`, checked before anything is cleaned."""

from collections.abc import Iterable
from typing import Any

from cleanwire.names import strings, unknown
from cleanwire.result import SCHEMA, Result


def checked(names: Iterable[str], option: str = "keep") -> tuple[str, ...]:
    """Return `names`, the value of `option`, as a tuple, each a key of `Result.to_dict`.

    Raises `InputError` for a bare string, and `UnknownNameError` for a name that is not a key.

    >>> checked(["captions", "removed_ratio"])
    ('captions', 'removed_ratio')
    """
    found = names if isinstance(names, str) else tuple(names)
    strings(option, found)
    for name in found:
        if name not in SCHEMA:
            raise unknown(option, name, SCHEMA, "a value of a result", f"there are: {', '.join(SCHEMA)}")
    return tuple(found)


def values(result: Result, names: Iterable[str]) -> dict[str, Any]:
    r"""Return the values `names` of a result, in the types that `SCHEMA` says.

    >>> from cleanwire import Cleaner
    >>> values(Cleaner()("She left at noon.\n\nPost a comment"), ["text", "title"])
    {'text': 'She left at noon.', 'title': ''}
    """
    found = result.to_dict()
    return {name: found[name] for name in names}
