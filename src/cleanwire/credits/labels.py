"""Labels on a line: "Photo:", "Image courtesy of", "写真＝", and where the names behind them begin."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from cleanwire.credits.lexicon import WORD, Label, Lexicon, sign
from cleanwire.lazy import deferred

_LABEL_WORDS = 4
_MARK = deferred(regex.compile, r"\s{0,2}(?:[:：=＝|｜/／—–]|\.{3}|…|[,，،](?=\s|$)|[©ⓒ])[\s:：©ⓒ]*")
_COMMA = ",，،"
OPEN, CLOSE = "([（［【〔「", ")]）］】〕」"


class Found(NamedTuple):
    """A label on a line: it begins at `start`, the names behind it at `stop`.

    `bare` labels count only in front of an agency; `many` is a plural: a heading as often as a credit.
    """

    start: int
    stop: int
    label: Label
    bare: bool
    many: bool


class Labels:
    """Finds the labels of a lexicon on a line."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, line: str, low: int, stop: int) -> Iterator[Found]:
        """Yield the labels on a line between two places, from the left."""
        ends, texts = self._lexicon.label_ends, list(map(sign, WORD.findall(line, low, stop)))
        if line.isascii() and not any(text in ends and self._ends(texts, index) for index, text in enumerate(texts)):
            return  # there is no label, which is cheaper to see than where the words stand
        words = list(WORD.finditer(line, low, stop))
        for index, (word, text) in enumerate(zip(words, texts, strict=True)):
            if text in ends:
                first = max(index - _LABEL_WORDS + 1, 0)
                for begin in range(first, index + 1):
                    key = " ".join(texts[begin : index + 1])
                    if (label := self._lexicon.labels.get(key)) and (
                        found := self._judge(line, words[begin].start(), word.end(), stop, label)
                    ):
                        if not (found.bare and self._goes_on(key, words[index + 1 : index + _LABEL_WORDS])):
                            yield found
                        break
            elif text[0] >= "\u0e00":
                for size in range(min(8, len(text)), 0, -1):
                    if (label := self._lexicon.labels.get(text[-size:])) and (
                        found := self._judge(line, word.end() - size, word.end(), stop, label)
                    ):
                        yield found
                        break

    def _ends(self, texts: list[str], index: int) -> bool:
        """Whether a label ends with the word at `index`."""
        labels = self._lexicon.labels
        begins = range(max(index - _LABEL_WORDS + 1, 0), index + 1)
        return any(" ".join(texts[begin : index + 1]) in labels for begin in begins)

    def _goes_on(self, key: str, following: list["regex.Match[str]"]) -> bool:
        """Whether `key` is only the beginning of a label that stands here."""
        for word in following:
            key += " " + sign(word.group())
            if key in self._lexicon.labels:
                return True
        return False

    def at(self, line: str, start: int) -> Found | None:
        """Return the label that begins at `start`, if one does."""
        return next((found for found in self.find(line, start, min(len(line), 60)) if found.start == start), None)

    def _judge(self, line: str, start: int, end: int, stop: int, label: Label) -> Found | None:
        """Whether the words of a label at this place are one: what stands before and behind them."""
        if line[end : end + 1] == "." and line[end : end + 3] != "..." and not label.marked:
            end += 1
        mark = _MARK.match(line, end, stop)
        stroke = mark.group().strip()[:1] if mark else ""
        before = line[max(start - 40, 0) : start]
        stripped = before.rstrip()
        at_start = not stripped.strip("([（［【•*–—-|©→")
        letter = line[start]
        capital = letter.isupper() or letter >= "\u0590" or letter in "©("
        glued = bool(stripped) and stripped == before
        if stroke in _COMMA and stroke:
            if not (at_start and capital and (label.words > 1 or letter >= "\u0590")):
                return None
        elif stroke in ("/", "|", "—", "–") and not capital:
            return None
        rest, bare = (mark.end() if mark else end), bool(stroke) and stroke in ("|—–" if label.stroke else "|—–/／")
        while rest < stop and line[rest].isspace():
            rest += 1
        if not mark and label.marked:
            bare = True  # "Photo iStock", "CreditMia Stone/AP": without a mark, only with an agency
            if rest == end and not (
                glued
                and letter.isupper()
                and line[rest : rest + 1].isupper()
                and (stripped[-1:].isalnum() or stripped[-1] in '.!?”"')
            ):
                return None
        elif not mark and rest == end and letter not in "©ⓒ(":
            return None
        if at_start:
            opened = stripped[-1:] in OPEN and bool(stripped)
            fits = capital or opened
            bare = bare or (
                not label.marked
                and label.words == 1
                and letter not in "©("
                and letter < "\u0590"
                and line[end - 1] != "."
            )
        elif stripped[-1] in "([（［【|":
            fits = True
        elif stripped[-1] in '.!?…。！？"”’»“«)）]】/©;:–—•·' or (stripped[-1] == "-" and not glued):
            fits = capital or (glued and stripped[-1] in ".!?") or (label.marked and label.words > 1)
        elif stripped[-1] in ",，、,،":
            bare = bare or not capital
            fits = True
        elif glued:
            fits = capital and (stripped[-1].islower() or stripped[-1].isdigit() or stripped[-1] >= "\u0590")
        else:
            word = stripped.split()[-1]
            fits = (
                capital
                and not bare
                and (
                    letter in "©("
                    or stripped[-1].isdigit()
                    or (len(word) > 3 and word.casefold() not in self._lexicon.words.label_blockers)
                )
            )
            bare = bare or (letter not in "©(" and (not label.marked or line[end - 1] == "s" or is_title(stripped)))
        many = line[end - 1] == "s" or label.rule.confidence == "needs_neighbor"
        return Found(start, rest, label, bare, many) if fits else None


def is_title(text: str) -> bool:
    """Whether all longer words of `text`, of which there are some, have capitals, as in a headline."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)
