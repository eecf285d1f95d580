"""Attacks by spreadsheet, each built here and refused by its own code; the honest file beside them is read."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.imports.archive import look_over
from server.imports.faults import ImportFault
from server.imports.limits import MAX_MEMBERS, MAX_PART, MAX_UNPACKED
from server.imports.tables import read_table
from tests.imports.sheets import kept, repacked, workbook

HONEST = workbook([["item", "score"], ["1.1", 2]])
SHEET = "xl/worksheets/sheet1.xml"


def code_of(data: bytes) -> str:
    with pytest.raises(ImportFault) as caught:
        read_table(data, "attack.xlsx")
    assert len(caught.value.faults) == 1
    return caught.value.code


def test_the_honest_workbook_that_every_attack_starts_from_is_read() -> None:
    assert read_table(repacked(HONEST, kept), "x.xlsx").rows[0].cells == ("1.1", "2")


def test_a_bomb_of_zeros_is_refused_before_it_is_unpacked() -> None:
    assert code_of(repacked(HONEST, kept, {"xl/media/zeros.bin": bytes(40 * 2**20)})) == "zip_bomb"


def test_more_than_fifty_mebibytes_unpacked_are_refused() -> None:
    noise = {f"xl/media/{n}.bin": bytes(MAX_UNPACKED // 2 + 1) for n in range(2)}
    assert code_of(repacked(HONEST, kept, noise)) == "too_large_unpacked"


def test_a_sheet_too_large_to_be_parsed_in_little_memory_is_refused() -> None:
    assert code_of(repacked(HONEST, lambda name, old: bytes(MAX_PART + 1) if name == SHEET else old)) == (
        "too_large_unpacked"
    )


def test_a_member_that_understates_its_size_gives_no_more_than_it_states() -> None:
    data = bytearray(repacked(HONEST, kept, {"xl/media/lie.bin": bytes(10**6)}))
    directory = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/media/lie.bin"))
    struct.pack_into("<I", data, directory + 24, 100)
    assert code_of(bytes(data)) == "unreadable"


def test_more_members_than_allowed_are_refused() -> None:
    extra = {f"xl/media/{n}.txt": b"x" for n in range(MAX_MEMBERS)}
    assert code_of(repacked(HONEST, kept, extra)) == "too_many_members"


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x", "..\\..\\x", "C:\\x", "C:/x", "\\\\host\\x"]
)
def test_a_path_that_climbs_out_is_refused(name: str) -> None:
    assert code_of(repacked(HONEST, kept, {name: b"x"})) == "unsafe_member"


def test_a_name_that_stands_twice_is_refused() -> None:
    target = io.BytesIO(HONEST)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr(SHEET, "<x/>")
    assert code_of(target.getvalue()) == "unsafe_member"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_stands(encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'.encode(encoding)
    for member in (SHEET, "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"):
        assert code_of(repacked(HONEST, lambda name, content, at=member: laughs if name == at else content)) == (
            "unsafe_xml"
        )


def test_a_password_is_named_as_the_reason() -> None:
    data = bytearray(HONEST)
    directory = data.find(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert code_of(bytes(data)) == "encrypted"


def test_packing_methods_that_cannot_be_bounded_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(SHEET, "x" * 1000)
    assert code_of(target.getvalue()) == "unreadable"


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<x", b"<x/>", b"\0\xff"])
def test_a_workbook_with_a_spoilt_part_is_unreadable_and_no_more(member: str, content: bytes) -> None:
    data = repacked(HONEST, lambda name, old: content if name == member else old)
    assert code_of(data) in ("unreadable", "no_rows")


def test_a_row_number_beyond_any_sheet_does_not_fill_the_memory() -> None:
    data = repacked(HONEST, lambda name, old: old.replace(b'<row r="2"', b'<row r="999999999"'))
    assert code_of(data) == "too_many_rows"


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    data = repacked(HONEST, lambda name, old: old.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"'))
    assert data != HONEST
    assert read_table(data, "x.xlsx").rows[0].cells == ("1.1", "2")


def test_an_archive_that_is_no_workbook_is_unreadable() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert look_over(target.getvalue()).namelist() == ["hello.txt"]
    assert code_of(target.getvalue()) == "unreadable"


@settings(deadline=None)
@given(st.data())
def test_a_workbook_cut_or_flipped_anywhere_is_refused_or_read_but_never_crashes(data: st.DataObject) -> None:
    spoilt = bytearray(HONEST[: data.draw(st.integers(4, len(HONEST)))])
    spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        table = read_table(bytes(spoilt), "x.xlsx")
    except ImportFault as error:
        assert error.faults
    else:
        assert table.columns
