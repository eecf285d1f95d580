"""QR codes as SVG that takes no colour, no script and no style from anywhere."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around the code, as the standard asks


def svg(text: str, label: str, *, error: str = "m") -> Markup:
    """The code of `text` as an inline SVG, black on white; `label` is what a screen reader says."""
    code = segno.make(text, micro=False, error=error)
    rows = list(code.matrix)
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" '
        'shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg"><path d="{path}"/></svg>'
    ).format(side=side, label=label, path=path)
