"""What a corpus was cleaned with: enough to compare two runs, and to be cited."""

import hashlib
import platform
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.packs.load import builtin_packs
from cleanwire.per_file import PerFile
from cleanwire.time_limit import Clean, TimeLimited


def describe(clean: Clean) -> dict[str, Any]:
    """Return the versions, the filters and the digest of the rules that `clean` uses, as plain data for JSON.

    >>> describe(Cleaner(skip=["related"]))["skip"]
    ['related']
    """
    from importlib.metadata import version  # slow to import, and only runs need it

    seconds = clean.seconds if isinstance(clean, TimeLimited | PerFile) else None
    cleaner = clean.cleaner if isinstance(clean, TimeLimited | PerFile) else clean
    versions = {name: version(name) for name in ("cleanwire", "ftfy", "regex")}
    found: dict[str, Any] = {"versions": {**versions, "python": platform.python_version()}, "budget": seconds}
    if isinstance(clean, PerFile) and clean.overrides:
        found["per_file"] = _digest(clean.overrides)
    if isinstance(cleaner, Cleaner):
        found["filters"] = [filter_.name for filter_ in cleaner.filters]
        found["skip"], found["only"] = sorted(cleaner.skip), sorted(cleaner.only)
        found["take"], found["languages"] = sorted(cleaner.take), sorted(cleaner.languages)
        found["layout"] = cleaner.layout
        found["keep"], found["drop"] = sorted(cleaner.keep), sorted(cleaner.drop)
        found["rules"] = _digest((builtin_packs(), cleaner.filters))
    else:
        found["filters"] = [repr(cleaner)]
    return found


def _digest(rules: Any) -> str:
    """Return a digest of rules, whose `repr` shows all of their fields."""
    return hashlib.sha256(repr(rules).encode("utf-8", "backslashreplace")).hexdigest()
