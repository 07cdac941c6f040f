"""A page in a headless Chromium."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import Tab


@pytest.fixture
def show(browser: Tab, tmp_path: Path) -> Callable[[str], Tab]:
    """A function that opens a page in the browser."""

    def load(page: str) -> Tab:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        browser.call("Emulation.setEmulatedMedia", media="", features=[])
        browser.open(path.as_uri())
        return browser

    return load
