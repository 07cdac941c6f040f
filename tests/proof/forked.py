"""Children forked from this process, killed at a moment that a seed chooses.

A moment is a number of calls of functions, in Python or in C, as `sys.setprofile` counts them: so the moments depend on
what has been done, and not on how fast the machine is.
"""

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cleanwire.cli import main

PATIENCE = 120.0
"""Seconds after which a child counts as hanging; none of them has work for more than a few."""
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True)
class Ended:
    """How a child ended, what it wrote, and, if it was not killed, how many calls and bytes of memory it took."""

    code: int
    said: str
    calls: int
    memory: int

    @property
    def killed(self) -> bool:
        return self.code in (-signal.SIGKILL, -signal.SIGTERM, 130)


def run(args: Sequence[str], folder: Path, at: int | None = None, number: int = signal.SIGKILL) -> Ended:
    """Run the command in a child, whose output goes to a file in `folder`.

    At the call `at` it gets the signal `number`; if that is 0, its calls are counted alone.
    """
    log, counted = folder / "said", folder / "calls"
    counted.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        _be(args, log, counted, at, number)
    code = _wait(child)
    calls, memory = map(int, counted.read_text().split()) if counted.exists() else (0, 0)
    return Ended(code, log.read_text(errors="replace"), calls, memory)


def _be(args: Sequence[str], log: Path, counted: Path, at: int | None, number: int) -> None:
    """Run the command and end this process, which is a child."""
    code = 99
    try:
        os.setsid()
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout, sys.stderr = (os.fdopen(each, "w", errors="replace") for each in (1, 2))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = _main(args, counted, at, number)
    except KeyboardInterrupt:  # it came when the command had ended
        code = 130
    except BaseException:  # whatever it is, the parent shall read it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _main(args: Sequence[str], counted: Path, at: int | None, number: int) -> int:
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if calls == at:
                os.kill(os.getpid(), number)

    before = _memory("VmRSS", reset=True)
    if at is not None:
        sys.setprofile(count)
    try:
        main(list(args), prog_name="cleanwire")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.setprofile(None)
        counted.write_text(f"{calls} {_memory('VmHWM') - before}")
    return 0


def _memory(kind: str, *, reset: bool = False) -> int:
    """Return how many bytes this process takes now (``VmRSS``), or took at most (``VmHWM``), 0 if nobody says.

    With `reset` the most begins anew: a child begins with what its parent has.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    (line,) = (line for line in status.read_text().split("\n") if line.startswith(kind))
    return int(line.split()[1]) << 10


def _wait(child: int) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("a child hangs")


def moments(seed: str, calls: int, number: int) -> list[tuple[int, int]]:
    """Return moments and signals, chosen by a seed; half of the moments are in the last tenth, where files are renamed.

    >>> moments("a", 100, 2) == moments("a", 100, 2)
    True
    """
    dice = random.Random(seed)  # noqa: S311 - moments, no secrets
    return [
        (dice.randint(1 if dice.random() < 0.5 else max(1, calls * 9 // 10), calls), dice.choice(SIGNALS))
        for _ in range(number)
    ]
