"""Worker processes for tests: started when first asked, and gone at the end."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.worker.workers import Workers


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(30)
    yield made
    made.stop()


@pytest.fixture
def beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have every Python process that starts from now on begin with this code."""

    def begin(code: str) -> None:
        folder = tmp_path / "site"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(code)
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(folder), os.environ.get("PYTHONPATH", ""))))

    return begin
