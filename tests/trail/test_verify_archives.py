"""Hostile files: each ends in one sentence and the right exit code, and nothing is unpacked. Bytes are made by hand."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from server.trail.verify import verify
from tests.trail import forge
from tests.trail.forge import look
from tests.trail.story import SIGNER, told


def honest() -> dict[str, bytes]:
    return forge.members(forge.write(told()))


def unreadable(tmp_path: Path, data: bytes) -> str:
    report = look(tmp_path, data)
    assert (report.status, report.exit_code, len(report.problems)) == ("UNREADABLE", 3, 1)
    return report.problems[0]


def zipped(*members: tuple[zipfile.ZipInfo | str, bytes], **how: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for info, data in members:
            file.writestr(info, data, **how)
    return out.getvalue()


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


# --- files that are not what they are said to be ----------------------------------------------------------------


def test_a_file_of_another_name_is_named(tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "nested.zip": forge.write(told())}))
    assert (report.status, report.problems) == ("INVALID", ("nested.zip is no file of a bundle.",))


@pytest.mark.parametrize(
    "name", ["openings.jsonl", "key.vkey", "results.csv", "report.html", "README.txt", "disclosure.json", "ratings.csv"]
)
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    files = honest()
    del files[name]
    report = look(tmp_path, forge.packed(files))
    assert report.status == "INVALID" and name in report.problems[0]


def test_a_file_changed_under_the_old_manifest_is_named(tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "report.html": b"<p>lies"}, repair=False))
    assert report.problems == ("report.html is not the file that MANIFEST.sha256 names.",)


def test_a_manifest_that_names_too_much_too_little_or_nonsense_is_refused(tmp_path: Path) -> None:
    files = honest()
    listed = files["MANIFEST.sha256"]
    for changed, said in (
        (listed + b"ab" * 32 + b"  more.txt\n", "MANIFEST.sha256 names more.txt, which is not in the bundle."),
        (listed.split(b"\n", 1)[1], "MANIFEST.sha256 does not name README.txt."),
        (listed + listed.split(b"\n")[0] + b"\n", "MANIFEST.sha256 names README.txt twice."),
        (b"hello\n", "A line of MANIFEST.sha256 is not a digest, two spaces and a name."),
        (listed[:-1], "MANIFEST.sha256 does not end in a newline; it has been cut."),
    ):
        report = look(tmp_path, forge.packed({**files, "MANIFEST.sha256": changed}, repair=False))
        assert (report.status, report.problems) == ("INVALID", (said,))


@pytest.mark.parametrize(
    ("name", "told_", "lie"), [("results.csv", b",8,3.000000,", b",8,3.000001,"), ("ratings.csv", b",4,,", b",5,,")]
)
def test_a_table_that_does_not_say_what_the_trail_says_is_named_by_its_line(
    name: str, told_: bytes, lie: bytes, tmp_path: Path
) -> None:
    files = honest()
    lines = files[name].split(b"\r\n")
    assert told_ in lines[3]
    lines[3] = lines[3].replace(told_, lie)
    files[name] = b"\r\n".join(lines)
    assert look(tmp_path, forge.packed(files)).problems == (f"Line 4 of {name} is not what the trail says.",)


@pytest.mark.parametrize("extra", [b"A,1,a1,00000000,5,,\r\n", b"\r\n", b" "])
def test_a_row_added_to_the_ratings_is_named(extra: bytes, tmp_path: Path) -> None:
    files = honest()
    files["ratings.csv"] += extra
    assert look(tmp_path, forge.packed(files)).problems == ("Line 143 of ratings.csv is not what the trail says.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'{"disclose":"full","suppress_below":4}\n', "this bundle says 4."),
        (b'{"disclose":"all","suppress_below":5}\n', "disclosure.json cannot be read: "),
        (b'{"disclose":"public","suppress_below":5}\n', "ratings.csv is in a public bundle."),
        (b'{"disclose": "full","suppress_below":5}\n', "disclosure.json cannot be read: The line is not canonical"),
        (b"[" * 50_000, "disclosure.json cannot be read: "),
    ],
)
def test_a_disclosure_that_does_not_fit_is_refused(text: bytes, said: str, tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "disclosure.json": text}))
    assert report.status == "INVALID" and said in report.problems[0]


def test_a_key_of_another_type_is_refused(tmp_path: Path) -> None:
    files = {**honest(), "key.vkey": SIGNER.verifier.vkey.encode() + b"x\n"}
    report = look(tmp_path, forge.packed(files))
    assert report.status == "INVALID" and report.problems[0].startswith("key.vkey holds no key: ")
