"""How risky the changes of a rule are: an order for reading, no probability."""

from math import log2
from typing import NamedTuple

from cleanwire.report.places import Place
from cleanwire.text.shape import is_sentence, letters

RARE = 2
"""A rule that acted on at most this many documents is rare: its cuts were seldom seen by anybody."""


class Signs(NamedTuple):
    """What a rule did: its changes, and how many of them show a sign of risk.

    `sentences` read as prose and hold `words` words; `in_story` stand between sentences of the article; `doubtful`
    stand in documents whose clean text gives no evidence of the rule's language.  `removes` is False for a rule that
    only repairs.
    """

    changes: int
    documents: int
    sentences: int = 0
    words: int = 0
    in_story: int = 0
    doubtful: int = 0
    removes: bool = True

    def told(self) -> tuple[str, ...]:
        """Return the signs in words, the gravest first.

        >>> Signs(3, 1, sentences=2, words=31).told()
        ('2 read as sentences (31 words)', 'rare')
        """
        read = "reads as a sentence" if self.sentences == 1 else "read as sentences"
        found = [f"{self.sentences:,} {read} ({self.words:,} words)"] if self.sentences else []
        found += [f"{self.in_story:,} inside the story"] if self.in_story else []
        found += [f"{self.doubtful:,} in texts of another language"] if self.doubtful else []
        found += ["rare"] if self.is_rare else []
        return tuple(found)

    @property
    def is_rare(self) -> bool:
        """True if the rule removes text and acted on few documents."""
        return self.removes and self.documents <= RARE


def risk(signs: Signs) -> float:
    """Return a number that orders rules by risk: 0 for one without a sign.

    It grows with the logarithm of what may be lost, so that many cuts count for more than one and no sign hides the
    others; a large share of risky cuts counts for more than a small one.

    >>> risk(Signs(100, 50)), risk(Signs(100, 50, sentences=3, words=40)) > risk(Signs(100, 50, in_story=3))
    (0.0, True)
    """
    share = (signs.sentences + signs.in_story) / (2 * signs.changes)
    return round(
        log2(1 + signs.words) + log2(1 + signs.in_story) + log2(1 + signs.doubtful) / 2 + 4 * share + signs.is_rare, 3
    )


def reads_as_sentence(place: Place) -> bool:
    """Return True if an edit takes words that read as prose; a repair does so only if it loses half of the letters.

    >>> text = "The council voted on Monday to close the bridge for a year."
    >>> reads_as_sentence(Place(0, 59, text, "drop", "x", None, kept=False, new=""))
    True
    >>> reads_as_sentence(Place(0, 59, text, "fix", "x", None, kept=False, new=text + "!"))
    False
    """
    if not is_sentence(place.text.strip()):
        return False
    return place.action != "fix" or 2 * letters(place.new) < letters(place.text)
