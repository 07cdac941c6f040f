"""Terminal output of all commands: error lines, tables of counts, annotated diffs in colour."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import click

from cleanwire import notation
from cleanwire.edit import Route
from cleanwire.result import Result

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    notation.KEPT: "",
    notation.DROPPED: "red",
    notation.CAPTION: "cyan",
    notation.NAMED: "green",
    notation.BEFORE: "yellow",
    notation.AFTER: "bold yellow",
}
_TEXT_CHANGES = {"fix": "fixed", "drop": "dropped", "caption": "extracted caption"}
CHANGES = tuple(_TEXT_CHANGES.values())
"""Descriptions of the actions that change the text; the other actions only label text that is kept."""
# Scraped text may contain terminal escape sequences; each control character is replaced by a visible symbol.
_VISIBLE_CONTROLS = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_VISIBLE_CONTROLS |= {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}


def describe_action(action: str) -> str:
    """Return how tables and summaries name an action.

    >>> describe_action("fix"), describe_action("byline")
    ('fixed', 'byline (kept)')
    """
    return _TEXT_CHANGES.get(action, f"{action} (kept)")


def plural(number: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "file"), plural(12000, "file")
    ('1 file', '12,000 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Change(NamedTuple):
    """What was done to a line: the action as `describe_action` names it, the kind of rule, the line in the source."""

    action: str
    kind: str
    line: int


class Place(NamedTuple):
    """An edit in the source: ``source[start:end]`` is `text`."""

    start: int
    end: int
    text: str
    action: str
    rule: str
    part: str | None

    @property
    def label(self) -> str:
        """The rule, and the part if the edit is one."""
        return f"{self.rule} · {self.part}" if self.part else self.rule


def changes(result: Result) -> Iterator[tuple[Change, str]]:
    """Yield the changes to a text, each with the text of its longest edit.

    The edits of one kind and action in a line are one change.
    """
    source, found = result.undo() if result.steps else "", dict[Change, str]()
    line = reached = 0
    for place in places(result):
        line, reached = line + source.count("\n", reached, place.start), place.start
        change = Change(describe_action(place.action), place.rule.partition(".")[0], line)
        found[change] = max(found.get(change, ""), place.text, key=len)
    yield from found.items()


def places(result: Result) -> list[Place]:
    """Return every edit of a result, fixes too, with its position in the source; sorted."""
    route, found = Route(result.steps), []
    for index, step in enumerate(result.steps):
        for edit, text in zip(step.edits, step.removed, strict=True):
            if edit.action == "fix":
                start = route.back(edit.start, before=index)
                end = route.back(edit.stop, end=True, before=index)
                found.append(Place(start, end, text, "fix", edit.rule, edit.part))
    found += [Place(span.start, span.end, span.text, span.action, span.rule, span.part) for span in result.spans]
    return sorted(found, key=itemgetter(0, 1))


def count_changes(result: Result) -> Counter[tuple[str, str]]:
    """Count the changes to a text by action and kind."""
    return Counter((change.action, change.kind) for change, _ in changes(result))


def console(*, stderr: bool = False) -> "Console":
    """Return a `rich` console for stdout, or for stderr."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def visible(text: str) -> str:
    r"""Return `text` with visible symbols instead of the control characters that a terminal would obey.

    >>> visible("\x1b[2J")
    '␛[2J'
    """
    return text.translate(_VISIBLE_CONTROLS)


def printable(text: str, *, stderr: bool = False) -> str:
    """Return `text` as it is for a file or a pipe, and for a terminal as `visible` shows it."""
    return visible(text) if (sys.stderr if stderr else sys.stdout).isatty() else text


def print_error(message: str) -> None:
    """Print an error on stderr, as one line."""
    line = " ".join(visible(click.format_filename(message)).split("\n"))
    click.echo(f"{click.style('cleanwire:', fg='red', bold=True)} {line}", err=True)


def print_note(message: str) -> None:
    """Print a remark on stderr, as one line."""
    line = " ".join(visible(click.format_filename(message)).split("\n"))
    click.echo(f"cleanwire: {line}", err=True)


def heading(text: str, width: int) -> str:
    """Return a bold heading with a rule, `width` columns wide."""
    return click.style(f"── {text} ", bold=True) + "─" * max(width - len(text) - 4, 0)


def colored_diff(result: Result, width: int) -> str:
    """Return the annotated diff of a result for a terminal: in colour, with the names of the rules at the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    rows = list(lines_with_rules(result))
    widest = max((len(rule) for _, rules in rows for rule in rules), default=0)
    grid.add_column(width=min(widest, width // 3), justify="right", style="dim", overflow="fold")
    for (mark, text), rules in rows:
        grid.add_row(
            Text(mark, style=_STYLES[mark]), Text(visible(text), style=_STYLES[mark]), Text(visible("\n".join(rules)))
        )
    screen = Console(width=width, force_terminal=True, highlight=False, markup=False, emoji=False)
    with screen.capture() as capture:
        screen.print(grid)
    return capture.get()


def lines_with_rules(result: Result) -> Iterator[tuple[notation.AnnotatedLine, list[str]]]:
    """Yield the lines of the annotated diff, each with the names of the rules that fired in it."""
    known, lines = places(result), iter(result.undo().split("\n"))
    start = first = 0
    for shown in notation.annotate(result):
        if shown.mark == notation.AFTER:
            yield shown, []
            continue
        end = start + len(next(lines))
        rules: list[str] = []
        for place in known[first:]:
            if place.start > end:
                break
            if place.end > start and shown.text and place.label not in rules:
                rules.append(place.label)
        yield shown, rules
        start = end + 1
        while first < len(known) and known[first].end <= start:
            first += 1


def print_counts(
    counts: Mapping[tuple[str, str], int],
    screen: "Console",
    *,
    unit: str = "lines",
    examples: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Print a table of counts by action and kind, changes first; `examples` has a text for each row."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", expand=bool(examples))
    for name in ("kind", "action", unit):
        table.add_column(name, no_wrap=True, justify="right" if name == unit else "left")
    if examples:
        table.add_column("example", no_wrap=True, overflow="ellipsis", ratio=1)

    def order(entry: tuple[tuple[str, str], int]) -> tuple[bool, str, int, str]:
        (action, kind), number = entry
        return action not in CHANGES, action, -number, kind

    for (action, kind), number in sorted(counts.items(), key=order):
        example = visible(" ".join((examples or {}).get((action, kind), "").split()))
        table.add_row(visible(kind), action, f"{number:,}", *([Text(example, style="dim")] if examples else ()))
    screen.print(table)
