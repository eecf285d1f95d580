"""Signed notes. Witnesses: RFC 8032 vectors, the published note of Go's sumdb/note tests, curve arithmetic."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.trail.note import SMALL_ORDER, Signer, Verifier, open_signed, sign_note
from tests.trail.memory import code_of

# RFC 8032, 7.1: secret, public, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]
# The published key and note of golang.org/x/mod/sumdb/note.
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
STAMP = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— PeterNeumann {STAMP}\n"
PETER = Signer("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))
MALLORY = Signer("PeterNeumann", Ed25519PrivateKey.from_private_bytes(bytes(32)))
WITNESS = Signer("witness.example", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEY = Verifier.parse(VKEY)

PRIME = 2**255 - 19
CURVE_D = -121665 * pow(121666, -1, PRIME) % PRIME


def stamp_line(note: str) -> str:
    return note.rpartition("\n\n")[2]


def doubled(x: int, y: int) -> tuple[int, int]:
    product = CURVE_D * x * x * y * y
    return (
        2 * x * y * pow(1 + product, -1, PRIME) % PRIME,
        (y * y + x * x) * pow(1 - product, -1, PRIME) % PRIME,
    )


def abscissa(y: int) -> int:
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, PRIME) % PRIME
    root = pow(square, (PRIME + 3) // 8, PRIME)
    if root * root % PRIME != square:
        root = root * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    assert root * root % PRIME == square
    return root


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_rfc_8032(secret, public, message, signature):
    signer = Signer("k", Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))
    assert signer.verifier.public.hex() == public
    assert signer.sign(bytes.fromhex(message)).hex() == signature
    assert signer.verifier.verifies(bytes.fromhex(message), bytes.fromhex(signature))


def test_the_published_note_is_signed_byte_for_byte_and_opens():
    assert sign_note(TEXT, PETER) == NOTE
    assert open_signed(NOTE, KEY) == TEXT


def test_the_published_key_reads_and_writes_as_one_line():
    assert PETER.verifier == KEY
    assert KEY.vkey == VKEY
    assert KEY.key_id.hex() == "c74f20a3"
    assert Verifier.parse(f" {VKEY}\n") == KEY


def test_no_part_and_no_neighbour_of_the_published_key_is_a_key():
    parts = [VKEY[at:to] for at in range(len(VKEY)) for to in range(at + 1, len(VKEY) + 1)]
    neighbours = [VKEY[:at] + chr(ord(VKEY[at]) + 1) + VKEY[at + 1 :] for at in range(len(VKEY))]
    codes = {code_of(lambda text=text: Verifier.parse(text)) for text in [*parts, *neighbours] if text != VKEY}
    assert codes == {"key_malformed", "key_hash", "key_type", "key_name"}


def test_a_key_of_another_type_is_refused_as_such():
    other = base64.b64encode(b"\x04" + KEY.public).decode()
    assert code_of(lambda: Verifier.parse(f"PeterNeumann+c74f20a3+{other}")) == "key_type"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\nb", "a\x00b", "a\ud800"])
def test_a_name_that_no_note_can_bear_is_refused(name):
    assert code_of(lambda: Verifier(name, KEY.public)) == "key_name"


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length):
    assert code_of(lambda: Verifier("k", b"\x07" * length)) == "key_malformed"


def test_the_refused_points_are_exactly_those_of_small_order():
    for y in SMALL_ORDER:
        point = abscissa(y), y
        for _ in range(3):
            point = doubled(*point)
        assert point == (0, 1)
    assert len(SMALL_ORDER) == 5  # eight points: y and −y of order 8 and y of order 4 stand for two each


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*sorted(SMALL_ORDER), PRIME, PRIME + 1, 2**255 - 1])
def test_a_key_under_which_anybody_can_sign_is_refused(y, sign):
    public = (y | sign << 255).to_bytes(32, "little")
    assert code_of(lambda: Verifier("k", public)) == "key_malformed"


@pytest.mark.parametrize("at", range(0, len(TEXT) - 1, 7))
def test_a_changed_text_is_forged(at):
    changed = TEXT[:at] + chr(ord(TEXT[at]) ^ 1 if TEXT[at] != "\n" else 32) + TEXT[at + 1 :]
    assert code_of(lambda: open_signed(NOTE.replace(TEXT, changed), KEY)) == "note_forged"


def test_a_signature_of_another_key_under_the_same_name_is_no_signature():
    assert code_of(lambda: open_signed(sign_note(TEXT, MALLORY), KEY)) == "note_unsigned"


def test_a_signature_of_another_key_under_the_same_name_and_hash_is_forged():
    stamp = base64.b64encode(KEY.key_id + MALLORY.sign(TEXT.encode())).decode()
    assert code_of(lambda: open_signed(f"{TEXT}\n— PeterNeumann {stamp}\n", KEY)) == "note_forged"


def test_a_signature_cut_short_is_forged():
    assert code_of(lambda: open_signed(NOTE.replace(STAMP, STAMP[:-4]), KEY)) == "note_forged"


def test_signatures_of_strangers_are_passed_over():
    theirs, ours = sign_note(TEXT, WITNESS), sign_note(TEXT, PETER)
    assert open_signed(theirs + stamp_line(ours), KEY) == TEXT
    assert open_signed(ours + stamp_line(theirs), KEY) == TEXT
    assert open_signed(ours + stamp_line(theirs), WITNESS.verifier) == TEXT
    assert code_of(lambda: open_signed(theirs, KEY)) == "note_unsigned"


def test_one_bad_signature_of_the_key_condemns_the_note_in_either_order():
    good = stamp_line(NOTE)
    bad = f"— PeterNeumann {base64.b64encode(KEY.key_id + bytes(64)).decode()}\n"
    assert code_of(lambda: open_signed(f"{TEXT}\n{good}{bad}", KEY)) == "note_forged"
    assert code_of(lambda: open_signed(f"{TEXT}\n{bad}{good}", KEY)) == "note_forged"


def test_text_before_the_last_blank_line_is_the_text():
    text = "a\n\nb\n"
    assert open_signed(sign_note(text, PETER), KEY) == text


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        "\n\n",
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—"),
        NOTE.replace("PeterNeumann ", "PeterNeumann"),
        NOTE.replace("PeterNeumann ", " "),
        NOTE.replace("PeterNeumann ", "Peter+Neumann "),
        NOTE.replace(STAMP, STAMP[:-2] + "N="),
        NOTE.replace(STAMP, "x08go/Z="),
        NOTE.replace(STAMP, "x08gow=="),
        NOTE.replace(STAMP, ""),
        NOTE.replace("problem", "pro\tblem"),
        NOTE.replace("problem", "pro\x00blem"),
        NOTE.replace("problem", "pro\ud800blem"),
        NOTE + stamp_line(NOTE) * 64,
        "a" * 70_000 + NOTE,
    ],
)
def test_what_is_no_note_is_refused_as_none(note):
    assert code_of(lambda: open_signed(note, KEY)) == "note_malformed"


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "nul\x00\n", "cr\r\n", "\ud800\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text):
    assert code_of(lambda: sign_note(text, PETER)) == "note_malformed"
