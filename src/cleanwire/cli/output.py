"""Terminal output of all commands: error lines, tables of counts, annotated diffs in colour."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from cleanwire import notation
from cleanwire.cli.messages import print_note, visible
from cleanwire.formats.source import Source
from cleanwire.report.hunks import hunks
from cleanwire.report.places import is_kept, lines_with_rules
from cleanwire.report.shown import shown
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


def console(*, stderr: bool = False) -> "Console":
    """Return a `rich` console for stdout, or for stderr."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def print_column(source: Source) -> None:
    """Print which column of a file is cleaned, if it has columns."""
    if source.format.column:
        print_note(f"{source.name}: cleaning column {source.format.column!r}")


def heading(text: str, width: int) -> str:
    """Return a bold heading with a rule, `width` columns wide."""
    return click.style(f"── {text} ", bold=True) + "─" * max(width - len(text) - 4, 0)


def print_line(text: str, screen: "Console", mark: str = notation.KEPT) -> None:
    """Print a text in the colour of a mark of the annotated diff, without the mark; long lines break at words."""
    from rich.text import Text

    screen.print(Text(visible(text), style=_STYLES[mark]))


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


def show_cuts(result: Result, why: Mapping[str, str], context: int) -> str:
    """Return the changed lines of a result in colour, with `context` lines around them, the rules and the reasons."""
    parts = []
    for hunk in hunks(result, why, context):
        parts.append(click.style(f"@@ line {hunk.first} @@", fg="cyan") + "\n")
        for (mark, text), rules in hunk.lines:
            colour = _STYLES[mark].rpartition(" ")[2] or None
            parts.append(click.style(f"{mark} {shown(text)}", fg=colour) + "\n")
            parts += [click.style(f"      {rule}: {reason}", dim=True) + "\n" for rule, reason in rules]
    return "".join(parts)


def print_counts(
    counts: Mapping[tuple[str, str], int],
    screen: "Console",
    *,
    examples: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Print a table of edits by action and kind, those that change text first; `examples` has a text for each row."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", expand=bool(examples))
    for name in ("kind", "action", "edits"):
        table.add_column(name, no_wrap=True, justify="right" if name == "edits" else "left")
    if examples:
        table.add_column("example", no_wrap=True, overflow="ellipsis", ratio=1)

    def order(entry: tuple[tuple[str, str], int]) -> tuple[bool, str, int, str]:
        (action, kind), number = entry
        return is_kept(action), action, -number, kind

    for (action, kind), number in sorted(counts.items(), key=order):
        example = visible(" ".join((examples or {}).get((action, kind), "").split()))
        table.add_row(visible(kind), action, f"{number:,}", *([Text(example, style="dim")] if examples else ()))
    screen.print(table)
