"""One record for each item, read by item or by field. It holds figures and computes none."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

Record = TypeVar("Record")


class PerItem(tuple[Record, ...], Generic[Record]):
    """A tuple with one record for each item, in item order.

    ``result[3].median`` is a figure of one item; ``result.median`` is that field for all items, as a tuple.
    """

    __slots__ = ()

    def __getattr__(self, field: str) -> tuple[Any, ...]:
        if field.startswith("_"):  # copy and pickle ask for names that no record has
            raise AttributeError(field)
        return tuple(getattr(record, field) for record in self)
