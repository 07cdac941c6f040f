"""Mutation testing: ``python -m benchmarks.mutants`` changes the code in small ways, and asks whether a test notices.

The changes are those of Cosmic Ray that differ in meaning from one another: a comparison, an operator, a number, a
condition, a loop, an exception, a decorator.  Each is made in a child of this process, so no file is written and what
is slow to import is imported once; the tests of the module run in it until one fails.  A mutant that takes five times
the time of all tests is noticed, too.  Names of modules may be given, such as ``edit``, and with ``--share 0.2`` only a
fifth of the mutants is tried.
"""

import argparse
import ast
import contextlib
import difflib
import doctest
import importlib.abc
import importlib.machinery
import io
import json
import os
import random
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "cleanwire"
LEAST = 0.9
"""The share of the mutants of a module that tests must notice."""

LEAST_WAIT = 30
"""Least number of seconds for which a test may wait."""

TESTS = {
    "edit": ["tests/test_edit.py", "tests/test_result.py"],
    "inplace": [
        "tests/test_inplace.py",
        "tests/cli/test_undo.py",
        "tests/formats/test_text.py",
        "tests/cli/test_learn.py",
    ],
    "io/atomic": ["tests/io/test_atomic.py", "tests/test_inplace.py"],
    "io/files": ["tests/io/test_files.py", "tests/test_inplace.py"],
    "io/own": ["tests/io/test_own.py", "tests/test_inplace.py", "tests/corpora/test_hostile.py"],
    "io/undo": ["tests/io/test_undo.py", "tests/test_inplace.py", "tests/cli/test_undo.py"],
    **{
        f"scan/{name}": ["tests/scan", "tests/test_compiled.py"]
        for name in ("cues", "filing", "kernel", "patterns", "phrases", "table")
    },
    "filters/encoding": ["tests/filters/test_encoding.py", "tests/filters/test_repairs.py"],
    **{
        f"mojibake/{name}": ["tests/mojibake", "tests/filters/test_encoding.py"]
        for name in ("charset", "lines", "reread", "shapes", "tables")
    },
}
"""The modules, and the tests that must notice; the examples in their docstrings come first."""

OPERATORS = (
    *(
        f"ReplaceBinaryOperator_{name}"
        for name in ("Add_Sub", "Sub_Add", "Mul_Add", "FloorDiv_Mul", "Div_Mul", "Mod_Add", "Pow_Mul")
    ),
    *(f"ReplaceBinaryOperator_{name}" for name in ("BitOr_BitAnd", "BitAnd_BitOr", "BitXor_BitOr")),
    *(f"ReplaceBinaryOperator_{name}" for name in ("LShift_RShift", "RShift_LShift")),
    *(f"ReplaceComparisonOperator_{name}" for name in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceComparisonOperator_{name}" for name in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_GtE", "Gt_LtE")),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "NumberReplacer", "ZeroIterationForLoop"),
    *("ExceptionReplacer", "RemoveDecorator", "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd"),
)
"""Operators of Cosmic Ray.  Left out are those whose mutants cannot run, or say what another one says."""


class Mutant(NamedTuple):
    """A changed source: what changed it, and the lines that differ."""

    operator: str
    source: str
    difference: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield each source that differs from one in one place, and in more than its annotations."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    seen = {_meaning(source)}
    for name in OPERATORS:
        operator, occurrence = get_operator(f"core/{name}")(), 0
        while (changed := mutate_code(source, operator, occurrence)) is not None:
            occurrence += 1
            meaning = _meaning(changed)
            if meaning not in seen:
                seen.add(meaning)
                yield Mutant(name, changed, _difference(source, changed))


class _Bare(ast.NodeTransformer):
    """Removes annotations, which no code of the modules reads, but for those of dataclasses."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)


def _meaning(source: str) -> str:
    try:
        return ast.unparse(_Bare().visit(ast.parse(source)))
    except SyntaxError:
        return ""  # it cannot run, as others that cannot


def _difference(old: str, new: str) -> str:
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a source in memory."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, name: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(self.path))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)  # noqa: S102 - it is the source of this project


def noticed(name: str, source: str, seconds: int) -> tuple[bool, float]:
    """Return whether a test of a module fails with a source, and the processor time of the tests in seconds."""
    child = os.fork()
    if not child:
        _be(name, source, seconds)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) != 0, used.ru_utime + used.ru_stime


def _be(name: str, source: str, seconds: int) -> None:
    """Run the tests of a module with a source, and end this process, which is a child."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        module = f"cleanwire.{name.replace('/', '.')}"
        sys.meta_path.insert(0, _Changed(module, SOURCE / f"{name}.py", source))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            # With a limit of its processor time a process measures that too coarsely for tests of speed.
            args = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", "-k", "not bounded_work"]
            args += [f"--timeout={max(seconds, LEAST_WAIT)}", *TESTS[name]]  # some mutants wait, and work no more
            code = doctest.testmod(importlib.import_module(module)).failed or int(pytest.main(args))
    finally:
        os._exit(code)


def measure(name: str, share: float, seed: str) -> dict[str, Any]:
    """Try the mutants of a module; return how many there were and were noticed, and what the others change."""
    source = (SOURCE / f"{name}.py").read_text(encoding="utf-8")
    failed, seconds = noticed(name, source, 3600)
    if failed:
        raise SystemExit(f"{name}: its tests fail without a mutant")
    dice = random.Random(f"{seed} {name}")  # noqa: S311 - a sample, no secret
    chosen = [mutant for mutant in mutants(source) if dice.random() < share]
    survivors = []
    for mutant in chosen:
        if not noticed(name, mutant.source, int(5 * seconds) + 5)[0]:
            survivors.append(f"{mutant.operator}\n{mutant.difference}")
            print(f"{name}: {survivors[-1]}\n", flush=True)
    return {"module": name, "mutants": len(chosen), "noticed": len(chosen) - len(survivors), "survivors": survivors}


def main() -> int:
    """Measure modules, print the shares, and return an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", choices=[*TESTS, []], help="modules; all if none is named")
    parser.add_argument("--share", type=float, default=1.0, help="share of the mutants that is tried")
    parser.add_argument("--seed", default="0", help="draws other mutants")
    parser.add_argument("--output", type=Path, help="append the results to this file, as JSON Lines")
    given = parser.parse_args()
    os.environ.setdefault("HYPOTHESIS_PROFILE", "ci")
    for name in ("click.testing", "ftfy", "hypothesis", "pyarrow.parquet", "regex", "rich.console", "zstandard"):
        importlib.import_module(name)
    code = 0
    for name in given.modules or TESTS:
        found = measure(name, given.share, given.seed)
        least = found["noticed"] >= LEAST * found["mutants"]
        code = code or int(not least)
        print(
            f"{name}: {found['noticed']} of {found['mutants']} mutants noticed{'' if least else ', too few'}",
            flush=True,
        )
        if given.output:
            with given.output.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
