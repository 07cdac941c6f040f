"""What was done, in numbers that can be added up, written to a journal, and reported."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from cleanwire.result import Result


@dataclass
class Tally:
    """Counts of files, documents, bytes and edits.

    `documents` are the records that could be read, of which `changed` were changed, `empty` have no text, and `late`
    were left since their time was up; `bad` could not be read.  `read` and `written` are the
    characters of their texts.

    >>> Tally(documents=2) + Tally(documents=3, bad=1)
    Tally(documents=5, changed=0, empty=0, late=0, bad=1, read=0, written=0, edits=Counter())
    """

    documents: int = 0
    changed: int = 0
    empty: int = 0
    late: int = 0
    bad: int = 0
    read: int = 0
    written: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    """How many edits, by action and rule with a blank between."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __iadd__(self, other: "Tally") -> "Tally":
        for each in fields(self):
            if each.name != "edits":
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.edits.update(other.edits)
        return self

    def count(self, result: Result) -> None:
        """Count the edits of one result."""
        for step in result.steps:
            for edit in step.edits:
                self.edits[f"{edit.action} {edit.rule}"] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return what is not nothing, as plain data for JSON."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> "Tally":
        """Read back what `to_dict` returned."""
        return Tally(**{**data, "edits": Counter(data.get("edits", {}))})

    def by(self, part: str) -> Counter[str]:
        """Count the edits by ``action``, by ``kind`` (the first part of a rule's name) or by ``rule``.

        >>> Tally(edits=Counter({"drop share.en.tweet": 2, "drop share.any.bar": 1})).by("kind")
        Counter({'share': 3})
        """
        counts: Counter[str] = Counter()
        for name, number in self.edits.items():
            action, _, rule = name.partition(" ")
            counts[{"action": action, "kind": rule.partition(".")[0], "rule": rule}[part]] += number
        return counts
