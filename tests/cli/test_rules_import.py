"""``cleanwire rules import`` makes packs that hold what the loader asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import Cleaner, load_pack
from cleanwire.pack_check import failures

Run = Callable[..., Result]
STORY = "The council voted on Monday to close the old bridge for a year."


def test_phrases_become_a_pack_that_is_valid_and_acts(run: Run, here: Path) -> None:
    phrases = [
        "Ring the bell for more",
        "ring the BELL for more!",
        "",
        "  Harbour radio, live ",
        "Ahoy",
        'Say "ahoy" \\o/',
        "x",
        "5",
    ]
    (here / "phrases.txt").write_text("\n".join(phrases), encoding="utf-8")
    result = run("rules", "import", "phrases.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "phrases.toml: 6 phrases, all checked; use it with --pack phrases.toml\n"
    pack = load_pack("phrases.toml")
    assert list(failures(pack)) == []
    assert run("rules", "fmt", "--check", "phrases.toml").exit_code == 0
    cleaner = Cleaner().with_packs(pack)
    for phrase in filter(None, phrases):
        assert cleaner(f"{STORY}\n\n{phrase}").text == STORY, phrase
        prose = f"{STORY} They said: {phrase.strip()} and left it at that."
        assert cleaner(prose).text == prose
    assert run("clean", "-q", "--pack", "phrases.toml", "-", stdin=f"{STORY}\n\nAhoy\n".encode()).stdout == STORY + "\n"


@pytest.mark.parametrize("language", ["de", "es", "ja", "any", "ar"])
def test_the_examples_are_in_the_language(run: Run, here: Path, language: str) -> None:
    (here / "p.txt").write_text("¡Más café aquí!\n", encoding="utf-8")
    assert run("rules", "import", "p.txt", "--language", language, "-o", "own.toml").exit_code == 0
    pack = load_pack("own.toml")
    assert list(failures(pack)) == []
    plain = Cleaner().with_packs(pack)(f"{STORY}\n\nMas cafe aqui").text == STORY
    assert plain is (language == "es")


def test_phrases_that_protect(run: Run, here: Path) -> None:
    (here / "p.txt").write_text("Post a comment\n")
    assert run("rules", "import", "p.txt", "--kind", "protect").exit_code == 0
    text = f"{STORY}\n\nPost a comment\n"
    assert run("clean", "-q", "--pack", "p.toml", "-", stdin=text.encode()).stdout == text


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ("She left.\n***\n", "line 2: '***' has no letter or digit"),
        ("x" * 121, "line 1: is longer than 120 characters"),
        ("\n \n", "the file has no phrase"),
    ],
)
def test_what_cannot_be_a_rule_is_named_and_nothing_is_written(
    run: Run, here: Path, phrases: str, message: str
) -> None:
    (here / "p.txt").write_text(phrases)
    result = run("rules", "import", "p.txt")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "nothing was written" in result.stderr
    assert not Path("p.toml").exists()


def test_files_that_cannot_be_read_or_exist_already(run: Run, here: Path) -> None:
    (here / "p.txt").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("rules", "import", "p.txt").stderr
    (here / "p.txt").write_text("Ahoy there")
    (here / "p.toml").write_text("mine")
    assert "replace it with --force" in run("rules", "import", "p.txt").stderr
    assert Path("p.toml").read_text() == "mine"
    assert run("rules", "import", "p.txt", "--force").exit_code == 0
    assert load_pack("p.toml").rules[0].phrases == ("Ahoy there",)
