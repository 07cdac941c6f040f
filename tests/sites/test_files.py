"""Template files: what is written is read back, what is no template is refused with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import Document, Template
from cleanwire.errors import TemplateError
from cleanwire.sites.files import (
    hosts_in,
    load_site,
    parse_template,
    read_site,
    site_path,
    template_text,
    write_site,
)

_pages = st.lists(st.text(st.characters() | st.sampled_from('\n"\\ ab0\u2028\ud800'), max_size=60), max_size=5)


@given(_pages, st.frozensets(st.text(max_size=9), max_size=2))
def test_a_file_is_the_template(pages: list[str], keep: frozenset[str]) -> None:
    template = Template("example.org", Template.of("example.org", map(Document, pages)).pages, keep)
    assert parse_template(template_text(template), "here") == template


def test_equal_templates_are_equal_files_and_lines_on_most_pages_come_first() -> None:
    long = "The {0} was the {1} thing that people in the town talked about, said the mayor."
    pages = [
        Document("\n".join(["Our menu", "About us", *(long.format(about, n) for n in "abcd")]))
        for about in ("ferry", "bridge")
    ]
    one, two = (template_text(Template.of("example.org", order)) for order in (pages, pages[::-1]))
    assert one == two
    rows = [json.loads(line) for line in one.split("\n")[:-1]]
    assert [row["line"] for row in rows[1:3]] == ["about us", "our menu"]
    assert [row["pages"] for row in rows[1:11]] == [2, 2, *[1] * 8]
    assert [row["page"] for row in rows[11:]] == [0, 1]


GOOD = template_text(Template.of("example.org", [Document("Home\nOur menu")]))
HEAD, HOME, MENU, PAGE, _ = GOOD.split("\n")


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ([], 1, "the file is empty"),
        (["nonsense"], 1, "not JSON"),
        (["[" * 100_000], 1, "not JSON"),
        (["[]"], 1, "not a JSON object"),
        (["{}"], 1, "not a template"),
        ([HEAD.replace('"form": 1', '"form": 2')], 1, "form 2"),
        ([HEAD.replace('"example.org"', "7")], 1, '"host" is 7, not text'),
        ([HEAD, HOME, "{}"], 3, 'neither a "line" nor a "page"'),
        ([HEAD, HOME, HOME, PAGE], 3, "duplicate line 'home'"),
        ([HEAD, HOME.replace('"at"', '"keep": 1.5, "at"'), PAGE], 2, '"keep" is 1.5'),
        ([HEAD, HOME.replace("0:0", "0:0 x"), PAGE], 2, "'x', not page:row"),
        ([HEAD, HOME.replace("0:0", "0:0\\u00b2"), PAGE], 2, "not page:row"),
        ([HEAD, HOME.replace("0:0", "0:" + "9" * 5000), PAGE], 2, "not page:row"),
        ([HEAD, HOME.replace("0:0", "0:9"), PAGE], 3, "'home' is at 0:9"),
        ([HEAD, HOME.replace("0:0", "1:0"), PAGE], 3, "'home' is at 1:0"),
        ([HEAD, HOME, MENU.replace("0:1", "0:0"), PAGE], 4, "is at 0:0"),
        ([HEAD, HOME], 2, "'home' is at 0:0"),
        ([HEAD, PAGE.replace('"page": 0', '"page": 1')], 2, "page 1 with 2 rows"),
        ([HEAD, PAGE.replace('"page": 0', '"page": true')], 2, '"page" is True, not a number'),
        ([HEAD, PAGE.replace('"rows": 2', '"rows": 1000000000000')], 2, "out of bounds"),
        ([HEAD, PAGE.replace('"rows": 2', '"rows": -2')], 2, '"rows" is -2'),
        ([HEAD, PAGE.replace('"story": ""', '"story": "ab"')], 2, '"story" is not a list'),
        ([HEAD, PAGE.replace('"story": ""', '"story": "ab:9999999999999999"')], 2, '"story" is not a list'),
        ([HEAD, PAGE.replace('"story": ""', '"story": null')], 2, '"story" is None, not text'),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_its_place(tmp_path: Path, lines: list[str], place: int, says: str) -> None:
    path = tmp_path / "bad.site.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        read_site(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{place}: ")
    assert says in message
    assert len(message) < 2000


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"\xff")
    for path in (tmp_path / "bad", tmp_path / "nowhere", tmp_path):
        with pytest.raises(TemplateError, match="cannot be read"):
            read_site(path)
    with pytest.raises(TemplateError, match="cannot be written"):
        write_site(Template("example.org"), tmp_path / "nowhere")


def test_a_folder_of_templates(tmp_path: Path) -> None:
    for host in ("example.org", "", "a/../b", "пример.рф", "%"):
        write_site(Template(host), tmp_path)
        assert load_site(str(tmp_path), host) == Template(host)
        assert site_path(tmp_path, host).parent == tmp_path
    assert hosts_in(tmp_path) == sorted(["", "%", "a/../b", "example.org", "пример.рф"])
    assert load_site(str(tmp_path), "nowhere.example") is None
    assert load_site(str(tmp_path), "x" * 5000) is None
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_file_with_the_name_of_another_is_refused(tmp_path: Path) -> None:
    write_site(Template("example.org"), tmp_path).rename(site_path(tmp_path, "example.com"))
    with pytest.raises(TemplateError, match=r"is the template of 'example\.org', not of 'example\.com'"):
        load_site(str(tmp_path), "example.com")


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    write_site(Template("example.org"), tmp_path)
    assert load_site(str(tmp_path), "example.org") == Template("example.org")
    more = Template.of("example.org", [Document("Home")])
    write_site(more, tmp_path)
    assert load_site(str(tmp_path), "example.org") == more
