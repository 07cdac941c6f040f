"""Unknown lines outside the body go with the known lines around them, where these show a menu or a footer."""

import pytest

from cleanwire import clean
from cleanwire.document import Document
from cleanwire.story.body import body_range
from cleanwire.story.menus import LEAST, bridges

STORY = [f"The council met for the {number}th time that year, and nobody left before noon." for number in range(20)]


def bridged(above: list[str], below: list[str], known: set[str]) -> list[str]:
    """Return the lines that are bridged on a page with these lines above and below its story."""
    doc = Document("\n".join([*above, *STORY, *below]))
    body = body_range(doc, range(len(above), len(above) + len(STORY)))
    gone = {number for number, line in enumerate(doc.lines) if line in known}
    return [doc.lines[line] for line, _ in bridges(doc, body, gone)]


def names(start: str, count: int) -> list[str]:
    return [f"{start}{number}" for number in range(count)]


def test_short_lines_between_known_ones_go_on_both_sides() -> None:
    known = names("k", 6)
    page = [*known[:3], "Quays", *known[3:]]
    assert bridged(page, [], set(known)) == ["Quays"]
    assert bridged([], page, set(known)) == ["Quays"]


def test_fewer_known_lines_show_no_menu() -> None:
    known = names("k", LEAST - 1)
    assert bridged([*known[:3], "Quays", *known[3:]], [], set(known)) == []


@pytest.mark.parametrize(("unknown", "count"), [(16, 16), (60, 60), (61, 0)])
def test_a_long_run_needs_known_lines_a_third_as_many(unknown: int, count: int) -> None:
    known, entries = names("k", 20), names("Section ", unknown)
    assert len(bridged([*known[:10], *entries, *known[10:]], [], set(known))) == count


def test_a_heading_of_the_document_between_known_lines_stays() -> None:
    known = names("k", 6)
    assert bridged([*known[:3], "# Quays", *known[3:]], [], set(known)) == []


def test_verses_between_menus_stay() -> None:
    known, verses = names("k", 40), [f"{line}," for line in names("the tide ", 20)]
    assert bridged([*known[:20], *verses, *known[20:]], [], set(known)) == []


@pytest.mark.parametrize(("entry", "goes"), [("Quays and piers", True), ("Quays, piers and boats", False)])
def test_what_may_be_a_title_stays_right_above_the_body(entry: str, goes: bool) -> None:
    known = names("k", 6)
    assert bridged([*known[:3], entry, *known[3:]], [], set(known)) == [entry] * goes


def test_a_wider_entry_goes_in_a_menu_far_above_the_body() -> None:
    known = names("k", 30)
    page = [*known[:3], "Quays, piers and boats", "The council met for half a year", *known[3:]]
    assert bridged(page, [], set(known)) == ["Quays, piers and boats"]


@pytest.mark.parametrize(
    "line", ["Carports, decks, garages, sheds, signs", "Krane، أرصفة، سفن، جسور", "桥梁、码头、渡轮、起重机"]
)
def test_an_enumeration_is_no_entry_of_a_menu(line: str) -> None:
    known = names("k", 6)
    assert bridged([], [*known[:3], "Quays", line, *known[3:]], set(known)) == []


def test_the_edge_of_the_text_ends_a_menu_around_a_story() -> None:
    known = names("k", 30)
    assert bridged(["Quays", *known], [], set(known)) == ["Quays"]
    assert bridged([], [*known, "Quays"], set(known)) == ["Quays"]
    assert bridged(["Ann Lee", *known[:6]], [], set(known)) == []  # right above the story it may be its byline
    assert bridged([], [*known, "The bridge is old."], set(known)) == []


@pytest.mark.parametrize(
    ("entry", "goes"),
    [("Ten gardens to see in spring", True), ("The council met on the bridge", False), ("Ten gardens " * 6, False)],
)
def test_a_wide_entry_goes_if_the_story_does_not_share_its_words(entry: str, goes: bool) -> None:
    known = names("k", 30)
    assert bridged([*known[:3], entry, *known[3:]], [], set(known)) == [entry] * goes


FOOTER = [
    "World", "Business", "Sports", "Quays", "Entertainment", "Opinion", "Technology", "Health",
    "Most popular videos", "Report an error", "Careers", "About Us", "Contact Us", "Privacy Policy",
    "Terms of Service", "Subscribe to our newsletter", "Follow us on Facebook", "Manage your subscription",
]  # fmt: skip
TERMS = [
    "Comments are read by our desk before they are shown, and those that insult other readers are not shown at all.",
    "Whoever writes here agrees that the paper may print what he wrote, with his name and the town where he lives.",
]


def kept(menu: list[str], between: list[str] | None = None) -> list[str]:
    """Return which lines of a menu stay between a story and two other sentences."""
    text = "\n\n".join([*STORY, *menu, *(between or []), *TERMS])
    cleaned = clean(text)
    assert all(line in cleaned for line in [*STORY, *TERMS])
    return [line for line in [*menu, *(between or [])] if line in cleaned]


def test_a_footer_above_the_terms_of_comments_goes_with_its_unknown_entries() -> None:
    assert kept(FOOTER, [f"{number}. Terms" for number in range(1, 13)]) == [
        f"{number}. Terms" for number in range(1, 13)
    ]


def test_right_above_the_next_sentence_an_unknown_line_may_be_its_title() -> None:
    footer = [*FOOTER, "How to write to us", "Log in"]
    assert "How to write to us" in kept(footer)


@pytest.mark.parametrize(
    "listed",
    [
        [
            "Albania",
            "Angola",
            "Argentina",
            "Australia",
            "Belgium",
            "Brazil",
            "Canada",
            "Chile",
            "China",
            "Cuba",
            "Egypt",
        ],
        ["World", "Business", "Sports", "Opinion", "Health"],  # of few known lines
    ],
)
def test_a_list_within_the_body_stays(listed: list[str]) -> None:
    assert kept(listed) == listed


def test_the_items_of_a_shop_stay_between_their_buttons() -> None:
    items = [line for name in names("Kettle ", 12) for line in (name, "Add to cart", "Share", "Details", "View all")]
    assert set(names("Kettle ", 12)) <= set(kept(items))
