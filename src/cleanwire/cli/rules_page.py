"""The rule reference as Markdown pages: an index with the kinds and the rules of filters, and a page for each pack."""

from collections.abc import Iterable, Iterator

from cleanwire.names import filter_rules
from cleanwire.packs.kinds import kinds
from cleanwire.packs.pack import Pack, Rule

_POSITIONS = {"any": "anywhere", "top": "above the article", "end": "below the article", "edges": "outside the article"}
_SCOPES = {
    "line": "",
    "block": ", removes its block",
    "list": ", removes its list",
    "rest": ", removes the rest of the text if near the end",
}
_CONFIDENCES = {"alone": "", "needs_neighbor": ", near other boilerplate"}
_SAMPLE = 3
"""How many phrases of a rule are shown."""


def rules_pages(packs: Iterable[Pack]) -> dict[str, str]:
    """Return the Markdown pages by name: ``index``, and one for each pack that has rules.

    >>> from cleanwire.packs.load import load_builtin
    >>> pages = rules_pages([load_builtin("any")])
    >>> list(pages), pages["any"].startswith("# Rules: any")
    (['index', 'any'], True)
    """
    with_rules = [pack for pack in packs if pack.rules]
    pages = {"index": _index(with_rules), **{pack.name: _page(pack) for pack in with_rules}}
    return {name: "\n".join(lines) + "\n" for name, lines in pages.items()}


def describe(rule: Rule) -> str:
    """Return where a rule fires, what it removes, and what happens to the words.

    >>> from cleanwire.packs.load import load_builtin
    >>> describe(load_builtin("any").rules[0])
    'anywhere, near other boilerplate → drop'
    """
    widget = ", removes what its widget encloses" * bool(rule.until) + ", removes the notice below" * bool(rule.below)
    return f"{_POSITIONS[rule.position]}{_CONFIDENCES[rule.confidence]}{_SCOPES[rule.scope]}{widget} → {rule.action}"


def _index(packs: list[Pack]) -> Iterator[str]:
    rules = [rule for pack in packs for rule in pack.rules]
    phrases = sum(len(rule.phrases) for rule in rules)
    yield "# Rule reference"
    yield ""
    yield "Generated from the packs. `cleanwire rules show NAME` shows all of one rule."
    yield ""
    yield f"{len(packs)} packs, {len(rules)} rules, {phrases} phrases and patterns."
    yield ""
    yield "## Packs"
    yield ""
    yield "| pack | rules | phrases and patterns |"
    yield "|---|---:|---:|"
    for pack in packs:
        size = sum(len(rule.phrases) for rule in pack.rules)
        yield f"| [{pack.name}]({pack.name}.md) | {len(pack.rules)} | {size} |"
    yield ""
    yield "## Kinds"
    yield ""
    yield "| kind | action | rules | why |"
    yield "|---|---|---:|---|"
    for kind in kinds().values():
        count = sum(rule.kind == kind.name for rule in rules)
        yield f"| {kind.name} | {kind.action} | {count} | {_cell(kind.why)} |"
    yield ""
    yield "## Rules of the filters"
    yield ""
    yield "| rule | why |"
    yield "|---|---|"
    yield from (f"| {name} | {_cell(why)} |" for name, why in filter_rules().items())


def _page(pack: Pack) -> Iterator[str]:
    yield f"# Rules: {pack.name}"
    yield ""
    yield "| rule | matches | where → action | why |"
    yield "|---|---|---|---|"
    yield from map(_row, pack.rules)


def _row(rule: Rule) -> str:
    sample = ", ".join(f"`{_cell(phrase)}`" for phrase in rule.phrases[:_SAMPLE])
    more = f" and {len(rule.phrases) - _SAMPLE} more" if len(rule.phrases) > _SAMPLE else ""
    return f"| {rule.name} | {rule.matching}: {sample}{more} | {describe(rule)} | {_cell(rule.why)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'").replace("\n", " ")
