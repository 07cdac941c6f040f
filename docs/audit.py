"""The audit of dependencies: ``python -m docs.audit`` asks a database of vulnerabilities for the locked packages.

It ends with 1 if one of them is vulnerable and pyproject.toml does not say under ``[tool.audit]`` why that does not
matter here.  If the database cannot be reached it says that nothing was audited, and ends with 0, or with
``AUDIT=strict`` with 1.
"""

import json
import os
import re
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATABASE = "https://api.osv.dev/v1/querybatch"
"""The database of open source vulnerabilities, which collects those of all others; one request is for all packages."""
PATIENCE = 20
"""Seconds to wait for its answer."""

Package = tuple[str, str]
"""A name and a version."""


def locked(text: str) -> list[Package]:
    r"""Return the packages of a lock file.

    >>> locked("regex==2026.1 ; sys_platform == 'linux' \\\n    --hash=sha256:0a\n# via\n")
    [('regex', '2026.1')]
    """
    return re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)


def ask(packages: list[Package]) -> list[list[str]]:
    """Return the names of the vulnerabilities of each package; raise `OSError` if the database does not answer."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in packages]
    data = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(DATABASE, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
        rows: list[dict[str, Any]] = json.load(answer)["results"]
    return [[each["id"] for each in row.get("vulns", ())] for row in rows]


def problems(packages: list[Package], answers: list[list[str]], known: dict[str, str]) -> Iterator[str]:
    """Yield a line for each vulnerability; `known` has the reasons why some do not matter.

    >>> list(problems([("a", "1"), ("b", "2")], [["X-1"], ["X-2"]], {"X-1": "only on other systems"}))
    ['b 2: X-2, see https://osv.dev/vulnerability/X-2']
    """
    for (name, version), found in zip(packages, answers, strict=True):
        for each in found:
            if each not in known:
                yield f"{name} {version}: {each}, see https://osv.dev/vulnerability/{each}"


def main() -> int:
    """Audit the lock file, and return an exit code."""
    packages = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    try:
        answers = ask(packages)
    except (OSError, ValueError, LookupError) as error:
        print(f"audit: NOT DONE: the database of vulnerabilities cannot be read ({error})", file=sys.stderr)
        return int(os.environ.get("AUDIT") == "strict")
    found = list(problems(packages, answers, project["tool"].get("audit", {})))
    for line in found:
        print(f"audit: {line}", file=sys.stderr)
    if not found:
        print(f"audit: no known vulnerability in {len(packages)} packages")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
