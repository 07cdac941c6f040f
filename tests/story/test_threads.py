"""Comments of readers below a story: posts that repeat a name, a time, words and a button."""

import pytest

from cleanwire import Cleaner, clean

STORY = "\n\n".join(
    [
        "The council of Osthaven voted on Monday evening to close the old harbour bridge for a whole year.",
        "Engineers had found rust in the northern tower last spring, and a second report named nine more places.",
        "The ferry is to run twice an hour until the work is done, and it will carry bicycles free of charge.",
        "Traders on the quay fear for their summer, since most of their guests arrive by way of the bridge.",
        "The mayor said that the town would pay half of what they lose, and that the state would pay the rest.",
        "Work is to begin in the first week of May, when the last of the winter storms should have passed by.",
    ]
)
WORDS = (
    "They should have done this ten years ago.",
    "My shop will not last the year, whatever the mayor says about it now.",
    "Nine places! Who looked at it before?",
    "The ferry was never on time.",
)


def posts(head: str, time: str, button: str, names: tuple[str, ...] = ("Ann", "Bo Roe", "quayside", "Lee")) -> str:
    """Return a thread of four posts."""
    made = [
        "\n".join(filter(None, [name, time.format(day), words, button]))
        for day, (name, words) in enumerate(zip(names, WORDS, strict=True), 2)
    ]
    return "\n\n".join([head, *made])


@pytest.mark.parametrize(
    ("language", "head", "time", "button"),
    [
        ("en", "Leave a comment", "May {}, 2019 at 10:15 am", "Reply"),
        ("de", "Schreibe einen Kommentar", "{}. Mai 2019 um 18:07 Uhr", "Antworten"),
        ("pl", "Dodaj komentarz", "0{}.05.2019 (16:39)", "zgłoś naruszenie | odpowiedz"),
        ("ru", "Оставить комментарий", "{} мая 2019, 16:39", "Ответить"),
        ("el", "Σχόλια (4)", "0{}/05/2019, 18:25", "απάντηση21"),
        ("zh", "发表评论", "2019-05-0{} 12:34", "回复"),
    ],
)
def test_posts_below_a_story_go_with_their_words(language: str, head: str, time: str, button: str) -> None:
    cleaner = Cleaner(languages=[language])
    assert cleaner(f"{STORY}\n\n{posts(head, time, button)}").text == STORY


def test_the_words_of_the_last_post_stay_where_nothing_ends_it() -> None:
    text = clean(f"{STORY}\n\n{posts('Leave a comment', 'May {}, 2019 at 10:15 am', '')}\n\nThe bridge is old.")
    assert WORDS[0] not in text
    assert WORDS[-1] in text
    assert text.endswith("The bridge is old.")


@pytest.mark.parametrize(
    ("head", "story"),
    [
        ("Minutes of the harbour club", STORY),  # nothing says that these are comments
        ("Leave a comment", "The council met on Monday."),  # the posts are the text
        ("Joined: 2009\n\nMessages: 12\n\nLeave a comment", STORY),  # a forum
    ],
)
def test_other_posts_stay(head: str, story: str) -> None:
    text = clean(f"{story}\n\n{posts(head, 'May {}, 2019 at 10:15 am', 'Reply')}")
    assert all(words in text for words in WORDS)


def test_a_story_between_two_times_stays() -> None:
    text = clean(
        f"Comments (4)\n\nBo Roe\nMay 3, 2019 at 10:15 am\n\n{STORY}\n\n{STORY}\n\nAnn\nMay 4, 2019 at 10:15 am\nReply"
    )
    assert text.count("The mayor said") == 2


def test_entries_of_a_live_report_stay() -> None:
    entries = "\n\n".join(
        f"1{hour}:05\n\nThe ferry left the quay with a full deck at that hour of the day." for hour in range(6)
    )
    assert clean(f"{STORY}\n\n{entries}") == f"{STORY}\n\n{entries}"


def test_posts_of_a_forum_are_no_story_above_later_posts() -> None:
    asked = "Does anybody know why the old bridge has been closed since Monday, and for how long?"
    post = "Ann\nMay {}, 2019 at 10:15 am\n{}\nReply"
    answers = "\n\n".join(post.format(day, sentence) for day, sentence in enumerate(STORY.split("\n\n") * 3, 2))
    later = posts("Leave a comment", "June {}, 2019 at 10:15 am", "Reply")
    text = f"{asked}\n\nLeave a comment\n\n{answers}\n\n{'Most read. ' * 9}\n{later}\n\n{STORY}"
    assert all(words in clean(text) for words in WORDS)
