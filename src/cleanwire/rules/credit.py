"""The credit of a picture: where on a line it begins, and who made the picture for whom.

A credit closes a line, or is the whole of it: ``A bridge. REUTERS/Ann Lee``, ``(AP Photo/Ann Lee, File)``,
``Photo: Ann Lee``, ``© dpa | Ann Lee``, ``Ann Lee/AFP via Getty Images``, ``写真：ロイター``.  The packs give the words (labels,
agencies, notes), this module the grammar between them.  Only the end of a line is read, behind a cheap test.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import regex

from cleanwire.errors import PackError
from cleanwire.rules.pack import Pack, Rule

COPYRIGHT = "credit.any.copyright"
"""The rule of the copyright sign, which stands in front of legal lines too."""
TAIL = 165
"""A credit lies within so many characters of the end of its line."""
_WORDS = 14
"""A credit has at most so many words."""
_LABEL_WORDS = 4
_AGENCY_WORDS = 5

_OPEN, _CLOSE = "([（［【〔「", ")]）］】〕」"
_WORD = regex.compile(r"\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+(?!\p{Ll})|\p{Lu}|\d+|[©ⓒ]|\([cC]\)")
_MARK = regex.compile(r"\s{0,2}(?:[:：=＝|｜/／—–]|\.{3}|…|[,，،](?=\s|$)|[©ⓒ])[\s:：©ⓒ]*")
_COMMA = ",，،"
_SEPARATOR = regex.compile(
    r"\s*[/／|｜;=＝·•()（）\[\]©ⓒ]\s*(?:via\s+)?|,?\s+(?:via|für|for|pour|para|on|auf|from)\s+|\s*[,،，、]\s+|\s+[-–—]+\s+|—|(?<=\p{Ll}{3})\.\s+"
)
_STRONG = regex.compile(r"\s*[/／|｜;=＝©](?:\s*via)?\s*|,?\s+(?:via|for|für|pour|para)\s+|—|\s+[-–]\s+")
_TITLE_STROKE = regex.compile(r"\||—|\s[-–]\s")
_BOUNDARY = regex.compile(
    r"(?<=[\p{Ll}\p{Lo}\d)\]\"”’'»%\p{Lu}][.!?…]|[。！？।॥؟]|[.!?…][\"”’»)])\s*(?=\S)"  # the end of a sentence
    r"|\s{2,}|\s[|•]\s|＝|(?<=[\p{Ll})\]])(?=\p{Lu}\p{Ll})"  # a seam: blanks, a stroke, glue
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s.(/])(?:\p{Lu}|Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Sgt|Lt|Col|Gen|Maj|Capt|Pfc|Spc|Cpl)\.$"
)
_YEAR = regex.compile(r"\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?,?\s+")
_LEGAL = regex.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|AG|Verlag|Corp|SARL|S\.A|B\.V|Pty|[Rr]ights|[Rr]eserved|Rechte|Terms|Privacy|RISERVATA|riservat[ai]|[Vv]orbehalten|by|derechos|droits)\b"
)
_DATED = regex.compile(r"(?:19|20)\d\d|[Cc]opyright|COPYRIGHT")
_PARTICLES = frozenset(
    "of the and & von van der den de del della di da do dos das du la le les el al artist artists author authors estate family website bin ibn bint ter ten zu zur zum und et y e i "
    "och og ja a'l at for from via on by in für auf aus dem des pour par para por with mit avec con c/o".split()
)
_OPENERS = frozenset("By Von Par Por The In On A An From More Latest Source Quelle Text Story Report".split())
_OWNERS = frozenset("your their this that these those with from than into more".split())
_FIRST = frozenset("by von par por door av af di przez di: by: von:".split())
_MAKERS = frozenset("artist artists author authors estate family website".split())


_NOBLE = frozenset("van von der den de del della di da do dos das du la le el al bin ibn bint ter ten zu y e i".split())


class Part(NamedTuple):
    """A part of a line, up to `stop`: its text (``""``), or of the credit a `label`, a `name` or an `agency`.

    `rule` is the rule that knows it.
    """

    stop: int
    kind: str
    rule: str


class Credit(NamedTuple):
    """The credit on a line: it begins at `start`; `parts` tile the line from there to its end.

    `sure` is False where another sign must say that this is a caption: "… three states today. (Reuters)".
    """

    start: int
    rule: str
    sure: bool
    parts: tuple[Part, ...]


_MARKS = ":：=＝|/，,…،"
_SIGNS = ("©", "ⓒ", "(c)", "(C)", "redit")
_HINTS = frozenset(_MARKS + "©ⓒ(" + "d")
_SEAM = regex.compile(r"(?<=[\p{Ll}.])\p{Lu}\p{Ll}+$")


class _Label(NamedTuple):
    rule: Rule
    marked: bool  # a colon or the like must stand between it and the name
    words: int
    stroke: bool  # it is printed with a stroke behind it: "图/"


class _Piece(NamedTuple):
    start: int
    stop: int
    kind: str  # name, agency, note
    rule: Rule | None


class CreditReader:
    """All credit rules of some packs, compiled; asked for one line, it answers with the credit on it.

    >>> from cleanwire.rules.pack import builtin_packs
    >>> line = "The bridge at dawn. REUTERS/Ann Lee"
    >>> credit = CreditReader(builtin_packs()).read(line)
    >>> line[: credit.start], [(line[: part.stop], part.kind) for part in credit.parts][-1][1]
    ('The bridge at dawn.', 'name')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._labels: dict[str, _Label] = {}
        self._label_ends: set[str] = set()
        self._behind: dict[str, Rule] = {}
        self._agencies: dict[str, Rule] = {}
        self._loose: dict[str, Rule] = {}
        self._last_words: dict[str, Rule] = {}
        self._notes: dict[str, Rule] = {}
        self._bylines: set[str] = set(_FIRST)
        self._captions: list[tuple[str, Rule]] = []
        self._prefixes: list[tuple[str, Rule]] = []
        self._sources: list[str] = []
        self._toggles: list[tuple[str, Rule]] = []
        for rule in (rule for pack in packs for rule in pack.rules):
            self._add(rule)
        self._ends = frozenset(
            [name.split()[-1].rpartition("/")[2] for name in self._agencies]
            + list(self._last_words)
            + [_last(note) for note in self._notes]
            + [_last(toggle) for toggle, _ in self._toggles]
            + list(_REGIONS)
        )
        self._hints = frozenset(word[-3:] for word in self._label_ends)
        self._short_hints = frozenset(word[-2:] for word in self._label_ends if word[-1] >= "\u0590")
        firsts = {key.split()[0] for key, label in self._labels.items() if not label.marked}
        self._firsts = frozenset(firsts | {first + "." for first in firsts})
        self._captions.sort(key=lambda entry: -len(entry[0]))
        self._prefixes.sort(key=lambda entry: -len(entry[0]))
        openers = [phrase for phrase, _ in (*self._captions, *self._prefixes)] + self._sources
        self._openers = frozenset(phrase[:3] for phrase in openers)
        self._behind_ends = tuple(self._behind)

    def _add(self, rule: Rule) -> None:
        if rule.kind == "byline" and rule.matching == "label":
            self._bylines.update(" ".join(map(_sign, _WORD.findall(phrase))) for phrase in rule.phrases)
        if rule.lane != "caption":
            return
        for phrase in rule.phrases:
            if rule.kind == "caption" and rule.matching == "label":
                self._captions.append((phrase, rule))
            elif rule.kind == "caption" and rule.matching == "note":
                self._prefixes.append((phrase, rule))
                self._toggles.append((phrase.casefold(), rule))
            elif rule.matching == "label" and phrase.startswith("…"):
                self._own(self._behind, phrase[1:], rule)
            elif rule.matching == "label":
                words = _WORD.findall(phrase)
                key = " ".join(map(_sign, words))
                marked = phrase.rstrip()[-1] in ":：=＝|｜/／,，،—"
                known = self._labels.get(key)
                if known and known.rule is not rule:
                    raise PackError(f"rule {rule.name}: the label {phrase!r} belongs to {known.rule.name} already")
                self._labels[key] = _Label(
                    rule,
                    marked and (not known or known.marked),
                    len(words),
                    phrase.rstrip()[-1] in "/／" or bool(known and known.stroke),
                )
                self._label_ends.add(_sign(words[-1]))
                if len(words) > 1 and not marked:
                    self._sources.append(phrase)
            elif rule.matching == "agency" and phrase.startswith("…"):
                self._own(self._last_words, phrase[1:], rule)
            elif rule.matching == "agency":
                self._own(self._agencies, phrase, rule)
                self._loose.setdefault(phrase.casefold(), rule)
            elif rule.matching == "note":
                self._own(self._notes, _plain(phrase), rule)

    @staticmethod
    def _own(owners: dict[str, Rule], phrase: str, rule: Rule) -> None:
        if (owner := owners.setdefault(phrase, rule)) is not rule:
            raise PackError(f"rule {rule.name}: {phrase!r} belongs to {owner.name} already; name it once")

    def read(self, line: str) -> Credit | None:
        """Return the credit on `line`, or None."""
        if not self.may_hold(line):
            return None
        if credit := self._read_furniture(line):
            return credit
        end = len(line.rstrip())
        for phrase, rule in self._toggles:
            if line[max(end - 40, 0) : end].rstrip(".").casefold().endswith(phrase):
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

    def label_of(self, line: str) -> str | None:
        """Return the rule of a line that is nothing but a label, whose name stands on the next: "Photo:"."""
        text = line.strip(" ([\u00a0")
        if len(text) > 30 or not text.endswith((":", "：")) or not text[0].isupper():
            return None
        label = self._labels.get(" ".join(map(_sign, _WORD.findall(text))))
        sole = label and label.marked and label.rule.trust == "sure" and text[-2] != "s"
        return label.rule.name if label and sole else None

    def read_names(self, line: str, rule: str) -> Credit | None:
        """Read a line under a label that `rule` knows: a name, an agency, or both."""
        pieces = self._pieces(line, 0, len(line.rstrip()), labelled=True) if len(line) < 80 else None
        if not pieces or len(line.split()) > (8 if any(piece.kind == "agency" for piece in pieces) else 4):
            return None
        return Credit(0, rule, True, _tile(line, rule, pieces, 0, len(line)))

    def may_hold(self, line: str) -> bool:
        """Whether it is worth while to read `line`: never False for a line with a credit that `read` would find."""
        if line[:3] in self._openers:
            return True
        tail = line[-TAIL:].rstrip()
        last = tail[-1:]
        if last == ".":
            if tail[-2:-1] in _CLOSE or "©" in tail:
                return True
            if not tail.isascii():
                tail = tail.replace("\u00a0", " ").replace("\u202f", " ")
            place = tail.rfind(". ", 0, -1)
            if place >= 0 and tail[place + 2 : tail.find(" ", place + 2)].lower() in self._firsts:
                return True
            if ":" in tail and self._hinted(tail, ":"):
                return True
            return "/" in tail and self._tells(tail[:-1])
        if not last or last in '!?"”’»':
            return False
        if last in _CLOSE or self._tells(tail) or not self._firsts.isdisjoint(tail.lower().split()):
            return True
        if not _HINTS.isdisjoint(tail) and (
            any(mark in tail and self._hinted(tail, mark) for mark in _MARKS) or any(sign in tail for sign in _SIGNS)
        ):
            return True
        seam = _SEAM.search(tail, max(len(tail) - 16, 0))
        return tail.endswith(self._behind_ends) or (seam is not None and seam.group().lower() in self._ends)

    def _hinted(self, tail: str, mark: str) -> bool:
        """Whether what stands before some `mark` could be the end of a label."""
        place = tail.find(mark)
        while place >= 0:
            before = tail[max(place - 6, 0) : place].rstrip().casefold()
            if before[-3:] in self._hints or (
                before[-1:] >= "\u0590" and not self._short_hints.isdisjoint((before[-2:], before[-1:]))
            ):
                return True
            place = tail.find(mark, place + 1)
        return False

    def _tells(self, tail: str) -> bool:
        """Whether an agency stands at the end of `tail`, or before the last stroke in it."""
        word = _final(tail)
        if word in self._ends or word.casefold() in self._ends:
            return True
        for stroke in "/|":
            place = tail.rfind(stroke)
            while place >= 0:
                after = tail[place + 1 : place + 41].split(None, 1)[:1]
                if _final(tail[:place].rstrip()) in self._ends or (after and after[0] in self._ends):
                    return True
                place = tail.rfind(stroke, 0, place)
        return False

    def _read_furniture(self, line: str) -> Credit | None:
        """Read a line that begins with words a page prints for readers who do not see the picture."""
        if line[:3] not in self._openers:
            return None
        end = len(line.rstrip())
        for phrase, rule in self._captions:
            if line.startswith(phrase):
                text = _skip_mark(line, len(phrase), end)
                if text and text < end:
                    return Credit(0, rule.name, True, (Part(text, "label", rule.name), Part(len(line), "", rule.name)))
        for phrase, rule in self._prefixes:
            if line.startswith(phrase):
                return self._read_doubled(line, len(phrase), end, rule)
        if (opening := self._label_at(line, 0)) and opening.label.rule.lane == "caption":
            for phrase, rule in self._captions:
                place = line.find(phrase, opening.stop, 400)
                text = _skip_mark(line, place + len(phrase), end) if place > 0 else 0
                pieces = self._pieces(line, opening.stop, place, labelled=True) if text else None
                if pieces:
                    parts = _tile(line, opening.label.rule.name, pieces, opening.stop, place)
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
            if pieces := self._pieces(line, second, end, labelled=False):
                return Credit(0, rule.name, True, _tile(line, rule.name, pieces, second, len(line)))
        return None

    # -- a label, and names behind it --------------------------------------------------------------------------------

    def _read_labelled(self, line: str, low: int, stop: int, bracket: int) -> Credit | None:
        for found in self._labels_in(line, low, stop):
            start, rest, rule = found.start, found.stop, found.label.rule
            inside = 0 <= bracket < start
            close = stop - 1 if inside else stop
            if rest >= close or "://" in line[low:close]:
                continue
            begin = _back(line, start)
            alone = not any(map(str.isalpha, line[:begin]))
            pieces = self._pieces(line, rest, close, labelled=True, plain=found.label.marked and found.label.words > 1)
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
            sign = line[start] in "©ⓒ(" or rule.name == COPYRIGHT
            if (sign or found.bare) and alone and _LEGAL.search(line, rest, close):
                return None
            dated = sign and (
                _DATED.search(line, start, close) or "opyright" in line[max(begin - 12, 0) : begin].lower()
            )
            if dated and ((alone and not archive) or (not agencies and _LEGAL.search(line, rest, close))):
                return None
            if line[start - 1 : start] == "/" and (name := _name_before(line, low, start - 1)) is not None:
                pieces.insert(0, _Piece(name, start - 1, "name", None))
                return Credit(_back(line, name), rule.name, True, _tile(line, rule.name, pieces, name, len(line)))
            doubtful = sign and ((alone and not archive) or dated)
            return Credit(begin, rule.name, not doubtful, _tile(line, rule.name, pieces, rest, len(line)))
        return None

    def _labels_in(self, line: str, low: int, stop: int) -> Iterable["_Found"]:
        words = list(_WORD.finditer(line, low, stop))
        for index, word in enumerate(words):
            text = _sign(word.group())
            if text in self._label_ends:
                first = max(index - _LABEL_WORDS + 1, 0)
                for begin in range(first, index + 1):
                    key = " ".join(_sign(w.group()) for w in words[begin : index + 1])
                    if (label := self._labels.get(key)) and (
                        found := self._judge(line, words[begin].start(), word.end(), stop, label)
                    ):
                        if not (found.bare and self._goes_on(key, words[index + 1 : index + _LABEL_WORDS])):
                            yield found
                        break
            elif text[0] >= "\u0e00":
                for size in range(min(8, len(text)), 0, -1):
                    if (label := self._labels.get(text[-size:])) and (
                        found := self._judge(line, word.end() - size, word.end(), stop, label)
                    ):
                        yield found
                        break

    def _goes_on(self, key: str, following: list["regex.Match[str]"]) -> bool:
        """Whether `key` is only the beginning of a label that stands here."""
        for word in following:
            key += " " + _sign(word.group())
            if key in self._labels:
                return True
        return False

    def _label_at(self, line: str, start: int) -> "_Found | None":
        return next((found for found in self._labels_in(line, start, min(len(line), 60)) if found.start == start), None)

    def _judge(self, line: str, start: int, end: int, stop: int, label: _Label) -> "_Found | None":
        """Whether the words of a label at this place are one: what stands before and behind them."""
        if line[end : end + 1] == "." and line[end : end + 3] != "..." and not label.marked:
            end += 1
        mark = _MARK.match(line, end, stop)
        sign = mark.group().strip()[:1] if mark else ""
        before = line[max(start - 40, 0) : start]
        stripped = before.rstrip()
        at_start = not stripped.strip("([（［【•*–—-|©→")
        letter = line[start]
        capital = letter.isupper() or letter >= "\u0590" or letter in "©("
        glued = bool(stripped) and stripped == before
        if sign in _COMMA and sign:
            if not (at_start and capital and (label.words > 1 or letter >= "\u0590")):
                return None
        elif sign in ("/", "|", "—", "–") and not capital:
            return None
        rest, bare = (mark.end() if mark else end), bool(sign) and sign in ("|—–" if label.stroke else "|—–/／")
        while rest < stop and line[rest].isspace():
            rest += 1
        if not mark and label.marked:
            if rest > end:
                bare = True  # "Photo iStock": without a mark, only in front of an agency
            elif not (
                glued
                and letter.isupper()
                and line[rest : rest + 1].isupper()
                and (stripped[-1:].isalnum() or stripped[-1] in ".!?”")
            ):
                return None
        elif not mark and rest == end and letter not in "©ⓒ(":
            return None
        if at_start:
            opened = stripped[-1:] in _OPEN and bool(stripped)
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
                and (letter in "©(" or stripped[-1].isdigit() or (len(word) > 3 and word.casefold() not in _OWNERS))
            )
            bare = bare or (letter not in "©(" and (not label.marked or line[end - 1] == "s" or _is_title(stripped)))
        many = line[end - 1] == "s" or label.rule.trust == "company"
        return _Found(start, rest, label, bare, many) if fits else None

    # -- names and agencies ------------------------------------------------------------------------------------------

    def _pieces(self, line: str, start: int, stop: int, *, labelled: bool, plain: bool = False) -> list[_Piece] | None:
        """Read names and agencies between `start` and `stop`; None where there is anything else."""
        if len(line[start:stop].split()) > _WORDS:
            return None
        separator = _SEPARATOR if labelled else _STRONG
        pieces: list[_Piece] = []
        small = False
        edges = [(m.start(), m.end()) for m in separator.finditer(line, start, stop)]
        begin = start
        for left, right in [*edges, (stop, stop)]:
            piece = self._piece(line, begin, left, labelled=labelled)
            if piece is None and line[begin:left].strip(" .,-–\u200b\u200c"):
                if not labelled or len(line[begin:left].split()) > 2 or ":" in line[begin:left]:
                    return None
                small = True
                piece = [_Piece(*_trim(line, begin, left), "name", None)]
            if piece:
                pieces += piece
            begin = right
        if small and not plain and not any(piece.kind == "agency" for piece in pieces):
            return None
        if pieces and not any(piece.kind != "note" for piece in pieces):
            if not labelled or not any(piece.rule for piece in pieces):
                return None
            pieces = [piece._replace(kind="name") for piece in pieces]
        return pieces or None

    def _piece(self, line: str, start: int, stop: int, *, labelled: bool) -> list[_Piece] | None:
        start, stop = _trim(line, start, stop)
        text = line[start:stop]
        if not text:
            return None
        if year := _YEAR.match(line, start, stop):
            start, text = year.end(), line[year.end() : stop]
        if labelled and not any(map(str.isalpha, text)):
            return [_Piece(start, stop, "note", None)]
        if _plain(text) in self._notes:
            return [_Piece(start, stop, "note", self._notes[_plain(text)])]
        if rule := self._agency(text, loose=labelled):
            return [_Piece(start, stop, "agency", rule)]
        comma = text.rfind(",")
        if not labelled and comma > 0 and _plain(text[comma + 1 :]) in self._notes:
            left = self._piece(line, start, start + comma, labelled=False)
            return left and [*left, _Piece(start + comma + 1, stop, "note", self._notes[_plain(text[comma + 1 :])])]
        if labelled and (inner := self._label_at(line[:stop], start)) and inner.stop < stop:
            return self._piece(line, inner.stop, stop, labelled=True)
        if ":" in text or (not labelled and "," in text):
            return None
        if _is_name(text, labelled=labelled):
            words = text.split()
            last = self._last_words.get(words[-1].rstrip("."))
            if last and 2 <= len(words) <= 6:
                return [_Piece(start, stop, "agency", last)]
            if labelled and len(words) > 2 and (rule := self._agency(words[-1], loose=False)):
                place = stop - len(words[-1])
                return [_Piece(start, place, "name", None), _Piece(place, stop, "agency", rule)]
            return [_Piece(start, stop, "name", None)]
        return None

    def _agency(self, text: str, *, loose: bool) -> Rule | None:
        """Return the rule that knows an agency; `loose` where a label vouches for it, so that case may differ."""
        if not text.isascii():
            text = _narrow(text)
        rule = self._agencies.get(text)
        if rule is None and text[:4] in ("the ", "The "):
            rule = self._agencies.get(text[4:])
        if rule is None and text.endswith((".com", ".de", ".net", ".org")):
            rule = self._agencies.get(text.rpartition(".")[0])
        if rule is None and loose:
            rule = self._loose.get(text.casefold())
        if rule is None and " " in text:
            words = text.split()
            for size in range(min(len(words) - 1, 3), 0, -1):
                known = self._agencies.get(" ".join(words[:size]))
                if known and len(words) - size <= 2 and all(w[0].isupper() or w == "files" for w in words[size:]):
                    more = words[size:]
                    if known.trust == "sure" or len(more) == 1 or all(word in _REGIONS for word in more):
                        return known
        return rule

    # -- an agency, and names before it or behind it ------------------------------------------------------------------

    def _agencies_in(self, line: str, pieces: list[_Piece] | None) -> list[_Piece]:
        """Return the agencies among `pieces`, or none where the names beside them could not be people's."""
        agencies = [piece for piece in pieces or () if piece.kind == "agency"]
        names = [line[piece.start : piece.stop].split() for piece in pieces or () if piece.kind == "name"]
        if not agencies or not all(map(_is_person, names)):
            return []
        if any(piece.rule and piece.rule.trust == "sure" for piece in agencies):
            return agencies
        if any(
            len(words) < 2 and (len(words[0]) < 4 or words[0].isupper() or words[0][0].islower()) for words in names
        ):
            return []  # "(AP/IB)"
        if any(
            words[0].isupper() and len(words[0]) < 5 and words[0].isalpha() and not words[-1].isupper()
            for words in names
        ):
            return []  # "APA/APAF Fellows"
        known = [piece for piece in agencies if self._agency(line[piece.start : piece.stop].strip(), loose=False)]
        return agencies if known or any(len(words) > 1 for words in names) else []

    def _read_bracket(self, line: str, bracket: int, stop: int) -> Credit | None:
        pieces = self._pieces(line, bracket + 1, stop - 1, labelled=False)
        agencies = self._agencies_in(line, pieces)
        if not pieces or not agencies:
            return None
        rule = _chief(agencies)
        sure = rule.trust == "sure" or (
            any(piece.kind != "agency" for piece in pieces) and not _TITLE_STROKE.search(line, bracket, stop)
        )
        return Credit(_back(line, bracket), rule.name, sure, _tile(line, rule.name, pieces, bracket + 1, len(line)))

    def _read_tail(self, line: str, low: int, stop: int) -> Credit | None:
        if not self._tells(line[low:stop]):
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
            pieces = self._pieces(line, start, stop, labelled=False)
            if pieces and (agencies := self._agencies_in(line, pieces)):
                return self._tail_credit(line, start, pieces, agencies)
        return self._read_run(line, max([low, *edges[-1:]]), stop)

    def _tail_credit(self, line: str, start: int, pieces: list[_Piece], agencies: list[_Piece]) -> Credit:
        rule = _chief(agencies)
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
        return Credit(begin, rule.name, sure, _tile(line, rule.name, pieces, start, len(line)))

    def _read_run(self, line: str, low: int, stop: int) -> Credit | None:
        """Read "… in Washington Stefan Rousseau/AP", where nothing but capitals parts the caption from a name."""
        first = _STRONG.search(line, low, stop)
        while first:
            if pieces := self._pieces(line, first.end(), stop, labelled=False):
                break
            first = _STRONG.search(line, first.end(), stop)
        if not first:
            return None
        head = line[low : first.start()].split()
        agencies = [piece for piece in pieces or () if piece.kind == "agency"]
        for size in range(min(len(head) - 1, 3), 0, -1):
            phrase = " ".join(head[-size:])
            if rule := self._agencies.get(phrase):
                start = line.rfind(head[-size], low, first.start())
                found = [_Piece(start, first.start(), "agency", rule), *(pieces or ())]
                known = phrase.isupper() or rule.trust == "sure" or line[:start].rstrip()[-1:] in '.!?”"'
                if known and self._agencies_in(line, found):
                    return Credit(_back(line, start), rule.name, True, _tile(line, rule.name, found, start, len(line)))
        if not agencies or "/" not in line[first.start() : first.end()]:
            return None
        start_of_name = _name_before(line, low, first.start())
        if start_of_name is None or not line[low:start_of_name].strip():
            return None
        if " ".join(map(_sign, _WORD.findall(line[:start_of_name][:40]))) in self._bylines:
            return None
        found = [_Piece(start_of_name, first.start(), "name", None), *(pieces or ())]
        if not self._agencies_in(line, found):
            return None
        rule = _chief(agencies)
        return Credit(
            _back(line, start_of_name), rule.name, True, _tile(line, rule.name, found, start_of_name, len(line))
        )

    # -- notes, and makers behind the name ------------------------------------------------------------------------------

    def _read_note(self, line: str, bracket: int, stop: int) -> Credit | None:
        """Read "(file photo)", which says that its line is a caption and stays with it."""
        rule = self._notes.get(_plain(line[bracket + 1 : stop - 1])) if bracket > 0 else None
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
            if content.endswith(self._behind_ends) and not _STOPS.search(content):
                word, rule = next(entry for entry in self._behind.items() if content.endswith(entry[0]))
                end = bracket + 1 + len(content) - len(word)
                if rule.trust == "sure" and 1 < end - bracket <= 26:
                    edges = ((bracket + 1, "label"), (end, "name"), (len(line), "label"))
                    return Credit(bracket, rule.name, True, tuple(Part(*edge, rule.name) for edge in edges))
            return None
        edge = max((m.end() for m in _BOUNDARY.finditer(line, low, stop) if m.end() < stop), default=0)
        if line[:edge].rstrip()[-1:] not in (".", "!", "?", "”", '"', "。"):
            return None
        if line.endswith(self._behind_ends, edge, stop):
            word, rule = next(entry for entry in self._behind.items() if line.endswith(entry[0], edge, stop))
            end = stop - len(word)
            if 1 < len(line[edge:end].strip()) <= 12:
                edges = ((edge, "label"), (end, "name"), (len(line), "label"))
                return Credit(_back(line, edge), rule.name, False, tuple(Part(*edge, rule.name) for edge in edges))
        note = self._notes.get(_plain(line[edge:stop])) if edge and line[edge].isupper() else None
        if note and note.trust == "sure":
            return Credit(_back(line, edge), note.name, True, (Part(len(line), "name", note.name),))
        return None


class _Found(NamedTuple):
    start: int
    stop: int  # where the names begin
    label: _Label
    bare: bool
    many: bool


_REGIONS = frozenset(
    "Images Europe America North South Asia AsiaPac Entertainment Sport Sports Photo Wire Pool files File RF".split()
)
_STOPS = regex.compile(r"[。！？!?]")


def _last(words: str) -> str:
    return words.split()[-1]


def _final(text: str) -> str:
    """Return the last word before the end, a stroke or a bracket."""
    word = text[-40:].rstrip(" .,)]）】").rpartition(" ")[2]
    if not word.isascii():
        word = _narrow(word)
    for edge in "/|([=©:\u00a0":
        if edge in word:
            word = word.rpartition(edge)[2]
    return word


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").replace("-", " ").strip(" .,)([]").split())


def _sign(word: str) -> str:
    return "©" if word in ("ⓒ", "(c)", "(C)") else word.casefold()


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _opening(line: str, low: int, stop: int) -> int:
    """Return the place of the bracket that the last character closes, or -1."""
    if line[stop - 1 : stop] not in _CLOSE or stop <= low:
        return -1
    depth = 0
    for place in range(stop - 1, low - 1, -1):
        if line[place] in _CLOSE:
            depth += 1
        elif line[place] in _OPEN:
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


def _trim(line: str, start: int, stop: int) -> tuple[int, int]:
    strip = " .,-–\u00a0\u200b\u200c\"„“”'"
    while start < stop and line[start] in strip:
        start += 1
    while start < stop and line[stop - 1] in strip:
        stop -= 1
    return start, stop


def _is_name(text: str, *, labelled: bool) -> bool:
    """Whether `text` could name who made a picture: capitals and particles, no verb among them."""
    words = text.split()
    if len(words) > (8 if labelled else 4) or _STOPS.search(text) or not any(map(str.isalpha, text)):
        return False
    if not labelled and words[0].casefold() in _FIRST:
        return False
    if len(words) == 1 and len(text) <= (12 if text[0] >= "\u2e80" and not labelled else 40):
        return True
    particles = _PARTICLES if labelled else _NOBLE
    if not all(_is_capital(word) or word.casefold() in particles for word in words):
        return False
    if labelled and words[-1].rstrip(".") in _MAKERS:
        return True
    return any(map(_is_capital, words)) and (_is_capital(words[-1]) or labelled)


def _is_capital(word: str) -> bool:
    word = word.lstrip("\"'“„«‘’(&#@-+*")
    return not word or word[0].isupper() or word[0].isdigit() or word[0] >= "\u0590" or "." in word[1:-1] or "@" in word


def _is_person(words: list[str]) -> bool:
    """Whether a name could be one where no label says so."""
    first = words[0]
    return not (any(map(str.isdigit, first)) or (first in _PARTICLES and first.islower()) or first in _OPENERS)


def _is_title(text: str) -> bool:
    """Whether all longer words of `text`, of which there are some, have capitals, as in a headline."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _name_before(line: str, low: int, stop: int) -> int | None:
    """Return where the name in front of a stroke begins: two words in capitals, more with initials and particles."""
    words = [(m.start(), m.group()) for m in regex.finditer(r"\S+", line[low:stop])]
    if len(words) < 2 or not all(_is_capital(word) and word[0].isalpha() for _, word in words[-2:]):
        return None
    take = 2
    suffix = words[-1][1].rstrip(".") in ("Jr", "Sr", "II", "III")
    if len(words) > take and (suffix or len(words[-2][1].rstrip(".")) == 1):
        take += 1
    while len(words) > take and words[-take][1].casefold() in _PARTICLES:
        take += 1
    return low + words[-take][0]


def _chief(agencies: list[_Piece]) -> Rule:
    """Return the rule that says most: an archive's before a wire's."""
    rules = [piece.rule for piece in agencies if piece.rule]
    return next((rule for rule in rules if rule.trust == "sure"), rules[0])


def _tile(line: str, rule: str, pieces: list[_Piece], start: int, end: int) -> tuple[Part, ...]:
    """Return parts that tile a credit from before `start` to `end`: what is no name and no agency is label."""
    parts: list[Part] = []
    if start < pieces[0].start or pieces[0].start:
        parts.append(Part(pieces[0].start, "label", rule))
    for piece in pieces:
        kind, by = piece.kind, rule
        if kind == "note":
            kind, by = "label", piece.rule.name if piece.rule else rule
        if parts[-1:] and parts[-1][1:] == (kind, by):
            parts[-1] = Part(piece.stop, kind, by)
            continue
        between = line[parts[-1].stop : piece.start] if parts else ""
        worded = any(map(str.isalnum, between)) or any(part.kind == kind for part in parts)
        if kind != "label" and between and worded:
            parts.append(Part(piece.start, "label", rule))
        parts.append(Part(piece.stop, kind, by))
    parts[-1] = parts[-1]._replace(stop=end)
    return tuple(parts)
