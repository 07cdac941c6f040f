"""The documentation says what is so."""

import doctest
from pathlib import Path

import cleanwire
from cleanwire.cli.rules_page import rules_page
from cleanwire.pack_check import failures
from cleanwire.packs.canonical import canonical
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.parse import PACK_KEYS, RULE_KEYS, parse_pack
from cleanwire.packs.words import WORD_LISTS

ROOT = Path(__file__).parents[1]


def test_the_rule_reference_is_current() -> None:
    current = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert current == rules_page(builtin_packs()), "run `make docs`"


def test_the_guide_to_packs_explains_every_key() -> None:
    guide = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    for key in (*PACK_KEYS, *RULE_KEYS, *WORD_LISTS):
        assert f"`{key}`" in guide


def test_the_pack_of_the_guide_is_valid() -> None:
    guide = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    first = guide.split("```toml\n")[1].split("```")[0]
    assert list(failures(parse_pack("mine", first))) == []
    assert canonical("mine", first) == first


def test_the_examples_of_the_guide_to_sites_run() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "sites.md"), module_relative=False)
    assert tried >= 10
    assert failed == 0


def test_the_window_holds_just_these_names() -> None:
    assert all(hasattr(cleanwire, name) for name in cleanwire.__all__)
    ours = {name for name, value in vars(cleanwire).items() if getattr(value, "__module__", "").startswith("cleanwire")}
    assert {name for name in ours if not name.startswith("_")} <= set(cleanwire.__all__)
    assert not hasattr(cleanwire, "nothing")
    assert cleanwire.__all__ == sorted(cleanwire.__all__, key=lambda name: (not name.isupper(), name))
    assert set(cleanwire.__all__) == {
        "ARTICLE", "Caption", "Cleaner", "Document", "Edit", "Filter", "PAGE", "Result", "Site", "Span", "Step",
        "Template", "clean", "clean_file", "learn", "load_pack",
    }  # fmt: skip


def test_no_page_names_this_machine() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")):
        assert "/work/" not in page.read_text(encoding="utf-8")
