"""The kinds of rules, as ``kinds.toml`` lists them: what each is for, and the defaults of its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from cleanwire.edit import Action
from cleanwire.packs.pack import Confidence, Position, Scope

PATH = Path(__file__).with_name("kinds.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: its name, its reason, and the defaults of its rules."""

    name: str
    why: str
    action: Action = "drop"
    position: Position = "any"
    scope: Scope = "line"
    confidence: Confidence = "alone"

    def defaults(self) -> dict[str, str]:
        """Return the value of every key that a rule of this kind may leave out."""
        return {
            "action": self.action,
            "position": self.position,
            "scope": self.scope,
            "confidence": self.confidence,
        }


@cache
def kinds() -> Mapping[str, Kind]:
    """Return all kinds by name, in the order of the file.

    >>> kinds()["byline"].action
    'byline'
    """
    import tomllib  # here, since most processes read no TOML

    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: Kind(name, **cast("dict[str, str]", table)) for name, table in tables.items()}  # type: ignore[arg-type]
