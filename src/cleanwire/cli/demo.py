"""``cleanwire demo``: clean documents in annotated-diff notation and show the result."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import click

from cleanwire import notation
from cleanwire.cleaner import Cleaner
from cleanwire.cli.messages import plural, visible
from cleanwire.cli.output import colored_diff, console, heading, print_counts, print_line
from cleanwire.errors import CleanwireError, NotationError
from cleanwire.report.places import describe_action, places
from cleanwire.result import Result


class _Document(NamedTuple):
    """A document in annotated-diff notation: its name and its lines."""

    name: str
    lines: Sequence[notation.AnnotatedLine]


@dataclass
class _Counts:
    """Counts of edits by action and kind, with one example of each: the text of the longest edit."""

    number: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count the edits of one result."""
        for place in places(result):
            key = describe_action(place.action), place.rule.partition(".")[0]
            self.number[key] += 1
            self.examples[key] = max(self.examples.get(key, ""), place.text, key=len)


@click.command(short_help="Show what cleaning does, on built-in or your own examples.")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def demo(path: Path | None) -> None:
    """Show two built-in articles before and after cleaning, and a table of the edits.

    With PATH, a file or a folder of .txt files in annotated-diff notation: remove the marks, clean the texts, show the
    annotated diffs, and list the documents whose result differs from their marks. No file is written.
    """
    if path is None:
        _show_before_and_after(_builtin())
    else:
        _show_diffs([_read(file, file.stem) for file in _files(path)])


def _builtin() -> Iterator[_Document]:
    """Yield the documents that are installed with cleanwire."""
    folder = resources.files("cleanwire.cli") / "data"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield _read(file, file.name.removesuffix(".txt"))


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise click.UsageError(f"{path}: no .txt files in this folder; run `cleanwire demo` for the built-in examples.")
    return files


def _read(file: Traversable, name: str) -> _Document:
    """Read a document; raises `CleanwireError` if it is not annotated-diff notation in UTF-8."""
    try:
        return _Document(name, notation.parse(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise CleanwireError(f"{file}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CleanwireError(f"{file}: is not UTF-8; the demo reads annotated-diff notation in UTF-8") from error
    except NotationError as error:
        raise CleanwireError(f"{file}: {error}; `cleanwire diff` shows the changes to a plain text") from error


def _show_before_and_after(documents: Iterable[_Document]) -> None:
    cleaner, screen, counts = Cleaner(), console(), _Counts()
    for document in documents:
        text = notation.source(document.lines)
        result = cleaner(text)
        counts.add(result)
        click.echo(heading(f"before: {visible(document.name)}", screen.width))
        for line in notation.annotate(result):
            if line.mark != notation.AFTER:
                print_line(line.text, screen, line.mark)
        click.echo(heading("after", screen.width))
        print_line(result.text, screen)
        for caption in result.captions:
            credit = ", ".join(filter(None, (caption.credit, caption.agency)))
            print_line(f"[caption] {caption.text} [credit] {credit}", screen, notation.CAPTION)
    click.echo()
    print_counts(counts.number, screen, examples=counts.examples)
    screen.print("\nNo file was written. Next: `cleanwire diff FILE`, then `cleanwire clean FILE`.")


def _show_diffs(documents: Sequence[_Document]) -> None:
    cleaner, screen, counts = Cleaner(), console(), _Counts()
    different: list[str] = []
    lines = 0
    for document in documents:
        text = notation.source(document.lines)
        result = cleaner(text)
        if notation.verdicts(notation.annotate(result)) != notation.verdicts(document.lines):
            different.append(document.name)
        lines += text.count("\n") + 1
        counts.add(result)
        click.echo(heading(visible(document.name), screen.width))
        click.echo(colored_diff(result, screen.width))
    print_counts(counts.number, screen, examples=counts.examples)
    summary = (
        f"{plural(len(documents), 'document')}, {plural(lines, 'line')}: "
        f"{len(documents) - len(different)} as marked, {len(different)} different"
    )
    click.echo(click.style(f"\n{summary}", bold=True))
    if different:
        click.echo(f"different: {visible(', '.join(different))}")
