"""What is Markdown, and what a reader sees of it."""

from pathlib import Path

import pytest

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire import PAGE, Cleaner, Document
from cleanwire.view import PLACEHOLDER, View, line_marks
from cleanwire.views import markdown
from cleanwire.views.layout import layout_of, visible
from cleanwire.views.markdown_signs import front_matter, is_documentation

DOCUMENTS = sorted((Path(__file__).parents[1] / "cases" / "markdown").glob("*.md"))
P = PLACEHOLDER
STORY = "The council of Osthaven voted on Monday to close the old harbour bridge for a year."
REST = "The ferry will run every hour until the spring, the mayor told a meeting of residents at the town hall."


def seen(text: str) -> str:
    step = markdown.view(text, forced=True)
    return View(Document(text), step).doc.text if step else text


@pytest.mark.parametrize(
    "text",
    [
        "[Read more](https://osthaven.example/a)",
        "[Read more](/a) and more",
        "![A bridge](bridge.jpg)",
        "![[bridge.jpg]]",
        "# Noon",
        "She left.\n\n## Noon\n\nShe came.",
        "**Noon** is near.",
        "Osthaven\n========\n\nA town.",
        "```\ncode\n```",
        "---\ntitle: Noon\n---\nShe left.",
        "+++\ntitle = 'Noon'\n+++\nShe left.",
    ],
)
def test_markdown_is_recognised(text: str) -> None:
    assert layout_of(text) == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "",
        STORY,
        "x = a[0](b)  # no link",
        "x = 1\n# a comment\ny = 2",
        "def f(**kwargs): return 2**3**4",
        "/** A comment. **/",
        "---\nShe left.\n---\nShe came.",
        "5 * 3 * 2",
        "He said [sic] (so they say) that it rained.",
    ],
)
def test_other_texts_are_not(text: str) -> None:
    assert layout_of(text) != "markdown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[Panorama](/panorama "Panorama")', "Panorama"),
        ("[A](/a)[B](/b)", "A B"),
        ("[Wrapped\nlabel](https://osthaven.example/a-\nb)", "Wrapped label"),
        ("[a (b)](/c_(d)) e", "a (b) e"),
        ("[\n\nBlock\n\n](/a)", "\n\nBlock\n\n"),
        ("[![Logo](a.svg)](/) Home", " Home"),
        ("[![Logo](a.svg) Home](/)", " Home"),
        ("![A bridge [left]\nat dawn](a.jpg){width=50%}Noon", "Noon"),
        ("![[a.jpg|A bridge]] and ![[notes]]", " and ![[notes]]"),
        ("**Bold**, *italic*, ***both***, _one_, ~~gone~~", "Bold, italic, both, one, gone"),
        ("a*b*c, 5 * 3, snake_case_name, Smith* said", "a*b*c, 5 * 3, snake_case_name, Smith* said"),
        (r"3\. Mai \*not\*", "3. Mai *not*"),
        ("# One\n\n## Two ##\n\nThree\n-----\n\nFour\n====", "One\n\nTwo ##\n\nThree\n\nFour"),
        ("> Quoted\n> > twice", "Quoted\ntwice"),
        ("One\n\n---\n\nTwo", "One\n\n\n\nTwo"),
        ("| a | b |\n| --- | --- |\n| c | d |", "a | b\nc | d"),
        ("* [Home](/)\n  1. [News](/n)", "* Home\n  1. News"),
        ("[ ](https://osthaven.example/share)", " "),
        ("<figure>\n<img src='a.jpg'>\n</figure>\n\n**Noon**", "\n\nNoon"),
        ("As [Lee][lee] says.\n\n[lee]: https://lee.example", f"As Lee says.\n\n{P}"),
        ("As [Lee][lee] says.", "As [Lee][lee] says."),
    ],
)
def test_marks_are_folded(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\n\n```python\nx = 1\n\n# y\n```\n\nB", f"A\n\n{P}\n\nB"),
        ("A\n\n~~~\n```\n~~~\nB", f"A\n\n{P}\nB"),
        ("* item\n\n  ```\n  x\n  ```\n\nB", f"* item\n\n{P}\n\nB"),
        ("A\n\n    x = 1\n\n    y = 2\n\nB", f"A\n\n{P}\n\nB"),
        ("1. item\n\n    its second paragraph\n\nB", "1. item\n\n    its second paragraph\n\nB"),
        ("Run `make  all` now", f"Run {P} now"),
        ("don`t and it`s", "don`t and it`s"),
        ("A\n\n$$\nx + y\n$$\n\nB", f"A\n\n{P}\n\nB"),
        (r"so $\alpha_1$ is, for $5 or $6", f"so {P} is, for $5 or $6"),
        ("<details>\n<summary>More</summary>\n\nB", f"{P}\n\nB"),
        ("A\n\n<!-- note\n\nmore -->\n\nB", f"A\n\n{P}\n\nB"),
        ("a | b | c\n---|---|---\nx | 1 | 2\ny | 3 | 4\n\nB", f"{P}\n\nB"),
        ("---\ntitle: Noon\ntags: [a, b]\n---\n\nB", f"{P}\n\nB"),
    ],
)
def test_blocks_are_protected(text: str, expected: str) -> None:
    assert seen(text) == expected


WRAPPED = """\
The council of Osthaven voted on Monday to close [the old harbour
bridge](https://osthaven.example/a-long-address) for a year, and the mayor told
reporters that the town would not wait for the state any longer, since the two-
year plan had failed. “We knew,” she said, and named three of the towns that had
done better.
A short line
and another one
"""


def test_lines_wrapped_at_a_column_are_joined() -> None:
    assert seen(WRAPPED) == (
        "The council of Osthaven voted on Monday to close the old harbour bridge for a year, and the mayor told "
        "reporters that the town would not wait for the state any longer, since the two-year plan had failed. “We "
        "knew,” she said, and named three of the towns that had done better.\nA short line\nand another one\n"
    )


def test_hard_breaks_are_not_joined() -> None:
    lines = WRAPPED.split("\n")
    assert seen("\n".join([lines[0], f"{lines[1]}  ", *lines[2:]])).count("\n") == seen(WRAPPED).count("\n") + 1


def test_a_line_knows_its_links_headings_and_images() -> None:
    text = "# Noon\n\n[Home](/)\n\n![A](a.jpg)\n\nThe [bay](/b) is ![B](b.png) calm\n\nNight\n-----"
    step = markdown.view(text, forced=True)
    assert step
    marks = line_marks(View(Document(text), step).doc)
    assert marks.headings == [1, 0, 0, 2]
    assert marks.links == [0, 1, pytest.approx(3 / 16), 0]
    assert marks.above == [False, False, True, False]
    assert marks.inside == [False, False, True, False]
    assert line_marks(Document("Noon")) == ([0], [0], [False], [False])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Run `make` and `make test`.", True),
        ("```\nx\n```", True),
        ("[![build](https://ci.example/badge.svg)](https://ci.example)", True),
        ("See [the guide](docs/guide.md#start).", True),
        ("# Changes\n\n## [1.2.0] - 2024-01-01", True),
        ("# Noon\n\n[Home](/) and `one`", False),
        (STORY, False),
    ],
)
def test_documentation_is_recognised(text: str, expected: bool) -> None:
    assert is_documentation(text) is expected


@pytest.mark.parametrize(
    "text", ["---\n\nShe left.\n\n---\n", "---\nNo field here.\n---\n", "---\ntitle: never closed\n", "title: x\n---\n"]
)
def test_rulers_are_no_front_matter(text: str) -> None:
    assert front_matter(text) is None


def test_a_name_is_shown_without_half_a_mark() -> None:
    assert visible("**By [Ann Lee](/lee)**", "markdown") == "By Ann Lee"
    assert visible("*A bridge at dawn.", "markdown") == "A bridge at dawn."


def test_a_part_of_a_line_leaves_no_half_of_a_mark() -> None:
    text = (
        f"# Bridge to close\n\n{STORY} {STORY} {STORY} The mayor said so, and nobody had a question about it. "
        "“Nobody,” she said. *(Photo: Ann Lee/AFP)*\n\n" + STORY
    )
    result = Cleaner()(text)
    assert "*" not in result.text
    assert result.captions[0].credit == "Ann Lee"
    assert result.undo() == text


def test_a_link_vouches_for_what_a_rule_knows() -> None:
    prose = f"{STORY}\n\n{STORY} Again.\n\n"
    link = "[Read more](https://osthaven.example/a)"
    assert Cleaner()(f"{prose}{link}\n\n{prose}").text == f"{prose}{prose}"
    assert link in Cleaner()(f"{prose}{link}\n\n{prose}Run `a` or `b`.").text
    assert f"* {link}" in Cleaner()(f"{prose}* {link}\n\n{prose}").text


def test_page_mode_cuts_front_matter_and_menus() -> None:
    menu = "\n".join(
        f"* [{word}](/{word.lower()})" for word in ("Home", "News", "Sport", "Weather", "Subscribe", "Sign in", "Legal")
    )
    text = f"---\ntitle: Bridge\nrobots: all\n---\n\n{menu}\n\n# Bridge to close for a year\n\n{STORY}\n\n{REST}\n"
    result = Cleaner(PAGE)(text)
    assert (result.title, result.text) == ("Bridge to close for a year", f"{STORY}\n\n{REST}\n")
    assert Cleaner()(text).text.startswith("---\ntitle: Bridge\nrobots: all\n---\n")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_come_out_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = Cleaner()(text)
    assert result.text == text


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize(
    "unit", ["[", "![", "](", "[a](", "**", "*a ", "`", "[a](b) ", "```\n", "<figure>", "> ", "|a|\n", "![a\n", "~~~ "]
)
def test_time_is_linear(unit: str) -> None:
    def calls(count: int) -> float:
        return cost(lambda: markdown.view(unit * count, forced=True)).lines

    assert growth(calls, 400, 4_000) < 1.5
