"""The door of every calculation: ratings as raters × items on one scale, with nan for "no rating".

Owns what a valid rating is. Computes no figure, and behind this door nothing is checked again.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import shown
from consensus.errors import ConsensusError
from consensus.scale import LARGEST, SLACK, Bools, Floats, Ints, Scale, as_categories, as_scale, named, nearest

__all__ = ["Bools", "Floats", "Ints", "Scale", "among", "as_categories", "as_column", "as_ratings", "as_scale"]

_PLAIN = frozenset({int, float})
_UNORDERED = (str, bytes, Mapping, Set)


def as_ratings(
    ratings: ArrayLike | Sequence[Sequence[float | None]],
    scale: Scale | Iterable[float] | None = None,
    *,
    argument: str = "ratings",
    raters: int = 1,
    items: int = 1,
) -> Floats:
    """Take ratings as a matrix, or refuse it with the place of its first fault.

    Parameters
    ----------
    ratings : array_like
        Raters × items; nan, None or a masked cell is "no rating".
    scale : Scale or sequence of categories, optional
        Where given, every rating must be one of its categories.
    argument : str
        Name by which an error speaks of the matrix.
    raters, items : int
        The fewest rows and columns the calculation can use.

    Returns
    -------
    ndarray of float64
        Raters × items; it may share memory with the input and must not be written to.

    Raises
    ------
    ConsensusError
        ``not_a_matrix``, ``ragged``, ``not_a_number``, ``not_finite``, ``too_large``, ``off_scale``,
        ``too_few_raters`` or ``too_few_items``, with argument, row and column, counted from 0.
    """
    matrix = _numbers(ratings, argument, 2)
    if matrix.shape[0] < raters:
        raise ConsensusError(
            argument,
            "too_few_raters",
            f"`{argument}` has {_count(matrix.shape[0], 'rater')}; give at least {raters}, one a row.",
        )
    if matrix.shape[1] < items:
        raise ConsensusError(
            argument,
            "too_few_items",
            f"`{argument}` has {_count(matrix.shape[1], 'item')}; give at least {items}, one a column.",
        )
    _check_values(matrix, scale, argument)
    return matrix


def as_column(
    column: ArrayLike | Sequence[float | None],
    scale: Scale | Iterable[float] | None = None,
    *,
    argument: str = "column",
) -> Floats:
    """Take the ratings of one item, one entry for each rater, as `as_ratings` does for a matrix."""
    vector = _numbers(column, argument, 1)
    _check_values(vector, scale, argument)
    return vector


def _check_values(array: Floats, scale: Scale | Iterable[float] | None, argument: str) -> None:
    # One pass each finds that nothing is wrong; nan compares as neither.
    if array.size and not (array.min() >= -LARGEST and array.max() <= LARGEST):
        _check_sizes(array, argument, scale is None)
    if scale is None:
        return
    scale = as_scale(scale)
    nearest = scale.values[np.minimum(scale.places(array), scale.size - 1)]
    off = np.abs(array - nearest) > SLACK * scale.step
    if off.any():
        raise off_scale(argument, _first(off), array, scale.categories)


def _check_sizes(array: Floats, argument: str, unscaled: bool) -> None:
    infinite = np.isinf(array)
    if infinite.any():
        place = _first(infinite)
        raise _at(argument, "not_finite", place, f"is {array[place]}; give a finite number, or nan for no rating")
    large = np.abs(array) > LARGEST
    if unscaled and large.any():
        raise _too_large(argument, _first(large), array[_first(large)])


def _first(where: Bools) -> tuple[int, ...]:
    return tuple(int(index) for index in np.argwhere(where)[0])


def _too_large(argument: str, place: tuple[int, ...], value: object) -> ConsensusError:
    what = f"is {shown(value)}, too large to be told from its neighbours; give numbers up to 2**53 in size"
    return _at(argument, "too_large", place, what)


def off_scale(argument: str, place: tuple[int, ...], array: Floats, categories: Iterable[float]) -> ConsensusError:
    """Refuse the rating at a place, naming the categories."""
    what = f"is {array[place]:g}, which is off the scale; use one of {named(categories)}, or nan for no rating"
    return _at(argument, "off_scale", place, what)


def among(array: Floats, categories: Iterable[float], argument: str) -> tuple[Ints, Floats]:
    """Give each rating its place among categories that need not be evenly spaced, and the categories; −1 for nan."""
    known = np.array(as_categories(categories), dtype=np.float64)
    place, off = nearest(array, known)
    if off.any():
        raise off_scale(argument, _first(off), array, known.tolist())
    return np.where(np.isnan(array), -1, place), known


def _numbers(values: Any, argument: str, dimensions: int) -> Floats:
    if isinstance(values, np.ma.MaskedArray) and values.dtype.kind in "iuf":
        values = np.where(np.ma.getmaskarray(values), np.nan, np.ma.getdata(values))
    elif not isinstance(values, np.ndarray) and hasattr(values, "__array__"):
        try:
            values = np.asarray(values)
        except Exception as fault:  # whatever a stranger's own conversion raises
            raise _shape(argument, dimensions) from fault
    if isinstance(values, np.ndarray):
        values = np.asarray(values)  # a matrix of numpy keeps two dimensions whatever is asked of it
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        if values.ndim != dimensions:
            raise _shape(argument, dimensions)
        if values.dtype == np.float64:
            return values
        with np.errstate(over="ignore"):  # what no float holds becomes infinite, and is refused as that
            return values.astype(np.float64)
    if isinstance(values, np.ndarray):
        if values.dtype.kind in "mMV":
            raise _shape(argument, dimensions)
        values = values.tolist()
    rows = _rows([values] if dimensions == 1 else values, argument, dimensions)
    width = len(rows[0]) if rows else 0
    for index, row in enumerate(rows):
        if len(row) != width:
            raise ConsensusError(
                argument,
                "ragged",
                f"Row {index} of `{argument}` has {_count(len(row), 'entry')} and row 0 has {width}; "
                "give every row the same length, with nan for no rating.",
                row=index,
            )
    cleaned = [
        row if _PLAIN.issuperset(map(type, row)) else _plain_row(row, index, argument, dimensions)
        for index, row in enumerate(rows)
    ]
    try:
        array = np.array(cleaned, dtype=np.float64).reshape(len(rows), width)
    except OverflowError:  # a whole number beyond every float; this finds and refuses it
        array = np.array([_plain_row(row, index, argument, dimensions) for index, row in enumerate(rows)])
    return array[0] if dimensions == 1 else array


def _rows(values: Any, argument: str, dimensions: int) -> list[list[Any]]:
    if isinstance(values, _UNORDERED) or not isinstance(values, Iterable):
        raise _shape(argument, dimensions)
    rows = []
    for row in values:
        if isinstance(row, _UNORDERED) or not isinstance(row, Iterable):
            raise _shape(argument, dimensions)
        rows.append(list(row))
    return rows


def _plain_row(row: list[Any], index: int, argument: str, dimensions: int) -> list[float]:
    plain = []
    for column, value in enumerate(row):
        place = (index, column) if dimensions == 2 else (column,)
        if value is None:
            plain.append(math.nan)
        elif isinstance(value, bool) or not isinstance(value, numbers.Real):
            what = f"is {shown(value)}, which is not a number; give a rating as a number, or nan for no rating"
            raise _at(argument, "not_a_number", place, what)
        else:
            try:
                plain.append(float(value))
            except OverflowError:
                raise _too_large(argument, place, value) from None
    return plain


def _at(argument: str, code: str, place: tuple[int, ...], what: str) -> ConsensusError:
    row, column = (place[0], place[1]) if len(place) == 2 else (place[0], None)
    where = f"row {row}" if column is None else f"row {row}, column {column}"
    sentence = f"`{argument}` at {where} (counted from 0) {what}."
    return ConsensusError(argument, code, sentence, row=row, column=column)


def _shape(argument: str, dimensions: int) -> ConsensusError:
    if dimensions == 2:
        wanted = "is not a matrix; give one row for each rater and one column for each item"
    else:
        wanted = "is not one item's ratings; give a flat list with one entry for each rater"
    return ConsensusError(argument, "not_a_matrix", f"`{argument}` {wanted}.")


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"
