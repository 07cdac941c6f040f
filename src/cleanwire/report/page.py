"""Pages of a review in HTML: one file without any request, with a content security policy."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from types import CodeType
from typing import TYPE_CHECKING, Any

from cleanwire.lazy import need
from cleanwire.packs.cache import digest_of, remembered
from cleanwire.report.places import places
from cleanwire.report.reasons import reason, reasons
from cleanwire.report.segments import row, segments
from cleanwire.report.shown import shown
from cleanwire.result import Result

if TYPE_CHECKING:  # slow to import, and the page of one document needs neither
    from cleanwire.report.compare import Comparison
    from cleanwire.report.model import Review

_FOLDER = "templates"


def check_ready() -> None:
    """Raise `MissingError` if Jinja2 is not installed, which a page needs: now, and not once all texts are cleaned.

    >>> check_ready()
    """
    _environment()


def review_page(review: "Review", title: str) -> str:
    """Return the page of a review of many documents.

    Raises `MissingError` if Jinja2 is not installed.
    """
    return _render("review.html", {"review": review, "title": title})


def document_page(result: Result, title: str, why: Mapping[str, str] | None = None) -> str:
    """Return the page of one document: every edit in place, before and after, captions; `why` as for `review`.

    Raises `MissingError` if Jinja2 is not installed.
    """
    return _render("document.html", {**_document(result, why), "title": title})


def document_view(result: Result) -> str:
    """Return one document as a piece of HTML for a notebook.

    Raises `MissingError` if Jinja2 is not installed.
    """
    return _render("notebook.html", _document(result, None))


def comparison_page(comparison: "Comparison", title: str) -> str:
    """Return the page that compares two cleanings of the same documents.

    Raises `MissingError` if Jinja2 is not installed.
    """
    return _render("comparison.html", {"comparison": comparison, "title": title})


def _document(result: Result, why: Mapping[str, str] | None) -> dict[str, Any]:
    known = reasons() if why is None else why
    source, found = result.undo(), places(result)
    rows = [row(number, place, reason(place.rule, known)) for number, place in enumerate(found, 1)]
    return {
        "result": result,
        "source": source,
        "segments": segments(source, found),
        "edits": sum(not place.kept for place in found),
        "groups": [list(group) for _, group in groupby(rows, lambda each: each.place.rule)],
    }


def _render(name: str, values: Mapping[str, Any]) -> str:
    page: str = _environment().get_template(name).render(values)
    return page


@cache
def _environment() -> Any:
    """Return the environment of the templates: all text is escaped, and what a browser would obey is shown by name."""
    jinja2 = need("jinja2", "report", "a page of a review")
    markup = need("markupsafe", "report", "a page of a review").Markup

    def visible(value: Any) -> Any:
        return shown(value) if isinstance(value, str) and not isinstance(value, markup) else value

    class Compiled(jinja2.BaseLoader):  # type: ignore[misc,name-defined] # an optional library, so not known
        """Give out templates, compiled."""

        def load(self, environment: Any, name: str, globals: Any = None) -> Any:  # noqa: A002 - as jinja2 calls it
            return environment.template_class.from_code(
                environment, _compiled(environment, name, jinja2.__version__), environment.make_globals(globals)
            )

    environment = jinja2.Environment(
        loader=Compiled(),
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=visible,
    )  # fmt: skip
    style, script = _read("review.css"), _read("review.js")
    environment.globals |= {
        "style": markup(style), "script": markup(script),
        "notebook_style": markup(_read("notebook.css")),
        "policy": f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
    }  # fmt: skip
    environment.filters |= {"percent": _percent, "number": _number}
    return environment


def _compiled(environment: Any, name: str, version: str) -> CodeType:
    """Return a template as code, kept between processes: to compile it takes longer than to make a page."""
    source = _read(name)
    digest = digest_of(text.encode() for text in (version, name, source))
    found: CodeType = remembered(
        f"page.{name}", digest, lambda: environment.compile(source, name, name), lambda code: code
    )
    return found


def _read(name: str) -> str:
    """Return a file of the templates, which stands between tags without any change: a digest is made of it."""
    return (resources.files("cleanwire.report") / _FOLDER / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _number(value: int) -> str:
    return f"{value:,}"
