"""A profile's values as people read them: percent of the scale, band, and how much of what was asked is answered."""

from __future__ import annotations

from consensus import band, completeness, percent
from consensus.tree import Band
from server.workshop.figures import decimal
from server.workshop.freezing import streams
from server.workshop.state import State


def in_percent(state: State, value: str | None) -> str | None:
    """A value in percent of the scale, 0 to 100, with six places; None where there is none."""
    return None if value is None else decimal(percent(value, state.scale, state.tree.percent))


def band_of(state: State, value: str | None) -> Band | None:
    """The band of the framework in which a value lies; None where there is none."""
    return band(state.tree, value)


def coverage(state: State) -> dict[str, dict[str, tuple[int, int]]]:
    """By stream of the earlier survey and node: how many questions were answered, and how many were asked."""
    return {
        name: completeness(state.tree, stream.coverage)
        for name, stream in streams(state).items()
        if stream.coverage is not None
    }
