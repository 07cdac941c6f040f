"""The names of a byline, one by one."""

from functools import cache

import regex

from cleanwire.packs.load import builtin_packs
from cleanwire.packs.words import either, joined


def split_names(text: str) -> list[str]:
    """Return the names that a byline joins by commas, slashes or words like "and".

    >>> split_names("Ann Lee, Bo Roe and Carla de la Paz")
    ['Ann Lee', 'Bo Roe', 'Carla de la Paz']
    """
    return [name for part in _between().split(text) if (name := part.strip())]


@cache
def _between() -> "regex.Pattern[str]":
    """Return the pattern of what separates two names; the suffix of a name ("Jr.") follows a comma, too."""
    join = either(joined(builtin_packs(), "byline_joins") | {"&", "+"})
    return regex.compile(rf"\s*[,/;·&、，،]\s*+(?:{join}\s++)?+(?![JS]r\b)|\s+{join}\s+(?=\p{{Lu}}|\p{{Lo}})")
