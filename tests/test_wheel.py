"""The wheel, installed into an empty environment, works outside a checkout; it is built alike twice and is pure."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.docs.console import commands, run, write_examples
from tests.docs.test_examples import LEFT_OUT

ROOT = Path(__file__).parents[1]
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")
COMPILED = (".so", ".pyd", ".dylib")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(0),  # it downloads; the time that takes says nothing about the code
]


def call(*command: str | Path, cwd: Path, **env: str) -> str:
    """Return the stdout of a command that does not see this checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | env
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, target: Path) -> Path:
    call(
        sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", target, source,
        cwd=target.parent, SOURCE_DATE_EPOCH="1700000000",
    )  # fmt: skip
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("first") / "dist")


@pytest.fixture(scope="module")
def env(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what a report needs, and nothing else."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=True)
    call(folder / "bin" / "python", *PIP, "install", f"{wheel}[report]", cwd=folder)
    return folder


def test_two_builds_are_the_same(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    for name in ("src", "docs/man"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile
        )
    again = build(copy, tmp_path / "dist")
    assert again.name == wheel.name
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_the_wheel_is_pure_and_holds_the_package_alone(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.endswith(COMPILED)]
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"cleanwire"}
    assert "cleanwire/py.typed" in names
    assert "cleanwire/packs/data/en.toml" in names


def test_the_manual_pages_are_installed(env: Path) -> None:
    pages = {page.name for page in (env / "share" / "man" / "man1").iterdir()}
    assert pages == {page.name for page in (ROOT / "docs" / "man").iterdir()}


def test_of_what_is_required_regex_alone_needs_to_be_compiled(env: Path) -> None:
    """Pyodide has `regex`; what else must be compiled would keep the library out of browsers."""
    (packages,) = (env / "lib").glob("python*/site-packages")
    files = [file.relative_to(packages) for file in packages.rglob("*") if file.name.endswith(COMPILED)]
    also_pure = {"markupsafe", "wcwidth"}  # of Jinja2 and ftfy: they work without their compiled parts
    assert {file.parts[0] for file in files} - also_pure == {"regex"}


def test_the_demo_of_an_installed_wheel(env: Path, tmp_path: Path) -> None:
    python = env / "bin" / "python"
    where = call(python, "-c", "import cleanwire; print(cleanwire.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(env)
    shown = call(env / "bin" / "cleanwire", "demo", cwd=tmp_path)
    assert "── before: english" in shown
    assert "[credit] Jon Hale, Getty Images" in shown


@pytest.mark.parametrize("page", ["README.md", "docs/start.md"])
def test_a_newcomer_follows_the_page(page: str, env: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)
    if page == "README.md":  # the other makes its own files
        write_examples(tmp_path)
    text = (ROOT / page).read_text(encoding="utf-8")
    assert "pip install cleanwire" in text
    assert run(commands(text), tmp_path, LEFT_OUT, env / "bin") == []


def test_pages_name_only_extras_that_there_are(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        known = set(re.findall(r"^Provides-Extra: (\S+)$", archive.read(name).decode(), re.MULTILINE))
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for extras in re.findall(r"cleanwire\[([\w,]+)\]", page.read_text(encoding="utf-8")):
            assert set(extras.split(",")) <= known, page
