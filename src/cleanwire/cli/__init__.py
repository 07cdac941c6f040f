"""The command: `cleanwire`, with one file a command.

`rich` is imported where something is shown, never at the top of a module, so that ``cleanwire --help`` is quick.
"""

from typing import Any

import click

from cleanwire.cli.check import check
from cleanwire.cli.clean import clean
from cleanwire.cli.demo import demo
from cleanwire.cli.diff import diff
from cleanwire.cli.learn import learn
from cleanwire.cli.options import EXIT_FAILED, EXIT_INTERRUPTED
from cleanwire.cli.output import complain
from cleanwire.cli.rules import rules
from cleanwire.cli.undo import undo
from cleanwire.errors import CleanwireError


class _Group(click.Group):
    """A group whose commands end with our exit codes, however they end."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CleanwireError as error:
            complain(str(error))
            ctx.exit(EXIT_FAILED)
        except KeyboardInterrupt:
            complain("interrupted; every file is wholly as it was or wholly clean")
            ctx.exit(EXIT_INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cleanwire", prog_name="cleanwire")
def main() -> None:
    """Turn scraped news and web text into clean text.

    Mends broken characters, takes page boilerplate out and sets photo captions aside as data. Every change has a rule,
    a reason and a place, and can be undone.

    \b
    cleanwire diff story.txt               see what would change, and by which rule
    cleanwire clean story.txt              clean the file where it lies
    cleanwire undo story.txt               put back what it held
    cleanwire clean --sidecar stories/     a folder; captions as JSON beside each file
    curl … | cleanwire clean -             a filter in a pipe
    """  # noqa: D301 - click reads the backspace


for command in (clean, check, diff, undo, learn, rules, demo):
    main.add_command(command)
