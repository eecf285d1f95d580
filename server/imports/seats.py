"""Who is invited, from a table to the rows of `issue_seats`. Names go no further than the command; never the trail."""

from __future__ import annotations

from collections.abc import Mapping

from server.imports.columns import Cells, place_columns, require
from server.imports.tables import Table, read_table
from server.workshop.commands import SeatRow

MAX_SEATS = 2_000  # as many as one `issue_seats` takes
MAX_TEXT = 200

_COLUMNS = {
    "group": ("group id", "kelompok"),
    "count": ("seats", "jumlah", "jumlah kursi", "kursi"),
    "name": ("participant", "nama", "peserta", "nama peserta"),
    "sector": ("sektor",),
    "agency": ("organisation", "organization", "instansi", "lembaga", "opd"),
    "gender": ("sex", "jenis kelamin", "gender l p", "l p"),
}
GROUP_NAMES = {"en": "group name", "id": "nama kelompok"}  # beside the id, for people to read
_SKIPPED = (*GROUP_NAMES.values(), "no", "number", "nomor", "note", "notes", "catatan", "keterangan")
_GENDERS = {
    "female": ("female", "f", "woman", "perempuan", "p", "wanita"),
    "male": ("male", "m", "man", "laki-laki", "laki laki", "l", "pria"),
    "other": ("other", "lainnya"),
}


def read_seats(data: bytes, filename: str, groups: Mapping[str, Mapping[str, str]]) -> tuple[SeatRow, ...]:
    """Read one `SeatRow` for each seat, in the order of the file.

    A row is one seat (`group, name?, sector?, agency?, gender?`) or, with a `count`, so many nameless seats alike.
    `groups` are the workshop's groups with their names by language; a file may call a group by its id or a name.

    Raises
    ------
    ImportFault
        Every fault of the file: `missing_column`, `unknown_column`, `duplicate_column`, `missing_value`,
        `unknown_group`, `unknown_gender`, `not_a_count`, `no_seats`, `named_count`, `too_long`, `too_many_seats`,
        those of single cells and those of `read_table`.
    """
    table = read_table(data, filename)
    seats = _read(table, groups)
    if len(seats) > MAX_SEATS:
        table.faults.add(None, None, "too_many_seats", most=MAX_SEATS)
    table.stop_if_any()
    return tuple(seats)


def _read(table: Table, groups: Mapping[str, Mapping[str, str]]) -> list[SeatRow]:
    places = place_columns(table, _COLUMNS, _SKIPPED)
    require(table, places, ("group",))
    called = {name.casefold(): group for group, names in groups.items() for name in names.values()}
    called |= {group.casefold(): group for group in groups}
    seats: list[SeatRow] = []
    for row in table.rows:
        cells = Cells(table, row, places)
        group, count = _group(cells, called), _count(cells)
        texts = {field: _text(cells, field) for field in ("name", "sector", "agency")}
        seat = SeatRow(group, **texts, gender=_gender(cells))
        if len(seats) <= MAX_SEATS:
            seats += [seat] * count
    return seats


def _group(cells: Cells, called: Mapping[str, str]) -> str | None:
    written = cells.text("group")
    group = called.get(written.casefold())
    if group is None and cells.sound("group"):
        choices = ", ".join(dict.fromkeys(called.values()))
        if written:
            cells.fault("group", "unknown_group", written=written[:40], choices=choices)
        else:
            cells.fault("group", "missing_value.group", choices=choices)
    return group


def _count(cells: Cells) -> int:
    count = cells.count("count")
    if count == 0:
        cells.fault("count", "no_seats")
    if count is not None and count > 1 and cells.text("name"):
        cells.fault("name", "named_count")
    return 1 if count is None else min(count, MAX_SEATS + 1)


def _text(cells: Cells, field: str) -> str | None:
    text = cells.text(field)
    if len(text) > MAX_TEXT:
        cells.fault(field, "too_long", length=len(text), most=MAX_TEXT)
    return text or None


def _gender(cells: Cells) -> str | None:
    written = cells.text("gender")
    if not written:
        return None
    for gender, names in _GENDERS.items():
        if written.casefold() in names:
            return gender
    cells.fault("gender", "unknown_gender")
    return None
