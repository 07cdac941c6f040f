"""Options and exit codes that several commands share, and the `Cleaner` that the options describe."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from cleanwire.cleaner import Cleaner
from cleanwire.cli.complete import filters_and_rules, languages
from cleanwire.cli.messages import print_note, visible
from cleanwire.config import with_packs
from cleanwire.document import Filter
from cleanwire.errors import InputError, UnknownNameError
from cleanwire.filters.page import Weights
from cleanwire.filters.site import SiteFilter
from cleanwire.io.ignore import Ignore
from cleanwire.names import TAKEN, packs_of
from cleanwire.packs.load import load_pack
from cleanwire.per_file import PerFile
from cleanwire.settings import Settings, find, lines_of, page_chain, read
from cleanwire.sites.files import SUFFIX, hosts_in
from cleanwire.sites.page import host_of
from cleanwire.views.layout import AUTO, LAYOUTS

_WEIGHTS = get_args(Weights)
_FILE = click.Path(exists=True, dir_okay=False)


class CleaningCommand(click.Command):
    """A command with the options of `cleaning`; ``--page`` may lack its value, which then is the first of `Weights`.

    Click supports an optional value, but takes the next word for it, even a path.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse a command line."""
        return super().parse_args(ctx, list(_with_weights(args)))


def _with_weights(args: list[str]) -> Iterator[str]:
    """Yield the words of a command line, each ``--page`` with its value."""
    options = args.index("--") if "--" in args else len(args)
    for index, word in enumerate(args):
        if word == "--page" and index < options and args[index + 1 : index + 2] not in [[name] for name in _WEIGHTS]:
            yield f"--page={_WEIGHTS[0]}"
        else:
            yield word


def cleaning(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that cleans; the command gets ``per_file``, ``ignore`` and others."""

    @wraps(command)
    def run(
        skip: tuple[str, ...],
        only: tuple[str, ...],
        pack: tuple[str, ...],
        page: Weights | None,
        page_lean: float | None,
        sites: str | None,
        site: str,
        language: tuple[str, ...],
        layout: str | None,
        config: str | None,
        no_config: bool,
        no_cache: bool,
        exclude: tuple[str, ...],
        no_gitignore: bool,
        take: tuple[str, ...],
        keep: tuple[str, ...],
        keep_from: tuple[str, ...],
        drop: tuple[str, ...],
        drop_from: tuple[str, ...],
        **others: Any,
    ) -> Any:
        path = _config(config, no_config, others["quiet"])
        settings = read(path) if path else Settings({})
        cleaner = Cleaner.from_config(path) if path else Cleaner()
        groups = [(path.parent, settings.exclude)] if path else []
        ignore = Ignore([*groups, (Path.cwd(), exclude)], not no_gitignore)
        packs = (*packs_of(cleaner.filters), *map(load_pack, pack))
        filters = _page(page, page_lean) or cleaner.filters
        filters = _sites(sites, site).within(filters) if sites or site else filters
        filters = with_packs(filters, packs) if packs else filters
        cleaner = replace(cleaner, filters=filters, layout=layout or cleaner.layout)
        for option, field, names in (
            ("skip", "skip", _names_in(skip)),
            ("only", "only", _names_in(only)),
            ("language", "languages", _names_in(language)),
            ("take", "take", _names_in(take)),
            ("keep", "keep", (*keep, *map(lines_of, keep_from))),
            ("drop", "drop", (*drop, *map(lines_of, drop_from))),
        ):
            cleaner = _selecting(cleaner, option, field, names)
        stated = {"layout": layout, "only": only, "filters": page}  # which replace the settings
        per_file = PerFile(cleaner, settings.per_file).without([key for key, value in stated.items() if value])
        return command(per_file=per_file, ignore=ignore, cached=not no_cache, **others)

    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Only print errors."),
        click.option(
            "-j", "--jobs", type=click.IntRange(min=1), metavar="N",
            help="Number of processes (default: all cores for clean, else 1).",
        ),
        click.option("--no-gitignore", is_flag=True, help="Read files in folders though .gitignore ignores them."),
        click.option(
            "--exclude", multiple=True, metavar="GLOB",
            help="Pass over what matches GLOB in folders, as in .gitignore; may be repeated.",
        ),
        click.option(
            "--no-cache", is_flag=True, help="Clean files again that were unchanged before with the same settings."
        ),
        click.option("--no-config", is_flag=True, help="Read no configuration file."),
        click.option(
            "--config", type=_FILE, metavar="FILE",
            help="Read the settings from FILE.  [default: the nearest cleanwire.toml, or pyproject.toml with "
            "[tool.cleanwire], in the working folder or above it]",
        ),
        click.option(
            "--pack", multiple=True, type=_FILE, metavar="FILE",
            help="Add the rule pack FILE (TOML) to the built-in ones; may be repeated.",
        ),
        click.option(
            "--language", multiple=True, metavar="CODES", shell_complete=languages,
            help="The texts are in this language (de), or these (de,fr).  [default: recognise it in each]",
        ),
        click.option(
            "--layout", type=click.Choice((AUTO, *LAYOUTS)),
            help="How the texts are written; auto recognises it in each.  [default: auto]",
        ),
        click.option(
            "--drop-from", multiple=True, type=_FILE, metavar="FILE",
            help="Always drop the lines of FILE, a text in UTF-8; may be repeated.",
        ),
        click.option(
            "--drop", multiple=True, metavar="TEXT",
            help="Always drop the line TEXT, in any case and punctuation; may be repeated.",
        ),
        click.option(
            "--keep-from", multiple=True, type=_FILE, metavar="FILE",
            help="Never cut the lines of FILE, a text in UTF-8; may be repeated.",
        ),
        click.option(
            "--keep", multiple=True, metavar="TEXT",
            help="Never cut the line TEXT, in any case and punctuation; may be repeated.",
        ),
        click.option(
            "--take", multiple=True, metavar="NAMES",
            help=f"Remove these from the text and return them as data only: {','.join(TAKEN)}.",
        ),
        click.option(
            "--page", type=click.Choice(_WEIGHTS), metavar="[news|any]",
            help="Input is full-page text: keep only the main content. The model is for news pages (default) or for "
            "any kind of page.",
        ),
        click.option(
            "--page-lean", type=click.FloatRange(-1, 1), metavar="NUMBER",
            help="With --page: bias towards precision (-1) or recall (1).  [default: 0]",
        ),
        click.option(
            "--site", default="", metavar="HOST",
            help="With --sites: treat all input as coming from HOST (useful for stdin).",
        ),
        click.option(
            "--sites", type=click.Path(exists=True, file_okay=False), metavar="FOLDER",
            help="Remove what each site repeats, with the templates from `cleanwire learn`; a file belongs to the site "
            "that its folder is named after.",
        ),
        click.option(
            "--only", multiple=True, metavar="NAMES", shell_complete=filters_and_rules,
            help="Apply only these filters or rules (same names as --skip), with commas between.",
        ),
        click.option(
            "--skip", multiple=True, metavar="NAMES", shell_complete=filters_and_rules,
            help="Leave out filters (space), rules (comments.en.box) or groups of rules (comments, related.de), with "
            "commas between.",
        ),
    ):  # fmt: skip
        run = option(run)
    return run


def _names_in(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in values that hold several each, with commas between."""
    return tuple(filter(None, (name.strip() for value in values for name in value.split(","))))


def _selecting(cleaner: Cleaner, option: str, field: str, names: tuple[str, ...]) -> Cleaner:
    """Return `cleaner` with what an option was given; a misspelt name is an error of that option.

    The values are added to those of the configuration, but `only` replaces them: more names would apply more filters.
    """
    if not names:
        return cleaner
    values: dict[str, Any] = {field: names if field == "only" else {*getattr(cleaner, field), *names}}
    try:
        return replace(cleaner, **values)
    except (InputError, UnknownNameError) as error:
        raise click.BadParameter(str(error).removeprefix(f"{field}: "), param_hint=f"--{option}") from error


def _page(weights: Weights | None, lean: float | None) -> tuple[Filter, ...] | None:
    """Return the filters that the options describe, if they do; raises `MissingError` if numpy is not installed."""
    if weights is None:
        if lean is not None:
            raise click.UsageError("--page-lean requires --page.")
        return None
    return page_chain(weights, lean or 0.0)


def _config(config: str | None, no_config: bool, quiet: bool) -> Path | None:
    """Return the configuration file that is named, or else found upward from the working folder."""
    if config and no_config:
        raise click.UsageError("--config and --no-config are mutually exclusive.")
    found = None if config or no_config else find(Path.cwd())
    if found and not quiet:
        print_note(f"settings from {os.path.relpath(found)}")
    return Path(config) if config else found


def _sites(folder: str | None, host: str) -> SiteFilter:
    """Return the `SiteFilter` filter that the options describe."""
    if folder is None:
        raise click.UsageError("--site requires --sites, the folder of templates.")
    known = hosts_in(folder)
    if not known:
        raise click.BadParameter(
            f"{folder} contains no site templates (*{SUFFIX}); create them with `cleanwire learn`", param_hint="--sites"
        )
    if host and host_of(host) not in known:
        close = get_close_matches(host, known, 1)
        hint = f"did you mean {visible(close[0])}?" if close else f"it has {visible(', '.join(known[:3]))}"
        raise click.BadParameter(f"{folder} has no template for {host}; {hint}", param_hint="--site")
    return SiteFilter(folder=folder, host=host_of(host))
