"""How far a run is: a line that renews itself on a terminal, now and then a line elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import click

from cleanwire.cli.output import console
from cleanwire.corpora.report import Total

EVERY = 10.0
"""So many seconds lie between two lines where there is no terminal."""

Say = Callable[[Total], None]


@contextmanager
def progress(wanted: bool, all_bytes: Callable[[], int]) -> Iterator[Say]:
    """Show on stderr how far a run is, as long as this lasts; `all_bytes` tells how much there is to do."""
    if not wanted:
        yield lambda _: None
        return
    begin = shown = time.monotonic()
    known: int | None = None
    screen = console(stderr=True)
    every = 0.1 if screen.is_terminal else EVERY

    def say(total: Total) -> None:
        nonlocal shown, known
        if (now := time.monotonic()) - shown < every:
            return
        shown = now
        known = all_bytes() if known is None else known
        line = describe(total, now - begin, known)
        if screen.is_terminal:
            status.update(line)
        else:
            click.echo(f"cleanwire: {line}", err=True)

    status = screen.status("")
    with status if screen.is_terminal else nullcontext():
        yield say


def describe(total: Total, seconds: float, all_bytes: int) -> str:
    """Say how far a run is.

    >>> describe(Total(changed=2, size=3_000_000), 2.0, 6_000_000)
    '2 files, 0 documents, 1.5 MB/s, 0:00:02 left'
    """
    counts, size = total.counts + total.current, total.size + total.current_size
    speed = size / 1e6 / max(seconds, 1e-9)
    parts = [f"{total.files:,} files", f"{counts.documents:,} documents", f"{speed:.1f} MB/s"]
    if size and all_bytes > size:
        left = int(seconds * (all_bytes - size) / size)
        parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    actions = counts.by("action")
    gone = (("drop", "dropped"), ("caption", "set aside"), ("fix", "mended"))
    parts += [f"{actions[action]:,} {word}" for action, word in gone if actions[action]]
    if counts.bad:
        parts.append(f"{counts.bad:,} unreadable")
    return ", ".join(parts)
