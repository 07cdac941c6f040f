"""Measure the time and the memory of a process.

Nothing is imported here but what Python brings, so that a process that is measured loads nothing for it.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

Work = Callable[[str], object]


def floor(text: str) -> None:
    """Iterate over the lines of a text and do nothing: no line loop in Python is faster."""
    for _ in text.split("\n"):
        pass


def seconds(work: Work, texts: Iterable[str]) -> float:
    """Return the processor's seconds that `work` takes for all `texts`; other processes do not count."""
    start = process_time()
    for text in texts:
        work(text)
    return process_time() - start


def peak(process: int | str = "self") -> int:
    """Return the highest resident memory of a process so far, in bytes, as Linux reports it; 0 if it has ended.

    `getrusage` would count the process that started this one too.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return 1024 * int((status.partition("VmHWM:")[2].split() or ["0"])[0])


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a new Python that finds the benchmarks and what this one finds."""
    path = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
    return {**os.environ, "PYTHONPATH": path, **more}
