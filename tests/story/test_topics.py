"""Sections and topics in the form of a name: they are no byline."""

import pytest

from cleanwire import PAGE, Cleaner
from cleanwire.story.topics import is_topic

STORY = {"harbour", "news", "young", "will", "recipes", "of"}


@pytest.mark.parametrize(
    "name",
    [
        "Insights, Video & Podcasts",
        "Rate + Comment",
        "School-to-Prison Pipeline",
        "Harbour Letter",
        "Cake News Recipes",
    ],
)
def test_topics(name: str) -> None:
    assert is_topic(name, STORY)


@pytest.mark.parametrize(
    "name",
    ["Ann Lee", "Ann Lee & Bo Roe", "Lee, Ann Marie", "Will Lee", "Bo Young", "Ann of Osthaven", "Anna-Lena Roe"],
)
def test_names(name: str) -> None:
    assert not is_topic(name, STORY)


@pytest.mark.parametrize(("line", "byline"), [("Sicherheit & Umwelt", None), ("Ann Lee & Bo Roe", "Ann Lee & Bo Roe")])
@pytest.mark.parametrize("filters", [None, PAGE])
def test_a_topic_beside_a_date_is_no_byline(line: str, byline: str | None, filters: object) -> None:
    story = "\n\n".join(
        [
            "The council of Osthaven voted on Monday to close the old harbour bridge for a whole year.",
            "Officials said that the work would cost nine million and begin in the first week of May.",
            "Residents had asked for a ferry, but the port authority turned them down once again.",
            "The mayor told reporters that the town would not wait any longer for the state.",
        ]
    )
    cleaner = Cleaner(PAGE) if filters else Cleaner()
    result = cleaner(f"Old harbour bridge in Osthaven to close\n\n{line}\n\nMay 3, 2024\n\n{story}")
    assert (result.byline, result.date) == (byline, "May 3, 2024")
