"""A phrase is found at either end of a line, and only where its words end."""

import pytest

from cleanwire.scan.phrases import Ends, Starts, beginnings, end_handles, start_handles

PHRASES = {
    1: "post",
    2: "post a comment",
    3: "tweet",
    4: "up next",
    5: "コメントを書く",
    6: "javascriptを有効",
    7: "café",
    8: "日本x",
    9: "x日本",
}
STARTS: dict[str, list[tuple[str, int]]] = {}
ENDS: dict[str, list[tuple[str, int]]] = {}
for number, phrase in PHRASES.items():
    STARTS.setdefault(start_handles(phrase)[-1], []).append((phrase, number))
    ENDS.setdefault(end_handles(phrase)[-1], []).append((phrase, number))


def starting(key: str) -> list[int]:
    return list(Starts(STARTS, beginnings(STARTS)).find(key, key.partition(" ")[0]))


def ending(key: str) -> list[int]:
    return list(Ends(ENDS).find(key, key.rpartition(" ")[2]))


@pytest.mark.parametrize(
    ("key", "starts", "ends"),
    [
        ("post", ("post",), ("post",)),
        ("post a comment", ("post", "post a"), ("comment", "a comment")),
        ("post コメント", ("post",), ("ント",)),
        ("コメント post", ("コメ",), ("post",)),
        ("javascriptを有効", ("javascript",), ("有効",)),
        ("有効javascript", ("有効",), ("javascript",)),
        ("café noir", ("café",), ("noir", "café noir")),
        ("noir café", ("noir", "noir café"), ("café",)),
    ],
)
def test_a_phrase_is_filed_under_one_word_or_two_or_two_letters(
    key: str, starts: tuple[str, ...], ends: tuple[str, ...]
) -> None:
    assert (start_handles(key), end_handles(key)) == (starts, ends)


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("post", [1]),
        ("post a comment", [2, 1]),  # the longest first
        ("post a comment here", [2, 1]),
        ("posting a comment", []),
        ("post a commentary", [1]),
        ("tweet this", [3]),
        ("tweeting", []),
        ("tweetを", [3]),
        ("コメントを書く", [5]),
        ("コメントを書く人", [5]),
        ("コメントを読む", []),
        ("javascriptを有効にする", [6]),
        ("café noir", [7]),
        ("cafés", []),
        ("日本x", [8]),
        ("日本xy", []),
        ("a post", []),
    ],
)
def test_a_line_begins_with_phrases(key: str, numbers: list[int]) -> None:
    assert starting(key) == numbers


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("post", [1]),
        ("my post", [1]),
        ("outpost", []),
        ("please post a comment", [2]),
        ("compost a comment", []),
        ("をtweet", [3]),
        ("今日コメントを書く", [5]),
        ("noir café", [7]),
        ("x日本", [9]),
        ("yx日本", []),
        ("post it", []),
    ],
)
def test_a_line_ends_with_phrases(key: str, numbers: list[int]) -> None:
    assert ending(key) == numbers


@pytest.mark.parametrize(
    ("head", "may"),
    [
        ("", True),
        ("p", True),
        ("post a c", True),
        ("post a d", True),  # "post"
        ("up next ", True),
        ("up next in", True),
        ("up nexts", False),
        ("tweet th", True),
        ("tweet a b c", True),
        ("tweeting", False),
        ("tweetを見る", True),
        ("コメントを書く人", True),
        ("コメントを読む人", False),
        ("rain fel", False),
    ],
)
def test_the_first_characters_of_a_line_show_that_a_phrase_may_begin_it(head: str, may: bool) -> None:
    assert Starts(STARTS, beginnings(STARTS)).may_begin(head) == may
