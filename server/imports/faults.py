"""What is wrong with an uploaded file, by row and column. Names faults; never decides whether one matters."""

from __future__ import annotations

import msgspec

MOST_FAULTS = 1_000  # a hostile file could otherwise make an answer larger than itself


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong in a file.

    `row` counts from 1 as a spreadsheet shows it and `column` is the column's name as the file writes it (its letter
    where it has no name); null means the whole file or the whole row. `code` is stable, `message` one sentence that
    says what would work.
    """

    row: int | None
    column: str | None
    code: str
    message: str

    def __str__(self) -> str:
        where = [] if self.row is None else [f"row {self.row}"]
        where += [] if self.column is None else [f"column {self.column}"]
        return f"{', '.join(where)}: {self.message}" if where else self.message


class ImportFault(Exception):
    """Nothing was imported; `faults` holds every fault in the order of the file.

    `code` is the code of the only fault where the file as a whole is refused, else `import_faults`.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        whole = len(faults) == 1 and faults[0].row is None and faults[0].column is None
        self.code = faults[0].code if whole else "import_faults"

    def __reduce__(self) -> tuple[object, ...]:
        # Imports run in a worker process: the exception must survive the way back.
        return ImportFault, (self.faults,)


class Faults:
    """Collects faults; keeps the first of each cell, since a cell that cannot be read says no more than that."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._cells: set[tuple[int | None, str | None]] = set()

    def add(self, row: int | None, column: str | None, code: str, message: str) -> None:
        """Note a fault, unless its cell has one."""
        if column is not None:
            if (row, column) in self._cells:
                return
            self._cells.add((row, column))
        self._faults.append(Fault(row, column, code, message))

    def at(self, row: int, column: str) -> bool:
        """Whether this cell has a fault already."""
        return (row, column) in self._cells

    def stop_if_any(self) -> None:
        """Raise `ImportFault` with everything noted, in the order of the file; do nothing where all is well."""
        if not self._faults:
            return
        ordered = sorted(self._faults, key=lambda fault: fault.row or 0)
        if len(ordered) > MOST_FAULTS:
            rest = f"{len(ordered) - MOST_FAULTS} more faults are not listed; mend these and upload the file again."
            ordered = [*ordered[:MOST_FAULTS], Fault(None, None, "too_many_faults", rest)]
        raise ImportFault(tuple(ordered))


def refuse(code: str, message: str) -> ImportFault:
    """The exception for a file that is refused as a whole."""
    return ImportFault((Fault(None, None, code, message),))
