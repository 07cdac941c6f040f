"""Progress of a run on stderr: a status line on a terminal, a line every few seconds elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from cleanwire.cli.messages import plural, print_note
from cleanwire.cli.output import console
from cleanwire.corpora.report import Total

EVERY = 10.0
"""Seconds between two lines if stderr is not a terminal."""
WIDTH = 57
"""Columns of the progress: a terminal of 60 shows a sign before it."""
SETTLED = 2.0
"""Seconds after which the time that is left can be told; before, most of the time went into the start."""
_LARGE = 1_000_000
"""Larger numbers are shown in millions."""

Show = Callable[[Total], None]


@contextmanager
def progress(wanted: bool, all_bytes: Callable[[], int]) -> Iterator[Show]:
    """Provide a function that prints the progress of a run; `all_bytes` returns the size of all input, in bytes.

    The function prints nothing unless `wanted`, and at most every 0.1 s on a terminal, every `EVERY` seconds elsewhere.
    """
    if not wanted:
        yield lambda _: None
        return
    begin = shown = time.monotonic()
    known: int | None = None
    screen = console(stderr=True)
    every = 0.1 if screen.is_terminal else EVERY

    def show(total: Total) -> None:
        nonlocal shown, known
        if (now := time.monotonic()) - shown < every:
            return
        shown = now
        known = all_bytes() if known is None else known
        line = describe(total, now - begin, known)
        if screen.is_terminal:
            status.update(line)
        else:
            print_note(line)

    status = screen.status("looking for files")
    with status if screen.is_terminal else nullcontext():
        yield show


def describe(total: Total, seconds: float, all_bytes: int) -> str:
    """Return the progress of a run after `seconds`, in one line of at most `WIDTH` columns.

    >>> describe(Total(changed=2, size=3_000_000), 2.0, 6_000_000)
    '2 files, 0 edits, 0:00:02 left, 1.5 MB/s'
    >>> describe(Total(changed=2, size=30_000), 1.5, 6_000_000)
    '2 files, 0 edits, 20 KB/s'
    """
    counts, size = total.counts + total.current, total.size + total.current_size
    documents = counts.documents > total.files
    parts = [_counted(counts.documents, "document") if documents else _counted(total.files, "file")]
    parts.append(_counted(sum(counts.edits.values()), "edit"))
    if counts.bad:
        parts.append(f"{_short(counts.bad)} unreadable")
    if size and all_bytes > size and seconds >= SETTLED:
        left = int(seconds * (all_bytes - size) / size)
        parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    rate = size / max(seconds, 1e-9)
    parts.append(f"{rate / 1e6:.1f} MB/s" if rate >= _LARGE else f"{rate / 1e3:.0f} KB/s")
    while len(line := ", ".join(parts)) > WIDTH:
        parts.pop()  # the last is worth least
    return line


def _counted(number: int, noun: str) -> str:
    return plural(number, noun) if number < _LARGE else f"{_short(number)} {noun}s"


def _short(number: int) -> str:
    return f"{number:,}" if number < _LARGE else f"{number / 1e6:,.1f} M"
