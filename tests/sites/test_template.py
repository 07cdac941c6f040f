"""Templates merge like sets: in any order, in any grouping, however often a page comes."""

import pickle
from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import Document, Template, learn
from cleanwire.sites.files import parse_template, template_text
from cleanwire.sites.page import EDGE, SENTENCES, Page, host_of, line_key, read_page
from cleanwire.sites.template import PAGES, gather

_LINES = [
    "Home",
    "Our menu",
    "12 comments",
    "",
    " ",
    "|",
    "The ferry left at noon, and nobody had noticed it in the fog.",
]
_page = st.lists(st.sampled_from(_LINES) | st.text(max_size=12), max_size=8).map("\n".join)
_pages = st.lists(_page, max_size=8)


def template(pages: list[str]) -> Template:
    return Template.of("example.org", map(Document, pages))


@given(_pages, _pages)
def test_learning_on_all_is_merging_what_was_learned_on_parts(one: list[str], two: list[str]) -> None:
    assert template(one + two) == template(one).merge(template(two)) == template(two).merge(template(one))


@given(_pages, _pages, _pages)
def test_merging_is_associative_and_idempotent(one: list[str], two: list[str], three: list[str]) -> None:
    a, b, c = map(template, (one, two, three))
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.merge(a) == a == template(one + one)
    assert a.merge(template([])) == a


@given(st.lists(_page, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_no_order_and_no_split_matters(pages: list[str], random: Random) -> None:
    shuffled = random.sample(pages, len(pages))
    cut = random.randrange(len(pages))
    parts = [template(shuffled[:cut]), *(template([page]) for page in shuffled[cut:])]
    assert reduce(Template.merge, parts) == template(pages)


def test_a_template_holds_a_sample_that_every_order_agrees_upon() -> None:
    pages = [f"Our menu\nstory {'x' * number}" for number in range(3 * PAGES)]
    whole = template(pages)
    assert len(whole.pages) == PAGES
    assert template(pages[::-1]) == whole
    assert reduce(Template.merge, (template([page]) for page in pages)) == whole
    assert template(pages[: PAGES + 9]).merge(template(pages[PAGES - 9 :])) == whole


@given(_pages, _pages, st.sampled_from(["home", "our menu"]))
def test_vetoes_and_struck_out_lines_keep_the_laws(one: list[str], two: list[str], key: str) -> None:
    a, b = template(one), template(two)
    text = "".join(line + "\n" for line in template_text(a).split("\n") if f'"line": "{key}"' not in line and line)
    struck = parse_template(text, "a file")
    veto = Template(b.host, b.pages, frozenset({key}))
    assert key not in {row for page in struck.pages for row in page.keys}
    assert struck.merge(veto) == veto.merge(struck)
    assert struck.merge(a) == a.merge(struck) == a
    assert struck.merge(a).merge(veto) == struck.merge(a.merge(veto))
    assert struck.merge(struck) == struck
    assert key in struck.merge(veto).keep


def test_two_hosts_do_not_merge() -> None:
    with pytest.raises(ValueError, match=r"'a\.example' and 'b\.example'"):
        Template("a.example").merge(Template("b.example"))


def test_a_template_is_a_value() -> None:
    one = learn(["Home\nOur menu"])
    assert hash(one) == hash(learn(["Home\nOur menu"]))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


def test_pages_are_grouped_by_host() -> None:
    page = read_page(Document("Home"))
    assert gather([("a", page), ("b", page), ("a", page)]) == {"a": Template("a", (page,)), "b": Template("b", (page,))}


def test_a_book_fills_no_template() -> None:
    page = read_page(
        Document("\n".join(f"The {chr(97 + n % 26) * (n // 26 + 1)} of the book" for n in range(3 * EDGE)))
    )
    assert len(page.keys) == 2 * EDGE + 1
    many = "\n".join(f"The {'x' * n} of the book was at last found in the harbour by the ferryman." for n in range(400))
    assert len(read_page(Document(many)).story) == SENTENCES


def test_keys_of_long_lines_are_short_and_tell_them_apart() -> None:
    one, two = (
        line_key("The council voted on Monday to close the bridge for a year" + end) for end in ("s", " or two")
    )
    assert one != two
    assert max(len(one), len(two)) <= 66
    assert line_key(" • Our  MENU ") == line_key("our menu") == "our menu"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b#c", "example.org"), ("http://example.org:80", "example.org"),
        ("EXAMPLE.org", "example.org"), ("www.example.org/a", "example.org"), ("//example.org", "example.org"),
        ("http://[", ""), ("", ""), (None, ""), ("https://пример.рф/", "пример.рф"), ("news site", "news site"),
    ],
)  # fmt: skip
def test_hosts(url: str | None, host: str) -> None:
    assert host_of(url) == host


def test_a_page_is_known_by_its_lines_alone() -> None:
    assert read_page(Document("Home\n\n\nOur menu\n")) == read_page(Document("  • home\nOur Menu:"))
    assert read_page(Document("")) == Page(read_page(Document("\n\n")).digest, (), {})
