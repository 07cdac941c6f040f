"""A file as one task of an engine: cleaned block by block into its place, by the same run that the command makes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.corpora.ledger import Errors, Ledger
from cleanwire.corpora.run import Ended, Job, Plan, Run, Work
from cleanwire.corpora.tally import Tally
from cleanwire.corpora.texts import CleanTexts
from cleanwire.corpora.work import CleanBlock
from cleanwire.io.undo import default_folder

ERRORS = ".errors.jsonl"
"""What the list of the records of a file that could not be read is called, behind the name of what came of it."""


@dataclass(frozen=True)
class CleanFile:
    """Cleans one file; it travels to the workers, and is small.

    `form`, `column`, `add` and `url` are those of `cleanwire clean`.
    """

    cleaner: Cleaner = Cleaner()  # noqa: RUF009 - it is frozen
    form: str | None = None
    column: str | None = None
    add: tuple[str, ...] = ()
    url: str | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Clean the file ``row["name"]`` into ``row["target"]``, and return what was done.

        A file that cannot be read or written leaves nothing behind and has an `error`.
        """
        name, target = row["name"], row["target"]
        work = Work(CleanBlock(self.cleaner), CleanTexts(self.cleaner))
        plan = Plan(self.form, self.column, self.add, self.url, {}, default_folder())
        run = Run(work, plan, Ledger.open(None, {}, resume=False), Errors(Path(f"{target}{ERRORS}")))
        for event in run([Job(name, target)], 1):
            if isinstance(event, Ended):
                tally = json.dumps(event.tally.to_dict())
                return {**row, "changed": event.changed, "size": event.size, "tally": tally, "error": event.error}
        raise AssertionError("a file ends")


def tally_of(row: dict[str, Any]) -> Tally:
    """Return the counts of a row that `CleanFile` gave.

    >>> tally_of({"tally": '{"documents": 2}'}).documents
    2
    """
    return Tally.from_dict(json.loads(row["tally"]))
