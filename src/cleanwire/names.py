"""The names that select parts of a cleaner: filters, rules and their families, actions, languages; and chosen lines.

Names are checked when a cleaner is made, since a misspelt name would silently select nothing.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate

from cleanwire.bylines import datelines
from cleanwire.credits import repeated
from cleanwire.document import Filter
from cleanwire.errors import FilterError, InputError, UnknownNameError
from cleanwire.filters import FILTERS, PAGE
from cleanwire.filters.drop import CHOSEN, DropFilter
from cleanwire.packs.load import builtin_names, builtin_packs
from cleanwire.packs.pack import Pack
from cleanwire.story import metadata, page_header
from cleanwire.text.fold import fold
from cleanwire.views.layout import AUTO, LAYOUTS

TAKEN = ("title", "byline", "dateline", "date")
"""The actions that name text in place by default, and that `Cleaner.take` can turn into extraction."""


def strings(option: str, value: Iterable[str], what: str = "names") -> frozenset[str]:
    """Return a collection of strings as a set; raise `InputError` for a bare `str` and for any other type.

    >>> sorted(strings("skip", ["share", "caption", "share"]))
    ['caption', 'share']
    """
    if isinstance(value, str):
        raise InputError(f"{option} is the str {value!r}; give a collection of {what}: {option}=[{value!r}]")
    if not isinstance(value, Iterable):
        raise InputError(f"{option} is {value!r}; give a collection of {what}, such as a list or a set")
    names = list(value)
    for name in names:
        if not isinstance(name, str):
            raise InputError(f"{option} contains {name!r}, which is not a str; give {what} of type str")
    return frozenset(names)


def checked_filters(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """Return a chain; raise `FilterError` for what does not follow the protocol, and for a name that occurs twice.

    >>> [filter_.name for filter_ in checked_filters(PAGE[:2])]
    ['encoding', 'escapes']
    """
    if isinstance(filters, str) or not isinstance(filters, Iterable):
        raise InputError(f"filters is {filters!r:.80}; give a collection of filters, such as ARTICLE")
    checked = tuple(filters)
    seen = set()
    for filter_ in checked:
        if isinstance(filter_, type):
            raise FilterError(f"the filter {filter_.__name__} is a class; make an instance: {filter_.__name__}()")
        name = getattr(filter_, "name", None)
        if not isinstance(name, str) or not name:
            raise FilterError(f"the filter {filter_!r:.80} has no `name`; give it one, a str that `skip` can use")
        if not callable(filter_):
            raise FilterError(f"the filter {name!r} cannot be called; define __call__(self, doc), which yields `Edit`s")
        if name in seen:
            raise FilterError(f"two filters are called {name!r}; give each a name of its own")
        seen.add(name)
    return checked


def whole_lines(option: str, texts: Iterable[str]) -> frozenset[str]:
    r"""Return the lines of texts, without white space at their ends; raise `InputError` for one without a letter.

    >>> sorted(whole_lines("keep", ["Post a comment\n\n  Share this", "Share this"]))
    ['Post a comment', 'Share this']
    """
    given = (line.strip() for text in strings(option, texts, "lines of text") for line in text.split("\n"))
    lines = frozenset(filter(None, given))
    for line in sorted(lines):
        if not fold(line):
            raise InputError(f"{option}: {line!r} has no letter or digit to recognise it by; leave it out")
    return lines


def keys_of(lines: Iterable[str]) -> frozenset[str]:
    """Return the keys of lines; see `cleanwire.text.fold`.

    >>> sorted(keys_of(["Post a comment!", "3 comments"]))
    ['0 comments', 'post a comment']
    """
    return frozenset(map(fold, lines))


def check_chosen(keep: Iterable[str], drop: Iterable[str]) -> None:
    """Raise `InputError` for a line that is to be both kept and dropped.

    >>> check_chosen(["Post a comment"], ["Share this"])
    """
    kept = keys_of(keep)
    for line in sorted(drop):
        if fold(line) in kept:
            raise InputError(f"{line!r} is in both keep and drop; leave it out of one of them")


def selection(skip: Collection[str], only: Collection[str]) -> Callable[[str, str], bool]:
    """Return whether edits are applied, by the names of their filter and rule, as `skip` and `only` of a cleaner say.

    >>> wanted = selection({"related"}, ())
    >>> wanted("boilerplate", "related.de.more"), wanted("boilerplate", "share.en.tweet")
    (False, True)
    """

    def wanted(name: str, rule: str) -> bool:
        if covers(skip, rule):
            return False
        return not only or name in only or rule == CHOSEN or covers(only, rule)

    return wanted


def covers(words: Iterable[str], rule: str) -> bool:
    """Return True if one of `words` is `rule` or a family that it belongs to.

    >>> covers(["related.de"], "related.de.more"), covers(["rel"], "related.de.more")
    (True, False)
    """
    return any(rule == word or rule.startswith(word + ".") for word in words)


def check_rules(option: str, names: Collection[str], filters: Sequence[Filter]) -> None:
    """Raise `UnknownNameError` for a name that is neither a filter of the chain nor a rule or a family of rules.

    Rules of a filter of one's own begin with its name (``mine.first``).  So do those of a site template, which is
    read only when it is needed: all names that begin with ``site.`` pass if the chain has the filter ``site``.

    >>> check_rules("skip", {"related.de"}, ())
    """
    chain = frozenset(filter_.name for filter_ in filters)
    free = tuple(f"{filter_.name}." for filter_ in filters if filter_.name == "site" or not is_builtin(filter_))
    others = [name for name in sorted(names) if name not in chain and not name.startswith(free)]
    if not others:
        return  # the packs need not be loaded
    known = _families(packs_of(filters), chain)
    for name in others:
        if name not in known:
            raise unknown(option, name, {*chain, *known}, "a filter of the chain, a rule or a family of rules")


def check_languages(names: Collection[str], filters: Sequence[Filter]) -> None:
    """Raise `UnknownNameError` for a language that no pack has.

    >>> check_languages({"de", "en"}, ())
    """
    known = {*builtin_names(), *(pack.name for pack in packs_of(filters))} - {"any"}
    for name in sorted(names):
        if name not in known:
            raise unknown("languages", name, known, "the code of a language that a pack has")


def check_actions(names: Collection[str]) -> None:
    """Raise `UnknownNameError` for an action that `Cleaner.take` cannot extract.

    >>> check_actions({"title"})
    """
    for name in sorted(names):
        if name not in TAKEN:
            raise unknown("take", name, TAKEN, f"one of {', '.join(TAKEN)}")


def check_layout(name: str) -> str:
    """Return the name of a layout; raise `UnknownNameError` for an unknown one.

    >>> check_layout("escaped")
    'escaped'
    """
    known = (AUTO, *LAYOUTS)
    if name not in known:
        raise unknown("layout", str(name), known, f"one of {', '.join(known)}")
    return name


def unknown(
    option: str, name: str, known: Collection[str], what: str, otherwise: str = "`cleanwire rules` lists the rules"
) -> UnknownNameError:
    """Return the error for an unknown name, with the nearest of the known ones, or `otherwise` what to do.

    >>> unknown("skip", "captoin", ["caption", "space"], "a filter")
    UnknownNameError("skip: 'captoin' is not a filter; did you mean 'caption'?")
    """
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), 1)
    hint = f"did you mean {close[0]!r}?" if close else otherwise
    return UnknownNameError(f"{option}: {name!r} is not {what}; {hint}")


def is_builtin(filter_: object) -> bool:
    """Return True for a filter of the library.

    >>> from cleanwire import ARTICLE
    >>> all(map(is_builtin, ARTICLE)), is_builtin(print)
    (True, False)
    """
    return type(filter_).__module__.startswith("cleanwire.filters.")


def packs_of(filters: Iterable[Filter]) -> tuple[Pack, ...]:
    """Return the packs that filters were given beside the built-in ones, each once.

    >>> packs_of(())
    ()
    """
    return tuple(dict.fromkeys(pack for filter_ in filters for pack in getattr(filter_, "packs", ())))


@cache
def filter_rules() -> Mapping[str, str]:
    """Return the rules that no pack holds, with their reasons; rules of sites stand in their templates.

    >>> "space.trailing" in filter_rules()
    True
    """
    from cleanwire.filters import PrintFilter  # here, since no chain has it

    modules = [sys.modules[type(filter_).__module__] for filter_ in (*PAGE, DropFilter(), PrintFilter())]
    modules += [metadata, page_header, datelines, repeated]  # which the filters `byline` and `caption` ask
    return {name: why for module in modules for name, why in getattr(module, "FILTER_RULES", {}).items()}


@cache
def _families(packs: tuple[Pack, ...], chain: frozenset[str]) -> frozenset[str]:
    """Return the names of the rules that may apply, and of their families: ``related``, ``related.de``, and so on."""
    rules = [rule.name for pack in builtin_packs() + packs for rule in pack.rules]
    kinds = {rule.partition(".")[0] for rule in rules}
    # A rule that is named after a filter belongs to it alone, unless packs have rules of that kind (byline.any.name).
    foreign = FILTERS.keys() - chain - kinds
    rules += (rule for rule in filter_rules() if rule.partition(".")[0] not in foreign)
    return frozenset(
        family for rule in rules for family in accumulate(rule.split("."), lambda head, word: f"{head}.{word}")
    )
