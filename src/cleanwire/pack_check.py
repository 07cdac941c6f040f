"""Validate a pack: each rule must match its `examples` as they are marked and leave its `counterexamples` alone.

The documents are taken to be in the language of the pack.  A brief phrase fires only where a document contains other
known lines, so an example that does not come out as marked is tried again with some below it.
"""

from collections.abc import Iterator

from cleanwire import notation
from cleanwire.cleaner import Cleaner
from cleanwire.errors import CleanwireError
from cleanwire.packs.pack import PROTECT, Pack, Rule

_BACKED = "\n\n- Skip to main content\n- All rights reserved"
"""Known lines of English, which is at home in every document."""


def failures(pack: Pack) -> Iterator[str]:
    """Yield a message for every example and counterexample of `pack` that fails, together with the built-in packs.

    >>> from cleanwire.packs.load import load_builtin
    >>> list(failures(load_builtin("any")))
    []
    """
    cleaner = Cleaner(languages=[pack.name] if pack.builtin and pack.name != "any" else [])
    if not pack.builtin:
        cleaner = cleaner.with_packs(pack)
    for rule in pack.rules:
        if rule.kind == PROTECT:
            yield from _protection_failures(cleaner, rule)
            continue
        for example in rule.examples:
            faults = list(_example_failures(cleaner, rule, example))
            if faults and not list(_example_failures(cleaner, rule, example.rstrip("\n") + _BACKED)):
                continue
            yield from faults
        for text in rule.counterexamples:
            yield from _counterexample_failures(cleaner, rule, text)


def _protection_failures(cleaner: Cleaner, rule: Rule) -> Iterator[str]:
    """Yield what is wrong with a rule that protects: it must match a line of each example, of no counterexample."""
    for text, is_example in [(text, True) for text in rule.examples] + [(text, False) for text in rule.counterexamples]:
        marked = is_example or "\n" in text
        try:
            wanted = notation.parse(text) if marked else [notation.AnnotatedLine(notation.KEPT, text)]
        except CleanwireError as error:
            yield f"{rule.name}: {error}"
            continue
        result = cleaner(notation.source(wanted))
        if any(cleaner.protection.by(line.text) == rule.name for line in wanted) is not is_example:
            told = "no line of the example" if is_example else "a line of the counterexample"
            yield f"{rule.name}: it protects {told} {text!r}"
        if notation.verdicts(notation.annotate(result)) != notation.verdicts(wanted):
            yield f"{rule.name}: the text\n{text}\n  comes out as\n{notation.render(notation.annotate(result))}"


def _counterexample_failures(cleaner: Cleaner, rule: Rule, text: str) -> Iterator[str]:
    """Yield what is wrong with a counterexample: a sentence, or a story of several lines in annotated-diff notation."""
    try:
        result = cleaner(notation.source(notation.parse(text)) if "\n" in text else text)
    except CleanwireError as error:
        yield f"{rule.name}: {error}"
        return
    if removed := [span for span in result.spans if not span.kept]:
        yield f"{rule.name}: counterexample {text!r}: {removed[0].rule} removes {removed[0].text!r}"


def _example_failures(cleaner: Cleaner, rule: Rule, example: str) -> Iterator[str]:
    try:
        wanted = notation.parse(example)
    except CleanwireError as error:
        yield f"{rule.name}: {error}"
        return
    result = cleaner(notation.source(wanted))
    if not any(span.rule == rule.name for span in result.spans):
        others = ", ".join(dict.fromkeys(span.rule for span in result.spans)) or "no rule"
        yield f"{rule.name}: an example is not matched by this rule, but by {others}"
    got = notation.annotate(result)
    if notation.verdicts(got) != notation.verdicts(wanted):
        marked = example.strip("\n")
        yield f"{rule.name}: the example\n{marked}\n  comes out as\n{notation.render(got)}"
