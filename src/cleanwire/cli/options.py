"""What the commands share: exit codes, options, and the cleaner that the options describe."""

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from functools import wraps
from typing import Any, get_args

import click

from cleanwire.cleaner import ARTICLE, Cleaner
from cleanwire.edit import Lane
from cleanwire.filters.site import Site
from cleanwire.rules.pack import Pack, builtin_packs, load_pack
from cleanwire.sites.files import SUFFIX, hosts_in
from cleanwire.sites.page import host_of

EXIT_OK = 0
EXIT_CHANGES = 1
"""`check`: something would change.  `rules test`: something is not proven."""
EXIT_FAILED = 2
"""Something could not be done: a wrong option, or a file that could not be read or written."""
EXIT_INTERRUPTED = 130


def cleaning(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that cleans; it gets ``cleaner``, ``jobs`` (or None) and ``quiet``."""

    @wraps(command)
    def run(
        skip: tuple[str, ...], only: tuple[str, ...], pack: tuple[str, ...], sites: str | None, site: str, **others: Any
    ) -> Any:
        packs = tuple(map(load_pack, pack))
        cleaner = Cleaner(_sites(sites, site).within(ARTICLE)) if sites or site else Cleaner()
        cleaner = cleaner.with_packs(*packs) if packs else cleaner
        for option, names in (("--skip", skip), ("--only", only)):
            for name in names:
                _demand_known(option, name, cleaner, packs)
        return command(cleaner=replace(cleaner, skip=frozenset(skip), only=frozenset(only)), **others)

    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        click.option(
            "-j", "--jobs", type=click.IntRange(min=1), metavar="N",
            help="Work in N processes; clean works in as many as there are cores.",
        ),
        click.option(
            "--pack", multiple=True, type=click.Path(exists=True, dir_okay=False), metavar="FILE",
            help="A rule pack of your own (TOML), beside the built-in ones; again for more.",
        ),
        click.option(
            "--site", default="", metavar="HOST",
            help="With --sites: all is from this site, wherever it lies; for stdin, say.",
        ),
        click.option(
            "--sites", type=click.Path(exists=True, file_okay=False), metavar="FOLDER",
            help="Cut what a site repeats, by the templates that `cleanwire learn` wrote there; the site of a file is "
            "the folder it lies in.",
        ),
        click.option(
            "--only", multiple=True, metavar="NAME", help="Do nothing but this: names as for --skip; again for more."
        ),
        click.option(
            "--skip", multiple=True, metavar="NAME",
            help="Leave out a filter (space), a rule (comments.en.box) or a family of rules (comments, "
            "related.de); again for more.",
        ),
    ):  # fmt: skip
        run = option(run)
    return run


def _sites(folder: str | None, host: str) -> Site:
    """Return the filter that the options describe."""
    if folder is None:
        raise click.BadParameter("needs --sites, the folder of templates", param_hint="--site")
    known = hosts_in(folder)
    if not known:
        raise click.BadParameter(
            f"{folder} holds no site templates (*{SUFFIX}); `cleanwire learn` writes them", param_hint="--sites"
        )
    if host and host_of(host) not in known:
        close = get_close_matches(host, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(known[:3])}"
        raise click.BadParameter(f"{folder} has no template of {host}; {hint}", param_hint="--site")
    return Site(folder=folder, host=host_of(host))


def _demand_known(option: str, name: str, cleaner: Cleaner, packs: tuple[Pack, ...]) -> None:
    """Refuse a name that no filter and no rule could have: a misspelt one would silently do nothing."""
    rules = [rule.name for pack in builtin_packs() + packs for rule in pack.rules]
    # Filters name edits of their own after themselves or after a lane.
    heads = {act.name for act in cleaner.filters} | set(get_args(Lane))
    if name.partition(".")[0] in heads or any(f"{rule}.".startswith(f"{name}.") for rule in rules):
        return
    if any(name.startswith(f"{rule}.") for rule in rules):  # a part of a line: credit.any.reuters.name
        return
    known = sorted(heads | {rule.partition(".")[0] for rule in rules}) + rules
    close = get_close_matches(name, known, 1)
    hint = f"did you mean {close[0]}?" if close else "`cleanwire rules` lists them"
    raise click.BadParameter(f"no filter or rule is called {name!r}; {hint}", param_hint=option)
