"""The report of a run: what was done, by what, to how much; plain data for JSON, for a data card to cite."""

import time
from dataclasses import dataclass, field
from typing import Any

from cleanwire.corpora.tally import Tally


@dataclass
class Total:
    """What became of all files; `size` are the bytes of those that are done, `here` what is done of the one at work."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    size: int = 0
    tally: Tally = field(default_factory=Tally)
    here: Tally = field(default_factory=Tally)
    here_size: int = 0
    begun: float = field(default_factory=time.time)

    def advance(self, tally: Tally, size: int) -> None:
        """Count a block of the file at work."""
        self.here += tally
        self.here_size += size

    def end(self, tally: Tally, size: int, *, changed: bool, failed: bool) -> None:
        """Count a file; of one that failed, nothing was done."""
        self.here, self.here_size = Tally(), 0
        self.failed += failed
        self.changed += changed and not failed
        self.unchanged += not changed and not failed
        self.tally += tally
        self.size += size

    @property
    def files(self) -> int:
        """How many files are done, or could not be."""
        return self.changed + self.unchanged + self.failed

    @property
    def seconds(self) -> float:
        """How long the run takes, as yet."""
        return time.time() - self.begun


def report(total: Total, identity: dict[str, Any], options: dict[str, Any], errors: str | None) -> dict[str, Any]:
    """Return the report; `errors` is where the records that could not be read are listed.

    >>> sorted(report(Total(), {"rules": "0"}, {}, None))
    ['begun', 'by', 'bytes', 'characters', 'documents', 'edits', 'errors', 'files', 'options', 'seconds']
    """
    tally = total.tally
    return {
        "begun": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(total.begun)),
        "seconds": round(total.seconds, 3),
        "by": identity,
        "options": options,
        "files": {"changed": total.changed, "unchanged": total.unchanged, "failed": total.failed},
        "documents": {
            "read": tally.documents,
            "changed": tally.changed,
            "without_text": tally.empty,
            "over_budget": tally.late,
            "unreadable": tally.bad,
        },
        "bytes": total.size,
        "characters": {"before": tally.read, "after": tally.written},
        "edits": {
            "by_action": _sorted(tally, "action"),
            "by_kind": _sorted(tally, "kind"),
            "by_rule": _sorted(tally, "rule"),
        },
        "errors": errors,
    }


def _sorted(tally: Tally, part: str) -> dict[str, int]:
    return dict(sorted(tally.by(part).items(), key=lambda pair: (-pair[1], pair[0])))
