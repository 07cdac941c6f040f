"""The credit of a picture: where on a line it begins, and who made the picture for whom.

A credit closes a line, or is the whole of it: ``A bridge. REUTERS/Ann Lee``, ``(AP Photo/Ann Lee, File)``,
``Photo: Ann Lee``, ``© dpa | Ann Lee``, ``Ann Lee/AFP via Getty Images``, ``写真：ロイター``.
The packs give the words (labels,
agencies, notes), this module the grammar between them.  Only the end of a line is read, behind the cheap test of
`cleanwire.rules.hints`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from cleanwire.deferred import deferred
from cleanwire.rules.hints import COLONS, TAIL, Hints
from cleanwire.rules.labels import CLOSE, OPEN, Labels
from cleanwire.rules.lexicon import WORD, Lexicon, plain, sign
from cleanwire.rules.names import STOPS, STRONG, Names, Part, Piece, chief, name_before, tile
from cleanwire.rules.pack import Pack, Rule

COPYRIGHT = "credit.any.copyright"
"""The rule of the copyright sign, which stands in front of legal lines too."""
_MEMORY = 1 << 10
"""So many lines, of those that a glance does not settle, are remembered with their credit: rounds repeat them."""
_BOUNDARY = deferred(
    regex.compile,
    r"(?<=[\p{Ll}\p{Lo}\d)\]\"”’'»%\p{Lu}][.!?…]|[。！？।॥؟]|[.!?…][\"”’»)])\s*(?=\S)"  # the end of a sentence
    r"|\s{2,}|\s[|•]\s|＝|(?<=[\p{Ll})\]])(?=\p{Lu}\p{Ll})",  # a seam: blanks, a stroke, glue
)
_ABBREVIATION = deferred(
    regex.compile, r"(?:^|[\s.(/])(?:\p{Lu}|Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Sgt|Lt|Col|Gen|Maj|Capt|Pfc|Spc|Cpl)\.$"
)
_LEGAL = deferred(
    regex.compile,
    r"\b(?:Inc|Ltd|LLC|GmbH|AG|Verlag|Corp|SARL|S\.A|B\.V|Pty|[Rr]ights|[Rr]eserved|Rechte|Terms|Privacy|RISERVATA|riservat[ai]|[Vv]orbehalten|by|derechos|droits)\b",
)
_RESERVED = deferred(regex.compile, "무단|版权所有|版權所有|無断転載")
"""What East Asian papers print behind the sign of copyright, with no blank that would make a word of it."""
_DATED = deferred(regex.compile, r"(?:19|20)\d\d|[Cc]opyright|COPYRIGHT")
_TITLE_STROKE = deferred(regex.compile, r"\||—|\s[-–]\s")


class Credit(NamedTuple):
    """The credit on a line: it begins at `start`; `parts` tile the line from there to its end.

    `sure` is False where another sign must say that this is a caption: "… three states today. (Reuters)".
    """

    start: int
    rule: str
    sure: bool
    parts: tuple[Part, ...]


class CreditReader:
    """All credit rules of some packs, compiled; asked for one line, it answers with the credit on it.

    >>> from cleanwire.rules.pack import builtin_packs
    >>> line = "The bridge at dawn. REUTERS/Ann Lee"
    >>> credit = CreditReader(builtin_packs()).read(line)
    >>> line[: credit.start], [(line[: part.stop], part.kind) for part in credit.parts][-1][1]
    ('The bridge at dawn.', 'name')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lexicon = Lexicon(packs)
        self._hints = Hints(self._lexicon)
        self._labels = Labels(self._lexicon)
        self.settles = self._hints.settles
        self._recall = lru_cache(_MEMORY)(self.read)
        self._names = Names(self._lexicon, self._labels)

    def may_open(self, head: str) -> bool:
        """Whether a line may open with words that a page prints beside a picture, by its first letters."""
        return head[:3] in self._lexicon.openers

    def may_read(self, line: str, words: Iterable[str]) -> bool:
        """Whether there is a credit on `line`, which folded is `words`, or it is the label of one on the next."""
        opens = self.may_open(line)
        if not opens and self.settles(line):
            return False
        if (opens or self._hints.may_hold(line, words)) and self._recall(line) is not None:
            return True
        return line[-1] in COLONS and self._label_of(line) is not None

    def read_all(self, lines: Sequence[str], glanced: Iterable[int]) -> dict[int, Credit]:
        """Return the credits on the `glanced` of some lines, by index; those too whose label is a line of its own."""
        found: dict[int, Credit] = {}
        for index in glanced:
            line = lines[index]
            if index not in found and (credit := self._recall(line)):
                found[index] = credit
            if line[-1] in COLONS and (rule := self._label_of(line)):
                below = next((i for i in range(index + 1, min(index + 3, len(lines))) if lines[i].strip()), index)
                if below > index and (names := self._read_names(lines[below], rule)):
                    found[index] = Credit(0, rule, True, (Part(len(line), "label", rule),))
                    found[below] = names
        return found

    def read(self, line: str) -> Credit | None:
        """Return the credit on `line`, or None."""
        opens, holds = self.may_open(line), self._hints.may_hold(line)
        if not (opens or holds) or _RESERVED.search(line):
            return None
        if opens and (credit := self._read_furniture(line)):
            return credit
        if not holds:
            return None
        end = len(line.rstrip())
        low = line[max(end - 40, 0) : end].rstrip(".").casefold()
        for phrase, rule in self._lexicon.toggles:
            if low.endswith(phrase):
                cut = len(line[:end].rstrip(".")[: -len(phrase)].rstrip())
                credit = self._read(line[:cut]) if cut else None
                if credit and not any(part.kind == "agency" for part in credit.parts):
                    return None  # "© HappyFace. All rights reserved."
                return credit and credit._replace(parts=(*credit.parts, Part(len(line), "label", rule.name)))
        return self._read(line)

    def _read(self, line: str) -> Credit | None:
        end = len(line.rstrip())
        low = max(0, end - TAIL)
        stop = end - (line[end - 1 : end] in (".", "。") and line[end - 3 : end] != "...")
        bracket = _opening(line, low, stop)
        found = (
            self._read_note(line, bracket, stop)
            or self._read_labelled(line, low, stop, bracket)
            or (bracket >= 0 and self._read_bracket(line, bracket, stop))
            or self._read_tail(line, low, stop)
            or self._read_maker(line, low, stop, bracket)
        )
        return found or None

    def _label_of(self, line: str) -> str | None:
        """Return the rule of a line that is nothing but a label, whose name stands on the next: "Photo:"."""
        text = line.strip(" ([\u00a0")
        if len(text) > 30 or text[-1:] not in COLONS or not text[0].isupper():
            return None
        label = self._lexicon.labels.get(" ".join(map(sign, WORD.findall(text))))
        sole = label and label.marked and label.rule.trust == "sure" and text[-2] != "s"
        return label.rule.name if label and sole else None

    def _read_names(self, line: str, rule: str) -> Credit | None:
        """Read a line under a label that `rule` knows: a name, an agency, or both."""
        pieces = self._names.read(line, 0, len(line.rstrip()), labelled=True) if len(line) < 80 else None
        if not pieces or len(line.split()) > (8 if any(piece.kind == "agency" for piece in pieces) else 4):
            return None
        return Credit(0, rule, True, tile(line, rule, pieces, 0, len(line)))

    def _read_furniture(self, line: str) -> Credit | None:
        """Read a line that begins with words a page prints for readers who do not see the picture."""
        end = len(line.rstrip())
        for phrase, rule in self._lexicon.captions:
            if line.startswith(phrase):
                text = _skip_mark(line, len(phrase), end)
                if text and text < end:
                    return Credit(0, rule.name, True, (Part(text, "label", rule.name), Part(len(line), "", rule.name)))
        for phrase, rule in self._lexicon.prefixes:
            if line.startswith(phrase):
                return self._read_doubled(line, len(phrase), end, rule)
        if (opening := self._labels.at(line, 0)) and opening.label.rule.lane == "caption":
            for phrase, rule in self._lexicon.captions:
                place = line.find(phrase, opening.stop, 400)
                text = _skip_mark(line, place + len(phrase), end) if place > 0 else 0
                pieces = self._names.read(line, opening.stop, place, labelled=True) if text else None
                if pieces:
                    parts = tile(line, opening.label.rule.name, pieces, opening.stop, place)
                    return Credit(
                        0,
                        opening.label.rule.name,
                        True,
                        (*parts, Part(text, "label", rule.name), Part(len(line), "", rule.name)),
                    )
        return None

    def _read_doubled(self, line: str, start: int, end: int, rule: Rule) -> Credit | None:
        """Read "toggle caption Jim Cole/AP Jim Cole/AP", where a button stands before a credit printed twice."""
        words = line[start:end].split()
        half = len(words) // 2
        if half and words[:half] == words[half:]:
            second = line.rindex(words[half], start, end - len(" ".join(words[half:])) + len(words[half]) + 1)
            if pieces := self._names.read(line, second, end, labelled=False):
                return Credit(0, rule.name, True, tile(line, rule.name, pieces, second, len(line)))
        return None

    def _read_labelled(self, line: str, low: int, stop: int, bracket: int) -> Credit | None:
        for found in self._labels.find(line, low, stop):
            start, rest, rule = found.start, found.stop, found.label.rule
            inside = 0 <= bracket < start
            close = stop - 1 if inside else stop
            if rest >= close or "://" in line[low:close]:
                continue
            begin = _back(line, start)
            alone = not any(map(str.isalpha, line[:begin]))
            pieces = self._names.read(
                line, rest, close, labelled=True, plain=found.label.marked and found.label.words > 1
            )
            if not pieces:
                continue
            agencies = [piece.rule for piece in pieces if piece.kind == "agency" and piece.rule]
            if found.bare and not agencies:
                continue
            weak = rule.trust == "company"
            archive = any(agency.trust == "sure" for agency in agencies)
            named = any(piece.kind == "name" for piece in pieces)
            if weak and not (archive or (inside and agencies and named)):
                continue
            words = sum(len(line[piece.start : piece.stop].split()) for piece in pieces)
            if alone and not agencies and not inside and words > (3 if found.many else 7):
                continue
            signed = line[start] in "©ⓒ(" or rule.name == COPYRIGHT
            if (signed or found.bare) and alone and _LEGAL.search(line, rest, close):
                return None
            dated = signed and (
                _DATED.search(line, start, close) or "opyright" in line[max(begin - 12, 0) : begin].lower()
            )
            if dated and ((alone and not archive) or (not agencies and _LEGAL.search(line, rest, close))):
                return None
            if line[start - 1 : start] == "/" and (name := name_before(line, low, start - 1)) is not None:
                pieces.insert(0, Piece(name, start - 1, "name", None))
                return Credit(_back(line, name), rule.name, True, tile(line, rule.name, pieces, name, len(line)))
            doubtful = signed and ((alone and not archive) or dated)
            return Credit(begin, rule.name, not doubtful, tile(line, rule.name, pieces, rest, len(line)))
        return None

    def _read_bracket(self, line: str, bracket: int, stop: int) -> Credit | None:
        pieces = self._names.read(line, bracket + 1, stop - 1, labelled=False)
        agencies = self._names.agencies(line, pieces)
        if not pieces or not agencies:
            return None
        rule = chief(agencies)
        sure = rule.trust == "sure" or (
            any(piece.kind != "agency" for piece in pieces) and not _TITLE_STROKE.search(line, bracket, stop)
        )
        return Credit(_back(line, bracket), rule.name, sure, tile(line, rule.name, pieces, bracket + 1, len(line)))

    def _read_tail(self, line: str, low: int, stop: int) -> Credit | None:
        if not self._hints.tells(line[low:stop]):
            return None
        seams: list[int] = []
        edges: list[int] = []
        for match in _BOUNDARY.finditer(line, low, stop):
            if match.end() >= stop or _ABBREVIATION.search(line, low, match.start()):
                continue
            (seams if match.start() == match.end() and line[match.start() - 1] not in '.!?…"”’»' else edges).append(
                match.end()
            )
        if not low:
            edges.insert(0, len(line) - len(line.lstrip()))
        for start in (*edges[-3:][::-1], *seams[-8:]):
            pieces = self._names.read(line, start, stop, labelled=False)
            if pieces and (agencies := self._names.agencies(line, pieces)):
                return self._tail_credit(line, start, pieces, agencies)
        return self._read_run(line, max([low, *edges[-1:]]), stop)

    def _tail_credit(self, line: str, start: int, pieces: list[Piece], agencies: list[Piece]) -> Credit:
        rule = chief(agencies)
        begin = _back(line, start)
        alone = not line[:begin].strip()
        named = any(piece.kind != "agency" for piece in pieces)
        glued = not alone and begin == start and line[begin - 1] in '.!?"”’»)'
        glued = glued or line[start - 1 : start] == "＝"
        sure = glued or (rule.trust == "sure" and (named or not alone or len(agencies) > 1))
        if not sure and named:
            stroke = _TITLE_STROKE.search(line, start)
            names = [line[piece.start : piece.stop].split() for piece in pieces if piece.kind == "name"]
            sure = not stroke and (not alone or not any(len(words) < 2 for words in names))
        return Credit(begin, rule.name, sure, tile(line, rule.name, pieces, start, len(line)))

    def _read_run(self, line: str, low: int, stop: int) -> Credit | None:
        """Read "… in Washington Stefan Rousseau/AP", where nothing but capitals parts the caption from a name."""
        first = STRONG.search(line, low, stop)
        while first:
            if pieces := self._names.read(line, first.end(), stop, labelled=False):
                break
            first = STRONG.search(line, first.end(), stop)
        if not first:
            return None
        head = line[low : first.start()].split()
        agencies = [piece for piece in pieces or () if piece.kind == "agency"]
        for size in range(min(len(head) - 1, 3), 0, -1):
            phrase = " ".join(head[-size:])
            if rule := self._lexicon.agencies.get(phrase):
                start = line.rfind(head[-size], low, first.start())
                found = [Piece(start, first.start(), "agency", rule), *(pieces or ())]
                known = phrase.isupper() or rule.trust == "sure" or line[:start].rstrip()[-1:] in '.!?”"'
                if known and self._names.agencies(line, found):
                    return Credit(_back(line, start), rule.name, True, tile(line, rule.name, found, start, len(line)))
        if not agencies or "/" not in line[first.start() : first.end()]:
            return None
        start_of_name = name_before(line, low, first.start())
        if start_of_name is None or not line[low:start_of_name].strip():
            return None
        if " ".join(map(sign, WORD.findall(line[:start_of_name][:40]))) in self._lexicon.bylines:
            return None
        found = [Piece(start_of_name, first.start(), "name", None), *(pieces or ())]
        if not self._names.agencies(line, found):
            return None
        rule = chief(agencies)
        return Credit(
            _back(line, start_of_name), rule.name, True, tile(line, rule.name, found, start_of_name, len(line))
        )

    def _read_note(self, line: str, bracket: int, stop: int) -> Credit | None:
        """Read "(file photo)", which says that its line is a caption and stays with it."""
        rule = self._lexicon.notes.get(plain(line[bracket + 1 : stop - 1])) if bracket > 0 else None
        if (
            rule
            and (line[bracket] > "\u3000" or not line[bracket - 1].isalnum())
            and rule.trust == "sure"
            and line[:bracket].strip()
        ):
            return Credit(len(line), rule.name, True, ())
        return None

    def _read_maker(self, line: str, low: int, stop: int, bracket: int) -> Credit | None:
        """Read a name with its label behind it, "（山田撮影）", or a sentence with "Supplied" behind it."""
        if bracket >= 0:
            content = line[bracket + 1 : stop - 1].rstrip()
            if content.endswith(self._lexicon.behind_ends) and not STOPS.search(content):
                word, rule = next(entry for entry in self._lexicon.behind.items() if content.endswith(entry[0]))
                end = bracket + 1 + len(content) - len(word)
                if rule.trust == "sure" and 1 < end - bracket <= 26:
                    edges = ((bracket + 1, "label"), (end, "name"), (len(line), "label"))
                    return Credit(bracket, rule.name, True, tuple(Part(*edge, rule.name) for edge in edges))
            return None
        edge = max((m.end() for m in _BOUNDARY.finditer(line, low, stop) if m.end() < stop), default=0)
        if line[:edge].rstrip()[-1:] not in (".", "!", "?", "”", '"', "。"):
            return None
        if line.endswith(self._lexicon.behind_ends, edge, stop):
            word, rule = next(entry for entry in self._lexicon.behind.items() if line.endswith(entry[0], edge, stop))
            end = stop - len(word)
            if 1 < len(line[edge:end].strip()) <= 12:
                edges = ((edge, "label"), (end, "name"), (len(line), "label"))
                return Credit(_back(line, edge), rule.name, False, tuple(Part(*edge, rule.name) for edge in edges))
        note = self._lexicon.notes.get(plain(line[edge:stop])) if edge and line[edge].isupper() else None
        if note and note.trust == "sure":
            return Credit(_back(line, edge), note.name, True, (Part(len(line), "name", note.name),))
        return None


def _opening(line: str, low: int, stop: int) -> int:
    """Return the place of the bracket that the last character closes, or -1."""
    if line[stop - 1 : stop] not in CLOSE or stop <= low:
        return -1
    depth = 0
    for place in range(stop - 1, low - 1, -1):
        if line[place] in CLOSE:
            depth += 1
        elif line[place] in OPEN:
            depth -= 1
            if not depth:
                return place
    return -1


def _skip_mark(line: str, start: int, end: int) -> int:
    """Return where the words behind a caption's label begin, or 0 if a sentence goes on there."""
    place = start
    while place < end and line[place] in " \u00a0:：,，،-–":
        place += 1
    return place if place > start and not line[place : place + 1].islower() else 0


def _back(line: str, start: int) -> int:
    """Return where the blanks and strokes in front of a credit begin."""
    while start and (line[start - 1].isspace() or line[start - 1] in "([（［【|/–—-•·,;©＝=\u200b"):
        start -= 1
    return start
