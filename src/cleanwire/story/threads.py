"""Comments of readers below a story, known by how their posts repeat: a name, a time, what was said, a button."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import regex

from cleanwire.compiled import Facts
from cleanwire.document import Document
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.pack import Rule
from cleanwire.scan.cues import DATE
from cleanwire.story.body import Body

POSTS = 3
"""Least posts of a thread, or buttons that part them."""
STORY, LONG_STORY = 500, 1500
"""Least letters of sentences above a thread; up to the second, at least half as many as the thread has.

The posts of a forum are the story, and its first post is often a short one.
"""
_NEAR = 4
"""Most lines from the button or heading above a post to its time."""
_LINES, _LETTERS = 15, 2500
"""Most lines and characters of a post; a story that stands between two times has more."""
_STAMP = 100
"""Most characters of a line with the time of a post, and the name of who wrote it."""
_BUTTON = 60
"""Most characters of a button below or above a post."""
_NAME, _NAME_WORDS = 40, 4
"""Most characters and words of a name that stands above the time."""
_FORUM, _FACTS = ".forum-facts", 2
"""Rules of what forums print beside each post, and how many such lines show a forum, whose posts are its text."""
_CLOCK = deferred(regex.compile, r"(?<![\d.:])\d{1,2}(?:[:：hH.]\d\d)(?![\d.])")


class Threads:
    r"""The posts of one document, whose `rules` match lines and whose lines `gone` go.

    >>> from cleanwire.compiled import facts
    >>> from cleanwire.story.body import body_range
    >>> story = "The council voted to close the old bridge for a year, and nobody in the town was glad of it. " * 6
    >>> post = "\nAnn\nMay 3, 2019 at 10:15 am\nWhat a pity!\nReply"
    >>> doc = Document(story + "\n\nLeave a comment" + 3 * post)
    >>> known = facts(doc)
    >>> head = {line: rule for line, rule in known.rules.items() if rule.scope == "rest"}
    >>> found = Threads(doc, known, body_range(doc, [0]), known.rules).found(head)
    >>> sorted({line for line, _ in found}) == list(range(1, 14))
    True
    """

    def __init__(self, doc: Document, facts: Facts, body: Body, rules: Mapping[int, Rule]) -> None:
        self.doc, self.facts, self.body, self.rules = doc, facts, body, rules
        self.is_forum = sum(rule.name.endswith(_FORUM) for rule in rules.values()) >= _FACTS

    def found(self, gone: Mapping[int, Rule]) -> Iterator[tuple[int, Rule]]:
        """Yield the lines of threads of posts below the story, and the rule of their heading or form."""
        heads = [] if self.is_forum else self._heads()
        if not heads or len(self.stamps) < POSTS - 1:
            return
        found: list[tuple[range, int]] = []
        for lines in (*self._by_buttons(heads), *self._by_heads(heads)):
            thread = self._with_last_post(lines, gone)
            near = [head for head in heads if thread.start - _NEAR <= head < thread.stop + _LINES]
            if near:
                found.append((thread, near[0]))
        if all(self._is_below_story(thread) for thread, _ in found):  # else posts are what the page is for
            yield from ((line, self.rules[head]) for thread, head in found for line in (head, *thread))

    def _is_below_story(self, thread: range) -> bool:
        letters = self.body.letters_above
        story, posts = letters[thread.start], letters[thread.stop] - letters[thread.start]
        return story >= LONG_STORY or (story >= STORY and posts <= 2 * story)

    def _heads(self) -> list[int]:
        """Return the headings and forms of comments; what stands at each post is neither."""
        heads = [line for line, rule in self.rules.items() if rule.kind == "comments" and rule.scope == "rest"]
        times = Counter(self.facts.line(line).key for line in heads)
        return sorted(line for line in heads if times[self.facts.line(line).key] < POSTS)

    @lazy
    def buttons(self) -> list[int]:
        """The lines that are a button below a post, such as one to reply."""
        lines = self.doc.lines
        first = self.stamps[0] if self.stamps else len(lines)
        short = (line for line in range(first, len(lines)) if len(lines[line]) <= _BUTTON)
        return [line for line in short if line not in self.body.sentences and self.facts.is_reply_button(line)]

    @lazy
    def stamps(self) -> list[int]:
        """The lines that say when a post was written, and no more than that and by whom."""
        lines = self.doc.lines
        dated = [line for line in self.facts.having(DATE) if len(lines[line]) <= _STAMP]
        return [line for line in dated if line not in self.body.sentences and self._is_stamp(line)]

    def _is_stamp(self, line: int) -> bool:
        text = self.doc.lines[line]
        return _CLOCK.search(text) is not None or (len(text) <= _NAME and self.facts.line(line).reading is not None)

    def _stamp_below(self, line: int) -> int:
        """Return the time of the post that begins below a line; -1 if there is none."""
        for other in range(line + 1, min(line + _NEAR + 1, len(self.doc.lines))):
            if other in self.body.sentences:
                break
            if other in self._stamp_set:
                return other
        return -1

    @lazy
    def _stamp_set(self) -> frozenset[int]:
        return frozenset(self.stamps)

    def _by_buttons(self, heads: Collection[int]) -> Iterator[range]:
        """Yield threads whose posts are parted by buttons, below the heading if one is near."""
        for run in self._runs(self.buttons):
            if sum(self._stamp_below(line) > 0 for line in run) < POSTS - 1:
                continue
            head = [line for line in heads if self._may_be_post(line, run[0]) and self._stamp_below(line) > 0]
            yield range(max(head) + 1 if head else run[0], max(run[-1], self._stamp_below(run[-1])) + 1)

    def _by_heads(self, heads: Collection[int]) -> Iterator[range]:
        """Yield threads right below a heading, each of whose posts has a name, a time and words."""
        for head in heads:
            first = self._stamp_below(head)
            if first < 0:
                continue
            run = next(self._runs([line for line in self.stamps if line >= first]))
            posts = sum(self._has_words(line, after) for line, after in pairwise(run))
            if len(run) >= POSTS and posts >= POSTS - 1 and 2 * posts >= len(run) - 1:
                yield range(head + 1, run[-1] + 1)

    def _has_words(self, stamp: int, after: int) -> bool:
        """Return True if words stand between the time of a post and that of the next, and a name beside the time."""
        above = self._is_name(stamp - 1)
        return after - stamp >= (3 if above else 2) and (above or self._names_author(stamp))

    def _names_author(self, stamp: int) -> bool:
        """Return True if more than the date and the time stands in a line."""
        reading = self.facts.line(stamp).reading
        size = sum(mark.stop - mark.start for mark in reading.marks if mark.action == "date") if reading else 0
        return len(self.doc.lines[stamp].strip()) - size > 2

    def _is_name(self, line: int) -> bool:
        text = self.doc.lines[line].strip()
        return len(text) <= _NAME and text.count(" ") < _NAME_WORDS and line not in self._stamp_set

    def _runs(self, lines: Collection[int]) -> Iterator[list[int]]:
        """Yield runs of lines between each two of which a post may stand."""
        run: list[int] = []
        for line in lines:
            if run and not self._may_be_post(run[-1], line):
                yield run
                run = []
            run.append(line)
        yield run

    def _may_be_post(self, above: int, below: int) -> bool:
        """Return True if what stands between two lines is no more than a post is."""
        if not 0 < below - above <= _LINES:
            return False
        return self.doc.start(below) - self.doc.start(above) <= _LETTERS

    def _with_last_post(self, lines: range, gone: Mapping[int, Rule]) -> range:
        """Return a thread with its last post, which ends where something goes that belongs to comments."""
        for other in range(lines.stop, min(lines.stop + _LINES, len(self.doc.lines))):
            if other in gone and gone[other].kind == "comments" and self._may_be_post(lines.stop - 1, other):
                return range(lines.start, other)
        return lines
