"""What it costs to read characters as a language, in nats: about the logarithm of how unlikely they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import inf, log
from unicodedata import category

from cleanwire.io.charsets import narrow_table

# Pairs of letters: the commonest, any of a language without pairs, one that is not listed, …
_RANKED, _UNKNOWN, RARE = 2.0, 6.0, 9.0
# … with a letter that the language lacks, or of another script, and what is added to one that another language lists.
_STRANGE, _ALIEN, _BORROWED = 11.0, 16.0, 4.0
_FOREIGN = 4.0  # added where scripts meet in a word
_INNER = 0.6  # of a pair beyond ASCII counts, since each letter of it is in a second such pair
_UPPER_AFTER_LOWER, _CAPITALS, _INITIAL = 4.0, 0.7, 2.0
_BLANK, _MARK, _SYMBOL, _CONTROL, _MISPLACED, _JOINING = 4.0, 8.0, 13.0, 20.0, 8.0, 2.5

_OPENING, _CLOSING = frozenset("“„‚«‹¿¡№§€£·•©"), frozenset("”»›…™®°º²")
_BETWEEN, _DASHES = frozenset("’‘´،؛؟"), frozenset("–—")
_MARKS = _OPENING | _CLOSING | _BETWEEN | _DASHES | {"\u00a0"}


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: alphabets are keys of caches
class Alphabet:
    """What is known of how a language is written.

    `letters` are those beyond ASCII in lower case, the commonest first where they are ideographs or syllables;
    `pairs` are the pairs of adjacent letters, the commonest first, with ``-`` for the edge of a word; `words` are
    common words.
    """

    language: str
    letters: str
    pairs: tuple[str, ...] = ()
    words: frozenset[bytes] = frozenset()


@cache
def known_bytes(charset: str, alphabet: Alphabet) -> bytes:
    """Return the bytes beyond ASCII that are letters of a language or common marks."""
    table = narrow_table(charset)
    return bytes(b for b in range(0x80, 0x100) if table[b].lower() in alphabet.letters or table[b] in _MARKS)


class _PairCosts(dict[tuple[int, int], float]):
    """What pairs of bytes cost, at least one of which is beyond ASCII; each is computed when first asked for."""

    def __init__(self, alphabet: Alphabet, table: str, elsewhere: Mapping[str, float]) -> None:
        super().__init__()
        self._alphabet, self._table, self._elsewhere = alphabet, table, elsewhere

    def __missing__(self, pair: tuple[int, int]) -> float:
        first, second = pair
        self[pair] = cost = _pair_cost(self._alphabet, self._elsewhere, self._table[first], self._table[second])
        return cost


@cache
def pair_costs(
    alphabet: Alphabet, charset: str, all_alphabets: tuple[Alphabet, ...]
) -> Mapping[tuple[int, int], float]:
    """Return what each pair of bytes costs in a language and a charset."""
    return _PairCosts(alphabet, narrow_table(charset), _least_ranks(all_alphabets))


@cache
def _least_ranks(alphabets: tuple[Alphabet, ...]) -> Mapping[str, float]:
    """Return what each pair costs in the language where it is commonest."""
    found: dict[str, float] = {}
    for alphabet in alphabets:
        for pair, cost in _ranks(alphabet).items():
            found[pair] = min(cost, found.get(pair, cost))
    return found


def _pair_cost(alphabet: Alphabet, elsewhere: Mapping[str, float], a: str, b: str) -> float:
    """Return what two adjacent characters cost."""
    left, right = _letter(a), _letter(b)
    cost = (0.0 if left else _mark_cost(a, b, _OPENING)) + (0.0 if right else _mark_cost(b, a, _CLOSING))
    if (left + right).isascii():
        return cost
    letters = _letters_cost(alphabet, elsewhere, left or "-", right or "-")
    if not (left and right):
        return cost + letters + _INITIAL * b.isupper()
    return letters * _INNER ** _both_beyond(left, right) + _case_cost(a, b)


def _both_beyond(left: str, right: str) -> bool:
    return not (left.isascii() or right.isascii())


def _case_cost(a: str, b: str) -> float:
    """Return what the case of two adjacent letters costs."""
    if not b.isupper():
        return 0.0
    if a.isupper():
        return _CAPITALS if _both_beyond(a, b) else _INITIAL
    return _UPPER_AFTER_LOWER * a.islower()


def _letter(char: str) -> str:
    """Return a letter in lower case, or a mark that is part of one; else nothing."""
    return char.lower()[0] if (char.isalpha() and char not in "ªºƒˆµ") or category(char) == "Mn" else ""


def _letters_cost(alphabet: Alphabet, elsewhere: Mapping[str, float], left: str, right: str) -> float:
    """Return what two letters cost; ``-`` is the edge of a word."""
    rank = _ranks(alphabet).get(left + right)
    if rank is not None:
        return rank
    cost = RARE if alphabet.pairs else _UNKNOWN
    for letter in (left, right):
        if not letter.isascii() and letter not in alphabet.letters:
            cost = _STRANGE if is_latin(letter) == is_latin(alphabet.letters) else _ALIEN
    if cost < _ALIEN:
        cost = min(cost, _BORROWED + elsewhere.get(left + right, inf))
    if _is_foreign(left, right) or _is_foreign(right, left) or (left == "-" and category(right) == "Mn"):
        cost += _FOREIGN
    return cost


def is_latin(letters: str) -> bool:
    """Return whether letters are Latin, by the first."""
    return letters[:1] <= "\u024f"


def _is_foreign(letter: str, other: str) -> bool:
    return letter.isascii() and letter.isalpha() and other > "\u036f"


def _mark_cost(char: str, other: str, facing: Collection[str]) -> float:
    """Return half of what a character that is no letter costs, with the one beside it; nothing for ASCII."""
    if char.isascii():
        return 0.0
    if char == "\u00a0":
        return _BLANK / 2
    if char in _MARKS:
        if char in _BETWEEN or char in facing or not other.isalpha():
            return _MARK / 2
        return _MARK / 2 + (_JOINING if char in _DASHES else _MISPLACED)
    if char < "\u00a0":
        return _CONTROL / 2
    return _SYMBOL / 2 + _MISPLACED / 2 * other.isalpha()


@cache
def _ranks(alphabet: Alphabet) -> Mapping[str, float]:
    return {pair: _RANKED + log(1 + rank / 4) for rank, pair in enumerate(alphabet.pairs)}


@cache
def char_costs(alphabet: Alphabet) -> Mapping[str, float]:
    """Return what each ideograph or syllable of a language costs."""
    return {char: 3.0 + log(1 + rank / 8) for rank, char in enumerate(alphabet.letters)}


@cache
def other_cost(char: str) -> float:
    """Return what a character costs that is none of the commonest of a language."""
    if "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e" or char in _MARKS:
        return 4.5
    if "\ue000" <= char <= "\uf8ff" or char < "\u00a0":
        return 18.0
    if "\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" or "\u3040" <= char <= "\u30ff":
        return 12.5
    return 14.0
