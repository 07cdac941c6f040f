"""The documentation says what is so."""

import doctest
import inspect
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import cleanwire
from cleanwire import errors, filters
from cleanwire.cli.rules_page import rules_pages
from cleanwire.pack_check import failures
from cleanwire.packs.canonical import canonical
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.parse import PACK_KEYS, RULE_KEYS, parse_pack
from cleanwire.packs.words import WORD_LISTS

ROOT = Path(__file__).parents[1]


def test_the_rule_reference_has_every_rule_on_the_page_of_its_pack() -> None:
    pages = rules_pages(builtin_packs())
    for pack in builtin_packs():
        if pack.rules:
            assert re.findall(r"^\| ([\w.-]+\.[\w.-]+) \|", pages[pack.name], re.MULTILINE) == [
                r.name for r in pack.rules
            ]
            assert f"| [{pack.name}]({pack.name}.md) | {len(pack.rules)} |" in pages["index"]
    assert "| encoding.mojibake | " in pages["index"]


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


def test_the_architecture_lists_the_layers_of_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [c["layers"] for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("\n## Packages and layers\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == layers


def test_the_public_names_are_just_these() -> None:
    assert all(hasattr(cleanwire, name) for name in cleanwire.__all__)
    ours = {name for name, value in vars(cleanwire).items() if getattr(value, "__module__", "").startswith("cleanwire")}
    assert {name for name in ours if not name.startswith("_")} <= set(cleanwire.__all__)
    assert not hasattr(cleanwire, "nothing")
    assert cleanwire.__all__ == sorted(cleanwire.__all__, key=lambda name: (not name.isupper(), name))
    raised = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert set(cleanwire.__all__) == raised | {
        "ARTICLE", "Action", "Caption", "Cleaner", "Document", "Edit", "FileReport", "Filter", "PAGE", "Pack", "Result",
        "Span", "Step", "Template", "__version__", "clean", "clean_file", "filters", "learn", "load_pack",
    }  # fmt: skip
    assert cleanwire.__version__ == version("cleanwire")


def test_filters_have_names_that_nothing_else_has() -> None:
    classes = [getattr(filters, name) for name in filters.FILTERS.values()]
    assert [kind().name for kind in classes] == list(filters.FILTERS)
    assert {kind.__name__ for kind in classes}.isdisjoint(cleanwire.__all__)
    assert set(filters.__all__) == {"ARTICLE", "FILTERS", "PAGE", *filters.FILTERS.values()}
    assert not hasattr(filters, "nothing")


def test_every_public_name_has_an_example_and_stands_in_the_help() -> None:
    public = {name: getattr(cleanwire, name) for name in cleanwire.__all__}
    for name, value in public.items():
        error = name.endswith("Error")
        if inspect.isclass(value) or inspect.isfunction(value):
            assert error or ">>>" in (value.__doc__ or ""), name
        if not error and name != "__version__":
            assert f"`{name}`" in (cleanwire.__doc__ or ""), name


def test_the_import_is_light() -> None:
    code = "import sys, cleanwire; print(*sys.modules)"
    heavy = {"numpy", "pyarrow", "rich", "click", "ftfy", "dateparser", "multiprocessing", "tomllib", "difflib"}
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_no_page_names_this_machine() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")):
        assert "/work/" not in page.read_text(encoding="utf-8")


def test_the_comparison_says_yes_only_where_a_test_shows_it() -> None:
    page = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.split("\n") if line.startswith("| ")]
    expected = [row for row in rows if len(row) == 4][1:]
    assert len(expected) > 20
    for what, _, ours, shown in expected:
        assert ours.split(",")[0].split(":")[0] in ("yes", "no", "not shown"), what
        if ours.startswith("yes"):
            file, _, test = shown.strip("`").partition("::")
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), what
        else:
            assert shown == "", what


def test_the_figures_of_the_comparison_are_those_that_were_measured() -> None:
    page = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    table = page.split("| texts | before | after |\n")[1].split("\n\n")[0]
    measured = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    for row in table.split("\n")[1:]:
        assert row in measured
    rivals = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for tool, figure in re.findall(r"^\| ([\w-]+)[^|]*\|[^|]*\| ([\d.]+) \|$", page.split("| MB/s |")[1], re.MULTILINE):
        assert re.search(rf"^\| (\*\*)?{tool}.*\| {re.escape(figure)} \|", rivals, re.MULTILINE), tool
