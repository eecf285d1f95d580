"""Files that are not what they are said to be: each ends in one sentence and the right exit code."""

from pathlib import Path

import pytest

from tests.trail import forge
from tests.trail.forge import honest, look
from tests.trail.story import SIGNER, told


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
        (b'{"disclose":"full","suppress_below":5.0}\n', "disclosure.json cannot be read: "),
        (b'{"disclose":"full","suppress_below":NaN}\n', "disclosure.json cannot be read: "),
        (b'{"disclose":"full","suppress_below":' + b"9" * 5000 + b"}\n", "disclosure.json cannot be read: "),
        (b'{"disclose":"full","disclose":"full","suppress_below":5}\n', "disclosure.json cannot be read: "),
        (b'{"disclose":"\xff","suppress_below":5}\n', "disclosure.json cannot be read: "),
        (b"", "disclosure.json cannot be read: "),
    ],
)
def test_a_disclosure_that_does_not_fit_is_refused(text: bytes, said: str, tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "disclosure.json": text}))
    assert report.status == "INVALID" and said in report.problems[0]


ALGORITHM_2 = "mufakat/kota-uji+00000000+Ag" + SIGNER.verifier.vkey.rsplit("+AQ", 1)[1]


@pytest.mark.parametrize("key", [SIGNER.verifier.vkey + "x", ALGORITHM_2, "ssh-ed25519 AAAA", "\ud800", ""])
def test_a_key_of_another_type_is_refused(key: str, tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "key.vkey": key.encode("utf-8", "surrogatepass") + b"\n"}))
    assert report.status == "INVALID" and report.problems[0].startswith("key.vkey holds no key: ")


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"[" * 50_000, b"mufakat/kota-uji\n46\n", b"\n" * 70_000])
def test_a_head_that_is_no_note_is_named(note: bytes, tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "checkpoints/46.note": note}))
    assert report.status == "INVALID" and report.problems[0].startswith("The head of 46 entries is not this trail's: ")


@pytest.mark.parametrize("listed", [b"\xff" * 80 + b"\n", b"[" * 50_000, b"\n" * 100_000])
def test_a_manifest_that_is_no_text_is_refused(listed: bytes, tmp_path: Path) -> None:
    report = look(tmp_path, forge.packed({**honest(), "MANIFEST.sha256": listed}, repair=False))
    assert report.status == "INVALID" and report.problems[0].startswith(("A line of MANIFEST", "MANIFEST.sha256 does"))
