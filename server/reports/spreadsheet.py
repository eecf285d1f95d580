"""The tables of a bundle for the spreadsheet at hand: with a byte order mark, decimal commas, semicolons, as asked.

Owns how figures and cells are written; never a figure, and never which rows there are. What a spreadsheet would run was
made harmless where the table was made, and stays so.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

BOM = b"\xef\xbb\xbf"
# Figures with places; a rating has none, so that its comma never comes to stand anywhere.
DECIMALS = frozenset({"median", "q1", "q3", "iqr", "value", "interview", "metric", "gap"})


@dataclass(frozen=True)
class Style:
    """How a table is written; all off is RFC 4180 as in the bundle.

    `bom` tells a spreadsheet that the text is UTF-8. `decimal_comma` writes 2,5 for 2.5, quoted where commas part the
    cells. `semicolons` part them instead, as spreadsheets of countries with decimal commas read by themselves.
    """

    bom: bool = False
    decimal_comma: bool = False
    semicolons: bool = False


def styled(table: bytes, style: Style) -> bytes:
    """A table of a bundle (UTF-8, RFC 4180) in another style; the same cells in the same order."""
    rows = csv.reader(io.StringIO(table.decode("utf-8"), newline=""))
    head = next(rows)
    figures = {place for place, name in enumerate(head) if name in DECIMALS}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if style.semicolons else ",", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(
            cell.replace(".", ",") if style.decimal_comma and place in figures else cell
            for place, cell in enumerate(row)
        )
    return (BOM if style.bom else b"") + out.getvalue().encode("utf-8")
