"""``cleanwire rules``: what the packs know, and whether a pack keeps its promises."""

import sys
from collections.abc import Iterator

import click

from cleanwire.cli.book import FILTER_RULES, book
from cleanwire.cli.options import EXIT_CHANGES, EXIT_FAILED, EXIT_OK
from cleanwire.cli.output import complain, console
from cleanwire.errors import PackError
from cleanwire.pack_check import prove
from cleanwire.packs.pack import Rule, builtin_packs, load_pack


@click.group(invoke_without_command=True, short_help="List the rules, show one, test a pack of your own.")
@click.option("--markdown", is_flag=True, help="Print the book of rules as a Markdown page.")
@click.pass_context
def rules(ctx: click.Context, markdown: bool) -> None:
    """List all rules: kind.pack.name, where the line goes, and why."""
    if markdown:
        click.echo(book(builtin_packs()), nl=False)
    elif ctx.invoked_subcommand is None:
        _list(list(_known()))


@rules.command(short_help="Show a rule, or a family of rules.")
@click.argument("name")
def show(name: str) -> None:
    """Show the rules called NAME (comments.en.box), or whose names begin so (comments, comments.en).

    Each with its why, what it reads, what it does in an example, and sentences that it leaves alone.
    """
    found = [rule for rule in _known() if f"{rule.name}.".startswith(f"{name}.")]
    own = [(known, why) for known, why in FILTER_RULES.items() if f"{known}.".startswith(f"{name}.")]
    if not found and not own:
        complain(f"no rule is called {name!r}; `cleanwire rules` lists them")
        sys.exit(EXIT_FAILED)
    passports = ["\n".join(_passport(rule)) for rule in found]
    click.echo("\n\n".join([*passports, *(f"{click.style(known, bold=True)}\n  {why}" for known, why in own)]))


@rules.command(short_help="Prove a rule pack of your own.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def test(file: str) -> None:
    """Validate the rule pack FILE: every example must come out as marked, every counterexample unchanged.

    Exit code: 0 if it holds, 1 with what does not.
    """
    try:
        pack = load_pack(file)
        faults = list(prove(pack))
    except PackError as error:
        complain(str(error))
        sys.exit(EXIT_CHANGES)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        click.echo(f"{file}: {len(faults)} promises do not hold", err=True)
        sys.exit(EXIT_CHANGES)
    click.echo(f"{file}: {len(pack.rules)} {'rule holds' if len(pack.rules) == 1 else 'rules hold'}")
    sys.exit(EXIT_OK)


def _known() -> Iterator[Rule]:
    return (rule for pack in builtin_packs() for rule in pack.rules)


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


def _passport(rule: Rule) -> Iterator[str]:
    yield click.style(rule.name, bold=True)
    yield f"  {rule.why}"
    places = {
        "any": "anywhere",
        "top": "above the story",
        "end": "below the story",
        "edges": "above or below the story",
    }
    confidence = {"alone": "fires alone", "needs_neighbor": "fires beside other boilerplate only"}
    scope = {"line": "takes the line", "block": "takes its block", "rest": "takes all below it, late in the text"}
    yield f"  action {rule.action}; {places[rule.position]}; {confidence[rule.confidence]}; {scope[rule.scope]}"
    yield f"  {rule.matching}: " + " · ".join(rule.phrases)
    if rule.needs:
        yield "  needs: " + " · ".join(rule.needs)
    for example in rule.examples:
        yield "  shows:"
        yield from (f"    {line}" for line in example.strip("\n").split("\n"))
    yield "  keeps:"
    yield from (f"    {line}" for keep in rule.counterexamples for line in keep.split("\n"))
