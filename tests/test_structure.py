"""The limits that keep modules and functions small."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "cleanwire"
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 320
MOST_BRANCH_POINTS = 14
_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)
BOUNDED_CACHES = {
    "sites/files.py": "a corpus may have any number of sites, whose templates are read as its pages come",
    "sites/page.py": "the keys of a site's short lines: its pages repeat most of them, and learning is slower without",
}
"""Modules that may use `lru_cache`, each with the reason; see "Memory" in docs/architecture.md."""
_CONTAINERS = ("dict", "list", "set", "defaultdict", "OrderedDict", "Counter", "deque")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def name(module: Path) -> str:
    return str(module.relative_to(SOURCE))


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of functions and classes within it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, _SCOPES):
            yield node
            yield from own_nodes(node)


def branch_points(function: ast.AST) -> int:
    """Count branches, operands of ``and`` and ``or`` after the first, and each ``for`` and ``if`` of comprehensions.

    >>> branch_points(ast.parse("def f(a, b):\\n    return 1 if a and b else [x for x in b if x]").body[0])
    4
    """
    count = 0
    for node in own_nodes(function):
        if isinstance(node, _BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
    return count


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_stays_short(module: Path) -> None:
    assert module.read_text(encoding="utf-8").count("\n") <= MOST_LINES


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_function_has_few_branch_points(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    too_many = {f.name: count for f in functions if (count := branch_points(f)) > MOST_BRANCH_POINTS}
    assert too_many == {}


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_remembers_in_one_of_three_ways(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    bounded = {"lru_cache"} if name(module) in BOUNDED_CACHES else set()
    assert names & {"lru_cache", "cached_property", "WeakKeyDictionary", "WeakValueDictionary"} == bounded
    assert list(empty_globals(tree)) == []


def empty_globals(tree: ast.Module) -> Iterator[str]:
    """Yield the names of a module's empty containers, which are filled later: memories of another kind.

    >>> list(empty_globals(ast.parse("_SEEN: dict[str, int] = {}\\nNAMES = set()\\nSIZES = {'a': 1}")))
    ['_SEEN', 'NAMES']
    """
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, (ast.Dict, ast.List, ast.Call)):
            made = node.value
            called = isinstance(made, ast.Call) and getattr(made.func, "id", "") in _CONTAINERS
            full = made.args[:1] if isinstance(made, ast.Call) else getattr(made, "elts", getattr(made, "keys", None))
            if not full and (called or not isinstance(made, ast.Call)):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                yield ast.unparse(target)
