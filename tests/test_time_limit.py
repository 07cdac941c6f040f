"""A text that takes too long comes back as it was, and says so."""

import pickle
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from cleanwire import ARTICLE, Cleaner, Document, Edit
from cleanwire.time_limit import TimeLimited, exceeded

DIRTY = "She left at noon.\n\nPost a comment"


@dataclass(frozen=True)
class Slow:
    seconds: float = 0.3
    name: str = "slow"
    ended: list[str] = field(default_factory=list, compare=False)

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        stop = time.monotonic() + self.seconds
        while time.monotonic() < stop:
            re.sub("a", "b", doc.text)
        self.ended.append(doc.text)
        return ()


@pytest.mark.parametrize(
    "cleaner",
    [
        Cleaner(),
        Cleaner(skip=["comments"]),
        Cleaner(keep=["Post a comment"]),
        Cleaner(drop=["She left at noon."]),
        Cleaner(layout="markdown"),
    ],
    ids=repr,
)
def test_within_its_time_a_text_is_cleaned_as_ever(cleaner: Cleaner) -> None:
    assert TimeLimited(cleaner, 60)(DIRTY) == cleaner(DIRTY)


def test_a_text_in_time_is_not_marked() -> None:
    assert not exceeded(Cleaner()(DIRTY))


def test_the_time_is_looked_at_between_filters() -> None:
    result = TimeLimited(Cleaner((Slow(), *ARTICLE)), 0.05)(DIRTY)
    assert exceeded(result)
    assert (result.text, result.changed, result.undo(), result.spans) == (DIRTY, False, DIRTY, ())


def test_an_alarm_interrupts_a_filter() -> None:
    slow = Slow(300)
    assert exceeded(TimeLimited(Cleaner((slow,)), 0.05, alarm=True)(DIRTY))
    assert not slow.ended
    time.sleep(0.1)  # no alarm is left behind


def test_in_a_thread_there_is_no_alarm(recwarn: pytest.WarningsRecorder) -> None:
    results: list[bool] = []
    slow = TimeLimited(Cleaner((Slow(), *ARTICLE)), 0.05, alarm=True)
    thread = threading.Thread(target=lambda: results.append(exceeded(slow(DIRTY))))
    thread.start()
    thread.join()
    assert results == [True]
    assert not recwarn.list


def test_it_travels_and_the_next_text_has_its_own_time() -> None:
    within = pickle.loads(pickle.dumps(TimeLimited(Cleaner((Slow(),)), 600)))  # noqa: S301 - our own bytes
    assert [exceeded(within(DIRTY)) for _ in range(2)] == [False, False]
    assert exceeded(pickle.loads(pickle.dumps(TimeLimited(Cleaner(), 0)(DIRTY))))  # noqa: S301 - our own bytes
