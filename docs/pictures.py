"""Draw the terminal for the documentation: ``python -m docs.pictures`` writes docs/terminal.svg; ``make pictures``."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "terminal.svg"
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


def main() -> None:
    """Write the picture."""
    command = ["cleanwire", "diff", "stories/bridge.txt"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "stories").mkdir()
        (Path(folder) / "stories" / "bridge.txt").write_text(story(), encoding="utf-8")
        env = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=True
        )
    TARGET.write_text(picture(command, run.stdout), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
