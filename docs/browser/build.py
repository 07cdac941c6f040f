"""Build the page that cleans pasted text in a browser: ``python -m docs.browser.build`` writes build/browser.

Pyodide comes from its npm package, which has no other libraries.  `regex`, the one that must be compiled, is compiled
here by Emscripten from its source archive; it needs only the headers of Python.  All else is copied from this
environment.  Served over HTTP, the folder asks for nothing else.
"""

import compileall
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from importlib import import_module
from importlib.metadata import version as version_of
from pathlib import Path
from py_compile import PycInvalidationMode

from cleanwire import Cleaner
from cleanwire.report.page import document_page

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).parent
SITE = ROOT / "build" / "browser"
PYODIDE = {(3, 11): "0.25.1", (3, 12): "0.27.7", (3, 13): "0.29.4"}
"""The Pyodide of each version of Python: compiled modules and caches are of one version only."""
LIBRARIES = ("ftfy", "jinja2", "markupsafe", "regex", "wcwidth")
"""What cleanwire imports there.  Their compiled parts are left out; but for `regex`, they work without."""
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "tests", "*.so", "*.c", "*.pyi")
_WIDTHS = {"LONG": 4, "SIZE_T": 4, "VOID_P": 4, "UINTPTR_T": 4, "PTHREAD_T": 4}
"""Sizes of types in bytes on wasm32 that differ from those of a machine of 64 bits."""


def headers_for_wasm(target: Path) -> None:
    """Write the headers of this Python as they are for wasm32."""
    shutil.copytree(sysconfig.get_path("include"), target)
    config = Path(sysconfig.get_config_h_filename()).read_text(encoding="utf-8")
    (target / "pyconfig.h").write_text(widths_for_wasm(config), encoding="utf-8")


def widths_for_wasm(config: str) -> str:
    """Return a ``pyconfig.h`` with the sizes of wasm32.

    >>> widths_for_wasm("#define SIZEOF_LONG 8"), widths_for_wasm("#define SIZEOF_LONG_LONG 8")
    ('#define SIZEOF_LONG 4', '#define SIZEOF_LONG_LONG 8')
    """
    for name, width in _WIDTHS.items():
        config = re.sub(rf"^(#define SIZEOF_{name}) \d+$", rf"\1 {width}", config, flags=re.MULTILINE)
    return config


def compile_regex(app: Path, work: Path) -> None:
    """Compile the module of the package `regex` in `app` for wasm32, from the sources of its version."""
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-binary", "regex", "--dest", str(work), f"regex=={version_of('regex')}",
    )  # fmt: skip
    (archive,) = work.glob("regex-*.tar.gz")
    _extract(archive, work)
    headers_for_wasm(work / "include")
    (source,) = (file.parent for file in work.rglob("_regex.c"))
    objects = []
    for file in sorted(source.glob("*.c")):
        objects.append(str(work / f"{file.stem}.o"))
        _run("emcc", "-O2", "-fPIC", f"-I{work / 'include'}", "-c", str(file), "-o", objects[-1])
    module = app / "regex" / f"_regex.cpython-{sys.version_info[0]}{sys.version_info[1]}-wasm32-emscripten.so"
    _run("emcc", "-O2", "-sSIDE_MODULE=2", "-sEXPORTED_FUNCTIONS=_PyInit__regex", *objects, "-o", str(module))


def fetch_pyodide(target: Path, work: Path) -> None:
    """Put the files of Pyodide that a browser loads into `target`."""
    version = PYODIDE[sys.version_info[:2]]
    _run("npm", "pack", "--silent", "--pack-destination", str(work), f"pyodide@{version}")
    _extract(work / f"pyodide-{version}.tgz", work)
    target.mkdir()
    for file in sorted((work / "package").iterdir()):
        if file.suffix in (".js", ".mjs", ".wasm", ".zip", ".json") and file.name != "package.json":
            shutil.copy(file, target / file.name)


def copy_libraries(app: Path) -> None:
    """Put cleanwire and what it imports into `app`, without compiled parts."""
    for name in ("cleanwire", *LIBRARIES):
        shutil.copytree(import_module(name).__path__[0], app / name, ignore=_LEFT_OUT)
    shutil.rmtree(app / "cleanwire" / "cli")
    shutil.copy(PAGE / "main.py", app / "main.py")


def write_page(target: Path) -> None:
    """Write the page; its policy allows the style and the script of a report, which is shown in a frame of it."""
    for name in ("page.css", "page.js", "worker.js"):
        shutil.copy(PAGE / name, target / name)
    report = document_page(Cleaner()(""), "")
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    for word, directive in (("SCRIPTS", "script-src"), ("STYLES", "style-src")):
        (digest,) = re.findall(rf"{directive} &#39;(sha256-[^&]+)&#39;", report)
        page = page.replace(word, f"'{digest}'")
    (target / "index.html").write_text(page, encoding="utf-8")


def _extract(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Build the page, and return an exit code."""
    if sys.version_info[:2] not in PYODIDE:
        print(f"no Pyodide is known for Python {sys.version_info[0]}.{sys.version_info[1]}", file=sys.stderr)
        return 1
    for program, package in (("emcc", "emscripten"), ("npm", "npm"), ("node", "nodejs")):
        if shutil.which(program) is None:
            print(f"{program} is not installed; install it: make emscripten, or the package {package}", file=sys.stderr)
            return 1
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        app, npm, source = (Path(place) / name for name in ("app", "npm", "source"))
        for folder in (app, npm, source):
            folder.mkdir()
        fetch_pyodide(SITE / "pyodide", npm)
        copy_libraries(app)
        compile_regex(app, source)
        compileall.compile_dir(app, quiet=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
        _run("node", str(PAGE / "warm.mjs"), str(SITE), str(app))
        with zipfile.ZipFile(SITE / "app.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(app.rglob("*")):
                packed.write(file, file.relative_to(app))
    write_page(SITE)
    size = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file())
    print(
        f"{SITE.relative_to(ROOT)}/index.html: {size / 1e6:.1f} MB; python -m http.server -d {SITE.relative_to(ROOT)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
