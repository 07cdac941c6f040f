"""A file as one task of an engine, cleaned block by block by the same run as in ``cleanwire clean``."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.corpora.blocks import CleanBlock
from cleanwire.corpora.checkpoint import Checkpoint, Errors
from cleanwire.corpora.counts import Counts
from cleanwire.corpora.output import Writing
from cleanwire.corpora.run import Ended, Job, Run, Work
from cleanwire.corpora.whole_files import CleanTexts
from cleanwire.formats.source import Reading
from cleanwire.io.location import Location
from cleanwire.io.undo import default_folder

ERRORS = ".errors.jsonl"
"""What is added to the name of an output to name the list of records that could not be read."""


@dataclass(frozen=True)
class CleanFile:
    """Cleans one file; it is small, and sent to the workers.

    `form`, `column`, `add` and `url` are the options of ``cleanwire clean``: ``--as``, ``--column``, ``--add`` and
    ``--url-column``.
    """

    cleaner: Cleaner = Cleaner()  # noqa: RUF009 - it is immutable
    form: str | None = None
    column: str | None = None
    add: tuple[str, ...] = ()
    url: str | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Clean the file ``row["name"]`` into ``row["target"]``, and return the row with the outcome.

        A file that cannot be read or written has an `error`, and no output.
        """
        name, target = row["name"], row["target"]
        work = Work(CleanBlock(self.cleaner), CleanTexts(self.cleaner))
        reading = Reading(self.form, self.column, self.add, self.url)
        checkpoint, errors = Checkpoint.open(None, {}, resume=False), Errors(Path(f"{target}{ERRORS}"))
        run = Run(work, reading, Writing(state=default_folder()), checkpoint, errors)
        for event in run([Job(Location(name), Location(target))], 1):
            if isinstance(event, Ended):
                counts = json.dumps(event.counts.to_dict())
                return {**row, "changed": event.changed, "size": event.size, "counts": counts, "error": event.error}
        raise AssertionError("every file ends")


def counts_of(row: dict[str, Any]) -> Counts:
    """Return the counts of a row that `CleanFile` returned.

    >>> counts_of({"counts": '{"documents": 2}'}).documents
    2
    """
    return Counts.from_dict(json.loads(row["counts"]))
