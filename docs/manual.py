"""Write the manual pages from the parser of the command: ``python -m docs.manual`` writes docs/man; ``make man``."""

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from cleanwire.cli import main as command_line

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "man"
NAME = "cleanwire"
_VERBATIM = "\b"
"""What begins a paragraph of a help text whose lines click does not wrap."""


def pages() -> dict[str, str]:
    """Return the manual pages of all commands, by the names of their files.

    >>> sorted(pages())[:3]
    ['cleanwire-check.1', 'cleanwire-clean.1', 'cleanwire-demo.1']
    """
    known = dict(_commands(command_line, (NAME,)))
    return {f"{'-'.join(words)}.1": _page(words, command, list(known)) for words, command in known.items()}


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, by the words that call it."""
    yield words, command
    for name, child in _children(command):
        yield from _commands(child, (*words, name))


def _children(command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group with their names; none of a command."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if child := command.get_command(context, name):
                yield name, child


def _page(words: tuple[str, ...], command: click.Command, known: list[tuple[str, ...]]) -> str:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    title = "-".join(words)
    lines = [
        '.\\" Made by `make man` from the parser of the command; change that.',
        f'.TH "{title.upper()}" "1" "" "{NAME} {version}" "{NAME}"',
        ".SH NAME",
        f"{_escaped(title)} \\- {_escaped(_summary(command))}",
        ".SH SYNOPSIS",
        f"\\fB{_escaped(' '.join(words))}\\fR {' '.join(_usage(command))}".rstrip(),
        ".SH DESCRIPTION",
        *_paragraphs(command.help or ""),
    ]
    options = [each for each in command.params if isinstance(each, click.Option)]
    lines += [".SH OPTIONS", *(line for option in options for line in _option(option))]
    lines += [".TP", "\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Show the help and exit."]
    if isinstance(command, click.Group):
        lines.append(".SH COMMANDS")
        for name, child in _children(command):
            lines += [".TP", f"\\fB{_escaped('-'.join((*words, name)))}\\fR(1)", _escaped(_summary(child))]
    near = [other for other in known if other != words and (len(other) == 2 or other == words[:1])]
    links = ", ".join(f"\\fB{_escaped('-'.join(other))}\\fR(1)" for other in near)
    return "\n".join([*lines, ".SH SEE ALSO", links]) + "\n"


def _summary(command: click.Command) -> str:
    """Return what a list of commands says of one, without the period."""
    return command.get_short_help_str(limit=200).rstrip(".")


def _usage(command: click.Command) -> Iterator[str]:
    yield "[\\fIOPTIONS\\fR]"
    for each in command.params:
        if isinstance(each, click.Argument):
            yield _escaped(each.metavar or each.human_readable_name)
    if isinstance(command, click.Group):
        yield "\\fICOMMAND\\fR [\\fIARGS\\fR]"


def _option(option: click.Option) -> Iterator[str]:
    names = sorted(option.opts, key=len)
    value = ""
    if not option.is_flag:
        choices = "|".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
        value = option.metavar or (f"[{choices}]" if choices else option.type.name.upper())
    yield ".TP"
    yield ", ".join(f"\\fB{_escaped(name)}\\fR" for name in names) + (f" \\fI{_escaped(value)}\\fR" if value else "")
    required = " Required." if option.required else ""
    yield _escaped(re.sub(r"\s+", " ", option.help or "") + required)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of a help text; those of a paragraph after the mark of click stay as they are."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        first, _, rest = paragraph.partition("\n")
        if first == _VERBATIM:
            yield from (".PP", ".nf", *map(_escaped, rest.split("\n")), ".fi")
        else:
            yield from (".PP", _escaped(" ".join(paragraph.split())))


def _escaped(text: str) -> str:
    r"""Return a text for roff, in ASCII: nothing in it is a request, and a hyphen stays a hyphen that can be copied.

    >>> print(_escaped(".gitignore … a-b\\c"))
    \&.gitignore \[u2026] a\-b\ec
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    if escaped.startswith((".", "'")):
        escaped = f"\\&{escaped}"
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)


def main() -> None:
    """Write the pages, and delete those of commands that are gone."""
    TARGET.mkdir(exist_ok=True)
    made = pages()
    for old in TARGET.glob("*.1"):
        if old.name not in made:
            old.unlink()
    for name, page in made.items():
        (TARGET / name).write_text(page, encoding="ascii")
    print(f"{TARGET.relative_to(ROOT)}: {len(made)} pages")


if __name__ == "__main__":
    main()
