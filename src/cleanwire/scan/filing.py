"""File the rules of packs under the words that a line is looked up by; the result is plain data, which can be kept.

Rules are numbers here: their places among the rules of all packs.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Any

import regex

from cleanwire.packs.cache import code_digest, digest_of, remembered
from cleanwire.packs.load import builtin_digest, builtin_packs
from cleanwire.packs.pack import PROTECT, Pack, Rule, by_precedence
from cleanwire.packs.regexes import VERSION, Program, compile_patterns, program
from cleanwire.scan.parted import Parted, part
from cleanwire.scan.patterns import GLUE, vocabulary_pattern
from cleanwire.scan.phrases import Beginnings, beginnings, end_handles, keys, start_handles
from cleanwire.text.fold import UNSPACED

Numbers = dict[str, list[int]]
Affixed = dict[str, list[tuple[str, int]]]
_PARTED = ("lines", "starts")
"""What is kept in parts, since it holds nearly all phrases, of which a text asks for few."""

_WITHIN = ("date", "dateline")
"""Kinds of rules that stand within lines too; their parsers alone read them."""


@dataclass(frozen=True)
class Filed:
    """Rules by what a folded line is looked up by.

    `lines` are whole lines.  `starts` and `ends` hold phrases by the one or two words at their end of the line, the
    longest first; `beginnings` are those of `starts`.  Patterns are filed by the word that a line begins with
    (`first`), that stands anywhere in it (`word`), by two letters of a script that joins words (`pair`), and for long
    lines by their first word (`long`).  Vocabularies are filed by the first word of a line, and by how it begins if
    several may be glued.  `programs` are the compiled patterns of rules by number.
    """

    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    starts: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    beginnings: Beginnings = field(default_factory=Beginnings)
    ends: Affixed = field(default_factory=lambda: defaultdict(list))
    first: Numbers = field(default_factory=lambda: defaultdict(list))
    word: Numbers = field(default_factory=lambda: defaultdict(list))
    pair: Numbers = field(default_factory=lambda: defaultdict(list))
    long: Numbers = field(default_factory=lambda: defaultdict(list))
    vocabulary: Numbers = field(default_factory=lambda: defaultdict(list))
    glued: Numbers = field(default_factory=lambda: defaultdict(list))
    programs: dict[int, Program] = field(default_factory=dict)


def filed(packs: Sequence[Pack]) -> Filed:
    """Return the rules of packs, filed; those of the built-in packs are kept between processes.

    >>> from cleanwire.packs.load import builtin_packs
    >>> "post a comment" in filed(builtin_packs()).lines
    True
    """
    if tuple(packs) != builtin_packs():
        return file_rules(packs)
    return remembered("rules", filed_digest(), lambda: _kept(packs), _restored)


@cache
def filed_digest() -> str:
    """Return a digest of the built-in packs and of the code that files them, for what else is made of both."""
    code = code_digest(__file__, "parted.py", "phrases.py", "patterns.py", "../text/fold.py", "../packs/regexes.py")
    return digest_of((builtin_digest().encode(), code.encode(), VERSION.encode()))


def file_rules(packs: Sequence[Pack], *, protecting: bool = False) -> Filed:
    """Return the rules of packs, filed anew: those that protect lines, or all others."""
    found = Filed()
    lines: dict[str, tuple[int, ...]] = {}
    starts: Affixed = defaultdict(list)
    seen: dict[str, set[tuple[str, int]]] = {"starts": set(), "ends": set()}
    numbers = {id(rule): number for number, rule in enumerate(rule for pack in packs for rule in pack.rules)}
    for rule, phrases in by_precedence(packs):
        if rule.kind in _WITHIN or (rule.kind == PROTECT) is not protecting:
            continue
        number = numbers[id(rule)]
        match rule.matching:
            case "line":
                _file_lines(lines, number, phrases)
            case "starts":
                _file_affixes(starts, start_handles, number, phrases, seen["starts"])
            case "ends":
                _file_affixes(found.ends, end_handles, number, phrases, seen["ends"])
            case "pattern" if phrases is rule.phrases:
                _file_pattern(found, rule, number)
            case "words" if phrases is rule.phrases:  # a vocabulary is filed once, with all its spellings
                _file_vocabulary(found, rule, number)
    return replace(found, lines=lines, starts=starts, beginnings=beginnings(starts))


def _kept(packs: Sequence[Pack]) -> dict[str, Any]:
    """Return the rules of packs, filed, as plain data, with their patterns compiled."""
    found = file_rules(packs)
    rules = [rule for pack in packs for rule in pack.rules]
    patterns = {number for filed in (found.first, found.word, found.pair) for number in chain(*filed.values())}
    made = {number: program(compile_patterns(rules[number])) for number in patterns}
    for number in set(chain(*found.vocabulary.values())):
        made[number] = program(regex.compile(vocabulary_pattern(keys(rules[number].all_phrases))))
    tables = {name: dict(table) for name, table in vars(found).items() if name != "beginnings"}
    return {
        **tables,
        **{name: part(tables[name]) for name in _PARTED},
        "beginnings": {**found.beginnings._asdict(), "begun": part(found.beginnings.begun)},
        "programs": {number: data for number, data in made.items() if data},
    }


def _restored(kept: dict[str, Any]) -> Filed:
    """Return the rules of which `kept` are the plain data."""
    parted: dict[str, Any] = {name: Parted(kept[name]) for name in _PARTED}
    begun = Parted[bool](kept["beginnings"]["begun"])
    return Filed(**{**kept, **parted, "beginnings": Beginnings(**{**kept["beginnings"], "begun": begun})})


def _file_lines(lines: dict[str, tuple[int, ...]], number: int, phrases: Iterable[str]) -> None:
    alone = (number,)
    for key in keys(phrases):
        known = lines.setdefault(key, alone)
        if number not in known:
            lines[key] = (*known, number)


def _file_affixes(
    found: Affixed,
    handles: Callable[[str], tuple[str, ...]],
    number: int,
    phrases: Iterable[str],
    seen: set[tuple[str, int]],
) -> None:
    """File phrases of a rule, each once, by the words at their end."""
    for key in keys(phrases):
        if (entry := (key, number)) not in seen:
            seen.add(entry)
            insort(found[handles(key)[-1]], entry, key=_by_length)


def _by_length(entry: tuple[str, int]) -> int:
    return -len(entry[0])


def _file_pattern(found: Filed, rule: Rule, number: int) -> None:
    """File a rule with patterns by the words that it needs."""
    for need, key in zip(rule.all_needs, keys(rule.all_needs), strict=True):
        word = key.partition(" ")[0]
        if key[0] >= UNSPACED:
            numbers = found.pair[key[:2]]
        else:
            numbers = (found.first if need.startswith("^") else found.word)[word]
        if number not in numbers:
            numbers.append(number)
        if rule.longest:
            found.long[word].append(number)


def _file_vocabulary(found: Filed, rule: Rule, number: int) -> None:
    """File a rule with a vocabulary by the words that a line made of it may begin with."""
    words = {key.partition(" ")[0] for key in keys(rule.all_phrases)} - {"0"}
    for word in words:
        found.vocabulary[word].append(number)
    for glue in {word[:GLUE] for word in words if len(word) >= GLUE}:
        found.glued[glue].append(number)
