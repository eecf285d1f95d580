"""The resilience wheel: dimensions, goals and a ray for each indicator, on rings of equal steps of the scale.

Angles run clockwise from the top and every indicator has the same. A ray starts at the hub; the lowest score already
has length, so that nothing vanishes. Only lengths are to be read. It is told what to draw and looks up nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Literal

from markupsafe import Markup

from server.reports.svg import draw, join, lines, point, sector, short

WIDTH, HEIGHT = 1064, 880
CENTRE = (532.0, 440.0)
HUB, REACH = 84.0, 250.0
GAP_GOAL, GAP_DIMENSION = 2.2, 5.0
LETTERS, LINE = 17, 24  # of a goal's name beside the wheel
LEAST = 7.0  # a span that is no wider than a point is still seen
CORNERS = 4
MOST_RAYS = 160  # more would be thinner than a print can show

Kind = Literal["agreed", "decided", "open", "grey"]


@dataclass(frozen=True)
class Ray:
    """One indicator: full to `high`, or hatched from `low` to `high`; `grey` has neither. `text` says it in words."""

    kind: Kind
    low: float
    high: float
    interview: float | None
    text: str


@dataclass(frozen=True)
class Wedge:
    """One goal; `dim` is the number of its dimension's colour and shape, 1 to 4."""

    label: str
    name: str
    dimension: str
    dim: int
    rays: tuple[Ray, ...]


class Wheel:
    """Geometry of one wheel on one scale."""

    def __init__(self, wedges: Sequence[Wedge], categories: Sequence[float]) -> None:
        self.wedges, self.categories = wedges, categories
        self._steps = len(categories)
        self._rays = sum(len(wedge.rays) for wedge in wedges)

    @property
    def drawable(self) -> bool:
        return 0 < self._rays <= MOST_RAYS

    @property
    def cornered(self) -> bool:
        """Whether the names of the dimensions stand in the corners."""
        return len({wedge.dimension for wedge in self.wedges}) == CORNERS

    def svg(self, title: str, text: str) -> Markup:
        """The whole figure; `title` and `text` say what it is and how to read it."""
        slots = list(self._slots())
        grounds = join(self._ground(wedge, angles) for wedge, angles, _ in slots)
        rays = join(self._rays_of(wedge, angles[0], slot) for wedge, angles, slot in slots)
        names = join(self._name(wedge, sum(angles) / 2) for wedge, angles, _ in slots)
        head = draw(
            '<svg class="figure wheel" viewBox="0 0 {w} {h}" role="img" aria-labelledby="wheel-title wheel-text">'
            '<title id="wheel-title">{title}</title><desc id="wheel-text">{text}</desc>',
            w=WIDTH, h=HEIGHT, title=title, text=text,
        )  # fmt: skip
        return head + grounds + rays + self._rings() + names + self._corners() + Markup("</svg>")

    def _radius(self, score: float) -> float:
        low, high = self.categories[0], self.categories[-1]
        place = (score - low) / (high - low) * (self._steps - 1)
        return HUB + REACH * (place + 1) / self._steps

    def _slots(self) -> Iterator[tuple[Wedge, tuple[float, float], float]]:
        """Each wedge with its angles and the angle of one of its rays."""
        wider = [a.dimension != b.dimension for a, b in zip(self.wedges, self.wedges[1:], strict=False)]
        gaps = [GAP_DIMENSION if wide else GAP_GOAL for wide in wider]
        slot = (360 - GAP_DIMENSION - sum(gaps)) / self._rays
        angle = GAP_DIMENSION / 2
        for wedge, gap in zip(self.wedges, [*gaps, GAP_DIMENSION], strict=True):
            end = angle + slot * len(wedge.rays)
            yield wedge, (angle, end), slot
            angle = end + gap

    def _ground(self, wedge: Wedge, angles: tuple[float, float]) -> Markup:
        path = sector(CENTRE, angles, (HUB, HUB + REACH))
        return draw('<path class="w-goal w-d{dim}" d="{path}"/>', dim=wedge.dim, path=path)

    def _rays_of(self, wedge: Wedge, start: float, slot: float) -> Markup:
        inset = min(2.0, HUB * slot * pi / 180 / 5)
        bodies, arcs = [], []
        for place, ray in enumerate(wedge.rays):
            angles = (start + place * slot, start + (place + 1) * slot)
            bodies.append(self._ray(ray, angles, inset))
            if ray.interview is not None:
                at = self._radius(ray.interview)
                arcs.append(draw('<path class="w-interview" d="{path}"/>',
                                 path=sector(CENTRE, angles, (at - 4, at + 4), inset * 0.75)))  # fmt: skip
        return draw('<g class="w-d{dim}">', dim=wedge.dim) + join(bodies) + join(arcs) + Markup("</g>")

    def _ray(self, ray: Ray, angles: tuple[float, float], inset: float) -> Markup:
        if ray.kind == "grey":
            path = sector(CENTRE, angles, (HUB, HUB + REACH))
            return draw('<path class="w-withheld" d="{path}"><title>{text}</title></path>', path=path, text=ray.text)
        if ray.kind == "open":
            inner, outer = self._radius(ray.low), self._radius(ray.high)
            if outer - inner < LEAST:
                inner, outer = (inner + outer - LEAST) / 2, (inner + outer + LEAST) / 2
            path = sector(CENTRE, angles, (inner, outer), inset)
            return draw(
                '<path class="w-hatch-ground" d="{path}"/><path class="w-open" fill="url(#hatch)" d="{path}">'
                "<title>{text}</title></path>", path=path, text=ray.text,
            )  # fmt: skip
        path = sector(CENTRE, angles, (HUB, self._radius(ray.high)), inset)
        style = "w-ray" if ray.kind == "agreed" else "w-decided"
        return draw('<path class="{style}" d="{path}"><title>{text}</title></path>',
                    style=style, path=path, text=ray.text)  # fmt: skip

    def _rings(self) -> Markup:
        x, y = CENTRE
        radii = [(category, self._radius(category)) for category in self.categories]
        circles = join(draw('<circle class="w-ring" cx="{x}" cy="{y}" r="{r}"/>', x=x, y=y, r=r) for _, r in radii)
        return circles + join(
            draw(
                '<text class="w-ringname f-mid" x="{x}" y="{at}">{name}</text>', x=x, at=y - r + 8, name=short(category)
            )
            for category, r in radii
        )

    def _name(self, wedge: Wedge, middle: float) -> Markup:
        """The goal's number and full name outside its wedge."""
        x, y = point(CENTRE, middle, HUB + REACH + 18)
        lean, rise = sin(radians(middle)), cos(radians(middle))
        side = "f-mid" if abs(lean) < 0.24 else "f-start" if lean > 0 else "f-end"
        told = lines(f"{wedge.label}\u00a0 {wedge.name}", LETTERS)
        top = y - len(told) * LINE * (1 + rise) / 2 + LINE * 0.8
        first = told[0].removeprefix(wedge.label)
        rest = join(draw('<tspan x="{x}" dy="{dy}">{text}</tspan>', x=x, dy=LINE, text=text) for text in told[1:])
        return draw(
            '<text class="w-name {side}" x="{x}" y="{y}"><tspan class="f-strong">{label}</tspan>{first}',
            side=side, x=x, y=top, label=wedge.label, first=first,
        ) + rest + Markup("</text>")  # fmt: skip

    def _corners(self) -> Markup:
        """Names of four dimensions in the corners nearest to them; with more or fewer the table names them."""
        dimensions = dict.fromkeys((wedge.dimension, wedge.dim) for wedge in self.wedges)
        if not self.cornered:
            return Markup("")
        low = HEIGHT - 42
        places = ((WIDTH - 4, 40, True), (WIDTH - 4, low, True), (4, low, False), (4, 40, False))
        return join(
            _corner(name, dim, x, y, right) for (name, dim), (x, y, right) in zip(dimensions, places, strict=True)
        )


def _corner(name: str, dim: int, x: float, y: float, right: bool) -> Markup:
    turn = -1 if right else 1
    told = lines(name, 18)
    rest = join(draw('<tspan x="{x}" dy="30">{text}</tspan>', x=x + turn * 32, text=text) for text in told[1:])
    body = draw(
        '<text class="w-dimension {side}" x="{x}" y="{y}">{first}',
        side="f-end" if right else "f-start", x=x + turn * 32, y=y, first=told[0],
    )  # fmt: skip
    return draw('<g class="w-d{dim}">', dim=dim) + mark(dim, x + turn * 11, y - 9) + body + rest + Markup("</text></g>")


def mark(dim: int, x: float, y: float, size: float = 11) -> Markup:
    """The shape of a dimension, centred: circle, square, triangle or diamond."""
    shapes = {
        1: '<circle class="w-mark" cx="{x}" cy="{y}" r="{s}"/>',
        2: '<path class="w-mark" d="M{left} {top}h{two}v{two}h-{two}z"/>',
        3: '<path class="w-mark" d="M{x} {top}l{wide} {two}h-{twice}z"/>',
        4: '<path class="w-mark" d="M{x} {high}l{far} {far}l-{far} {far}l-{far}-{far}z"/>',
    }
    return draw(
        shapes[dim], x=x, y=y, s=size, left=x - size, top=y - size, two=2 * size, wide=size * 1.15,
        twice=size * 2.3, high=y - size - 3, far=size + 3,
    )  # fmt: skip
