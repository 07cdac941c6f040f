"""Prove a pack: every rule must read its `examples` as they say and leave its `counterexamples` alone."""

from collections.abc import Iterator

from cleanwire import notation
from cleanwire.cleaner import Cleaner
from cleanwire.errors import CleanwireError
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack, Rule


def prove(pack: Pack) -> Iterator[str]:
    """Yield a message for every promise of `pack` that does not hold, beside all the packs of the library.

    >>> from cleanwire.packs.load import load_builtin
    >>> list(prove(load_builtin("any")))
    []
    """
    cleaner = Cleaner() if pack in builtin_packs() else Cleaner().with_packs(pack)
    for rule in pack.rules:
        for show in rule.examples:
            yield from _prove_show(cleaner, rule, show)
        for keep in rule.counterexamples:
            result = cleaner(keep)
            if gone := [span for span in result.spans if not span.kept]:
                yield f"{rule.name}: keeps {keep!r}, but {gone[0].rule} takes {gone[0].text!r}"


def _prove_show(cleaner: Cleaner, rule: Rule, show: str) -> Iterator[str]:
    try:
        wanted = notation.parse(show)
    except CleanwireError as error:
        yield f"{rule.name}: {error}"
        return
    result = cleaner(notation.source(wanted))
    if not any(span.rule == rule.name or span.rule.startswith(rule.name + ".") for span in result.spans):
        by = ", ".join(dict.fromkeys(span.rule for span in result.spans)) or "no rule"
        yield f"{rule.name}: nothing that it shows is read by it, but by {by}"
    got = notation.annotate(result)
    if notation.verdicts(got) != notation.verdicts(wanted):
        yield f"{rule.name}: shows\n{show.strip(chr(10))}\n  but the chain reads\n{notation.render(got)}"
