"""Names: the shape of a person's name, and the lines that say who wrote a story.

Labels ("By", "Von", "Autor:") come from rules of kind ``byline`` with `label`, roles that stand behind a name ("Staff
Writer") from those with `note`, agencies from rules of kind ``dateline`` with `agency`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from cleanwire.bylines.dates import Date, Dates
from cleanwire.document import Piece
from cleanwire.edit import Action, Part
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule, Scope
from cleanwire.scan.cues import BYLINE, EDGES, Cue

_PARTICLE = (
    r"(?:[Dd]e|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Dd]as|[Dd]u|[Dd]es|[Vv]an|[Vv]on"
    r"|der|den|het|ter|ten|el|al|la|le|bin|ibn|zu|zur|af)"
)
_WORD = (
    r"(?:\p{Lu}\p{M}*+\.(?:[ -]?\p{Lu}\.)*+|\p{Lu}\p{Ll}{1,3}\.(?=\s)|[JS]r\."
    r"|(?:[dlO]['’]|al-|Mc|Mac)?\p{Lu}[\p{L}\p{M}]*+(?:['’‐-]\p{L}[\p{L}\p{M}]*+)*+)"
)
_NAME = rf"(?:{_PARTICLE}\s)?{_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}){{0,4}}"
_AND = r"(?:and|und|et|y|e|i|en|och|og|ja|a|és|și|şi|и|і|та|και|ve|dan|và|with|mit|avec|con|&|\+)"
_JOINS = frozenset(
    (_AND + "|" + _PARTICLE.replace("[Dd]", "d").replace("[Vv]", "v")).replace("(?:", "").replace(")", "").split("|")
)
_BOUND = ("d'", "d’", "l'", "l’", "al-")
"""The small words that may stand second in a name, and what else in small letters may begin its second word."""
_NAMES = deferred(regex.compile, rf"{_NAME}(?:(?:\s?[,/;·&]\s?(?:{_AND}\s)?|\s{_AND}\s){_NAME}){{0,7}}")
_UNCASED = deferred(regex.compile, r"\p{Lo}[\p{Lo}\p{M}]++(?:[\s·・、،,./&-]{1,2}[\p{Lo}\p{M}]++){0,7}")
_MARK = deferred(regex.compile, r"\s*[:：|／/]\s*|\s+|(?<=\p{Ll})(?=\p{Lu})|(?<=[^\p{L}\s])(?=\p{L})")
_PARTED = deferred(regex.compile, r"\s*(?:[,|·•(/–—-]|\s(?=\d)|\s(?:for|in|at|from|für|aus)\s)\s*")
_DIGIT = deferred(regex.compile, r"\d")
_BARE = 90
"""A line of names without a label is no longer than this."""
_HANDLE = deferred(regex.compile, r"[\w@][\w.@-]{2,30}")
_PARTS = deferred(regex.compile, r"[,/;·&]")
_STOPS = frozenset(
    """dear a an our my your this that all no any its his her their these those what how why when where who ein
    eine dem den un une um uma more other new read view show see home news contact about subscribe sign log
    share follow latest related top best key add find get key learn weitere alle mehr neue jetzt hier lire
    voir plus tous toutes ver más todos leer leia mais leggi tutti""".split()  # noqa: SIM905
)  # words that open a title or a phrase, not a name
_ARTICLES = frozenset("""the der die das le la les il lo gli el los las o os as de het""".split())  # noqa: SIM905
"""A paper may be named with its article ("Par Le Figaro"), but so is much else."""
_ROLE_WORDS = 9
"""A role behind a name has at most so many words."""


class Mark(NamedTuple):
    """What ``line[start:stop]`` says: the name, date or other fact that `action`, `rule` and `part` stand for."""

    start: int
    stop: int
    action: Action
    rule: str
    part: Part | None = None


def pieces(marks: Sequence[Mark], size: int) -> list[Piece]:
    """Return the marks of a line of `size` characters as pieces without a gap between them.

    >>> pieces([Mark(0, 2, "byline", "by", "label"), Mark(3, 10, "byline", "by")], 10)
    [Piece(stop=3, action='byline', rule='by', part='label'), Piece(stop=10, action='byline', rule='by', part=None)]
    """
    stops = [*(mark.start for mark in marks[1:]), size]
    return [Piece(stop, *mark[2:]) for mark, stop in zip(marks, stops, strict=True)]


class Reading(NamedTuple):
    """What a short line says of author and date.

    `sure` where a label or a date vouches for the names; else they are names by shape alone, and the lines around
    must vouch for them.  `label` is the reach of a label that stands alone: its name is on the next line, or its names
    are on the lines of a whole block.
    """

    marks: tuple[Mark, ...]
    sure: bool
    label: Scope | None = None

    def has(self, action: Action) -> bool:
        """Whether a part goes to `action`."""
        return any(mark.action == action for mark in self.marks)


BARE = "byline.any.name"
"""The rule of a name without a label, known by its shape and by the date or title beside it."""


class Bylines:
    """The bylines that some packs know.

    >>> from cleanwire.packs.pack import builtin_packs
    >>> line = "By Ann Lee and Bo Roe, Staff Writers"
    >>> for mark in Bylines(builtin_packs()).read(line).marks:
    ...     print(mark.rule, mark.part, "|", line[mark.start : mark.stop])
    byline.en.by label | By
    byline.en.by None | Ann Lee and Bo Roe
    byline.en.roles role | Staff Writers
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = tuple(sorted(packs, key=lambda pack: pack.name not in ("any", "en")))
        self.dates = Dates(packs)
        self._labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self._roles: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self._agencies: set[str] = set()
        for rule in (rule for pack in packs for rule in pack.rules):
            if rule.kind == "byline" and rule.matching == "label":
                for label in rule.phrases:
                    low = label.casefold()
                    self._labels[low[:2]].append((low, rule))
            elif rule.kind == "byline" and rule.matching == "note":
                for role in sorted(rule.phrases, key=len, reverse=True):
                    self._roles[role[-3:].casefold()].append((f" {role.casefold()}", rule))
            elif rule.matching == "agency":
                self._agencies.update(agency.casefold() for agency in rule.phrases)
        for known in self._labels.values():
            known.sort(key=lambda entry: len(entry[0]), reverse=True)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a label or a date."""
        yield from (Cue(label, "label", BYLINE) for known in self._labels.values() for label, _ in known)
        yield from self.dates.cues()

    def read_bare(self, line: str) -> Reading | None:
        """Return what a line without a label or a date says of its author, or None."""
        return self._author(line.replace("\u00a0", " "), 0, len(line))

    def read(self, line: str) -> Reading | None:
        """Say what a short line says of author and date, or None if nothing."""
        line = line.replace("\u00a0", " ")
        date = self.dates.find(line) if _DIGIT.search(line) else None
        if not date:
            return self._author(line, 0, len(line))
        # A date vouches for a name before it; behind it stands a name only where nothing else stands before it.
        before = self._author(line, 0, date.start)
        after = self._author(line, date.stop, len(line))
        if before and before.label and not after:
            before = None  # "Posted by on May 3"
        own = Mark(date.start, date.stop, "date", date.rule.name)
        authors = [reading for reading in (before, after) if reading and not reading.label]
        bare = [reading for reading in authors if not reading.sure and reading.marks[0].rule == BARE]
        if bare and not (self._mute(line[date.stop :]) if bare[0] is before else self._mute(line[: date.start])):
            authors = [reading for reading in authors if reading not in bare]
        if not authors and not self._alone(line, date):
            return None
        marks = sorted([own, *(mark for reading in authors for mark in reading.marks)])
        return Reading(tuple(marks), sure=not authors or date.full or any(reading.sure for reading in authors))

    @staticmethod
    def _mute(words: str) -> bool:
        """Whether what stands on the other side of a date is no more than a number or a count."""
        return len(words.strip(EDGES).split()) <= 2 and not _NAMES.fullmatch(words.strip(EDGES))

    @staticmethod
    def _alone(line: str, date: Date) -> bool:
        """Whether what stands beside a date is too little to be anything but its setting."""
        before, after = line[: date.start].strip(EDGES), line[date.stop :].strip(EDGES + ".")
        if not before and not after:
            return True
        if not date.year or (after and line[date.stop] == ","):
            return False
        return len(before.split()) + len(after.split()) <= 3 and line.rstrip()[-1:] not in ".?!:"

    def _author(self, line: str, start: int, stop: int) -> Reading | None:
        """Read ``line[start:stop]`` as the author's part of a line."""
        while start < stop and line[start] in EDGES:
            start += 1
        while start < stop and line[stop - 1] in EDGES:
            stop -= 1
        if stop - start < 2:
            return None
        low = line[start:stop].casefold()
        labelled = False
        for label, rule in self._labels.get(low[:2], ()):
            if not low.startswith(label):
                continue
            end = start + len(label)
            if end >= stop or not line[end:stop].strip(" :\t\u00a0"):
                return Reading((Mark(start, end, "byline", rule.name, "label"),), sure=False, label=rule.scope)
            if mark := _MARK.match(line, end, stop):
                labelled = True
                strong = " " in label or ":" in mark[0]
                marks = list(self._names(line, mark.end(), stop, rule.name))
                if not marks and (strong or stop < len(line)) and (handle := _HANDLE.fullmatch(line, mark.end(), stop)):
                    marks = [Mark(handle.start(), handle.end(), "byline", rule.name)]
                if marks:
                    name = line[marks[0].start : marks[0].stop]
                    if name.split()[0].casefold() in _ARTICLES and name.casefold() not in self._agencies:
                        return Reading((Mark(start, end, "byline", rule.name, "label"), *marks), strong)
                    sure = (
                        strong
                        or len(marks) > 1
                        or " " in name
                        or name.casefold() in self._agencies
                        or name[0] >= "\u0590"
                    )
                    return Reading((Mark(start, end, "byline", rule.name, "label"), *marks), sure)
        if labelled or stop - start > _BARE or not (line[start].isupper() or line[start] in "dlv"):
            return None
        second = line[start:stop].partition(" ")[2][:20].split(None, 1)[:1]
        if not second or (second[0][0].islower() and second[0] not in _JOINS and not second[0].startswith(_BOUND)):
            return None  # "He said …": a bare name has two words
        marks = list(self._names(line, start, stop, BARE))
        if marks and " " in line[marks[0].start : marks[0].stop]:
            return Reading(tuple(marks), sure=False)
        return None

    def _names(self, line: str, start: int, stop: int, rule: str) -> Iterator[Mark]:
        """Read names, and what stands behind them, up to `stop`."""
        found = _NAMES.match(line, start, stop) or (_UNCASED.match(line, start, stop) if rule != BARE else None)
        if not found:
            return
        names = found[0]
        first = names.split(maxsplit=1)[0].casefold().rstrip(".")
        agency = next((a for a in (names.casefold().removeprefix("the "),) if a in self._agencies), None)
        if not agency and (first in _STOPS or self.dates.knows(first) or (rule == BARE and first in _ARTICLES)):
            return
        if rule == BARE and not self._agencies.isdisjoint(map(str.strip, _PARTS.split(names.casefold()))):
            return  # the credit of a picture
        end = found.end()
        role, owner = 0, rule
        low = names.casefold()
        for known, found_by in () if agency else self._roles.get(low[-3:], ()):
            if low.endswith(known):
                role, owner = end - len(known) + 1, found_by.name
                break
        rest = line[end:stop]
        if rest.strip() and any(rest.casefold() == known for known, _ in self._roles.get(rest[-3:].casefold(), ())):
            role = end + 1  # "TOI staff"
        elif rest.strip():
            parted = _PARTED.match(line, end, stop)
            if not parted or rule == BARE or rest.rstrip()[-1] in ".!?:" or len(rest.split()) > _ROLE_WORDS:
                return
            if not role:
                role = parted.end()
        elif not role and rule != BARE and ", " in names:
            # "Ann Lee, Berlin": one word behind a full name is where or for whom she writes.
            head, _, place = names.rpartition(", ")
            if " " in head and " " not in place:
                role = end - len(place)
        if not role:
            yield Mark(start, end, "byline", rule)
            return
        yield Mark(start, min(end, start + len(line[start:role].rstrip(EDGES))), "byline", rule)
        last = role + len(line[role:stop].rstrip(EDGES))
        if last > role:
            part: Part = "agency" if line[role:last].casefold() in self._agencies else "role"
            yield Mark(role, last, "byline", owner, part)
