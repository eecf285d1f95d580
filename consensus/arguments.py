"""The door for arguments that are no ratings: choices, counts, numbers, generators, and records by their kind.

Owns what a valid one is and the sentence that says what would work. Ratings and scales have doors of their own.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, TypeVar

import numpy as np

from consensus.errors import ConsensusError

Record = TypeVar("Record")


def choice(
    argument: str, value: object, options: Iterable[str], code: str = "unknown_choice", *, besides: str = ""
) -> str:
    """Take one of the options, by name; `besides` names what the caller takes without asking here."""
    known = tuple(options)
    if not isinstance(value, str) or value not in known:
        hint = f"use one of {', '.join(known)}{besides}"
        raise ConsensusError(argument, code, f"`{argument}` cannot be {shown(value)}; {hint}.")
    return value


def whole(argument: str, value: Any, least: int, code: str = "out_of_range") -> int:
    """Take a whole number of at least `least`."""
    plain = type(value) is int or (isinstance(value, numbers.Integral) and not isinstance(value, bool))
    if not plain or value < least:
        raise ConsensusError(
            argument, code, f"`{argument}` must be a whole number of {least} or more, not {shown(value)}."
        )
    return int(value)


def whole_each(argument: str, value: Any, items: int, least: int) -> list[int]:
    """Take one whole number for each item, or one for all."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, str):
        return [whole(argument, value, least)] * items
    if len(value) != items:
        raise ConsensusError(
            argument, "shape", f"`{argument}` must be one number, or one for each of the {items} items."
        )
    return [whole(argument, entry, least) for entry in value]


def finite(value: object) -> float:
    """Read a finite number; nan where there is none, which no bound lets through."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        return math.nan
    try:
        number = float(value)
    except OverflowError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def share(argument: str, value: object) -> float:
    """Take a share, 0 to 1."""
    number = finite(value)
    if not 0 <= number <= 1:
        raise ConsensusError(
            argument, "out_of_range", f"`{argument}` must be a share from 0 to 1, not {shown(value)}."
        )
    return number


def generator(rng: object) -> np.random.Generator:
    """Take a Generator: nothing here draws by itself."""
    if not isinstance(rng, np.random.Generator):
        raise ConsensusError(
            "rng", "needs_rng", "Chance comes in as an argument: pass rng=numpy.random.default_rng(seed)."
        )
    return rng


def resamples_of(value: object) -> int:
    """Take a number of draws, 1 or more."""
    return whole("resamples", value, 1, "bad_resamples")


def record(argument: str, value: object, kind: type[Record], code: str, hint: str) -> Record:
    """Take a record of ours; `hint` says how to come by one."""
    if not isinstance(value, kind):
        raise ConsensusError(argument, code, f"`{argument}` is no {kind.__name__}; {hint}.")
    return value


def listed(
    argument: str, values: object, of: str, code: str = "not_a_list", *, ordered: bool = True
) -> tuple[Any, ...]:
    """Take a list; `of` says what of, and `ordered` whether its order counts, so that no set will do."""
    refused = str | bytes | Mapping | Set if ordered else str | bytes
    try:
        if not isinstance(values, refused):
            return tuple(values)  # type: ignore[arg-type]
    except TypeError:
        pass
    raise ConsensusError(argument, code, f"`{argument}` must be a list of {of}, not {shown(values)}.")


def mapping(argument: str, values: object, what: str) -> Mapping[Any, Any]:
    """Take a mapping; `what` says from what to what."""
    if not isinstance(values, Mapping):
        raise ConsensusError(argument, "not_a_mapping", f"`{argument}` must map {what}, not {shown(values)}.")
    return values


def shown(value: object) -> str:
    """Write a value in one short line."""
    if isinstance(value, np.generic):
        value = value.item()
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."
