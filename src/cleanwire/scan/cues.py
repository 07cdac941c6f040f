"""Cues: the words and signs that say which lines a parser must read, declared as data.

A parser declares its cues when packs are compiled; the scan looks for them and says which lines have one.  A line that
a parser would read has a cue; a line with a cue need not be one that the parser reads.
"""

from typing import Literal, NamedTuple

CREDIT = 1
"""The line may hold the credit of a picture."""
LABEL = 2
"""The line may be a label alone, whose credit or caption is the next line."""
SIGNOFF = 4
"""The line may hold an agency's sign-off."""
BYLINE = 8
"""The label of a byline may begin the line."""
DATE = 16
"""The line may hold a date."""
SENTENCE = 32
"""The line reads as prose."""
QUESTION = 64
"""The line is a sentence that is closed by a question or exclamation mark: a headline as likely as prose."""
RULE = 128
"""A rule of the packs matches the line."""

Position = Literal[
    "start",
    "end",
    "last word",
    "any word",
    "inside",
    "before mark",
    "last sentence",
    "label",
    "word",
    "year word",
    "pattern",
]
"""Where the word of a cue stands in a line, whose indent does not count:

=============  ======================================================================================================
start          the line begins with exactly these characters
end            the line ends with exactly these characters
last word      the folded line ends with this word
any word       the word stands in the folded line
inside         the line holds these characters
before mark    a word that ends with these characters, case folded, stands before a mark such as a colon
last sentence  the last sentence of a line that a full stop closes begins with this word, case folded
label          the line begins with it, case folded, after bullets and dashes
word           the word stands in a line that has digits
year word      the word stands in a line that has a year
pattern        a regular expression that finds something in a line that has digits
=============  ======================================================================================================
"""


class Cue(NamedTuple):
    """A sign by which the scan knows that a line may be one for some parser: `flag` says for which."""

    word: str
    position: Position
    flag: int


EDGES = " \t\u00a0\u202f|·•,;–—-/()*»›>"
"""Characters that may stand before the label of a byline, and after it."""
TAIL = 165
"""Most characters between the start of a credit and the end of its line."""
YEAR = r"(?<!\d)(?:1[89]|2[05])\d\d(?!\d)"
"""A year, as a regular expression."""
