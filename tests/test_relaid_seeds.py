"""Prose loses nothing, however its lines are laid: laws 5 and 11, over the seeds in which nothing may change."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from cleanwire import Cleaner, Document, notation
from cleanwire.compiled import facts
from cleanwire.views.layout import layout_of, maker
from tests.foreign import compiled_for

SEEDS = Path(__file__).parents[1] / "seeds"
GENRES = (
    *("chat", "clean", "dialogue", "faq", "interview", "law", "letter", "lyrics", "mail", "manual", "play", "poem"),
    *("readme", "recipe", "sayings", "speech"),
)
"""The beginnings of the names of the seeds that are prose, as seeds/README.md lists them."""
_SENTENCE_END = regex.compile(r"(?<=[.!?…][\"'”’»]?)\s+(?=[\"'“„«‘¿¡—–(]*[\p{Lu}\p{Lo}])|(?<=[。！？])(?=[^」』”])")
CLEAN = Cleaner()


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def a_sentence_a_line(text: str) -> str:
    return "\n".join(one for paragraph in paragraphs(text) for one in _SENTENCE_END.split(paragraph) if one)


def without_gaps(text: str) -> str:
    return "\n".join(paragraphs(text))


def wrapped(text: str, width: int = 72, indent: str = "") -> str:
    return "\n\n".join(
        textwrap.fill(
            one,
            width + len(indent),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for one in paragraphs(text)
    )


def wrapped_narrowly(text: str) -> str:
    return wrapped(text, 60)


def wrapped_and_indented(text: str) -> str:
    return wrapped(text, indent=" " * 12)


def indented(text: str) -> str:
    return textwrap.indent(text, "    ")


def one_line(text: str) -> str:
    return " ".join(paragraphs(text))


def quoted(text: str) -> str:
    return "\n>\n".join(f"> {one}" for one in paragraphs(text))


def wrapped_and_quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in wrapped(text).split("\n"))


def with_breaks(text: str) -> str:
    return "<br><br>\n".join(paragraphs(text))


def with_paragraphs(text: str) -> str:
    return "\n".join(f"<p>{one}</p>" for one in paragraphs(text))


def escaped(text: str) -> str:
    return text.replace("\n", r"\n")


def listed(text: str) -> str:
    return "\n".join(one if one[0] == "#" else f"- {one}" for one in paragraphs(text))


def under_a_heading(text: str) -> str:
    return f"# Notes\n\n{text}"


LAYOUTS: tuple[Callable[[str], str], ...] = (
    *(a_sentence_a_line, without_gaps, wrapped, wrapped_narrowly, wrapped_and_indented, indented, one_line),
    *(quoted, wrapped_and_quoted, with_breaks, with_paragraphs, escaped, listed, under_a_heading),
)
STANZAS = (indented, escaped, under_a_heading)
"""The layouts that leave the verses of a stanza together; alone a verse may be a pointer: "See also the light"."""


def layouts(path: Path) -> tuple[Callable[[str], str], ...]:
    return STANZAS if path.stem.startswith("lyrics") else LAYOUTS


def prose() -> list[Path]:
    return [path for path in sorted(SEEDS.glob("*.txt")) if path.stem.partition("-")[0] in GENRES]


def source(path: Path) -> str:
    return notation.source(notation.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", prose(), ids=lambda path: path.stem)
def test_prose_in_any_layout_loses_nothing(path: Path) -> None:
    text = source(path)
    for relaid in layouts(path):
        result = CLEAN(relaid(text))
        assert [span for span in result.spans if not span.kept and span.action != "fix"] == [], relaid.__name__
        assert CLEAN(result.text).text == result.text, relaid.__name__


@pytest.mark.parametrize("path", prose(), ids=lambda path: path.stem)
def test_packs_of_other_languages_change_no_rule_in_any_layout(path: Path) -> None:
    text = source(path)
    for relaid in LAYOUTS:
        doc = Document(relaid(text))
        view = maker()(doc)
        known = facts(view.doc if view else doc)
        few = compiled_for(known.languages.acting).read(view.doc if view else doc)
        assert {line: rule.name for line, rule in few.rules.items()} == {n: r.name for n, r in known.rules.items()}


def test_an_indent_does_not_change_the_layout() -> None:
    texts = [source(path) for path in prose() if not path.stem.startswith("readme")]  # to Markdown an indent is code
    found = [(layout_of(wrapped(text)), layout_of(wrapped_and_indented(text))) for text in texts]
    assert [pair for pair in found if pair[0] != pair[1]] == []
    assert ("wrapped", "wrapped") in found


IN_TEN_LANGUAGES = (
    *("chat", "dialogue", "faq", "interview", "law", "lyrics", "mail", "manual", "play", "readme", "recipe", "speech"),
    "clean-letters",
)


def test_the_seeds_cover_genres_and_languages() -> None:
    names = [path.stem for path in prose()]
    assert {name.partition("-")[0] for name in names} == set(GENRES)
    counts = {genre: sum(name.startswith(genre) for name in names) for genre in IN_TEN_LANGUAGES}
    counts["recipe"] += sum(name.startswith("clean-") and name.endswith("-recipe") for name in names)
    assert {genre: count for genre, count in counts.items() if count < 10} == {}
