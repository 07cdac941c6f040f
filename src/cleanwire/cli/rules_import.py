"""``cleanwire rules import``: make a rule pack from a list of phrases, and check it."""

import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click

from cleanwire import notation
from cleanwire.cli.messages import EXIT_CHANGES, EXIT_OK, plural, print_error, print_note
from cleanwire.errors import InputError, PackError
from cleanwire.io.files import write_file
from cleanwire.pack_check import failures
from cleanwire.packs.canonical import canonical
from cleanwire.packs.kinds import kinds
from cleanwire.packs.load import DATA, builtin_names, load_builtin
from cleanwire.packs.pack import PROTECT
from cleanwire.packs.parse import parse_pack
from cleanwire.scan.kernel import SHORT
from cleanwire.settings import lines_of
from cleanwire.text.fold import fold
from cleanwire.text.shape import is_sentence

_SENTENCE = "The ferry left at noon, and nobody on the pier had noticed it."
_SHOWN = 3
"""Phrases that stand in the examples of the pack; all are checked."""
_KINDS = [kind.name for kind in kinds().values() if kind.action == "drop"]


@click.command("import", short_help="Make a rule pack from a list of phrases.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="PACK",
              help="Write the pack to PACK (TOML).  [default: the name of FILE with .toml]")  # fmt: skip
@click.option("--kind", type=click.Choice(_KINDS), metavar="KIND", default="comments", show_default=True,
              help=f"Kind of the phrases; those of the kind {PROTECT} are never cut.")  # fmt: skip
@click.option("--language", type=click.Choice(builtin_names()), metavar="CODE", default="en", show_default=True,
              help="Language of the phrases: its accents are folded if it is often written without.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace PACK if it exists.")
def import_phrases(file: Path, output: Path | None, kind: str, language: str, force: bool) -> None:
    """Make a rule pack of the phrases in FILE, a text in UTF-8 with one phrase a line, and check it.

    Each phrase is a whole line that is dropped, or with --kind protect is never cut. The pack gets examples and
    counterexamples, and each phrase is checked as `cleanwire rules test` does. If one fails, nothing is written. Use
    the pack with --pack. Exit code: 0, or 1 if a phrase cannot be a rule.
    """
    target = output or file.with_suffix(".toml")
    if target.exists() and not force:
        raise click.UsageError(f"{target} exists; choose another with -o, or replace it with --force.")
    try:
        phrases, faults = _phrases(lines_of(file))
    except InputError as error:
        raise click.UsageError(str(error)) from error
    faults = faults or _failures(target.stem, phrases, kind, language)
    for fault in faults:
        print_error(fault)
    if faults:
        print_note(f"nothing was written; correct these phrases in {file}, or leave them out")
        sys.exit(EXIT_CHANGES)
    write_file(target, _pack(target.stem, phrases, kind, language, phrases[:_SHOWN]).encode())
    click.echo(f"{target}: {plural(len(phrases), 'phrase')}, all checked; use it with --pack {target}", err=True)
    sys.exit(EXIT_OK)


def _phrases(text: str) -> tuple[list[str], list[str]]:
    """Return the phrases of a text, each once, and what is wrong with others."""
    found: dict[str, str] = {}
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        phrase = " ".join(line.split())
        key = fold(phrase)
        if phrase and not key:
            faults.append(f"line {number}: {phrase!r} has no letter or digit to recognise it by")
        elif len(phrase) > SHORT:
            faults.append(f"line {number}: is longer than {SHORT} characters; write a rule with `starts` for it")
        elif phrase:
            found.setdefault(key, phrase)
    if not found and not faults:
        faults = ["the file has no phrase"]
    return list(found.values()), faults


def _failures(name: str, phrases: Sequence[str], kind: str, language: str) -> list[str]:
    """Return what is wrong with the pack of all phrases, each of which is in an example."""
    try:
        return list(failures(parse_pack(name, _pack(name, phrases, kind, language, phrases))))
    except PackError as error:
        return [str(error)]


def _pack(name: str, phrases: Sequence[str], kind: str, language: str, shown: Sequence[str]) -> str:
    """Return a pack whose examples have the phrases that are `shown`."""
    sentence = _sentence(language)
    mark = notation.KEPT if kind == PROTECT else notation.DROPPED
    examples = [f"{notation.KEPT} {sentence}\n{mark} {phrase}\n" for phrase in shown]
    prose = [text for phrase in shown for text in (f"{sentence} “{phrase}”. {sentence}", f"“{phrase}” – {sentence}")]
    lines = [
        f"about = {json.dumps(f'Phrases of {name}, imported.')}",
        *(["fold_accents = true"] if _folds_accents(language) else []),
        "[[rule]]",
        'name = "imported"',
        f"kind = {json.dumps(kind)}",
        f"line = {json.dumps(list(phrases))}",
        f"examples = {json.dumps(examples)}",
        f"counterexamples = {json.dumps(prose)}",
    ]
    return canonical(name, "\n".join(lines) + "\n")


def _sentence(language: str) -> str:
    """Return a sentence that an example of the built-in pack of a language keeps."""
    kept = (
        line.text.strip()
        for rule in load_builtin(language).rules
        for example in rule.examples
        for line in notation.parse(example)
        if line.mark == notation.KEPT
    )
    return next(filter(is_sentence, kept), _SENTENCE)


def _folds_accents(language: str) -> bool:
    return bool(tomllib.loads((DATA / f"{language}.toml").read_text(encoding="utf-8")).get("fold_accents"))
