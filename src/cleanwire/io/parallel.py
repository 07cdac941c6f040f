"""Map over many items in several processes, with results in order and a bounded number of them in memory."""

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
"""Number of items read ahead for each process, so that none waits for a slow one."""

_work: Callable[[Any], Any]


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(work: Callable[[T], R], items: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """Yield ``work(item)`` for every item in order, computed by `jobs` processes.

    With more than one, `work`, the items and the results must pickle.  On an interrupt the items in progress are
    finished and the waiting ones dropped; if this process is killed, the others exit.  Raises `CleanwireError` if one
    of those is killed.

    >>> list(ordered(len, ["one", "three"]))
    [3, 5]
    """
    items = iter(items)
    head = list(islice(items, jobs)) if jobs > 1 else []
    items = chain(head, items)
    jobs = min(jobs, len(head))
    if jobs < 2:  # starting a process does not pay for one item
        yield from map(work, items)
        return
    # Imported here: a single process, the usual case, needs none of it.
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
            f"one of {jobs} worker processes was killed, perhaps out of memory; try again with fewer (--jobs)"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(work: Callable[[Any], Any]) -> None:
    """Initialise a worker: store its work, and leave interrupts to the parent."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Exit when the parent is gone: the worker would wait for work forever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(item: Any) -> Any:
    return _work(item)
