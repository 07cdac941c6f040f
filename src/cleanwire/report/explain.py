"""Why each line of a text was changed or not: which rules matched it, which fired, and why the others did not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from cleanwire.chain import REPAIRS, run
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Edit
from cleanwire.filters import BoilerplateFilter
from cleanwire.protection import KEPT, WHY, Protection
from cleanwire.report.places import Place, describe_action, describe_change, places
from cleanwire.report.reasons import reason

_LEFT_OUT = "the rule is left out by skip or only"
_PROTECTED, _NEVER = "protected", "never cut"
_ELSEWHERE = "another rule removed the line"


class Look(NamedTuple):
    """One rule that looked at a line: what it did (None: nothing), the evidence for that, and the rule's reason."""

    rule: str
    action: str | None
    evidence: str
    reason: str


@dataclass
class LineExplanation:
    """A line of the source, which begins at offset `start`: its number from 1, its text, and the rules that looked."""

    number: int
    start: int
    text: str
    looks: list[Look] = field(default_factory=list)


def explain(cleaner: Cleaner, text: str | Document, why: Mapping[str, str]) -> list[LineExplanation]:
    r"""Return the lines of a text that are not empty, each with the rules that looked at it.

    `why` has the reasons of rules by name.

    >>> lines = explain(Cleaner(), "She left at noon.\n\nPlay video", {})
    >>> [(look.rule, look.action, look.evidence) for look in lines[1].looks]
    [('player.en.prompts', None, 'brief, and 0 witnesses; no neighbor goes')]
    """
    document = cleaner.document(text)
    fired = places(cleaner(document))
    matches = list(_matches(cleaner, document))
    lines: list[LineExplanation] = []
    start = 0
    for number, line in enumerate(document.text.split("\n"), 1):
        end = start + len(line)
        if line.strip():
            done = [place for place in fired if place.start < end and place.end > start]
            here = [match for match in matches if match.start < end and match.end > start]
            guards = [match for match in here if match.protects]
            here = [match for match in here if not match.protects]
            looks = [*_protected(guards, why), *_fired(done, here, why), *_silent(done, here, why, guards)]
            lines.append(LineExplanation(number, start, line, looks))
        start = end + 1
    return lines


def _protected(guards: list["_Match"], why: Mapping[str, str]) -> Iterator[Look]:
    """Yield what protects a line."""
    for match in guards:
        yield Look(match.rule, _PROTECTED, match.evidence, WHY if match.rule == KEPT else reason(match.rule, why))


def _fired(done: list[Place], here: list["_Match"], why: Mapping[str, str]) -> Iterator[Look]:
    """Yield the rules that did something in a line, each action once."""
    evidence = {match.rule: match.evidence for match in here if match.goes}
    for rule, action in dict.fromkeys((place.rule, _action(place)) for place in done):
        yield Look(rule, action, evidence.get(rule, ""), reason(rule, why))


def _silent(done: list[Place], here: list["_Match"], why: Mapping[str, str], guards: list["_Match"]) -> Iterator[Look]:
    """Yield the rules that matched a line and did nothing."""
    rules = {place.rule for place in done}
    removed = any(not place.kept and place.action != "fix" for place in done)
    refused = f"{guards[0].rule} protects the line" if guards else _LEFT_OUT
    for match in here:
        if match.rule not in rules:
            told = (_ELSEWHERE if removed else refused) if match.goes else match.evidence
            yield Look(match.rule, None, told, reason(match.rule, why))


def _action(place: Place) -> str:
    return describe_action(place.action) if place.kept else describe_change(place.action)


class _Match(NamedTuple):
    """A line that the boilerplate rules know: its range in the source, the rule, whether it goes at first, and why."""

    start: int
    end: int
    rule: str
    goes: bool
    evidence: str
    protects: bool = False


@dataclass
class _Probe:
    """A filter that names the lines which something protects, or which a `BoilerplateFilter`, if any, can explain.

    The rule of an edit is the number of the line in `found`.
    """

    inner: BoilerplateFilter | None
    protection: Protection
    name: str = "probe"
    found: list[list[_Match]] = field(default_factory=list)

    def __call__(self, doc: Document, /) -> Iterator[Edit]:
        lines: dict[int, list[_Match]] = {}
        for number, line in enumerate(doc.lines if self.protection else ()):
            if rule := self.protection.by(line):
                lines[number] = [_Match(0, 0, rule, goes=False, evidence=_NEVER, protects=True)]
        for each in self.inner.explain(doc) if self.inner else ():
            lines.setdefault(each.line, []).append(_Match(0, 0, each.rule, each.goes, each.why))
        self.found = []
        for number, matches in sorted(lines.items()):
            line, start = doc.lines[number], doc.start(number)
            yield Edit(start, start + len(line), line, "title", str(len(self.found)))
            self.found.append(matches)


def _matches(cleaner: Cleaner, document: Document) -> Iterator[_Match]:
    """Yield what the boilerplate rules match in the repaired text, in offsets of the source."""
    inner = next((step for step in cleaner.chain if isinstance(step, BoilerplateFilter)), None)
    probe = _Probe(inner, cleaner.protection)
    chain = cleaner.chain if inner else [step for step in cleaner.chain if step.name in REPAIRS]
    before = takewhile(lambda step: step is not inner, chain)
    seen = run(document, [*before, probe], None, cleaner.view)
    for span in sorted(seen.spans, key=attrgetter("start")):
        if span.rule.isdigit():
            for match in probe.found[int(span.rule)]:
                yield match._replace(start=span.start, end=span.end)
