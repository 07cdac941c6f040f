"""``cleanwire learn``, and ``--sites`` of the commands that clean."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from click.testing import Result

from cleanwire import Document
from cleanwire.formats.documents import documents
from cleanwire.formats.source import Reading, recognise
from cleanwire.io.location import Location

Run = Callable[..., Result]

SITES = ("alpha.example", "beta.example")
NAMES = ("bridge", "ferry", "school")


def page(site: str, about: str) -> str:
    lines = [
        f"The {about} was the {n} thing that people talked about on that day, said the mayor."
        for n in ("1st", "2nd", "3rd")
    ]
    return (
        "\n\n".join([f"The front page of {site[:-8]}", "Our tides", f"{about.title()} shut", *lines, "Ring the mill"])
        + "\n"
    )


def clean_page(about: str) -> str:
    return page("", about).partition("Our tides\n\n")[2].replace("\n\nRing the mill", "")


@pytest.fixture
def stories(folder: Path) -> Path:
    for site in SITES:
        (folder / "stories" / site / "deep").mkdir(parents=True)
        for about in NAMES:
            deep = "deep" if about == "school" else ""
            (folder / "stories" / site / deep / f"{about}.txt").write_text(page(site, about))
    return folder / "stories"


@pytest.fixture
def records(folder: Path) -> Path:
    (folder / "dump" / "more").mkdir(parents=True)
    for part, site in zip(("a.jsonl", "more/b.ndjson"), SITES, strict=True):
        rows = [{"url": f"https://www.{site}/{a}", "host": site, "text": page(site, a), "n": 1} for a in NAMES]
        (folder / "dump" / part).write_text("".join(json.dumps(row) + "\n\n" for row in rows))
    return folder / "dump"


def learned(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.usefixtures("stories", "records")
def test_the_three_values_of_by_learn_the_same(run: Run, folder: Path) -> None:
    done = run("learn", "stories", "--by", "path", "-o", "one")
    assert done.exit_code == 0
    assert done.stdout == "".join(f"{site}: 3 distinct pages, 3 lines on two or more\n" for site in SITES)
    assert "2 sites from 6 pages, 0 failed" in done.stderr
    assert run("learn", "dump", "-o", "two", "-q").output == ""
    assert run("learn", "dump/a.jsonl", "dump/more", "--by", "host", "-o", "three", "-j", "2").exit_code == 0
    assert learned(folder / "one") == learned(folder / "two") == learned(folder / "three")
    assert sorted(learned(folder / "one")) == [f"{site}.site.jsonl" for site in SITES]


def test_existing_templates_are_updated(run: Run, stories: Path, folder: Path) -> None:
    run("learn", "stories", "--by", "path", "-o", "whole")
    for about in NAMES:
        paths = [str(path) for path in sorted(stories.rglob(f"{about}.txt")) if path.parent.name != "deep"]
        run("learn", *(paths or ["stories"]), "--by", "path", "-o", "parts")
    assert learned(folder / "parts") == learned(folder / "whole")


def test_clean_removes_what_the_site_of_each_file_repeats(run: Run, stories: Path) -> None:
    run("learn", "stories", "--by", "path", "-o", "sites")
    assert "6 would change" in run("check", "--sites", "sites", "stories").stderr
    assert run("check", "stories", "-q").exit_code == 0
    assert run("diff", "--sites", "sites", "stories/beta.example/ferry.txt").stdout.count("\n- ") == 2
    assert run("clean", "--sites", "sites", "stories").exit_code == 0
    for path in stories.rglob("*.txt"):
        assert path.read_text() == clean_page(path.stem)
    assert run("check", "-q", "--sites", "sites", "stories").exit_code == 0
    assert run("undo", "stories").exit_code == 0
    assert (stories / "beta.example" / "ferry.txt").read_text() == page("beta.example", "ferry")


@pytest.mark.usefixtures("stories")
def test_site_names_the_site_of_stdin(run: Run) -> None:
    run("learn", "stories", "--by", "path", "-o", "sites")
    text = page("beta.example", "ferry")
    for site, result in (("www.beta.example", clean_page("ferry")), ("alpha.example", None), (None, text)):
        named = ("--site", site) if site else ()
        out = run("clean", "--sites", "sites", *named, "-", stdin=text.encode()).stdout
        assert out == (result or text.replace("Our tides\n\n", "").replace("\n\nRing the mill", ""))


@pytest.mark.usefixtures("stories")
def test_a_line_that_is_deleted_or_kept_stays(run: Run, folder: Path) -> None:
    run("learn", "stories", "--by", "path", "-o", "sites")
    path = folder / "sites" / "beta.example.site.jsonl"
    lines = path.read_text().split("\n")
    veto = [line.replace('"at"', '"keep": true, "at"') if "ring the" in line else line for line in lines]
    path.write_text("\n".join(veto))
    clean = ("clean", "--sites", "sites", "--site", "beta.example", "-")
    assert "Ring the mill" in run(*clean, stdin=page("beta.example", "ferry").encode()).stdout
    path.write_text("\n".join(line for line in lines if "ring the" not in line))
    assert "Ring the mill" in run(*clean, stdin=page("beta.example", "ferry").encode()).stdout


@pytest.mark.usefixtures("stories")
def test_skip_takes_a_site(run: Run) -> None:
    run("learn", "stories", "--by", "path", "-o", "sites")
    done = run("check", "--sites", "sites", "--skip", "site.beta.example", "stories")
    assert done.exit_code == 1
    assert "beta" not in done.stdout


def test_errors_are_printed_and_the_other_pages_are_learned(run: Run, records: Path, stories: Path) -> None:
    bad = [b"nonsense", b"[]", b'{"url": "a.example"}', b'{"text": "x", "url": 7}', b"\xff", b"[" * 10**5]
    (records / "bad.jsonl").write_bytes(b"\n".join(bad))
    done = run("learn", "dump", "-o", "sites")
    assert done.exit_code == 2
    assert "2 sites from 6 pages, 5 failed" in done.stderr
    for number in (1, 2, 4, 5, 6):  # the third has no text, and passes
        assert f"dump/bad.jsonl:{number}: " in done.stderr
    assert "dump/bad.jsonl:4: no address, so the site is unknown" in done.stderr
    (stories / "alpha.example" / "bad.txt").write_bytes(b"\0\1\2")
    done = run("learn", "stories", "--by", "path", "-o", "others")
    assert (done.exit_code, "alpha.example/bad.txt: " in done.stderr) == (2, True)
    assert "2 sites from 6 pages, 1 failed" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["learn", "stories", "-o", "sites"], "For text files, use --by path"),
        (["learn", "nowhere", "-o", "sites"], "nowhere: no such file"),
        (
            ["learn", "stories/alpha.example/ferry.txt", "-o", "sites"],
            "ferry.txt: text files have no address",
        ),
        (["learn", "odd.csv", "-o", "sites"], "odd.csv: no column 'url' with addresses; choose one with --url-column"),
        (
            ["learn", "odd.csv", "-o", "sites", "--by", "path", "--url-column", "n"],
            "mutually exclusive",
        ),
        (["clean", "odd.csv", "--url-column", "n"], "--url-column requires --sites"),
        (["clean", "odd.csv", "--sites", "good", "--url-column", "m"], "odd.csv: has no address column 'm'"),
        (
            ["clean", "odd.csv", "--sites", "good", "--site", "alpha.example", "--url-column", "n"],
            "--url-column and --site are mutually exclusive",
        ),
        (["learn", "stories"], "Missing option '-o'"),
        (["learn", "stories", "--by", "name", "-o", "sites"], "is not one of"),
        (["learn", "stories", "--by", "path", "-o", "stories/alpha.example/ferry.txt"], "is a file"),
        (["check", "stories", "--sites", "stories"], "contains no site templates"),
        (["check", "stories", "--sites", "nowhere"], "does not exist"),
        (["check", "stories", "--site", "beta.example"], "--site requires --sites"),
        (["check", "stories", "--sites", "good", "--site", "betta.example"], "did you mean beta.example?"),
        (["check", "stories", "--sites", "good", "--site", "x"], "it has alpha.example, beta.example"),
        (["check", "stories", "--sites", "good", "--skip", "sites"], "did you mean 'site'?"),
        (["check", "stories", "--sites", "bad"], "alpha.example.site.jsonl:1: not JSON"),
    ],
)
@pytest.mark.usefixtures("stories")
def test_wrong_options_and_input_give_a_message(run: Run, folder: Path, args: list[str], says: str) -> None:
    run("learn", "stories", "--by", "path", "-o", "good")
    (folder / "odd.csv").write_text("n,text\n1,Noon.\n")
    (folder / "bad").mkdir()
    (folder / "bad" / "alpha.example.site.jsonl").write_text("nonsense")
    done = run(*args)
    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.output


def test_a_bad_template_stops_the_files_of_its_site_alone(run: Run, stories: Path, folder: Path) -> None:
    run("learn", "stories", "--by", "path", "-o", "sites")
    (folder / "sites" / "alpha.example.site.jsonl").write_text("nonsense")
    done = run("clean", "--sites", "sites", "stories")
    assert done.exit_code == 2
    assert "stories/alpha.example/ferry.txt: left unchanged: " in done.stderr
    assert "6 files: 3 changed, 0 unchanged, 3 failed" in done.stderr
    assert (stories / "alpha.example" / "ferry.txt").read_text() == page("alpha.example", "ferry")
    assert (stories / "beta.example" / "ferry.txt").read_text() == clean_page("ferry")


ROWS: list[dict[str, Any]] = [
    {"n": n, "url": f"https://www.{s}/{a}", "text": page(s, a)} for s in SITES for n, a in enumerate(NAMES)
]
ROWS += [
    {"n": 7, "url": None, "text": page("alpha.example", "pub")},
    {"n": 8, "url": "https://x.example/", "text": None},
]


def as_jsonl() -> bytes:
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def as_csv() -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, ROWS[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "text": row["text"] or ""} for row in ROWS)
    return sink.getvalue().encode()


def as_wet() -> bytes:
    def record(kind: str, url: str, text: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{url}Content-Length: {len(text)}\r\n\r\n"
        return head.encode() + text + b"\r\n\r\n"

    parts = [record("warcinfo", "", b"software: ours")]
    for row in ROWS:
        url = f"WARC-Target-URI: {row['url']}\r\n" if row["url"] else ""
        parts.append(record("conversion", url, (row["text"] or "").encode()))
    return b"".join(parts)


def as_parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink, row_group_size=4)
    return sink.getvalue()


def as_arrow() -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(ROWS)
    for name in ("url", "text"):
        table = table.set_column(table.schema.names.index(name), name, table[name].dictionary_encode())
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "rows.jsonl": as_jsonl,
    "rows.jsonl.gz": lambda: gzip.compress(as_jsonl()),
    "rows.jsonl.zst": lambda: zstandard.compress(as_jsonl()),
    "rows.csv": as_csv,
    "rows.parquet": as_parquet,
    "rows.arrow": as_arrow,
    "rows.wet.gz": lambda: gzip.compress(as_wet()),
}


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", FILES)
def test_every_format_is_learned_and_cleaned_by_the_addresses_of_its_records(run: Run, folder: Path, name: str) -> None:
    (folder / name).write_bytes(FILES[name]())
    assert run("learn", "dump", "-o", "known", "-q").exit_code == 0
    done = run("learn", name, "-o", "sites", "-q")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    number = {"csv": 8, "gz": 8}.get(name.rpartition(".")[2], 7) - (name == "rows.jsonl.gz")
    assert f"{name}:{number}: no address, so the site is unknown" in done.stderr
    mine = learned(folder / "sites")
    mine.pop("x.example.site.jsonl", None)
    assert mine == learned(folder / "known")

    assert run("clean", "-q", "--sites", "sites", name, "-o", f"out/{name}").exit_code == 0
    (folder / "one").mkdir()
    (folder / "one" / name).write_bytes((folder / "out" / name).read_bytes())
    texts = [page.text for page in texts_of(folder / "one" / name)]
    assert texts[:6] == [clean_page(about) for _ in SITES for about in NAMES]
    assert texts[6] == page("alpha.example", "pub")


def texts_of(path: Path) -> list[Document]:
    return [found.document for found in documents(recognise(Location(str(path)), Reading())) if found.document]


@pytest.mark.usefixtures("stories")
def test_records_and_packed_texts_are_learned_by_their_folder_too(run: Run, folder: Path) -> None:
    for site in SITES:
        (folder / "mixed" / site / "deep").mkdir(parents=True)
        rows = [{"body": page(site, about)} for about in NAMES[1:]]
        (folder / "mixed" / site / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (folder / "mixed" / site / "deep" / "a.txt.gz").write_bytes(gzip.compress(page(site, NAMES[0]).encode()))
    assert run("learn", "mixed", "--by", "path", "-o", "one", "-q").output == ""
    assert run("learn", "stories", "--by", "path", "-o", "two", "-q").output == ""
    assert learned(folder / "one") == learned(folder / "two")
