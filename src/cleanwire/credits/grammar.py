"""The grammar of a credit: where on a line it begins, and which of its words are label, name, agency.

``A bridge. REUTERS/Ann Lee``, ``(AP Photo/Ann Lee, File)``, ``Photo: Ann Lee``, ``© dpa | Ann Lee``, ``Ann Lee/AFP via
Getty Images``, ``写真：ロイター``: the packs give the words, this module what stands between them.
"""

from typing import NamedTuple

import regex

from cleanwire.credits.cues import TAIL, CreditCues
from cleanwire.credits.labels import CLOSE, OPEN, Labels
from cleanwire.credits.lexicon import WORD, Lexicon, plain, sign
from cleanwire.credits.makers import STOPS, Mention, Names, caption_piece, chief, name_before, tile
from cleanwire.document import Piece
from cleanwire.lazy import deferred

COPYRIGHT = "credit.any.copyright"
"""The rule of the copyright sign, which stands in front of legal lines too."""
_BOUNDARY = deferred(
    regex.compile,
    r"(?<=[\p{Ll}\p{Lo}\d)\]\"”’'»%\p{Lu}][.!?…]|[。！？।॥؟۔]|[.!?…][\"”’»)])\s*(?=\S)"  # the end of a sentence
    r"|\s{2,}|\s[|•]\s|＝|(?<=[\p{Ll})\]])(?=\p{Lu}\p{Ll})",  # a seam: blanks, a stroke, glue
)
_STOPS = frozenset(".。।۔")
"""What closes a sentence, and a bracket or a credit in it; each is one mark."""
_ENDS = _STOPS | frozenset('!?”"！？॥؟')
_TITLE_STROKE = deferred(regex.compile, r"\||—|\s[-–]\s")


class Credit(NamedTuple):
    """The credit on a line: it begins at `start`; `pieces` tile the line from there to its end.

    `sure` is False where another sign must say that this is a caption: "… three states today. (Reuters)".
    """

    start: int
    rule: str
    sure: bool
    pieces: tuple[Piece, ...]


class Grammar:
    """Reads the credit that closes a line, in the words of a lexicon.

    >>> from cleanwire.packs.load import builtin_packs
    >>> lexicon = Lexicon(builtin_packs())
    >>> labels = Labels(lexicon)
    >>> line = "A bridge. REUTERS/Ann Lee"
    >>> credit = Grammar(lexicon, CreditCues(lexicon), labels, Names(lexicon, labels)).read(line)
    >>> line[credit.start :], credit.rule
    (' REUTERS/Ann Lee', 'credit.any.wire')
    """

    def __init__(self, lexicon: Lexicon, hints: CreditCues, labels: Labels, names: Names) -> None:
        self._lexicon, self._hints, self._labels, self._names = lexicon, hints, labels, names
        self._words = lexicon.words

    def read(self, line: str) -> Credit | None:
        """Return the credit that closes `line`, which is not indented, or None."""
        end = len(line.rstrip())
        low = max(0, end - TAIL)
        stop = end - (line[end - 1 : end] in _STOPS and line[end - 3 : end] != "...")
        bracket = _opening(line, low, stop)
        found = (
            self._read_note(line, bracket, stop)
            or self._read_labelled(line, low, stop, bracket)
            or (bracket >= 0 and self._read_bracket(line, bracket, stop))
            or self._read_tail(line, low, stop)
            or self._read_maker(line, low, stop, bracket)
        )
        return found or None

    def _read_labelled(self, line: str, low: int, stop: int, bracket: int) -> Credit | None:
        for found in self._labels.find(line, low, stop):
            start, rest, rule = found.start, found.stop, found.label.rule
            inside = 0 <= bracket < start
            close = stop - 1 if inside else stop
            if rest >= close or "://" in line[low:close]:
                continue
            begin = _back(line, start)
            alone = not any(map(str.isalpha, line[:begin]))
            mentions = self._names.read(
                line, rest, close, labelled=True, plain=found.label.marked and found.label.words > 1
            )
            if not mentions:
                continue
            agencies = [mention.rule for mention in mentions if mention.kind == "agency" and mention.rule]
            if found.bare and not agencies:
                continue
            weak = rule.confidence == "needs_neighbor"
            archive = any(agency.confidence == "alone" for agency in agencies)
            named = any(mention.kind == "name" for mention in mentions)
            if weak and not (archive or (inside and agencies and named)):
                continue
            words = sum(len(line[mention.start : mention.stop].split()) for mention in mentions)
            if alone and not agencies and not inside and words > (3 if found.many else 7):
                continue
            signed = line[start] in "©ⓒ(" or rule.name == COPYRIGHT
            if (signed or found.bare) and alone and self._words.legal.search(line, rest, close):
                return None
            dated = signed and (
                self._words.dated.search(line, start, close)
                or any(map(line[max(begin - 12, 0) : begin].lower().__contains__, self._words.copyright_ends))
            )
            if dated and ((alone and not archive) or (not agencies and self._words.legal.search(line, rest, close))):
                return None
            if line[start - 1 : start] == "/" and (name := name_before(line, self._words, low, start - 1)) is not None:
                mentions.insert(0, Mention(name, start - 1, "name", None))
                return Credit(_back(line, name), rule.name, True, tile(line, rule.name, mentions, name, len(line)))
            doubtful = signed and ((alone and not archive) or dated)
            return Credit(begin, rule.name, not doubtful, tile(line, rule.name, mentions, rest, len(line)))
        return None

    def _read_bracket(self, line: str, bracket: int, stop: int) -> Credit | None:
        mentions = self._names.read(line, bracket + 1, stop - 1, labelled=False)
        agencies = self._names.agencies(line, mentions)
        if not mentions or not agencies:
            return None
        rule = chief(agencies)
        sure = rule.confidence == "alone" or (
            any(mention.kind != "agency" for mention in mentions) and not _TITLE_STROKE.search(line, bracket, stop)
        )
        return Credit(_back(line, bracket), rule.name, sure, tile(line, rule.name, mentions, bracket + 1, len(line)))

    def _read_tail(self, line: str, low: int, stop: int) -> Credit | None:
        if not self._hints.tells(line[low:stop]):
            return None
        seams: list[int] = []
        edges: list[int] = []
        for match in _BOUNDARY.finditer(line, low, stop):
            if match.end() >= stop or self._words.abbreviation.search(line, low, match.start()):
                continue
            (seams if match.start() == match.end() and line[match.start() - 1] not in '.!?…"”’»' else edges).append(
                match.end()
            )
        if not low:
            edges.insert(0, 0)
        for start in (*edges[-3:][::-1], *seams[-8:]):
            mentions = self._names.read(line, start, stop, labelled=False)
            if mentions and (agencies := self._names.agencies(line, mentions)):
                return self._tail_credit(line, start, mentions, agencies)
        return self._read_run(line, max([low, *edges[-1:]]), stop)

    def _tail_credit(self, line: str, start: int, mentions: list[Mention], agencies: list[Mention]) -> Credit:
        rule = chief(agencies)
        begin = _back(line, start)
        alone = not line[:begin].strip()
        named = any(mention.kind != "agency" for mention in mentions)
        glued = not alone and begin == start and line[begin - 1] in '.!?"”’»)'
        glued = glued or line[start - 1 : start] == "＝"
        sure = glued or (rule.confidence == "alone" and (named or not alone or len(agencies) > 1))
        if not sure and named:
            stroke = _TITLE_STROKE.search(line, start)
            names = [line[mention.start : mention.stop].split() for mention in mentions if mention.kind == "name"]
            sure = not stroke and (not alone or not any(len(words) < 2 for words in names))
        return Credit(begin, rule.name, sure, tile(line, rule.name, mentions, start, len(line)))

    def _read_run(self, line: str, low: int, stop: int) -> Credit | None:
        """Read "… in Washington Stefan Rousseau/AP", where only a capital separates the caption from a name."""
        first = self._words.strong_separator.search(line, low, stop)
        while first:
            if mentions := self._names.read(line, first.end(), stop, labelled=False):
                break
            first = self._words.strong_separator.search(line, first.end(), stop)
        if not first:
            return None
        head = line[low : first.start()].split()
        agencies = [mention for mention in mentions or () if mention.kind == "agency"]
        for size in range(min(len(head) - 1, 3), 0, -1):
            phrase = " ".join(head[-size:])
            if rule := self._lexicon.agencies.get(phrase):
                start = line.rfind(head[-size], low, first.start())
                found = [Mention(start, first.start(), "agency", rule), *(mentions or ())]
                known = phrase.isupper() or rule.confidence == "alone" or line[:start].rstrip()[-1:] in '.!?”"'
                if known and self._names.agencies(line, found):
                    return Credit(_back(line, start), rule.name, True, tile(line, rule.name, found, start, len(line)))
        if not agencies or "/" not in line[first.start() : first.end()]:
            return None
        start_of_name = name_before(line, self._words, low, first.start())
        if start_of_name is None or not line[low:start_of_name].strip():
            return None
        if " ".join(map(sign, WORD.findall(line[:start_of_name][:40]))) in self._lexicon.bylines:
            return None
        found = [Mention(start_of_name, first.start(), "name", None), *(mentions or ())]
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
            and rule.confidence == "alone"
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
                if rule.confidence == "alone" and 1 < end - bracket <= 26:
                    return Credit(bracket, rule.name, True, _maker_pieces(bracket + 1, end, len(line), rule.name))
            return None
        edge = max((m.end() for m in _BOUNDARY.finditer(line, low, stop) if m.end() < stop), default=0)
        if line[:edge].rstrip()[-1:] not in _ENDS:
            return None
        if line.endswith(self._lexicon.behind_ends, edge, stop):
            word, rule = next(entry for entry in self._lexicon.behind.items() if line.endswith(entry[0], edge, stop))
            end = stop - len(word)
            if 1 < len(line[edge:end].strip()) <= 12:
                return Credit(_back(line, edge), rule.name, False, _maker_pieces(edge, end, len(line), rule.name))
        note = self._lexicon.notes.get(plain(line[edge:stop])) if edge and not line[edge].islower() else None
        if note and note.confidence == "alone":
            return Credit(_back(line, edge), note.name, True, (caption_piece(len(line), "name", note.name),))
        return None


def _maker_pieces(start: int, end: int, size: int, rule: str) -> tuple[Piece, ...]:
    """Return the pieces of a name up to `end` with its label after it: "（山田撮影）"."""
    return caption_piece(start, "label", rule), caption_piece(end, "name", rule), caption_piece(size, "label", rule)


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


def _back(line: str, start: int) -> int:
    """Return where the blanks and strokes in front of a credit begin."""
    while start and (line[start - 1].isspace() or line[start - 1] in "([（［【|/–—-•·,;©＝=\u200b"):
        start -= 1
    return start
