"""Cleaning with the packs alone whose languages act on a text, so that tests see what the others change."""

from functools import cache

import pytest

from cleanwire import Cleaner
from cleanwire.compiled import CompiledRules, facts
from cleanwire.document import Document
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack
from cleanwire.result import Result

Found = tuple[int, int, str, str | None, str]


@cache
def compiled_for(names: frozenset[str]) -> CompiledRules:
    """Return what is compiled from the built-in packs with these names."""
    return CompiledRules(tuple(pack for pack in builtin_packs() if pack.name in names))


def acting(text: str) -> frozenset[str]:
    """Return the languages whose rules act on a text."""
    return facts(Document(text)).languages.acting


def clean_without_foreign_packs(text: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Return a text as it is cleaned where only the packs of its languages are loaded."""
    few = compiled_for(acting(text))

    def compiled(packs: tuple[Pack, ...] = ()) -> CompiledRules:
        assert not packs
        return few

    with monkeypatch.context() as patched:
        patched.setattr("cleanwire.compiled.compiled", compiled)
        return Cleaner()(text)


def found(result: Result) -> list[Found]:
    """Return all that was taken out and named, whatever rule did so: several packs may know a word."""
    return [(span.start, span.end, span.action, span.part, span.text) for span in result.spans]
