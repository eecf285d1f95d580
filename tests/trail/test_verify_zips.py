"""Hostile zips: each ends in one sentence and the right exit code, and nothing is unpacked. Bytes are made by hand."""

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from server.trail.verify import verify
from tests.trail import forge
from tests.trail.forge import honest, look, saved, unreadable, zipped
from tests.trail.story import told

# --- no zip one may open ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0, 1, 21, 22, 1000, -1, -22])
def test_a_truncated_zip_is_unreadable(kept: int, tmp_path: Path) -> None:
    assert unreadable(tmp_path, forge.write(told())[:kept]).startswith("This is no whole zip file")


def test_bytes_after_the_zip_are_refused(tmp_path: Path) -> None:
    assert unreadable(tmp_path, forge.write(told()) + b"x").startswith("This is no whole zip file")


def test_a_file_that_is_not_there_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "no.zip", tmp_path):
        assert (verify(path).status, verify(path).exit_code) == ("UNREADABLE", 3)


@pytest.mark.parametrize("at", range(200, 24_000, 1700))
def test_a_flipped_byte_never_passes(at: int, tmp_path: Path) -> None:
    data = bytearray(forge.write(told()))
    data[at] ^= 0x10
    assert look(tmp_path, bytes(data)).exit_code in (1, 3)


@pytest.mark.parametrize(
    "name",
    ["../trail.jsonl", "/etc/passwd", "a/../../b", "C:\\x", "checkpoints\\1.note", "a//b", "./a", "x\ny", "", "a/"],
)
def test_a_path_that_climbs_out_is_refused(name: str, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("trail.jsonl")
    info.filename = name
    assert "do not unpack it" in unreadable(tmp_path, zipped((info, b"x")))


def test_a_link_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("report.html")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert "a link (" in unreadable(tmp_path, zipped((info, b"/etc/passwd")))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "would swell more than 100 times" in unreadable(tmp_path, zipped(("trail.jsonl", bytes(64 * 2**20))))


def test_a_bomb_that_understates_itself_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped(("trail.jsonl", bytes(2**20)), ("MANIFEST.sha256", b"")))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "cannot be unpacked" in unreadable(tmp_path, bytes(data))


def test_files_that_overlap_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("trail.jsonl", os.urandom(5000)), ("MANIFEST.sha256", b"y" * 50)))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 10)
    assert "overlap" in unreadable(tmp_path, bytes(data))


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("trail.jsonl", b"a"), ("trail.jsonl", b"b"))
    assert "holds trail.jsonl twice" in unreadable(tmp_path, data)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("trail.jsonl", b"abc")))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    assert "is encrypted" in unreadable(tmp_path, bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(method: int, tmp_path: Path) -> None:
    assert "packed in a way" in unreadable(tmp_path, zipped(("trail.jsonl", b"abc" * 100), compress_type=method))


def test_a_directory_of_a_million_files_is_refused_before_it_is_read(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFE, 0xFFFE, 3_000_000, 0, 0)
    assert "more than 20000 files" in unreadable(tmp_path, bytes(3_000_000) + end)


def test_a_zip_of_something_else_is_no_bundle(tmp_path: Path) -> None:
    assert unreadable(tmp_path, zipped(("photo.jpg", b"x"))).startswith("This zip holds no trail.jsonl")


def test_a_trail_that_ends_in_the_middle_of_a_line_is_cut(tmp_path: Path) -> None:
    files = honest()
    files["trail.jsonl"] = files["trail.jsonl"][:-1]
    assert unreadable(tmp_path, forge.packed(files)) == "trail.jsonl ends in the middle of a line; it has been cut."


# --- two readers of one zip may not see two bundles, and nobody waits for a swelling one ---------------------------


def with_large_end(data: bytes, members: int, directory: int) -> bytes:
    """The zip with a 64-bit end that says this, in front of the end that it had."""
    start = struct.unpack("<L", data[-6:-2])[0]
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, directory, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(data) - 22, 1)
    return data[:-22] + record + locator + data[-22:]


@pytest.mark.parametrize(("members", "directory"), [(10**6, 300), (3, 2**40), (2**63, 2**63)])
def test_a_64_bit_end_beyond_the_limits_is_refused_though_the_short_end_keeps_them(
    members: int, directory: int, tmp_path: Path
) -> None:
    data = with_large_end(zipped(("trail.jsonl", b"x")), members, directory)
    assert "more than 20000 files" in unreadable(tmp_path, data)


def test_a_short_end_beyond_the_limits_is_refused_though_a_64_bit_end_keeps_them(tmp_path: Path) -> None:
    data = bytearray(with_large_end(zipped(("trail.jsonl", b"x")), 1, 57))
    data[-14:-10] = struct.pack("<2H", 30_000, 30_000)
    assert "more than 20000 files" in unreadable(tmp_path, bytes(data))


def test_more_files_than_the_end_admits_are_counted(tmp_path: Path) -> None:
    header = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *[0] * 7, 8, *[0] * 6)
    directory = b"".join(header + b"%08d" % number for number in range(30_000))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, len(directory), 0, 0)
    assert "more than 20000 files" in unreadable(tmp_path, directory + end)


def test_bytes_in_front_of_the_zip_are_refused(tmp_path: Path) -> None:
    assert unreadable(tmp_path, b"#!/bin/sh\n" + forge.write(told())).startswith("This is no whole zip file")


def test_a_comment_is_refused_and_with_it_an_end_that_hides_in_one(tmp_path: Path) -> None:
    honest_, other = forge.write(told()), zipped(("photo.jpg", b"x"))
    commented = honest_[:-2] + struct.pack("<H", len(other)) + other
    # The last end is that of the hidden zip, for which the bundle is bytes in front.
    assert unreadable(tmp_path, commented).startswith("This is no whole zip file")
    assert unreadable(tmp_path, honest_[:-2] + b"\x05\x00hello").startswith("This is no whole zip file")


def test_a_file_that_calls_itself_otherwise_in_front_of_its_bytes_is_damaged(tmp_path: Path) -> None:
    data = bytearray(forge.write(told()))
    at = data.find(b"README.txt")
    data[at : at + 10] = b"READYOU.tx"
    assert unreadable(tmp_path, bytes(data)) == "README.txt cannot be unpacked; the file is damaged, fetch it again."


def test_a_thousand_small_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    swollen = zipped(("checkpoints/1.note", bytes(2**20)))
    size, more = swollen.find(b"PK\x01\x02"), []
    one, header = swollen[:size], swollen[size:-22]
    for number in range(10_000, 12_000):
        mine = struct.pack("<L", (number - 10_000) * len(one))
        name = b"checkpoints/1.note".replace(b"1", b"%05d" % number)
        more.append(header[:28] + struct.pack("<H", len(name)) + header[30:42] + mine + name)
    listed = b"".join(more)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2000, 2000, len(listed), 2000 * len(one), 0)
    assert "The zip would swell more than 100 times" in unreadable(tmp_path, one * 2000 + listed + end)


@pytest.mark.parametrize("name", ["results.csv", "ratings.csv"])
def test_a_table_that_is_one_endless_line_is_named_without_being_held(name: str, tmp_path: Path) -> None:
    endless = b"".join(os.urandom(2**12) * 60 for _ in range(130)).replace(b"\n", b" ")
    report = look(tmp_path, forge.packed({**honest(), name: endless}))
    assert report.problems == (f"Line 1 of {name} is not what the trail says.",)


def test_what_is_no_file_is_unreadable_and_never_waited_for(tmp_path: Path) -> None:
    pipe, inside, long = tmp_path / "pipe", saved(tmp_path, b"x") / "trail.jsonl", tmp_path / ("n" * 5000)
    os.mkfifo(pipe)
    for path in (pipe, inside, long, Path("/dev/zero")):
        assert (verify(path).exit_code, len(verify(path).problems)) == (3, 1)
