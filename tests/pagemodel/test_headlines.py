"""The headline of a page is found by the words that it shares with the story."""

from cleanwire.pagemodel import features, paragraphs

STORY = (
    "The council of Larvik voted on Monday to close the old bridge across the harbour for a whole year.",
    "The bridge carries the school bus of Larvik, so that the council will pay for a ferry in the harbour.",
)
MENU = ("Home", "News", "Sport and leisure in Larvik", "Ten recipes with pumpkin")


def column(name: str, *lines: str) -> list[float]:
    measured = features.measure(paragraphs.read(["\n".join(lines)]), [{}])
    return [round(value, 3) for value in measured.matrix[:, features.NAMES.index(name)].tolist()]


def test_distances_are_from_the_headline() -> None:
    lines = (*MENU, "Council closes the old bridge of Larvik", "By Ann Lee", *STORY)
    assert column("from headline", *lines)[3:7] == [-0.693, 0, 0.693, 1.099]
    shared = column("headline words", *lines)
    assert shared[6] == 0.3 > shared[3] == 0
    assert len(set(column("headline topic", *lines))) == 1


def test_a_page_may_have_none() -> None:
    assert set(column("from headline", "Home", "News")) == {9}
    assert set(column("headline words", "Home", "News")) == {0}


def test_each_page_has_its_own() -> None:
    page = "\n".join((*MENU, "Council closes the old bridge of Larvik", *STORY))
    measured = features.measure(paragraphs.read([page, "Home", page]), [{}, {}, {}])
    distance = measured.matrix[:, features.NAMES.index("from headline")].tolist()
    assert distance[:7] == distance[8:]
    assert distance[7] == 9
