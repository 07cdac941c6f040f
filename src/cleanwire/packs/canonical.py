"""Write a pack in its canonical form: rules by kind, one phrase a line, sorted, each phrase in one spelling.

Comments stand on lines of their own, above what they are about: a table, a key or an element of a list.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleanwire.errors import PackError
from cleanwire.packs.kinds import kinds
from cleanwire.packs.pack import MATCHERS
from cleanwire.packs.parse import read_pack
from cleanwire.text.fold import fold

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r'|(?P<text>"""(?:\\.|[^\\])*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<mark>[\[\],=]|\n)|(?P<bare>[^\s\[\],=#\"']+)",
    re.DOTALL,
)
_ESCAPED = re.compile("[\x7f-\xa0\u00ad\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
"""Characters that a reader cannot see or distinguish from a space; the joiners of Persian are part of its spelling."""
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
"""Characters that TOML has only as escapes; the line feed is none of them."""
_HEAD = ("about", "letters", "pairs", "fold_accents")
_ORDER = ("name", "kind", "action", "position", "scope", "confidence", "longest", "why")
_EXAMPLE_MARK = "'''"

_Path = tuple[str | int, ...]
"""What a comment is about: ``("about",)``, ``("rule", 3, "line", 7)``; ``()`` is the end of the file."""


def canonical(name: str, toml: str) -> str:
    r"""Return the text of a pack in canonical form.

    Values that a rule shares with its kind are left out.  Raises `PackError` for a text that is not a pack, and for a
    comment inside a value that is written on one line.

    >>> canonical("mine", "letters = 'äöü'\n[words]\narticles = ['the', 'Der', 'der']")
    'letters = "äöü"\n\n[words]\narticles = [\n    "Der",\n    "der",\n    "the",\n]\n'
    """
    read_pack(name, toml)
    comments = _comments(toml)
    text = "\n".join(_Writer(tomllib.loads(toml), comments).lines()).strip("\n") + "\n"
    if lost := [note for notes in comments.values() for note in notes if note not in text]:
        raise PackError(f"the comment {lost[0]!r} would be lost; move it above the key that it is about")
    return text


def _comments(toml: str) -> dict[_Path, list[str]]:
    """Return the comments of a pack by what they are about: what follows them, or what stands before on their line."""
    found: dict[_Path, list[str]] = defaultdict(list)
    scanner = _Scanner()
    waiting: list[str] = []
    for token in _TOKEN.finditer(toml):
        if token.lastgroup == "comment":
            if scanner.current:
                found[scanner.current].append(token[0])
            else:
                waiting.append(token[0])
            continue
        last = scanner.last
        scanner.read(token[0], token.lastgroup == "mark")
        if waiting and (scanner.last != last or scanner.closed):
            found[scanner.last].extend(waiting)
            waiting = []
    found[()].extend(waiting)
    return found


class _Scanner:
    """Follow the tokens of a pack and say what they are about.

    `last` is the path of the newest value or header, `current` the same as long as its line goes on, and `closed` is
    True where a list has just ended.
    """

    def __init__(self) -> None:
        self.last: _Path = ()
        self.current: _Path = ()
        self.closed = False
        self._table: _Path = ()
        self._rules = 0
        self._key: _Path = ()
        self._elements = -1  # of the list that is open; -1 outside lists
        self._in_header = False
        self._has_value = False

    def read(self, text: str, is_mark: bool) -> None:
        """Take the next token."""
        self.closed = False
        if self._elements >= 0:
            self._read_element(text, is_mark)
        elif is_mark:
            self._read_mark(text)
        elif self._in_header:
            self._open_table(text)
        elif not self._has_value:
            self._key = (*self._table, text)
            self._note(self._key)

    def _read_element(self, text: str, is_mark: bool) -> None:
        if not is_mark:
            self._note((*self._key, self._elements))
            self._elements += 1
        elif text == "]":
            self._elements, self.closed, self.current = -1, True, self._key
        elif text == "\n":
            self.current = ()

    def _read_mark(self, text: str) -> None:
        if text == "\n":
            self._in_header, self._has_value, self.current = False, False, ()
        elif text == "=":
            self._has_value = True
        elif text == "[" and self._has_value:
            self._elements = 0
        elif text == "[":
            self._in_header = True

    def _open_table(self, name: str) -> None:
        if name == "rule":
            self._table = ("rule", self._rules)
            self._rules += 1
        else:
            self._table = (name,)
        self._note(self._table)

    def _note(self, path: _Path) -> None:
        self.last = self.current = path


class _Writer:
    """Writes the table of a pack, with the comments of its text."""

    def __init__(self, table: Mapping[str, Any], comments: Mapping[_Path, Sequence[str]]) -> None:
        self._table, self._comments = table, comments

    def lines(self) -> Iterator[str]:
        """Yield the lines of the pack."""
        for key in _HEAD:
            if key in self._table:
                yield from self._value((key,), self._table[key])
        if keep := self._table.get("keep_accents"):
            yield from self._list(("keep_accents",), keep)
        if words := self._table.get("words"):
            yield ""
            yield from self._comments.get(("words",), ())
            yield "[words]"
            for key in sorted(words):
                yield from self._list(("words", key), words[key])
        order = list(kinds())
        rules = list(enumerate(self._table.get("rule", ())))
        for number, rule in sorted(rules, key=lambda pair: order.index(pair[1]["kind"])):
            yield ""
            yield from self._rule(("rule", number), rule)
        if rest := self._comments.get(()):
            yield ""
            yield from rest

    def _rule(self, path: _Path, rule: Mapping[str, Any]) -> Iterator[str]:
        kind = kinds()[rule["kind"]]
        defaults = {**kind.defaults(), "why": kind.why}
        yield from self._comments.get(path, ())
        yield "[[rule]]"
        for key in _ORDER:
            is_default = rule.get(key) == defaults.get(key) and not (key == "longest" and "pattern" in rule)
            if key in rule and not is_default:
                yield from self._value((*path, key), rule[key])
            else:
                yield from self._comments.get((*path, key), ())
        for key in (*MATCHERS, "needs", "until", "below"):
            if key in rule:
                yield from self._list((*path, key), rule[key])
        yield from self._comments.get((*path, "examples"), ())
        documents = (f"{_document(example)}" for example in rule["examples"])
        yield f"examples = [{', '.join(documents)}]"
        yield from self._list((*path, "counterexamples"), rule["counterexamples"])

    def _value(self, path: _Path, value: str | int) -> Iterator[str]:
        yield from self._comments.get(path, ())
        yield f"{path[-1]} = {_string(value) if isinstance(value, str) else str(value).lower()}"

    def _list(self, path: _Path, values: Sequence[str]) -> Iterator[str]:
        """Yield the lines of a list of strings, one a line; those whose order has no meaning are sorted."""
        key = path[-1]
        yield from self._comments.get(path, ())
        yield f"{key} = ["
        kept: dict[tuple[str, ...], int] = {}
        for number, value in enumerate(values):
            kept.setdefault(_spelling(str(key), value), number)
        numbers = list(kept.values())
        if key not in ("pattern", "counterexamples"):
            numbers.sort(key=lambda number: (fold(values[number]), values[number]))
        notes: dict[int, list[str]] = defaultdict(list)
        for number, value in enumerate(values):
            notes[kept[_spelling(str(key), value)]].extend(self._comments.get((*path, number), ()))
        for number in numbers:
            yield from (f"    {comment}" for comment in notes[number])
            yield f"    {_text(values[number])},"
        yield "]"


def _spelling(key: str, phrase: str) -> tuple[str, ...]:
    """Return what two phrases of a list must share to be the same."""
    if key in ("line", "starts", "ends"):
        return (fold(phrase),)
    if key in ("words", "needs"):
        return ("^" * phrase.startswith("^"), fold(phrase))
    return (phrase,)


def _string(text: str) -> str:
    if ("\\" in text or '"' in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _text(text: str) -> str:
    """Return an element of a list; a story of several lines as a literal string."""
    return _document(text) if "\n" in text and text[-1] != "'" and not _CONTROL.search(text) else _string(text)


def _document(text: str) -> str:
    """Return an example as a literal string of several lines, if it can be one."""
    return _string(text) if _EXAMPLE_MARK in text or _ESCAPED.search(text) else f"'''\n{text}'''"
