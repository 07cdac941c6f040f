"""Who counts as a witness: distinct pages, never the text itself, never its near-duplicates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import Document, Template
from cleanwire.sites.overlap import SAME, TWIN, overlap
from cleanwire.sites.page import SENTENCES, line_keys, story_of


def story(about: str, sentences: int = 6) -> str:
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return "\n\n".join(
        f"The {about} was the {name}th thing that people in the town talked about, said the mayor."
        for name in names[:sentences]
    )


def page(about: str, top: str = "Our menu\nOur news\nOur ferries", sentences: int = 6) -> str:
    return f"{top}\n{about} closes\n{story(about, sentences)}\nRing us at the mill"


def read(template: Template, text: str) -> dict[str, tuple[int, int]] | None:
    doc = Document(text)
    keys = line_keys(doc.lines)
    rows = [key for key in keys if key]
    seen = template.index.read(rows, story_of(doc.lines, keys))
    return None if seen is None else {key: (n, b) for key, n, b in zip(rows, seen.pages, seen.block, strict=True)}


def learned(*pages: str) -> Template:
    return Template.of("example.org", map(Document, pages))


def test_a_line_of_another_page_is_seen_with_its_block() -> None:
    seen = read(learned(page("bridge")), page("ferry"))
    assert seen is not None
    assert seen["our menu"] == seen["our news"] == (1, 3)
    assert seen["ring us at the mill"] == (1, 1)
    assert seen["ferry closes"] == (0, 0)


@given(st.lists(st.sampled_from(["bridge", "ferry", "school", "market"]), max_size=4, unique=True))
def test_a_page_that_was_learned_is_read_as_one_that_was_not(others: list[str]) -> None:
    pages = [page(about) for about in others if about != "ferry"]
    assert read(learned(*pages), page("ferry")) == read(learned(*pages, page("ferry")), page("ferry"))


def test_an_update_of_the_text_is_no_witness() -> None:
    update = page("ferry", sentences=12).replace("Our news", "Breaking news")
    seen = read(learned(update), page("ferry"))
    assert seen is not None
    assert set(seen.values()) == {(0, 0)}


def test_pages_of_one_story_count_once() -> None:
    versions = [page("bridge", top=f"Our menu\nIt is {hour} o'clock") for hour in ("one", "two", "three")]
    seen = read(learned(*versions, page("school")), page("ferry"))
    assert seen is not None
    assert seen["our menu"][0] == 2
    assert learned(*versions).index.distinct("our menu") == 1


def test_a_sentence_on_most_pages_is_no_story() -> None:
    consent = "\n".join(
        f"We and our {n} partners keep cookies of you, unless you say that you mind them." for n in "abcdefgh"
    )
    pages = [f"{page(about, sentences=3)}\n{consent}" for about in ("bridge", "school", "market", "church")]
    assert read(learned(*pages[:2]), pages[2]) == {key: (0, 0) for key in line_keys(pages[2].split("\n")) if key}
    seen = read(learned(*pages), f"{page('ferry', sentences=3)}\n{consent}")
    assert seen is not None
    assert seen["our menu"][0] == 4


def test_a_text_without_a_story_cannot_be_told() -> None:
    assert read(learned(page("bridge")), "Our menu\nOur news") is None
    assert learned("Our menu\nOur news").index.distinct("our menu") == 0


def test_pages_without_a_story_are_one_witness_of_a_text_that_has_one() -> None:
    seen = read(learned("Our menu\nOur news", "Our menu\nOur ferries", page("bridge", top="Our menu")), page("ferry"))
    assert seen is not None
    assert (seen["our menu"][0], seen["our news"][0], seen["our ferries"][0]) == (2, 1, 1)


def test_where_most_sentences_are_shared_only_twins_with_much_of_their_own_are_seen() -> None:
    shared = story("post", 12)

    def twin(about: str, sentences: int) -> str:
        return f"{page(about, sentences=sentences)}\n{shared}\n{shared.replace('post', 'van')}"

    def seen_by(text: str, *others: str) -> tuple[int, bool]:
        keys = line_keys(text.split("\n"))
        found = learned(*others).index.read(list(filter(None, keys)), story_of(text.split("\n"), keys))
        assert found is not None
        return found.of, found.twins

    assert len(story("ferry", 5)) < TWIN < len(story("ferry", 9))
    assert seen_by(twin("ferry", 9), twin("bridge", 9)) == (1, True)
    assert seen_by(twin("ferry", 9), twin("bridge", 5)) == (0, True)
    assert seen_by(twin("ferry", 5), twin("bridge", 9)) == (0, True)
    assert seen_by(twin("ferry", 9), twin("bridge", 9), page("school")) == (1, False)


def test_a_block_stands_together_on_both_pages() -> None:
    apart = "Our menu\na\nb\nc\nOur news\nd\ne\nf\nOur ferries"
    seen = read(learned(page("bridge", top=apart)), page("ferry"))
    assert seen is not None
    assert seen["our menu"] == seen["our news"] == (1, 1)


@pytest.mark.parametrize("more", [0, 200, 600])
def test_the_sketch_of_a_long_story_tells_it_from_others(more: int) -> None:
    def long(about: str, count: int) -> dict[str, int]:
        lines = [
            f"The {about} was the {'x' * n} thing that people in the town talked about then." for n in range(count)
        ]
        return story_of(lines, line_keys(lines))

    assert overlap(long("ferry", SENTENCES), long("ferry", SENTENCES + more)) > 2 * SAME - 0.01
    assert overlap(long("ferry", SENTENCES + more), long("bridge", SENTENCES)) == 0
    assert overlap({}, long("ferry", 3)) == 0
