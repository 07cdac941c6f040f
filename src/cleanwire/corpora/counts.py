"""Counts of what was done, which can be added, written to a journal, and reported."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from cleanwire.result import Result


@dataclass
class Counts:
    """Counts of files, documents, bytes and edits.

    `documents` are the records that could be read; of these `changed` were changed, `empty` have no text, `late`
    exceeded their time limit, and `unsettled` were left unchanged since filters would change them again and again.
    `bad` records could not be read or cleaned.  `read` and `written` count the characters of the texts before and
    after.

    >>> Counts(documents=2) + Counts(documents=3, bad=1)
    Counts(documents=5, changed=0, empty=0, late=0, unsettled=0, bad=1, read=0, written=0, edits=Counter())
    """

    documents: int = 0
    changed: int = 0
    empty: int = 0
    late: int = 0
    unsettled: int = 0
    bad: int = 0
    read: int = 0
    written: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    """The number of edits, by action and rule with a space between."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __iadd__(self, other: "Counts") -> "Counts":
        for each in fields(self):
            if each.name != "edits":
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.edits.update(other.edits)
        return self

    def add_edits(self, result: Result, *, changed: bool = False) -> None:
        """Add the edits of one result; if only its bytes `changed`, invalid UTF-8 was repaired."""
        for step in result.steps:
            for edit in step.edits:
                self.edits[f"{edit.action} {edit.rule}"] += 1
        if changed and not result.changed:
            self.edits["fix charset"] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return the counts that are not zero, as plain data for JSON."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> "Counts":
        """Return the counts that `to_dict` returned as plain data."""
        return Counts(**{**data, "edits": Counter(data.get("edits", {}))})

    def by(self, part: str) -> Counter[str]:
        """Return the number of edits by ``action``, by ``kind`` (the first part of a rule's name) or by ``rule``.

        >>> Counts(edits=Counter({"drop share.en.tweet": 2, "drop share.any.bar": 1})).by("kind")
        Counter({'share': 3})
        """
        counts: Counter[str] = Counter()
        for name, number in self.edits.items():
            action, _, rule = name.partition(" ")
            counts[{"action": action, "kind": rule.partition(".")[0], "rule": rule}[part]] += number
        return counts


def counts_of(result: Result, changed: bool) -> Counts:
    """Return the counts of one document without its edits; `changed` says whether it is written otherwise.

    >>> from cleanwire import Cleaner
    >>> counts_of(Cleaner()("She left."), False)
    Counts(documents=1, changed=0, empty=0, late=0, unsettled=0, bad=0, read=9, written=9, edits=Counter())
    """
    written = len(result.text)
    lost = sum(
        len(removed) - len(edit.new)
        for step in result.steps
        for edit, removed in zip(step.edits, step.removed, strict=True)
    )
    return Counts(documents=1, changed=int(changed), read=written + lost, written=written)
