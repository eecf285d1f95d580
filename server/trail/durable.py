"""Small files that must survive a power cut: written aside, synced, then put in place in one step.

Owns that one step. Never leaves half a file under the name asked for, and never chooses names or contents.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def create(path: Path, content: bytes) -> None:
    """Create `path`, readable by its owner alone; FileExistsError (nothing changed) if it is there already.

    OSError if the directory is missing or read-only, or its file system has no hard links.
    """
    _place(path, content, os.link)


def replace(path: Path, content: bytes) -> None:
    """Create `path` or replace its content, readable by its owner alone; OSError as `create`."""
    _place(path, content, os.replace)


def _place(path: Path, content: bytes, put: Callable[[str, Path], None]) -> None:
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(aside, path)
    finally:
        Path(aside).unlink(missing_ok=True)
    sync(path.parent)


def sync(directory: Path) -> None:
    """Make the names in a directory durable; fsync of a file alone does not cover its name. OSError."""
    # Windows opens no directories and journals names by itself.
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
