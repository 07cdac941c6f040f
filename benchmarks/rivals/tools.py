"""The tools that are compared, and the process that measures one of them.

Only the standard library is imported at the top, so that whatever a tool loads counts as its own.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.tools.timing import Work, floor, peak, seconds


class Rival(NamedTuple):
    """A tool: its distribution, whether it reads HTML, and the function that loads it and returns its work."""

    package: str | None
    html: bool
    load: Callable[[], Work]


def _floor() -> Work:
    return floor


def _cleanwire() -> Work:
    from cleanwire import Cleaner

    return Cleaner()


def _ftfy() -> Work:
    from ftfy import fix_text

    return fix_text


def _plsfix() -> Work:
    from plsfix import fix_text

    return fix_text  # type: ignore[no-any-return] # libraries without types


def _clean_text() -> Work:
    from cleantext import clean

    return partial(clean, lower=False, to_ascii=False)


def _textacy() -> Work:
    from textacy.preprocessing import make_pipeline, normalize

    return make_pipeline(  # type: ignore[no-any-return] # libraries without types
        normalize.unicode,
        normalize.quotation_marks,
        normalize.bullet_points,
        normalize.hyphenated_words,
        normalize.whitespace,
    )


def _datatrove_ftfy() -> Work:
    from datatrove.pipeline.formatters import FTFYFormatter

    return FTFYFormatter().format  # type: ignore[no-any-return] # libraries without types


def _datatrove_c4() -> Work:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    keep = C4QualityFilter(min_num_sentences=-1).filter
    return lambda text: keep(Document(text=text, id="0"))


def _trafilatura() -> Work:
    from trafilatura import extract

    return extract  # type: ignore[no-any-return] # libraries without types


def _justext() -> Work:
    from justext import get_stoplist, justext

    return partial(justext, stoplist=get_stoplist("English"))


def _resiliparse() -> Work:
    from resiliparse.extract.html2text import extract_plain_text

    return partial(extract_plain_text, main_content=True)


RIVALS: dict[str, Rival] = {
    "the floor (`for line in text.split`)": Rival(None, html=False, load=_floor),
    "**cleanwire**, `Cleaner()`": Rival("cleanwire", html=False, load=_cleanwire),
    "ftfy, `fix_text`": Rival("ftfy", html=False, load=_ftfy),
    "plsfix, `fix_text`": Rival("plsfix", html=False, load=_plsfix),
    "clean-text, case and letters kept": Rival("clean-text", html=False, load=_clean_text),
    "textacy, five normalizers": Rival("textacy", html=False, load=_textacy),
    "datatrove, `FTFYFormatter`": Rival("datatrove", html=False, load=_datatrove_ftfy),
    "datatrove, `C4QualityFilter`, lines only": Rival("datatrove", html=False, load=_datatrove_c4),
    "trafilatura, `extract`": Rival("trafilatura", html=True, load=_trafilatura),
    "jusText, English": Rival("justext", html=True, load=_justext),
    "resiliparse, main content": Rival("resiliparse", html=True, load=_resiliparse),
}


def as_html(text: str) -> str:
    """Return an HTML page with a paragraph for each line.

    >>> as_html("R&D\\n\\nNoon")
    '<html><body><article><p>R&amp;D</p><p>Noon</p></article></body></html>'
    """
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f"<html><body><article>{paragraphs}</article></body></html>"


def measure(name: str, path: Path) -> None:
    """Load one tool in this process, run it on all texts, and print the time and memory that it took as JSON."""
    given: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    rival = RIVALS[name]
    sizes = {key: sum(len(text.encode()) for text in texts) for key, texts in given.items()}
    if rival.html:
        given = {key: [as_html(text) for text in texts] for key, texts in given.items()}
    before = peak()
    began = perf_counter()
    work = rival.load()
    loaded = perf_counter() - began
    warm = given.pop("warm")
    seconds(work, warm)
    speeds = {key: (seconds(work, texts), sizes[key], len(texts)) for key, texts in given.items()}
    print(json.dumps({"load": loaded, "peak": peak() - before, "speeds": speeds}))


if __name__ == "__main__":
    measure(sys.argv[1], Path(sys.argv[2]))
