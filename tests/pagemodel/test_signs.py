"""Signs of a page: a page has many, prose has next to none, in any genre."""

import pytest

from cleanwire.compiled import facts
from cleanwire.document import Document
from cleanwire.pagemodel.signs import Signs, read

PLAY = """ANNA
Hast du den Brief noch?
KARL
Nein.
ANNA
Hast du ihn verbrannt?
KARL
Ja.
(Pause)
ANNA
Weiter.
KARL
Nichts weiter. Er war kurz, und das Papier war feucht.
ANNA
Und was stand darin?
KARL
Er wollte, dass wir den Laden schließen.
"""
POEM = """The ferry waits, the ferry goes,
The rope is wet and long,
And nobody who rows it knows
The ending of the song.

Sign in,
The purser said to me,
Sign out,
When you have seen the sea.
"""
RECIPE = """500 gram spliterwten
2 liter water
1 knolselderij
2 winterwortels
Zet de erwten in koud water op
Schep het schuim eraf
Snij de groenten klein
Roer af en toe
Proef
Deel met wie er voorbij vaart
"""
HEADINGS = (
    "Comments",
    "Related work",
    "Newsletter",
    "Sign in",
    "Share this page",
    "Privacy policy",
    "Contact us",
    "See also",
)
BELOW = "Turn the wheel by a quarter, until the mark on the rim meets the one on the frame."
MANUAL = "\n\n".join(f"{heading}\n\n{BELOW} Step {number}." for number, heading in enumerate(HEADINGS))
README = "# Tidewheel\n\n" + "\n\n".join(f"## {heading}\n\n{BELOW}" for heading in HEADINGS)
DISH = """Pea soup with smoked eel
Print this recipe
Soak the peas overnight, in twice as much water as you think they need, and drain them.
Share this recipe
Nobody eats a whole pot alone, so freeze the second half in jars with straight sides.
Leave a comment
Write on the jar what is in it, or you will thaw plums in March and wonder.
Related recipes
A broth of heads and bones gives the soup its colour, and costs an hour.
"""
PAGE = """Skip to content
Subscribe
Sign in
Share on Facebook
The council voted on Monday, after a long debate, to close the old bridge for a year.
Two ferries will carry the children to school, the mayor said, and the bus will go around.
Related articles
Privacy policy
Terms of use
"""
UNKNOWN = "\n".join(["Facebook", "Twitter", "RSS", *(f"{first}{second}" for first in "ABCDE" for second in "uvxyz")])


def signs(text: str) -> tuple[Signs, int]:
    doc = Document(text)
    known = facts(doc)
    return read(doc.lines, known.rules, lambda line: known.line(line).key), len(doc.lines)


@pytest.mark.parametrize("text", [PLAY, POEM, RECIPE, MANUAL, README, DISH, PLAY * 20, RECIPE * 20, ""])
def test_prose_and_verse_are_no_page(text: str) -> None:
    found, size = signs(text)
    assert not found.vouch(size)


def test_a_page_is_one() -> None:
    found, size = signs(PAGE)
    assert found.sure >= 6
    assert found.together >= found.sure
    assert found.vouch(size)


def test_a_long_menu_vouches_for_a_page_whose_language_no_pack_knows() -> None:
    found, size = signs(UNKNOWN)
    assert (found.sure, found.menu) == (3, 28)
    assert found.vouch(size)
    assert not found._replace(menu=10).vouch(400)
    assert not found._replace(known=0).vouch(400)


def test_a_line_counts_once() -> None:
    assert signs(PAGE * 3)[0]._replace(menu=0) == signs(PAGE)[0]._replace(menu=0)


def test_known_lines_apart_say_less_than_lines_together() -> None:
    assert Signs(sure=4, together=3).vouch(30)
    assert not Signs(sure=4, together=2).vouch(30)
    assert Signs(sure=6).vouch(30)


def test_in_markdown_known_lines_together_say_more() -> None:
    assert Signs(sure=3, known=13, together=4).vouch(74, marked=True)
    assert not Signs(sure=3, known=13, together=3).vouch(74, marked=True)
    assert not Signs(sure=2, known=29, together=12).vouch(271, marked=True)
    assert not Signs(sure=4, known=7).vouch(500, marked=True)


def test_the_headings_of_a_digest_are_of_too_few_kinds() -> None:
    assert not Signs(sure=2, known=9, together=4, kinds=2).vouch(90)
    assert Signs(sure=2, known=9, together=4, kinds=3).vouch(90)
    assert not Signs(sure=2, known=9, kinds=3).vouch(90)


@pytest.mark.parametrize(
    "line",
    [
        "https://lorne.example/privacy-policy",
        "<label>Comments</label>",
        "# Comments",
        "```\nShare this\nSubscribe\n```",
    ],
)
def test_code_addresses_and_headings_are_no_signs(line: str) -> None:
    assert signs(line)[0]._replace(menu=0) == Signs()


def test_links_within_a_site_are_a_menu_and_a_list_of_books_is_none() -> None:
    names = ("Home", "News", "Sport", "Weather", "Jobs")
    menu = "\n".join(f'* [{name}](/{name.lower()} "Go to {name}")' for name in names)
    books = "\n".join(f"* [{name}](https://lorne.example/{name}.pdf)" for name in names)
    told = "\n".join(f"See [{name}](/{name.lower()}), which the harbour office keeps." for name in names)
    assert signs(menu)[0].links == 5
    assert signs(menu)[0].vouch(300)
    assert signs(books)[0].links == signs(told)[0].links == 0


def test_a_heading_above_a_sentence_is_no_sign_and_one_above_known_lines_is() -> None:
    assert signs(f"Comments\n{BELOW}")[0].known == 0
    assert signs("Sign in\nTurn the wheel.")[0].known == 2
    assert signs("Comments\nSign in\nPrivacy policy")[0].known == 5
