"""Where chance comes from: the machine's own source, or whatever a test hands over. Owns no seed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, NamedTuple


class Chance(NamedTuple):
    """`draw(n)` gives n random bytes, `shuffle(list)` puts a list into random order in place."""

    draw: Callable[[int], bytes]
    shuffle: Callable[[list[Any]], None]


SYSTEM = Chance(secrets.token_bytes, secrets.SystemRandom().shuffle)
