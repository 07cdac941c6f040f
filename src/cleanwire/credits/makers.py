"""Names and agencies between strokes: "Ann Lee/AFP via Getty Images", and what in them could be no name."""

from typing import Literal, NamedTuple

import regex

from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import Lexicon, narrow, plain
from cleanwire.credits.words import CreditWords
from cleanwire.document import Piece
from cleanwire.edit import Part
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule

_WORDS = 14
"""A credit has at most so many words."""
_YEAR = deferred(regex.compile, r"\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?,?\s+")
STOPS = deferred(regex.compile, r"[。！？!?]")


def caption_piece(stop: int, part: Part | None, rule: str) -> Piece:
    """Return a piece of a caption that ends at `stop`: its text (None), or a label, a name or an agency."""
    return Piece(stop, "caption", rule, part)


class Mention(NamedTuple):
    """A name, an agency or a note, and where it stands on its line."""

    start: int
    stop: int
    kind: Literal["name", "agency", "note"]
    rule: Rule | None


class Names:
    """Reads names and agencies, the agencies being those of a lexicon."""

    def __init__(self, lexicon: Lexicon, labels: Labels) -> None:
        self._lexicon, self._labels = lexicon, labels

    def read(self, line: str, start: int, stop: int, *, labelled: bool, plain: bool = False) -> list[Mention] | None:
        """Read names and agencies between `start` and `stop`; None where there is anything else."""
        if len(line[start:stop].split()) > _WORDS:
            return None
        words = self._lexicon.words
        separator = words.separator if labelled else words.strong_separator
        mentions: list[Mention] = []
        small = False
        edges = [(m.start(), m.end()) for m in separator.finditer(line, start, stop)]
        begin = start
        for left, right in [*edges, (stop, stop)]:
            mention = self._piece(line, begin, left, labelled=labelled)
            if mention is None and line[begin:left].strip(" .,-–\u200b\u200c"):
                if not labelled or len(line[begin:left].split()) > 2 or ":" in line[begin:left]:
                    return None
                small = True
                mention = [Mention(*_trim(line, begin, left), "name", None)]
            if mention:
                mentions += mention
            begin = right
        if small and not plain and not any(mention.kind == "agency" for mention in mentions):
            return None
        if mentions and not any(mention.kind != "note" for mention in mentions):
            if not labelled or not any(mention.rule for mention in mentions):
                return None
            mentions = [mention._replace(kind="name") for mention in mentions]
        return mentions or None

    def _piece(self, line: str, start: int, stop: int, *, labelled: bool) -> list[Mention] | None:
        start, stop = _trim(line, start, stop)
        text = line[start:stop]
        if not text:
            return None
        if year := _YEAR.match(line, start, stop):
            start, text = year.end(), line[year.end() : stop]
        if labelled and not any(map(str.isalpha, text)):
            return [Mention(start, stop, "note", None)]
        if plain(text) in self._lexicon.notes:
            return [Mention(start, stop, "note", self._lexicon.notes[plain(text)])]
        if rule := self.agency(text, loose=labelled):
            return [Mention(start, stop, "agency", rule)]
        comma = text.rfind(",")
        if not labelled and comma > 0 and plain(text[comma + 1 :]) in self._lexicon.notes:
            left = self._piece(line, start, start + comma, labelled=False)
            return left and [
                *left,
                Mention(start + comma + 1, stop, "note", self._lexicon.notes[plain(text[comma + 1 :])]),
            ]
        if labelled and (inner := self._labels.at(line[:stop], start)) and inner.stop < stop:
            return self._piece(line, inner.stop, stop, labelled=True)
        if ":" in text or (not labelled and "," in text):
            return None
        if _is_name(text, self._lexicon.words, labelled=labelled):
            words = text.split()
            last = self._lexicon.last_words.get(words[-1].rstrip("."))
            if last and 2 <= len(words) <= 6:
                return [Mention(start, stop, "agency", last)]
            if labelled and len(words) > 2 and (rule := self.agency(words[-1], loose=False)):
                place = stop - len(words[-1])
                return [Mention(start, place, "name", None), Mention(place, stop, "agency", rule)]
            return [Mention(start, stop, "name", None)]
        return None

    def agency(self, text: str, *, loose: bool) -> Rule | None:
        """Return the rule that knows an agency; `loose` where a label vouches for it, so that case may differ."""
        if not text.isascii():
            text = narrow(text)
        rule = self._lexicon.agencies.get(text)
        if rule is None and text[:4] in ("the ", "The "):
            rule = self._lexicon.agencies.get(text[4:])
        if rule is None and text.endswith((".com", ".de", ".net", ".org")):
            rule = self._lexicon.agencies.get(text.rpartition(".")[0])
        if rule is None and loose:
            rule = self._lexicon.loose.get(text.casefold())
        if rule is None and " " in text:
            words = text.split()
            suffixes = self._lexicon.words.agency_suffixes
            for size in range(min(len(words) - 1, 3), 0, -1):
                known = self._lexicon.agencies.get(" ".join(words[:size]))
                if known and len(words) - size <= 2 and all(w[0].isupper() or w in suffixes for w in words[size:]):
                    more = words[size:]
                    if known.confidence == "alone" or len(more) == 1 or suffixes.issuperset(more):
                        return known
        return rule

    def agencies(self, line: str, mentions: list[Mention] | None) -> list[Mention]:
        """Return the agencies among `mentions`, or none where the names beside them could not be people's."""
        agencies = [mention for mention in mentions or () if mention.kind == "agency"]
        names = [line[mention.start : mention.stop].split() for mention in mentions or () if mention.kind == "name"]
        if not agencies or not all(_is_person(words, self._lexicon.words) for words in names):
            return []
        if any(mention.rule and mention.rule.confidence == "alone" for mention in agencies):
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
        known = [
            mention for mention in agencies if self.agency(line[mention.start : mention.stop].strip(), loose=False)
        ]
        return agencies if known or any(len(words) > 1 for words in names) else []


def _trim(line: str, start: int, stop: int) -> tuple[int, int]:
    strip = " .,-–\u00a0\u200b\u200c\"„“”'"
    while start < stop and line[start] in strip:
        start += 1
    while start < stop and line[stop - 1] in strip:
        stop -= 1
    return start, stop


def _is_name(text: str, known: CreditWords, *, labelled: bool) -> bool:
    """Whether `text` could name who made a picture: capitals and particles, no verb among them."""
    words = text.split()
    if len(words) > (8 if labelled else 4) or STOPS.search(text) or not any(map(str.isalpha, text)):
        return False
    if not labelled and words[0].casefold() in known.byline_starts:
        return False
    if len(words) == 1 and len(text) <= (12 if text[0] >= "\u2e80" and not labelled else 40):
        return True
    particles = known.particles if labelled else known.name_particles
    if not all(_is_capital(word) or word.casefold() in particles for word in words):
        return False
    if labelled and words[-1].rstrip(".") in known.makers:
        return True
    return any(map(_is_capital, words)) and (_is_capital(words[-1]) or labelled)


def _is_capital(word: str) -> bool:
    word = word.lstrip("\"'“„«‘’(&#@-+*")
    return not word or word[0].isupper() or word[0].isdigit() or word[0] >= "\u0590" or "." in word[1:-1] or "@" in word


def _is_person(words: list[str], known: CreditWords) -> bool:
    """Whether a name could be one where no label says so."""
    first = words[0]
    return not (
        any(map(str.isdigit, first)) or (first in known.particles and first.islower()) or first in known.openers
    )


def name_before(line: str, known: CreditWords, low: int, stop: int) -> int | None:
    """Return where the name in front of a stroke begins: two words in capitals, more with initials and particles."""
    words = [(m.start(), m.group()) for m in regex.finditer(r"\S+", line[low:stop])]
    if len(words) < 2 or not all(_is_capital(word) and word[0].isalpha() for _, word in words[-2:]):
        return None
    take = 2
    suffix = words[-1][1].rstrip(".") in known.name_suffixes
    if len(words) > take and (suffix or len(words[-2][1].rstrip(".")) == 1):
        take += 1
    while len(words) > take and words[-take][1].casefold() in known.particles:
        take += 1
    return low + words[-take][0]


def chief(agencies: list[Mention]) -> Rule:
    """Return the rule that says most: an archive's before a wire's."""
    rules = [mention.rule for mention in agencies if mention.rule]
    return next((rule for rule in rules if rule.confidence == "alone"), rules[0])


def tile(line: str, rule: str, mentions: list[Mention], start: int, end: int) -> tuple[Piece, ...]:
    """Return pieces that tile a credit from before `start` to `end`: what is no name and no agency is label."""
    pieces: list[Piece] = []
    if start < mentions[0].start or mentions[0].start:
        pieces.append(caption_piece(mentions[0].start, "label", rule))
    for mention in mentions:
        is_note = mention.kind == "note"
        part: Part = "label" if mention.kind == "note" else mention.kind
        by = mention.rule.name if is_note and mention.rule else rule
        if pieces and (pieces[-1].part, pieces[-1].rule) == (part, by):
            pieces[-1] = caption_piece(mention.stop, part, by)
            continue
        between = line[pieces[-1].stop : mention.start] if pieces else ""
        worded = any(map(str.isalnum, between)) or any(piece.part == part for piece in pieces)
        if part != "label" and between and worded:
            pieces.append(caption_piece(mention.start, "label", rule))
        pieces.append(caption_piece(mention.stop, part, by))
    pieces[-1] = pieces[-1]._replace(stop=end)
    return tuple(pieces)
