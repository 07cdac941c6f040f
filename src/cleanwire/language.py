"""Which languages a text gives evidence of: by its scripts, its common words and, where these are few, its letters.

A language that alone uses its script is recognised by the script.  The others are recognised by function words that
are common in any of their texts: by how many different ones occur, so that a name or a menu that repeats one proves
little.  Neighbours share such words, so a language is *home* only if it adds enough to those of each better one.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from cleanwire.lazy import lazy
from cleanwire.packs.pack import Pack
from cleanwire.text.lines import Sliced
from cleanwire.text.scripts import WORD_LENGTHS, script_shares, thinned

Shares = Mapping[str, float]
CommonWords = Mapping[str, frozenset[str]]
"""Language -> its commonest function words in lower case, and, as words of one character, the letters typical of it."""
ALWAYS = ("any", "en")
"""Home in every text: most pages in other languages contain English widgets."""

RELATIVES = (frozenset({"da", "no", "sv"}), frozenset({"cs", "sk"}), frozenset({"hr", "sr"}), frozenset({"es", "pt"}))
"""Languages so near that what one of them writes is mostly right in the others: their rules act together."""

_SLICES, _SLICE = 12, 160  # number and characters of the slices read of a longer text, evenly spread
_SCRIPT = 0.05  # least share of a script in the characters
_KANA = 0.2  # least share of kana in the kana and Han characters of Japanese; with less, the Han are Chinese
_FEW = 15  # with fewer different common words than this, letters are counted too
_LEAST = 2  # least number of different common words of a home language …
_PER_WORD = 60  # … and one for each stretch of this number of words, which keeps out tables, code and unknown languages
_RIVAL = 0.35  # least ratio of the words that only it has to those that only a better one has, one added to both
_SEPARATORS = "'’,،\"“”„«»()"  # adjoin words without a space
_ALONE = {
    "Bengali": "bn",
    "Devanagari": "hi",
    "Greek": "el",
    "Han": "zh",
    "Hangul": "ko",
    "Hebrew": "he",
    "Kana": "ja",
    "Tamil": "ta",
    "Thai": "th",
}
"""Script -> the language recognised by it alone, unless that language has common words."""
_REASONS = {
    "words": "{:.0%} of its common words occur",
    "script": "{:.0%} of the characters are of its script",
    "always": "always home",
    "stated": "stated by the caller",
}


class Found(NamedTuple):
    """What a text contains of a language: a share of its common words, or of the text's characters in its script.

    `rival` is a home language whose common words explain the text better.
    """

    by: Literal["words", "script", "always", "stated"]
    share: float = 1.0
    rival: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What a text contains of each language."""

    found: Mapping[str, Found]

    @property
    def home(self) -> frozenset[str]:
        """Return the home languages, whose rules may act on the text: those found without a rival."""
        return frozenset([language for language, each in self.found.items() if each.rival is None])

    @lazy
    def acting(self) -> frozenset[str]:
        """The languages whose rules act on the text: the home languages and their relatives.

        >>> sorted(Evidence({"cs": Found("words")}).acting)
        ['cs', 'sk']
        """
        return self.home.union(*(group for group in RELATIVES if not group.isdisjoint(self.home)))

    def why(self, language: str) -> str:
        """Say why a language is home, or why not.

        >>> Evidence({"no": Found("words", 0.4), "da": Found("words", 0.3, rival="no")}).why("da")
        '30% of its common words occur, but those of no explain the text better'
        """
        if language not in self.found:
            return "a relative is home" if language in self.acting else "no evidence"
        by, share, rival = self.found[language]
        return _REASONS[by].format(share) + (f", but those of {rival} explain the text better" if rival else "")


class KnownLanguages:
    """The languages to choose from, compiled from their common words; read-only once made.

    A language that is written in two scripts is compiled as two varieties.  One that has neither common words nor a
    script of its own cannot be recognised, so it is home in every text.
    """

    def __init__(self, common: CommonWords) -> None:
        owners: dict[str, list[int]] = {}  # word -> the varieties that have it
        self.varieties: list[tuple[str, str, int]] = []  # language, script and number of words
        for language, words in sorted(common.items()):
            scripts = {word: next(iter(script_shares(word)), "Latin") for word in words}
            for script, size in sorted(Counter(scripts.values()).items()):
                for word in words:
                    if scripts[word] == script:
                        owners.setdefault(word, []).append(len(self.varieties))
                self.varieties.append((language, script, size))
        self.masks = {word: sum([1 << index for index in indices]) for word, indices in owners.items()}
        """Word -> bit mask of the varieties that have it."""
        self.members = {self.masks[word]: indices for word, indices in owners.items()}
        unlisted = {language for language, words in common.items() if not words}
        self.alone = {script: language for script, language in _ALONE.items() if language in unlisted}
        self.always = unlisted.difference(self.alone.values()).union(ALWAYS)


@cache
def known_languages(packs: tuple[Pack, ...]) -> KnownLanguages:
    """Return the languages of packs, compiled once a process.

    >>> from cleanwire.packs.load import builtin_packs
    >>> known_languages(builtin_packs()) is known_languages(builtin_packs())
    True
    """
    return KnownLanguages({pack.name: frozenset(pack.words.get("common", ())) for pack in packs})


def home_languages(text: Sliced, known: KnownLanguages) -> Evidence:
    """Return the evidence of languages in a text; with too little, only those of `ALWAYS` are home.

    >>> known = KnownLanguages({"de": frozenset({"der", "und", "im"}), "fr": frozenset({"le", "et"})})
    >>> evidence = home_languages("Der Hafen bleibt im Winter offen.", known)
    >>> sorted(evidence.home), evidence.why("de"), evidence.why("fr")
    (['any', 'de', 'en'], '67% of its common words occur', 'no evidence')
    """
    words = _words(_sample(text).lower())
    characters = "".join(words)
    scripts = {script: share for script, share in script_shares(characters).items() if share >= _SCRIPT}
    unspaced = sum([scripts.get(script, 0) / length for script, length in WORD_LENGTHS.items()])
    size = len(words) + unspaced * len(characters)
    found = _by_words(_counts(words, characters, known), size, scripts, known)
    found |= _by_script(scripts, found, known)
    return Evidence(found | dict.fromkeys(known.always, Found("always")))


def stated(languages: Collection[str]) -> Evidence:
    """Return the evidence for languages that the caller states.

    >>> sorted(stated({"de"}).home)
    ['any', 'de', 'en']
    """
    return Evidence(dict.fromkeys(ALWAYS, Found("always")) | dict.fromkeys(languages, Found("stated")))


def _sample(text: Sliced) -> str:
    if len(text) <= _SLICES * _SLICE:
        return text[0 : len(text)]
    step = (len(text) - _SLICE) // (_SLICES - 1)
    return " ".join([text[start : start + _SLICE] for start in range(0, _SLICES * step, step)])


def _words(sample: str) -> list[str]:
    for mark in _SEPARATORS:
        sample = sample.replace(mark, " ")
    return sample.split()


def _counts(words: list[str], characters: str, known: KnownLanguages) -> Counter[int]:
    """Count the different common words, and letters where words are few, by the varieties that share them."""
    masks = known.masks
    met = masks.keys() & set(words)
    if len(met) < _FEW and not characters.isascii():
        met |= masks.keys() & set(thinned(characters))
    return Counter([masks[word] for word in met])


def _by_words(counts: Counter[int], size: float, scripts: Shares, known: KnownLanguages) -> dict[str, Found]:
    """Return the languages with enough words, best first; each is home unless one that is home already is its rival.

    `size` is the number of words in the text, of which a language of another script than Latin gets its script's share.
    """
    hits = Counter[int]()
    for mask, count in counts.items():
        for index in known.members[mask]:
            hits[index] += count
    found: dict[str, Found] = {}
    home: list[tuple[int, str]] = []
    best = -1  # the variety of the first home language, which has most words
    for negative, index in sorted([(-count, index) for index, count in hits.items() if count >= _LEAST]):
        count = -negative
        language, script, total = known.varieties[index]
        if count * _PER_WORD < size * scripts.get(script, 1):
            continue
        if home and count + 1 < _RIVAL * (hits[best] + 1):  # too few even if the best shared none of them
            rival: str | None = home[0][1]
        else:
            rival = next((other for better, other in home if _explains(counts, better, 1 << index)), None)
        if rival is None:
            best = best if home else index
            home.append((1 << index, language))
        if rival is None or language not in found:
            found[language] = Found("words", count / total, rival)
    return found


def _explains(counts: Counter[int], better: int, worse: int) -> bool:
    """Return whether the words that only `worse` has are too few beside those that only `better` has."""
    own = lacking = 0
    for mask, count in counts.items():
        if not mask & better:
            own += count if mask & worse else 0
        elif not mask & worse:
            lacking += count
    return own + 1 < _RIVAL * (lacking + 1)


def _by_script(scripts: Shares, found: Mapping[str, Found], known: KnownLanguages) -> dict[str, Found]:
    """Return the languages of scripts that they use alone, and all of a script where words are evidence of none."""
    result: dict[str, Found] = {}
    kana, han = scripts.get("Kana", 0), scripts.get("Han", 0)
    for script, share in scripts.items():
        if script == "Han" and kana >= _KANA * (kana + han):
            continue
        alone = known.alone.get(script)
        users = [alone] if alone else [language for language, used, _ in known.varieties if used == script]
        if not any(language in found and found[language].rival is None for language in users):
            result |= dict.fromkeys(users, Found("script", share))
    return result
