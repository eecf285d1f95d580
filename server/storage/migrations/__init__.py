"""How the tables came to be, step by step; run by `database`, never by hand. Owns the list of steps and no query."""

from __future__ import annotations

STEPS = ("0001", "0002")  # every step this program knows, oldest first; a database at another one is newer
