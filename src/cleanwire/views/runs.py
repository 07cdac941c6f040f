"""Known phrases in running text: those that stand before a sentence, and those that end a text.

"Story continues below advertisement Residents had asked …" is a phrase and a sentence.  A phrase counts where it stands
between two sentences: it begins where one ends, and what follows begins as one.  Whether it goes is not decided here:
`cleanwire.filters.boilerplate` judges it as a line.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

import regex

from cleanwire.compiled import compiled
from cleanwire.document import SHORT
from cleanwire.lazy import deferred, lazy
from cleanwire.scan.kernel import scan
from cleanwire.scan.table import LineMemory
from cleanwire.text.fold import fold, is_brief, is_unspaced
from cleanwire.views.phrases import LONGEST, joined, keys_of, known, sizes

Border = tuple[int, int]
"""Where a line ends and where the next one begins; the same place for words without a space between."""

_UNCASED = 4
"""Least words of a phrase before a sentence in a script without capitals, where nothing shows that one begins."""
_HEAD = 60
"""How many words at the beginning of a sentence are looked at."""
_TAIL = 80
"""How many words at the end of a text are looked at, if phrases do not cover more of it."""
_PART = 3
"""Least words of a phrase that alone covers the end of a run, and not all of it: briefer ones end names as well."""
_TEASER = range(3, 21)
"""The number of words of a teaser: the phrase that opens it, and a title."""
_TRIED = 3
"""How many places are tried at which a teaser may end."""
_MARKS = 20
"""In how many characters at the end of a text the mark is looked for that closes its last sentence."""
_NOUNS = 0.17
"""From which share of words that are capitals behind small ones a text capitalizes nouns, as German does."""
_SENTENCES, _LAST = 200, 80
"""In how many sentences those words are counted, and in how many characters at the end of each: menus have none."""
_LONGEST_RUN = 1000
"""Most characters of a run that is remembered."""
_LABEL_END = deferred(regex.compile, r":(?!\S)")
_LETTERS = deferred(regex.compile, r"[\p{L}\p{M}]+")
_WORD = deferred(regex.compile, r"\S+")
_CAPITAL = deferred(regex.compile, r"[\"'“”„«»‘’‹›¿¡]?\s?[\p{Lu}\p{Lt}]|[©ⓒ]")
_LETTER = deferred(regex.compile, r"[\"'“„«‘’‹「『]?\p{Lo}")
_SMALL_THEN_CAPITAL = deferred(regex.compile, r"\p{Ll}[\"”’»]?\s+(?=(\p{Lu}\p{L}+))")
_CLOSED = deferred(regex.compile, r"[.!?…।॥۔؟።。！？｡:;,][\"”’»›“)\]>）］」』】〉》\s]*$|[)\]>）］】〉》]\s*$")


def split(text: str, sentences: Iterable[Border]) -> Iterator[Border]:
    r"""Yield the borders of lines: those between `sentences`, and those of phrases beside them.

    >>> text = "Rain fell. Story continues below advertisement The town was dry. Facebook Comments Post a comment"
    >>> [text[begin:] for begin, _ in split(text, [(10, 11), (64, 65)])][1]
    ' The town was dry. Facebook Comments Post a comment'
    """
    borders = iter(sentences)
    first = list(islice(borders, _SENTENCES))
    start, source = 0, _Source(text, first)
    for begin, end in chain(first, borders):
        yield from _shifted(source.before(text[start:begin]), start)
        yield begin, end
        start = end
    if _CLOSED.search(text, max(start, len(text) - _MARKS)):
        yield from _shifted(source.before(text[start:]), start)
    else:
        yield from _shifted(_Run(source, text[start:]).phrases_around(), start)


def _shifted(borders: Iterable[Border], start: int) -> Iterator[Border]:
    """Yield the borders of a run as borders of the text, in which it starts at an offset."""
    for begin, end in borders:
        yield begin + start, end + start


@cache
def _memory() -> LineMemory:
    """Return the memory of the borders before sentences, by the text of the run: the rounds of a chain repeat it."""
    return LineMemory()


class _Source:
    """The whole text that runs are stretches of; `first` are the borders of its first sentences."""

    def __init__(self, text: str, first: Sequence[Border]) -> None:
        self.text, self._first = text, first

    @lazy
    def capital_nouns(self) -> bool:
        """Whether nouns are capitalized, so that a capital does not show where a sentence begins."""
        ends = [self.text[max(end - _LAST, 0) : end] for end, _ in self._first]
        capitals = sum(len(_SMALL_THEN_CAPITAL.findall(end)) for end in ends)
        return capitals >= _NOUNS * sum(len(end.split()) - 1 for end in ends)

    def before(self, run: str) -> Sequence[Border]:
        """Return the borders of what stands before the sentence of a run; see `_Run.phrases_before`."""
        memory = _memory()
        kept: _Before | None = memory.lines.get(run)
        if kept is None or (kept.nouns is not None and kept.nouns != self.capital_nouns):
            read = _Run(self, run)
            borders = tuple(read.phrases_before())
            kept = _Before(borders, self.capital_nouns if read.asked else None)
            if len(run) <= _LONGEST_RUN:
                memory.keep(run, kept)
        return kept.borders


class _Before(NamedTuple):
    """The borders of what stands before the sentence of a run; `nouns` is what was asked for them of the whole text."""

    borders: tuple[Border, ...]
    nouns: bool | None


class _Words:
    """Where the words of a stretch of text begin and end: two numbers each, since a run may be a whole file."""

    def __init__(self, text: str) -> None:
        self._starts, self._stops = array("q"), array("q")
        for found in _WORD.finditer(text):
            self._starts.append(found.start())
            self._stops.append(found.end())

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, word: int) -> Border:
        return self._starts[word], self._stops[word]


class _Run:
    """The text between two sentence ends.

    `asked` is whether anything was asked of the whole text, so that the borders hold in this text alone.
    """

    def __init__(self, source: _Source, text: str) -> None:
        self.source, self.text = source, text
        self.asked = False
        self.known = known()

    @lazy
    def words(self) -> "_Words":
        """The offsets of the words."""
        return _Words(self.text)

    def phrases_before(self) -> Iterator[Border]:
        """Yield the borders behind the teaser or the phrases that stand before a sentence, and around a credit."""
        at = self._teaser()
        if at:
            yield self._border(at)
        if at or self._may_open():
            for behind in self._phrases_from(at):
                yield self._border(behind)
                at = behind
        if ":" in self.text and _LABEL_END.search(self.text):
            yield from self._around_credit(at)

    def _may_open(self) -> bool:
        """Return True if a phrase may begin with the first word or two."""
        head = fold(" ".join(self.text[:SHORT].split(None, 2)[:2]))
        return head in self.known.openings or head.partition(" ")[0] in self.known.words

    def phrases_around(self) -> Iterator[Border]:
        """Yield the borders of the phrases before a run that no mark closes, and of those that cover its end."""
        covered = self._cover()
        at = min(covered, default=len(self.words))
        if at and covered and covered[at][0] == 1 and len(self.words) - at < _PART:
            at = len(self.words)  # "… Getty Images"
        if at:
            yield from _Run(self.source, self.text[: self.words[at - 1][1]]).phrases_before()
        while at < len(self.words):
            if at:
                yield self._border(at)
            at += covered[at][1]

    def _border(self, word: int) -> Border:
        return self.words[word - 1][1], self.words[word][0]

    def _keys_from(self, at: int) -> list[str]:
        """Return the keys of a word and of those behind it that may be of one phrase with it."""
        last = min(at + LONGEST, len(self.words))
        return keys_of([self.text[slice(*self.words[word])] for word in range(at, last)])

    def _phrases_from(self, at: int) -> list[int]:
        """Return the words behind the phrases that follow one another from a word on, up to where a sentence begins."""
        behind = [at]
        while at < len(self.words):
            keys = self._keys_from(at)
            size = next((size for size in sizes(keys, 0, self.known) if self._may_end(at, size, keys)), 0)
            if not size:
                break
            at += size
            behind.append(at)
        while len(behind) > 1 and not self._begins_sentence(behind[-1]):
            behind.pop()
        return [at for at in behind[1:] if at < len(self.words)]

    def _may_end(self, at: int, size: int, keys: Sequence[str]) -> bool:
        """Return True if the word behind a phrase has a capital; without capitals the phrase must be a long one."""
        if at + size == len(self.words):
            return True
        start = self.words[at + size][0]
        if _CAPITAL.match(self.text, start):
            return True
        if not _LETTER.match(self.text, start):
            return False
        key = joined(keys, 0, size)
        return size >= _UNCASED or (is_unspaced(key) and not is_brief(key))

    def _begins_sentence(self, at: int) -> bool:
        """Return True if a sentence may begin with a word: where nouns have capitals, with a common one."""
        if at == len(self.words):
            return True
        capital = _CAPITAL.match(self.text, self.words[at][0])
        start = capital.end() - 1 if capital else self.words[at][0]
        if not self.text[start].isalpha():
            return True
        self.asked = True
        return not self.source.capital_nouns or self._is_common(start)

    def _cover(self) -> dict[int, tuple[int, int]]:
        """Return for each word from which phrases cover the rest how many they are, and the words of the first."""
        end = reached = len(self.words)
        fewest: dict[int, tuple[int, int]] = {}
        for at in range(end - 1, -1, -1):
            if at < end - _TAIL and reached - at > LONGEST:
                break
            if self.text[self.words[at][0]].islower():
                continue
            ways = [
                (1 + fewest[at + size][0] if at + size < end else 1, size)
                for size in sizes(self._keys_from(at), 0, self.known)
                if at + size == end or at + size in fewest
            ]
            if ways:
                fewest[at], reached = min(ways), at
        return fewest

    def _around_credit(self, first: int) -> Iterator[Border]:
        """Yield the borders around the first credit that a label with a colon opens and a sentence follows."""
        text, words = self.text, self.words
        for at in range(first, min(len(words), _HEAD)):
            if text[words[at][1] - 1] != ":" or fold(text[slice(*words[at])]) not in self.known.labels:
                continue
            if text[words[at][0]].islower() and at > first:
                at -= 1  # "Featured image:"
            if stop := self._credit(at):
                if at > first:
                    yield self._border(at)
                if stop < len(words):
                    yield self._border(stop)
            return

    def _credit(self, at: int) -> int:
        """Return the word behind the credit that begins at a word: the shortest that is sure, before a sentence."""
        read = compiled().credits.read
        for stop in range(at + 2, min(len(self.words), at + LONGEST) + 1):
            credit = read(self.text[self.words[at][0] : self.words[stop - 1][1]])
            if not credit or credit.start or not credit.sure:
                continue
            if stop == len(self.words):
                return stop
            if _CAPITAL.match(self.text, self.words[stop][0]) and (
                credit.pieces[-1].part == "agency" or self._is_common(self.words[stop][0])
            ):
                return stop
        return 0

    def _is_common(self, start: int) -> bool:
        """Return True if the word at an offset is a common one, and not all capitals: those are of a name."""
        found = _LETTERS.match(self.text, start)
        return found is not None and not found[0][1:].isupper() and found[0].lower() in self.known.common

    def _teaser(self) -> int:
        """Return the number of words of a teaser before a sentence: a rule matches it as a line; else 0.

        A common word with a capital, behind a small one, begins the sentence.
        """
        tried = 0
        for found in _SMALL_THEN_CAPITAL.finditer(self.text, 0, SHORT):
            if found[1].lower() not in self.known.common:
                continue
            line = self.text[: found.start(1)].strip()
            size = len(line.split())
            if size not in _TEASER:
                continue
            tried += 1
            if tried > _TRIED:
                return 0
            if self._is_dropped(line):
                return size
        return 0

    @staticmethod
    def _is_dropped(line: str) -> bool:
        tables = compiled().tables
        (rules,) = scan([line], tables).rules
        return any(tables.rules[rule].action == "drop" for rule in rules)
