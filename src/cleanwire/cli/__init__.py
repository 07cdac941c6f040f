"""The command line: ``cleanwire``, with one module per command.

`rich` is imported by the functions that print, never at the top of a module, so that ``cleanwire --help`` is quick.
"""

import errno
import sys
import warnings
from io import TextIOWrapper
from typing import Any

import click

from cleanwire.cli.check import check
from cleanwire.cli.clean import clean
from cleanwire.cli.demo import demo
from cleanwire.cli.diff import diff
from cleanwire.cli.explain import explain
from cleanwire.cli.learn import learn
from cleanwire.cli.options import EXIT_FAILED, EXIT_INTERRUPTED
from cleanwire.cli.output import print_error, print_note
from cleanwire.cli.report import report
from cleanwire.cli.rules import rules
from cleanwire.cli.undo import undo
from cleanwire.errors import CleanwireError, SyncWarning


class _Group(click.Group):
    """A group that turns errors and Ctrl-C into one line on stderr and an exit code."""

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


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for command in (clean, check, diff, explain, report, undo, learn, rules, demo):
    main.add_command(command)
