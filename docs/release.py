"""Releases: ``python -m docs.release VERSION`` checks that all name one version, ``… dist`` builds into dist/."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def versions(root: Path) -> dict[str, str]:
    """Return the version that each file of a checkout names; that of the changelog is its newest release.

    >>> sorted(versions(ROOT))
    ['CHANGELOG.md', 'CITATION.cff', 'pyproject.toml']
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = re.search(r"^version: (\S+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    released = re.search(r"^## \[?(\d[^\]\s]*)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {
        "pyproject.toml": project["version"],
        "CITATION.cff": citation[1] if citation else "none",
        "CHANGELOG.md": released[1] if released else "none",
    }


def build(root: Path, target: Path) -> dict[str, str]:
    """Build the wheel and the source archive of a checkout into `target`; return the digests by name."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target)]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(target.iterdir())}


def dist() -> int:
    """Build twice, at the time of the last commit; write dist/ if both builds are the same, and return an exit code."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]  # files have another time in each clone
    os.environ["SOURCE_DATE_EPOCH"] = subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = build(ROOT, Path(one)), build(ROOT, Path(two))
        if first != second:
            print("two builds differ, so there is nothing to release", file=sys.stderr)
            return 1
        shutil.rmtree(ROOT / "dist", ignore_errors=True)
        shutil.copytree(one, ROOT / "dist")
    for name, digest in first.items():
        print(f"{digest}  dist/{name}")
    return 0


def main(argument: str) -> int:
    """Build (``dist``), or check that all files name the version `argument`; return an exit code."""
    if argument == "dist":
        return dist()
    wrong = {file: version for file, version in versions(ROOT).items() if version != argument}
    for file, version in wrong.items():
        print(f"{file} names version {version}, not {argument}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
