"""Messages of the command, one line each, on stderr; and how they are written."""

import sys

import click

EXIT_OK = 0
EXIT_CHANGES = 1
"""`check`: a file would change.  `rules test`: the pack is invalid or an example failed."""
EXIT_FAILED = 2
"""A wrong option, or a file that could not be read or written."""
EXIT_INTERRUPTED = 130

# Scraped text may contain terminal escape sequences; each control character is replaced by a visible symbol.
_VISIBLE_CONTROLS = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_VISIBLE_CONTROLS |= {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}


def plural(number: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "file"), plural(12000, "file")
    ('1 file', '12,000 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


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
