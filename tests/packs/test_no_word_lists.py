"""Words of languages are in packs, never in Python: a language is one TOML file.

The test looks for three words or more in a collection, a split string or the alternatives of a regular expression, in
all modules that read texts.  What it may find there is listed with the reason.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import cleanwire
from cleanwire import PAGE
from cleanwire.edit import Action, Part
from cleanwire.io.suffixes import FORMATS
from cleanwire.packs.kinds import kinds
from cleanwire.packs.load import builtin_names
from cleanwire.packs.parse import PACK_KEYS, RULE_KEYS
from cleanwire.pagemodel import flat
from cleanwire.pagemodel.features import SHAPE
from cleanwire.views.layout import LAYOUTS

ROOT = Path(cleanwire.__file__).parent
OUTSIDE = ("cli", "corpora", "engines", "formats", "integrations", "report")
"""Packages that read no words of a text: their lists are options, columns, suffixes and messages."""
NAMES = {
    *cleanwire.__all__,
    *get_args(Action),
    *get_args(Part),
    *(filter_.name for filter_ in PAGE),
    *PACK_KEYS,
    *RULE_KEYS,
    *SHAPE,
    *inspect.signature(cleanwire.Cleaner).parameters,
    *flat.FACTS,
    *flat.NAMES,
    *builtin_names(),
    *kinds(),
    *FORMATS,
    *LAYOUTS,
}
"""Names that the code itself has."""
HTML = {
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dd", "dl", "dt", "div",
    "fieldset", "footer", "form", "head", "header", "hr", "html", "iframe", "img", "link", "main", "nav",
    "ol", "picture", "pre", "script", "section", "source", "style", "summary", "svg", "table", "tbody", "td",
    "th", "thead", "tr", "ul", "video",
}  # fmt: skip
"""Elements of HTML that are blocks."""
INLINE = {"strong", "em", "span"}
"""Elements of HTML within lines."""
REFERENCES = {
    "acute",
    "grave",
    "circ",
    "uml",
    "tilde",
    "cedil",
    "caron",
    "slash",
    "ring",
    "amp",
    "quot",
    "apos",
    "nbsp",
    "gt",
    "hellip",
    "aquo",
    "middot",
    "szlig",
    "ae",
    "oe",
    "AE",
    "OE",
}
"""Names of character references."""
FIELDS = {"IMAGE", "INLINE", "EMBED", "USEMAP"}
"""What lynx writes for what it cannot show."""
OTHERS = {
    "USD", "EUR", "zł", "kr",  # currencies, beside their signs
    "badge", "codecov", "coveralls", "appveyor", "travis", "ci",  # addresses of badges
    "md", "mdx", "rst", "ipynb", "html", "php", "jpe", "png", "gif", "svg", "webp", "avif", "bmp", "tiff",  # suffixes
    *HTML, *INLINE, *REFERENCES, *FIELDS,
    "mailto", "javascript", "tel", "sms", "data", "about",  # schemes of addresses
    "DMY", "MDY", "YMD", "day", "month", "year",  # arguments of dateparser
}  # fmt: skip
"""Strings of texts that belong to no language."""
FEW = 3
_WORD = re.compile(r"['’]?[^\W\d_]{2,}[.'’]?")
_CODE = re.compile(r"\\[pP]\{\w+\}|\\.|\(\?(?:P?<\w+>|[^:]*:|[=!]|<[=!])|\[\S*?\]")
"""What in a regular expression is no text: properties, escapes, the marks of groups, sets."""
_CHOICE = re.compile(r"[^|()]+(?:\|[^|()]+)+")


def modules() -> list[Path]:
    inside = (path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in OUTSIDE)
    return sorted(inside)


def lists(tree: ast.Module) -> Iterator[list[str]]:
    """Yield the words of every collection, split string and list of alternatives."""
    names = {id(part) for node in ast.walk(tree) if _holds_names(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set) and id(node) not in names:
            yield [part.value for part in node.elts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            if isinstance(node.func.value, ast.Constant) and isinstance(node.func.value.value, str):
                yield node.func.value.value.split()
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            for choice in _CHOICE.findall(_CODE.sub("(", node.value)):
                yield choice.split("|")


def _holds_names(node: ast.AST) -> bool:
    """Return True for ``Literal[...]`` and ``__all__ = ...``."""
    match node:
        case ast.Subscript(value=value):
            return ast.unparse(value).endswith("Literal")
        case ast.Assign(targets=[ast.Name("__all__")]):
            return True
    return False


def words(found: list[str]) -> list[str]:
    return [word for word in found if _WORD.fullmatch(word)]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_no_word_list(path: Path) -> None:
    for found in lists(ast.parse(path.read_text(encoding="utf-8"))):
        natural = [word for word in words(found) if word not in NAMES | OTHERS]
        assert len(natural) < FEW, f"{natural}: move these words to [words] of a pack"


@pytest.mark.parametrize(
    "source",
    [
        'A = frozenset(["der", "die", "das"])',
        'A = ("le", "la", "les")',
        'A = "il lo gli".split()',
        'A = r"(?:L|left|[Rr]echts|gauche|der)"',
        'A = re.compile(r"\\b(?:rights|reserved|droits)\\b")',
    ],
)
def test_a_word_list_is_found(source: str) -> None:
    assert any(len(words(found)) >= FEW for found in lists(ast.parse(source)))
