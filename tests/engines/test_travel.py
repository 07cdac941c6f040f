"""A cleaner travels to every worker, with every task: it is small, and what it unfolds into is made once there."""

import pickle
from typing import Any

import pytest

from cleanwire import Cleaner
from cleanwire.packs.pack import Pack
from cleanwire.scan.table import Tables


def test_a_cleaner_is_small() -> None:
    assert len(pickle.dumps(Cleaner())) < 1_000
    assert pickle.loads(pickle.dumps(Cleaner())) == Cleaner()  # noqa: S301 - our own bytes


def test_rules_are_compiled_once_for_all_cleaners_that_are_equal(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make = Tables.__init__

    def count(self: Tables, *args: Any) -> None:
        made.append(self)
        make(self, *args)

    monkeypatch.setattr(Tables, "__init__", count)
    sent = pickle.dumps(Cleaner().with_packs(pack))
    for _ in range(5):
        cleaner = pickle.loads(sent)  # noqa: S301 - our own bytes
        assert cleaner("She left at noon.\n\nRing the harbour bell").text == "She left at noon."
    assert len(made) == 1
