"""Texts of one repeated unit that is hostile to some filter, and how their cost grows with the repetitions."""

from collections.abc import Callable, Mapping

UNITS: Mapping[str, str] = {
    "one button": "Share\n",
    "a menu": "Home\nSports\nContact us\n\n",
    "brackets": "((((((((((((((((((((((((((((((((((((((((\n",
    "captions": "A bridge at dawn. REUTERS/Ann Lee\n\n",
    "mojibake": "The mayorâ€™s cafÃ© wasnâ€™t open.\n",
    "spaces": "  \n \t\n\n\n\n",
    "headers": "The council voted on Monday to close the bridge for a year.\n\nRelated articles\n\n",
    "bylines": "By Ann Lee\nApril 3, 2018\n(Reporting by Ann Lee; Editing by Bo Roe)\n",
    "questions": "Why did the council close the old bridge in Osthaven?\nIt rained all week, and the river rose.\n",
    "one long line": "and the water rose, ",
    "open brackets": "[",
    "link references": "[a][1]\n[1]: /a\n",
    "mixed line ends": "\r\n \t",
    "ampersands escaped over again": "amp;&amp;",
    "broken references": "&#39t ",
    "marks out of order": "e\u0301\u0327",
    "lines of controls": "\x85\n\x81\n\x01\n",
    "half pairs": "\ud800\n",
    "byte order marks": "\ufeff\n",
    "no-break spaces": "the\u00a0ferry",
}


def growth(measure: Callable[[int], float], small: int, large: int) -> float:
    """Return how much more a repetition costs among `large` of them than among `small`.

    `measure` returns the cost of that many; it is first called on one less of each, for what is compiled on first use.
    The result is 1 for a cost that grows linearly, ``large / small`` for a quadratic one.

    >>> growth(lambda count: count + 0.0, 400, 1600), growth(lambda count: count**2, 400, 1600)
    (1.0, 4.0)
    """
    for copies in (small - 1, large - 1):
        measure(copies)
    return measure(large) / measure(small) * small / large
