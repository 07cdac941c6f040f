"""From the text of a pack file to a `Pack`, and the faults for which a pack is refused."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast, get_args

from cleanwire.edit import Action
from cleanwire.errors import PackError
from cleanwire.packs.kinds import Kind, kinds
from cleanwire.packs.literals import literals
from cleanwire.packs.pack import MATCHERS, Confidence, Matching, Pack, Position, Rule, Scope
from cleanwire.packs.regexes import compile_patterns, is_linear
from cleanwire.packs.words import WORD_LISTS
from cleanwire.text.accents import without_accents
from cleanwire.text.fold import fold

PACK_KEYS = ("about", "letters", "pairs", "fold_accents", "keep_accents", "words", "rule")
_CHOICES: dict[str, tuple[str, ...]] = {
    "action": get_args(Action),
    "scope": get_args(Scope),
    "position": get_args(Position),
    "confidence": get_args(Confidence),
}
_KINDS_OF_KEYS = {"about": str, "letters": str, "pairs": str, "fold_accents": bool, "words": dict, "rule": list}
_WIDGET = ("until", "below")
RULE_KEYS = ("name", "kind", "why", "examples", "counterexamples", "needs", "longest", *_WIDGET, *MATCHERS, *_CHOICES)
_OF_PARSERS = ("label", "agency", "note")
_FOLDED = ("line", "starts", "ends")
_COUNTEREXAMPLES = 2
_LONGEST = 800
"""Notices are up to so long; longer lines are never matched."""


def parse_pack(name: str, toml: str) -> Pack:
    """Return the pack that the text of a TOML file holds, checked.

    Raises `PackError`, naming the rule, for a key that the format does not have, a rule that lacks something, a phrase
    that two rules have, and a pattern that does not compile or could take exponential time.

    >>> parse_pack("mine", 'letters = "äöü"').letters
    'äöü'
    """
    pack = read_pack(name, toml)
    if faults := [*duplicates([pack]), *pattern_faults(pack.rules)]:
        raise PackError("; ".join(faults))
    return pack


def read_pack(name: str, toml: str) -> Pack:
    """Return the pack that the text of a TOML file holds, without the checks that take time.

    Raises `PackError`, naming the rule, for a key that the format does not have or a rule that lacks something.
    """
    try:
        table = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(f"not a TOML file: {error}; see docs/packs.md for the format") from error
    if faults := list(_pack_faults(table)):
        raise PackError("; ".join(faults))
    kept = frozenset(map(fold, table.get("keep_accents", ()))) if table.get("fold_accents") else None
    rules = tuple(_rules(name, table.get("rule", ()), kept))
    names = [rule.name for rule in rules]
    if repeated := {rule for rule in names if names.count(rule) > 1}:
        raise PackError(f"duplicate rule names: {', '.join(sorted(repeated))}")
    words = {key: tuple(values) for key, values in table.get("words", {}).items()}
    return Pack(name, rules, words, table.get("letters", ""), table.get("pairs", ""))


def _rules(pack: str, tables: list[Mapping[str, Any]], kept: Collection[str] | None) -> Iterator[Rule]:
    """Yield the rules of a pack; `kept` are the keys that keep their accents, None if the pack folds none."""
    for number, table in enumerate(tables, 1):
        name, kind = table.get("name"), table.get("kind")
        if not isinstance(name, str) or not isinstance(kind, str) or not name.isprintable() or not name:
            raise PackError(f"rule {number} needs a `name` and a `kind`, in printable characters")
        full = f"{kind}.{pack}.{name}"
        if kind not in kinds():
            raise PackError(f"rule {full}: {_unknown('kind', [kind], kinds())}")
        if faults := [*_faults(table), *_reach_faults(kinds()[kind], table), *_protection_faults(kinds()[kind], table)]:
            raise PackError(f"rule {full}: {'; '.join(faults)}")
        yield _rule(full, kinds()[kind], table, kept)


def _rule(name: str, kind: Kind, table: Mapping[str, Any], kept: Collection[str] | None) -> Rule:
    matching = next(key for key in MATCHERS if key in table)
    chosen = {key: table.get(key, default) for key, default in kind.defaults().items()}
    phrases, needs = tuple(table[matching]), tuple(table.get("needs", ()))
    unaccented_needs = tuple(_unaccented(needs, kept))
    return Rule(
        name=name,
        kind=kind.name,
        action=cast("Action", chosen["action"]),
        matching=cast("Matching", matching),
        phrases=phrases,
        needs=needs,
        scope=cast("Scope", chosen["scope"]),
        position=cast("Position", chosen["position"]),
        confidence=cast("Confidence", chosen["confidence"]),
        why=table.get("why", kind.why),
        examples=tuple(table["examples"]),
        counterexamples=tuple(table["counterexamples"]),
        longest=cast("int", chosen["longest"] if matching == "starts" else table.get("longest", 0)),
        until=tuple(table.get("until", ())),
        below=tuple(table.get("below", ())),
        literals=literals(phrases, needs + unaccented_needs) if matching == "pattern" else (),
        unaccented=() if matching == "pattern" else tuple(_unaccented(phrases, kept)),
        unaccented_needs=unaccented_needs,
    )


def _unaccented(phrases: Collection[str], kept: Collection[str] | None) -> Iterator[str]:
    """Yield the spellings without accents that `phrases` do not hold."""
    if kept is None:
        return
    seen = set(phrases)
    for phrase in phrases:
        plain = without_accents(phrase)
        if plain not in seen and fold(phrase) not in kept:
            seen.add(plain)
            yield plain


def _pack_faults(table: Mapping[str, Any]) -> Iterator[str]:
    if unknown := set(table) - set(PACK_KEYS):
        yield _unknown("key", unknown, PACK_KEYS)
    for key, kind in _KINDS_OF_KEYS.items():
        if not isinstance(table.get(key, kind()), kind):
            yield f"`{key}` must be a {kind.__name__}"
            return
    if not all(isinstance(rule, dict) for rule in table.get("rule", ())):
        yield "`rule` must be a list of tables: begin each rule with [[rule]]"
    if "keep_accents" in table and not _is_list_of_texts(table["keep_accents"]):
        yield "`keep_accents` must be a list of strings"
    words = table.get("words", {})
    if unknown := set(words) - set(WORD_LISTS):
        yield _unknown("word list", unknown, WORD_LISTS)
    yield from (f"`words.{key}` must be a list of strings" for key in words if not _is_list_of_texts(words[key]))


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of one rule."""
    if unknown := set(table) - set(RULE_KEYS):
        yield _unknown("key", unknown, RULE_KEYS)
    yield from _matcher_faults(table)
    if "why" in table and not (isinstance(table["why"], str) and table["why"].strip()):
        yield "`why` must be a string"
    for key in ("examples", "counterexamples", "needs", *_WIDGET):
        if key in table and not _is_list_of_texts(table[key]):
            yield f"`{key}` must be a list of strings"
    if not table.get("examples"):
        yield "needs at least one of `examples`: a document in annotated-diff notation that the rule matches"
    given = table.get("counterexamples")
    if not isinstance(given, list) or len(given) < _COUNTEREXAMPLES:
        yield f"needs at least {_COUNTEREXAMPLES} `counterexamples`: ordinary sentences that share its words"
    for key, choices in _CHOICES.items():
        if key in table and table[key] not in choices:
            yield f"`{key}` must be one of {', '.join(choices)}, not {table[key]!r}"


def _matcher_faults(table: Mapping[str, Any]) -> Iterator[str]:
    matchers = [key for key in MATCHERS if key in table]
    if len(matchers) != 1:
        yield f"needs exactly one matcher of {', '.join(MATCHERS)}; has {', '.join(matchers) or 'none'}"
    for key in matchers:
        if not _is_list_of_texts(table[key]):
            yield f"`{key}` must be a list of strings"
        elif key in (*_FOLDED, "words") and (empty := [phrase for phrase in table[key] if not fold(phrase)]):
            yield f"phrase {empty[0]!r} has no letter or number, so it would match any line"
    if {"pattern", "words"} & set(matchers) and not table.get("needs"):
        yield "`pattern` and `words` need `needs`: words of which the line must hold one"


def _reach_faults(kind: Kind, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of a rule that could remove more than the words it knows."""
    if table.get("scope", kind.scope) == "rest" and not kind.rest:
        yield (
            f"`scope` cannot be rest in kind {kind.name}: only headings, forms and boxes below an article remove all "
            f"that follows ({', '.join(name for name, other in kinds().items() if other.rest)})"
        )
    yield from _longest_faults(kind, table)


def _protection_faults(kind: Kind, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of a rule that protects lines: it has no reach, and matches whole lines."""
    if kind.protects and (wrong := [key for key in (*_CHOICES, *_WIDGET, *_OF_PARSERS) if key in table]):
        yield f"`{wrong[0]}` has no meaning in kind {kind.name}, whose lines are never cut"


def _longest_faults(kind: Kind, table: Mapping[str, Any]) -> Iterator[str]:
    longest = table.get("longest", kind.longest)
    matcher = "starts" if "starts" in table else "pattern"
    if "longest" in table and matcher not in table:
        yield "`longest` is for rules with `starts` or `pattern`"
    elif matcher == "pattern" and "longest" not in table:
        return
    elif matcher == "pattern" and not all(need.startswith("^") for need in table.get("needs", ())):
        yield "`longest` with `pattern` needs the first words of the line: each of `needs` begins with ^"
    elif not (type(longest) is int and 0 < longest <= _LONGEST):
        yield (
            f"`{matcher}` needs a `longest` of 1 to {_LONGEST}, not {longest!r}: how many characters a line may have "
            "that it knows by its beginning"
        )


def duplicates(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield a message for every phrase that two rules of `packs` have in the same table.

    Packs may share the phrases of lines, of which the languages of a document choose the rule.
    """
    owners: dict[tuple[str, ...], Rule] = {}
    for name, rule in ((pack.name, rule) for pack in packs for rule in pack.rules):
        for phrase in rule.phrases:
            if slot := _slot(rule, phrase, name):
                owner = owners.setdefault(slot, rule)
                if owner is not rule:
                    yield f"rule {rule.name}: duplicate phrase {phrase!r} (already in {owner.name})"


def _slot(rule: Rule, phrase: str, pack: str) -> tuple[str, ...]:
    """Return the table that a phrase of a pack is filed in, and its key there; nothing where rules may share a phrase.

    Patterns and vocabularies may overlap, and languages share the labels of bylines and credits: "提供".
    """
    match rule.matching:
        case "line" | "starts" | "ends":
            return rule.matching, pack, fold(phrase)
        case "label" | "note" if rule.action == "caption":
            return rule.kind, rule.matching, pack, phrase.casefold().strip(" :：")
        case "agency" if rule.action == "caption":
            return rule.matching, phrase
    return ()


def pattern_faults(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield a message for every pattern of `rules` that does not compile or could take exponential time."""
    for rule in rules:
        if rule.matching != "pattern":
            continue
        try:
            if rule.kind == "date":
                re.compile("|".join(rule.phrases))
            compile_patterns(rule)
        except re.error as error:
            yield f"rule {rule.name}: a pattern does not compile: {error}"
        except PackError as error:
            yield str(error)
        for pattern in rule.phrases:
            if not is_linear(pattern):
                yield (
                    f"rule {rule.name}: pattern {pattern!r} repeats a repetition, or choices that match the same text, "
                    "and could take exponential time; put a mark that must be there between the two, or drop a choice"
                )


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> str:
    """Say which `names` are not known, each with the nearest name that is."""
    near = {name: get_close_matches(name, known, 1) for name in sorted(names)}
    return ", ".join(
        f"unknown {what} {name!r}" + (f"; did you mean {match[0]!r}?" if match else "") for name, match in near.items()
    )


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)
