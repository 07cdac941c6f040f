"""Build the documentation site: ``python -m docs.site`` writes build/site; ``make docs`` runs it.

The pages of docs/ are copied with those that stand elsewhere (CONTRIBUTING.md and so on), and with what is made of the
package: the rule reference and the API reference.  Sphinx then builds the site, and any warning, such as a link that
leads nowhere, is an error.  At last every link of the HTML is followed.
"""

import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import cleanwire
from cleanwire.cli.rules_page import rules_pages
from cleanwire.filters import FILTERS
from cleanwire.packs.load import builtin_packs

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"
ELSEWHERE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "benchmarks/README.md": "benchmarks.md",
}
"""Files outside docs/ that are pages, and their names on the site; docs/index.md stands for README.md."""
API = {
    "Clean": ["clean", "Cleaner", "Result", "Span", "Caption"],
    "Files": ["clean_file", "FileReport"],
    "Chains and rules": ["ARTICLE", "PAGE", "Pack", "load_pack"],
    "Sites": ["learn", "Template"],
    "Write a filter": ["Document", "Filter", "Edit", "Step", "Action"],
}
"""The public names by what they are for; errors and filters follow."""
MODULES = {
    "Arrow": ["arrow.clean_batch", "arrow.clean_schema"],
    "Ray": ["engines.ray.clean_dataset", "engines.ray.learn_dataset", "engines.ray.count_edits"],
    "Spark": ["engines.spark.clean_frame", "engines.spark.learn_frame", "engines.spark.count_edits"],
    "Templates of many sites": ["learning.learn_sites", "learning.merge_sites"],
}
"""Public functions of modules that need extras or serve large inputs."""
_LINK = re.compile(r"(?<!`)\]\((?P<target>[^)\s]+)\)")


def relinked(text: str, source: str) -> str:
    """Return a page with its links as the site needs them; `source` is its path in the repository.

    >>> relinked("[A](docs/adding.md#a-phrase) [B](https://example.org)", "CONTRIBUTING.md")
    '[A](adding.md#a-phrase) [B](https://example.org)'
    """

    def change(match: re.Match[str]) -> str:
        path, hash_, anchor = match["target"].partition("#")
        if not path or urlsplit(path).scheme:
            return match[0]
        full = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        new = ELSEWHERE.get(full) or full.removeprefix("docs/")
        return f"]({new}{hash_}{anchor})"

    blocks = text.split("```")
    blocks[::2] = [_LINK.sub(change, block) for block in blocks[::2]]  # the others are code
    blocks[1::2] = [f"{block.rstrip(chr(10))}\n" for block in blocks[1::2]]  # an empty line ends examples for doctest
    return "```".join(blocks)


def api_pages() -> dict[str, str]:
    """Return the pages of the API reference by their names."""
    lines = ["# API reference", "", "All names are importable from `cleanwire`. Each example runs as a test.", ""]
    lines += ["```{toctree}", ":maxdepth: 1", "", "filters", "errors", "modules", "```", ""]
    for title, names in API.items():
        lines += [f"## {title}", "", *_entries(f"cleanwire.{name}" for name in names)]
    errors = [name for name in cleanwire.__all__ if name.endswith(("Error", "Warning"))]
    filters = [
        "# Filters",
        "",
        "The fields are the options; `Cleaner.replacing` puts a filter with others in place.",
        "",
    ]
    modules = ["# Arrow, engines, learning", "", "Each needs the extra that its guide names.", ""]
    for title, names in MODULES.items():
        modules += [f"## {title}", "", *_entries(f"cleanwire.{name}" for name in names)]
    return {
        "index": "\n".join(lines),
        "filters": "\n".join([*filters, *_entries(f"cleanwire.filters.{name}" for name in FILTERS.values())]),
        "errors": "\n".join(["# Errors", "", *_entries(f"cleanwire.{name}" for name in errors)]),
        "modules": "\n".join(modules),
    }


def _entries(names: Iterator[str]) -> Iterator[str]:
    yield "```{eval-rst}"
    for name in names:
        last = name.rpartition(".")[2]
        if last.isupper() or last == "Action":
            yield f".. autodata:: {name}\n   :no-value:\n"
        elif last[0].isupper():
            yield f".. autoclass:: {name}\n   :members:\n"
        else:
            yield f".. autofunction:: {name}\n"
    yield "```"
    yield ""


def write_source(folder: Path) -> None:
    """Write the pages from which Sphinx builds the site into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder)
    pages = {f"docs/{file.name}": file.name for file in (ROOT / "docs").glob("*.md")}
    for source, name in {**pages, **ELSEWHERE}.items():
        if source != "README.md":
            (folder / name).write_text(relinked((ROOT / source).read_text(encoding="utf-8"), source), encoding="utf-8")
    rules = rules_pages(builtin_packs())
    languages = language_names((ROOT / "docs" / "languages.md").read_text(encoding="utf-8"))
    for name, page in rules.items():
        if name in languages:
            rules[name] = page.replace(f"# Rules: {name}\n", f"# Rules: {languages[name]} ({name})\n")
    rules["index"] += _toctree(name for name in rules if name != "index")
    _write(folder / "rules", rules)
    _write(folder / "api", api_pages())


def language_names(page: str) -> dict[str, str]:
    r"""Return the names of languages by their codes, from the table of docs/languages.md.

    >>> language_names("| code | language |\n|---|---|\n| `de` | German |")
    {'de': 'German'}
    """
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", page, re.MULTILINE))


def _toctree(names: Iterator[str]) -> str:
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, page in pages.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")


class _Links(HTMLParser):
    """The links of a page, and the names that links may lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser calls it so
        """Note the links and the names of an element."""
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.add(value)
            elif name in ("id", "name") and value:
                self.names.add(value)


def dead_links(site: Path) -> list[str]:
    """Return the links of a built site that lead to no file of it, or to no element of a page; each with its page."""
    pages: dict[Path, _Links] = {}
    for file in sorted(site.rglob("*.html")):
        pages[file] = _Links()
        pages[file].feed(file.read_text(encoding="utf-8"))
    dead = []
    for file, page in pages.items():
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            found = target.is_file()
            if found and parts.fragment and target in pages:
                found = unquote(parts.fragment) in pages[target].names
            if not found:
                dead.append(f"{file.relative_to(site)}: {link}")
    return dead


def main() -> int:
    """Build the site, and return an exit code."""
    write_source(SOURCE)
    shutil.rmtree(SITE, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html"]
    if subprocess.run([*command, SOURCE, SITE], check=False).returncode:
        return 1
    dead = dead_links(SITE)
    for link in dead:
        print(f"a link leads nowhere: {link}", file=sys.stderr)
    size = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file())
    pages = len(list(SITE.rglob("*.html")))
    print(f"{SITE.relative_to(ROOT)}/index.html: {pages} pages, {size / 1e6:.1f} MB")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
