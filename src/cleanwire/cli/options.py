"""What the commands share: exit codes, options, and the cleaner that the options describe."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import wraps
from typing import Any, get_args

import click

from cleanwire.cleaner import ARTICLE, PAGE, Cleaner
from cleanwire.document import Filter
from cleanwire.edit import Action
from cleanwire.filters.page import Page, Weights
from cleanwire.filters.site import Site
from cleanwire.packs.load import builtin_packs, load_pack
from cleanwire.packs.pack import Pack
from cleanwire.sites.files import SUFFIX, hosts_in
from cleanwire.sites.page import host_of

EXIT_OK = 0
EXIT_CHANGES = 1
"""`check`: something would change.  `rules test`: something is not proven."""
EXIT_FAILED = 2
"""Something could not be done: a wrong option, or a file that could not be read or written."""
EXIT_INTERRUPTED = 130


_WEIGHTS = get_args(Weights)


class CleaningCommand(click.Command):
    """A command with the options of `cleaning`: ``--page`` stands for ``--page news`` before a path."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words of a command line."""
        return super().parse_args(ctx, list(_spelled_out(args)))


def _spelled_out(args: list[str]) -> Iterator[str]:
    """Yield the words of a command line, each ``--page`` with its weights."""
    options = args.index("--") if "--" in args else len(args)
    for place, word in enumerate(args):
        if word == "--page" and place < options and args[place + 1 : place + 2] not in [[name] for name in _WEIGHTS]:
            yield f"--page={_WEIGHTS[0]}"
        else:
            yield word


def cleaning(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that cleans; it gets ``cleaner``, ``jobs`` (or None) and ``quiet``."""

    @wraps(command)
    def run(
        skip: tuple[str, ...],
        only: tuple[str, ...],
        pack: tuple[str, ...],
        page: Weights | None,
        page_lean: float | None,
        sites: str | None,
        site: str,
        **others: Any,
    ) -> Any:
        packs = tuple(map(load_pack, pack))
        filters = _page(page, page_lean)
        cleaner = Cleaner(_sites(sites, site).within(filters) if sites or site else filters)
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
            "--page", type=click.Choice(_WEIGHTS), metavar="[news|any]",
            help="The files are dumps of whole pages: keep the story alone. Weights for news pages, or for any kind.",
        ),
        click.option(
            "--page-lean", type=click.FloatRange(-1, 1), metavar="NUMBER",
            help="With --page: prefer precision (down to -1) or recall (up to 1) where it is unsure; 0 else.",
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


def _page(weights: Weights | None, lean: float | None) -> tuple[Filter, ...]:
    """Return the filters that the options describe; raises `CleanwireError` at once where numpy is not installed."""
    if weights is None:
        if lean is not None:
            raise click.BadParameter("needs --page, which it turns", param_hint="--page-lean")
        return ARTICLE
    page = Page(weights, lean or 0.0).ready()
    return tuple(replace(act, weights=page.weights, lean=page.lean) if isinstance(act, Page) else act for act in PAGE)


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
    # Filters name edits of their own after themselves or after a action.
    heads = {act.name for act in cleaner.filters} | set(get_args(Action))
    if name.partition(".")[0] in heads or any(f"{rule}.".startswith(f"{name}.") for rule in rules):
        return
    if any(name.startswith(f"{rule}.") for rule in rules):  # a part of a line: credit.any.reuters.name
        return
    known = sorted(heads | {rule.partition(".")[0] for rule in rules}) + rules
    close = get_close_matches(name, known, 1)
    hint = f"did you mean {close[0]}?" if close else "`cleanwire rules` lists them"
    raise click.BadParameter(f"no filter or rule is called {name!r}; {hint}", param_hint=option)
