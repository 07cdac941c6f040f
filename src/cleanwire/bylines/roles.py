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
_MORE = 5
"""The most words after a role that belong to it: "Journalist i Paris"."""
_NAME = 2
"""The fewest words of a name before a role without a comma: "Ann Lee Political Correspondent"."""
_CONTACT = deferred(regex.compile, r"\s*[|/,(]?\s*(?:[\w.+-]+@[\w-]+\.[\w.-]+|@\w+)\)?")
"""An address of mail or an account after a name."""
_DOMAIN = deferred(regex.compile, r"(?:[\w-]+\.)+\p{Ll}{2,6}")
"""The address of an outlet: "lrt.lt"."""


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
        self._attributes = words.role_attributes
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
            return role or Role(0 if bare or agency else self._affiliation(names), rule)
        start = self._known_start(names, rest, agency=agency) or self._start_after(line, names.end(), stop, bare=bare)
        return role or Role(start, rule) if start else None

    def _known_start(self, names: "regex.Match[str]", rest: str, *, agency: bool) -> int:
        """Return where the role or the address that is the `rest` after names starts, with a place before it, or 0."""
        if any(rest.casefold() == known for known, _ in self._roles.get(rest[-3:].casefold(), ())):
            # "TOI staff", "Ann Lee, Oslo correspondent"
            return names.end() + 1 if agency else _comma(names) or names.end() + 1
        return names.end() + len(rest) - len(rest.lstrip(" |/,(")) if _CONTACT.fullmatch(rest) else 0

    def _start_after(self, line: str, end: int, stop: int, *, bare: bool) -> int:
        """Return where a role that no rule knows starts after names that end at `end`, or 0 if it is none."""
        separator = self._words.separator.match(line, end, stop)
        marked = separator is not None and not separator[0].strip().isalpha()
        if not separator or (bare and not self._is_affiliation(line[separator.end() : stop], marked=marked)):
            return 0
        rest = line[end:stop]
        return 0 if rest.rstrip()[-1] in ".!?:;," or len(rest.split()) > _WORDS else separator.end()

    def _find_known(self, names: "regex.Match[str]") -> Role | None:
        """Return the role that `names` end with: "Ann Lee Staff Writer"."""
        low = names[0].casefold()
        for known, rule in self._roles.get(low[-3:], ()):
            if low.endswith(known):
                return Role(self._with_attributes(names, len(known) - 1), rule.name)
            if low.endswith(known[1:]) and (glue := _GLUED.search(names[0])):
                return Role(names.start() + glue.start(), rule.name)  # "Ann LeeStaff Writer"
        return None

    def opens(self, line: str) -> bool:
        """Return True if a line is or begins with a role that a rule knows: "Staff Writer", "Correspondent in Oslo"."""
        words = line.split()
        while len(words) > 1 and words[0].casefold() in self._attributes:
            del words[0]
        return any(self._is_known(" ".join(words[:count])) for count in range(1, min(len(words), _ROLE) + 1))

    def _with_attributes(self, names: "regex.Match[str]", size: int) -> int:
        """Return where a role of `size` characters starts that closes `names`, with the attributes before it.

        These stand after a comma, or are words that packs know: "Ann Lee, Chief Political Editor", "Ann Lee Sports
        Editor".
        """
        role = names.end() - size
        first, comma, attributes = names.string[names.start() : role].partition(", ")
        alone = comma and " " in first and "," not in attributes and not names[0].endswith("s")
        if alone:
            return role - len(attributes)
        words = names.string[names.start() : role].split(" ")[:-1]
        while len(words) > _NAME and words[-1].casefold() in self._attributes:
            role -= len(words.pop()) + 1
        return role

    def _affiliation(self, names: "regex.Match[str]") -> int:
        """Return where a newspaper or a place starts after a full name and a comma, or 0: "The Gazette", "Berlin"."""
        head, _, last = names[0].rpartition(", ")
        if " " in head and last.split()[0].casefold() in self._words.articles:
            return names.end() - len(last)
        return _comma(names)

    def _is_affiliation(self, text: str, *, marked: bool) -> bool:
        """Return True for what may follow a name without a label: a role, a newspaper with its article, its domain.

        `marked` says that a mark parts the two, and no word.
        """
        text = text.strip(" ")
        first, _, more = text.partition(" ")
        article = first[:1].isupper() and first.casefold() in self._words.articles and more[:1].isupper()
        outlet = article or _DOMAIN.fullmatch(text) or (self.opens(text) and text.count(" ") < _MORE)
        return self._is_known(text) or (marked and bool(outlet))

    def _is_known(self, text: str) -> bool:
        """Return True if `text` is a role that a rule knows."""
        low = f" {text.casefold().rstrip()}"
        return any(low == known for known, _ in self._roles.get(low[-3:], ()))


def _comma(names: "regex.Match[str]") -> int:
    """Return where the one word after the last comma of some names starts, which is a place, or 0.

    >>> _comma(regex.match(".+", "Ann Lee and Bo Roe, Berlin"))
    20
    """
    head, _, place = names[0].rpartition(", ")
    return names.end() - len(place) if " " in head and " " not in place else 0
