"""Small pieces of inline SVG: numbers written short, paths of a ring, text cut into lines. Knows no figure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from math import cos, pi, radians, sin

from markupsafe import Markup


def short(value: float) -> str:
    """A coordinate with at most two decimals and no idle zeros; never minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def draw(template: str, /, **values: float | str) -> Markup:
    """Fill a piece of SVG: numbers are written short, texts escaped."""
    filled = {name: short(value) if isinstance(value, int | float) else value for name, value in values.items()}
    return Markup(template).format(**filled)


def join(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("").join(pieces)


def point(centre: tuple[float, float], angle: float, radius: float) -> tuple[float, float]:
    """A point at `angle` degrees clockwise from the top."""
    turned = radians(angle - 90)
    return centre[0] + radius * cos(turned), centre[1] + radius * sin(turned)


def sector(
    centre: tuple[float, float], angles: tuple[float, float], radii: tuple[float, float], inset: float = 0.0
) -> str:
    """Path of an annular sector; `inset` is taken off both straight sides at every radius."""
    (start, end), (inner, outer) = angles, radii
    trims = [inset / radius * 180 / pi for radius in (inner, outer)]
    a, b, c, d = (
        " ".join(map(short, point(centre, angle, radius)))
        for angle, radius in (
            (start + trims[0], inner), (end - trims[0], inner), (start + trims[1], outer), (end - trims[1], outer),
        )
    )  # fmt: skip
    far, near = short(outer), short(inner)
    large = int(end - start > 180)
    return f"M{a}L{c}A{far} {far} 0 {large} 1 {d}L{b}A{near} {near} 0 {large} 0 {a}Z"


def lines(text: str, width: int) -> list[str]:
    """A text broken at its spaces into lines of at most `width` letters."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
