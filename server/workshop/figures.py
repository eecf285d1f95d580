"""How a figure is written in the trail: six decimal places as a string, or null."""

from __future__ import annotations

import math


def decimal(value: float | None) -> str | None:
    """`2.5` as `"2.500000"`; nan, infinities and None as null; never minus zero."""
    if value is None or not math.isfinite(value):
        return None
    text = f"{value:.6f}"
    return text.removeprefix("-") if float(text) == 0 else text
