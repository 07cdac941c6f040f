"""``cleanwire demo``: documents in margin notation, cleaned before your eyes."""

import sys
from collections import Counter
from pathlib import Path

import click

from cleanwire import notation
from cleanwire.cleaner import Cleaner
from cleanwire.cli.options import EXIT_FAILED
from cleanwire.cli.output import acts, complain, console, painted, table
from cleanwire.errors import NotationError


@click.command(short_help="Clean documents in margin notation, and show it.")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def demo(path: Path) -> None:
    """Clean the documents at PATH, a file or a folder of .txt files in margin notation, and show what went where.

    The marks that the documents carry are what they ought to become: they are taken off before the text is cleaned, and
    at the end it is said which documents came out otherwise.
    Nothing is written.
    """
    cleaner, screen = Cleaner(), console()
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    otherwise: list[str] = []
    lines = 0
    for file in files:
        try:
            marked = notation.parse(file.read_text(encoding="utf-8"))
        except (NotationError, OSError, UnicodeDecodeError) as error:
            complain(f"{file}: {error}")
            sys.exit(EXIT_FAILED)
        text = notation.source(marked)
        result = cleaner(text)
        if notation.verdicts(notation.annotate(result)) != notation.verdicts(marked):
            otherwise.append(file.stem)
        lines += text.count("\n") + 1
        for act, words in acts(result):
            counts[act.went, act.kind] += 1
            examples.setdefault((act.went, act.kind), words)
        click.echo(click.style(f"── {file.stem} ", bold=True) + "─" * max(screen.width - len(file.stem) - 4, 0))
        click.echo(painted(result, screen.width), nl=False)
        click.echo()
    table(counts, screen, examples)
    done = f"{len(files)} documents, {lines} lines: {len(files) - len(otherwise)} came out as they are marked"
    click.echo(click.style(f"\n{done}", bold=True))
    if otherwise:
        click.echo(f"otherwise: {', '.join(otherwise)}")
