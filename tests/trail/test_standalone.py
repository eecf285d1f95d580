"""The verifier that every bundle carries: one file, alone with Python, of one mind with the server's on honest bundles.

Witnesses: RFC 8032, `cryptography`, `consensus`, and the server's verifier on workshops drawn by a seed.
"""

import ast
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consensus import PRESETS, needed_in_pair
from server.trail import standalone
from tests.trail import forge
from tests.trail.drawn import SCALES, table
from tests.trail.story import SIGNER, Kept, erased, keep, played, told
from tests.trail.two import ALONE, alone, both

SOURCE = ALONE.read_text("utf-8")


def test_it_is_one_file_of_at_most_800_lines_that_python_3_8_can_read() -> None:
    assert len(SOURCE.splitlines()) <= 800
    ast.parse(SOURCE, feature_version=(3, 8))


def test_it_imports_the_standard_library_alone() -> None:
    found: set[str] = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(str(node.module))
    assert {name.split(".")[0] for name in found} <= sys.stdlib_module_names and found


# --- run by a person ------------------------------------------------------------------------------------------------


def shell(*words: object, cwd: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", *map(str, words)], cwd=cwd, capture_output=True, check=False,
        env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stderr == b""
    return done.returncode, done.stdout.decode("utf-8").splitlines()


def test_the_program_inside_a_bundle_verifies_it_packed_and_unpacked(tmp_path: Path) -> None:
    bundle = forge.saved(tmp_path, forge.write(told()))
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(bundle).extractall(folder)
    (folder / "my notes.txt").write_text("what else lies in the folder is not the bundle's")
    packed, said = shell(folder / "verify.py", bundle, cwd=tmp_path)
    assert (packed, said[0]) == (0, "VALID · SAH")
    assert shell("verify.py", cwd=folder) == (0, said)
    openings = folder / "openings.jsonl"
    openings.write_bytes(openings.read_bytes().replace(b'"value":4', b'"value":5', 1))
    assert shell("verify.py", cwd=folder)[0] == 1


def test_it_answers_in_both_languages_and_says_what_it_does_not_recompute(tmp_path: Path) -> None:
    code, said = alone(forge.saved(tmp_path, forge.write(told(), "public")))
    assert (code, said[0]) == (2, "INCOMPLETE · TIDAK LENGKAP")
    assert {"  withheld: 50 × ballot.cast", "  ditahan: 50 × ballot.cast"} <= set(said)
    _, full = alone(forge.saved(tmp_path, forge.write(told())))
    assert any(line.startswith("  not recomputed: interval and p value of W") for line in full)
    assert any(line.startswith("  tidak dihitung ulang: selang dan nilai p dari W") for line in full)


def test_the_key_and_the_head_of_the_day_decide_as_they_do_for_the_server(tmp_path: Path) -> None:
    bundle = forge.saved(tmp_path, forge.write(told()))
    for note in told().notes:
        assert both(bundle, vkey=SIGNER.verifier.vkey, head=note).status == "VALID"
    cut = forge.saved(tmp_path, forge.write(Kept(told().stored, told().notes[:3])))
    assert both(cut).status == "VALID"
    assert both(cut, head=told().notes[-1]).status == "INVALID"


@pytest.mark.parametrize("words", [["--key"], ["b.zip", "--key"], ["b.zip", "--json", "x"], ["b.zip", "more"]])
def test_words_that_it_does_not_know_are_unreadable(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert standalone.main(words) == 3
    assert "verify.py BUNDLE.zip [--key VKEY] [--head NOTE]" in capsys.readouterr().out


# --- honest bundles, both verifiers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_both_find_a_drawn_workshop_valid_and_its_public_copy_incomplete(seed: int, tmp_path: Path) -> None:
    day = table(seed)
    below, kept = day.state.settings.suppress_below, keep(day)
    assert both(forge.saved(tmp_path, forge.write(kept, "full", below))).status == "VALID"
    public = both(forge.saved(tmp_path, forge.write(kept, "public", below)))
    assert public.status == ("INCOMPLETE" if public.withheld else "VALID") and public.problems == ()


@pytest.mark.parametrize("preset", sorted(PRESETS))
@pytest.mark.parametrize("scale", [*SCALES, [1, 2, 3, 4, 5, 6]], ids=str)
def test_both_say_the_same_of_every_preset_on_every_scale(preset: str, scale: list[int], tmp_path: Path) -> None:
    day = table(len(scale) + scale[0], asked=preset, scale=scale)
    below, kept = day.state.settings.suppress_below, keep(day)
    assert both(forge.saved(tmp_path, forge.write(kept, "full", below))).status == "VALID"
    assert both(forge.saved(tmp_path, forge.write(kept, "public", below))).problems == ()


@pytest.mark.parametrize("seed", range(40))
def test_both_find_a_workshop_with_an_erased_person_whole_but_incomplete(seed: int, tmp_path: Path) -> None:
    day = table(seed)
    kept, names = erased(day, 1)
    report = both(forge.saved(tmp_path, forge.write(kept, "full", day.state.settings.suppress_below)))
    assert (report.status, report.problems) == ("INCOMPLETE" if names else "VALID", ())


# Two drawn days on which the server's verifier called an honest bundle INVALID: 61 has categories 25 apart, and in 125
# the chair decides an item whose latest vote the public copy withholds.
@pytest.mark.parametrize("seed", [61, 125])
def test_days_on_which_the_two_once_disagreed_stay_settled(seed: int, tmp_path: Path) -> None:
    day = table(seed)
    below = day.state.settings.suppress_below
    assert both(forge.saved(tmp_path, forge.write(keep(day), "public", below))).status == "INCOMPLETE"
    assert both(forge.saved(tmp_path, forge.write(erased(day, 1)[0], "full", below))).status == "INCOMPLETE"


def test_the_story_with_an_erased_person_is_incomplete_for_both(tmp_path: Path) -> None:
    kept, _ = erased(played(), 3)
    for disclose in ("full", "public"):
        assert both(forge.saved(tmp_path, forge.write(kept, disclose))).status == "INCOMPLETE"  # type: ignore[arg-type]


# --- arithmetic -----------------------------------------------------------------------------------------------------

# RFC 8032, section 7.1, tests 1 to 3 and SHA(abc): public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        ("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
         "655141438e7a100b"),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
         "b00d291612bb0c00"),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        ("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
         "c027beceea1ec40a"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_signatures_of_rfc_8032_hold_and_no_other_bit_does(public: str, message: str, signature: str) -> None:
    key, text, sign = bytes.fromhex(public), bytes.fromhex(message), bytearray.fromhex(signature)
    assert standalone.signs(key, bytes(sign), text)
    for bit in range(0, 512, 37):
        sign[bit // 8] ^= 1 << bit % 8
        assert not standalone.signs(key, bytes(sign), text)
        sign[bit // 8] ^= 1 << bit % 8
    assert not standalone.signs(key, bytes(sign), text + b"x")


def test_signatures_that_cryptography_makes_hold() -> None:
    chance = Random(8032)
    for _ in range(25):
        text = chance.randbytes(chance.randint(0, 99))
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public = private.public_key().public_bytes_raw()
        assert standalone.signs(public, private.sign(text), text)
        assert not standalone.signs(public, private.sign(text + b"."), text)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7, 9])
def test_the_guard_against_chance_is_that_of_consensus_by_listing_every_panel(size: int) -> None:
    for raters in range(1, 22 if size < 7 else 12):
        for share in (Fraction(51, 100), Fraction(3, 4), Fraction(1)):
            due = needed_in_pair(raters, size, share=share, chance=Fraction(1, 20))
            assert standalone.needed_in_pair(raters, size, share, 5) == due
