"""The published examples and the peers' figures every measure is held to. Loads them; computes nothing.

`references` and `crosschecks` note what was asked for, so that a test can tell which witness nobody calls.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

DATA = Path(__file__).parent.parent / "data"
called_references: set[str] = set()
called_crosschecks: set[str] = set()


@lru_cache
def load(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / f"statistics-{name}.json").read_text(encoding="utf-8"))["cases"]


def references(*measures: str) -> Any:
    """Parametrise a test over the published cases of these measures."""
    called_references.update(measures)
    cases = [case for case in load("references") if case["measure"] in measures]
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in cases])


def crosschecks(*keys: str) -> Any:
    """Parametrise a test over the seeded matrices that hold at least one of these figures."""
    called_crosschecks.update(keys)
    cases = [case for case in load("crosscheck") if figures(case).keys() & set(keys)]
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in cases])


def figures(case: dict[str, Any]) -> dict[str, Any]:
    """Every figure of a seeded matrix by name, those of the baseline too."""
    return case["expected"] | {key: case[key] for key in case if key.startswith("baseline_")}


def matrix(rows: Any) -> np.ndarray:
    """Ratings with null as nan."""
    return np.array(rows, dtype=np.float64)


def column(case: dict[str, Any], vote: str) -> np.ndarray:
    """The one item of a seeded matrix whose figures are given."""
    return matrix(case[vote])[:, case["item"]]


def near(value: Any, case: dict[str, Any]) -> Any:
    """Equal within the tolerance of its file, or within that share of it where it is tiny."""
    return pytest.approx(value, rel=1e-6, abs=float(case.get("tolerance", 1e-7)))
