"""Where one line ends and the next begins: signs that both are of one sentence, or that the next begins anew."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from cleanwire.edit import Edit
from cleanwire.lazy import deferred

NARROWEST, WIDEST = 50, 132
"""Columns at which texts are wrapped, in characters; tables are narrower."""
FULL = 3
"""Least number of lines that a wrap has filled."""
_AGREE = 0.7
"""Least share of the long lines within paragraphs that a wrap must explain."""
_STOPS = frozenset(".!?…。！？．｡।॥۔։؟")
_CLOSERS = "\"'”’»“‘«›‹„‚)]）】」』〉》〕 \t"
_OPENERS = "\"'“‘«»„‚‹›([¿¡"
_MARKS = frozenset(".,;:!?…%)]”’»")
_ITEM = deferred(re.compile, r"[*•·▪■►▶→◦●○+|>#-]|[–—] |\d{1,3}[.)]\s|\(?[a-z]\)\s")
_MARGIN = deferred(re.compile, r"(?:[>\s]++|<[^<>]*+>)*+")
"""The marks of quoted mail before a line, and markup."""
_BROKEN = 40
"""Least characters of a line that was broken at a column."""
_FIELD = deferred(re.compile, r"(?:\(BUTTON\)|\[(?:IMAGE|INLINE|EMBED|USEMAP)\]|_{4,}) ?")


def indent(line: str) -> int:
    """Return how many blanks a line begins with.

    >>> indent("   Noon")
    3
    """
    return len(line) - len(line.lstrip())


def is_item(line: str) -> bool:
    """Return True if a line begins as an item of a list, a quoted line of a mail or a row of a table does.

    >>> is_item("  * Noon"), is_item("12. Noon"), is_item("> Noon"), is_item("Noon")
    (True, True, True, False)
    """
    return _ITEM.match(line.lstrip()) is not None


def is_row(line: str) -> bool:
    """Return True if a line has columns, as rows of tables and menus do.

    >>> is_row("Home    News   Sport"), is_row("Noon.  Night")
    (True, False)
    """
    words = line.strip()
    return "   " in words or "\t" in words or words.count("|") > 1


def is_closed(line: str) -> bool:
    """Return True if a line ends as a sentence does, whatever quotation marks and brackets follow.

    >>> is_closed("It was noon.”"), is_closed("It was noon,”")
    (True, False)
    """
    return line.rstrip(_CLOSERS)[-1:] in _STOPS


def without_margins(line: str) -> str:
    """Return a line without the marks of quoted mail before it and the markup around it.

    >>> without_margins("> > Noon"), without_margins("<p>Noon.</p>")
    ('Noon', 'Noon.')
    """
    margin = _MARGIN.match(line)
    start, end = margin.end() if margin else 0, len(line)
    while end > start:
        if line[end - 1].isspace():
            end -= 1
        elif line[end - 1] == ">" and (tag := line.rfind("<", start, end)) >= 0 and line.find(">", tag) == end - 1:
            end = tag
        else:
            break
    return line[start:end]


def is_broken(line: str) -> bool:
    """Return True if a line is as long as one that was broken at a column, and no mark closes it.

    >>> is_broken("The ferry of the old harbour left at noon, and"), is_broken("Read more")
    (True, False)
    """
    return len(line.strip()) >= _BROKEN and not is_closed(line)


def goes_on_small(line: str) -> bool:
    """Return True if the first letter of a line is a small one, with nothing but quotation marks before it.

    >>> goes_on_small("“and noon"), goes_on_small("Noon"), goes_on_small("* noon")
    (True, False, False)
    """
    return line.lstrip().lstrip(_OPENERS)[:1].islower()


def goes_on_with_mark(line: str) -> bool:
    """Return True if a line begins with a mark that never begins a sentence, and not with an ellipsis of dots.

    >>> goes_on_with_mark(", who left"), goes_on_with_mark("... who left"), goes_on_with_mark(".com")
    (True, False, False)
    """
    words = line.lstrip()
    return words[:1] in _MARKS and not words[1:2].isalnum() and words[:2] not in ("..", "::", "%%")


def joint(start: int, above: str, below: str, rule: str) -> Edit:
    r"""Return the fold of the line end after `above`, which starts at `start`, and of the blanks around it.

    A line that goes on with a mark follows without a blank.

    >>> joint(10, "at noon ", "  and night", "wrapped.joint")[:3]
    (17, 21, ' ')
    """
    end = start + len(above)
    new = "" if goes_on_with_mark(below) else " "
    return Edit(start + len(above.rstrip()), end + 1 + indent(below), new, "fix", rule)


def fields(text: str, rule: str) -> Iterator[Edit]:
    """Yield the folds of what text browsers print for a button, a picture or an empty field of a form.

    >>> [edit.start for edit in fields("Search ________ (BUTTON) Go", "wrapped.field")]
    [7, 16]
    """
    if "(BUTTON)" in text or "____" in text or "[I" in text:
        yield from (Edit(found.start(), found.end(), "", "fix", rule) for found in _FIELD.finditer(text))


def merged(text: str, joints: Iterable[Edit], rule: str) -> Iterator[Edit]:
    """Yield joints and the fields of a text as folds."""
    yield from joints
    yield from fields(text, rule)


def agreed_column(lengths: Sequence[int], longer: Sequence[int]) -> int:
    """Return the column at which lines were wrapped, by their lengths, and those with a word more; 0 if none was.

    It must explain most of the long lines.

    >>> agreed_column([70, 68, 71], [75, 74, 80]), agreed_column([70, 60, 51], [75, 66, 58])
    (71, 0)
    """
    votes = [0] * (WIDEST + 2)
    long = 0
    for length, more in zip(lengths, longer, strict=True):
        if more > NARROWEST and length <= WIDEST:
            long += 1
            votes[max(length, NARROWEST)] += 1
            votes[min(more, WIDEST + 1)] -= 1
    totals = list(accumulate(votes))
    most = max(totals)
    return totals.index(most) if most >= FULL and most >= _AGREE * long else 0
