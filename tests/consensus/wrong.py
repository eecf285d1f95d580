"""Wrong values by the kind of argument they are wrong for, each under a name. It calls nothing."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

Refused = dict[str, Any]


class Table:
    """What a table of another library offers numpy, holding words."""

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return np.array([["a", "b"], ["c", "d"]])


class Closed:
    """What looks like a table and is none when it is opened."""

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        raise OSError("the file is gone")


NOT_NUMBERS: Refused = {
    "text": "abc", "bytes": b"12", "a mapping": {1: 2}, "a function": len, "a whole number": 5, "nothing": None,
    "no dimension": np.array(3.0), "three dimensions": np.ones((2, 2, 2)), "a set": {1, 2},
    "dates": np.array([["2020-01-01"]], dtype="datetime64[D]"), "complex numbers": np.array([[1j, 2]]),
    "booleans": np.array([[True, False]]), "words": np.array([["1", "2"]]), "a table of words": Table(),
    "a table that cannot be read": Closed(),
    "records": np.zeros(2, dtype=[("a", float)]),
}  # fmt: skip
BAD_ROWS: Refused = {
    "ragged rows": [[1, 2], [1]], "text in a row": [[1, "2"], [1, 2]], "a boolean in a row": [[1, True], [1, 2]],
    "a decimal in a row": [[Decimal(1), 2], [1, 2]], "infinity": [[1, math.inf], [1, 2]],
    "more than a float holds": [[1, 10**400], [1, 2]], "a fraction that large": [[1, Fraction(10**400)], [1, 2]],
    "rows of sets": [{1}, {2}], "three deep": [[[1], [2]], [[1], [2]]],
    "no row": [], "empty rows": [[], []], "one flat row": [1, 2, 3],
}  # fmt: skip
BAD_MATRICES = NOT_NUMBERS | BAD_ROWS
BAD_COLUMNS = NOT_NUMBERS | {
    "two dimensions": [[1, 2], [3, 4]], "text inside": [1, "2", 3], "a boolean inside": [1, True, 3],
    "infinity": [1, math.inf, 3], "more than a float holds": [1, 10**400, 3],
}  # fmt: skip
NOT_CHOSEN: Refused = {
    "another word": "best", "nothing": None, "a number": 3, "a list": ["auto"], "an array": np.array(["f", "chi2"]),
    "an empty array": np.array([]),
}  # fmt: skip
NOT_WHOLE: Refused = {
    "a fraction": 2.5, "a float": 8.0, "true": True, "text": "8", "nothing": None, "less than nothing": -1,
    "a list": [8, 9, 9, 9], "not a number": math.nan,
}  # fmt: skip
NOT_SHARES: Refused = {
    "text": "half", "nothing": None, "true": True, "not a number": math.nan, "infinity": math.inf, "a list": [0.5],
    "more than a float holds": 10**400, "below zero": -0.1,
}  # fmt: skip
NO_RECORDS: Refused = {"a name": "workshop", "nothing": None, "a mapping": {"preset": "iqr"}, "a class": int}
NO_SCALES: Refused = {
    "one": (3,), "twice": (1, 1, 2), "falling": (2, 1), "words": ("1", "2"), "true": (0, True), "a number": 5,
    "text": "12345", "infinity": (0, math.inf), "nothing": None, "a set": {1, 2},
    "more than a float holds": (1, 10**400), "no dimension": np.array(3.0), "two dimensions": np.ones((2, 2)),
}  # fmt: skip
UNEVEN: Refused = {"uneven steps": (1, 2, 4)}
NO_GENERATORS: Refused = {"a seed": 7, "nothing": None, "a module": np.random, "the old kind": np.random.RandomState(1)}
NO_LEAVES: Refused = {"an unknown leaf": ["C9"], "a number": 5, "text": "A2", "numbers": [1, 2], "lists": [["A2"]]}
NO_VALUES: Refused = {"an unknown leaf": {"C9": 3}, "a list": [("A2", 3)], "a number": 5, "off the scale": {"A2": 9},
                      "text": {"A2": "much"}, "a list inside": {"A2": [3]}, "true": {"A2": True}}  # fmt: skip


def given(values: Refused) -> Refused:
    """Without None, for arguments that may be left out."""
    return {name: value for name, value in values.items() if value is not None}
