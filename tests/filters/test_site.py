"""The filter of site templates: what it cuts, what it leaves, and the laws of the house with it in the chain."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire import ARTICLE, Cleaner, Document, Template, learn
from cleanwire.filters.site import BRIDGE, FRAME, STORY, SiteFilter
from cleanwire.packs.parse import parse_pack
from cleanwire.sites.files import write_site
from tests.support import check_reversible

NAMES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MENU = ["Our menu", "Our news", "Tides and ferries", "Letters to us", "Readers' photos", "The mill"]
FOOT = ["Made with love in the harbour", "Ring us at the mill"]


def story(about: str, sentences: int = 6) -> list[str]:
    return [
        f"The {about} was the {name}th thing that people in the town talked about, said the mayor."
        for name in NAMES[:sentences]
    ]


def page(about: str, *, top: list[str] = MENU, foot: list[str] = FOOT, sentences: int = 6) -> str:
    return "\n\n".join([*top, f"{about.title()} closes for a year", *story(about, sentences), *foot])


def template(*pages: str) -> Template:
    return Template.of("example.org", map(Document, pages))


def cleaner(*pages: str) -> Cleaner:
    return Cleaner(SiteFilter((template(*pages),), host="example.org").within(ARTICLE))


def kept(clean: Cleaner, text: str) -> list[str]:
    return [line for line in clean(text).text.split("\n") if line]


def test_one_other_page_is_enough_for_menu_and_footer() -> None:
    assert kept(cleaner(page("bridge")), page("ferry")) == ["Ferry closes for a year", *story("ferry")]


def test_each_cut_is_named_by_site_and_line() -> None:
    spans = cleaner(page("bridge"))(page("ferry")).spans
    rules = {span.text: span.rule for span in spans if span.action == "drop"}
    assert rules["Ring us at the mill"] == "site.example.org.ring-us-at-the-mill"
    assert rules["Readers' photos"] == "site.example.org.readers-photos"
    assert len(rules) == len(MENU) + len(FOOT)


@pytest.mark.parametrize(
    ("skip", "stays"),
    [
        ({"site"}, [*MENU, *FOOT]),
        ({"site.example.org"}, [*MENU, *FOOT]),
        ({"site.example"}, [*MENU, *FOOT]),  # example.org, example.com …
        ({"site.example.com"}, []),
        ({"site.example.org.our-menu"}, ["Our menu"]),
    ],
)
def test_skip_takes_a_site_or_a_line(skip: set[str], stays: list[str]) -> None:
    clean = Cleaner(cleaner(page("bridge")).filters, skip=frozenset(skip))
    assert [line for line in kept(clean, page("ferry")) if line in MENU + FOOT] == stays


def test_only_the_site() -> None:
    clean = Cleaner(cleaner(page("bridge")).filters, only=frozenset({"site.example.org"}))
    text = page("ferry", foot=[*FOOT, "Post a comment"])
    assert kept(clean, text) == ["Ferry closes for a year", *story("ferry"), "Post a comment"]


@pytest.mark.parametrize(
    ("learned", "host", "url"),
    [
        ([], "example.org", None),  # nothing was learned
        (["bridge"], "", None),  # nobody says whose text it is
        (["bridge"], "", "https://example.com/ferry"),  # it is another's
        (["ferry"], "example.org", None),  # it is the only page that was learned
    ],
)
def test_without_a_witness_nothing_goes(learned: list[str], host: str, url: str | None) -> None:
    clean = Cleaner(SiteFilter((template(*map(page, learned)),), host=host).within(ARTICLE))
    assert clean(Document(page("ferry"), url=url)).text == page("ferry")


def test_the_address_chooses_the_template() -> None:
    clean = Cleaner(SiteFilter((Template("example.com"), template(page("bridge")))).within(ARTICLE))
    result = clean(Document(page("ferry"), url="https://www.example.org/news/ferry.html"))
    assert result.text == "\n\n".join(["Ferry closes for a year", *story("ferry")])


def test_a_text_that_was_learned_is_cleaned_as_one_that_was_not() -> None:
    pages = [page("bridge"), page("school"), page("ferry")]
    assert [cleaner(*pages)(text).text for text in pages] == [
        cleaner(*(other for other in pages if other != text))(text).text for text in pages
    ]


def test_a_story_that_was_changed_loses_nothing_to_its_former_self() -> None:
    before = page("ferry", sentences=12)
    after = before.replace("Ferry closes for a year", "Ferry closes for two years").replace("talked", "spoke", 4)
    assert cleaner(before)(after).text == after


def test_a_line_within_the_story_needs_more_than_one_page() -> None:
    def told(about: str) -> str:
        lines = story(about)
        return "\n\n".join([*MENU, *lines[:3], "What happens now", *lines[3:]])

    assert "What happens now" in kept(cleaner(told("bridge")), told("ferry"))
    assert "What happens now" in kept(cleaner(told("bridge"), told("school")), told("ferry"))


def test_a_sentence_within_the_story_is_never_cut_for_one_page() -> None:
    shared = [
        f"It was the {name}th year in which the harbour had been closed for the winter, they say." for name in NAMES
    ]
    shared += [line.replace("winter", "summer") for line in shared]
    shared += [line.replace("closed", "open") for line in shared]

    def told(about: str) -> str:
        lines = [line.replace("talked about", f"talked about {name}") for name in NAMES for line in story(about, 12)]
        return "\n\n".join([*lines[:70], *shared, *lines[70:]])

    text = told("ferry")
    assert len(shared) > 2 * STORY.inside
    assert cleaner(told("bridge"))(text).text == text


@pytest.mark.parametrize("price", ["€ 12", "12 €", "$3.50", "£ 9", "99 kr"])
def test_a_shop_keeps_what_stands_beside_its_own_goods(price: str) -> None:
    def foot(own: str) -> list[str]:
        return [*goods[:6], own, *goods[6:], f"{own} for two"]

    goods = [f"Cup of {name}" for name in NAMES]
    lines = kept(
        cleaner(page("bridge", foot=[*foot("Blue jug"), *FOOT])), page("ferry", foot=[*foot("Red jug"), price, *FOOT])
    )
    assert len(goods) < 2 * FRAME
    assert set(goods) < set(lines)
    assert not set(lines) & {*FOOT, *MENU[:-1]}
    assert MENU[-1] in lines  # what stands above the first line of its own may be its title


def test_a_shop_keeps_what_few_other_pages_hold() -> None:
    def foot(own: str, goods: list[str]) -> list[str]:
        return ["12 €", own, *FOOT, *goods]

    goods = [f"Cup of {name}" for name in NAMES]
    others = [
        page(about, foot=foot("Blue jug", goods if about == "mill" else [])) for about in ("bridge", "mill", "pub")
    ]
    lines = kept(cleaner(*others), page("ferry", foot=foot("Red jug", goods)))
    assert set(goods) < set(lines)
    assert not set(goods) & set(kept(cleaner(others[1]), page("ferry", foot=foot("Red jug", goods))))


def test_a_shop_whose_pages_share_most_sentences_loses_its_frame_alone() -> None:
    def shop(about: str, price: str) -> str:
        shared = [line.replace("mayor", "seller") for line in story("post", 12) + story("van", 12)]
        return "\n\n".join([*MENU * 2, f"A {about} to keep", price, *story(about, 9), "Our terms", *shared, *FOOT])

    text = shop("cup", "12 €")
    lines = kept(cleaner(shop("jug", "14 €")), text)
    assert set(MENU + FOOT) & set(lines) <= set(MENU)  # the last lines above a story are never cut by such a page
    assert [line for line in text.split("\n\n") if line not in MENU + FOOT] == [
        line for line in lines if line not in MENU
    ]
    assert cleaner(shop("jug", "Free"))(shop("cup", "Free")).text == shop("cup", "Free")


def test_a_price_on_all_pages_makes_no_shop() -> None:
    foot = ["Free from 20 €", *FOOT]
    lines = kept(cleaner(page("bridge", foot=foot)), page("ferry", foot=["Ferries of the day", *foot]))
    assert lines == ["Ferry closes for a year", *story("ferry"), "Ferries of the day", foot[0]]


def test_a_page_without_a_story_is_left() -> None:
    text = "\n\n".join([*MENU, *FOOT])
    assert cleaner(page("bridge"), page("school"))(text).text == text


def test_numbers_alone_are_no_line_of_the_site() -> None:
    assert "3 boats" in kept(cleaner(page("bridge", top=["2 boats"])), page("ferry", top=["3 boats"]))


def test_lines_between_two_that_go_go_too_but_never_a_title() -> None:
    new = ["Fog", "Tides", "A headline of the day, long enough to be one"]
    clean = cleaner(page("bridge", foot=["About us here", *FOOT]))
    result = clean(page("ferry", foot=["About us here", *new, *FOOT]))
    assert [line for line in result.text.split("\n") if line] == ["Ferry closes for a year", *story("ferry"), new[2]]
    assert [span.rule for span in result.spans if span.text in new] == ["site.example.org.between"] * 2
    assert kept(clean, page("ferry", top=[*MENU[:2], *new, *MENU[2:]]))[0] == new[2]
    many = [f"{'x' * n}" for n in range(1, BRIDGE + 2)]
    assert set(many) <= set(kept(clean, page("ferry", foot=["About us here", *many, *FOOT])))


def test_a_title_is_known_by_its_story() -> None:
    headlines = [f"A headline of the day, long enough for {name}" for name in NAMES]
    told = "Mayor said the ferry was talked about"
    clean = cleaner(page("bridge"))
    assert kept(clean, page("ferry", top=[*MENU[:3], told, *headlines, *MENU[3:]]))[:2] == [told, headlines[5]]


def test_packs_of_ones_own_tell_where_the_story_lies() -> None:
    pack = parse_pack(
        "mine",
        '[[rule]]\nname = "tides"\nkind = "nav"\nwhy = "A made-up line."\nline = ["High tide"]\n'
        'examples = ["- High tide"]\ncounterexamples = ["One.", "Two."]\n',
    )
    text = page("ferry", foot=["High tide", "Fog", *FOOT])
    assert "Fog" in kept(cleaner(page("bridge")), text)
    assert kept(cleaner(page("bridge")).with_packs(pack), text) == ["Ferry closes for a year", *story("ferry")]


def test_a_line_that_a_reader_keeps_stays() -> None:
    whole = template(page("bridge"))
    veto = Template(whole.host, whole.pages, frozenset({"our news"}))
    clean = Cleaner(SiteFilter((veto,), host="example.org").within(ARTICLE))
    assert kept(clean, page("ferry"))[0] == "Our news"


def test_templates_lie_in_a_folder(tmp_path: Path) -> None:
    write_site(template(page("bridge")), tmp_path)
    clean = Cleaner(SiteFilter(folder=str(tmp_path)).within(ARTICLE))
    assert clean(Document(page("ferry"), url="example.org")).text == cleaner(page("bridge"))(page("ferry")).text
    assert clean(Document(page("ferry"), url="example.com")).text == page("ferry")


def test_damaged_pages_are_learned_as_they_are_mended() -> None:
    damaged = [page(about, foot=["Über uns – für Sie"]).encode().decode("cp1252") for about in ("bridge", "ferry")]
    site = SiteFilter((learn(Document(text, url="example.org") for text in damaged),), host="example.org")
    assert kept(Cleaner(site.within(ARTICLE)), damaged[1]) == ["Ferry closes for a year", *story("ferry")]


_line = (
    st.sampled_from([*MENU, *FOOT, *story("ferry"), *story("bridge", 3), "Post a comment", "Facebook", "Home", "12 €"])
    | st.sampled_from(["", "", " ", "|", "3", "By Ann Lee", "Photo: Ann Lee/AFP", "\ufeff\x85Our menu"])
    | st.text(max_size=20)
)
_texts = st.lists(_line, max_size=40).map("\n".join)
_chain = cleaner(page("bridge"), page("school", top=[*MENU, "Facebook", "Home"]))


@given(_texts)
def test_the_laws_hold_with_templates(text: str) -> None:
    result = _chain(text)
    check_reversible(result, text)
    assert _chain(result.text).text == result.text
    assert pickle.loads(pickle.dumps(_chain))(text) == result  # noqa: S301 - our own bytes
    assert json.loads(json.dumps(result.to_dict()))["text"] == result.text


@given(st.lists(_texts, max_size=4))
def test_a_chain_that_learned_the_texts_is_still_and_has_no_memory(texts: list[str]) -> None:
    chain = cleaner(*texts)
    alone = [chain(text).text for text in texts]
    assert [result.text for result in chain.map(reversed(texts))] == alone[::-1]
    assert [chain(text).text for text in alone] == alone
    assert [cleaner(*reversed(texts))(text).text for text in texts] == alone


_HOSTILE = {
    "one line": "Our menu\n",
    "two lines, apart": "Our menu\n" * 9 + "Our news\n" * 9,
    "the whole page": page("school") + "\n",
    "sentences": "\n".join(story("bridge")) + "\n",
}


@pytest.mark.parametrize("unit", _HOSTILE.values(), ids=_HOSTILE)
def test_bounded_cost(unit: str) -> None:
    chain = cleaner(*(f"{page(name)}\n{unit * 20}" for name in NAMES), page("bridge"))

    def count(copies: int) -> int:
        text = page("ferry") + "\n" + unit * copies
        return sum(cost(lambda: chain(text)))

    assert growth(count, 100, 400) < 1.25
