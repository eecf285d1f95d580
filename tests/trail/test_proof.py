"""Receipts. Witnesses: the layout of C2SP tlog-proof by hand, and attacks by name."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.trail.checkpoint import Checkpoint, sign
from server.trail.note import Signer, Verifier
from server.trail.proof import ProofFile
from server.trail.tree import inclusion
from tests.trail.memory import MemoryTrail, code_of, numbered

ORIGIN = "mufakat/w1"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x05" * 32))
KEY = SIGNER.verifier
TRAIL = numbered(13)
HEAD = Checkpoint(ORIGIN, 13, TRAIL.root(13))
NOTE = sign(HEAD, SIGNER)


def proof_of(index: int, trail: MemoryTrail = TRAIL, size: int = 13, extra: bytes = b"") -> ProofFile:
    note = sign(Checkpoint(ORIGIN, size, trail.root(size)), SIGNER)
    return ProofFile(index, inclusion(index, size, trail.node), note, extra)


def test_a_proof_file_is_laid_out_as_the_specification_says():
    proof = proof_of(4)
    hashes = "".join(f"{base64.b64encode(value).decode()}\n" for value in inclusion(4, 13, TRAIL.node))
    assert proof.render() == f"c2sp.org/tlog-proof@v1\nindex 4\n{hashes}\n{NOTE}"
    with_extra = proof_of(4, extra=b"a ballot")
    assert with_extra.render() == f"c2sp.org/tlog-proof@v1\nextra YSBiYWxsb3Q=\nindex 4\n{hashes}\n{NOTE}"


def test_every_proof_of_every_size_reads_back_and_checks():
    for size in range(1, 14):
        for index in range(size):
            proof = ProofFile.parse(proof_of(index, size=size, extra=b"x" * (index % 3)).render())
            assert proof == proof_of(index, size=size, extra=b"x" * (index % 3))
            assert proof.check(TRAIL.lines[index], KEY) == Checkpoint(ORIGIN, size, TRAIL.root(size))


def test_a_proof_of_a_single_entry_has_no_hashes():
    assert proof_of(0, size=1).render().startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nmufakat/w1\n1\n")


def test_another_line_is_not_proved():
    assert code_of(lambda: proof_of(4).check(TRAIL.lines[5], KEY)) == "proof_fails"
    assert code_of(lambda: proof_of(4).check(TRAIL.lines[4] + b"\n", KEY)) == "proof_fails"


def test_a_line_is_not_proved_at_another_place():
    for index in range(14):
        moved = ProofFile(index, proof_of(4).hashes, NOTE)
        if index != 4:
            assert code_of(lambda moved=moved: moved.check(TRAIL.lines[4], KEY)) == "proof_fails"


def test_a_path_under_another_head_of_the_same_trail_fails():
    older = ProofFile(4, proof_of(4, size=12).hashes, NOTE)
    assert code_of(lambda: older.check(TRAIL.lines[4], KEY)) == "proof_fails"


def test_a_proof_from_a_rewritten_trail_fails_under_the_true_head():
    rewritten = MemoryTrail([*TRAIL.lines[:4], b"a lie", *TRAIL.lines[5:]])
    lie = ProofFile(4, proof_of(4, rewritten).hashes, NOTE)
    assert code_of(lambda: lie.check(b"a lie", KEY)) == "proof_fails"


def test_a_proof_under_a_head_signed_by_a_stranger_fails():
    stranger = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x06" * 32))
    proof = ProofFile(4, proof_of(4).hashes, sign(HEAD, stranger))
    assert code_of(lambda: proof.check(TRAIL.lines[4], KEY)) == "note_unsigned"


def test_a_proof_is_checked_with_nothing_but_text():
    text, vkey = proof_of(12).render(), KEY.vkey
    assert ProofFile.parse(text).check(b'{"seq":12}', Verifier.parse(vkey)).size == 13


GOOD = proof_of(4, extra=b"a ballot").render()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n",
        "c2sp.org/tlog-proof@v1\nindex 4\n\n",
        GOOD.replace("@v1", "@v2"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("index 4", "index 04"),
        GOOD.replace("index 4", "index -4"),
        GOOD.replace("index 4", "index ４"),
        GOOD.replace("index 4", "index " + "9" * 16),
        GOOD.replace("index 4", "index " + "9" * 5000),
        GOOD.replace("index 4\n", ""),
        GOOD.replace("extra YSBiYWxsb3Q=", "extra YSBiYWxsb3Q"),
        GOOD.replace("extra YSBiYWxsb3Q=", "extra "),
        GOOD.replace("extra YSBiYWxsb3Q=", "extra YSBiYWxsb3Q=\nextra YSBiYWxsb3Q="),
        GOOD.replace("index 4\n", "index 4\nAAAA\n"),
        GOOD.replace("index 4\n", "index 4\nnot base64\n"),
        GOOD.replace("index 4\n", "index 4\n" + f"{base64.b64encode(bytes(32)).decode()}\n" * 64),
        GOOD + "a" * 200_000,
    ],
)
def test_what_is_no_proof_file_is_refused_as_none(text):
    assert code_of(lambda: ProofFile.parse(text)) == "proof_malformed"


def test_extra_data_is_not_authenticated_and_changes_no_verdict():
    changed = ProofFile(4, proof_of(4).hashes, NOTE, extra=b"a lie")
    assert changed.check(TRAIL.lines[4], KEY) == HEAD
