"""Images become captions, and the title in front matter is named; documentation keeps its images."""

import pytest

from cleanwire import PAGE, Cleaner, Document
from cleanwire.filters.markup import MarkupFilter

STORY = (
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year.\n\n"
    "Officials said that the work would cost nine million and begin in the first week of May."
)
NONE = (None, None)


@pytest.mark.parametrize(
    ("image", "captions"),
    [
        ("![A bridge at dawn](//o.eu/b.jpg)", [("A bridge at dawn", *NONE)]),
        ("![A bridge\nat dawn](//o.eu/b.jpg){width=50%}", [("A bridge at dawn", *NONE)]),
        ("![A bridge at dawn. Photo: Ann Lee/AFP](//o.eu/b.jpg)", [("A bridge at dawn.", "Ann Lee", "AFP")]),
        ("[![A bridge](//o.eu/b.jpg)](/b)", [("A bridge", *NONE)]),
        ("* ![A bridge](//o.eu/b.jpg) ![A ferry](//o.eu/f.jpg)", [("A bridge", *NONE), ("A ferry", *NONE)]),
        ("![](//o.eu/b.jpg)", []),
        ("![A bridge](//o.eu/b.jpg)\n*A bridge at dawn*", [("A bridge at dawn", *NONE)]),
        ("![A bridge at dawn](//o.eu/b.jpg)\n\nA bridge at dawn", [("A bridge at dawn", *NONE)]),
        ("![A bridge](//o.eu/b.jpg)\nA bridge at dawn. Photo: Ann Lee/AFP", [("A bridge at dawn.", "Ann Lee", "AFP")]),
        ("![A bridge](//o.eu/b)\n\n*A bridge at dawn. Photo: Ann Lee/AFP*", [("A bridge at dawn.", "Ann Lee", "AFP")]),
        ("![Boats leave the harbour.](b.jpg)", [("Boats leave the harbour.", *NONE)]),
        ("![A bridge](//o.eu/b.jpg) A bridge at dawn. Photo: Ann Lee/AFP", [("A bridge at dawn.", "Ann Lee", "AFP")]),
        ("![A bridge at dawn](//o.eu/b.jpg)\n\nPhoto: Ann Lee/AFP", [("A bridge at dawn", "Ann Lee", "AFP")]),
        ("![[b.jpg|A bridge at dawn]]", [("A bridge at dawn", *NONE)]),
        ("![[b.jpg|300x200]]", []),
        ("![Image 3: A bridge at dawn](//o.eu/b.jpg)", [("A bridge at dawn", *NONE)]),
        ("![Image 3](//o.eu/b.jpg)", []),
        ("![Image 3: A bridge](//o.eu/b.jpg)\n\nA bridge", [("A bridge", *NONE)]),
        ("<figure>\n<img src='b.jpg' alt='x'>\n<figcaption>A bridge at dawn</figcaption>\n</figure>",
         [("A bridge at dawn", *NONE)]),
        ("<figure><img src='b.jpg' alt='A bridge at dawn'></figure>", [("A bridge at dawn", *NONE)]),
    ],
)  # fmt: skip
def test_an_image_becomes_a_caption(image: str, captions: list[tuple[str, str | None, str | None]]) -> None:
    text = f"{STORY}\n\n{image}\n\n{STORY} Again."
    cleaner = Cleaner()
    result = cleaner(text)
    assert result.text == f"{STORY}\n\n{STORY} Again."
    assert [(caption.text, caption.credit, caption.agency) for caption in result.captions] == captions
    assert result.undo() == text
    assert cleaner(result.text).text == result.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("![A bridge](//o.eu/b.jpg) The mayor left at noon.", "The mayor left at noon."),
        ("The mayor ![icon](//o.eu/i.png) left at noon.", "The mayor left at noon."),
        ("[![A bridge](//o.eu/b.jpg) The mayor](/m) left at noon.", "[The mayor](/m) left at noon."),
        ("![Soup of the day in a bowl](soup.jpg)", "![Soup of the day in a bowl](soup.jpg)"),
        ("![[notes]]", "![[notes]]"),
        ("![A bridge](//o.eu/b.jpg)\n*By Ann Lee*", "*By Ann Lee*"),
        ("![A bridge](//o.eu/b.jpg)\n\n*The mayor left at noon.*", "*The mayor left at noon.*"),
    ],
)
def test_the_words_beside_an_image_stay(line: str, expected: str) -> None:
    assert Cleaner()(f"{STORY}\n\n{line}\n\n{STORY} Again.").text == f"{STORY}\n\n{expected}\n\n{STORY} Again."


@pytest.mark.parametrize(
    "text",
    [
        f"![A bridge](//o.eu/b.jpg)\n\n{STORY}\n\n```\ncode\n```",
        f"![A bridge](//o.eu/b.jpg)\n\n{STORY} Run `a` and `b`.",
        f"---\ntitle: Noon\n---\n\n![A bridge](//o.eu/b.jpg)\n\n{STORY}",
        "![A bridge](//o.eu/b.jpg)",
        "![A bridge](b.jpg",
    ],
)
def test_images_stay(text: str) -> None:
    assert Cleaner()(text).text == text


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("---\ntitle: Bridge to close\n---", "Bridge to close"),
        ('---\nlayout: post\ntitle: "Bridge: a farewell"\n---', "Bridge: a farewell"),
        ("+++\ntitle = 'Bridge to close'\n+++", "Bridge to close"),
        ("---\nname: x\n---", None),
    ],
)
def test_the_title_in_front_matter_is_named(front: str, title: str | None) -> None:
    result = Cleaner()(f"{front}\n\n{STORY}\n")
    assert result.title == title
    assert result.text == f"{front}\n\n{STORY}\n"


def test_a_heading_is_the_title_rather_than_front_matter() -> None:
    edits = MarkupFilter()(Document(f"---\ntitle: Site\n---\n\n# Bridge to close for a year\n\n{STORY}"))
    assert list(edits) == []


def test_heading_and_linked_byline_are_read() -> None:
    text = f"# Bridge to close for a year\n\nBy [Anna Berg](/by/anna)\n\n{STORY}"
    result = Cleaner()(text)
    assert result.title == "Bridge to close for a year"
    assert result.byline == "Anna Berg"
    assert result.text == text


def test_images_of_menus_are_no_captions() -> None:
    menu = "\n".join(f"* [![{word} icon](/i.png) {word}](/{word})" for word in (
        "Home", "News", "Sport", "Weather", "Subscribe", "Legal", "Contact us", "Jobs"))  # fmt: skip
    result = Cleaner(PAGE)(
        f"{menu}\n\n# Bridge to close for a year\n\n{STORY}\n\n![A bridge](//o.eu/b.jpg)\n\n{STORY} Again.\n"
    )
    assert [caption.text for caption in result.captions] == ["A bridge"]
