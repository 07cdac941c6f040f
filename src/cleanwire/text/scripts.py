"""The scripts that a text is written in."""

from collections.abc import Mapping, Sequence

WORD_LENGTHS: Mapping[str, int] = {"Han": 2, "Kana": 2, "Thai": 4}
"""Script that has no spaces between words -> about how many characters a word has."""

_EXAMINED = 400
"""About how many characters of a text, evenly spread, are examined."""
_ASCII = bytes(range(0x80))
_SCRIPTS: Mapping[str, tuple[bytes, ...]] = {
    "Arabic": (b"\xd8", b"\xd9", b"\xda", b"\xdb"),
    "Bengali": (b"\xe0\xa6", b"\xe0\xa7"),
    "Cyrillic": (b"\xd0", b"\xd1", b"\xd2"),
    "Devanagari": (b"\xe0\xa4", b"\xe0\xa5"),
    "Greek": (b"\xce", b"\xcf", b"\xe1\xbc", b"\xe1\xbd", b"\xe1\xbe"),
    "Han": (b"\xe4", b"\xe5", b"\xe6", b"\xe7", b"\xe8", b"\xe9"),
    "Hangul": (b"\xea", b"\xeb", b"\xec", b"\xed"),
    "Hebrew": (b"\xd7",),
    "Kana": (b"\xe3\x81", b"\xe3\x82", b"\xe3\x83"),
    "Tamil": (b"\xe0\xae", b"\xe0\xaf"),
    "Thai": (b"\xe0\xb8", b"\xe0\xb9"),
}
"""Script -> how its characters begin in UTF-8, where counting them is fastest."""
_BEGINNINGS = [(script, beginning) for script, beginnings in _SCRIPTS.items() for beginning in beginnings]
_BY_FIRST: Mapping[int, Sequence[tuple[str, bytes]]] = {
    first: [entry for entry in _BEGINNINGS if entry[1][0] == first] for first in {entry[1][0] for entry in _BEGINNINGS}
}
"""First byte of a character -> scripts that have it, each with one of its beginnings."""


def thinned(characters: str) -> str:
    """Return at most some 400 of the characters, evenly spread."""
    return characters[:: len(characters) // _EXAMINED + 1]


def script_shares(characters: str) -> dict[str, float]:
    """Return the share of each script but Latin in the characters, or in some 400 of them, evenly spread.

    Digits and marks belong to no script.

    >>> script_shares("ευρώ Bank")["Greek"] == 4 / 9
    True
    """
    part = thinned(characters)
    data = part.encode("utf-8", "ignore").translate(None, _ASCII)
    shares: dict[str, float] = {}
    for first in _BY_FIRST.keys() & set(data):
        for script, beginning in _BY_FIRST[first]:
            if count := data.count(beginning):
                shares[script] = shares.get(script, 0) + count / len(part)
    return shares
