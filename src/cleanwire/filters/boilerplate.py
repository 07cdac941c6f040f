"""Drop widgets, share bars, comment forms and notices, each by a rule of a pack.

The packs say what a line may be; this filter decides when that is enough.  Its terms are those of the packs: `position`
(above the first sentence, below the last), `confidence` (alone, or near other boilerplate), `scope` (the line, its
block, its list, the rest), `until` and `below` (the other lines of a widget).
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple, cast

from cleanwire.compiled import Facts, facts
from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.evidence import Judge
from cleanwire.packs.pack import Pack, Rule
from cleanwire.story.body import body_range, sentences
from cleanwire.story.menus import LEAST, bridges, inner_menus, is_entry
from cleanwire.story.threads import Threads
from cleanwire.story.widgets import below, fenced, listed

NEIGHBORS = 4
"""A rule that needs a neighbour fires within this number of lines of one that goes, with no sentence between."""
CROWD = 3
"""Least known phrases in a row to be neighbours enough for one another; numbers and prices in a row are a table."""
PAGE = 5
"""Least known lines of three words or more that show a page, whose menus and footer spread their lines."""
HEADER = 12
"""How many lines above the body may hold its title and its byline."""
LATE = 0.96
"""A rule whose scope is the rest of the text fires only after this share of the letters in sentences."""
LATE_ON_PAGE = 0.9
"""The same where as many lines go below as show a footer: there teasers and comments are sentences too."""
SECTIONS = ("comments", "cookie")
"""Kinds that make sections of a page: once one is known, its fields and buttons go however far apart they stand."""
SECTION = 3
"""Least known lines of a kind in a section."""
_ITEM_LINES = 4
"""How many lines below the first one the last line of an item may stand."""
_LISTS = ("list", "rest")
_BULLETS = ("- ", "* ", "• ", "· ", "– ")


class Explanation(NamedTuple):
    """Why a content line goes by a rule, or stays although a rule matches it."""

    line: int
    rule: str
    goes: bool
    why: str


@dataclass(frozen=True)
class BoilerplateFilter:
    r"""Propose to drop the lines that the packs know as boilerplate.

    `packs` are packs of your own, beside the ones that come with the library.

    >>> [edit.rule for edit in BoilerplateFilter()(Document("She left at noon.\n\nPost a comment"))]
    ['comments.en.box']
    """

    packs: tuple[Pack, ...] = ()
    name: str = "boilerplate"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the cut of the boilerplate lines."""
        known = facts(doc, self.packs)
        rules = _dropping(known)
        last = len(doc.lines) - 1
        alone = doc.folds or last in rules or any(map(_fires_alone, rules.values()))
        if len(rules) < CROWD and not alone:
            return ()  # nothing here fires alone, and there are too few for a crowd
        gone = _Matches(doc, rules, known).gone_lines()
        return doc.cut({line: rule.name for line, rule in gone.items()})

    def explain(self, doc: Document) -> list[Explanation]:
        r"""Return for each line that a rule matches or takes along whether it goes, and why.

        >>> (found,) = BoilerplateFilter().explain(Document("She left at noon.\n\nPlay video"))
        >>> found.line, found.goes, found.why
        (1, False, 'brief, and 0 witnesses; no neighbor goes')
        """
        known = facts(doc, self.packs)
        matches = _Matches(doc, _dropping(known), known)
        gone = matches.gone_lines()
        found = [_explanation(matches, line, gone.get(line)) for line in sorted({*matches.verdicts, *gone})]
        for line, rule in known.foreign.items():
            if rule.action == "drop" and line not in gone:
                language = rule.name.split(".")[1]
                found.append(Explanation(line, rule.name, False, f"{language}: {known.languages.why(language)}"))
        return sorted(found)


def _fires_alone(rule: Rule) -> bool:
    return rule.confidence == "alone"


def _dropping(known: Facts) -> dict[int, Rule]:
    return {line: rule for line, rule in known.rules.items() if rule.action == "drop"}


def _explanation(matches: "_Matches", line: int, goes_by: Rule | None) -> Explanation:
    """Explain a line that goes by a rule, or that a rule matches."""
    if line not in matches.verdicts:
        return Explanation(line, cast("Rule", goes_by).name, True, "taken along by a heading or its neighbors")
    rule, verdict = matches.matched[line], matches.verdicts[line]
    if line in matches.alone and line in matches.placed:
        why = verdict.why
    elif goes_by:
        why = f"{verdict.why}; near others that go"
    elif verdict.trust == "alone":
        why = f"the rule fires at the {rule.position} of a text"
    else:
        why = verdict.why if verdict.trust == "silent" else f"{verdict.why}; no neighbor goes"
    return Explanation(line, (goes_by or rule).name, goes_by is not None, why)


class _Matches:
    """The lines of one document that rules match: which of them go, and by which rule."""

    def __init__(self, doc: Document, rules: Mapping[int, Rule], known: Facts) -> None:
        self.doc, self.lines, self.judge = doc, doc.lines, Judge(doc, known)
        self.matched = rules
        self.is_page = len(known.witnesses) >= PAGE
        self.verdicts = {line: self.judge.verdict(line, rule) for line, rule in rules.items()}
        self.rules = {line: rule for line, rule in rules.items() if self.verdicts[line].trust != "silent"}
        self.alone = {line for line, verdict in self.verdicts.items() if verdict.trust == "alone"}
        # A rule that fires alone matches no part of the body, however much its line reads as prose.
        prose = [line for line in sentences(doc, known) if line not in self.alone]
        # What stands at each post parts no body from other sentences: the posts of a forum are its text.
        self.body = body_range(
            doc, prose, sorted([line for line, rule in self.rules.items() if rule.kind != "comments"])
        )
        self.menus = inner_menus(doc, self.body, self.rules) if self.is_page else []
        self.placed = self._placed()
        self.gone: dict[int, Rule] = {}

    def gone_lines(self) -> dict[int, Rule]:
        """Return the lines that go, with the rule that each goes by."""
        self.gone.update(
            [(line, self.rules[line]) for line in self.rules if line in self.alone and line in self.placed]
        )
        self.gone.update(list(self._crowds()))
        for menu in self.menus:  # right above its next sentence an entry may be a heading of it
            self.gone.update([(line, self.rules[line]) for line in menu[:-HEADER] if line in self.placed])
        self._extend_to_rest()
        self._extend_to_block()
        self.gone.update(list(self._near_others()))
        self.gone.update(list(self._in_sections()))
        self._extend_to_widget()
        self._extend_to_threads()
        self.gone.update(
            [(line, self.gone[above]) for line, above in bridges(self.doc, self.body, self.gone.keys(), self.menus)]
        )
        return {line: self.gone[line] for line in sorted(self.gone)}

    def _placed(self) -> set[int]:
        """Return the lines that stand where their rules fire."""
        placed = {
            line
            for line, rule in self.rules.items()
            if rule.position == "any"
            or (rule.position != "end" and line < self.body.first)
            or (rule.position != "top" and line > self.body.last)
            or (self.doc.folds and self.judge.is_button(line, rule))
        }
        for menu in self.menus:
            placed.update([line for line in menu if line in self.rules and is_entry(self.rules[line])])
        return placed

    def _extend_to_rest(self) -> None:
        """Cut from a heading to the end of the text, where nearly all of the body lies above it."""
        end = len(self.lines)
        gone, sentences = sorted(self.gone), sorted(self.body.sentences)
        for line in sorted(filter(self._is_heading, self.rules), reverse=True):
            share = self.body.share_above(line, end) if line < end else 0
            reaches = share >= LATE or (
                share >= LATE_ON_PAGE
                and self.rules[line].kind == "related"
                and self._is_above_footer(line, gone, sentences)
            )
            if reaches and not self._ends_item(line):
                self.gone.update((other, self.gone.get(other, self.rules[line])) for other in range(line, end))
                end = line

    def _is_above_footer(self, line: int, gone: list[int], sentences: list[int]) -> bool:
        """Return True if a heading of related articles stands above many lines that go, and few sentences."""
        known = len(gone) - bisect_right(gone, line)
        return known >= max(LEAST, 2 * (len(sentences) - bisect_right(sentences, line)))

    def _is_heading(self, line: int) -> bool:
        """Return True if a line is a heading of all the rest; an item of a list is not, whatever its words."""
        if self.rules[line].scope != "rest" or self.lines[line].lstrip().startswith(_BULLETS):
            return False
        return self.judge.reaches_rest(line, self.rules[line])

    def _is_item(self, line: int) -> bool:
        return self.lines[line].lstrip().startswith(_BULLETS)

    def _ends_item(self, line: int) -> bool:
        """Return True if a line is the end of an item over several lines, and another item follows."""
        if line + 1 == len(self.lines) or not self._is_item(line + 1):
            return False
        above = line
        while above > max(line - _ITEM_LINES, 0) and not self.doc.gap(above):
            above -= 1
            if self._is_item(above):
                return True
        return False

    def _extend_to_block(self) -> None:
        """Cut from a heading to the next empty line or sentence."""
        for line, rule in list(self.gone.items()):
            if rule.scope != "block":
                continue
            following = line + 1
            while following < len(self.lines) and not self.doc.gap(following) and not self._is_kept_sentence(following):
                self.gone.setdefault(following, rule)
                following += 1

    def _extend_to_widget(self) -> None:
        """Cut what belongs to a widget whose first line goes: what it encloses, its second line, its items."""
        for line, rule in list(self.gone.items()):
            if self.rules.get(line) is not rule or not (rule.until or rule.below or rule.scope in _LISTS):
                continue
            found = [fenced(self.doc, line, rule.until)] if rule.until else []
            if rule.below:
                found.append(below(self.doc, line, rule.below))
            if self._heads_list(line, rule):
                found.append(listed(self.doc, line, self.body))
            for other in chain.from_iterable(found):
                self.gone.setdefault(other, rule)

    def _extend_to_threads(self) -> None:
        """Cut the posts of readers below the story."""
        for line, rule in list(Threads(self.doc, self.judge.facts, self.body, self.rules).found(self.gone)):
            self.gone.setdefault(line, rule)

    def _heads_list(self, line: int, rule: Rule) -> bool:
        """Return True if a line is the heading of a list; one of related articles may have reached the rest instead."""
        if rule.scope != "list" and (rule.scope != "rest" or rule.kind != "related"):
            return False
        return not self.lines[line].lstrip().startswith(_BULLETS)

    def _crowds(self) -> Iterator[tuple[int, Rule]]:
        """Yield the lines of every run of matches that is long enough."""
        if len(self.placed) < CROWD:
            return
        for _, run in groupby(enumerate(sorted(self.placed)), lambda pair: pair[1] - pair[0]):
            lines = [line for _, line in run]
            if len(lines) >= CROWD and sum(self.rules[line].matching != "pattern" for line in lines) >= CROWD:
                yield from ((line, self.rules[line]) for line in lines if line not in self.gone)

    def _is_kept_sentence(self, line: int) -> bool:
        return line in self.body.sentences and line not in self.gone

    def _near_others(self) -> Iterator[tuple[int, Rule]]:
        """Yield the lines that go because they stand near one that goes."""
        asking = {
            line: rule
            for line, rule in self.rules.items()
            if line not in self.gone and (rule.confidence == "alone" or line in self.placed)
        }
        gone = self.gone.keys()
        for line, rule in asking.items():
            near = self._near(line)
            if gone.isdisjoint(range(line - near, line + near + 1)):
                continue
            if self._leads(line, -near, asking) or self._leads(line, near, asking):
                yield line, rule

    def _in_sections(self) -> Iterator[tuple[int, Rule]]:
        """Yield the fields and buttons below the first certain line of their section."""
        if len(self.gone) < LEAST:
            return
        for kind in SECTIONS:
            known = [line for line, rule in self.rules.items() if rule.kind == kind]
            heads = [line for line in known if line in self.gone and line in self.alone]
            if not heads or len(known) < SECTION:
                continue
            for line in (line for line in known if line > heads[0]):
                yield line, self.gone.get(line, self.rules[line])
                yield from ((other, self.rules[line]) for other in (line - 1, line + 1) if self._is_counter(other))

    def _is_counter(self, line: int) -> bool:
        """Return True if a line beside the button of a comment holds its votes alone."""
        return 0 <= line < len(self.lines) and line not in self.gone and self.judge.facts.line(line).key == "0"

    def _near(self, line: int) -> int:
        """Return how far a neighbor of a line may stand: twice as far in the menus and the footer of a page."""
        outside = line + HEADER < self.body.first or self.body.below(line) or self.rules[line].kind == "share"
        return 2 * NEIGHBORS if self.is_page and outside else NEIGHBORS

    def _leads(self, line: int, way: int, asking: Collection[int]) -> bool:
        """Return True if one of the next `way` lines, up if negative, goes, and no sentence stands before it."""
        step = 1 if way > 0 else -1
        for other in range(line + step, line + way + step, step):
            if other in self.gone:
                return True
            if other not in asking and self._is_kept_sentence(other):
                return False
        return False
