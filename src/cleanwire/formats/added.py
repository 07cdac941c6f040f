"""The columns that can be added: what was found in a text, each in a stated shape.

| column | holds |
|---|---|
| `title`, `byline`, `dateline`, `date` | a string, or null |
| `captions` | a list of ``{text, credit, agency, start, end}``; credit and agency may be null |
| `edits` | a list of ``{action, rule, count}``: all that was done, mended characters too; sums of it are a report |
| `removed` | a list of ``{start, end, text, action, rule, part}``: what left the text, but for mended characters |

Places count the characters (code points) of the text as it came.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from cleanwire.result import Result

ADDABLE = ("captions", "byline", "title", "dateline", "date", "removed", "edits")
"""The names of the columns."""


def added(result: Result, names: Sequence[str]) -> dict[str, Any]:
    r"""Return the columns called `names` of one result.

    >>> from cleanwire import Cleaner
    >>> added(Cleaner()("Photo: Ann Lee/AFP\n\nShe left at noon."), ["title", "captions"])
    {'title': None, 'captions': [{'text': '', 'credit': 'Ann Lee', 'agency': 'AFP', 'start': 0, 'end': 18}]}
    """
    return {name: value(result, name) for name in names}


def value(result: Result, name: str) -> Any:
    """Return one column of one result."""
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


def nothing(names: Sequence[str]) -> dict[str, Any]:
    """Return the columns of a record without a text: nulls."""
    return dict.fromkeys(names)
