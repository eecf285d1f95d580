"""Seats by number or by name; expected rows and faults are written by hand."""

from __future__ import annotations

import pytest

from server.imports.faults import ImportFault
from server.imports.seats import MAX_SEATS, read_seats
from server.workshop.commands import SeatRow

GROUPS = {
    "D1": {"en": "Health & wellbeing", "id": "Kesehatan & kesejahteraan"},
    "D2": {"en": "Economy & society", "id": "Ekonomi & sosial"},
}


def faults(text: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(ImportFault) as caught:
        read_seats(text.encode(), "seats.csv", GROUPS)
    return [(fault.row, fault.column, fault.code) for fault in caught.value.faults]


def test_counts_become_so_many_nameless_seats_in_the_order_of_the_file() -> None:
    text = "Kelompok;Jumlah kursi\nekonomi & sosial;2\nd1;1\n"
    assert read_seats(text.encode(), "x.csv", GROUPS) == (SeatRow("D2"), SeatRow("D2"), SeatRow("D1"))


def test_a_row_without_a_count_is_one_seat_with_what_is_known_of_its_person() -> None:
    text = (
        "group,name,sector,agency,gender\nD1,Siti Aminah,government,BAPPEDA,P\nD2,,civil society,,laki-laki\nD1,,,,\n"
    )
    assert read_seats(text.encode(), "x.csv", GROUPS) == (
        SeatRow("D1", "Siti Aminah", "government", "BAPPEDA", "female"),
        SeatRow("D2", None, "civil society", None, "male"),
        SeatRow("D1"),
    )


def test_a_count_may_stand_beside_what_its_seats_share() -> None:
    text = "group,count,agency\nD1,2,BPBD\n"
    assert read_seats(text.encode(), "x.csv", GROUPS) == (SeatRow("D1", agency="BPBD"),) * 2


def test_every_fault_of_a_seat_list_comes_in_one_answer() -> None:
    text = "group,count,name,gender\nD9,1,,\n,1,,\nD1,0,,\nD1,two,,\nD1,3,Budi,\nD2,1,,x\n" + f"D2,1,{'n' * 201},\n"
    assert faults(text) == [
        (2, "group", "unknown_group"),
        (3, "group", "missing_value"),
        (4, "count", "no_seats"),
        (5, "count", "not_a_count"),
        (6, "name", "named_count"),
        (7, "gender", "unknown_gender"),
        (8, "name", "too_long"),
    ]


def test_a_list_without_groups_or_with_an_unknown_column_is_refused() -> None:
    assert faults("name,phone\nSiti,0811\n") == [(1, "phone", "unknown_column"), (1, "group", "missing_column")]


def test_more_seats_than_one_order_takes_are_refused_without_making_them() -> None:
    assert len(read_seats(f"group,count\nD1,{MAX_SEATS}\n".encode(), "x.csv", GROUPS)) == MAX_SEATS
    assert faults("group,count\n" + "D1,999999\n" * 500) == [(None, None, "too_many_seats")]
