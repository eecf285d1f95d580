"""Facts that only looking gives: room, speed, rights, and whether an address answers. Leaves nothing behind, judges
nothing, and asks nobody but this machine.
"""

from __future__ import annotations

import http.client
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

TRIES = 9
BLOCK = b"\0" * 4096  # a page of the database
PATIENCE_SECONDS = 3.0
LARGEST_ANSWER = 100_000


def free(folder: Path) -> float:
    """Bytes that are free where the folder is, or will be."""
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), Path("/"))
    return float(shutil.disk_usage(there).free)


def syncs(folder: Path, monotonic: Callable[[], float], tries: int = TRIES) -> tuple[list[float], str]:
    """Seconds that each of a few writes takes to be durable, as an answer's does; else why none could be made."""
    taken = []
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            for _ in range(tries):
                begun = monotonic()
                file.write(BLOCK)
                file.flush()
                os.fsync(file.fileno())
                taken.append(monotonic() - begun)
    except OSError as fault:
        return [], fault.strerror or type(fault).__name__
    return taken, ""


def key(path: Path) -> str:
    """`fine`, `windows` (where rights stand elsewhere), `exposed` or `missing`."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return "missing"
    if os.name == "nt":
        return "windows"
    return "exposed" if mode & 0o077 else "fine"


def reach(origin: str) -> str:
    """Why the server does not answer at this origin; empty where it does."""
    return _asked(origin, "/build")[0]


def figures(origin: str) -> dict[str, float]:
    """What a server that runs at this origin tells its operator; empty where none answers."""
    rows = (line.split() for line in _asked(origin, "/metrics")[1].splitlines() if line.startswith("mufakat_"))
    return {row[0].removeprefix("mufakat_"): float(row[1]) for row in rows if len(row) == 2}


def _asked(origin: str, path: str) -> tuple[str, str]:
    """What is wrong with the answer, or nothing and its text."""
    parts = urlsplit(origin)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read(LARGEST_ANSWER).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as fault:
        return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__, ""
    finally:
        connection.close()
    return ("", text) if answer.status == http.HTTPStatus.OK else (f"HTTP {answer.status}", "")
