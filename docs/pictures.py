"""Draw the terminal and a report for the documentation: ``python -m docs.pictures``; ``make pictures``."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cleanwire import Cleaner, notation
from cleanwire.report.model import Reviewed, review
from cleanwire.report.page import review_page
from cleanwire.report.reasons import reasons

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "terminal.svg"
REPORT = ROOT / "docs" / "report.png"
SEEDS = ("bbc-like", "blog-share-bar-middle", "cnn-like", "guardian-like", "thirteen-lines", "wordpress-blog")
"""The texts of the report."""
WIDTH = 100
_FONTS = re.compile(r"@font-face \{.*?\}\n?", re.DOTALL)


def story() -> str:
    """Return the first text of the five-minute start, docs/start.md."""
    page = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    block = page.split("bridge.txt <<'END'\n")[1].split("> END")[0]
    return "".join(f"{line.removeprefix('>').removeprefix(' ')}\n" for line in block.split("\n")[:-1])


def picture(command: list[str], output: str) -> str:
    """Return an SVG of a terminal that shows a command and its output; it loads no font from elsewhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(width=WIDTH, record=True, file=nowhere, force_terminal=True)
        console.print(Text(f"$ {' '.join(command)}\n", style="bold"))
        console.print(Text.from_ansi(output))
    drawn = console.export_svg(title="cleanwire", unique_id="terminal")
    lines = [line.rstrip() for line in _FONTS.sub("", drawn).split("\n")]
    return "\n".join(lines)


def report_page() -> str:
    """Return the page of a report on some seeds, with its second rule open."""
    files = [ROOT / "seeds" / f"{name}.txt" for name in SEEDS]
    texts = {file.name: notation.source(notation.parse(file.read_text(encoding="utf-8"))) for file in files}
    found = review((Reviewed(f"stories/{name}", Cleaner()(text)) for name, text in texts.items()), reasons())
    first, second, rest = review_page(found, "stories").split("<details ", 2)
    return f"{first}<details {second}<details open {rest}"


def photograph(page: str, target: Path, size: tuple[int, int]) -> None:
    """Write a picture of a page, as Chromium shows it, to `target`."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise SystemExit("no Chromium; install it with `make chromium`")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(page, encoding="utf-8")
        subprocess.run(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}",
                f"--screenshot={target}", f"file://{folder}/page.html",
            ],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def main() -> None:
    """Write the pictures."""
    command = ["cleanwire", "diff", "stories/bridge.txt"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "stories").mkdir()
        (Path(folder) / "stories" / "bridge.txt").write_text(story(), encoding="utf-8")
        env = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=True
        )
    TARGET.write_text(picture(command, run.stdout), encoding="utf-8")
    photograph(report_page(), REPORT, (1100, 860))
    for target in (TARGET, REPORT):
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
