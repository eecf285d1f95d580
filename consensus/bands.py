"""A value in percent of its scale, and the band it falls into. It knows no tree above a value."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from typing import TypeAlias

from consensus.arguments import shown
from consensus.errors import ConsensusError
from consensus.framework import Framework, as_framework
from consensus.scale import Scale, as_scale
from consensus.tree import Band

Number: TypeAlias = float | str | Fraction


def percent(x: Number, scale: Scale | Iterable[float], rule: str = "range") -> float:
    """Give a value in percent of the scale, 0 to 100: ``range`` is (x − min)/(max − min), ``max`` is x/max."""
    scale = as_scale(scale)
    return float(_percent(on_scale("x", x, scale), scale, rule))


def band(framework: Framework, value: Number | None) -> Band | None:
    """Give the band in which a value lies; its percent decides, and a band's start belongs to it."""
    framework = as_framework(framework)
    if value is None:
        return None
    share = _percent(on_scale("value", value, framework.scale), framework.scale, framework.percent)
    return next((band for band in reversed(framework.bands) if band.least <= share), framework.bands[0])


def _percent(value: Fraction, scale: Scale, rule: str) -> Fraction:
    low, high = exact(scale.low), exact(scale.high)
    if isinstance(rule, str) and rule == "range":
        return 100 * (value - low) / (high - low)
    if isinstance(rule, str) and rule == "max" and high > 0:
        return 100 * value / high
    raise ConsensusError("rule", "bad_percent_rule", 'Use the percent rule "range", or "max" on a scale above 0.')


def on_scale(argument: str, value: object, scale: Scale, of: str = "") -> Fraction:
    """Read a number as `exact` does; refuse under ``off_scale`` what is none, or lies beyond the scale's ends."""
    found = None
    if isinstance(value, numbers.Real | str) and not isinstance(value, bool):
        with suppress(ValueError):
            found = Fraction(str(value))
    if found is None or not scale.low <= found <= scale.high:
        which = f"`{argument}` gives {of} the value" if of else f"`{argument}` is"
        raise ConsensusError(
            argument, "off_scale", f"{which} {shown(value)}; use a number from {scale.low:g} to {scale.high:g}."
        )
    return found


def exact(value: Number) -> Fraction:
    """Read a number as the fraction it is written as."""
    # A float stands for the shortest decimal that means it: 2.1 is twenty-one tenths.
    return value if isinstance(value, Fraction) else Fraction(str(value))
