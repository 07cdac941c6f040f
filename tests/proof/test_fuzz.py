"""Mutated texts under all chains and layouts: undo gives the source, cleaning again changes nothing, spans are true.

What is found becomes a named case in ``tests/cases/laws.json``.
"""

import os
import time

import pytest

from cleanwire import Cleaner
from cleanwire.chain import unsettled
from cleanwire.views.layout import AUTO, LAYOUTS

from .conftest import SCALE
from .fuzz import Mutator, broken_laws, chains, seeds

TEXTS = int(os.environ.get("PROOF_TEXTS", {"full": 5_000_000, "quick": 600}[SCALE]))
"""Number of texts of a chain."""
SECONDS = float(os.environ.get("PROOF_SECONDS", "inf"))
"""When to stop before all texts are done; only the number of texts that are tried depends on it."""
SEED = os.environ.get("PROOF_SEED", "0")
CHAINS = chains()


@pytest.mark.parametrize("chain", CHAINS)
def test_laws_on_mutated_texts(figures: dict[str, float], chain: str) -> None:
    cleaners = {layout: Cleaner(CHAINS[chain], layout=layout) for layout in (AUTO, *LAYOUTS)}
    mutator = Mutator(SEED, seeds())
    wrong: list[str] = []
    begun, end = time.process_time(), time.monotonic() + SECONDS
    for number, (layout, text) in zip(range(TEXTS), mutator.made(), strict=False):
        try:
            result = cleaners[layout](text)
            mutator.learn(text, result)
            figures["unsettled"] = figures.get("unsettled", 0) + unsettled(result)
            found = broken_laws(cleaners[layout], text, result)
        except Exception as error:  # whatever it is, it is a fault, and others may follow
            found = [f"{type(error).__name__}: {error}"]
        for kind in {" ".join(fault.split(" ", 2)[:2]) for fault in found}:  # the first two words tell the law
            figures[kind] = figures.get(kind, 0) + 1
        wrong += [f"text {number} in layout {layout}: {fault}: {text!r}" for fault in found]
        figures["texts"] = number + 1
        if time.monotonic() > end:
            break
    figures["kept"], figures["CPU seconds"] = len(mutator.kept), round(time.process_time() - begun)
    assert not wrong, "\n".join(wrong[:20])
