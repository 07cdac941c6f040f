"""The README's examples run, and its two commands are there."""

import doctest
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_examples_run() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried >= 6
    assert failed == 0


def test_the_two_commands_are_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"\n{target}:" in makefile
        assert f"make {target}" in readme


def test_the_before_and_after_is_so() -> None:
    from cleanwire import Cleaner, notation

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```")[1].strip("\n")
    # What stands behind two blanks is a remark.
    wanted = [notation.AnnotatedLine(line[0], line[2:].split("  ")[0]) for line in shown.split("\n")]
    assert notation.verdicts(notation.annotate(Cleaner()(notation.source(wanted)))) == wanted
