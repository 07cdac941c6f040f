"""Agency tails: "(Reporting by Ann Lee; Editing by Bo Roe)", who else worked on a story.

The labels come from rules of kind ``tail`` with `label`; what stands behind them must be names, so that a sentence
about reporting stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.scan.cues import SIGNOFF, Cue

_LONG = 600
"""No tail is longer than this."""
_OPENING = 4
"""How many letters of a line tell whether a label may stand there, less where a label has less."""
_CASES = (str.lower, str.title, str.capitalize, str.upper)
_CLOSERS = (")", "）", "]", ").", "].", ") ", " ")
_SMALL = frozenset(
    [
        "and",
        "in",
        "with",
        "by",
        "the",
        "for",
        "at",
        "from",
        "bureau",
        "newsroom",
        "desk",
        "team",
        "staff",
        "et",
        "en",
        "à",
        "de",
        "von",
        "und",
        "in",
        "der",
        "bei",
        "y",
        "e",
        "do",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "del",
        "di",
        "el",
        "van",
        "al",
        "bin",
        "also",
        "contributing",
        "additional",
    ]
)
_WORD = deferred(regex.compile, r"[\p{L}\p{M}][\p{L}\p{M}'’.-]*+")


class Signoff(NamedTuple):
    """The tail of a line: it starts at `start` and ends with the line; `sure` in brackets, or with several clauses."""

    start: int
    rule: str
    sure: bool


class Signoffs:
    """The agency tails that some packs know.

    >>> from cleanwire.packs.pack import builtin_packs
    >>> read = Signoffs(builtin_packs()).read
    >>> read("The road is open. (Reporting by Ann Lee; Editing by Bo Roe)")
    Signoff(start=17, rule='tail.en.desk', sure=True)
    >>> read("Reporting by night is hard, she said.") is None
    True
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        for rule in (rule for pack in packs for rule in pack.rules if rule.kind == "tail" and rule.matching == "label"):
            for label in rule.phrases:
                self._labels[label[:2].casefold()].append((label.casefold(), rule))
        for known in self._labels.values():
            known.sort(key=lambda entry: len(entry[0]), reverse=True)
        self._openings = {pair: tuple(label for label, _ in known) for pair, known in self._labels.items()}
        labels = [label for known in self._openings.values() for label in known]
        self._reach = max(map(len, labels), default=0)
        self._glance = min([_OPENING, *map(len, labels)])
        spelt = [label[: self._glance] for label in labels]
        self._beginnings = frozenset(case(label) for label in spelt for case in _CASES)
        later = rf"(?<!additional|and),?\.?\s(?=(?:{'|'.join(map(regex.escape, labels))})\s)" if labels else r"\n"
        self._clause = regex.compile(rf"\s*[;；]\s*|{later}", regex.IGNORECASE)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a sign-off: how its label begins, and how brackets close it."""
        yield from (Cue(beginning, "start", SIGNOFF) for beginning in self._beginnings)
        yield from (Cue(closer, "end", SIGNOFF) for closer in _CLOSERS)

    def read(self, line: str) -> Signoff | None:
        """Return the tail of `line`, or None."""
        if line[:1].isspace():
            lead = len(line) - len(line.lstrip())
            tail = self.read(line[lead:])
            return tail._replace(start=tail.start + lead) if tail and tail.start else tail
        stop = len(line.rstrip())
        closed = stop and line[stop - 1] in ")）]"
        if closed or (stop > 1 and line[stop - 2 : stop] in (").", "],")):
            start = max(line.rfind("(", 0, stop), line.rfind("（", 0, stop), line.rfind("[", 0, stop))
            if start < 0 or stop - start > _LONG:
                return None
            rule = self._desk(line[start + 1 : stop].rstrip(".)）]"), bracketed=True)
            return Signoff(len(line[:start].rstrip()), rule, sure=True) if rule else None
        if stop > _LONG or line[:2].casefold() not in self._labels:
            return None
        words = line[:stop].rstrip(".")
        rule = self._desk(words, bracketed=False)
        return Signoff(0, rule, sure=self._clause.search(words) is not None) if rule else None

    def _desk(self, words: str, *, bracketed: bool) -> str | None:
        """Return the rule of a tail that is `words`, clause by clause."""
        opening = words.lstrip()[: self._reach].casefold()
        if not opening.startswith(self._openings.get(opening[:2], ())):
            return None  # the first clause has no label; splitting costs more than to see that
        owner = None
        for clause in self._clause.split(words):
            rest = clause.strip()
            low = rest.casefold()
            label, rule = next(
                (
                    (p, r)
                    for p, r in self._labels.get(low[:2], ())
                    if low.startswith(p) and not low[len(p) :][:1].isalpha()
                ),
                ("", None),
            )
            if not rule and not (bracketed and owner):
                return None
            owner = owner or (rule.name if rule else None)
            tail = rest[len(label) :]
            if rule and not tail.strip(" :"):
                return None
            if rule and not _are_names(tail):
                return None
        return owner


def _are_names(words: str) -> bool:
    """Whether words are names, and what joins them."""
    return all(
        not word[0].islower() or word.casefold() in _SMALL or word.startswith("al-") for word in _WORD.findall(words)
    )
