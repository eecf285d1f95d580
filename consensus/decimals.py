"""Figures as text: exact, the same on every machine. It rounds once, half to even, and never passes a float on."""

from __future__ import annotations

from fractions import Fraction


def six(value: Fraction) -> str:
    """Write a figure with six places, as the trail holds it: ``"3.500000"``."""
    millionths = round(value * 1_000_000)
    whole, part = divmod(abs(millionths), 1_000_000)
    return f"{'-' if millionths < 0 else ''}{whole}.{part:06d}"


def short(value: Fraction) -> str:
    """Write a figure with at most six places and no trailing zero: ``"0.5"``, ``"2"``."""
    return six(value).rstrip("0").rstrip(".")
