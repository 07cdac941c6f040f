"""Guess the charset of bytes: each charset is tried, and the reading that costs least wins.

What a reading costs is about the logarithm of how unlikely it is.  In an alphabet each pair of adjacent characters
costs by its place among the commonest pairs of a language; in Chinese, Japanese and Korean each character costs by its
place among the commonest characters.  Only what is beyond ASCII counts, since the rest reads alike in all charsets.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from math import inf
from operator import attrgetter
from typing import NamedTuple

from cleanwire.io.charsets import DECLARED_ONLY, DOUBLE, NARROW, attempt, narrow_table, read_narrow
from cleanwire.io.costs import RARE, Alphabet, char_costs, is_latin, known_bytes, other_cost, pair_costs

_SAMPLE = 4_000  # bytes of text by which readings are compared
_WORDS = 3_000  # bytes of text in which common words are looked for
_AROUND = re.compile(rb"([\0-\x7f]{4})[\0-\x7f]+([\0-\x7f]{4})")  # ASCII text far from other bytes
_MARKUP = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[a-z/!?][^<>]*>")
_ASCII_LETTERS = bytes({*range(0x41, 0x5B), *range(0x61, 0x7B)})
_ASCII_WORD = re.compile(rb"(?<![\x80-\xff])[A-Za-z]{2,}(?![\x80-\xff])")
_HIGH = 1_000  # bytes beyond ASCII of which the letters are compared
_LANGUAGES = 6  # the likeliest languages of a charset that are compared …
_FINALISTS, _COMPARED = 9, 4_000  # … at least this many of all, or as many as have this number of pairs

# Costs, in nats.
_AFTER_LATIN = 2.0  # an ideograph or syllable after a small letter
_FOREIGNEST = 40.0  # most that ASCII letters cost in a text of another script
_WORD = 1.5  # what each common word of a language takes off
_DECLARED = 20.0  # what the declaration in the text's own markup takes off
_ENOUGH, _CLEAR = 40, 3.4  # bytes beyond ASCII, and the cost of each, that prove Chinese, Japanese or Korean
CERTAIN = 8.0
"""A guess is certain if each other reading costs this much more …"""
_MOST, _MOST_LATIN = 5.5, 11.0  # … and a byte beyond ASCII costs no more than this; in Latin letters few are adjacent


class Guess(NamedTuple):
    """A charset, and whether it is certain."""

    charset: str
    certain: bool


class _Reading(NamedTuple):
    """What it costs to read bytes in a charset; readings of equal `seen` give the same text.

    `fits` is whether its characters cost what those of a true reading do.
    """

    cost: float
    charset: str
    seen: str
    fits: bool


_NONE = _Reading(inf, "", "", fits=False)


def guess(data: bytes, alphabets: Collection[Alphabet], declared: str | None = None) -> Guess | None:
    """Return the best charset of bytes that are no UTF-8, or None if none fits; `declared` is preferred."""
    text = _MARKUP.sub(b"\n", data) if b"<" in data else data
    if text.isascii():
        text = data
    sample = (_AROUND.sub(rb"\1 \2", text) if len(text) > _SAMPLE else text)[:_SAMPLE]
    high = _high(sample)
    languages = _languages(text, alphabets)
    readings = list(_double(data, sample, languages))
    if len(high) < _ENOUGH or min(readings, default=_NONE).cost > _CLEAR * len(high):
        readings += _narrow(data, sample, languages, declared)
    readings = sorted(one._replace(cost=one.cost - _DECLARED * (one.charset == declared)) for one in readings)
    if not readings:
        return None
    best = readings[0]
    rival = next((other.cost for other in readings if other.seen != best.seen), best.cost + CERTAIN)
    return Guess(best.charset, rival - best.cost >= CERTAIN and best.fits and len(high) > 1)


def _high(data: bytes) -> bytes:
    return data.translate(None, bytes(range(0x80)))


def _languages(text: bytes, alphabets: Collection[Alphabet]) -> Mapping[Alphabet, float]:
    """Return what it costs to assume each language, by what is ASCII in the text."""
    text = text[:_WORDS]
    words = {word.lower() for word in _ASCII_WORD.findall(text)}
    latin = len(text) - len(text.translate(None, _ASCII_LETTERS))
    foreign = min(max(0.4 * (latin - 3 * len(_high(text))), 0), _FOREIGNEST)
    return {
        alphabet: foreign * (not is_latin(alphabet.letters)) - _WORD * len(words & alphabet.words)
        for alphabet in alphabets
    }


def _context(data: bytes, byte: int) -> bytes:
    """Return the first place of a byte with what is around it."""
    place = data.index(byte)
    return data[max(place - 2, 0) : place + 3]


def _narrow(
    data: bytes, sample: bytes, languages: Mapping[Alphabet, float], declared: str | None
) -> Iterator[_Reading]:
    """Yield the readings in the charsets of one byte a character; of those with the same text only the first."""
    present = bytes({*_high(data)})
    charsets: dict[str, list[str]] = {}
    for charset in (*NARROW, *DECLARED_ONLY) if declared in DECLARED_ONLY else NARROW:
        if (text := read_narrow(present, charset)) is not None:
            charsets.setdefault(text, []).append(charset)
    sample += b"\n".join(_context(data, byte) for byte in {*present} - {*sample})
    counts = Counter(zip(b"\n" + sample, sample + b"\n", strict=True))
    pairs = [(pair, n) for pair, n in counts.items() if max(pair) > 0x7F]
    high = _high(sample)
    models: list[_Model] = []
    for seen, alike in charsets.items():
        models += _models(seen, alike, high, languages, declared)
    models.sort(key=attrgetter("estimate"))
    for model in models[: max(_FINALISTS, _COMPARED // max(len(pairs), 1))]:
        costs = pair_costs(model.alphabet, model.charset, tuple(languages))
        characters = sum([n * costs[pair] for pair, n in pairs])
        most = _MOST_LATIN if is_latin(model.alphabet.letters) else _MOST
        yield _Reading(model.prior + characters, model.charset, model.seen, characters <= most * len(high))


class _Model(NamedTuple):
    """A language that bytes may be in, and its charset; `estimate` is what reading them so costs at least."""

    estimate: float
    prior: float
    charset: str
    alphabet: Alphabet
    seen: str


def _models(
    seen: str, alike: list[str], high: bytes, languages: Mapping[Alphabet, float], declared: str | None
) -> list[_Model]:
    """Return the likeliest languages for charsets that read all the bytes as the same text."""
    step = len(high) // _HIGH + 1
    high = high[::step]
    found = []
    for alphabet, assumed in languages.items():
        charset = next((charset for charset in alike if _fits(charset, alphabet)), None)
        if charset:
            name = declared if declared in alike else charset
            prior = assumed + NARROW.get(name, 0)
            missing = step * len(high.translate(None, known_bytes(name, alphabet)))
            found.append(_Model(RARE * missing + prior, prior, name, alphabet, seen))
    return sorted(found, key=attrgetter("estimate"))[:_LANGUAGES]


@cache
def _fits(charset: str, alphabet: Alphabet) -> bool:
    """Return whether a language can be written in a charset, but for rare letters."""
    table = narrow_table(charset)
    letters = {*alphabet.letters}
    return len(letters & {*table}) >= 0.6 * len(letters) and not any(letter >= "\u3040" for letter in letters)


def _double(data: bytes, sample: bytes, languages: Mapping[Alphabet, float]) -> Iterator[_Reading]:
    """Yield the readings in Chinese, Japanese and Korean."""
    high = _high(sample)
    for versions, prior in DOUBLE.items():
        charset = next((version for version in versions if attempt(data, version) is not None), None)
        if charset is None:
            continue
        text = sample.decode(charset, "ignore")
        counts = [(char, n) for char, n in Counter(text).items() if not char.isascii()]
        cost = prior + _AFTER_LATIN * len(_LATIN_BEFORE.findall(text))
        for alphabet, assumed in languages.items():
            if alphabet.letters[:1] < "\u3040":
                continue
            ranks = char_costs(alphabet)
            both = sum([n * (ranks.get(char) or other_cost(char)) for char, n in counts])
            yield _Reading(cost + assumed + both, charset, charset, both <= _MOST * len(high))


_LATIN_BEFORE = re.compile(r"[A-Za-z][^\0-\u2fff\u3000-\u303f\uff00-\uff65]")
