"""The earlier survey, from a table to rows of the trail. Every fault is named; nothing is half-imported.

Two layouts are read. *Long*: one row for each indicator and stream. *Wide*: one row for each indicator, with columns
like `interview_score` or `nilai_wawancara`. Never stores, weighs or averages anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from consensus.framework import Framework
from server.imports.columns import Cells, Places, place_columns, plain, require
from server.imports.faults import refuse
from server.imports.headers import REQUIRED, SHARED, SKIPPED, STREAM, STREAMS, long_columns, wide_columns
from server.imports.tables import Table, plain_name, read_table
from server.workshop.records import BaselineRow, BaselineStream

FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_baseline(data: bytes, filename: str, framework: Framework) -> tuple[BaselineRow, ...]:
    """Read the interview and metric streams of a baseline, in the order of the file.

    A score lies on the framework's scale or is empty, and then nothing was answered. Headers may be English or
    Indonesian, in any case; numbers may use a point or a comma.

    Raises
    ------
    ImportFault
        Every fault of the file: `nothing_filled`, `missing_column`, `unknown_column`, `duplicate_column`,
        `unnamed_column`, `missing_value`, `unknown_indicator`, `unknown_stream`, `duplicate_row`,
        `not_a_number`, `not_a_count`, `off_scale`, `more_than_asked`, `nothing_asked`, `score_without_answers`,
        `answers_without_score`, `year_out_of_range`, those of single cells (`formula`, `merged_cells`,
        `error_cell`, `too_long`, `control_character`) and those of `read_table`.
    """
    table = read_table(data, filename)
    reader = _Reader(table, framework)
    rows = tuple(reader.wide() if is_wide(table.columns) else reader.long())
    table.stop_if_any()
    if not rows:
        raise refuse("nothing_filled", file=plain_name(filename))
    return rows


class _Reader:
    """One table against one framework; remembers which indicator and stream it has met in which row."""

    def __init__(self, table: Table, framework: Framework) -> None:
        self._table = table
        self._items = _names_of_leaves(framework)
        self._about = {"framework": framework.id, "first": framework.leaves[0], "last": framework.leaves[-1]}
        self._low = min(framework.scale.categories)
        self._high = max(framework.scale.categories)
        self._met: dict[tuple[str, str], int] = {}

    def long(self) -> list[BaselineRow]:
        places = place_columns(self._table, long_columns(), SKIPPED)
        require(self._table, places, ("indicator", "stream", *REQUIRED))
        found = []
        for row in self._table.rows:
            cells = Cells(self._table, row, places)
            item, stream = self._item(cells), self._stream(cells)
            figures = self._figures(cells, item, stream, row.number)
            found += [figures] if figures else []
        return found

    def wide(self) -> list[BaselineRow]:
        places = place_columns(self._table, wide_columns(), SKIPPED)
        present = [stream for stream in STREAMS if any(place.startswith(f"{stream}_") for place in places)]
        require(self._table, places, ("indicator", *(f"{s}_{field}" for s in present for field in REQUIRED)))
        found = []
        for row in self._table.rows:
            whole = Cells(self._table, row, places)
            item = self._item(whole)
            for stream in present:
                cells = Cells(self._table, row, own := _places_of(stream, places))
                if self._empty(cells, own):
                    continue
                figures = self._figures(cells, item, stream, row.number)
                found += [figures] if figures else []
        return found

    @staticmethod
    def _empty(cells: Cells, own: Places) -> bool:
        """Whether a stream of a wide row says nothing: it was not part of the survey for this indicator."""
        figures = [field for field in own if field not in SHARED]
        said = any(not cells.sound(field) or cells.text(field) not in ("", "0") for field in figures)
        return not said and not cells.text("score")

    def _item(self, cells: Cells) -> str | None:
        if not cells.sound("indicator"):
            return None
        written = cells.text("indicator")
        if not written:
            cells.fault("indicator", "missing_value.indicator", **self._about)
            return None
        # A spreadsheet with decimal commas turns the id 1.1 into 1,1.
        item = self._items.get(written.casefold()) or self._items.get(written.replace(",", "."))
        if item is None:
            cells.fault("indicator", "unknown_indicator", written=written[:40], **self._about)
        return item

    def _stream(self, cells: Cells) -> BaselineStream | None:
        if not cells.sound("stream"):
            return None
        written = plain(cells.text("stream"))
        for stream, names in STREAMS.items():
            if written in {plain(name) for name in (stream, *names)}:
                return stream
        cells.fault("stream", "unknown_stream" if written else "missing_value.stream")
        return None

    def _figures(
        self, cells: Cells, item: str | None, stream: BaselineStream | None, number: int
    ) -> BaselineRow | None:
        score, answered, asked = cells.decimal("score"), cells.count("answered"), cells.count("asked")
        respondents, year, source = cells.count("respondents"), self._year(cells), cells.text("source") or None
        self._check_counts(cells, score, answered, asked)
        if score is not None and not self._low <= Decimal(score) <= self._high:
            cells.fault("score", "off_scale", written=cells.text("score"), low=f"{self._low:g}", high=f"{self._high:g}")
        if item is None or stream is None:
            return None
        first = self._met.setdefault((item, stream), number)
        if first != number:
            cells.fault("indicator", f"duplicate_row.{stream}", item=item, first=first)
        if answered is None or asked is None:
            return None
        return BaselineRow(item, stream, score, answered, asked, respondents, year, source)

    @staticmethod
    def _check_counts(cells: Cells, score: str | None, answered: int | None, asked: int | None) -> None:
        for field, value in (("answered", answered), ("asked", asked)):
            if value is None and cells.sound(field):
                cells.fault(field, "missing_value.count")
        if asked == 0:
            cells.fault("asked", "nothing_asked")
        elif answered is not None and asked is not None and answered > asked:
            cells.fault("answered", "more_than_asked", answered=answered, asked=asked)
        if not cells.sound("score") or answered is None:
            return
        if score is None and answered > 0:
            cells.fault("score", "answers_without_score", answered=answered)
        if score is not None and answered == 0:
            cells.fault("score", "score_without_answers")

    @staticmethod
    def _year(cells: Cells) -> int | None:
        year = cells.count("year")
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            cells.fault("year", "year_out_of_range", year=year, first=FIRST_YEAR, last=LAST_YEAR)
        return year


def is_wide(columns: Iterable[str]) -> bool:
    """Whether a header names a stream together with a figure, and has no column for the stream."""
    found = {plain(column) for column in columns}
    together = {plain(name) for field, names in wide_columns().items() for name in (field, *names)}
    apart = {plain(name) for field, names in long_columns().items() for name in (field, *names)}
    stream = {plain(name) for name in ("stream", *STREAM)}
    return bool(found & (together - apart)) and not found & stream


def _places_of(stream: str, places: Places) -> Places:
    """The columns of one stream in a wide table; its own year or source goes before the shared one."""
    shared = {field: places[field] for field in SHARED if field in places}
    return shared | {key.removeprefix(f"{stream}_"): at for key, at in places.items() if key.startswith(f"{stream}_")}


def _names_of_leaves(framework: Framework) -> dict[str, str]:
    """How a file may call an indicator (its id, an alias, or its name in a language), case aside, to its id."""
    names: dict[str, str] = {}
    for leaf in framework.leaves:
        node = framework.node(leaf)
        for name in (*node.name.values(), *node.aliases):
            names.setdefault(" ".join(name.split()).casefold(), leaf)
    return names | {leaf.casefold(): leaf for leaf in framework.leaves}
