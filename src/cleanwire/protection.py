"""Which lines are never cut: those that the caller lists, and those that rules of the kind ``protect`` match."""

from collections.abc import Callable, Collection
from functools import cache

from cleanwire.lazy import lazy
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import PROTECT, Pack, Rule
from cleanwire.scan.kernel import scan
from cleanwire.scan.table import Tables
from cleanwire.text.fold import fold

KEPT = "keep.chosen"
"""The name under which lines are protected that the caller lists."""
WHY = "The caller lists this line as one that is never cut."


class Protection:
    """The protected lines: those whose keys are in `keys`, and those that rules of `packs` match.

    `wanted` says which rules count, by name.

    >>> protection = Protection({"post a comment"}, ())
    >>> protection.by("Post a comment!"), protection.by("Share")
    ('keep.chosen', None)
    """

    def __init__(
        self, keys: Collection[str], packs: tuple[Pack, ...], wanted: Callable[[str], bool] | None = None
    ) -> None:
        self._keys, self._packs, self._wanted = frozenset(keys), packs, wanted

    def __bool__(self) -> bool:
        """Return False if no line is protected."""
        return bool(self._keys) or bool(self._rules)

    def by(self, line: str) -> str | None:
        """Return the name of what protects a line; None if nothing does."""
        if self._keys and fold(line) in self._keys:
            return KEPT
        rule = self.rule(line) if self._rules else None
        return rule.name if rule else None

    def rule(self, line: str) -> Rule | None:
        """Return the rule that protects a line."""
        tables = _tables(self._packs)
        (found,) = scan([line], tables).rules if line.strip() else ((),)
        return next((tables.rules[number] for number in found if tables.rules[number].name in self._rules), None)

    @lazy
    def _rules(self) -> frozenset[str]:
        names = _names(self._packs)
        return frozenset(filter(self._wanted, names)) if names and self._wanted else names


@cache
def _names(packs: tuple[Pack, ...]) -> frozenset[str]:
    return frozenset(rule.name for pack in (*packs, *builtin_packs()) for rule in pack.rules if rule.kind == PROTECT)


@cache
def _tables(packs: tuple[Pack, ...]) -> Tables:
    return Tables((*packs, *builtin_packs()), protecting=True)
