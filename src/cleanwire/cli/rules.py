"""``cleanwire rules``: list and show the rules; validate, format and import a rule pack."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cleanwire.cli.complete import rule_names
from cleanwire.cli.messages import EXIT_CHANGES, EXIT_FAILED, EXIT_OK, print_error, visible
from cleanwire.cli.output import console
from cleanwire.cli.rules_import import import_phrases
from cleanwire.cli.rules_page import describe, rules_pages
from cleanwire.errors import CleanwireError, PackError
from cleanwire.io.files import write_file
from cleanwire.names import filter_rules
from cleanwire.pack_check import failures
from cleanwire.packs.canonical import canonical
from cleanwire.packs.load import DATA, builtin_packs, load_pack
from cleanwire.packs.pack import Rule


@click.group(invoke_without_command=True, short_help="List or show rules; validate, format or import a rule pack.")
@click.option(
    "--markdown", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
    help="Write the rule reference into FOLDER as Markdown: index.md, and a page for each language.",
)  # fmt: skip
@click.pass_context
def rules(ctx: click.Context, folder: Path | None) -> None:
    """List all rules: name (kind.pack.name), action, confidence, and why."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in rules_pages(builtin_packs()).items():
            write_file(folder / f"{name}.md", page.encode("utf-8"))
    elif ctx.invoked_subcommand is None:
        _list(list(_known()))


@rules.command(short_help="Show a rule, or a family of rules.")
@click.argument("name", shell_complete=rule_names)
def show(name: str) -> None:
    """Show the rule NAME (comments.en.box), or all rules whose names begin with it (comments, comments.en).

    Prints why the rule exists, what it matches, its examples and its counterexamples.
    """
    found = [rule for rule in _known() if f"{rule.name}.".startswith(f"{name}.")]
    own = [(known, why) for known, why in filter_rules().items() if f"{known}.".startswith(f"{name}.")]
    if not found and not own:
        print_error(f"no rule is called {name!r}; `cleanwire rules` lists them")
        sys.exit(EXIT_FAILED)
    shown = ["\n".join(_details(rule)) for rule in found]
    click.echo("\n\n".join([*shown, *(f"{click.style(known, bold=True)}\n  {why}" for known, why in own)]))


@rules.command(short_help="Validate a rule pack.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def test(file: str) -> None:
    """Validate the rule pack FILE: every example must come out as marked, every counterexample unchanged.

    Exit code: 0 if all hold, 1 with a message for each that fails.
    """
    try:
        pack = load_pack(file)
        failed = list(failures(pack))
    except PackError as error:
        print_error(str(error))
        sys.exit(EXIT_CHANGES)
    for failure in failed:
        click.echo(visible(failure), err=True)
    if failed:
        click.echo(f"{file}: {_count(len(failed), 'example')} failed", err=True)
        sys.exit(EXIT_CHANGES)
    click.echo(f"{file}: {_count(len(pack.rules), 'rule')}, all examples pass")
    sys.exit(EXIT_OK)


@rules.command(short_help="Write rule packs in canonical form.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE…]")
@click.option("--check", is_flag=True, help="List the files that would change (exit 1 if any); write nothing.")
def fmt(files: tuple[Path, ...], check: bool) -> None:
    """Write each rule pack FILE in canonical form; without FILE, the packs that come with the library.

    Rules are grouped by kind, lists have one phrase a line and are sorted, a phrase has one spelling, and values that a
    rule shares with its kind are left out.  Comments stay with what they are about.
    """
    code = EXIT_OK
    for path in files or tuple(sorted(DATA.glob("*.toml"))):
        try:
            old = path.read_bytes().decode("utf-8")
            new = canonical(path.stem, old)
            if new == old:
                continue
            if not check:
                write_file(path, new.encode("utf-8"))
        except (CleanwireError, OSError, UnicodeDecodeError) as error:
            print_error(f"{path}: {error}")
            code = EXIT_FAILED
            continue
        click.echo(f"{path}: {'would change' if check else 'formatted'}")
        code = max(code, EXIT_CHANGES if check else EXIT_OK)
    sys.exit(code)


rules.add_command(import_phrases)


def _known() -> Iterator[Rule]:
    return (rule for pack in builtin_packs() for rule in pack.rules)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _list(known: list[Rule]) -> None:
    """Show a table on a terminal; elsewhere lines with tabs, for grep and cut."""
    screen = console()
    if not screen.is_terminal:
        for rule in known:
            click.echo(f"{rule.name}\t{rule.action}\t{rule.confidence}\t{rule.why}")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("rule", style="bold")
    table.add_column("action")
    table.add_column("confidence")
    table.add_column("why", style="dim")
    for rule in known:
        table.add_row(rule.name, rule.action, rule.confidence, rule.why)
    screen.print(table)


def _details(rule: Rule) -> Iterator[str]:
    yield click.style(rule.name, bold=True)
    yield f"  {rule.why}"
    yield f"  {describe(rule)}"
    yield f"  {rule.matching}: " + " · ".join(rule.phrases)
    if rule.needs:
        yield "  needs: " + " · ".join(rule.needs)
    for name, phrases in (("until", rule.until), ("below", rule.below)):
        if phrases:
            yield f"  {name}: " + " · ".join(phrases)
    for example in rule.examples:
        yield "  example:"
        yield from (f"    {line}" for line in example.strip("\n").split("\n"))
    yield "  counterexamples:"
    yield from (f"    {line}" for text in rule.counterexamples for line in text.split("\n"))
