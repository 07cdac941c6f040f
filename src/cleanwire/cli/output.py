"""What the commands show: margins in colour, tables, complaints."""

from collections import Counter
from collections.abc import Iterator, Mapping
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
WENT = {"fix": "mended", "drop": "dropped", "caption": "set aside as caption"}
"""What becomes of the words of an edit, by its action; other actions name what stays."""
CHANGES = tuple(WENT.values())
"""Where things go that change the text; the other actions name what stays."""
# A scraped text may hold codes that a terminal obeys.
_PICTURES = {**{code: 0x2400 + code for code in range(32) if code not in (9, 10)}, 0x7F: 0x2421} | dict.fromkeys(
    range(0x80, 0xA0), 0xFFFD
)


class Act(NamedTuple):
    """One thing done to a text: where it went, of what kind it is, and the line of the source it stands in."""

    went: str
    kind: str
    line: int


def acts(result: Result) -> Iterator[tuple[Act, str]]:
    """Yield what was done, each with its words; several edits of a kind in a line are one thing done."""
    source, seen = result.undo() if result.steps else "", set()
    line = reached = 0
    for start, _, words, action, rule in places(result):
        line, reached = line + source.count("\n", reached, start), start
        act = Act(WENT.get(action, f"named {action}"), rule.partition(".")[0], line)
        if act not in seen:
            seen.add(act)
            yield act, words


def places(result: Result) -> list[tuple[int, int, str, str, str]]:
    """Return every edit, fixes too, as start and stop in the source, words, action and rule; sorted."""
    route, found = Route(result.steps), []
    for index, step in enumerate(result.steps):
        for edit, words in zip(step.edits, step.removed, strict=True):
            if edit.action == "fix":
                start = route.back(edit.start, before=index)
                found.append((start, route.back(edit.stop, end=True, before=index), words, "fix", edit.rule))
    found += [(span.start, span.end, span.text, span.action, span.rule) for span in result.spans]
    return sorted(found)


def count(result: Result) -> Counter[tuple[str, str]]:
    """Count what was done by where it went and by kind."""
    return Counter((act.went, act.kind) for act, _ in acts(result))


def console(*, stderr: bool = False) -> "Console":
    """Return a terminal to show things on."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def complain(message: str) -> None:
    """Say on stderr, in one line, what could not be done."""
    line = " ".join(click.format_filename(message).translate(_PICTURES).split("\n"))
    click.echo(f"{click.style('cleanwire:', fg='red', bold=True)} {line}", err=True)


def painted(result: Result, width: int) -> str:
    """Return a text in margin notation as a terminal shows it: in colour, with the rules at the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    rows = list(annotated(result))
    widest = max((len(rule) for _, rules in rows for rule in rules), default=0)
    grid.add_column(width=min(widest, width // 3), justify="right", style="dim", overflow="fold")
    for (mark, text), rules in rows:
        shown = Text(text.translate(_PICTURES), style=_STYLES[mark])
        grid.add_row(Text(mark, style=_STYLES[mark]), shown, Text("\n".join(rules)))
    screen = Console(width=width, force_terminal=True, highlight=False, markup=False, emoji=False)
    with screen.capture() as capture:
        screen.print(grid)
    return capture.get()


def annotated(result: Result) -> Iterator[tuple[notation.AnnotatedLine, list[str]]]:
    """Yield the lines of margin notation, each with the rules that spoke of it."""
    known, lines = places(result), iter(result.undo().split("\n"))
    start = first = 0
    for shown in notation.annotate(result):
        if shown.mark == notation.AFTER:
            yield shown, []
            continue
        stop = start + len(next(lines))
        rules: list[str] = []
        for begin, end, _, _, rule in known[first:]:
            if begin > stop:
                break
            if end > start and shown.text and rule not in rules:
                rules.append(rule)
        yield shown, rules
        start = stop + 1
        while first < len(known) and known[first][1] <= start:
            first += 1


def table(
    counts: Mapping[tuple[str, str], int], screen: "Console", examples: Mapping[tuple[str, str], str] | None = None
) -> None:
    """Show how much went where, by kind, the most first; with `examples`, one of each."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="dim", expand=bool(examples))
    for head in ("kind", "went", "lines"):
        shown.add_column(head, no_wrap=True, justify="right" if head == "lines" else "left")
    if examples:
        shown.add_column("for instance", no_wrap=True, overflow="ellipsis", ratio=1)
    for (went, kind), number in sorted(counts.items(), key=lambda entry: (entry[0][0], -entry[1], entry[0][1])):
        words = " ".join((examples or {}).get((went, kind), "").split()).translate(_PICTURES)
        shown.add_row(kind, went, str(number), *([Text(words, style="dim")] if examples else ()))
    screen.print(shown)
