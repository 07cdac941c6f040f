"""Progress of a run on stderr: a status line on a terminal, a line every few seconds elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from cleanwire.cli.output import console, plural, print_note
from cleanwire.corpora.report import Total
from cleanwire.report.places import describe_action

EVERY = 10.0
"""Seconds between two lines if stderr is not a terminal."""

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

    status = screen.status("")
    with status if screen.is_terminal else nullcontext():
        yield show


def describe(total: Total, seconds: float, all_bytes: int) -> str:
    """Return the progress of a run after `seconds`, in one line.

    >>> describe(Total(changed=2, size=3_000_000), 2.0, 6_000_000)
    '2 files, 0 documents, 1.5 MB/s, 0:00:02 left'
    """
    counts, size = total.counts + total.current, total.size + total.current_size
    speed = size / 1e6 / max(seconds, 1e-9)
    parts = [plural(total.files, "file"), plural(counts.documents, "document"), f"{speed:.1f} MB/s"]
    if size and all_bytes > size:
        left = int(seconds * (all_bytes - size) / size)
        parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    actions = counts.by("action")
    parts += [f"{actions[name]:,} {describe_action(name)}" for name in ("drop", "caption", "fix") if actions[name]]
    if counts.bad:
        parts.append(f"{counts.bad:,} unreadable")
    return ", ".join(parts)
