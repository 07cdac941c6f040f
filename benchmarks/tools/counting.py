"""Count what the library does for a piece of work: the same number on every machine, unlike the time that it takes.

Counted are calls and lines of Python: each call of a function that is the library's or that the library calls (written
in C, too), and each line of the library that runs.  What other packages do inside their functions is left out, so that
another release of them changes nothing.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import cleanwire

_LIBRARY = str(Path(cleanwire.__file__).parent) + os.sep


class Cost(NamedTuple):
    """Calls and lines that were counted."""

    calls: int
    lines: int


def cost(work: Callable[[], object]) -> Cost:
    """Run `work` once and return what it cost.

    >>> cost(lambda: None)
    Cost(calls=0, lines=0)
    >>> cost(lambda: cleanwire.clean("She left at noon.")).calls > 20
    True
    """
    calls = lines = 0
    known: dict[CodeType, bool] = {}

    def ours(code: CodeType) -> bool:
        if code not in known:
            known[code] = code.co_filename.startswith(_LIBRARY)
        return known[code]

    def on_call(frame: FrameType, event: str, _: Any) -> None:
        nonlocal calls
        if event == "c_call":
            calls += ours(frame.f_code)
        elif event == "call":
            calls += ours(frame.f_code) or (frame.f_back is not None and ours(frame.f_back.f_code))

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return on_line if ours(frame.f_code) else None

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(on_line)
    sys.setprofile(on_call)
    try:
        work()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return Cost(calls, lines)
