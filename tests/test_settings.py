"""Configuration files, and which of them is read."""

from pathlib import Path

import pytest

from cleanwire import Cleaner
from cleanwire.errors import CleanwireError, FileError, InputError, UnknownNameError
from cleanwire.settings import KEYS, find
from tests.support import BELL

DOCS = Path(__file__).parents[1] / "docs"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_does_what_the_option_does(here: Path) -> None:
    write(here / "lines/keep.txt", "Tell us more\nWrite to us")
    path = write(
        here / "cleanwire.toml",
        """
        skip = ["related"]
        only = ["boilerplate", "byline"]
        take = ["byline"]
        languages = ["de"]
        layout = "lines"
        keep = ["Tweet"]
        keep-from = ["lines/keep.txt"]
        drop = ["Harbour news"]
        """,
    )
    assert Cleaner.from_config(path) == Cleaner(
        skip=["related"],
        only=["boilerplate", "byline"],
        take=["byline"],
        languages=["de"],
        layout="lines",
        keep=["Tweet", "Tell us more", "Write to us"],
        drop=["Harbour news"],
    )


def test_filters_are_chosen_by_name(here: Path) -> None:
    path = write(here / "own.toml", 'filters = ["space", "print"]')
    assert [filter_.name for filter_ in Cleaner.from_config(path).filters] == ["space", "print"]


def test_page_mode(here: Path) -> None:
    pytest.importorskip("numpy")
    for text, shown in (
        ("page = true", "Cleaner(filters=PAGE)"),
        ('page = "any"\npage-lean = 0.5', "PageFilter(weights='any', lean=0.5)"),
        ("page = false", "Cleaner()"),
    ):
        assert shown in repr(Cleaner.from_config(write(here / "own.toml", text)))


def test_packs_are_relative_to_the_file_and_their_rules_have_names(here: Path) -> None:
    write(here / "deep/rules/mine.toml", BELL)
    path = write(here / "deep/cleanwire.toml", 'packs = ["rules/mine.toml"]')
    text = "She left at noon, and came back at night.\n\nRing the harbour bell\n"
    assert Cleaner.from_config(path)(text).text == "She left at noon, and came back at night.\n"
    write(path, 'packs = ["rules/mine.toml"]\nskip = ["share.mine.bell"]')
    assert Cleaner.from_config(path)(text).text == text


def test_the_nearest_file_is_found(here: Path) -> None:
    deep = here / "a/b/c"
    deep.mkdir(parents=True)
    top = write(here / "pyproject.toml", "[tool.cleanwire]\nskip = ['related']")
    assert find(deep) == top.resolve()
    assert Cleaner.from_config(top) == Cleaner(skip=["related"])
    write(here / "a/b/pyproject.toml", "[tool.other]\nx = 1")
    assert find(deep) == top.resolve()
    beside = write(here / "cleanwire.toml", "")
    assert find(deep) == beside.resolve()
    nearer = write(here / "a/pyproject.toml", "[tool.cleanwire]")
    assert find(deep) == nearer.resolve()


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ('skpi = ["related"]', UnknownNameError, "'skpi' is not a setting; did you mean 'skip'?"),
        ("zzzz = 1", UnknownNameError, "'zzzz' is not a setting; the keys are: filters, skip"),
        ('skip = ["captoin"]', UnknownNameError, "skip: 'captoin' is not"),
        ('filters = ["spase"]', UnknownNameError, "filters: 'spase' is not a filter of cleanwire"),
        ('skip = "related"', InputError, "skip is 'related'; give a list of strings"),
        ("keep = [1]", InputError, "keep is [1]; give a list of strings"),
        ("layout = 1", InputError, "layout is 1; give a string"),
        ("page = 'all'", InputError, "page is 'all'; give true, false, 'news' or 'any'"),
        ("page = true\npage-lean = 2", InputError, "page-lean is 2; give a number from -1 to 1"),
        ("page-lean = 1", InputError, "page-lean requires page"),
        ("page = true\nfilters = []", InputError, "page and filters both choose the filters"),
        ('keep-from = ["none.txt"]', InputError, "none.txt: the lines cannot be read"),
        ('keep = ["A"]\ndrop = ["a"]', InputError, "'a' is in both keep and drop"),
        ("skip = [", FileError, "the configuration cannot be read ("),
    ],
)
def test_what_is_wrong_is_said_with_the_path(here: Path, text: str, error: type[CleanwireError], message: str) -> None:
    path = write(here / "cleanwire.toml", text)
    with pytest.raises(error) as caught:
        Cleaner.from_config(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_a_project_without_the_table_is_no_configuration(here: Path) -> None:
    for text, message in (("", "has no table"), ("[tool]\ncleanwire = 1", "tool.cleanwire is not a table")):
        with pytest.raises((FileError, InputError), match=message):
            Cleaner.from_config(write(here / "pyproject.toml", text))
    with pytest.raises(FileError, match="cannot be read"):
        Cleaner.from_config(here / "nowhere.toml")


def test_the_guide_explains_every_key() -> None:
    guide = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in guide] == []


def test_the_example_of_the_guide_is_valid(here: Path) -> None:
    guide = (DOCS / "configuration.md").read_text(encoding="utf-8")
    write(here / "rules/harbour.toml", BELL)
    cleaner = Cleaner.from_config(write(here / "cleanwire.toml", guide.split("```toml\n")[1].split("```")[0]))
    assert (sorted(cleaner.languages), sorted(cleaner.keep)) == (["de", "en"], ["Tell us more"])


PER_FILE = """
skip = ["share"]
keep = ["Tweet"]
languages = ["de", "en"]

[per-file."mail/"]
skip = ["comments"]
languages = ["de"]

[per-file."*.md"]
layout = "markdown"
keep = ["Post a comment"]
keep-from = ["lines.txt"]
"""


def test_settings_for_some_files_add_or_replace(here: Path) -> None:
    write(here / "lines.txt", "Tell us more")
    path = write(here / "cleanwire.toml", PER_FILE)
    plain = Cleaner.from_config(path)
    assert plain == Cleaner(skip=["share"], keep=["Tweet"], languages=["de", "en"])
    assert Cleaner.from_config(path, here / "a.txt") == Cleaner.from_config(path, "elsewhere/a.txt") == plain
    mail = Cleaner(skip=["share", "comments"], keep=["Tweet"], languages=["de"])
    assert Cleaner.from_config(path, here / "mail/deep/a.txt") == mail
    both = Cleaner(
        skip=["share", "comments"],
        keep=["Tweet", "Post a comment", "Tell us more"],
        languages=["de"],
        layout="markdown",
    )
    assert Cleaner.from_config(path, "mail/a.md") == both


def test_filters_and_packs_for_some_files(here: Path) -> None:
    write(here / "rules/own.toml", BELL)
    path = write(
        here / "cleanwire.toml",
        'packs = ["rules/own.toml"]\n[per-file."*.log"]\nfilters = ["space", "boilerplate"]\n'
        '[per-file."*.bell"]\npacks = ["rules/own.toml"]\n',
    )
    found = Cleaner.from_config(path, here / "a.log")
    assert [filter_.name for filter_ in found.filters] == ["space", "boilerplate"]
    assert [pack.name for pack in found.filters[1].packs] == ["own"]  # type: ignore[attr-defined] # it has packs
    assert Cleaner.from_config(path, here / "a.bell") == Cleaner.from_config(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('per-file = ["a"]', "tables named by globs"),
        ('[per-file]\n"*.md" = ["share"]', "tables named by globs"),
        ('[per-file."*.md"]\nskipp = []', "per-file '*.md': 'skipp' is not a setting; did you mean 'skip'?"),
        ('[per-file."*.md"]\nskip = 1', "per-file '*.md': skip is 1; give a list of strings"),
        ('[per-file."*.md"]\nexclude = ["a"]', "per-file '*.md': exclude is for all files"),
        ('[per-file."*.md".per-file]\n', "per-file '*.md': per-file is for all files"),
    ],
)
def test_wrong_settings_for_some_files(here: Path, text: str, message: str) -> None:
    path = write(here / "cleanwire.toml", text)
    with pytest.raises(CleanwireError) as error:
        Cleaner.from_config(path)
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)
