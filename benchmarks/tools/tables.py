"""What a task returns: tables to read, and figures to pin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Cell = str | int | float | None


class Figure(NamedTuple):
    """One number that `floors` may pin; less of a `loss` is better, more of anything else."""

    value: float
    loss: bool = False


@dataclass
class Table:
    """Rows under a title; a float is printed with `digits` decimals, None as a dash."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]]
    digits: int = 2

    def show(self) -> str:
        """Return the table as plain text, numbers aligned to the right.

        >>> print(Table("lines", ["label", "out %"], [["share", 66.667], ["nav", None]]).show())
        lines
        label  out %
        share  66.67
        nav        –
        """
        cells = [list(self.columns), *([self._word(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        left = [any(isinstance(row[i], str) for row in self.rows) for i in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.ljust(width) if side else cell.rjust(width)
                for cell, width, side in zip(row, widths, left, strict=True)
            ).rstrip()
            for row in cells
        ]
        return "\n".join([self.title, *lines])

    def _word(self, cell: Cell) -> str:
        if cell is None:
            return "–"
        return f"{cell:.{self.digits}f}" if isinstance(cell, float) else str(cell)

    def plain(self) -> dict[str, Any]:
        """Return the table as plain data for JSON."""
        return {"title": self.title, "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}


@dataclass
class Report:
    """The tables and figures of one task; names of figures start with that of the task."""

    tables: list[Table] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)


def share(part: float, whole: float) -> float | None:
    """Return `part` of `whole` in per cent; None if `whole` is 0.

    >>> share(1, 4)
    25.0
    """
    return 100 * part / whole if whole else None


def write_block(path: Path, name: str, text: str) -> None:
    """Write `text` into a Markdown file, between the two comments that mark the block `name`."""
    begin, end = f"<!-- {name}: written by `make {name}` -->", f"<!-- /{name} -->"
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
