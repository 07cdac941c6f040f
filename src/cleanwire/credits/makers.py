"""Parse who made a picture: names and agencies with separators between them, "Ann Lee/AFP via Getty Images"."""

from collections.abc import Iterator

import regex

from cleanwire.credits.credit import Mention
from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import Lexicon, nfkc
from cleanwire.credits.words import CreditWords
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule

_WORDS = 14
"""The most words of a credit."""
_YEAR = deferred(regex.compile, r"\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?,?\s+")
STOPS = deferred(regex.compile, r"[。！？!?]")


class Makers:
    """Parses names and agencies, the agencies being those of a lexicon.

    >>> from cleanwire.packs.load import builtin_packs
    >>> lexicon = Lexicon(builtin_packs())
    >>> line = "Ann Lee/AFP via Getty Images"
    >>> mentions = Makers(lexicon, Labels(lexicon)).read(line, 0, len(line), labelled=False)
    >>> [(line[mention.start : mention.stop], mention.kind) for mention in mentions]
    [('Ann Lee', 'name'), ('AFP', 'agency'), ('Getty Images', 'agency')]
    """

    def __init__(self, lexicon: Lexicon, labels: Labels) -> None:
        self._lexicon, self._labels = lexicon, labels

    def read(
        self, line: str, start: int, stop: int, *, labelled: bool, lower_case: bool = False
    ) -> list[Mention] | None:
        """Return the names, agencies and notes that ``line[start:stop]`` consists of, or None if it holds more.

        After a label (`labelled`) more separators and shapes of names count; with `lower_case` its names may be in
        small letters even if no agency stands beside them.
        """
        if len(line[start:stop].split()) > _WORDS:
            return None
        mentions: list[Mention] = []
        small = False
        words = self._lexicon.words
        separator = words.separator if labelled else words.strong_separator
        for begin, end in _parts(line, start, stop, separator):
            if found := self._part(line, begin, end, labelled=labelled):
                mentions += found
            elif line[begin:end].strip(" .,-–\u200b\u200c"):
                if not labelled or len(line[begin:end].split()) > 2 or ":" in line[begin:end]:
                    return None
                small = True
                mentions.append(Mention(*_trim(line, begin, end), "name", None))
        if small and not lower_case and not any(mention.kind == "agency" for mention in mentions):
            return None
        return _without_bare_notes(mentions, labelled=labelled)

    def _part(self, line: str, start: int, stop: int, *, labelled: bool) -> list[Mention] | None:
        """Return what stands between two separators, or None if it is neither a name nor an agency nor a note."""
        start, stop = _trim(line, start, stop)
        if start == stop:
            return None
        if year := _YEAR.match(line, start, stop):
            start = year.end()
        text = line[start:stop]
        if labelled and not any(map(str.isalpha, text)):
            return [Mention(start, stop, "note", None)]
        if note := self._lexicon.note(text):
            return [Mention(start, stop, "note", note)]
        if rule := self.agency(text, loose=labelled):
            return [Mention(start, stop, "agency", rule)]
        if labelled and (inner := self._labels.at(line[:stop], start)) and inner.stop < stop:
            return self._part(line, inner.stop, stop, labelled=True)
        if not labelled and "," in text:
            return self._noted(line, start, stop)
        return None if ":" in text else self._named(text, start, stop, labelled=labelled)

    def _noted(self, line: str, start: int, stop: int) -> list[Mention] | None:
        """Return a part whose last comma stands before a note: "Ann Lee, File"."""
        comma = line.rfind(",", start + 1, stop)
        note = self._lexicon.note(line[comma + 1 : stop]) if comma > 0 else None
        left = self._part(line, start, comma, labelled=False) if note else None
        return left and [*left, Mention(comma + 1, stop, "note", note)]

    def _named(self, text: str, start: int, stop: int, *, labelled: bool) -> list[Mention] | None:
        """Return a part that has the shape of a name: a person, a paper ("Oslo Chronicle"), or "Ann Lee AFP"."""
        if not _is_name(text, self._lexicon.words, labelled=labelled):
            return None
        words = text.split()
        paper = self._lexicon.last_words.get(words[-1].rstrip("."))
        if paper and 2 <= len(words) <= 6:
            return [Mention(start, stop, "agency", paper)]
        if labelled and len(words) > 2 and (rule := self.agency(words[-1], loose=False)):
            middle = stop - len(words[-1])
            return [Mention(start, middle, "name", None), Mention(middle, stop, "agency", rule)]
        return [Mention(start, stop, "name", None)]

    def agency(self, text: str, *, loose: bool) -> Rule | None:
        """Return the rule that knows an agency; with `loose` in any case, as a label shows that it is one."""
        if not text.isascii():
            text = nfkc(text)
        known = self._lexicon.agencies
        if rule := known.get(text):
            return rule
        if text[:4] in ("the ", "The ") and (rule := known.get(text[4:])):
            return rule
        if text.endswith((".com", ".de", ".net", ".org")) and (rule := known.get(text.rpartition(".")[0])):
            return rule
        if loose and (rule := self._lexicon.loose.get(text.casefold())):
            return rule
        return self._regional(text.split()) if " " in text else None

    def _regional(self, words: list[str]) -> Rule | None:
        """Return the rule that knows an agency with one or two more words: "Getty Images North America"."""
        suffixes = self._lexicon.words.agency_suffixes
        for size in range(min(len(words) - 1, 3), 0, -1):
            rule, more = self._lexicon.agencies.get(" ".join(words[:size])), words[size:]
            if not rule or len(more) > 2 or not all(word[0].isupper() or word in suffixes for word in more):
                continue
            if rule.confidence == "alone" or len(more) == 1 or suffixes.issuperset(more):
                return rule
        return None

    def agencies(self, line: str, mentions: list[Mention]) -> list[Mention]:
        """Return the agencies among `mentions`, or none if the names beside them are not those of persons."""
        agencies = [mention for mention in mentions if mention.kind == "agency"]
        names = [line[mention.start : mention.stop].split() for mention in mentions if mention.kind == "name"]
        if not agencies or not all(map(self._is_person, names)):
            return []
        if any(mention.rule and mention.rule.confidence == "alone" for mention in agencies):
            return agencies
        if any(map(_is_abbreviation, names)):
            return []
        if any(len(words) > 1 for words in names):
            return agencies
        known = any(self.agency(line[mention.start : mention.stop].strip(), loose=False) for mention in agencies)
        return agencies if known else []

    def _is_person(self, words: list[str]) -> bool:
        """Return True if a name without a label could be a person's."""
        first, known = words[0], self._lexicon.words
        if any(map(str.isdigit, first)) or (first in known.particles and first.islower()):
            return False
        return first not in known.openers


def _parts(line: str, start: int, stop: int, separator: "regex.Pattern[str]") -> Iterator[tuple[int, int]]:
    """Yield the ranges between the separators of ``line[start:stop]``."""
    for between in separator.finditer(line, start, stop):
        yield start, between.start()
        start = between.end()
    yield start, stop


def _without_bare_notes(mentions: list[Mention], *, labelled: bool) -> list[Mention] | None:
    """Return `mentions`; notes alone are names after a label ("Photo: Supplied"), else nothing."""
    if any(mention.kind != "note" for mention in mentions):
        return mentions
    if not labelled or not any(mention.rule for mention in mentions):
        return None
    return [mention._replace(kind="name") for mention in mentions]


def _trim(line: str, start: int, stop: int) -> tuple[int, int]:
    """Return the range ``line[start:stop]`` without the marks and spaces at both ends."""
    strip = " .,-–\u00a0\u200b\u200c\"„“”'"
    while start < stop and line[start] in strip:
        start += 1
    while start < stop and line[stop - 1] in strip:
        stop -= 1
    return start, stop


def _is_name(text: str, known: CreditWords, *, labelled: bool) -> bool:
    """Return True if `text` has the shape of a name: capitals and particles, nothing else."""
    words = text.split()
    if len(words) > (8 if labelled else 4) or STOPS.search(text) or not any(map(str.isalpha, text)):
        return False
    if not labelled and words[0].casefold() in known.byline_starts:
        return False
    if len(words) == 1 and len(text) <= 40:
        return True
    return _has_capitals(words, known, labelled=labelled)


def _has_capitals(words: list[str], known: CreditWords, *, labelled: bool) -> bool:
    """Return True if `words` are capitalized but for particles; after a label the last may be one too."""
    particles = known.particles if labelled else known.name_particles
    if not all(_is_capital(word) or word.casefold() in particles for word in words):
        return False
    if labelled and words[-1].rstrip(".") in known.makers:
        return True
    return any(map(_is_capital, words)) and (labelled or _is_capital(words[-1]))


def _is_capital(word: str) -> bool:
    """Return True if a word begins with a capital, a digit or a letter without case, or is an address."""
    word = word.lstrip("\"'“„«‘’(&#@-+*")
    return not word or word[0].isupper() or word[0].isdigit() or word[0] >= "\u0590" or "." in word[1:-1] or "@" in word


def _is_abbreviation(words: list[str]) -> bool:
    """Return True if a name beside an agency could be a term: "IB" in "(AP/IB)", "APAF Fellows", "pool"."""
    first = words[0]
    if len(words) < 2:
        return len(first) < 4 or first.isupper() or first[0].islower()
    return first.isupper() and len(first) < 5 and first.isalpha() and not words[-1].isupper()


def name_before(line: str, known: CreditWords, low: int, stop: int) -> int | None:
    """Return where the name that ends at `stop` begins: two capitalized words, more with initials and particles."""
    words = [(m.start(), m.group()) for m in regex.finditer(r"\S+", line[low:stop])]
    if len(words) < 2 or not all(_is_capital(word) and word[0].isalpha() for _, word in words[-2:]):
        return None
    size = 2
    suffix = words[-1][1].rstrip(".") in known.name_suffixes
    if len(words) > size and (suffix or len(words[-2][1].rstrip(".")) == 1):
        size += 1
    while len(words) > size and words[-size][1].casefold() in known.particles:
        size += 1
    return low + words[-size][0]
