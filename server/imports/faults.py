"""What is wrong with an uploaded file, by row and column. Names faults; never decides whether one matters."""

from __future__ import annotations

from typing import Any

import msgspec

from server.imports.sentences import SENTENCES

MOST_FAULTS = 1_000  # a hostile file could otherwise make an answer larger than itself


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong in a file.

    `row` counts from 1 as a spreadsheet shows it and `column` is the column's name as the file writes it (its letter
    where it has no name); null means the whole file or the whole row. `said` is a key of `SENTENCES`, and `values` fill
    its sentence.
    """

    row: int | None
    column: str | None
    said: str
    values: dict[str, str | int] = {}

    @property
    def code(self) -> str:
        """The stable code of the fault."""
        return self.said.partition(".")[0]

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.sentence("en")

    def sentence(self, language: str) -> str:
        """One sentence in a language that says what would work."""
        return SENTENCES[self.said][language].format(**self.values)

    def told(self, language: str) -> dict[str, Any]:
        """The fault as doors tell it: `row`, `column`, `code` and the sentence as `message`."""
        return {"row": self.row, "column": self.column, "code": self.code, "message": self.sentence(language)}

    def __str__(self) -> str:
        where = [] if self.row is None else [f"row {self.row}"]
        where += [] if self.column is None else [f"column {self.column}"]
        return f"{', '.join(where)}: {self.message}" if where else self.message


class Excerpt(msgspec.Struct, frozen=True):
    """What of a refused table is shown again: its header's row and columns, and the rows by number that have faults."""

    header: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class ImportFault(Exception):
    """Nothing was imported; `faults` holds every fault in the order of the file.

    `code` is the code of the only fault where the file as a whole is refused, else `import_faults`. `excerpt` is there
    where the file was a table at all.
    """

    def __init__(self, faults: tuple[Fault, ...], excerpt: Excerpt | None = None) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults, self.excerpt = faults, excerpt
        whole = len(faults) == 1 and faults[0].row is None and faults[0].column is None
        self.code = faults[0].code if whole else "import_faults"

    def __reduce__(self) -> tuple[object, ...]:
        # Imports run in a worker process: the exception must survive the way back.
        return ImportFault, (self.faults, self.excerpt)


class Faults:
    """Collects faults; keeps the first of each cell, since a cell that cannot be read says no more than that."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._cells: set[tuple[int | None, str | None]] = set()

    def add(self, row: int | None, column: str | None, said: str, **values: str | int) -> None:
        """Note a fault, unless its cell has one."""
        if column is not None:
            if (row, column) in self._cells:
                return
            self._cells.add((row, column))
        self._faults.append(Fault(row, column, said, values))

    def at(self, row: int, column: str) -> bool:
        """Whether this cell has a fault already."""
        return (row, column) in self._cells

    def ordered(self) -> tuple[Fault, ...]:
        """Everything noted, in the order of the file; beyond the most, how many more there are."""
        ordered = sorted(self._faults, key=lambda fault: fault.row or 0)
        if len(ordered) > MOST_FAULTS:
            rest = Fault(None, None, "too_many_faults", {"rest": len(ordered) - MOST_FAULTS})
            ordered = [*ordered[:MOST_FAULTS], rest]
        return tuple(ordered)


def refuse(said: str, **values: str | int) -> ImportFault:
    """The exception for a file that is refused as a whole."""
    return ImportFault((Fault(None, None, said, values),))
