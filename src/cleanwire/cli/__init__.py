"""The command line: ``cleanwire``, with one module per command.

A command is imported when it runs, and `rich` by the functions that print, so that ``cleanwire --help`` is quick.
"""

import errno
import sys
import warnings
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from cleanwire.cli.messages import EXIT_FAILED, EXIT_INTERRUPTED, print_error, print_note
from cleanwire.errors import CleanwireError, SyncWarning

COMMANDS = {
    "check": "List files that would change (exit 1 if any).",
    "clean": "Clean files in place, or a pipe.",
    "demo": "Show what cleaning does, on built-in or your own examples.",
    "diff": "Show what would change, line by line.",
    "explain": "Say why lines are changed or not.",
    "learn": "Learn what sites repeat on their pages, for --sites.",
    "report": "Write a page that shows what cleaning changes.",
    "rules": "List or show rules; validate, format or import a rule pack.",
    "undo": "Restore files as they were before cleaning.",
}
"""The commands, with the first sentence of their help: ``--help`` shows it without importing them."""


class _Group(click.Group):
    """A group that imports a command when it runs, and turns errors and Ctrl-C into one line and an exit code."""

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import the command called `name`, if there is one."""
        command: click.Command | None = None
        if name in self.commands:
            command = getattr(import_module(f"cleanwire.cli.{name}"), name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands as click does, and import none."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # what its charset lacks is shown as an escape
                stream.reconfigure(errors="backslashreplace")
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _show_warning
                return super().invoke(ctx)
        except CleanwireError as error:
            print_error(str(error))
            ctx.exit(EXIT_FAILED)
        except KeyboardInterrupt:
            print_error("interrupted; no file was left half-written; rerun with --resume to continue")
            ctx.exit(EXIT_INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads the output has enough of it
                raise
            what = f"{error.filename}: " if error.filename else ""
            print_error(f"{what}{error.strerror or error}; no file was left half-written")
            ctx.exit(EXIT_FAILED)


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any, **__: Any
) -> None:
    """Print a warning of cleanwire as a note; those of other libraries as ever."""
    if issubclass(category, SyncWarning):
        print_note(str(message))
    else:
        click.echo(warnings.formatwarning(message, category, filename, lineno), err=True, nl=False)


@click.group(
    cls=_Group,
    commands=list(map(click.Command, COMMANDS)),  # their names, by which click finds what a misspelled one may mean
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="cleanwire", prog_name="cleanwire")
def main() -> None:
    """Turn scraped news and web text into clean text.

    Repairs broken characters, removes page boilerplate and extracts photo captions as data. Every change records the
    rule, the reason and its offsets, and can be undone.

    \b
    cleanwire demo                         show what cleaning does
    cleanwire diff story.txt               show what would change, and by which rule
    cleanwire report stories/ -o r.html    write a page that shows what would change, the riskiest rules first
    cleanwire clean story.txt              clean the file in place
    cleanwire undo story.txt               restore the original
    cleanwire clean --sidecar stories/     clean a folder; captions as JSON beside each file
    curl … | cleanwire clean               clean a pipe
    """  # noqa: D301 - \b keeps click from wrapping the lines
