"""The task *encodings*: damaged texts are repaired and compared, exactly, with the originals."""

import base64
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from benchmarks.tools.data import Choice, Row
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner
from cleanwire.io.decode import decode
from cleanwire.packs.load import alphabets

REPAIR = Cleaner(only=frozenset({"encoding", "unicode", "space"}))
"""The filters that repair; the others would remove lines that these texts happen to have."""


class Repair(NamedTuple):
    """The result for one text: whether it is exact, and whether it was so before the filters."""

    row: Row
    exact: bool
    decoded: bool
    got: str


def report(path: Path, choice: Choice, repair: Cleaner = REPAIR, *, misses: int = 60) -> Report:
    """Return exact repairs by kind, and texts that were not repaired, from shortly before the first difference on."""
    groups: dict[str, list[Repair]] = defaultdict(list)
    for row in choice.rows(path):
        if "bytes_b64" in row:
            text = decode(base64.b64decode(row["bytes_b64"]), alphabets).text
        else:
            text = row["damaged"] if row.get("damaged") is not None else row["original"]
        got = repair(text).text
        groups[row["kind"]].append(Repair(row, got == row["original"], text == row["original"], got))
    made, rows = Report(), list[list[Cell]]()
    for kind, repairs in sorted(groups.items()):
        rows.append(_row(kind, repairs))
    sums = {
        "clean": groups.get("clean", []),
        "reversible text": [
            one
            for kind, repairs in groups.items()
            for one in repairs
            if "bytes_b64" not in one.row and one.row["reversible"] and kind != "clean"
        ],
        "bytes": [one for repairs in groups.values() for one in repairs if "bytes_b64" in one.row],
    }
    for name, repairs in sums.items():
        rows.append(_row(f"({name})", repairs))
        if repairs:
            made.figures[f"encodings.{name} exact %"] = Figure(100 * sum(r.exact for r in repairs) / len(repairs))
    columns = ("kind", "texts", "exact", "exact %", "exact unrepaired %")
    made.tables.append(Table("encodings: exact repairs by kind", columns, list(rows), digits=1))
    failed = [one for repairs in groups.values() for one in repairs if not one.exact][:misses]
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
