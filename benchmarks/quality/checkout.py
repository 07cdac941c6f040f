"""Read a checkout of the public article-extraction-benchmark as rows of residue."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.tools.data import Row


class CheckoutError(Exception):
    """A folder is not a checkout of that benchmark."""


def rows(checkout: Path) -> Iterator[Row]:
    """Yield one row for each extractor and page; a page that an output lacks counts as an empty text.

    Raises `CheckoutError` if ``ground-truth.json`` or ``output/*.json`` is missing or malformed.
    """
    truth = _articles(checkout / "ground-truth.json")
    outputs = sorted((checkout / "output").glob("*.json"))
    if not outputs:
        raise CheckoutError(f"{checkout}: no output/*.json; name the root of a checkout with stored outputs")
    for path in outputs:
        texts = _articles(path)
        for item, (gold, url) in truth.items():
            text = texts.get(item, ("", ""))[0]
            yield {
                "id": item, "source": "aeb", "page_type": "article", "url": url,
                "extractor": path.stem, "text": text, "gold": gold,
            }  # fmt: skip


def _articles(path: Path) -> dict[str, tuple[str, str]]:
    """Read {item: {"articleBody": text, "url": address}}."""
    if not path.is_file():
        raise CheckoutError(f"{path.parent}: no {path.name}; name the root of a checkout")
    found: Any = json.loads(path.read_text(encoding="utf-8"))
    try:
        return {item: (entry.get("articleBody") or "", entry.get("url") or "") for item, entry in found.items()}
    except AttributeError as error:
        raise CheckoutError(f"{path}: not of the form {{item: {{articleBody, url}}}}") from error
