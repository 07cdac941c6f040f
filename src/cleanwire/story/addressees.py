"""To whom a letter is: the line above the salutation that names the same person, who is not the author."""

import regex

from cleanwire.document import Document
from cleanwire.lazy import deferred

_BELOW = 4
"""How many lines below the addressee his salutation stands at most: his office and the place are between."""
_LONGEST = 48
"""Most characters of a salutation."""
_NAME = 3
"""Least letters of a name that a salutation repeats."""
_WORDS = 3
"""How many first words of a line may name an addressee; an "open letter to" somebody names him later."""
_ENDS = (",", ":", "!", "，", "：", "！", "،")
_WORD = deferred(regex.compile, r"[\p{L}\p{M}'’-]++")


def is_addressee(doc: Document, line: int) -> bool:
    r"""Return True if a salutation below a line repeats a name of it, with a word before the name.

    >>> letter = "May 3, 2021\nAnn Lee, Mayor\nPort Town\nDear Ms. Lee,\nThe bridge is closed."
    >>> is_addressee(Document(letter), 1), is_addressee(Document(letter.replace("Dear Ms. Lee", "Ann Lee")), 1)
    (True, False)
    """
    below = [text.strip() for text in doc.lines[line + 1 : line + 1 + _BELOW]]
    salutations = [text for text in below if len(text) <= _LONGEST and text.endswith(_ENDS)]
    if not salutations:
        return False
    first = _WORD.findall(doc.lines[line])[:_WORDS]
    names = {word for word in first if len(word) >= _NAME and not word[0].islower()}
    return any((words := _WORD.findall(text)) and words[-1] in names and words[0] not in names for text in salutations)
