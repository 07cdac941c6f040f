"""Changes as data for other programs: JSON, annotations of GitHub, SARIF."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from cleanwire.report.compare import Removed
from cleanwire.report.places import Place, places
from cleanwire.report.reasons import reason
from cleanwire.report.shown import shown, shown_spaces
from cleanwire.result import Result

FORMATS = ("json", "github", "sarif")
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Finding(NamedTuple):
    """A change: what, where and why.

    `start` and `end` are offsets in the source, in characters; lines and columns count from 1, and the end column is
    that of the character after the last.
    """

    document: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    action: str
    rule: str
    part: str | None
    reason: str
    text: str
    new: str


def findings(name: str, result: Result, why: Mapping[str, str]) -> Iterator[Finding]:
    r"""Yield the changes to a document called `name`, in order; what was named and kept is none.

    >>> from cleanwire import Cleaner
    >>> (found,) = findings("a.txt", Cleaner()("She left at noon.\n\nPost a comment"), {})
    >>> found.rule, found.line, found.column
    ('comments.en.box', 3, 1)
    """
    if not result.changed:
        return
    starts = [0, *accumulate(len(line) + 1 for line in result.undo().split("\n"))]

    def position(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    for place in places(result):
        if not place.kept:
            yield Finding(
                name, place.start, place.end, *position(place.start), *position(place.end), place.action, place.rule,
                place.part, reason(place.rule, why), place.text, place.new,
            )  # fmt: skip


def removed(result: Result) -> list[Removed]:
    """Return the ranges that a cleaning removed, in order, for `compare`.

    >>> from cleanwire import Cleaner
    >>> removed(Cleaner()("Post a comment"))
    [Removed(start=0, end=14, rule='comments.en.box')]
    """
    return [_removed(place) for place in places(result) if not place.kept and place.action != "fix"]


def _removed(place: Place) -> Removed:
    return Removed(place.start, place.end, place.rule)


def read_findings(data: Iterable[Mapping[str, Any]]) -> dict[str, list[Removed]]:
    """Return what was removed from each document, by its name, from the findings that `as_json` wrote.

    >>> read_findings([{"document": "a", "start": 0, "end": 5, "rule": "share", "action": "drop"}])
    {'a': [Removed(start=0, end=5, rule='share')]}
    """
    found: dict[str, list[Removed]] = {}
    for each in data:
        if each["action"] != "fix":
            found.setdefault(each["document"], []).append(Removed(each["start"], each["end"], each["rule"]))
    return {name: sorted(ranges) for name, ranges in found.items()}


def as_json(found: Iterable[Finding]) -> Iterator[str]:
    r"""Yield the lines of a JSON array of findings.

    >>> "".join(as_json([]))
    '[\n]\n'
    """
    yield "[\n"
    comma = ""
    for each in found:
        yield f"{comma}{json.dumps(each._asdict(), ensure_ascii=True)}"
        comma = ",\n"
    yield "\n]\n" if comma else "]\n"


def as_github(found: Iterable[Finding]) -> Iterator[str]:
    r"""Yield a workflow command for each finding, which GitHub shows beside the line.

    >>> print(*as_github([Finding("a,b.txt", 0, 5, 1, 1, 1, 6, "drop", "share", None, "A bar.", "Tweet", "")]))
    ::warning file=a%2Cb.txt,line=1,col=1,endLine=1,endColumn=6,title=share::drop: Tweet (A bar.)
    <BLANKLINE>
    """
    for each in found:
        values = {
            "file": each.document, "line": each.line, "col": each.column, "endLine": each.end_line,
            "endColumn": each.end_column, "title": each.rule,
        }  # fmt: skip
        values_shown = ",".join(f"{key}={_escaped(shown(str(value)), ':,')}" for key, value in values.items())
        yield f"::warning {values_shown}::{_escaped(f'{_told(each)} ({each.reason})')}\n"


def _told(each: Finding) -> str:
    """Return what was done in one line: the action and the text; white space that is repaired is made visible."""
    text = shown_spaces(each.text) if each.action == "fix" and not each.text.strip() else each.text
    return f"{each.action}: {shown(' '.join(text.split()))}"


def _escaped(text: str, others: str = "") -> str:
    for character in f"%\r\n{others}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_sarif(found: Iterable[Finding]) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log of findings.

    >>> json.loads("".join(as_sarif([])))["version"]
    '2.1.0'
    """
    rules: dict[str, str] = {}
    results = []
    for each in found:
        rules.setdefault(each.rule, each.reason)
        results.append(_sarif_result(each))
    driver = {
        "name": "cleanwire",
        "rules": [{"id": rule, "shortDescription": {"text": why or rule}} for rule, why in rules.items()],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=1) + "\n"


def _sarif_result(each: Finding) -> dict[str, Any]:
    from urllib.parse import quote

    region = {
        "startLine": each.line, "startColumn": each.column, "endLine": each.end_line, "endColumn": each.end_column,
        "charOffset": each.start, "charLength": each.end - each.start,
    }  # fmt: skip
    location = {"artifactLocation": {"uri": quote(each.document, errors="replace")}, "region": region}
    return {
        "ruleId": each.rule, "level": "warning", "message": {"text": f"{_told(each)} ({each.reason})"},
        "locations": [{"physicalLocation": location}],
    }  # fmt: skip


def rendered(form: str, found: Iterable[Finding]) -> Iterator[str]:
    """Yield findings in one of `FORMATS`, in pieces of text.

    >>> list(rendered("github", []))
    []
    """
    return {"json": as_json, "github": as_github, "sarif": as_sarif}[form](found)
