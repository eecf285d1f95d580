"""Heads and keys as another implementation of C2SP reads them: `metamorphic-log`, written in Rust by others."""

import metamorphic_log
import pytest

from server.trail.checkpoint import Checkpoint, open_note, sign
from server.trail.tree import EMPTY_ROOT
from tests.trail.story import SIGNER, STRANGER, told

VKEY = SIGNER.verifier.vkey
NOTE = told().notes[0]


def test_every_head_of_the_story_is_read_alike() -> None:
    for note in told().notes:
        ours, theirs = open_note(note, SIGNER.verifier), metamorphic_log.checkpoint_verify(note, [VKEY])
        assert (theirs.origin, theirs.size, theirs.root, theirs.extensions) == (ours.origin, ours.size, ours.root, [])


@pytest.mark.parametrize("size", [0, 1, 2**53 - 1])
def test_the_smallest_and_the_largest_head_are_read_alike(size: int) -> None:
    head = Checkpoint(SIGNER.verifier.name, size, EMPTY_ROOT)
    theirs = metamorphic_log.checkpoint_verify(sign(head, SIGNER), [VKEY])
    assert (theirs.origin, theirs.size, theirs.root) == (head.origin, head.size, head.root)


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (NOTE, STRANGER.verifier.vkey),
        (NOTE.replace("\n46\n", "\n47\n"), VKEY),
        (NOTE.replace("mufakat", "other", 1), VKEY),
        (NOTE[:-10], VKEY),
        (NOTE, VKEY[:-4]),
    ],
    ids=["another key", "another size", "another origin", "cut", "a cut key"],
)
def test_what_we_refuse_they_refuse(note: str, key: str) -> None:
    with pytest.raises(metamorphic_log.VerifyError):  # type: ignore[attr-defined]  # generated at import
        metamorphic_log.checkpoint_verify(note, [key])
