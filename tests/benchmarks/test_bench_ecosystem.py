"""What a change cuts otherwise, between two revisions of the package."""

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.quality import ecosystem
from benchmarks.quality.ecosystem import ROOT, Text, checkout, cleaned, given, shipped
from benchmarks.quality.layouts import WRITERS

TEXTS = [Text("a", "She left at noon.\n\nPost a comment"), Text("b", "Rain\u00a0fell.\n\nRing the bell for more")]


def test_the_texts_are_seeds_in_all_layouts_and_counterexamples() -> None:
    names = [text.name for text in shipped()]
    assert len(names) == len(set(names))
    seeds = list((ROOT / "seeds").glob("*.txt"))
    for layout in WRITERS:
        assert sum(name.endswith(f" as {layout}") for name in names) == len(seeds)
    assert sum(name.startswith("counterexample") for name in names) > 3000
    assert list(given(None)) == []


def test_another_package_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "cleanwire", tmp_path / "cleanwire", ignore=shutil.ignore_patterns("__pycache__"))
    pack = tmp_path / "cleanwire" / "packs" / "data" / "en.toml"
    text = pack.read_text(encoding="utf-8")
    assert text.count('    "Post a comment",\n') == 1
    pack.write_text(text.replace('    "Post a comment",\n', '    "Ring the bell for more",\n'), encoding="utf-8")
    other, ours = cleaned(TEXTS, tmp_path), cleaned(TEXTS, ROOT / "src")
    assert [[cut.rule for cut in each.cuts] for each in ours] == [["comments.en.box"], []]
    assert [[cut.rule for cut in each.cuts] for each in other] == [[], ["comments.en.box"]]


@pytest.mark.slow
def test_the_working_tree_is_compared_with_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("jinja2", reason="the extra report is not installed")
    if subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, check=False).returncode:
        pytest.skip("not a checkout, so there is no revision to compare with")
    monkeypatch.setattr(ecosystem, "shipped", lambda: iter(TEXTS))
    monkeypatch.setattr(ecosystem, "OUTPUT", ROOT / "build" / "ecosystem-test")
    monkeypatch.delenv("CLEANWIRE_DATA", raising=False)
    assert ecosystem.main(["HEAD"]) == 0
    assert capsys.readouterr().out.startswith("2 texts, ")
    assert (ROOT / "build" / "ecosystem-test" / "changes.html").stat().st_size > 1000
    assert (checkout("HEAD", tmp_path) / "cleanwire" / "__init__.py").exists()
