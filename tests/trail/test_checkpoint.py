"""Signed heads. Witnesses: the example of C2SP tlog-checkpoint, signatures by `cryptography`, groups by hand."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from server.trail.checkpoint import Checkpoint, open_note, origin_of, short, sign
from server.trail.note import Signer, sign_note
from server.trail.tree import EMPTY_ROOT
from tests.trail.memory import code_of

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "mufakat/semarang-2026"
SIGNER = Signer(ORIGIN, PRIVATE)
ROOT = hashlib.sha256(b"root").digest()
HEAD = Checkpoint(ORIGIN, 17, ROOT)
BODY = f"{ORIGIN}\n17\n{base64.b64encode(ROOT).decode()}\n"


def test_the_example_of_the_specification_reads_and_writes():
    body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    head = Checkpoint.parse(body)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert head.text == body


def test_a_head_is_three_lines_signed_by_the_key_of_its_origin():
    public = PRIVATE.public_key().public_bytes_raw()
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    stamp = base64.b64encode(key_id + PRIVATE.sign(BODY.encode())).decode()
    assert sign(HEAD, SIGNER) == f"{BODY}\n— {ORIGIN} {stamp}\n"
    assert open_note(sign(HEAD, SIGNER), SIGNER.verifier) == HEAD


@given(st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_every_head_opens_as_it_was_signed(size, root):
    head = Checkpoint(ORIGIN, size, root)
    assert open_note(sign(head, SIGNER), SIGNER.verifier) == head


def test_a_larger_size_under_the_same_signature_is_forged():
    assert code_of(lambda: open_note(sign(HEAD, SIGNER).replace("\n17\n", "\n18\n"), SIGNER.verifier)) == "note_forged"


def test_another_root_under_the_same_signature_is_forged():
    other = sign(HEAD, SIGNER).replace(base64.b64encode(ROOT).decode(), base64.b64encode(bytes(32)).decode())
    assert code_of(lambda: open_note(other, SIGNER.verifier)) == "note_forged"


def test_a_head_of_another_trail_of_the_same_host_is_refused():
    other = Signer("mufakat/other", PRIVATE)
    assert code_of(lambda: open_note(sign(Checkpoint("mufakat/other", 17, ROOT), other), SIGNER.verifier)) == (
        "note_unsigned"
    )
    assert code_of(lambda: open_note(sign_note(HEAD.text, other), other.verifier)) == "note_origin"
    assert code_of(lambda: sign(HEAD, other)) == "note_origin"


@pytest.mark.parametrize(
    "body",
    [
        f"{ORIGIN}\n17\n",
        f"{ORIGIN}\n17\nshort\n",
        f"{ORIGIN}\n017\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n+17\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n-1\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n１７\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n17.0\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n9007199254740992\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{BODY.splitlines()[2]}\n",
        f"{ORIGIN}\n17\n{BODY.splitlines()[2]}=\n",
        f"{ORIGIN}\n17\n{BODY.splitlines()[2]}\nextension\n",
        f"{ORIGIN}\n0\n{BODY.splitlines()[2]}\n",
        f"\n17\n{BODY.splitlines()[2]}\n",
    ],
)
def test_a_well_signed_text_that_is_no_head_is_refused(body):
    assert code_of(lambda: open_note(sign_note(body, SIGNER), SIGNER.verifier)) == "checkpoint_malformed"


def test_the_head_of_an_empty_trail_has_the_empty_root():
    assert Checkpoint.parse(Checkpoint(ORIGIN, 0, EMPTY_ROOT).text).root == EMPTY_ROOT
    assert code_of(lambda: Checkpoint(ORIGIN, 0, ROOT)) == "checkpoint_malformed"


def test_an_origin_is_mufakat_and_the_workshop():
    assert origin_of("semarang-2026") == ORIGIN
    assert origin_of("semarang-2026/2") == f"{ORIGIN}/2"


@pytest.mark.parametrize("workshop", ["", "a b", "a+b", "-a", "a\n", "ä", "a" * 101])
def test_a_workshop_whose_name_no_origin_can_bear_is_refused(workshop):
    assert code_of(lambda: origin_of(workshop)) == "origin"


def test_the_wall_shows_eight_groups_of_four_of_the_first_160_bits():
    # By hand: 5 bits a character, 0…31 in order, is the alphabet itself.
    every = int("".join(f"{value:05b}" for value in range(32)), 2).to_bytes(20, "big")
    assert short(every + bytes(12)) == "0123 4567 89AB CDEF GHJK MNPQ RSTV WXYZ"
    assert short(every + b"\xff" * 12) == short(every + bytes(12))
    assert short(bytes(19) + b"\x01" + bytes(12)) == "0000 0000 0000 0000 0000 0000 0000 0001"


@pytest.mark.parametrize("length", [0, 20, 31, 33])
def test_what_is_no_root_is_not_shown(length):
    with pytest.raises(ValueError, match="32 bytes"):
        short(bytes(length))
