"""Parse the credit that closes a line: where it begins, and which of its words are label, name and agency.

``A bridge. REUTERS/Ann Lee``, ``(AP Photo/Ann Lee, File)``, ``Photo: Ann Lee``, ``© dpa | Ann Lee``, ``Ann Lee/AFP via
Getty Images``, ``写真：ロイター``: the packs hold the words, this module the forms.
"""

from typing import NamedTuple

import regex

from cleanwire.credits.boundaries import BOUNDARY, opening_bracket, with_marks
from cleanwire.credits.credit import COPYRIGHT, Credit, Mention, caption_piece, partition, strongest_rule
from cleanwire.credits.cues import CreditCues
from cleanwire.credits.labels import Found, Labels
from cleanwire.credits.lexicon import WORD, Lexicon, label_key
from cleanwire.credits.makers import Makers, name_before
from cleanwire.credits.trailing import read_trailing_label
from cleanwire.credits.words import CreditWords
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule
from cleanwire.scan.cues import TAIL

_STOPS = frozenset(".。।۔")
"""Full stops, after which a credit in brackets or a credit ends."""
_SPOKEN = frozenset('!?…！？"”»“')
"""What ends a saying, and no caption."""
_FULL_NAME = 2
"""Least words of a full name."""
_ELLIPSIS = deferred(regex.compile, r"\.\.|…")
_STROKES = frozenset("/|／｜©")
"""Signs that join a photographer to an agency."""
_TITLE_BAR = deferred(regex.compile, r"\||—|\s[-–]\s")
"""A bar or dash, which in a page title parts the name of the site: "Bridges of Oslo | Reuters"."""


class Grammar:
    """Parses the credit that closes a line, in the words of a lexicon.

    >>> from cleanwire.packs.load import builtin_packs
    >>> lexicon = Lexicon(builtin_packs())
    >>> labels = Labels(lexicon)
    >>> line = "A bridge. REUTERS/Ann Lee"
    >>> credit = Grammar(lexicon, CreditCues(lexicon), labels, Makers(lexicon, labels)).read(line)
    >>> line[credit.start :], credit.rule
    (' REUTERS/Ann Lee', 'credit.any.wire')
    """

    def __init__(self, lexicon: Lexicon, cues: CreditCues, labels: Labels, makers: Makers) -> None:
        self._lexicon, self._cues, self._labels, self._makers = lexicon, cues, labels, makers
        self._words = lexicon.words

    def read(self, line: str) -> Credit | None:
        """Return the credit that closes `line`, which is not indented, or None."""
        end = len(line.rstrip())
        low = max(0, end - TAIL)
        stop = end - (line[end - 1 : end] in _STOPS and line[end - 3 : end] != "...")
        bracket = opening_bracket(line, low, stop)
        return (
            self._read_note(line, bracket, stop)
            or self._read_labelled(line, low, stop, bracket)
            or self._read_bracket(line, bracket, stop)
            or self._read_end(line, low, stop)
            or read_trailing_label(self._lexicon, line, low, stop, bracket)
        )

    def _read_note(self, line: str, bracket: int, stop: int) -> Credit | None:
        """Read "(file photo)", which shows that its line is a caption, but is not a credit to cut.

        A labelled credit before it is one: "Photo: Ann Lee (file photo)".  "[file ...]" is an argument in the manual
        of a command.
        """
        rule = self._lexicon.note(line[bracket + 1 : stop - 1]) if bracket > 0 else None
        if not rule or rule.confidence != "alone" or not line[:bracket].strip():
            return None
        if _ELLIPSIS.search(line, bracket):
            return None
        glued = line[bracket] <= "\u3000" and line[bracket - 1].isalnum()
        if glued:
            return None
        before = line[:bracket].rstrip()
        credit = self._read_labelled(before, max(0, len(before) - TAIL), len(before), -1)
        if not credit or not credit.sure:
            return Credit(len(line), rule.name, True, ())
        return credit._replace(pieces=(*credit.pieces, caption_piece(len(line), "label", rule.name)))

    def _read_labelled(self, line: str, low: int, stop: int, bracket: int) -> Credit | None:
        """Read the first label whose names reach the end of the line: "Photo: Ann Lee/AP", "(© dpa | Ann Lee)"."""
        for found in self._labels.find(line, low, stop):
            enclosed = 0 <= bracket < found.start
            end = stop - enclosed
            if found.stop >= end or "://" in line[low:end]:
                continue
            lower_case = found.label.marked and found.label.words > 1
            mentions = self._makers.read(line, found.stop, end, labelled=True, lower_case=lower_case)
            labelled = _Labelled(line, found, end, enclosed, mentions, self._words) if mentions else None
            if labelled and labelled.is_supported():
                return None if labelled.is_legal_notice() else labelled.credit(low)
        return None

    def _read_bracket(self, line: str, bracket: int, stop: int) -> Credit | None:
        """Read a bracket that holds an agency: "(AP Photo/Ann Lee, File)"."""
        mentions = self._makers.read(line, bracket + 1, stop - 1, labelled=False) if bracket >= 0 else None
        agencies = self._makers.agencies(line, mentions) if mentions else None
        if not mentions or not agencies:
            return None
        rule = strongest_rule(agencies)
        named = any(mention.kind != "agency" for mention in mentions)
        sure = rule.confidence == "alone" or (named and not _TITLE_BAR.search(line, bracket, stop))
        return _credit(line, bracket, rule, sure, mentions)

    def _read_end(self, line: str, low: int, stop: int) -> Credit | None:
        """Read what stands after the last boundaries of a line, an agency among it: "A bridge. REUTERS/Ann Lee"."""
        if not self._cues.tells(line[low:stop]):
            return None
        edges, seams = _boundaries(line, self._words, low, stop)
        for start in (*edges[-3:][::-1], *seams[-8:]):
            mentions = self._makers.read(line, start, stop, labelled=False)
            if mentions and (agencies := self._makers.agencies(line, mentions)):
                rule = strongest_rule(agencies)
                return _credit(line, start, rule, _is_sure(line, start, rule, mentions), mentions)
        return self._read_slash(line, max([low, *edges[-1:]]), stop)

    def _read_slash(self, line: str, low: int, stop: int) -> Credit | None:
        """Read what stands around the first slash with a maker after it, where no boundary parts off the caption."""
        for slash in self._words.strong_separator.finditer(line, low, stop):
            if mentions := self._makers.read(line, slash.end(), stop, labelled=False):
                return self._read_agency_before(line, low, slash, mentions) or self._read_name_before(
                    line, low, slash, mentions
                )
        return None

    def _read_agency_before(
        self, line: str, low: int, slash: "regex.Match[str]", mentions: list[Mention]
    ) -> Credit | None:
        """Read "… a la plaza mayor EFE/ J.J. Robles", an agency of up to three words before the slash."""
        words = line[low : slash.start()].split()
        for size in range(min(len(words) - 1, 3), 0, -1):
            phrase = " ".join(words[-size:])
            if not (rule := self._lexicon.agencies.get(phrase)):
                continue
            start = line.rfind(words[-size], low, slash.start())
            found = [Mention(start, slash.start(), "agency", rule), *mentions]
            known = phrase.isupper() or rule.confidence == "alone" or line[:start].rstrip()[-1:] in '.!?”"'
            if known and self._makers.agencies(line, found):
                return _credit(line, start, rule, True, found)
        return None

    def _read_name_before(
        self, line: str, low: int, slash: "regex.Match[str]", mentions: list[Mention]
    ) -> Credit | None:
        """Read "… in Washington Stefan Rousseau/AP", where only capitals show where the name begins."""
        agencies = [mention for mention in mentions if mention.kind == "agency"]
        start = name_before(line, self._words, low, slash.start()) if agencies and "/" in slash[0] else None
        if start is None or not line[low:start].strip() or self._is_byline(line[:start]):
            return None
        found = [Mention(start, slash.start(), "name", None), *mentions]
        if not self._makers.agencies(line, found):
            return None
        return _credit(line, start, strongest_rule(agencies), True, found)

    def _is_byline(self, text: str) -> bool:
        """Return True if `text` is the label of a byline: "By"."""
        return label_key(WORD.findall(text[:40])) in self._lexicon.bylines


class _Labelled(NamedTuple):
    """A label with the mentions after it, which may be a credit."""

    line: str
    found: Found
    end: int  # of the mentions
    enclosed: bool  # the label stands in the brackets that close the line
    mentions: list[Mention]
    words: CreditWords

    @property
    def begin(self) -> int:
        """Where the marks before the label begin."""
        return with_marks(self.line, self.found.start)

    @property
    def alone(self) -> bool:
        """Whether no letter stands before the label."""
        return not any(map(str.isalpha, self.line[: self.begin]))

    @property
    def agencies(self) -> list[Rule]:
        """The rules of the agencies among the mentions."""
        return [mention.rule for mention in self.mentions if mention.kind == "agency" and mention.rule]

    @property
    def archived(self) -> bool:
        """Whether an agency is a picture archive, which needs no further evidence."""
        return any(rule.confidence == "alone" for rule in self.agencies)

    @property
    def signed(self) -> bool:
        """Whether the label is a copyright sign or its word."""
        return self.line[self.found.start] in "©ⓒ(" or self.found.label.rule.name == COPYRIGHT

    @property
    def dated(self) -> bool:
        """Whether a year or the word stands beside the copyright sign, as in legal lines: "© 2021 Ann Lee"."""
        if not self.signed:
            return False
        before = self.line[max(self.begin - 12, 0) : self.begin].lower()
        worded = any(map(before.__contains__, self.words.copyright_ends))
        return worded or self.words.dated.search(self.line, self.found.start, self.end) is not None

    def is_supported(self) -> bool:
        """Return True if the mentions are enough for a label of this kind."""
        found, agencies = self.found, self.agencies
        if found.bare and not (agencies and self._is_named()):
            return False
        if found.label.rule.confidence == "needs_neighbor" and not self.archived and not self._is_like_credit():
            return False
        return bool(agencies) or self.enclosed or not self.alone or self._word_count() <= (3 if found.heading else 7)

    def _is_like_credit(self) -> bool:
        """Return True if brackets hold a name and an agency that a stroke joins, whatever their label."""
        named = any(mention.kind == "name" for mention in self.mentions)
        return self.enclosed and bool(self.agencies) and named and self._is_joined()

    def _is_saying(self) -> bool:
        """Return True if a copyright sign may stand between a saying and who said it: "I came, I saw! © Grandma"."""
        before, after = self.line[: self.begin].rstrip(), self.line[self.found.stop :].rstrip()
        if self.agencies or self.enclosed or self.alone or self._is_joined():
            return False
        if ":" in self.line[self.found.start : self.found.stop]:
            return False
        if before[-1] in _SPOKEN or before.endswith("..."):
            return True
        if after.casefold() in self.words.makers:
            return False
        return self._word_count() < _FULL_NAME and (before[-1] in _STOPS or after[-1:] in _STOPS)

    def _is_named(self) -> bool:
        """Return True if capitals or a stroke show what the names are, beside a label that is a common word too."""
        names = [self.line[mention.start : mention.stop] for mention in self.mentions if mention.kind == "name"]
        return all(name[:1].isupper() for name in names) or self._is_joined()

    def _is_joined(self) -> bool:
        """Return True if a stroke joins the mentions, as of a picture; a list with commas names sources of figures."""
        return not _STROKES.isdisjoint(self.line[self.found.stop : self.end])

    def _word_count(self) -> int:
        """Return the number of words of the mentions."""
        return sum(len(self.line[mention.start : mention.stop].split()) for mention in self.mentions)

    def is_legal_notice(self) -> bool:
        """Return True for the copyright of a page or a company: "© 2021 Northern Harbour Inc."."""
        legal = self.words.legal.search(self.line, self.found.stop, self.end) is not None
        if legal and self.alone and (self.signed or self.found.bare):
            return True
        return self.dated and ((self.alone and not self.archived) or (legal and not self.agencies))

    def credit(self, low: int) -> Credit:
        """Return the credit, with the name that a slash before the label joins to it: "Ann Lee/© AP"."""
        line, start, rule = self.line, self.found.start, self.found.label.rule
        name = name_before(line, self.words, low, start - 1) if line[start - 1 : start] == "/" else None
        if name is not None:
            return _credit(line, name, rule, True, [Mention(name, start - 1, "name", None), *self.mentions])
        doubtful = self.signed and ((self.alone and not self.archived) or self.dated or self._is_saying())
        return _credit(line, start, rule, not doubtful, self.mentions)


def _credit(line: str, start: int, rule: Rule, sure: bool, mentions: list[Mention]) -> Credit:
    """Return the credit whose words start at `start`, with the marks before them."""
    return Credit(with_marks(line, start), rule.name, sure, partition(line, rule.name, mentions, len(line)))


def _boundaries(line: str, words: CreditWords, low: int, stop: int) -> tuple[list[int], list[int]]:
    """Return where credits may begin: after sentences and spaces, and where words are joined without a space."""
    edges: list[int] = [] if low else [0]
    seams: list[int] = []
    for match in BOUNDARY.finditer(line, low, stop):
        if match.end() >= stop or words.abbreviation.search(line, low, match.start()):
            continue
        glued = match.start() == match.end() and line[match.start() - 1] not in '.!?…"”’»'
        (seams if glued else edges).append(match.end())
    return edges, seams


def _is_sure(line: str, start: int, rule: Rule, mentions: list[Mention]) -> bool:
    """Return True if what stands at the end of a line from `start` on is a credit without further evidence."""
    begin = with_marks(line, start)
    alone = not line[:begin].strip()
    names = [line[mention.start : mention.stop].split() for mention in mentions if mention.kind == "name"]
    plain = all(mention.kind == "agency" for mention in mentions)
    if _is_joined(line, start, begin):
        return True
    if rule.confidence == "alone" and not (alone and len(mentions) == 1 and plain):
        return True
    if plain or _TITLE_BAR.search(line, start):
        return False
    return not alone or all(len(words) > 1 for words in names)


def _is_joined(line: str, start: int, begin: int) -> bool:
    """Return True if a credit is glued to the sentence before it, "at dawn.REUTERS", or follows a full-width "＝"."""
    glued = begin == start and bool(line[:begin].strip()) and line[begin - 1] in '.!?"”’»)'
    return glued or line[start - 1 : start] == "＝"
