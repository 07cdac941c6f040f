"""The pages in a headless Chromium: no request, no error, keyboard, dark mode, print, and text that stays text."""

import base64
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from cleanwire import Cleaner, Edit, Result, Step
from cleanwire.report.model import Reviewed, review
from cleanwire.report.page import document_page, review_page

pytest.importorskip("jinja2")
Show = Callable[[str], Any]

STORY = "The council voted on Monday to close the old bridge for a whole year."
HOSTILE = (
    "<script>window.broken = 1</script></textarea></pre></title>"
    "<img src=http://example.org/x onerror='window.broken=1'>"
    "\0 \u202eabc\u202c \ud800 &lt; \"' {{ 7 * 7 }}"
)
DIRTY = f"{STORY}\n\nThe bridge at dawn. REUTERS/Ann Lee\n\n{STORY}  It was wet.\n\nFacebookTwitterPinterestWhatsApp\n"


def cutting(text: str, start: int, stop: int, rule: str = "comments.en.box") -> Result:
    edit = Edit(start, stop, "", "drop", rule)
    return Result(text[:start] + text[stop:], (Step("boilerplate", (edit,), (text[start:stop],)),))


def many() -> str:
    results = [Reviewed(f"news.jsonl:{n}", Cleaner()(DIRTY), "example.org") for n in range(5)]
    results.append(Reviewed("sentence", cutting(f"{STORY}\n{STORY}\n{STORY}", 70, 140)))
    return review_page(review(results, {}), "news.jsonl")


@pytest.fixture(params=["document", "review"])
def hostile(request: pytest.FixtureRequest) -> str:
    text = f"{STORY}\n{HOSTILE}\n{STORY}"
    result = cutting(text, len(STORY) + 1, len(STORY) + 1 + len(HOSTILE), HOSTILE)
    if request.param == "document":
        return document_page(result, HOSTILE, {})
    return review_page(review([Reviewed(HOSTILE, result, HOSTILE)] * 2, {HOSTILE: HOSTILE}), HOSTILE)


def test_hostile_text_stays_text(show: Show, hostile: str) -> None:
    tab = show(hostile)
    assert tab.run("window.broken") is None
    assert tab.run("document.querySelectorAll('img').length") == 0
    assert tab.run("document.querySelectorAll('script').length") == 1
    assert tab.errors == []
    assert len(tab.requests) == 1
    shown = tab.run("document.querySelector('pre').textContent")
    assert "<script>window.broken = 1</script></textarea></pre>" in shown
    assert "␀ ⟨U+202E⟩abc⟨U+202C⟩ ⟨U+D800⟩ &lt; \"' {{ 7 * 7 }}" in shown


def test_a_script_that_is_not_ours_does_not_run(show: Show) -> None:
    page = many()
    tab = show(page.replace("</main>", "<script>window.broken = 1</script></main>"))
    assert tab.run("window.broken") is None
    assert any("Content Security Policy" in error for error in tab.errors)


@pytest.mark.parametrize("page", [many, lambda: document_page(Cleaner()(DIRTY), "a.txt")], ids=["review", "document"])
def test_a_page_asks_for_nothing_and_has_no_error(show: Show, page: Callable[[], str]) -> None:
    tab = show(page())
    assert [url.split(":")[0] for url in tab.requests] == ["file"]
    assert tab.errors == []
    assert tab.run("document.documentElement.scrollWidth <= window.innerWidth") is True


def test_the_filter_hides_rules_and_tells_how_many_are_left(show: Show) -> None:
    tab = show(many())
    rules = tab.run("document.querySelectorAll('details').length")
    assert rules >= 3
    tab.run("document.getElementById('filter').focus()")
    for letter in "share.":
        tab.press(letter, ord(letter.upper()), letter)
    assert tab.run("[...document.querySelectorAll('details')].filter(each => each.checkVisibility()).length") == 1
    assert tab.run("document.getElementById('shown').textContent") == f"1 of {rules} rules"


def test_the_riskiest_rule_comes_first_and_a_key_opens_it(show: Show) -> None:
    tab = show(many())
    first = "document.querySelector('details')"
    assert tab.run(f"{first}.dataset.rule") == "comments.en.box"
    assert "reads as a sentence" in tab.run(f"{first}.textContent")
    tab.run(f"{first}.querySelector('summary').focus()")
    assert tab.run(f"{first}.open") is False
    tab.press("Enter", 13, "\r")
    assert tab.run(f"{first}.open") is True


def test_ticked_rules_are_options_to_copy(show: Show) -> None:
    tab = show(many())
    tab.run("document.querySelectorAll('details').forEach(each => { each.open = true })")
    tab.run("document.querySelectorAll('input[name=skip]')[0].click()")
    tab.run("document.querySelectorAll('input[name=skip]')[1].click()")
    second = tab.run("document.querySelectorAll('details')[1].dataset.rule")
    assert tab.run("document.getElementById('skips').value") == f"--skip comments.en.box,{second}"
    line = tab.run("document.getElementById('lines').value")
    assert tomllib.loads(line) == {"skip": ["comments.en.box", second]}
    tab.run("document.querySelector('[data-copy=lines]').click()")
    assert tab.run("getSelection().toString()") == line
    assert tab.run("document.querySelector('[data-copy=lines]').nextElementSibling.textContent") != ""
    tab.run("document.querySelectorAll('input[name=skip]:checked').forEach(each => each.click())")
    assert tab.run("document.getElementById('lines').value") == ""


def test_the_tab_key_reaches_the_content_first(show: Show) -> None:
    tab = show(many())
    tab.press("Tab", 9)
    assert tab.run("document.activeElement.textContent") == "Skip to the content"


def contrast(tab: Any, selector: str) -> float:
    """Return the ratio of the luminances of the text of an element and of what is behind it."""
    script = """(selector => {
      const light = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).map(Number)
          .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      let behind = document.querySelector(selector);
      const ink = light(getComputedStyle(behind).color);
      while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
      const ground = light(getComputedStyle(behind).backgroundColor);
      return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    })"""
    ratio: float = tab.run(f"{script}({selector!r})")
    return ratio


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_colour_schemes(show: Show, scheme: str) -> None:
    tab = show(document_page(Cleaner()(DIRTY), "a.txt"))
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for selector in ("body", "dt", "pre", ".drop del", ".caption del", ".fix del", "a.ref", ".key", "thead th"):
        assert contrast(tab, selector) >= 4.5, selector
    dark = tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    assert dark == (scheme == "dark")


def test_colours_are_not_the_only_sign(show: Show) -> None:
    tab = show(document_page(Cleaner()(DIRTY), "a.txt"))
    signs = tab.run("[...document.querySelectorAll('.sign')].map(each => each.textContent).join('')")
    assert set(signs) == {"^", "~", "−"}
    named = tab.call("Accessibility.getFullAXTree")["nodes"]
    texts = " ".join(str(node.get("name", {}).get("value", "")) for node in named)
    assert "[drop: " in texts
    assert "edit 1, credit.any.wire" in texts


def test_a_page_prints(show: Show) -> None:
    tab = show(many())
    printed = base64.b64decode(tab.call("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF")
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.run("document.getElementById('tools').checkVisibility()") is False
    assert tab.run("document.querySelector('details').checkVisibility()") is True


def test_without_script_a_page_shows_all(show: Show) -> None:
    page = many()
    head, _, rest = page.partition("<script>")
    tab = show(head + rest.partition("</script>")[2])
    assert tab.run("document.getElementById('tools').checkVisibility()") is False
    tab.run("document.querySelector('summary').click()")
    assert tab.run("document.querySelector('details .samples').checkVisibility()") is True
