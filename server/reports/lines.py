"""Pictures of how sure a figure is: nameless dots on a line, intervals among bands, and the bars of a tornado.

It is told what to draw, in which words, and looks up nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from server.reports.strips import Ruler
from server.reports.svg import draw, join

DOT = 9.0  # pitch of dots on a line
BAR_HEIGHT, BAR_ROOM = 14.0, 30.0


def correlations(values: Sequence[float], ends: tuple[str, str, str], text: str) -> Markup:
    """Correlations from −1 to 1 as dots upon each other; `ends` are the words for −1, 0 and 1."""
    width, half = 320.0, 140.0
    middle = width / 2
    heights: dict[int, int] = {}
    dots = []
    for value in values:
        place = round((middle + half * value) / DOT)
        level = heights.get(place, 0)
        heights[place] = level + 1
        dots.append((place * DOT, level))
    tall = DOT * max(heights.values(), default=1) + 6
    head = draw('<svg class="figure correlations" viewBox="0 0 {w} {h}" role="img" aria-label="{text}">',
                w=width, h=tall + 24, text=text)  # fmt: skip
    line = draw('<path class="f-axis" d="M{m} 0V{y}"/><path class="f-base" d="M{a} {y}H{b}"/>',
                m=middle, y=tall, a=middle - half - 10, b=middle + half + 10)  # fmt: skip
    marks = join(draw('<circle class="f-dot" cx="{x}" cy="{y}" r="4"/>', x=x, y=tall - 7 - DOT * level)
                 for x, level in dots)  # fmt: skip
    names = join(draw('<text class="f-mid f-quiet" x="{x}" y="{y}">{name}</text>', x=middle + half * at, y=tall + 18,
                      name=name) for at, name in zip((-1, 0, 1), ends, strict=True))  # fmt: skip
    return head + line + marks + names + Markup("</svg>")


# --- intervals among bands --------------------------------------------------------------------------------------------


def bands_head(ruler: Ruler, starts: Sequence[float], names: Sequence[str]) -> Markup:
    """The names of the bands above a column of intervals, each over its own stretch of the ruler."""
    edges = [*starts, ruler.high]
    texts = join(
        draw('<text class="f-mid f-quiet" x="{x}" y="12">{name}</text>', x=(ruler.x(a) + ruler.x(b)) / 2, name=name)
        for a, b, name in zip(edges[:-1], edges[1:], names, strict=True)
    )
    head = draw('<svg class="figure" viewBox="0 0 {w} 18" aria-hidden="true">', w=ruler.width)
    return head + texts + Markup("</svg>")


def interval(
    ruler: Ruler, starts: Sequence[float], *, value: float, ends: tuple[float, float] | None,
    span: tuple[float, float] | None, text: str,
) -> Markup:  # fmt: skip
    """A goal's value as a dot, its interval as a line with ends, and hatched the span of what is not agreed."""
    tall = BAR_ROOM
    middle = tall / 2
    pieces = [
        draw('<path class="f-axis" d="M{x} 0v{h}"/>', x=ruler.x(start), h=tall) for start in (*starts, ruler.high)
    ]
    if span is not None and span[1] > span[0]:
        pieces.append(
            draw('<rect class="w-hatch-ground" x="{x}" y="{y}" width="{w}" height="{h}"/><rect class="w-open" '
                 'fill="url(#hatch)" x="{x}" y="{y}" width="{w}" height="{h}"/>', x=ruler.x(span[0]),
                 y=middle - 9, w=ruler.x(span[1]) - ruler.x(span[0]), h=18.0)
        )  # fmt: skip
    if ends is not None:
        pieces.append(
            draw('<path class="f-interval" d="M{a} {m}H{b}M{a} {t}v10M{b} {t}v10"/>', a=ruler.x(ends[0]),
                 b=ruler.x(ends[1]), m=middle, t=middle - 5)
        )  # fmt: skip
    pieces.append(draw('<circle class="f-full" cx="{x}" cy="{m}" r="5.5"/>', x=ruler.x(value), m=middle))
    head = draw('<svg class="figure interval" viewBox="0 0 {w} {h}" role="img" aria-label="{text}">',
                w=ruler.width, h=tall, text=text)  # fmt: skip
    return head + join(pieces) + Markup("</svg>")


# --- a tornado of choices ---------------------------------------------------------------------------------------------


def blade(size: float, most: float, *, full: bool, text: str) -> Markup:
    """One choice of a tornado as a bar from a common line; hollow where it changes no band."""
    width, room = 200.0, 6.0
    long = size / most * (width - room) if most else 0.0
    return draw(
        '<svg class="figure blade" viewBox="0 0 {w} {h}" role="img" aria-label="{text}">'
        '<path class="f-base" d="M1 0V{h}"/><rect class="{shape}" x="1" y="5" width="{long}" height="{tall}"/></svg>',
        w=width, h=BAR_HEIGHT + 10, text=text, shape="f-blade f-blade--full" if full else "f-blade", long=long,
        tall=BAR_HEIGHT,
    )  # fmt: skip
