"""The book of rules: all packs as one Markdown page, which docs/rules.md holds, and the rules that no pack holds."""

from collections.abc import Iterable, Iterator, Mapping

from cleanwire.bylines import datelines
from cleanwire.filters import encoding, links, page, space, unicode
from cleanwire.packs.pack import Pack, Rule
from cleanwire.story import metadata, page_header

FILTER_RULES: Mapping[str, str] = {
    name: why
    for module in (encoding, unicode, space, links, page, metadata, page_header, datelines)
    for name, why in module.FILTER_RULES.items()
}
"""The rules that filters have of themselves, with what they are for; those of a site stand in its template."""

_PLACE = {"any": "anywhere", "top": "above the story", "end": "below the story", "edges": "outside the story"}
_REACH = {"line": "", "block": ", takes its block", "rest": ", takes the rest when late"}
_TRUST = {"alone": "", "needs_neighbor": ", in company"}
_SAMPLE = 3  # phrases shown of a rule


def book(packs: Iterable[Pack]) -> str:
    """Return the Markdown page; ``make docs`` writes it, and a test compares.

    >>> from cleanwire.packs.pack import load_builtin
    >>> book([load_builtin("any")]).startswith("# The rules")
    True
    """
    return "\n".join(_lines(list(packs))) + "\n"


def _lines(packs: list[Pack]) -> Iterator[str]:
    rules = [rule for pack in packs for rule in pack.rules]
    phrases = sum(len(rule.phrases) for rule in rules)
    yield "# The rules"
    yield ""
    yield "Generated from the packs by `make docs`; `cleanwire rules show NAME` tells all of one."
    yield ""
    yield f"{len(packs)} packs, {len(rules)} rules, {phrases} phrases and patterns."
    yield ""
    yield "Rules that filters have of themselves:"
    yield ""
    yield "| rule | why |"
    yield "|---|---|"
    yield from (f"| {name} | {_cell(why)} |" for name, why in FILTER_RULES.items())
    yield ""
    yield "| pack | rules | phrases and patterns | kinds |"
    yield "|---|---:|---:|---|"
    for pack in packs:
        kinds = ", ".join(dict.fromkeys(rule.kind for rule in pack.rules))
        size = sum(len(rule.phrases) for rule in pack.rules)
        yield f"| [{pack.name}](#{pack.name}) | {len(pack.rules)} | {size} | {kinds} |"
    for pack in packs:
        yield ""
        yield f"## {pack.name}"
        yield ""
        yield "| rule | what it reads | where | why |"
        yield "|---|---|---|---|"
        yield from map(_row, pack.rules)


def _row(rule: Rule) -> str:
    sample = ", ".join(f"`{_cell(phrase)}`" for phrase in rule.phrases[:_SAMPLE])
    more = f" and {len(rule.phrases) - _SAMPLE} more" if len(rule.phrases) > _SAMPLE else ""
    where = f"{_PLACE[rule.position]}{_TRUST[rule.confidence]}{_REACH[rule.scope]}"
    return f"| {rule.name} | {rule.matching}: {sample}{more} | {where} → {rule.action} | {_cell(rule.why)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'").replace("\n", " ")
