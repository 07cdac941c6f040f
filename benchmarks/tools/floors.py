"""Pin figures: a figure that falls below its floor fails, and a floor is lowered only with a reason on record.

``floors.json`` holds, by task, the figures with the digests of the files that they were measured on, and the count of
rules.  Figures are deterministic; they are written with six decimals, so one may differ from its floor by what that
rounding takes (`EPSILON`) and by no more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from benchmarks.tools.tables import Figure

DECIMALS = 6
EPSILON = 1e-6
"""Twice what rounding to so many decimals can take: once when a floor is written, once when a figure is rounded."""


class RegressionError(Exception):
    """An update would lower a floor, and no reason was given."""


@dataclass
class Pinned:
    """The floors of one task: what they were measured on, and each figure; `loss` names those where less is better."""

    data: dict[str, str]
    rules: int
    figures: dict[str, float]
    loss: list[str] = field(default_factory=list)


@dataclass
class Floors:
    """All floors, with the reasons that any were lowered for."""

    pinned: dict[str, Pinned] = field(default_factory=dict)
    regressions: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read floors; a file without tasks pins nothing."""
        plain = json.loads(path.read_text(encoding="utf-8"))
        return cls({task: Pinned(**pinned) for task, pinned in plain["pinned"].items()}, plain["regressions"])

    def write(self, path: Path) -> None:
        """Write floors, sorted, so that a change of one is a change of one line."""
        plain = {"pinned": {task: vars(self.pinned[task]) for task in sorted(self.pinned)}}
        path.write_text(
            json.dumps({**plain, "regressions": self.regressions}, ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )

    def check(
        self, task: str, figures: Mapping[str, Figure], data: Mapping[str, str], rules: int, slack: float = 0.0
    ) -> list[str]:
        """Return what is wrong with the figures of a task, in sentences; nothing where all floors hold.

        With `slack`, a figure may be worse than its floor by less than that part of it: 0.25, a quarter.
        """
        pinned = self.pinned.get(task)
        if pinned is None:
            return []
        changed = sorted(name for name in {*pinned.data, *data} if pinned.data.get(name) != data.get(name))
        if changed:
            files = ", ".join(changed)
            return [
                f"{task}: {files} changed since the floors were pinned; measure on those, or pin anew with --update"
            ]
        wrong = []
        if rules < pinned.rules:
            wrong.append(f"{task}: {rules} rules are left of {pinned.rules}")
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
        data: Mapping[str, str],
        rules: int,
        why: str | None = None,
        slack: float = 0.0,
    ) -> None:
        """Pin the figures of a task at what they are now.

        Raises `RegressionError`, and changes nothing, where a floor would fall, vanish, or rest on other data and
        `why` gives no reason; a reason is kept with what it lowered.
        """
        worse = self.check(task, figures, data, rules, slack)
        if worse and not why:
            raise RegressionError("\n".join([*worse, 'To lower these floors: --allow-regression "why".']))
        if worse:
            self.regressions.append({"task": task, "why": why, "lowered": worse})
        # What rounding may take must not add up over updates: a floor that holds is never written lower.
        held = {} if worse or task not in self.pinned else self.pinned[task].figures
        self.pinned[task] = Pinned(
            dict(sorted(data.items())),
            rules,
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
