"""Small figures for table cells: dots of one vote, a goal's bar, a gap's dumbbell. One ruler, left to right.

Full is what the room said, hollow the earlier survey, hatched not agreed. It is told what to draw; looks up nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from server.reports.svg import draw, join

COLUMN = 26.0  # width of one category in a dot strip
PITCH = 8.0  # of dots; a category has room for three side by side
DEEP = 7  # dots upon each other, before they stand two or three abreast
MOST_DOTS = 3 * DEEP  # of one category; above, a column stands for them
PAD = 14.0
THIN = 4.0  # of a span that is a point


@dataclass(frozen=True)
class Ruler:
    """The scale laid out in a figure of a given width."""

    low: float
    high: float
    width: float
    pad: float = PAD

    def x(self, value: float) -> float:
        return self.pad + (self.width - 2 * self.pad) * (value - self.low) / (self.high - self.low)

    def grid(self, categories: Sequence[float], top: float, height: float) -> Markup:
        return join(
            draw('<path class="f-axis" d="M{x} {y}v{h}"/>', x=self.x(category), y=top, h=height)
            for category in categories
        )


def scale_head(ruler: Ruler, categories: Sequence[float], names: Sequence[str]) -> Markup:
    """The numbers of the scale above a column of figures that lie on the same ruler."""
    numbers = join(
        draw('<text class="f-mid f-quiet" x="{x}" y="13">{name}</text>', x=ruler.x(category), name=name)
        for category, name in zip(categories, names, strict=True)
    )
    return (
        draw('<svg class="figure" viewBox="0 0 {w} 18" aria-hidden="true">', w=ruler.width) + numbers + Markup("</svg>")
    )


def dots_ruler(categories: Sequence[float]) -> Ruler:
    """The ruler of dot strips: a column a category."""
    return Ruler(categories[0], categories[-1], COLUMN * len(categories), COLUMN / 2)


def dots(
    counts: Sequence[int], categories: Sequence[float], *, median: float, q1: float, q3: float, text: str
) -> Markup:
    """One vote on one item: a dot a person, counts above, the middle half behind and the middle score as a tick."""
    ruler = dots_ruler(categories)
    width = ruler.width
    fullest = max(*counts, 1)
    abreast = min(3, -(-fullest // DEEP))
    tall = min(DEEP, -(-fullest // abreast)) * PITCH
    base = 14 + tall + 3
    marks = []
    for category, count in zip(categories, counts, strict=True):
        if count:
            marks.append(_stack(ruler.x(category), base, count, fullest, abreast))
    band = draw(
        '<rect class="f-band" x="{x}" y="12" width="{w}" height="{h}"/><path class="f-median" d="M{m} 12v{h}"/>',
        x=ruler.x(q1) - 11, w=ruler.x(q3) - ruler.x(q1) + 22, h=base - 12, m=ruler.x(median),
    )  # fmt: skip
    head = draw('<svg class="figure strip" viewBox="0 0 {w} {h}" role="img" aria-label="{text}">',
                w=width, h=base + 2, text=text)  # fmt: skip
    axis = draw('<path class="f-base" d="M1 {y}H{w}"/>', y=base, w=width - 1)
    return head + band + join(marks) + axis + Markup("</svg>")


def _stack(x: float, base: float, count: int, fullest: int, abreast: int) -> Markup:
    """The dots of one category with their number above; a column to scale where they are too many."""
    if fullest <= MOST_DOTS:
        top = base - 3 - -(-count // abreast) * PITCH
        body = join(
            draw('<circle class="f-dot" cx="{x}" cy="{y}" r="{r}"/>', r=PITCH * 0.42,
                 x=x + (place % abreast - (abreast - 1) / 2) * PITCH, y=base - 3 - (place // abreast + 0.5) * PITCH)
            for place in range(count)
        )  # fmt: skip
    else:
        top = base - 3 - DEEP * PITCH * count / fullest
        body = draw('<rect class="f-dot" x="{x}" y="{y}" width="16" height="{h}"/>', x=x - 8, y=top, h=base - 3 - top)
    number = draw('<text class="f-mid f-count" x="{x}" y="{y}">{n}</text>', x=x, y=top - 2.5, n=str(count))
    return body + number


def bar(
    ruler: Ruler, categories: Sequence[float], *, low: float | None, high: float | None, single: bool,
    interview: float | None, metric: float | None, text: str,
) -> Markup:  # fmt: skip
    """A goal on the ruler: full to the lowest it may be, hatched to the highest; grey where it is withheld.

    `single` says that it has one value; without one the span is hatched even where both ends are the same.
    """
    start, tall = ruler.x(categories[0]) - 8, 28.0
    pieces = [ruler.grid(categories, 0, tall)]
    if low is None or high is None:
        pieces.append(draw('<rect class="w-withheld" x="{x}" y="7" width="{w}" height="14"/>',
                           x=start, w=ruler.x(categories[-1]) - start))  # fmt: skip
    else:
        pieces.append(
            draw('<rect class="w-ray" x="{x}" y="7" width="{w}" height="14"/>', x=start, w=ruler.x(low) - start)
        )
        if not single:
            pieces.append(draw(
                '<rect class="w-hatch-ground" x="{x}" y="7" width="{w}" height="14"/>'
                '<rect class="w-open" fill="url(#hatch)" x="{x}" y="7" width="{w}" height="14"/>',
                x=ruler.x(low), w=max(ruler.x(high) - ruler.x(low), THIN),
            ))  # fmt: skip
    if metric is not None:
        pieces.append(draw('<path class="f-hollow" d="M{x} 7l7 7l-7 7l-7-7z"/>', x=ruler.x(metric)))
    if interview is not None:
        pieces.append(draw('<circle class="f-hollow" cx="{x}" cy="14" r="6"/>', x=ruler.x(interview)))
    head = draw('<svg class="figure" viewBox="0 0 {w} {h}" role="img" aria-label="{text}">',
                w=ruler.width, h=tall, text=text)  # fmt: skip
    return head + join(pieces) + Markup("</svg>")


def dumbbell(
    ruler: Ruler, categories: Sequence[float], *, earlier: float, middle: float, diamond: bool, text: str
) -> Markup:
    """The earlier survey (hollow: circle, or diamond for measured data) and the room (full); the gap between them."""
    a, b = ruler.x(earlier), ruler.x(middle)
    hollow = "M{a} 5l7 7l-7 7l-7-7z" if diamond else "M{left} 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"
    return draw(
        '<svg class="figure" viewBox="0 0 {w} 24" role="img" aria-label="{text}">', w=ruler.width, text=text
    ) + ruler.grid(categories, 4, 16) + draw(
        '<path class="f-link" d="M{a} 12H{b}"/><circle class="f-full" cx="{b}" cy="12" r="6.5"/>'
        f'<path class="f-hollow" d="{hollow}"/></svg>', a=a, b=b, left=a - 6,
    )  # fmt: skip
