"""The command as a whole: help, documentation, imports at start, entry points."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from cleanwire.cli import COMMANDS, main
from cleanwire.packs.load import builtin_packs

Run = Callable[..., Result]

PAGE = Path(__file__).parents[2] / "docs" / "command.md"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            child = command.get_command(context, part)
            assert child
            yield from commands(child, f"{name} {part}")


ALL = dict(commands(main, "cleanwire"))


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_and_is_documented(run: Run, name: str) -> None:
    command = ALL[name]
    assert command.help
    result = run(*name.split()[1:], "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    page = PAGE.read_text()
    assert f"`{name}" in page
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("help", "version"):
            assert option.help, option.name
            assert all(f"`{form}" in page for form in option.opts), option.opts
    if name.count(" ") == 1:
        assert f"\n## {name.split()[1]}\n" in page


def test_the_rules_that_are_named_exist() -> None:
    known = {rule.name for pack in builtin_packs() for rule in pack.rules}
    texts = [PAGE.read_text(), *(command.get_help(click.Context(command)) for command in ALL.values())]
    named = {name for text in texts for name in re.findall(r"\b[a-z]+\.(?:any|[a-z]{2})\.[a-z-]+", text)}
    assert named
    assert named <= known


def test_the_list_of_commands_is_the_first_sentence_of_each() -> None:
    shown = {name: ALL[f"cleanwire {name}"].get_short_help_str(limit=100) for name in COMMANDS}
    assert shown == COMMANDS


def test_a_command_is_imported_when_it_runs() -> None:
    script = (
        "import sys\nfrom cleanwire.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: print(sorted(name for name in sys.modules if 'cli.' in name))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n['cleanwire.cli.messages']\n")


def test_a_misspelled_command_is_told_its_name(run: Run) -> None:
    assert "Did you mean 'check'?" in run("chek").output


def test_the_version(run: Run) -> None:
    assert run("--version").stdout.startswith("cleanwire, version ")


@pytest.mark.parametrize("args", [["--help"], ["clean", "--help"], ["check", "-q", "news/clean.text"]])
def test_rich_is_imported_only_to_print(args: list[str]) -> None:
    script = (
        "import sys\nfrom cleanwire.cli import main\n"
        f"try: main({args})\nexcept SystemExit: print('rich' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "False\n"


def test_the_library_does_not_import_the_command() -> None:
    script = "import sys, cleanwire\nprint(sorted({'click', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_console_script_is_the_group() -> None:
    pyproject = (PAGE.parents[1] / "pyproject.toml").read_text()
    assert 'cleanwire = "cleanwire.__main__:main"' in pyproject
    assert isinstance(main, click.Group)


def test_an_interrupt_while_the_command_is_imported_is_one_line() -> None:
    code = (
        "import sys, cleanwire.__main__ as start\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "start.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "cleanwire: interrupted; nothing was done\n")


def test_a_wrong_command(run: Run) -> None:
    assert run("claen").exit_code == 2


def test_an_error_of_the_system_that_no_command_expects_is_one_line(run: Run, here: Path) -> None:
    (here / "file").write_bytes(b"")
    result = run("rules", "--markdown", "file/below")
    assert result.exit_code == 2
    assert result.stderr == "cleanwire: file/below: Not a directory; no file was left half-written\n"
