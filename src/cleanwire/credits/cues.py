"""Cheap pre-filter for credits: rejects most lines without parsing, never one that holds a credit."""

from collections.abc import Iterator

import regex

from cleanwire.credits.labels import CLOSE, OPEN
from cleanwire.credits.lexicon import WORD, Lexicon, label_keys, nfkc, note_key
from cleanwire.lazy import deferred
from cleanwire.scan.cues import CREDIT, TAIL, Cue
from cleanwire.text.fold import UNSPACED, fold

COLONS = (":", "：")
"""What a label on a line of its own ends with."""
_SPOKEN = frozenset('!?"”’»')
"""A line that ends in one of these cannot end in a credit."""
_MARKS = frozenset(":：=＝|/，,…،")
_GLUED_LABEL = "redit"
_SIGNS = ("©", "ⓒ", "(c)", "(C)", _GLUED_LABEL)
_NUMBERS = ("", "0")
"""What a name folds to that ends in a number: most numbers end none."""
_QUIET = bytes(code for code in range(0x20, 0x7F) if chr(code) not in "(),/:=[]|")
"""ASCII characters that cannot delimit a credit; the others are marks, brackets, slashes."""
_WORD = 40
"""How many characters are searched for the end of a credit."""
_SEAM = deferred(regex.compile, r"(?<=[\p{Ll}.])\p{Lu}\p{Ll}+$")


class CreditCues:
    """Necessary signs of a credit, by the words of a lexicon; no credit that a `CreditReader` would find is missed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._ends = frozenset(map(str.casefold, lexicon.ends))
        self._behind = tuple(word for word in lexicon.behind_ends if word.isascii())

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of credits without a mark: the words that end them, and those that begin them."""
        for end in self._lexicon.ends:
            last = fold(end).rpartition(" ")[2]
            yield Cue(end, "end", CREDIT) if last in _NUMBERS else Cue(last, "last word", CREDIT)
        yield from (Cue(word, "end", CREDIT) for word in self._lexicon.behind_ends)
        yield from (Cue(fold(word).partition(" ")[0], "any word", CREDIT) for word in self._lexicon.firsts)
        yield from (Cue(hint, "before mark", CREDIT) for hint in self._lexicon.hints)
        yield from (Cue(sign, "inside", CREDIT) for sign in _SIGNS)

    def may_hold(self, line: str) -> bool:
        """Return True if a credit may close `line`, which need not be read otherwise."""
        tail = line[-TAIL:].rstrip()
        last = tail[-1:]
        if last == ".":
            return self._may_hold_sentence(tail)
        if not last or last in _SPOKEN:
            return False
        if not self._lexicon.firsts.isdisjoint(tail.lower().split()):
            return True
        marks = tail.encode().translate(None, _QUIET).decode() if tail.isascii() else tail
        if not marks and self._ends_plainly(tail):
            return False
        if self._tells_bracketed(tail) if last in CLOSE else self.tells(tail):
            return True
        return self._tells_label(tail, marks)

    def _ends_plainly(self, tail: str) -> bool:
        """Return True if a tail of words only ends in a word that cannot end a credit."""
        if _GLUED_LABEL in tail:
            return False
        word = tail[-_WORD:].lower().split()[-1]
        return (
            len(word) < _WORD
            and word not in self._ends
            and tail.endswith(word[1:])  # no capital within: nothing is glued to it
            and not tail.endswith(self._behind)
        )

    def _tells_label(self, tail: str, marks: str) -> bool:
        """Whether a label could stand in `tail`: before one of `marks`, after a name, or glued to the last word."""
        if any(self._hinted(tail, mark) for mark in _MARKS.intersection(marks)) or any(map(tail.__contains__, _SIGNS)):
            return True
        if tail.endswith(self._lexicon.behind_ends):
            return True
        seam = _SEAM.search(tail, max(len(tail) - 16, 0)) if tail[-1:].islower() else None
        return seam is not None and seam.group().lower() in self._lexicon.ends

    def _may_hold_sentence(self, tail: str) -> bool:
        """Whether the end of a line that a stop closes may hold a credit."""
        lexicon = self._lexicon
        if "©" in tail or (tail[-2:-1] in CLOSE and self._tells_inside(tail)):
            return True
        if not tail.isascii():
            tail = tail.replace("\u00a0", " ").replace("\u202f", " ")
        place = tail.rfind(". ", 0, -1)
        begin = place + 2 if place >= 0 else 0
        if tail[begin : tail.find(" ", begin)].lower() in lexicon.firsts:
            return True
        if ":" in tail and self._hinted(tail, ":"):
            return True
        return "/" in tail and self.tells(tail[:-1])

    def _hinted(self, tail: str, mark: str) -> bool:
        """Whether what stands before some `mark` could be the end of a label."""
        place = tail.find(mark)
        while place >= 0:
            before = tail[max(place - 24, 0) : place].rstrip()
            if before[-1:] >= UNSPACED and before[-1].isalpha():
                if before[-1] in self._lexicon.unspaced_ends:
                    return True
            elif before[-3:].casefold() in self._lexicon.hints or before[-1:] >= "\u0590":
                word = before.rpartition(" ")[2].lstrip("([“\"'")
                if word.casefold() in self._lexicon.label_ends or not word.isalpha() or not word.isascii():
                    return True
                if (
                    not word.islower()
                    and (seam := _SEAM.search(word))
                    and seam.group().lower() in self._lexicon.label_ends
                ):
                    return True
            place = tail.find(mark, place + 1)
        return False

    def _tells_bracketed(self, tail: str) -> bool:
        """Whether the bracket that closes `tail` could hold a credit, a label or a note."""
        lexicon = self._lexicon
        place = max(map(tail.rfind, OPEN))
        words = tail[place + 1 : -1]
        if place < 0 or ":" in words or tail.count(")") + tail.count("]") > 1:
            return True
        return (
            self.tells(words)
            or not lexicon.label_ends.isdisjoint(label_keys(WORD.findall(words)))
            or not (words.isascii() or lexicon.unspaced_ends.isdisjoint(words))
            or note_key(words) in lexicon.notes
            or words.rstrip().endswith(lexicon.behind_ends)
        )

    def _tells_inside(self, tail: str) -> bool:
        """Whether the bracket that closes before the last stop could hold a credit or a note."""
        place = max(tail.rfind("("), tail.rfind("["))
        words = tail[place + 1 : -2]
        if place < 0 or ":" in words or tail.count(")") > 1:
            return True
        return self.tells(words) or words.partition(" ")[0].lower() in self._lexicon.firsts

    def tells(self, tail: str) -> bool:
        """Whether an agency stands at the end of `tail`, or before the last slash in it."""
        word = _final(tail)
        if word in self._lexicon.ends or word.casefold() in self._lexicon.ends:
            return True
        for stroke in "/|":
            place = tail.rfind(stroke)
            while place >= 0:
                after = tail[place + 1 : place + 41].split(None, 1)[:1]
                if _final(tail[:place].rstrip()) in self._lexicon.ends or (after and after[0] in self._lexicon.ends):
                    return True
                place = tail.rfind(stroke, 0, place)
        return False


def _final(text: str) -> str:
    """Return the last word before the end, a slash or a bracket."""
    word = text[-_WORD:].rstrip(" .,)]）】").rpartition(" ")[2]
    if not word.isascii():
        word = nfkc(word).rpartition(" ")[2]  # a hard space folds to a plain one
    for edge in "/|([=©:\u00a0":
        if edge in word:
            word = word.rpartition(edge)[2]
    return word
