"""Rehearsals of a workshop: how they are called, and what ends one. Pure; it knows no other workshop's state.

A rehearsal carries its workshop's name and its own in one: `w3f…-gladi-2`. The name stands in the first line of its
trail and in every signed head, so that nothing of a rehearsal can be taken for the day, and none can become it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"(.+)-gladi-([1-9][0-9]*)")


def rehearses(workshop: str) -> str | None:
    """The workshop that this one rehearses; None where it is a workshop of its own."""
    named = _NAME.fullmatch(workshop)
    return named[1] if named else None


def next_name(workshop: str, known: Iterable[str]) -> str:
    """What a further rehearsal of a workshop is called, beside those there are."""
    taken = [int(named[2]) for other in known if (named := _NAME.fullmatch(other)) and named[1] == workshop]
    return f"{workshop}-gladi-{max(taken, default=0) + 1}"
