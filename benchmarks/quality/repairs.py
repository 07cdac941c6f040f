"""The task *encodings*: a damaged text goes in; is it exactly what it was before the damage?"""

import base64
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.tools.pages import Choice, Row
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import ARTICLE, Cleaner

MENDERS = frozenset({"encoding", "unicode", "space"})
"""The filters that mend; the others would cut lines that these texts happen to hold."""


class Repair(NamedTuple):
    """What became of one text."""

    row: Row
    exact: bool
    decoded: bool
    got: str


class Tools(NamedTuple):
    """What the library mends with: a chain for texts, and bytes -> text; None where it has no such thing yet."""

    mend: Cleaner | None
    decode: Callable[[bytes], str] | None


def library() -> Tools:
    """Return the tools of the library as it is."""
    mend = Cleaner(only=MENDERS) if any(act.name in MENDERS for act in ARTICLE) else None
    if find_spec("cleanwire.decode") is None:
        return Tools(mend, None)
    decode = import_module("cleanwire.decode").decode
    return Tools(mend, lambda data: str(decode(data).text))


def report(path: Path, choice: Choice, tools: Tools | None = None, *, misses: int = 60) -> Report:
    """Return exact repairs by kind, and the texts that were not repaired with the place of the first difference."""
    mend, decode = tools or library()
    groups: dict[str, list[Repair]] = defaultdict(list)
    absent: list[str] = []
    for row in choice.rows(path):
        if "bytes_b64" in row:
            text = decode(base64.b64decode(row["bytes_b64"])) if decode else None
        else:
            text = row["damaged"] if row.get("damaged") is not None else row["original"]
        if text is None or (mend is None and "bytes_b64" not in row):
            absent.append(row["kind"])
            continue
        got = mend(text).text if mend else text
        groups[row["kind"]].append(Repair(row, got == row["original"], text == row["original"], got))
    made, rows = Report(), list[list[Cell]]()
    for kind, repairs in sorted(groups.items()):
        rows.append(_row(kind, repairs))
    sums = {
        "clean": groups.get("clean", []),
        "reversible text": [
            repair
            for kind, repairs in groups.items()
            for repair in repairs
            if "bytes_b64" not in repair.row and repair.row["reversible"] and kind != "clean"
        ],
        "bytes": [repair for repairs in groups.values() for repair in repairs if "bytes_b64" in repair.row],
    }
    for name, repairs in sums.items():
        rows.append(_row(f"({name})", repairs))
        if repairs:
            made.figures[f"encodings.{name} exact %"] = Figure(100 * sum(r.exact for r in repairs) / len(repairs))
    title = "encodings: exact repairs by kind"
    if absent:
        title += f" (absent from the library as it is: what would mend {', '.join(sorted(set(absent)))})"
    made.tables.append(Table(title, ("kind", "texts", "exact", "exact %", "as they came %"), list(rows), digits=1))
    failed = [repair for repairs in groups.values() for repair in repairs if not repair.exact][:misses]
    made.tables.append(
        Table(
            "encodings: not repaired", ("id", "kind", "encoding", "want", "got"), [_difference(one) for one in failed]
        )
    )
    return made


def _row(name: str, repairs: list[Repair]) -> list[Cell]:
    exact = sum(repair.exact for repair in repairs)
    return [
        name, len(repairs), exact, share(exact, len(repairs)), share(sum(r.decoded for r in repairs), len(repairs))
    ]  # fmt: skip


def _difference(repair: Repair) -> list[Cell]:
    want, got = repair.row["original"], repair.got
    first = next((i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b), min(len(want), len(got)))
    begin = max(first - 15, 0)
    return [
        repair.row["id"], repair.row["kind"], repair.row.get("encoding") or "",
        ascii(want[begin : first + 25]), ascii(got[begin : first + 25]),
    ]  # fmt: skip
