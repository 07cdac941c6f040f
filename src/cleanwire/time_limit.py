"""A budget of time for one text: what takes longer comes back as it was, and says so."""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cleanwire.chain import run
from cleanwire.cleaner import Cleaner, document
from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step
from cleanwire.result import Result

Clean = Callable[[str | Document], Result]
"""What cleans a text: a `Cleaner`, or one `TimeLimited` a budget."""

RULE = "budget.exceeded"
"""The rule that a text was left by because its time was up."""

_LEFT = (Step("budget", (Edit(0, 0, "", "fix", RULE),), ("",)),)
_clock = threading.local()


@dataclass(frozen=True)
class TimeLimited:
    r"""A cleaner that gives each text `seconds`, and returns one that takes longer unchanged; see `exceeded`.

    The time is looked at between two filters.  In the main thread of a process, `alarm` lets a timer of the system
    interrupt a filter as well; it takes ``SIGALRM`` for itself while a text is cleaned.

    >>> [exceeded(TimeLimited(Cleaner(), seconds)("She left at noon.")) for seconds in (60.0, 0.0)]
    [False, True]
    """

    cleaner: Cleaner
    seconds: float
    alarm: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "_timed", tuple(map(_Timed, self.cleaner.chain)))

    def __call__(self, text: str | Document) -> Result:
        """Clean one text, or leave it."""
        doc = document(text)
        _clock.deadline = time.monotonic() + self.seconds
        timed: tuple[_Timed, ...] = self.__dict__["_timed"]
        try:
            if self.alarm and hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
                with _alarm(self.seconds):
                    return run(doc, timed, self.cleaner.wanted)
            return run(doc, timed, self.cleaner.wanted)
        except _Exceeded:
            return Result(doc.text, _LEFT)


def exceeded(result: Result) -> bool:
    """Whether a text was left as it was because its time was up."""
    return result.steps is _LEFT or result.steps == _LEFT


class _Exceeded(BaseException):
    """The time is up.  No `Exception`, so that no filter takes it for a failure of its own."""


@dataclass(frozen=True)
class _Timed:
    """A filter that is not begun once the time is up."""

    act: Filter

    @property
    def name(self) -> str:
        return self.act.name

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        if time.monotonic() >= _clock.deadline:
            raise _Exceeded
        return self.act(doc)


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
