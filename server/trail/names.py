"""Names of trails: `mufakat/<workshop>`, and `mufakat/<workshop>/2`, … where an older copy went on.

Owns how such a name is read and which comes next. Never knows why a trail went on.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

_numbered = re.compile(r"(.+)/([2-9]|[1-9][0-9]{1,5})", re.ASCII)


class Numbered(NamedTuple):
    """An origin taken apart: the name the trail began under, and how many names it has had."""

    first: str
    number: int

    def next(self) -> str:
        """The name after this one."""
        return f"{self.first}/{self.number + 1}"


def numbered(origin: str) -> Numbered:
    """An origin as its first name and its number; a name that continues nothing is number 1."""
    found = _numbered.fullmatch(origin)
    return Numbered(found[1], int(found[2])) if found else Numbered(origin, 1)


def latest(origin: str, known: Iterable[str]) -> str | None:
    """Of the known origins of the same trail, the one with the highest number; None where none is of this trail."""
    first = numbered(origin).first
    mine = [other for other in known if numbered(other).first == first]
    return max(mine, key=lambda other: numbered(other).number, default=None)
