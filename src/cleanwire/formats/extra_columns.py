"""Extra columns: the findings of a result in the shapes in which records and tables store them.

| column | value |
|---|---|
| `title`, `byline`, `dateline`, `date` | a string, or null |
| `captions` | a list of ``{text, credit, agency, start, end}``; `credit` and `agency` may be null |
| `edits` | a list of ``{action, rule, count}``: all edits, character fixes too; their sum is the report of a corpus |
| `removed` | a list of ``{start, end, text, action, rule, part}``: what was removed, without character fixes |
| `removed_ratio` | a number from 0 to 1: which share of the characters these are |

Offsets count the characters (code points) of the text before cleaning.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from cleanwire.result import Result

EXTRA_COLUMNS = ("captions", "byline", "title", "dateline", "date", "removed", "removed_ratio", "edits")
"""The names of the extra columns."""


def extra_columns(result: Result, names: Sequence[str]) -> dict[str, Any]:
    r"""Return the extra columns `names` of one result.

    >>> from cleanwire import Cleaner
    >>> extra_columns(Cleaner()("Photo: Ann Lee/AFP\n\nShe left at noon."), ["title", "captions"])
    {'title': None, 'captions': [{'text': '', 'credit': 'Ann Lee', 'agency': 'AFP', 'start': 0, 'end': 18}]}
    """
    return {name: extra_column(result, name) for name in names}


def extra_column(result: Result, name: str) -> Any:
    """Return one extra column of one result."""
    if name == "captions":
        return [
            {"text": c.text, "credit": c.credit, "agency": c.agency, "start": c.start, "end": c.end}
            for c in result.captions
        ]
    if name == "removed":
        return [
            {"start": s.start, "end": s.end, "text": s.text, "action": s.action, "rule": s.rule, "part": s.part}
            for s in result.spans
            if not s.kept
        ]
    if name == "edits":
        counts = Counter((edit.action, edit.rule) for step in result.steps for edit in step.edits)
        return [{"action": action, "rule": rule, "count": count} for (action, rule), count in sorted(counts.items())]
    return getattr(result, name)


def null_columns(names: Sequence[str]) -> dict[str, Any]:
    """Return the extra columns `names` of a record without a text: all null."""
    return dict.fromkeys(names)
