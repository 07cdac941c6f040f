"""Find the role after an author's name: "Ann Lee, Staff Writer", "Bo Roe for the Chronicle", "Ann Lee, Berlin".

Roles come from rules of kind ``byline`` with `note`.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import regex

from cleanwire.bylines.words import BylineWords
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule

_GLUED = deferred(regex.compile, r"(?<=\p{Ll}{3})(?=\p{Lu}\p{Ll})")
"""Where a name ends and a role begins that a page prints in another element: "Ann LeeReporter"."""
_ROLE = 3
"""The most words of a role that a rule knows."""
_WORDS = 9
"""The most words of a role after a name."""


class Role(NamedTuple):
    """The role after a name: where it starts, 0 if there is none, and the rule that knows it."""

    start: int
    rule: str


class Roles:
    """Finds the roles that some rules know, and what else may follow a name.

    >>> from cleanwire.packs.load import builtin_packs
    >>> packs = builtin_packs()
    >>> line = "Ann Lee, Staff Writer"
    >>> roles = Roles((rule for pack in packs for rule in pack.rules), BylineWords(packs))
    >>> roles.find(line, regex.match(".+", line), len(line), "byline.en.by", agency=False, bare=False)
    Role(start=9, rule='byline.en.roles')
    """

    def __init__(self, rules: Iterable[Rule], words: BylineWords) -> None:
        self._words = words
        self._roles: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        for rule in rules:
            if rule.kind == "byline" and rule.matching == "note":
                for role in sorted(rule.all_phrases, key=len, reverse=True):
                    self._roles[role[-3:].casefold()].append((f" {role.casefold()}", rule))

    def find(
        self, line: str, names: "regex.Match[str]", stop: int, rule: str, *, agency: bool, bare: bool
    ) -> Role | None:
        """Return the role in or after `names`, or None if something else follows them: then they are not authors.

        `names` ends before `stop`, as far as words have capitals.  `rule` is the rule of the names, which owns a role
        that no rule knows; `agency` says that they are one agency, `bare` that they stand without a label.
        """
        role = None if agency else self._find_known(names)
        rest = line[names.end() : stop]
        if not rest.strip():
            return role or Role(0 if bare else _place_start(names), rule)
        if any(rest.casefold() == known for known, _ in self._roles.get(rest[-3:].casefold(), ())):
            return Role(names.end() + 1, role.rule if role else rule)  # "TOI staff"
        separator = self._words.separator.match(line, names.end(), stop)
        if bare and separator and not self._is_known(line[separator.end() : stop]):
            return None
        if not separator or rest.rstrip()[-1] in ".!?:;," or len(rest.split()) > _WORDS:
            return None
        return role or Role(separator.end(), rule)

    def _find_known(self, names: "regex.Match[str]") -> Role | None:
        """Return the role that `names` end with: "Ann Lee Staff Writer"."""
        low = names[0].casefold()
        for known, rule in self._roles.get(low[-3:], ()):
            if low.endswith(known):
                return Role(_with_attributes(names, len(known) - 1), rule.name)
            if low.endswith(known[1:]) and (glue := _GLUED.search(names[0])):
                return Role(names.start() + glue.start(), rule.name)  # "Ann LeeStaff Writer"
        return None

    def opens(self, line: str) -> bool:
        """Return True if a line is or begins with a role that a rule knows: "Staff Writer", "Correspondent in Oslo"."""
        words = line.split()
        return any(self._is_known(" ".join(words[:count])) for count in range(1, min(len(words), _ROLE) + 1))

    def _is_known(self, text: str) -> bool:
        """Return True if `text` is a role that a rule knows."""
        low = f" {text.casefold().rstrip()}"
        return any(low == known for known, _ in self._roles.get(low[-3:], ()))


def _with_attributes(names: "regex.Match[str]", size: int) -> int:
    """Return where a role of `size` characters starts that closes `names`, with its attributes after a comma.

    >>> _with_attributes(regex.match(".+", "Ann Lee, Chief Political Correspondent"), 13)
    9
    """
    role = names.end() - size
    first, comma, attributes = names.string[names.start() : role].partition(", ")
    alone = comma and " " in first and "," not in attributes and not names[0].endswith("s")
    return role - len(attributes) if alone else role


def _place_start(names: "regex.Match[str]") -> int:
    """Return where one word after a full name and a comma starts, which is where the author writes, or 0.

    >>> _place_start(regex.match(".+", "Ann Lee, Berlin"))
    9
    """
    head, _, place = names[0].rpartition(", ")
    return names.end() - len(place) if " " in head and " " not in place else 0
