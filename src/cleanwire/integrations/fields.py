"""Which values of a result a host library stores: keys of `Result.to_dict`, checked before anything is cleaned."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from cleanwire.errors import InputError, UnknownNameError
from cleanwire.result import SCHEMA, Result


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """Return `names` as a tuple, each a key of `Result.to_dict`.

    Raises `InputError` for a bare string, and `UnknownNameError` for a name that is not a key.

    >>> checked(["captions", "removed_ratio"])
    ('captions', 'removed_ratio')
    """
    if isinstance(names, str):
        raise InputError(f"expected a list of names, not the string {names!r}; write [{names!r}]")
    found = tuple(names)
    for name in found:
        if name not in SCHEMA:
            nearest = get_close_matches(str(name), SCHEMA, 1)
            hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are: {', '.join(SCHEMA)}"
            raise UnknownNameError(f"a result has no value {name!r}; {hint}")
    return found


def values(result: Result, names: Iterable[str]) -> dict[str, Any]:
    r"""Return the values `names` of a result, in the types that `SCHEMA` says.

    >>> from cleanwire import Cleaner
    >>> values(Cleaner()("She left at noon.\n\nPost a comment"), ["text", "title"])
    {'text': 'She left at noon.', 'title': ''}
    """
    found = result.to_dict()
    return {name: found[name] for name in names}
