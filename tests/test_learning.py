"""Learning from a corpus: the same whatever fits into memory, however many processes, in whatever order."""

import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleanwire import ARTICLE, Cleaner, Document, Template, learn
from cleanwire.errors import TemplateError
from cleanwire.filters.site import SiteFilter
from cleanwire.learning import learn_corpus, learn_sites, merge_sites
from cleanwire.sites.files import hosts_in, read_site, site_path
from cleanwire.sites.template import PAGES

WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def corpus(hosts: int, pages: int) -> Iterator[Document]:
    for number in range(pages):
        host = number % hosts
        lines = [
            f"The front page of site {'x' * host}",
            "Tides and ferries",
            *(f"{'y' * number} the {n}th" for n in "abcde"),
        ]
        lines += [f"The harbour master said that the {'z' * number}th ferry left at noon, {n}." for n in "abc"]
        yield Document("\n".join(lines), url=f"https://www.site{host}.example/{number}")


def test_a_template_that_was_written_is_not_kept(tmp_path: Path) -> None:
    found: list[weakref.ref[Template]] = []
    for template in learn_corpus(corpus(3, 9), tmp_path):
        assert all(one() is None for one in found[:-1])  # the last one is what the loop has held until now
        found.append(weakref.ref(template))
    assert len(found) == 3


@pytest.mark.parametrize(("rows", "jobs"), [(1, 1), (40, 1), (2000, 1), (10**9, 1), (400, 2)])
def test_what_is_learned_never_depends_on_what_fits_into_memory(tmp_path: Path, rows: int, jobs: int) -> None:
    whole = learn_sites(corpus(3, 300))
    assert all(len(template.pages) == PAGES for template in whole.values())
    found = list(learn_corpus(corpus(3, 300), tmp_path, rows=rows, jobs=jobs))
    assert {template.host: template for template in found} == whole
    assert {host: read_site(site_path(tmp_path, host)) for host in hosts_in(tmp_path)} == whole
    assert len(list(tmp_path.iterdir())) == 3  # nothing of the way there is left


def test_a_folder_is_learned_on(tmp_path: Path) -> None:
    pages = list(corpus(2, 40))
    for part in (pages[25:], pages[:10], pages[5:30]):
        list(learn_corpus(part, tmp_path, rows=50))
    assert {host: read_site(site_path(tmp_path, host)) for host in hosts_in(tmp_path)} == learn_sites(pages)


def test_parts_merge_into_the_whole() -> None:
    pages = list(corpus(3, 50))
    parts = [learn_sites(pages[:20]), learn_sites(pages[15:]), {}]
    assert merge_sites(parts) == merge_sites(parts[::-1]) == learn_sites(pages[::-1])


def test_one_template_is_of_one_site() -> None:
    assert learn([]) == Template("")
    assert learn(["Our menu"]).host == ""
    with pytest.raises(TemplateError, match=r"from 3 hosts, such as 'site0\.example' and 'site1\.example'"):
        learn(corpus(3, 9))


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TemplateError, match="cannot be written"):
        list(learn_corpus(corpus(1, 2), tmp_path / "file"))
    (tmp_path / "site0.example.site.jsonl").write_text("nonsense")
    with pytest.raises(TemplateError, match="not JSON"):
        list(learn_corpus(corpus(1, 2), tmp_path))


_MEASURED = """
import resource, sys
from cleanwire import Document
from cleanwire.learning import learn_corpus

letters = str.maketrans("0123456789", "ghijklmnop")

def pages(count, hosts):
    for number in range(count):
        lines = [f"line {number * 40 + each:x} of many".translate(letters) for each in range(40)]
        yield Document("\\n".join(lines), url=f"{number % hosts}.example")

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

count, hosts, rows = map(int, sys.argv[2:])
list(learn_corpus(pages(10, 2), sys.argv[1] + "/warm", rows=rows))
before = peak()
for template in learn_corpus(pages(count, hosts), sys.argv[1] + "/sites", rows=rows):
    pass
print((peak() - before) // (1 if sys.platform == "darwin" else 1024))
"""


@pytest.mark.parametrize("hosts", [1, 50])
def test_memory_is_bounded(tmp_path: Path, hosts: int) -> None:
    # 200,000 different lines, of which 20,000 are held at once; all of them would take some 20 MB.
    command = [sys.executable, "-c", _MEASURED, str(tmp_path), "5000", str(hosts), "20000"]
    grown = int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert grown < 8


def test_what_of_the_way_there_cannot_be_removed_costs_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise OSError("busy")

    monkeypatch.setattr("cleanwire.learning.TemporaryDirectory.cleanup", fail)
    found = list(learn_corpus(corpus(3, 30), tmp_path, rows=50))
    assert {template.host: template for template in found} == learn_sites(corpus(3, 30))


def test_pages_on_the_way_that_are_gone_are_an_error(tmp_path: Path) -> None:
    def lost() -> Iterator[Document]:
        yield from corpus(1, 70)
        (spill,) = tmp_path.glob(".learn-*")
        shutil.rmtree(spill)

    with pytest.raises(TemplateError, match="the templates cannot be written"):
        list(learn_corpus(lost(), tmp_path, rows=1))


def _markdown(lines: list[str]) -> str:
    linked = [f"- [{line}](/{number})" if len(line) < 30 else line for number, line in enumerate(lines)]
    return "\n\n".join(["# The Gazette", *linked])


@pytest.mark.parametrize("write", [_markdown, "<br>".join, r"\n".join], ids=["markdown", "tags", "escaped"])
def test_pages_are_learned_in_the_layout_that_they_are_cleaned_in(write: Callable[[list[str]], str]) -> None:
    menu = ["Our tides", "Letters to the mill", "Readers' photos of boats", "The mill by night"]
    foot = ["Made with love in the old harbour", "Ring us at the mill"]
    pages = [
        [
            *menu,
            *(f"The {about} was the {word} thing that people talked about, said the mayor." for word in WORDS),
            *foot,
        ]
        for about in ("bridge", "ferry", "school", "winter")
    ]
    template = learn(Document(write(page), url="https://gazette.example/") for page in pages[:3])
    cleaner = Cleaner(SiteFilter((template,), host="gazette.example").within(ARTICLE))
    result = cleaner(write(pages[3]))
    assert all(word in result.text for word in WORDS)
    assert not any(line in result.text for line in (*menu, *foot))
    assert {span.rule.rpartition(".")[0] for span in result.spans} == {"site.gazette.example"}
    assert result.undo() == write(pages[3])
