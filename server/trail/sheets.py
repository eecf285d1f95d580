"""The two CSV files of a bundle: what became of each item, and every rating under a name that joins nothing.

Owns their columns, their order and how a cell is made harmless (RFC 4180; no byte order mark, decimal points). Writes
and verification both call these functions. Never reads a CSV.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from server.workshop.contents import Ballot, ItemFigures
from server.workshop.state import Group, State

RESULTS, RATINGS = "results.csv", "ratings.csv"
RESULT_COLUMNS = (
    "group", "item", "name", "round", "n", "median", "q1", "q3", "iqr", "in_pair", "needed", "outcome", "ending",
    "value", "interview", "metric", "gap", "cause",
)  # fmt: skip
RATING_COLUMNS = ("group", "round", "item", "rater", "value", "cannot", "confidence")
RATER_DIGITS = 8
IN_MEMORY = 32 * 2**20

Cell = str | int | None

_number = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_formula = ("=", "+", "-", "@", "\t", "\0", "\r")


def row(cells: Iterable[Cell]) -> bytes:
    """One row, ended by CR LF. Text that a spreadsheet would run begins with an apostrophe; a number stays a number."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8")


def _harmless(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_formula) and not _number.fullmatch(text) else text


def results(state: State) -> Iterator[bytes]:
    """Rows of `results.csv`: one an item, groups and items as the workshop was created, the latest counted vote.

    Where that vote's figures are withheld, its cells are empty. `gap` is against the interview score, or the metric
    where there is none. Before a framework is fixed no item has a name, nor a row.
    """
    yield row(RESULT_COLUMNS)
    for group in state.groups.values() if "framework" in state.digests else ():
        for item in group.items:
            yield row(_result(state, group, item))


def _result(state: State, group: Group, item: str) -> list[Cell]:
    number, told = latest_vote(group, item)
    ending = group.endings.get(item)
    rows = state.baseline_of(item)
    scores = {stream: rows[stream].score if stream in rows else None for stream in ("interview", "metric")}
    against = "metric" if scores["interview"] is None and scores["metric"] is not None else "interview"
    gap = told.gap.get(against) if told else None
    explained = group.explained.get(f"{item}/{against}")
    figures: list[Cell] = [None] * 8
    if told:
        figures = [number, told.n, told.median, told.q1, told.q3, told.iqr, told.in_pair, told.needed]
    return [
        group.id, item, _name(state, item), *figures, told.outcome if told else None,
        ending.ending if ending else None, ending.value if ending else None, scores["interview"], scores["metric"],
        gap.difference if gap else None, explained.cause if explained else None,
    ]  # fmt: skip


def latest_vote(group: Group, item: str) -> tuple[int, ItemFigures | None]:
    """The item's latest counted vote by round; (0, None) where there is none, or where a later one is withheld."""
    for standing in reversed(group.rounds):
        if standing.voided or not standing.assessed or item not in standing.items:
            continue
        figures = standing.figures.get(item)
        if figures is None:
            break
        if figures.counted:
            return standing.number, figures
    return 0, None


def _name(state: State, item: str) -> str:
    if "framework" not in state.digests:  # a record that ends before it: an item is known by its id alone
        return item
    name = state.tree.node(item).name
    return name.get(state.language) or name["en"]


class Ratings:
    """Rows of `ratings.csv`, gathered round by round as they are disclosed and given out by group and round."""

    def __init__(self) -> None:
        self._kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by `close`
        self._places: dict[tuple[str, int], tuple[int, int]] = {}

    def add(self, group: str, number: int, items: Sequence[str], ballots: Sequence[tuple[str, Ballot]]) -> None:
        """Keep one round's rows; `ballots` are the opened ones with their salts in hex."""
        by_item: dict[str, list[tuple[Cell, ...]]] = {item: [] for item in items}
        for salt, ballot in ballots:
            for a in ballot.answers:
                if a.item in by_item:
                    by_item[a.item].append((rater(salt, a.item), a.value, a.cannot, a.confidence))
        rows = b"".join(
            row((group, number, item, *cells))
            for item, lines in by_item.items()
            for cells in sorted(lines, key=lambda cells: tuple(map(str, cells)))
        )
        self._places[group, number] = (self._kept.tell(), len(rows))
        self._kept.write(rows)

    def rows(self, state: State) -> Iterator[bytes]:
        """The file in pieces: header, then groups as created and their rounds in order, voided ones left out."""
        yield row(RATING_COLUMNS)
        for group in state.groups.values():
            for standing in group.rounds:
                start, length = self._places.get((group.id, standing.number), (0, 0))
                if length and not standing.voided:
                    self._kept.seek(start)
                    yield self._kept.read(length)

    def close(self) -> None:
        self._kept.close()


def rater(salt: str, item: str) -> str:
    """Name of a ballot's author for one item alone: 8 hex digits of SHA-256(salt ‖ item)."""
    return hashlib.sha256(bytes.fromhex(salt) + item.encode()).hexdigest()[:RATER_DIGITS]
