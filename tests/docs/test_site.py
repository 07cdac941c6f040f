"""The documentation site: links of pages, the API reference, and links of what was built."""

import re
from pathlib import Path

import pytest

import cleanwire
from cleanwire.packs.load import builtin_packs
from docs.site import API, ROOT, api_pages, dead_links, language_names, relinked, write_source


@pytest.mark.parametrize(
    ("source", "link", "new"),
    [
        ("docs/mend.md", "../CONTRIBUTING.md#releases", "contributing.md#releases"),
        ("docs/adding.md", "packs.md#add-a-language", "packs.md#add-a-language"),
        ("docs/measured.md", "../benchmarks/README.md", "benchmarks.md"),
        ("benchmarks/README.md", "../docs/speed.md", "speed.md"),
        ("CHANGELOG.md", "docs/corpora.md", "corpora.md"),
        ("CONTRIBUTING.md", "README.md", "index.md"),
        ("docs/speed.md", "speed-size.svg", "speed-size.svg"),
        ("docs/html.md", "https://example.org/docs/a.md", "https://example.org/docs/a.md"),
        ("docs/html.md", "#one-page", "#one-page"),
    ],
)
def test_links_lead_to_the_pages_of_the_site(source: str, link: str, new: str) -> None:
    assert relinked(f"See [this]({link}).", source) == f"See [this]({new})."


def test_links_in_code_stay() -> None:
    page = "```\n[a](docs/a.md)\n```\n[b](docs/b.md)\n"
    assert relinked(page, "README.md") == "```\n[a](docs/a.md)\n```\n[b](b.md)\n"


def test_the_api_reference_has_every_public_name() -> None:
    pages = "".join(api_pages().values())
    for name in set(cleanwire.__all__) - {"__version__", "filters"}:
        assert len(re.findall(rf"^\.\. auto\w+:: cleanwire\.{name}$", pages, re.MULTILINE)) == 1, name
    assert {name for names in API.values() for name in names} <= set(cleanwire.__all__)


def test_the_table_of_languages_is_that_of_the_packs() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    assert list(language_names(page)) == [*sorted(pack.name for pack in builtin_packs() if pack.name != "any"), "any"]
    with_rules = re.findall(r"^\| `(\w+)` \| .* \| yes \|$", page, re.MULTILINE)
    removing = {pack.name for pack in builtin_packs() if any(rule.action == "drop" for rule in pack.rules)}
    assert set(with_rules) == removing
    assert f"rules for {len(with_rules) - 1} languages" in page


def test_every_page_is_in_the_navigation(tmp_path: Path) -> None:
    write_source(tmp_path / "docs")
    index = (tmp_path / "docs" / "index.md").read_text(encoding="utf-8")
    listed = {name for block in re.findall(r"```\{toctree\}\n(.*?)```", index, re.DOTALL) for name in block.split()}
    pages = {file.stem for file in (tmp_path / "docs").glob("*.md")} - {"index"}
    assert pages | {"api/index", "rules/index"} == {name for name in listed if not name.startswith(":")} - {
        "Start", "Guides", "At", "scale", "Rules", "Reference",
    }  # fmt: skip
    assert (tmp_path / "docs" / "rules" / "de.md").read_text(encoding="utf-8").startswith("# Rules: German (de)\n")


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html#there">x</a><a href="https://example.org/">x</a><p id="here">')
    (tmp_path / "b.html").write_text('<a href="a.html#here">x</a><a name="there"></a>')
    assert dead_links(tmp_path) == []
    (tmp_path / "b.html").write_text('<a href="a.html#gone">x</a><img src="c.png"><a href="#too">')
    assert dead_links(tmp_path) == ["a.html: b.html#there", "b.html: #too", "b.html: a.html#gone", "b.html: c.png"]
