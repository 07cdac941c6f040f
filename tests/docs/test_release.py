"""Releases: every file names the same version, or the release stops."""

import shutil
from pathlib import Path

import pytest

from docs import release


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("pyproject.toml", "CITATION.cff"):
        shutil.copy(release.ROOT / name, tmp_path)
    version = release.versions(release.ROOT)["pyproject.toml"]
    (tmp_path / "CHANGELOG.md").write_text(
        f"# Changelog\n\n## [Unreleased]\n\n## [{version}] - 2024-04-03\n\n## [0.0.1]\n"
    )
    monkeypatch.setattr(release, "ROOT", tmp_path)
    return tmp_path


def test_one_version_passes(checkout: Path) -> None:
    assert release.main(release.versions(checkout)["pyproject.toml"]) == 0


def test_a_file_that_names_another_version_is_named(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    version = release.versions(checkout)["pyproject.toml"]
    (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n")
    assert release.main(version) == 1
    assert capsys.readouterr().err == f"CHANGELOG.md names version none, not {version}\n"


def test_the_package_and_the_citation_agree() -> None:
    named = release.versions(Path(__file__).parents[2])
    assert named["pyproject.toml"] == named["CITATION.cff"]
