"""The names of namespaces and rooms: who hears what together. Names only; membership is python-socketio's."""

from __future__ import annotations

BALLOT, CONSOLE, DISPLAY = "/ballot", "/console", "/display"
NAMESPACES = (BALLOT, CONSOLE, DISPLAY)
HALL = "workshop"  # what a display stands for that stands for no group


def ballots(workshop: str, group: str) -> str:
    """The phones of a group, by the group their seats belong to."""
    return f"{workshop}/{group}"


def staff(workshop: str) -> str:
    """The consoles of a workshop."""
    return f"{workshop}/staff"


def hall(workshop: str) -> str:
    """The displays of a workshop."""
    return f"{workshop}/hall"
