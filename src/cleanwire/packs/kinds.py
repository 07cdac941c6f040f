"""The kinds of rules, as ``kinds.toml`` lists them: what each is for, and the defaults of its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from cleanwire.edit import Action
from cleanwire.packs.pack import Confidence, Position, Scope

PATH = Path(__file__).with_name("kinds.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: its name, its reason, and the defaults of its rules.

    `longest` bounds the lines that its rules may know by their beginning; 0 if they may know none so.  `rest` is True
    if its rules may remove the rest of the text: they are headings, forms and boxes below an article.  `protects` is
    True if no line that its rules match is ever cut.
    """

    name: str
    why: str
    action: Action = "drop"
    position: Position = "any"
    scope: Scope = "line"
    confidence: Confidence = "alone"
    longest: int = 0
    rest: bool = False
    protects: bool = False

    def defaults(self) -> dict[str, str | int]:
        """Return the value of every key that a rule of this kind may leave out."""
        return {
            "action": self.action,
            "position": self.position,
            "scope": self.scope,
            "confidence": self.confidence,
            "longest": self.longest,
        }


@cache
def kinds() -> Mapping[str, Kind]:
    """Return all kinds by name, in the order of the file.

    >>> kinds()["byline"].action
    'byline'
    """
    import tomllib  # here, since most processes read no TOML

    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: Kind(name, **cast("dict[str, Any]", table)) for name, table in tables.items()}
