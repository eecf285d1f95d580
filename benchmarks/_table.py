"""How every benchmark tells its result: medians as a table for people and one JSON line for programs."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from typing import Any


def middle(seconds: Sequence[float]) -> float:
    """Median of times in seconds, as milliseconds with one decimal."""
    return round(1000 * statistics.median(seconds), 1)


def tell(name: str, rows: Sequence[Mapping[str, Any]], figures: Mapping[str, Any]) -> None:
    """Print the rows as a table, then the figures as one JSON line."""
    columns = list(rows[0])
    cells = [[str(row[column]) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[i]) for row in cells)) for i, column in enumerate(columns)]
    print(f"\n{name} · Python {platform.python_version()} · {os.cpu_count()} cores")
    print("  ".join(column.ljust(width) for column, width in zip(columns, widths, strict=True)))
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    print(json.dumps({"benchmark": name, **figures}))
