"""Many items, many processes: the same results in the same order, with a bounded number of them in memory."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from cleanwire.errors import CleanwireError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4
"""How many items a process are read ahead: enough that no process waits for a slow one."""

_work: Callable[[Any], Any]


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(work: Callable[[T], R], items: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """Yield ``work(item)`` for every item in order, done by `jobs` processes.

    With more than one, `work`, the items and the results must pickle.  An interrupt lets the items at work finish and
    drops those that wait; when this process is killed, the others end by themselves.  Raises `CleanwireError` where one
    of those is killed.

    >>> list(ordered(len, ["one", "three"]))
    [3, 5]
    """
    items = iter(items)
    head = list(islice(items, jobs)) if jobs > 1 else []
    items = chain(head, items)
    jobs = min(jobs, len(head))
    if jobs < 2:  # a process of its own is not worth its start for one item
        yield from map(work, items)
        return
    # Read here, since one process, which is the rule, needs none of it.
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork of a process with threads (a progress display) may hang.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (work,))
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(_do, item))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenExecutor as error:
        raise CleanwireError(
            f"one of {jobs} processes was killed, perhaps for want of memory; do it again with fewer"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(work: Callable[[Any], Any]) -> None:
    """Prepare a process: it learns its work once, and leaves interrupts to the process that started it."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: it would wait for work for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(item: Any) -> Any:
    return _work(item)
