"""A bundle as one page to hand on, made without a house: verified, told, packed. Opens no database and holds no key."""

from __future__ import annotations

from pathlib import Path

from server.app.house import StartError
from server.locale import Language
from server.reports.stepping import replay
from server.trail.findings import Report
from server.web.assets import NotBuilt
from server.web.replay_file import replay_file


def replay_page(bundle: Path, language: Language, vkey: str | None) -> tuple[Report, bytes | None]:
    """The verdict, and the page where it is VALID or INCOMPLETE. StartError: not_built."""
    told = replay(bundle, language, vkey=vkey)
    if told.told is None:
        return told.verdict, None
    try:
        return told.verdict, replay_file(told, language)
    except NotBuilt as fault:
        raise StartError(fault.code, str(fault)) from None
