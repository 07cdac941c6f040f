"""The page that cleans pasted text, in a headless Chromium: `make browser` builds it and runs this."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cleanwire import Cleaner, notation
from cleanwire.report.page import document_page
from tests.browser import Tab

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "browser"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
STORY = "The council voted on Monday to close the old bridge for a whole year."
DIRTY = f"{STORY}  Noon.\n\nPost a comment"
HOSTILE = "<script>window.broken = 1</script><img src=http://example.org/x onerror='window.broken=1'>{{ 7 * 7 }}"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SITE / "index.html").exists(), reason="not built; `make browser` builds and tests it"),
]


POLICY = (
    "default-src 'self' data:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'"
)
"""What the server allows, for the worker too, whose requests the tab does not see: one to elsewhere fails."""


class _Quiet(SimpleHTTPRequestHandler):
    """A server that logs nothing and allows its own files only."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def page(browser: Tab) -> Iterator[Tab]:
    """The page, served and ready."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser.open(f"http://127.0.0.1:{server.server_port}/")
        status(browser, "Ready.")
        yield browser
        server.shutdown()


def status(tab: Tab, wanted: str) -> str:
    """Wait until the status of the page contains a text, and return it all."""
    script = f"""new Promise((done) => {{
      const look = () => {{
        const told = document.getElementById("status").textContent;
        told.includes({wanted!r}) || told.includes("cannot") ? done(told) : setTimeout(look, 10);
      }};
      look();
    }})"""
    told: str = tab.run(script)
    assert wanted in told
    return told


def clean(tab: Tab, text: str) -> tuple[str, str]:
    """Clean a text with the button; return the clean text and the report."""
    tab.run(f"document.getElementById('source').value = {json.dumps(text)}")
    tab.run("document.getElementById('clean').click()")
    status(tab, "edit")
    text, report = tab.run("[document.getElementById('text').value, document.getElementById('report').srcdoc]")
    return text, report


def test_keys_clean_a_text_and_show_why(page: Tab) -> None:
    assert page.run("document.activeElement.id") == "source"
    assert page.run("document.getElementById('result').checkVisibility()") is False
    page.run(f"document.getElementById('source').value = {json.dumps(DIRTY)}")
    page.call(
        "Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, modifiers=2
    )
    assert status(page, "edit") == "2 edits."
    assert page.run("document.getElementById('text').value") == f"{STORY} Noon."
    assert page.run("document.getElementById('result').checkVisibility()") is True
    page.run("document.getElementById('copy').click()")
    assert page.run("getSelection().toString()") == f"{STORY} Noon."


def test_texts_and_reports_are_those_of_the_library(page: Tab) -> None:
    cleaner = Cleaner()
    for seed in SEEDS:
        text = notation.source(notation.parse(seed.read_text(encoding="utf-8")))
        result = cleaner(text)
        assert clean(page, text) == (result.text, document_page(result, "Pasted text")), seed.name


def test_hostile_text_stays_text(page: Tab) -> None:
    text, report = clean(page, f"{STORY}\n\n{HOSTILE}\n\nPost a comment")
    assert text == f"{STORY}\n\n{HOSTILE}"
    assert "<script>window.broken" not in report
    assert page.run("document.getElementById('report').sandbox.value") == "allow-scripts"
    assert page.run("window.broken") is None


def test_the_page_asks_for_its_own_files_only_and_has_no_error(page: Tab) -> None:
    clean(page, DIRTY)
    here = page.run("location.origin")
    assert page.requests
    assert [url for url in page.requests if not url.startswith((here, "about:srcdoc", "data:,"))] == []
    assert page.errors == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_the_window(page: Tab, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    assert page.run("document.documentElement.scrollWidth <= window.innerWidth") is True
    page.call("Emulation.clearDeviceMetricsOverride")
