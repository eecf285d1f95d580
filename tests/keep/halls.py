"""What tests of backup, restore and erasure share: a hall on files, its bundle, and a verdict on it. No test here."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from small_hall import ORGANISER, W

from config import Settings
from server.app import StartError
from server.app.keeping import restore
from server.engine import Engine
from server.trail import bundle
from server.trail.disclosure import Disclosure, Level
from server.trail.findings import Report
from server.trail.verify import verify
from server.workshop import commands as c


def settings(folder: Path, **env: str) -> Settings:
    return Settings.from_env({"MUFAKAT_DATA_DIR": str(folder)} | env)


def finish(engine: Engine) -> None:
    """From any revealed or waiting group to the frozen index."""
    for group in ("D1", "D2"):
        engine.submit(W, ORGANISER, c.Conclude(group=group))
    engine.submit(W, ORGANISER, c.Freeze())


def show(engine: Engine) -> None:
    """Disclose and reveal the closed round of D1."""
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    engine.submit(W, ORGANISER, c.Reveal(group="D1"))


def bundled(engine: Engine, folder: Path, disclose: Level = "full") -> Path:
    """A bundle of the hall as it stands."""
    stored: dict[int, tuple[bytes, list[bundle.Opening]]] = {
        seq: (line, []) for seq, line in enumerate(engine.lines(W))
    }
    for opening in engine.openings(W):
        stored[opening.seq][1].append(opening)
    out = io.BytesIO()
    bundle.write(
        out, trail=stored.values(), notes=[head.note for head in engine.heads(W)], vkey=engine.vkey(W),
        disclosure=Disclosure(disclose, 5), report_html=b"<!doctype html><title>Laporan</title>",
    )  # fmt: skip
    path = folder / f"{disclose}.zip"
    path.write_bytes(out.getvalue())
    return path


def verdict(engine: Engine, folder: Path, disclose: Level = "full", **how: str) -> Report:
    return verify(bundled(engine, folder, disclose), **how)  # type: ignore[arg-type]  # texts or nothing


def code_of(folder: Path, backup: Path, **how: Any) -> str:
    with pytest.raises(StartError) as caught:
        restore(settings(folder), backup, **how)
    return str(caught.value.code)
