"""The blocks of Markdown: which are protected, which marks begin lines, and which lines go on in the next."""

import re
from array import array
from bisect import bisect_right
from itertools import accumulate

from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.view import HEADING, IMAGE, KEPT, METADATA, PAGE_METADATA, PLACEHOLDER, PROTECTED
from cleanwire.views import joints
from cleanwire.views.markdown_inline import JOINT
from cleanwire.views.markdown_signs import FENCE, FrontMatter

_QUOTE = "markdown.quote"
_RULE = "markdown.rule"
_TABLE = "markdown.table"

_MARKS = frozenset(" \t#>|`~<$[-*_=+\\0123456789")
"""What a line begins with that may be more than a line of a paragraph."""
_HEADING = deferred(re.compile, r" {0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = deferred(re.compile, r" {0,3}(?:={2,}|-{3,})[ \t]*$")
_RULER = deferred(re.compile, r" {0,3}(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_ITEM = deferred(re.compile, r"([ \t]*)(?:[-*+•]|\d{1,9}[.)])(?:[ \t]+|$)")
_QUOTED = deferred(re.compile, r" {0,3}(?:>[ \t]?+)++")
_FENCED = deferred(re.compile, FENCE)
_HTML = deferred(
    re.compile,
    r" {0,3}<(?:!--|/?(?:address|article|aside|blockquote|center|details|dialog|dd|dl|dt|div|fieldset|footer|form"
    r"|h[1-6]|head|header|hr|html|iframe|img|link|main|nav|ol|p|picture|pre|script|section|source|style|summary|svg|table|tbody"
    r"|td|th|thead|tr|ul|video)\b)",
)
_DEFINITION = deferred(re.compile, r" {0,3}\[(?P<name>[^\[\]\n]+)\]:[ \t]*(?P<address>\S+)?")
_CELLS = deferred(re.compile, r"[ \t]*+(?:\|[ \t]*+)?(?::?-++:?[ \t]*+\|[ \t]*+)++(?::?-++:?[ \t]*+)?$")
_CELL = deferred(re.compile, r"(?<!\\)\|")
_DIGIT = deferred(re.compile, r"\d")
_ANCHORS = deferred(
    re.compile, r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[^\]\n]*\]\((?![a-z][a-z+.-]*:|//)[^)\n]*\)[ \t|·•,]*)+$"
)
"""A line of links within the documentation."""
_CODE = deferred(re.compile, r"[{}<>=;$#\\|\[\]]|\(\)|^\s*(?:[a-z]+ -)|--|\w/\w|\w_\w")
_WORD = deferred(re.compile, r"[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|\S+")
"""What a wrap puts on a line: a word, or the part of one before a hyphen."""
_DATA = 2
"""Least columns with digits, and least rows, of a table of data."""


class Blocks:
    r"""The folds of the blocks of a text, the ranges that are protected, and the names of the addresses that it lists.

    >>> blocks = Blocks("# Noon\n\n```\nx\n```\nShe left.", None, documentation=False)
    >>> [edit[:2] for edit in blocks.folds], blocks.protected
    ([(0, 2), (8, 17)], [(8, 17)])
    """

    def __init__(self, text: str, front: FrontMatter | None, *, documentation: bool) -> None:
        self.text, self._documentation = text, documentation
        self.folds: list[Edit] = []
        self.protected: list[tuple[int, int]] = []
        self.references: set[str] = set()
        self._lines = text.split("\n")
        ends = enumerate(accumulate(map(len, self._lines)), 1)
        self._starts = array("q", [0]) + array("q", (end + number for number, end in ends))
        self._content = 0  # the column at which the content of the list item begins
        self._open = False  # whether the line above may go on
        self._found: dict[str, int] = {}  # where the next mark of a kind is, so that no stretch is searched twice
        self._no_table = self._no_code = 0  # up to which line no table of data, and no indented code, begins
        self._joints = array("q")  # by four: the lengths of a line, and with a word more; where it ends
        self._read(front)
        self._join()
        self.folds.sort()

    def _read(self, front: FrontMatter | None) -> None:
        number = 0
        if front:
            self._fold(0, front.stop, PLACEHOLDER, PAGE_METADATA if front.of_page else METADATA)
            self.protected.append((0, front.stop))
            number = self.text.count("\n", 0, front.stop) + 1
        lines, blank = self._lines, True
        while number < len(lines):
            line = lines[number]
            if not line or line.isspace():
                self._open, blank = False, True
                number += 1
                continue
            if line[0] in _MARKS or "|" in line:
                below = self._block(number, line, blank)
            else:
                below = self._paragraph(number, line, blank, 0)
            number, blank = below, False

    def _block(self, number: int, line: str, blank: bool) -> int:
        """Read the block that begins with a line, and return the number of the line below it."""
        last = self._fenced(number, line) or self._math(number, line) or self._html(number, line)
        last = last or self._table(number, line) or self._definitions(number, line)
        if last:
            self._protect(number, last)
            return last
        if not self._documentation and (last := self._figure(number, line)):
            self._fold(self._starts[number], self._starts[last] - 1, "", IMAGE)
            self._open = False
            return last
        if found := _HEADING.match(line):
            self._mark(number, found.end(), f"{HEADING}{len(found[1])}")
            self._keep(number)
            self._open, self._content = False, 0
            return number + 1
        if _UNDERLINE.match(line) and not blank and self._open:
            start = self._starts[number]
            self._fold(start - 1, start + len(line), "", f"{HEADING}{1 if '=' in line else 2}")
            self._keep(number - 1)
            self._open = False
            return number + 1
        if _RULER.match(line):
            self._fold(self._starts[number], self._starts[number] + len(line), "", _RULE)
            self._open = False
            return number + 1
        if _CELLS.match(line):
            self._fold(self._starts[number] - (number > 0), self._starts[number] + len(line), "", _TABLE)
            self._open = False
            return number + 1
        return self._words(number, line, blank)

    def _words(self, number: int, line: str, blank: bool) -> int:
        """Read a line of words, which may be an item of a list, code, or quoted."""
        if self._documentation and _ANCHORS.match(line):
            self._keep(number)
        if item := _ITEM.match(line):
            self._content = item.end()
            self._open = True
            return number + 1
        indent = len(line) - len(line.lstrip(" \t"))
        is_deep = number >= self._no_code and (indent >= 4 or line[0] == "\t")
        if blank and is_deep and (last := self._indented(number, line)):
            self._protect(number, last)
            return last
        if line.lstrip().startswith("|"):
            self._row(number, line)
            return number + 1
        return self._paragraph(number, line, blank, indent)

    def _paragraph(self, number: int, line: str, blank: bool, indent: int) -> int:
        """Read a line of a paragraph; it may go on the line above."""
        if blank and indent < self._content:
            self._content = 0
        lead = 0
        if line[indent : indent + 1] == ">" and (quoted := _QUOTED.match(line)):
            lead = quoted.end()
        if self._open and not (lead and not self._lines[number - 1].lstrip().startswith(">")):
            above, start = self._lines[number - 1], self._starts[number]
            words = line[lead:].lstrip()
            gap = lead or indent
            if (word := _WORD.match(words)) and not above.endswith(("  ", "\\")):
                length = len(above)
                if " " not in above.strip():
                    length = min(length, joints.NARROWEST)  # one word may be longer than the line
                self._joints.extend((length, len(above) + 1 + word.end(), start - 1, start + gap))
        if lead:
            self._mark(number, lead, _QUOTE)
        self._open = True
        return number + 1

    def _fenced(self, number: int, line: str) -> int:
        if "```" not in line and "~~~" not in line:
            return 0
        if not (found := _FENCED.match(line)):
            return 0
        fence = found["fence"]
        for below in range(number + 1, len(self._lines)):
            words = self._lines[below].strip(" \t>")
            if words.startswith(fence) and not words.strip(fence[0]):
                return below + 1
        return len(self._lines)

    def _math(self, number: int, line: str) -> int:
        words = line.strip()
        close = {"$$": "$$", "\\[": "\\]"}.get(words[:2])
        if not close:
            return 0
        if len(words) > len(close) + 2 and words.endswith(close):
            return number + 1
        for below in range(number + 1, min(number + 60, len(self._lines))):
            if self._lines[below].rstrip().endswith(close):
                return below + 1
        return 0

    def _html(self, number: int, line: str) -> int:
        if "<" not in line or not (found := _HTML.match(line)):
            return 0
        if found[0].endswith("!--"):
            return self._line_below("-->", number)
        while number < len(self._lines) and self._lines[number].strip():
            number += 1
        return number

    def _line_below(self, mark: str, number: int) -> int:
        """Return the number of the line below the next `mark` from a line on; 0 if there is none."""
        start, stop = self._starts[number], self._found.get(mark, 0)
        if 0 <= stop <= start:
            stop = self._found[mark] = self.text.find(mark, start)
        return bisect_right(self._starts, stop) if stop >= 0 else 0

    def _figure(self, number: int, line: str) -> int:
        """Return the number of the line below a figure in HTML; 0 if the line begins none."""
        if not line.lstrip().startswith("<figure"):
            return 0
        last = self._line_below("</figure>", number)
        return last if last and not self._lines[last - 1].partition("</figure>")[2].strip() else 0

    def _table(self, number: int, line: str) -> int:
        """Return the number of the line below a table of data; 0 if the line begins none."""
        lines = self._lines
        if (
            "|" not in line
            or number < self._no_table
            or number + 1 == len(lines)
            or not _CELLS.match(lines[number + 1])
        ):
            return 0
        last = number + 2
        while last < len(lines) and "|" in lines[last]:
            last += 1
        rows = [_CELL.split(row.strip().strip("|")) for row in lines[number + 2 : last]]
        if self._documentation:
            return last if rows and len(rows[0]) > 1 else 0
        columns = (sum(map(bool, map(_DIGIT.search, column))) for column in zip(*rows, strict=False))
        if len(rows) >= _DATA and sum(2 * digits >= len(rows) for digits in columns) >= _DATA:
            return last
        self._no_table = last
        return 0

    def _definitions(self, number: int, line: str) -> int:
        """Return the number of the line below a list of addresses; 0 if the line begins none."""
        if "]:" not in line:
            return 0
        last = number
        while last < len(self._lines) and (found := _DEFINITION.match(self._lines[last])):
            name = found["name"]
            if name.startswith("^"):
                if last == number:
                    self._keep(number)
                break
            if not found["address"] or (name.isdecimal() and not self._documentation):
                break  # numbers are those of a program that made text of a page; see the filter links
            self.references.add(name.casefold())
            last += 1
        return last if last > number else 0

    def _indented(self, number: int, line: str) -> int:
        """Return the number of the line below indented code; 0 if the line begins none."""
        least = self._content + 4
        last = end = number
        while last < len(self._lines):
            row = self._lines[last]
            if row.strip():
                if len(row.expandtabs(4)) - len(row.lstrip().expandtabs(4)) < least:
                    break
                end = last
            last += 1
        if len(line.expandtabs(4)) - len(line.lstrip().expandtabs(4)) < least:
            return 0
        if self._documentation or any(map(_CODE.search, self._lines[number : end + 1])):
            return end + 1
        self._no_code = last
        return 0

    def _row(self, number: int, line: str) -> None:
        """Fold the strokes at both ends of a row of a table."""
        start = self._starts[number]
        lead = len(line) - len(line.lstrip(" \t|"))
        self._fold(start, start + lead, "", _TABLE)
        tail = len(line.rstrip(" \t|"))
        if tail > lead:
            self._fold(start + tail, start + len(line), "", _TABLE)
        self._open = False

    def _protect(self, number: int, last: int) -> None:
        start = self._starts[number]
        stop = self._starts[last] - 1
        self._fold(start, stop, PLACEHOLDER, PROTECTED)
        self.protected.append((start, stop))
        self._open = False

    def _keep(self, number: int) -> None:
        """Keep a line: it is named at most."""
        if self._documentation or self._lines[number].lstrip().startswith("[^"):
            self._fold(self._starts[number], self._starts[number], "", KEPT)

    def _mark(self, number: int, length: int, rule: str) -> None:
        self._fold(self._starts[number], self._starts[number] + length, "", rule)

    def _fold(self, start: int, stop: int, new: str, rule: str) -> None:
        self.folds.append(Edit(start, stop, new, "fix", rule))

    def _join(self) -> None:
        """Fold the line ends that a wrap at a fixed column has made."""
        if column := joints.agreed_column(self._joints[::4], self._joints[1::4]):
            for length, more, start, stop in zip(*[iter(self._joints)] * 4, strict=True):
                if length <= column < more:
                    above = self.text[start - 2 : start]
                    hyphen = above[-1:] == "-" and above[:1].isalpha() and self.text[stop : stop + 1].isalpha()
                    self._fold(start, stop, "" if hyphen else " ", JOINT)
