"""A cleaner is a value: it compares, travels, and is the same wherever it comes to."""

import os
import pickle
import subprocess
import sys

from cleanwire import Cleaner

_CODE = """
import pickle, cleanwire
print(pickle.dumps(cleanwire.Cleaner(skip=frozenset({"share", "space", "tags"}))).hex())
"""


def test_a_cleaner_that_was_pickled_is_the_same() -> None:
    cleaner = Cleaner(skip=frozenset({"caption", "share"}), only=frozenset({"space"}))
    assert pickle.loads(pickle.dumps(cleaner)) == cleaner  # noqa: S301 - our own bytes


def test_equal_cleaners_pickle_alike_in_all_processes() -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", _CODE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1
