"""Pin figures: one that gets worse than its floor fails, and a floor is lowered only with a reason on record.

A file of floors holds, by task, the figures with the digests of the data that they were measured on, and the number of
rules.  Figures are written with six decimals, so one may differ from its floor by what that rounding takes (`EPSILON`).
Some are allowed a *slack* beyond that: 0.03 lets a figure be 3 % worse.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from benchmarks.tools.tables import Figure

DECIMALS = 6
EPSILON = 1e-6
"""Twice what rounding to `DECIMALS` can take: once when a floor is written, once when a figure is rounded."""


class RegressionError(Exception):
    """An update would lower a floor, and no reason was given."""


@dataclass(frozen=True)
class Basis:
    """What the figures of a task rest on: digests of the data by name, and the number of rules in the packs."""

    data: Mapping[str, str] = field(default_factory=dict)
    rules: int = 0


@dataclass
class Pinned:
    """The floors of one task: what they were measured on, and each figure; `loss` names those where less is better."""

    data: dict[str, str]
    rules: int
    figures: dict[str, float]
    loss: list[str] = field(default_factory=list)


@dataclass
class Floors:
    """All floors of one file, with the reasons for those that were lowered."""

    pinned: dict[str, Pinned] = field(default_factory=dict)
    regressions: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file of floors."""
        plain = json.loads(path.read_text(encoding="utf-8"))
        return cls({task: Pinned(**pinned) for task, pinned in plain["pinned"].items()}, plain["regressions"])

    def write(self, path: Path) -> None:
        """Write the floors, sorted, so that a change of one is a change of one line."""
        plain = {"pinned": {task: vars(self.pinned[task]) for task in sorted(self.pinned)}}
        path.write_text(
            json.dumps({**plain, "regressions": self.regressions}, ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )

    def check(self, task: str, figures: Mapping[str, Figure], basis: Basis = Basis(), slack: float = 0.0) -> list[str]:
        """Return a message for each floor of a task that does not hold; none where nothing is pinned."""
        pinned = self.pinned.get(task)
        if pinned is None:
            return []
        changed = sorted(name for name in {*pinned.data, *basis.data} if pinned.data.get(name) != basis.data.get(name))
        if changed:
            files = ", ".join(changed)
            return [
                f"{task}: {files} changed since the floors were pinned; measure on the same, or pin again with --update"
            ]
        wrong = []
        if basis.rules < pinned.rules:
            wrong.append(f"{task}: {basis.rules} rules are left of {pinned.rules}")
        for name, floor in pinned.figures.items():
            if name not in figures:
                wrong.append(f"{task}: {name} is pinned at {floor} and was not measured")
            elif _worse(figures[name], floor, slack):
                wrong.append(f"{task}: {name} is {figures[name].value:.6f}, its floor {floor}")
        return wrong

    def update(
        self,
        task: str,
        figures: Mapping[str, Figure],
        basis: Basis = Basis(),
        slack: float = 0.0,
        *,
        why: str | None = None,
    ) -> None:
        """Pin the figures of a task at their present values, except where a floor that holds is better.

        Raises `RegressionError`, and changes nothing, where a floor would get worse, vanish, or rest on other data and
        `why` gives no reason; a reason is kept with the floors that it lowered.
        """
        worse = self.check(task, figures, basis, slack)
        if worse and not why:
            raise RegressionError("\n".join([*worse, 'To lower these floors: --allow-regression "why".']))
        if worse:
            self.regressions.append({"task": task, "why": why, "lowered": worse})
        # The slack must not add up over updates: a floor that holds is never written lower.
        held = {} if worse or task not in self.pinned else self.pinned[task].figures
        self.pinned[task] = Pinned(
            dict(sorted(basis.data.items())),
            basis.rules,
            {name: _better(figure, held.get(name)) for name, figure in sorted(figures.items())},
            sorted(name for name, figure in figures.items() if figure.loss),
        )


def _worse(figure: Figure, floor: float, slack: float) -> bool:
    if figure.loss:
        return figure.value > floor * (1 + slack) + EPSILON
    return figure.value < floor / (1 + slack) - EPSILON


def _better(figure: Figure, floor: float | None) -> float:
    value = round(figure.value, DECIMALS)
    if floor is None:
        return value
    return min(value, floor) if figure.loss else max(value, floor)


class Judge:
    """Checks figures against the floors of a file, or pins them, as the options of a command say."""

    def __init__(self, path: Path, options: argparse.Namespace) -> None:
        self.floors = Floors.read(path)
        self._path, self._update, self._why = path, options.update, options.allow_regression
        self._wrong: list[str] = []

    @staticmethod
    def add_options(parser: argparse.ArgumentParser) -> None:
        """Add the options that this class reads."""
        parser.add_argument("--update", action="store_true", help="pin figures that are better or new")
        parser.add_argument("--allow-regression", metavar="WHY", help="with --update: pin worse ones too")

    def add(self, task: str, figures: Mapping[str, Figure], basis: Basis = Basis(), slack: float = 0.0) -> None:
        """Check the figures of one task, or take them over."""
        if not self._update:
            self.fail(self.floors.check(task, figures, basis, slack))
            return
        try:
            self.floors.update(task, figures, basis, slack, why=self._why)
        except RegressionError as error:
            self.fail([str(error)])

    def fail(self, wrong: Sequence[str]) -> None:
        """Add messages on what is wrong."""
        self._wrong += wrong

    def finish(self) -> int:
        """Print what is wrong and return 1; else write the file, where that was asked for, and return 0."""
        if self._wrong:
            print(*self._wrong, sep="\n", file=sys.stderr)
            return 1
        if self._update:
            self.floors.write(self._path)
        return 0
