"""Read the short lines that say who wrote a story, and when.

Labels ("By", "Von", "Autor:") come from rules of kind ``byline`` with `label`, agencies from rules of kind ``dateline``
with `agency`; a name has a shape of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import regex

from cleanwire.bylines.authors import split_names
from cleanwire.bylines.dated import DatedLines
from cleanwire.bylines.dates import Dates
from cleanwire.bylines.marks import BARE, Mark, Reading
from cleanwire.bylines.roles import Role, Roles
from cleanwire.bylines.words import BylineWords, in_reading_order
from cleanwire.edit import Part
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.words import joined
from cleanwire.scan.cues import BYLINE, EDGES, Cue

_UNCASED = deferred(regex.compile, r"\p{Lo}[\p{Lo}\p{M}]++(?:[\s·・、،,./&-]{1,2}[\p{Lo}\p{M}]++){0,7}")
_MARK = deferred(regex.compile, r"\s*[:：|／/]\s*|\s+|(?<=\p{Ll})(?=\p{Lu})|(?<=[^\p{L}\s])(?=\p{L})")
_DIGIT = deferred(regex.compile, r"\d")
_BARE = 90
"""The most characters of a line of names without a label."""
_TAIL = deferred(regex.compile, r"(?:\s\d{1,3}(?:\s\p{Ll}+){0,2}|\s?@\w+)$")
"""A count or an account after a name: "Ann Lee 7 hours", "Bo Roe@boroe"."""
_HANDLE = deferred(regex.compile, r"[\w@][\w.@-]{2,30}")
_PARTS = deferred(regex.compile, r"[,/;·&]")


class Bylines:
    """Reads the bylines that some packs know.

    >>> from cleanwire.packs.load import builtin_packs
    >>> line = "By Ann Lee and Bo Roe, Staff Writers"
    >>> for mark in Bylines(builtin_packs()).read(line).marks:
    ...     print(mark.rule, mark.part, "|", line[mark.start : mark.stop])
    byline.en.by label | By
    byline.en.by None | Ann Lee and Bo Roe
    byline.en.roles role | Staff Writers
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = in_reading_order(packs)
        rules = [rule for pack in packs for rule in pack.rules]
        self.dates = Dates(packs)
        self.words = BylineWords(packs)
        self._labels = _labels_by_pair(rules)
        self._checkers = frozenset(map(str.casefold, joined(packs, "byline_checkers")))
        self._agencies = frozenset(
            agency.casefold() for rule in rules if rule.matching == "agency" for agency in rule.all_phrases
        )
        self.roles = Roles(rules, self.words)
        self._dated = DatedLines(self._author, self.words)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a label or a date."""
        yield from (Cue(label, "label", BYLINE) for known in self._labels.values() for label, _ in known)
        yield from self.dates.cues()

    def read_bare(self, line: str) -> Reading | None:
        """Return what a line without a label or a date says of its author, or None."""
        return self._author(line.replace("\u00a0", " "), 0, len(line))

    def read_located(self, line: str, story: str) -> Reading | None:
        """Return what a line above a story in small letters says of its author and of the place where he writes.

        The story names the place and no word of the name: "Ann Lee in Oslo", not "Long Winter in Oslo".
        """
        found = self.words.located.fullmatch(line.strip())
        if not found or found["place"].casefold() not in story:
            return None
        if any(word in story for word in found["name"].casefold().split()):
            return None
        start = line.index(found[0])
        (first, stop), (place, last) = found.span("name"), found.span("place")
        own = Mark(start + first, start + stop, "byline", BARE)
        return Reading((own, Mark(start + place, start + last, "byline", BARE, "role")), sure=True)

    def read(self, line: str) -> Reading | None:
        """Return what a short line says of author and date, or None."""
        line = line.replace("\u00a0", " ")
        date = self.dates.find(line) if _DIGIT.search(line) else None
        return self._dated.read(line, date) if date else self._author(line, 0, len(line))

    def _author(self, line: str, start: int, stop: int) -> Reading | None:
        """Read ``line[start:stop]`` as the author's part of a line, with a label or without."""
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
            own = Mark(start, start + len(label), "byline", rule.name, "label")
            if not line[own.stop : stop].strip(" :\t\u00a0"):
                return Reading((own,), sure=False, label=rule.scope, checked=label in self._checkers)
            if mark := _MARK.match(line, own.stop, stop):
                labelled, weak = True, rule.confidence == "needs_neighbor"
                if reading := self._labelled(line, own, mark, stop, strong=" " in label or ":" in mark[0], weak=weak):
                    return reading._replace(checked=label in self._checkers)
        return None if labelled else self._bare(line, start, stop)

    def _labelled(
        self, line: str, label: Mark, mark: "regex.Match[str]", stop: int, *, strong: bool, weak: bool
    ) -> Reading | None:
        """Read the names after a label: "By Ann Lee".

        `strong` says that the label is more than one plain word, `weak` that it needs a role or a place after the name.
        """
        marks = self._names(line, mark.end(), stop, label.rule)
        if not marks and (strong or stop < len(line)) and (handle := _HANDLE.fullmatch(line, mark.end(), stop)):
            marks = [Mark(handle.start(), handle.end(), "byline", label.rule)]
        if not marks or (weak and len(marks) < 2):
            return None
        name = line[marks[0].start : marks[0].stop]
        return Reading(
            (label, *marks), strong or self._is_author(name, alone=all(mark.rule == label.rule for mark in marks))
        )

    def _is_author(self, name: str, *, alone: bool) -> bool:
        """Return True if a name after a weak label ("By") is an author's: an agency, a full name, one with a role."""
        if name.casefold() in self._agencies:
            return True
        if name.split()[0].casefold() in self.words.articles:
            return False
        return not alone or " " in name or name[0] >= "\u0590"

    def _bare(self, line: str, start: int, stop: int) -> Reading | None:
        """Read names without a label, which only a role makes sure; a single one has two words."""
        if stop - start > _BARE or not (line[start].isupper() or line[start] in "dlv"):
            return None
        if tail := _TAIL.search(line, start, stop):
            stop = tail.start()
        second = line[start:stop].partition(" ")[2][:20].split(None, 1)[:1]
        if not (self._may_be_second(second[0]) if second else self.words.is_desk(line[start:stop])):
            return None  # "He said …"
        marks = self._names(line, start, stop, BARE)
        if not marks and "|" in line[start:stop] and all(map(self._is_full_name, line[start:stop].split("|"))):
            marks = [Mark(start, stop, "byline", BARE)]  # "Ann Lee | Bo Roe"
        if not marks or not self._are_authors(line[marks[0].start : marks[0].stop]):
            return None
        return Reading(tuple(marks), sure=any(mark.part == "role" for mark in marks))

    def _are_authors(self, names: str) -> bool:
        """Return True if one of some names is full, or they are a desk; "Senior Content" before a role is neither."""
        if self.words.role_attributes.issuperset(names.casefold().split()):
            return False
        full = any(" " in name and not name.split()[-1].islower() for name in split_names(names))
        return full or self.words.is_desk(names)

    def _is_full_name(self, text: str) -> bool:
        """Return True if a text is one name of two words or more, and nothing else."""
        marks = self._names(text, start := len(text) - len(text.lstrip()), len(text.rstrip()), BARE)
        return len(marks) == 1 and " " in text[start : marks[0].stop]

    def _may_be_second(self, word: str) -> bool:
        """Return True if a word may stand second in a name without a label: "Lee", "van", "and", "al-Amin"."""
        return not word[0].islower() or word in self.words.small or word.startswith(self.words.bound)

    def _match_names(self, line: str, start: int, stop: int, rule: str) -> "regex.Match[str] | None":
        """Match the names that ``line[start:stop]`` begins with; only a label shows names in scripts without case."""
        if rule != BARE and (employer := self.words.capital_preposition.search(line, start, stop)):
            stop = employer.start()  # "Ann Lee For the Gazette"
        found = self.words.names.match(line, start, stop)
        return found if found or rule == BARE else _UNCASED.match(line, start, stop)

    def _names(self, line: str, start: int, stop: int, rule: str) -> list[Mark]:
        """Return the names that ``line[start:stop]`` begins with and the role after them, or nothing."""
        found = self._match_names(line, start, stop, rule)
        if not found:
            return []
        if found[0][0] >= "\u0590" and line[found.end() : stop].strip(EDGES).isdigit():
            return []  # "Comments 0"
        agency = found[0].casefold().removeprefix("the ") in self._agencies or self.words.is_desk(found[0])
        if not agency and self._is_phrase(found[0], rule):
            return []
        if rule == BARE and not self._agencies.isdisjoint(map(str.strip, _PARTS.split(found[0].casefold()))):
            return []  # the credit of a picture
        role = self.roles.find(line, found, stop, rule, agency=agency, bare=rule == BARE)
        if not role:
            return []
        if not role.start:
            return self._with_agency(line, start, found.end(), rule)
        outlet = found[0].split()[0].casefold() in self.words.articles
        if rule != BARE and (outlet or line[start : role.start].rstrip(" ").isalnum()):
            return [Mark(start, stop, "byline", rule)]  # "Gazette Staff", "The Gazette editors"
        return self._with_role(line, Mark(start, found.end(), "byline", rule), role, stop)

    def _with_role(self, line: str, names: Mark, role: Role, stop: int) -> list[Mark]:
        """Return the marks of names and of the role that stands among or after them and ends before `stop`."""
        start = names.start
        end = min(names.stop, start + len(line[start : role.start].rstrip(EDGES)))
        if join := self.words.last_join.search(line, start, end):
            end = join.start()  # "Ann Lee and The Associated Press"
        last = role.start + len(line[role.start : stop].rstrip(EDGES))
        part: Part = "agency" if line[role.start : last].casefold() in self._agencies else "role"
        own = [Mark(role.start, last, "byline", role.rule, part)] if last > role.start else []
        return [names._replace(stop=end), *own]

    def _with_agency(self, line: str, start: int, stop: int, rule: str) -> list[Mark]:
        """Return the marks of names without a role, and of the agency that they may end with: "Ann Lee with AFP"."""
        word = max(line.rfind(mark, start, stop) for mark in " /,") + 1
        join = self.words.last_join.search(line, start, word) if word > start else None
        outlet = line[start:stop].split()[0].casefold() in self.words.articles
        if not join or outlet or line[word:stop].casefold() not in self._agencies:
            return [Mark(start, stop, "byline", rule)]
        return [Mark(start, join.start(), "byline", rule), Mark(word, stop, "byline", rule, "agency")]

    def _is_phrase(self, names: str, rule: str) -> bool:
        """Return True if capitalized words begin like a title or a date: "The Bridge", "May Day"."""
        first = names.split(maxsplit=1)[0].casefold().rstrip(".")
        return (
            first in self.words.not_names
            or self.dates.knows(first)
            or (first in self.words.articles and (rule == BARE or " " not in names))
        )


def _labels_by_pair(rules: Iterable[Rule]) -> dict[str, list[tuple[str, Rule]]]:
    """Return the labels of bylines by their first two characters, the longest first."""
    labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
    for rule in rules:
        if rule.kind == "byline" and rule.matching == "label":
            for label in map(str.casefold, rule.all_phrases):
                labels[label[:2]].append((label, rule))
    for known in labels.values():
        known.sort(key=lambda entry: len(entry[0]), reverse=True)
    return labels
