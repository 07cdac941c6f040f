"""The report of a run as plain data for JSON: what was done, with what, to how much; a data card can cite it."""

import time
from dataclasses import dataclass, field
from typing import Any

from cleanwire.corpora.counts import Counts


@dataclass
class Total:
    """The totals of a run; `size` counts the bytes of finished files, `current` what is done of the current file."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    size: int = 0
    counts: Counts = field(default_factory=Counts)
    current: Counts = field(default_factory=Counts)
    current_size: int = 0
    begun: float = field(default_factory=time.time)

    def advance(self, counts: Counts, size: int) -> None:
        """Add a block of the current file."""
        self.current += counts
        self.current_size += size

    def end(self, counts: Counts, size: int, *, changed: bool, failed: bool) -> None:
        """Add a file; of one that failed, nothing was done."""
        self.current, self.current_size = Counts(), 0
        self.failed += failed
        self.changed += changed and not failed
        self.unchanged += not changed and not failed
        self.counts += counts
        self.size += size

    @property
    def files(self) -> int:
        """The number of files that are finished or failed."""
        return self.changed + self.unchanged + self.failed

    @property
    def seconds(self) -> float:
        """The time since the run began, in seconds."""
        return time.time() - self.begun


def report(total: Total, identity: dict[str, Any], options: dict[str, Any], errors: str | None) -> dict[str, Any]:
    """Return the report; `errors` is the path of the list of records that could not be read.

    >>> sorted(report(Total(), {"rules": "0"}, {}, None))
    ['begun', 'by', 'bytes', 'characters', 'documents', 'edits', 'errors', 'files', 'options', 'seconds']
    """
    counts = total.counts
    return {
        "begun": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(total.begun)),
        "seconds": round(total.seconds, 3),
        "by": identity,
        "options": options,
        "files": {"changed": total.changed, "unchanged": total.unchanged, "failed": total.failed},
        "documents": {
            "read": counts.documents,
            "changed": counts.changed,
            "without_text": counts.empty,
            "over_budget": counts.late,
            "unsettled": counts.unsettled,
            "unreadable": counts.bad,
        },
        "bytes": total.size,
        "characters": {"before": counts.read, "after": counts.written},
        "edits": {
            "by_action": _sorted(counts, "action"),
            "by_kind": _sorted(counts, "kind"),
            "by_rule": _sorted(counts, "rule"),
        },
        "errors": errors,
    }


def _sorted(counts: Counts, part: str) -> dict[str, int]:
    return dict(sorted(counts.by(part).items(), key=lambda pair: (-pair[1], pair[0])))
