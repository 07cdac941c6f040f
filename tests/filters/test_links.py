"""Numbers of links go where their addresses are listed too; a writer's own numbers and brackets stay."""

import random

import pytest

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import apply
from cleanwire.filters.links import LinksFilter


def cut(text: str) -> str:
    return apply(text, sorted(LinksFilter()(Document(text))))[0]


MARKDOWN = """\
The old [harbour bridge][1] will close [on
Monday][2], **[the council][4]** said. It is [sic] the last of its kind [7][12].

[1]: https://example.org/bridge
[2]: https://example.org/2020/03/04/an-address-that-goes-on-beyond-the-width-of-
the-page
[4]: /council "The council"
"""
LYNX = """\
   [1]Home [2]News
   The [3]bridge will close on Monday, it said in [12] brackets.

References

   Visible links:
   1. https://example.org/
   2. https://example.org/news
   3. mailto:bridge@example.org

   Hidden links:
   5. https://example.org/more
"""
CRAWLED = """\
# Bridge to close

The bridge⟨1⟩ will close on Monday, the council⟨2⟩ said; vectors stand in ⟨9⟩ brackets.

## References

⟨1⟩ https://example.org/bridge: The bridge of Osthaven
⟨2⟩ https://example.org/council
"""


def test_numbers_of_markdown_go_with_their_addresses() -> None:
    assert cut(MARKDOWN) == (
        "The old harbour bridge will close on\n"
        "Monday, **the council** said. It is [sic] the last of its kind [7][12].\n"
    )


def test_numbers_of_lynx_go_with_their_addresses() -> None:
    assert cut(LYNX) == "   Home News\n   The bridge will close on Monday, it said in [12] brackets.\n"


def test_numbers_of_pictures_and_addresses_of_all_schemes_go() -> None:
    text = (
        "   [1]\n   [2]Home [3]\n   Write to [4]Ann Lee, as Moss said [2] in May.\n\nReferences\n\n"
        "   Visible links:\n   1. https://example.org/\n   2. javascript:void(0);\n   3. tel:+47 22 00 00 00\n"
        "   4. mailto:?subject=The bridge will close&body=https://example.org/\n"
    )
    assert cut(text).split() == ["Home", "Write", "to", "Ann", "Lee,", "as", "Moss", "said", "[2]", "in", "May."]


def test_numbers_behind_links_go_with_their_addresses() -> None:
    story = "# Bridge to close\n\nThe bridge will close on Monday, the council said; vectors stand in ⟨9⟩ brackets.\n"
    assert cut(CRAWLED) == story
    assert Cleaner()(CRAWLED).text == story


@pytest.mark.parametrize(
    "text",
    [
        "The mean ⟨1⟩ is above ⟨2⟩.\n\n## References\n\nLee, Ann: Of means. Osthaven 1987.",
        "The mean ⟨1⟩ is above ⟨2⟩.\n\n⟨1⟩ https://example.org/mean",
        "As Lee wrote [1], it rained.\n\n[1]: https://example.org/rain",
        "As Lee wrote [1], it rained.\n\n[1] https://example.org/rain",
        "The sum is a[1][2] and a[2][1].\n",
        "The [bridge][1] of Oslo.\n\n[1]: Lee, p. 4, and others",
        "The [bridge][1] of Oslo.\n\n[2]: https://example.org",
        "The [1]bridge.\n\nWhat to bring:\n\n1. https://example.org",
        "The bridge.\n\nReferences\n\n   1. https://example.org",
        "][1] [[[ ]\n\n[1]: https://example.org",
        "The [1]bridge.\n\n1. https://example.org\n\nReferences",
    ],
)
def test_what_a_writer_numbered_stays(text: str) -> None:
    assert cut(text) == text


def test_words_for_a_picture_are_its_caption() -> None:
    text = (
        "[[A red bridge over a brown river,\nseen from the north bank]][1]\n\nIt is [so they say] red, [as such][2]."
        "\n\n* [A plan]\n* [More][2]\n\n[Wait\n\nfor it]\n\n[1]: https://example.org/a.jpg\n[2]: https://example.org/b\n"
    )
    result = Cleaner((LinksFilter(),))(text)
    assert [caption.text for caption in result.captions] == [
        "A red bridge over a brown river,\nseen from the north bank",
        "A plan",
    ]
    assert result.text == "It is [so they say] red, as such.\n\n* More\n\n[Wait\n\nfor it]\n"
    assert result.undo() == text


def test_brackets_without_a_word_are_no_picture() -> None:
    text = "The [bridge][1] will close.\n\n[...]\n\nIt was built in 1931.\n\n[1]: https://example.org/bridge"
    assert cut(text) == "The bridge will close.\n\n[...]\n\nIt was built in 1931."


def test_a_picture_opens_a_paragraph_or_closes_one() -> None:
    list_of = "\n\n[1]: https://example.org/b\n"
    result = Cleaner((LinksFilter(),))(
        f"[The mayor]\nShe [spoke][1] on Monday.\n[The hall]\n\nThe word\n[as such]\nis old.{list_of}"
    )
    assert [caption.text for caption in result.captions] == ["The mayor", "The hall"]
    assert result.text == "She spoke on Monday.\n\nThe word\n[as such]\nis old.\n"


def test_a_story_in_a_script_without_blanks_is_no_rest_of_an_address() -> None:
    story = "市议会星期一投票决定，将这座旧桥关闭一年，以便进行全面的维修工程。"
    assert cut(f"The [bridge][1].\n\n[1]: https://example.org/{'a' * 60}\n{story}") == f"The bridge.\n\n{story}"


@pytest.mark.parametrize("text", [MARKDOWN, LYNX])
def test_cleaned_again_nothing_changes(text: str) -> None:
    assert list(LinksFilter()(Document(cut(text)))) == []


def test_pieces_in_any_order_never_overlap() -> None:
    chance = random.Random(5)  # noqa: S311 - the same texts each time
    pieces = ["[", "]", "][1]", "][2]", "[1]", "\n", "\n\n", "a b", "* ", "[1]: https://a.b", "[2]: /c", "x" * 61]
    for _ in range(3_000):
        text = "".join(chance.choices(pieces, k=14)) + "\n[1]: https://example.org\n"
        result = Cleaner((LinksFilter(),))(text)
        assert result.undo() == text
        assert Cleaner((LinksFilter(),))(result.text).text == result.text


@pytest.mark.parametrize("unit", ["[", "[a]", "[a][1]", "[1]: /a\n", "\n[a]\n"])
def test_brackets_cost_linearly(unit: str) -> None:
    def count(copies: int) -> int:
        text = unit * copies + "[a][1]\n\n[1]: https://example.org\n"
        return sum(cost(lambda: list(LinksFilter()(Document(text)))))

    assert growth(count, 2_000, 8_000) < 1.25


@pytest.mark.parametrize(
    "mark",
    [
        ":contentReference[oaicite:3]{index=3}",
        ":contentReference[oaicite:12]",
        "【4†source】",
        "【12:3†harbour.pdf】",
        "citeturn0search0turn0news12",
        "\ue200cite\ue202turn0search0\ue201",
        "([oai_citation:1‡harbour-post.example](https://harbour-post.example/bridge))",
    ],
)
@pytest.mark.parametrize("blank", ["", " "])
def test_marks_of_chat_assistants_go_from_their_sentence(mark: str, blank: str) -> None:
    text = f"The bridge closes in May.{blank}{mark}\nThe ferry sails on."
    assert Cleaner()(text).text == "The bridge closes in May.\nThe ferry sails on."
    assert Cleaner()(text).undo() == text


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee (†2019) saw the bridge open.",
        "The sign † stands before the dead.",
        "The index [oaicite] holds 3 names.",
        "In turn0 the first player moves, in turn1search nobody.",
    ],
)
def test_what_only_resembles_such_a_mark_stays(text: str) -> None:
    assert Cleaner()(text).text == text
