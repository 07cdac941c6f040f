"""Rules and packs: the passport of a rule, and the reader that checks a pack file.

A pack is a TOML file, one a language; ``any.toml`` holds what no language owns.  A rule has exactly one matcher:

=========  ==========================================================================================================
`line`     phrases that are a whole line; case, blanks, bullets, numbers and punctuation are folded (see `fold`)
`starts`   phrases that a line begins with, up to a word's end; for lines of any length
`ends`     phrases that a short line ends with, from a word's start
`words`    a vocabulary: a short line made of nothing but these words, apart or glued, with one of `needs` among them
`pattern`  regular expressions that match a whole short line, tried only where one of the words in `needs` stands
           (``^word``: where it stands first)
`label`    words in front of a name: "Photo:" (a mark must stand between), "Photo by" (none need); "…撮影": behind it
`agency`   names of agencies and archives as they are printed, with their case; "…Times": what such a name ends with
`note`     words in brackets, or behind a sentence, at the end of a caption: "(file photo)", "Supplied"
=========  ==========================================================================================================

The first five are read by `cleanwire.scan.matcher`, the last three by the filters for captions and bylines.  The
byline filter reads its own kinds so: ``byline`` `label` before a name, `note` a role behind it; ``date`` `words` and
`pattern` anywhere in a line, where `needs` are the words that make a number a date; ``dateline`` `agency`, `label` for
cities that stand alone, `pattern` for the beginning of a line; ``tail`` `label` for the clauses of an agency's tail.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from cleanwire.edit import Action
from cleanwire.errors import PackError
from cleanwire.packs.cache import remembered
from cleanwire.packs.literals import literals

Matching = Literal["line", "starts", "ends", "words", "pattern", "label", "agency", "note"]
Scope = Literal["line", "block", "rest"]
Position = Literal["any", "top", "end", "edges"]
Confidence = Literal["alone", "needs_neighbor"]

_DATA = Path(__file__).with_name("data")
MATCHERS: tuple[str, ...] = get_args(Matching)
_CHOICES: dict[str, tuple[str, ...]] = {
    "action": get_args(Action),
    "scope": get_args(Scope),
    "position": get_args(Position),
    "confidence": get_args(Confidence),
}
_DEFAULTS = {"action": "drop", "scope": "line", "position": "any", "confidence": "alone"}
_KEYS = {"name", "kind", "why", "examples", "counterexamples", "needs", *MATCHERS, *_CHOICES}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a line can be known by, with its reason and its proofs.

    `scope` says how far a hit cuts: its line, to the blank line, or to the end of the text (only late in it).
    `position` keeps a rule to the lines before the first sentence, after the last one, or both.
    `confidence` is ``alone`` for a rule that fires by itself, ``needs_neighbor`` for one that fires only near other
    boilerplate.  `examples` are documents in annotated-diff notation that must come out as marked; `counterexamples`
    are texts that must come out unchanged.
    `literals` are texts of which one stands in whatever its patterns match, if any are known.
    """

    name: str
    kind: str
    action: Action
    matching: Matching
    phrases: tuple[str, ...]
    needs: tuple[str, ...]
    scope: Scope
    position: Position
    confidence: Confidence
    why: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    literals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A named set of rules, read from one file.

    >>> load_builtin("any").name
    'any'
    """

    name: str
    rules: tuple[Rule, ...]

    def __hash__(self) -> int:
        """Hash by name and size: packs are keys of caches, and their rules are long."""
        return hash((self.name, len(self.rules)))


def load_pack(path: str | Path) -> Pack:
    """Read a pack from a TOML file; its name is the file's.

    Raises `PackError`, naming the file and the rule, for a file that cannot be read or a rule that lacks something.

    >>> load_pack(_DATA / "fi.toml").name
    'fi'
    """
    path = Path(path)
    try:
        return parse_pack(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: the pack cannot be read ({error}); give the path of a TOML file in UTF-8") from error
    except PackError as error:
        raise PackError(f"{path}: {error}") from error


def builtin_names() -> tuple[str, ...]:
    """Return the names of the packs that come with the library, `any` first."""
    names = {path.stem for path in _DATA.glob("*.toml")}
    return ("any", *sorted(names - {"any"}))


def load_builtin(name: str) -> Pack:
    """Return one of the packs that come with the library."""
    return next(pack for pack in builtin_packs() if pack.name == name)


@cache
def builtin_packs() -> tuple[Pack, ...]:
    """Read all packs that come with the library, once a process; parsed once a machine, see `cleanwire.packs.cache`."""
    sources = {name: (_DATA / f"{name}.toml").read_bytes() for name in builtin_names()}

    def parse() -> list[Any]:
        packs = [parse_pack(name, source.decode("utf-8")) for name, source in sources.items()]
        return [[pack.name, [_row(rule) for rule in pack.rules]] for pack in packs]

    return tuple(Pack(name, tuple(map(_rule, rows))) for name, rows in remembered(sources, parse))


def _row(rule: Rule) -> list[Any]:
    return [getattr(rule, field.name) for field in fields(Rule)]


def _rule(row: list[Any]) -> Rule:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Rule(*values)


def parse_pack(name: str, toml: str) -> Pack:
    """Read a pack from the text of a TOML file.

    Raises `PackError`, naming the rule, for what the format does not know or a rule that lacks something.
    """
    import tomllib  # here, since parsed packs are kept, and most processes parse none

    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"no TOML: {error}; see docs/packs.md for the format") from error
    if strange := set(table) - {"rule", "about"}:
        raise PackError(f"unknown keys {sorted(strange)}; a pack holds `about` and [[rule]] tables")
    rules = tuple(_rules(name, table.get("rule", ())))
    names = [rule.name for rule in rules]
    if twice := {rule for rule in names if names.count(rule) > 1}:
        raise PackError(f"rules named twice: {', '.join(sorted(twice))}; give each a name of its own")
    return Pack(name, rules)


def _rules(pack: str, tables: list[Mapping[str, Any]]) -> Iterator[Rule]:
    for number, table in enumerate(tables, 1):
        name = table.get("name")
        if not isinstance(name, str) or not isinstance(table.get("kind"), str):
            raise PackError(f"rule {number} needs a `name` and a `kind`")
        full = f"{table['kind']}.{pack}.{name}"
        if faults := list(_faults(table)):
            raise PackError(f"rule {full}: {'; '.join(faults)}")
        matching = next(key for key in MATCHERS if key in table)
        chosen = {key: table.get(key, default) for key, default in _DEFAULTS.items()}
        yield Rule(
            name=full,
            kind=table["kind"],
            action=cast("Action", chosen["action"]),
            matching=cast("Matching", matching),
            phrases=tuple(table[matching]),
            needs=tuple(table.get("needs", ())),
            scope=cast("Scope", chosen["scope"]),
            position=cast("Position", chosen["position"]),
            confidence=cast("Confidence", chosen["confidence"]),
            why=table["why"],
            examples=tuple(table["examples"]),
            counterexamples=tuple(table["counterexamples"]),
            literals=literals(table["pattern"], table["needs"]) if matching == "pattern" else (),
        )


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    """Say all that a rule lacks."""
    if strange := set(table) - _KEYS:
        yield f"unknown keys {sorted(strange)}"
    matchers = [key for key in MATCHERS if key in table]
    if len(matchers) != 1:
        yield f"needs exactly one matcher of {', '.join(MATCHERS)}, has {matchers or 'none'}"
    for key in ("examples", "counterexamples", "needs", *matchers):
        if key in table and not _is_list_of_words(table[key]):
            yield f"`{key}` must be a list of texts"
    if ("pattern" in table or "words" in table) and not table.get("needs"):
        yield "`pattern` and `words` need `needs`: words of which one must stand in the line"
    if not isinstance(table.get("why"), str) or not table["why"].strip():
        yield "needs a `why`: what prints this line, and why it may go"
    if not table.get("examples"):
        yield "needs at least one of `examples`: a document in margin notation with a line that the rule reads"
    if len(table.get("counterexamples", ())) < 2:
        yield "needs at least two `counterexamples`: ordinary sentences that share its words"
    for key, choices in _CHOICES.items():
        if table.get(key, _DEFAULTS[key]) not in choices:
            yield f"`{key}` must be one of {', '.join(choices)}, not {table[key]!r}"


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)
