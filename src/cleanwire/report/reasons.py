"""The reason for a rule, by its name: of the packs, of the filters, of a site."""

from collections.abc import Mapping
from functools import cache

from cleanwire.names import filter_rules
from cleanwire.packs.kinds import kinds
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack

_SITE = "other pages of the site have this line, too"


@cache
def reasons(packs: tuple[Pack, ...] = ()) -> Mapping[str, str]:
    """Return the reasons of all rules by name: those of `packs`, of the built-in packs and of the filters.

    >>> reasons()["space.trailing"]
    'A line does not end in a space.'
    """
    rules = [rule for pack in (*builtin_packs(), *packs) for rule in pack.rules]
    return {**filter_rules(), **{rule.name: rule.why for rule in rules}}


def reason(rule: str, known: Mapping[str, str]) -> str:
    """Return the reason of one rule; that of its kind, or nothing, if the rule is unknown.

    >>> reason("site.example.org.menu", {})
    'other pages of the site have this line, too'
    """
    if rule in known:
        return known[rule]
    kind = rule.partition(".")[0]
    if kind == "site":
        return _SITE
    return kinds()[kind].why if kind in kinds() else ""


def language_of(rule: str) -> str:
    """Return the language of a rule: the second word of its name if a pack is called so, else ``any``.

    >>> language_of("comments.en.box"), language_of("space.trailing")
    ('en', 'any')
    """
    words = rule.split(".")
    return words[1] if len(words) > 2 and words[1] in _pack_names() else "any"


@cache
def _pack_names() -> frozenset[str]:
    return frozenset(pack.name for pack in builtin_packs())
