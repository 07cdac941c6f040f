"""Packs from files: the built-in ones and those of a user."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanwire.errors import PackError
from cleanwire.packs.cache import code_digest, digest_of, remembered
from cleanwire.packs.kinds import PATH as KINDS
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.texts import Texts, join

if TYPE_CHECKING:
    from cleanwire.io.costs import Alphabet

_JOINED = tuple(map(Rule.__slots__.index, ("phrases", "examples", "counterexamples", "unaccented")))
"""The places of the fields of a rule that hold many texts."""
DATA = Path(__file__).with_name("data")
"""The folder of the built-in packs."""


def load_pack(path: str | Path) -> Pack:
    """Read a pack from a TOML file; its name is the name of the file.

    Raises `PackError`, naming the file and the rule, for a file that cannot be read or a rule with a fault.

    >>> load_pack(DATA / "de.toml").words["articles"]
    ('das', 'der', 'die')
    """
    from cleanwire.packs.parse import parse_pack  # here, since parsed packs are cached, and most processes parse none

    path = Path(path)
    try:
        return parse_pack(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot read the pack ({error}); give the path of a TOML file in UTF-8") from error
    except PackError as error:
        raise PackError(f"{path}: {error}") from error


@cache
def builtin_names() -> tuple[str, ...]:
    """Return the names of the packs that come with the library, `any` first."""
    names = {path.stem for path in DATA.glob("*.toml")}
    return ("any", *sorted(names - {"any"}))


def load_builtin(name: str) -> Pack:
    """Return one of the packs that come with the library.

    >>> load_builtin("any").name
    'any'
    """
    return next(pack for pack in builtin_packs() if pack.name == name)


@cache
def _sources() -> dict[str, bytes]:
    return {name: (DATA / f"{name}.toml").read_bytes() for name in builtin_names()}


@cache
def builtin_digest() -> str:
    """Return a digest of the built-in packs and of the code that reads them, for what else is made of them."""
    names = ("parse.py", "pack.py", "texts.py", "literals.py", "../text/accents.py", "../text/regex_tree.py")
    return digest_of((*_sources().values(), KINDS.read_bytes(), code_digest(__file__, *names).encode()))


@cache
def builtin_packs() -> tuple[Pack, ...]:
    """Return all packs that come with the library; parsed once a machine, see `cleanwire.packs.cache`."""

    def parse() -> list[Any]:
        from cleanwire.packs.parse import read_pack  # here, as in `load_pack`

        return [_row(read_pack(name, source.decode("utf-8"))) for name, source in _sources().items()]

    return remembered("packs", builtin_digest(), parse, _packs)


@cache
def alphabets() -> "tuple[Alphabet, ...]":
    """Return how each language of the built-in packs is written, if it is written in other charsets than UTF-8."""
    from cleanwire.io.costs import Alphabet  # here, since most processes guess no charset

    return tuple(
        Alphabet(
            pack.name,
            pack.letters,
            tuple(pack.pairs.split()),
            frozenset(word.encode() for word in pack.words.get("common", ()) if len(word) > 1 and word.isascii()),
        )
        for pack in builtin_packs()
        if pack.letters
    )


def _row(pack: Pack) -> tuple[Any, ...]:
    """Return a pack as plain data, the texts of its rules joined where there are many of them."""
    rules = []
    for rule in pack.rules:
        row = [getattr(rule, name) for name in Rule.__slots__]
        for place in _JOINED:
            row[place] = join(row[place]) or row[place]
        rules.append(row)
    return pack.name, rules, dict(pack.words), pack.letters, pack.pairs


def _packs(rows: list[Any]) -> tuple[Pack, ...]:
    return tuple(
        Pack(name, tuple(map(_rule, rules)), words, letters, pairs, builtin=True)
        for name, rules, words, letters, pairs in rows
    )


def _rule(row: list[Any]) -> Rule:
    for place in _JOINED:
        if isinstance(row[place], str):
            row[place] = Texts(row[place])
    return Rule(*row)
