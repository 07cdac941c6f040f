"""Where records come from: what can be read only once is copied."""

import io
import os
import tempfile
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.formats.source import copied


class Broken(io.BytesIO):
    def read(self, _: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_stream_is_copied_and_the_copy_removed(temporary: Path) -> None:
    with copied(io.BytesIO(b"She left.")) as copy:
        assert copy.path.read_bytes() == b"She left."
        assert copy.path.parent == temporary
    assert os.listdir(temporary) == []
    with copied(io.BytesIO(b"She left.")) as copy:
        copy.path.unlink()  # as whoever tidies the folder up may do


def test_a_stream_that_cannot_be_read_or_copied(temporary: Path) -> None:
    with pytest.raises(FileError, match=r"^stdin: cannot be copied to a temporary file \(Input/output error\)"):
        copied(Broken()).__enter__()
    assert os.listdir(temporary) == []
    temporary.rmdir()
    with pytest.raises(FileError, match="set TMPDIR to a folder with free space"):
        copied(io.BytesIO(b"")).__enter__()
