"""Find the labels of credits on a line: "Photo:", "Image courtesy of", "写真＝", and where the names after them begin.

The words of a label are a label only in the right place.  Two tables of small functions decide: `_BY_FOLLOWING` by what
stands after the words (a colon, a comma, a slash, a space), `_BY_PRECEDING` by what stands before them (a bracket, the
end of a sentence, a comma, a word).  Each function returns a `Verdict`; the lower of the two counts.
"""

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NamedTuple

import regex

from cleanwire.credits.lexicon import WORD, Label, Lexicon, label_keys
from cleanwire.lazy import deferred
from cleanwire.text.fold import UNSPACED

_LABEL_WORDS = 4
_MARK = deferred(regex.compile, r"\s{0,2}(?:[:：=＝|｜/／—–]|\.{3}|…|[,，،](?=\s|$)|[©ⓒ])[\s:：©ⓒ]*")
_COMMA = ",，،"
OPEN, CLOSE = "([（［【〔「", ")]）］】〕」"
_CONTEXT = 40
"""The number of characters before a label that decide whether it is one."""
_UNSPACED_LABEL = 8
"""The most characters of a label in a script without spaces."""
_UNCASED = "\u0590"
"""The first character of the scripts without capitals."""
_LEADING = "([（［【•*–—-|©→"
"""Marks that may stand before the first word of a line."""


class Found(NamedTuple):
    """A label on a line: it begins at `start`, the names after it at `stop`.

    `bare` labels count only before an agency; `heading` says that the words are a heading as often as a label: a plural
    ("Photos:") or the label of a rule that needs a neighbor.
    """

    start: int
    stop: int
    label: Label
    bare: bool
    heading: bool


class Verdict(IntEnum):
    """What a context says of the words of a label."""

    NO = 0  # they are not a label
    AGENCY = 1  # they are one if an agency follows
    YES = 2


class _Place(NamedTuple):
    """The words of a label on a line, and what stands around them."""

    label: Label
    first: str  # their first character
    last: str  # their last character
    before: str  # the text before them, without the spaces at its end
    glued: bool  # no space parts them from `before`
    mark: str  # the first character of the mark after them, if there is one
    spaced: bool  # white space stands between them, or the mark, and the names
    next: str  # the character after them
    blockers: frozenset[str]  # the words before them that make them a part of a sentence: your photo

    @property
    def at_start(self) -> bool:
        """Whether no more than marks stand before the words."""
        return not self.before.strip(_LEADING)

    @property
    def capital(self) -> bool:
        """Whether the words begin with a capital, or with what has no case."""
        return self.first.isupper() or self.first >= _UNCASED or self.first in "©("

    @property
    def is_sign(self) -> bool:
        """Whether the label is the copyright sign."""
        return self.first in "©("


class Labels:
    """Finds the labels of a lexicon on a line.

    >>> from cleanwire.packs.load import builtin_packs
    >>> line = "A bridge. Photo: Ann Lee"
    >>> [line[found.start : found.stop] for found in Labels(Lexicon(builtin_packs())).find(line, 0, len(line))]
    ['Photo: ']
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, line: str, low: int, stop: int) -> Iterator[Found]:
        """Yield the labels in ``line[low:stop]``, from the left."""
        ends, texts = self._lexicon.label_ends, label_keys(WORD.findall(line, low, stop))
        if ends.isdisjoint(texts) and line.isascii():
            return
        if not any(self._may_end(texts, index, text) for index, text in enumerate(texts)):
            return  # the words alone rule out a label, before their offsets are asked for
        words = list(WORD.finditer(line, low, stop))
        for index, text in enumerate(texts):
            if text in ends:
                found = self._find_ending(line, stop, words, texts, index)
            elif text[0] >= UNSPACED and text[-1] in self._lexicon.unspaced_ends:
                found = self._find_unspaced(line, stop, words[index].end(), text)
            else:
                continue
            if found:
                yield found

    def at(self, line: str, start: int) -> Found | None:
        """Return the label that begins at `start`, or None."""
        return next((found for found in self.find(line, start, min(len(line), 60)) if found.start == start), None)

    def _find_ending(
        self, line: str, stop: int, words: list["regex.Match[str]"], texts: list[str], index: int
    ) -> Found | None:
        """Return the longest label whose last word is the one at `index`."""
        end = words[index].end()
        for begin in range(max(index - _LABEL_WORDS + 1, 0), index + 1):
            key = " ".join(texts[begin : index + 1])
            if (label := self._lexicon.labels.get(key)) and (
                found := self._judge(line, words[begin].start(), end, stop, label)
            ):
                goes_on = self._goes_on(key, texts[index + 1 : index + _LABEL_WORDS], bare=found.bare)
                return None if goes_on else found
        return None

    def _find_unspaced(self, line: str, stop: int, end: int, text: str) -> Found | None:
        """Return the longest label at the end of `text`, a word up to `end` that may be a whole sentence."""
        for size in range(min(_UNSPACED_LABEL, len(text)), 0, -1):
            if (label := self._lexicon.labels.get(text[-size:])) and (
                found := self._judge(line, end - size, end, stop, label)
            ):
                return found
        return None

    def _judge(self, line: str, start: int, end: int, stop: int, label: Label) -> Found | None:
        """Return the label whose words are ``line[start:end]``, or None if they are none in this place."""
        if line[end : end + 1] == "." and line[end : end + 3] != "..." and not label.marked:
            end += 1  # "Fot. Ann Lee"
        mark = _MARK.match(line, end, stop)
        names = mark.end() if mark else end
        while names < stop and line[names].isspace():
            names += 1
        text = line[max(start - _CONTEXT, 0) : start]
        before = text.rstrip()
        place = _Place(
            label,
            line[start],
            line[end - 1],
            before,
            bool(before) and before == text,
            mark.group().strip()[0] if mark else "",
            names > end,
            line[end : end + 1],
            self._lexicon.words.label_blockers,
        )
        following = _BY_FOLLOWING.get(place.mark, _marked)(place)
        verdict = min(following, _judge_preceding(place, following)) if following else Verdict.NO
        heading = place.last == "s" or label.rule.confidence == "needs_neighbor"
        return Found(start, names, label, verdict is Verdict.AGENCY, heading) if verdict else None

    def _may_end(self, texts: list[str], index: int, text: str) -> bool:
        """Return True if a label may end with the word at `index`, or within it where no spaces part words."""
        lexicon = self._lexicon
        if text in lexicon.label_ends:
            return self._ends(texts, index)
        return text[0] >= UNSPACED and text[-1] in lexicon.unspaced_ends

    def _ends(self, texts: list[str], index: int) -> bool:
        """Return True if a label ends with the word at `index`."""
        labels = self._lexicon.labels
        begins = range(max(index - _LABEL_WORDS + 1, 0), index + 1)
        return any(" ".join(texts[begin : index + 1]) in labels for begin in begins)

    def _goes_on(self, key: str, following: list[str], *, bare: bool) -> bool:
        """Return True if `key` is only the beginning of a label that stands here, without a mark unless `bare`."""
        for text in following:
            key += " " + text
            if (label := self._lexicon.labels.get(key)) and (bare or not label.marked):
                return True
        return False


def _marked(_: _Place) -> Verdict:
    """Judge a label with a mark of its own after it: "Photo: Ann Lee", "写真＝ロイター"."""
    return Verdict.YES


def _before_comma(place: _Place) -> Verdict:
    """Judge a label before a comma, which opens a line: "Image source, Getty Images"; not "Photo, 1990"."""
    long = place.label.words > 1 or place.first >= _UNCASED
    return Verdict.YES if long and place.capital and place.at_start else Verdict.NO


def _before_slash(place: _Place) -> Verdict:
    """Judge a label before a slash: "Photo/AP" needs the agency, "Ljósmynd/Ann Lee" is printed so; not "photo/AP"."""
    if not place.capital:
        return Verdict.NO
    return Verdict.YES if place.label.slash else Verdict.AGENCY


def _before_wide_slash(place: _Place) -> Verdict:
    """Judge a label before a full-width slash: "图／路透社" needs the agency, "摄／王敏" is printed so."""
    return Verdict.YES if place.label.slash else Verdict.AGENCY


def _before_bar(place: _Place) -> Verdict:
    """Judge a label before a bar or dash: "Photo | AP" needs the agency."""
    return Verdict.AGENCY if place.capital else Verdict.NO


def _unmarked(place: _Place) -> Verdict:
    """Judge a label without a mark: "Photo by Ann Lee"; "Photo iStock" and "dawn.CreditMia Stone/AP" need an agency."""
    if place.spaced:
        return Verdict.AGENCY if place.label.marked else Verdict.YES
    if not place.label.marked:
        return Verdict.YES if place.first in "©ⓒ(" else Verdict.NO
    return Verdict.AGENCY if place.next.isupper() and _is_glued_on(place) else Verdict.NO


def _is_glued_on(place: _Place) -> bool:
    """Return True if a label in capitals is glued to the text before it: "at dawn.Credit"."""
    ended = place.before[-1:].isalnum() or place.before[-1:] in '.!?”"'
    return place.glued and place.first.isupper() and ended


_BY_FOLLOWING: dict[str, Callable[[_Place], Verdict]] = {
    "": _unmarked,
    "/": _before_slash,
    "／": _before_wide_slash,
    **dict.fromkeys(_COMMA, _before_comma),
    **dict.fromkeys("|—–", _before_bar),
}
"""The judge of a label by the first character of the mark after it; all other marks are the label's own."""


def _judge_preceding(place: _Place, following: Verdict) -> Verdict:
    """Judge a label by what stands before it; `following` is the verdict on what stands after it."""
    if place.at_start:
        return _at_start(place)
    last = place.before[-1]
    if judge := _BY_PRECEDING.get(last):
        return judge(place)
    if place.glued:
        return _glued(place)
    return _after_end(place) if last == "-" else _in_sentence(place, following)


def _at_start(place: _Place) -> Verdict:
    """Judge a label that opens its line: "Photo: Ann Lee", "(photo: Ann Lee)"; "Courtesy AP" needs the agency."""
    if not place.capital and place.before[-1:] not in tuple(OPEN):
        return Verdict.NO
    label = place.label
    sure = label.marked or label.words > 1 or place.is_sign or place.first >= _UNCASED or place.last == "."
    return Verdict.YES if sure else Verdict.AGENCY


def _after_opening(_: _Place) -> Verdict:
    """Judge a label after an opening bracket or a bar: "A bridge (photo: Ann Lee)"."""
    return Verdict.YES


def _after_end(place: _Place) -> Verdict:
    """Judge a label after the end of a sentence or phrase: "A bridge. Photo: Ann Lee", "at dawn.photo by Ann Lee"."""
    glued = place.glued and place.before[-1] in ".!?"
    fits = place.capital or glued or (place.label.marked and place.label.words > 1)
    return Verdict.YES if fits else Verdict.NO


def _after_comma(place: _Place) -> Verdict:
    """Judge a label after a comma: "Oslo, Photo: Ann Lee"; "Oslo, photo: AP" needs the agency."""
    return Verdict.YES if place.capital else Verdict.AGENCY


def _glued(place: _Place) -> Verdict:
    """Judge a label glued to a word: "at dawnCredit: EPA", "橋写真：ロイター"; not "TVPhoto: AP"."""
    last = place.before[-1]
    fits = place.capital and (last.islower() or last.isdigit() or last >= _UNCASED)
    return Verdict.YES if fits else Verdict.NO


def _in_sentence(place: _Place, following: Verdict) -> Verdict:
    """Judge a label between words: "at Dawn Photo: Ann Lee"; not "your Photo: Ann Lee" nor "the photo: Ann Lee"."""
    if not place.capital or following is Verdict.AGENCY:
        return Verdict.NO
    if place.is_sign:
        return Verdict.AGENCY if place.first == "(" else Verdict.YES  # "carbon (C)"
    word = place.before.split()[-1]
    if not place.before[-1].isdigit() and (len(word) <= 3 or word.casefold() in place.blockers):
        return Verdict.NO
    doubtful = not place.label.marked or place.last == "s" or is_title(place.before)
    return Verdict.AGENCY if doubtful else Verdict.YES


_BY_PRECEDING: dict[str, Callable[[_Place], Verdict]] = {
    **dict.fromkeys("([（［【|", _after_opening),
    **dict.fromkeys('.!?…。！？"”’»“«)）]】/©;:–—•·', _after_end),
    **dict.fromkeys(",，、،", _after_comma),
}
"""The judge of a label by the last character before it, a letter or a mark."""


def is_title(text: str) -> bool:
    """Return True if all longer words of `text`, three at least, have capitals, as in a headline."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)
