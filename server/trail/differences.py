"""Where what the trail says and what is computed again part ways, said in one sentence.

Owns the tolerance: decimal figures may differ by one unit of their last place, everything else not at all.
"""

from __future__ import annotations

import re
from typing import Any

from server.workshop.contents import plain

_six = re.compile(r"(?!-0\.0{6})-?(0|[1-9][0-9]{0,11})\.[0-9]{6}", re.ASCII)
_shown = 60


class Difference(Exception):
    """What an entry says is not so; the text is the end of a sentence that begins with the entry."""


def compare(what: str, told: object, found: object, *, exact: bool = False) -> None:
    """Hold a content as told against the same as computed; Difference names the first figure that is not so."""
    different = _first(plain(told), plain(found), "", exact)
    if different is not None:
        path, one, other = different
        name = f"{path} of {what}" if path else what
        raise Difference(f"gives {name} as {_text(one)}; it is {_text(other)}")


def _first(told: Any, found: Any, path: str, exact: bool) -> tuple[str, Any, Any] | None:
    if isinstance(told, dict) and isinstance(found, dict):
        for key in sorted(told.keys() | found.keys()):
            if key not in told or key not in found:
                return _under(path, key), told.get(key), found.get(key)
            if (different := _first(told[key], found[key], _under(path, key), exact)) is not None:
                return different
        return None
    if isinstance(told, list | tuple) and isinstance(found, list | tuple) and len(told) == len(found):
        pairs = (_first(one, other, path, exact) for one, other in zip(told, found, strict=True))
        return next(((path, told, found) for different in pairs if different is not None), None)
    if not exact and _close(told, found):
        return None
    return None if type(told) is type(found) and told == found else (path, told, found)


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _close(told: Any, found: Any) -> bool:
    if not (isinstance(told, str) and isinstance(found, str) and _six.fullmatch(told) and _six.fullmatch(found)):
        return False
    return abs(int(told.replace(".", "")) - int(found.replace(".", ""))) <= 1


def decimal_or_none(value: str | None) -> bool:
    """Whether a figure is written as the trail writes figures."""
    return value is None or _six.fullmatch(value) is not None


def _text(value: Any) -> str:
    text = "nothing" if value is None else str(list(value) if isinstance(value, tuple) else value)
    return text if len(text) <= _shown else f"{text[:_shown]}…"
