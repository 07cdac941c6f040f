"""The names of a byline, one by one."""

import regex

from cleanwire.bylines.reader import AND
from cleanwire.lazy import deferred

_BETWEEN = deferred(regex.compile, rf"\s*[,/;·&、，،]\s*+(?:{AND}\s++)?+(?![JS]r\b)|\s+{AND}\s+(?=\p{{Lu}}|\p{{Lo}})")
"""What separates two names; the suffix of a name ("Jr.") follows a comma, too."""


def split_names(text: str) -> list[str]:
    """Return the names that a byline joins by commas, slashes or words like "and".

    >>> split_names("Ann Lee, Bo Roe and Carla de la Paz")
    ['Ann Lee', 'Bo Roe', 'Carla de la Paz']
    """
    return [name for part in _BETWEEN.split(text) if (name := part.strip())]
