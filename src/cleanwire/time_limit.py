"""A time limit for each text: one that takes longer is returned unchanged and marked."""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step
from cleanwire.result import Result

Clean = Callable[[str | Document], Result]
"""What cleans a text: a `Cleaner` or a `TimeLimited`."""

RULE = "budget.exceeded"
"""The rule that marks a text that exceeded its time limit."""

_EXCEEDED = (Step("budget", (Edit(0, 0, "", "fix", RULE),), ("",)),)
_clock = threading.local()


@dataclass(frozen=True)
class TimeLimited:
    r"""A cleaner with a limit of `seconds` for each text; it returns a text that takes longer unchanged.

    The time is checked between filters.  In the main thread of a process, `alarm` also lets a system timer interrupt a
    filter; it uses ``SIGALRM`` while a text is cleaned.  `exceeded` tells whether a text exceeded the limit.

    >>> [exceeded(TimeLimited(Cleaner(), seconds)("She left at noon.")) for seconds in (60.0, 0.0)]
    [False, True]
    """

    cleaner: Cleaner
    seconds: float
    alarm: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "_timed", tuple(map(_Timed, self.cleaner.chain)))

    def __call__(self, text: str | Document) -> Result:
        """Clean one text, or return it unchanged."""
        doc = self.cleaner.document(text)
        _clock.deadline = time.monotonic() + self.seconds
        timed: tuple[_Timed, ...] = self.__dict__["_timed"]
        try:
            if self.alarm and hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
                with _alarm(self.seconds):
                    return self.cleaner.apply(timed, doc)
            return self.cleaner.apply(timed, doc)
        except _Exceeded:
            return Result(doc.text, _EXCEEDED)


def exceeded(result: Result) -> bool:
    """Return True if a text was returned unchanged because it exceeded the time limit."""
    return result.steps == _EXCEEDED


class _Exceeded(BaseException):
    """The time limit is exceeded.  Not an `Exception`, so that no filter catches it."""


@dataclass(frozen=True)
class _Timed:
    """A filter that does not start after the time limit."""

    filter_: Filter

    @property
    def name(self) -> str:
        return self.filter_.name

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        if time.monotonic() >= _clock.deadline:
            raise _Exceeded
        return self.filter_(doc)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: Any) -> None:
        raise _Exceeded

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
