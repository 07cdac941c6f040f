"""The wheel, installed into an empty environment, works outside a checkout."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.support import follow_readme

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Return the stdout of a command that does not see this checkout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(0)  # it downloads; the time that takes says nothing about the code
def test_the_demo_of_an_installed_wheel(tmp_path: Path) -> None:
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    run(sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, *pip, "install", wheel, cwd=tmp_path)

    where = run(python, "-c", "import cleanwire; print(cleanwire.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path / "env")
    shown = run(tmp_path / "env" / "bin" / "cleanwire", "demo", cwd=tmp_path)
    assert "── before: english" in shown
    assert "[credit] Jon Hale, Getty Images" in shown
    (tmp_path / "story.txt").write_text("She left at noon.\n\nPost a comment\n")
    run(tmp_path / "env" / "bin" / "cleanwire", "clean", "--no-undo", "story.txt", cwd=tmp_path)
    assert (tmp_path / "story.txt").read_text() == "She left at noon.\n"
    (tmp_path / "readme").mkdir()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    follow_readme(tmp_path / "readme", tmp_path / "env" / "bin", plain)
