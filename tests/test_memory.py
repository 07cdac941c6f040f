"""The memory that cleaning takes: a long text is held a few times, not its every line and word."""

import tracemalloc
from collections.abc import Callable

from cleanwire import Cleaner, Document
from cleanwire.edit import Edit, replaced
from cleanwire.text.lines import Lines

STORY = "The council of Osthaven voted on Monday to close the old harbour bridge for a year.\n\n"
WIDGETS = "Share on Facebook\nAll rights reserved\nPost a comment\n© 2024 Osthaven Courier\n\n"


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_text_takes_a_few_times_its_size() -> None:
    cleaner, text = Cleaner(), STORY * 12_000 + (STORY * 3 + WIDGETS) * 1_500
    cleaner(text[-5_000:])  # reads the tables
    assert peak(lambda: cleaner(text)) < 6 * len(text)


def test_the_lines_of_a_long_text_are_offsets() -> None:
    text = STORY * 15_000
    assert peak(lambda: Lines(text)) < len(text)
    assert peak(lambda: max(map(len, Document(text).lines))) < len(text)


def test_a_new_text_is_held_once_while_it_is_made() -> None:
    text = STORY * 12_000
    edits = [Edit(start, start + 4, "", "fix", "space.between-words") for start in range(0, len(text), 50_000)]
    assert peak(lambda: replaced(text, edits)) < 1.5 * len(text)
