"""The audit of dependencies says what it found, and never that all is well if it could not ask."""

import json
import re
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from docs import audit

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


class Database(HTTPServer):
    """A database on this machine, in which the packages of `vulnerable` have a vulnerability."""

    vulnerable: frozenset[str] = frozenset()
    broken = False


class _Answer(BaseHTTPRequestHandler):
    server: Database

    def do_POST(self) -> None:
        asked: Any = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        names = [query["package"]["name"] for query in asked["queries"]]
        rows = [{"vulns": [{"id": f"X-{name}"}]} if name in self.server.vulnerable else {} for name in names]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.server.broken else json.dumps({"results": rows}).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    with Database(("127.0.0.1", 0), _Answer) as server:
        monkeypatch.setattr(audit, "DATABASE", f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("database")
def test_nothing_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main() == 0
    assert re.fullmatch(r"audit: no known vulnerability in \d\d packages\n", capsys.readouterr().out)


def test_a_vulnerability_is_an_error(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    database.vulnerable = frozenset({"regex"})
    assert audit.main() == 1
    said = capsys.readouterr()
    assert re.fullmatch(r"audit: regex \S+: X-regex, see https://osv.dev/vulnerability/X-regex\n", said.err)
    assert said.out == ""


@pytest.mark.parametrize(("wanted", "code"), [("", 0), ("strict", 1)])
def test_a_database_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wanted: str, code: int
) -> None:
    monkeypatch.setattr(audit, "DATABASE", "http://127.0.0.1:9/")  # where nobody listens
    monkeypatch.setenv("AUDIT", wanted)
    assert audit.main() == code
    said = capsys.readouterr()
    assert said.err.startswith("audit: NOT DONE: ")
    assert said.out == ""


def test_an_answer_that_is_not_one(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    database.broken = True
    assert audit.main() == 0
    assert capsys.readouterr().err.startswith("audit: NOT DONE: ")


def test_the_lock_has_all_packages_with_their_hashes() -> None:
    entries = re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    names = {name for name, _ in audit.locked(LOCK)}
    extras, groups = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
    wanted = [
        *PROJECT["project"]["dependencies"],
        *(each for name in ("coverage", "lint", "test") for each in groups[name]),
    ]
    for extra in ("arrow", "dates", "page", "remote", "report", "zstd"):
        wanted += extras[extra]
    assert {re.split(r"[<>=!~;\[ ]", each)[0] for each in wanted} <= names


def test_the_lock_names_no_place_to_download_from() -> None:
    assert "://" not in LOCK
