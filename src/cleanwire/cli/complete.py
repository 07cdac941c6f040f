"""What shells complete: names of rules, filters and languages, and files."""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def rule_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of rules and groups of rules that begin with a word, one level of dots at a time.

    >>> [item.value for item in rule_names(None, None, "comments.en.box-")]
    ['comments.en.box-word']
    """
    from cleanwire.packs.load import builtin_packs

    return _levels((rule.name for pack in builtin_packs() for rule in pack.rules), incomplete)


def filters_and_rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of filters, rules and groups of rules that begin with a word.

    >>> [item.value for item in filters_and_rules(None, None, "comm")]
    ['comments', 'comments.']
    """
    from cleanwire.filters import FILTERS
    from cleanwire.names import filter_rules

    filters = [CompletionItem(name) for name in FILTERS if name.startswith(incomplete)]
    found = [*rule_names(context, parameter, incomplete), *_levels(filter_rules(), incomplete)]
    known = {item.value for item in filters}
    return filters + [item for item in found if item.value not in known]


def languages(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes of languages that begin with a word.

    >>> [item.value for item in languages(None, None, "d")]
    ['da', 'de']
    """
    from cleanwire.packs.load import builtin_names

    return [CompletionItem(name) for name in builtin_names() if name.startswith(incomplete) and name != "any"]


def files(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to complete the name of a file.

    >>> files(None, None, "a")[0].type
    'file'
    """
    return [CompletionItem(incomplete, type="file")]


def _levels(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return names up to their next dot; a group of rules with and without it, since both are useful."""
    found: dict[str, None] = {}
    for name in names:
        if name.startswith(incomplete):
            head, dot, _ = name[len(incomplete) :].partition(".")
            found.setdefault(incomplete + head)
            if dot:
                found.setdefault(incomplete + head + dot)
    return [CompletionItem(name) for name in sorted(found) if name != incomplete]
