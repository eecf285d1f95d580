"""A trail that says it was restored is held to it: attacks of a host who holds the true key, sealed and signed anew.

Witness: the same story, honest, is VALID; each test changes one thing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.trail import TrailError
from server.trail.checkpoint import Checkpoint, sign
from server.trail.findings import Report
from server.trail.names import latest, numbered
from server.trail.note import Signer
from server.trail.origins import check_continued
from server.trail.verify import verify
from server.workshop.events import OriginContinued
from tests.trail import forge
from tests.trail.story import ORIGIN, SIGNER, STRANGER, told

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECOND = Signer(f"{ORIGIN}/2", PRIVATE)
LOST = Checkpoint(ORIGIN, 9_000, b"\x07" * 32)
BODY = {"origin": SECOND.verifier.name, "head": sign(LOST, SIGNER), "key": SIGNER.verifier.vkey}


def restored(folder: Path, body: dict[str, Any] | None = None, signer: Signer = SECOND) -> Report:
    """The story with the entry of a restore at its end, signed by `signer`; without a body the entry is left out."""

    def change(leaves: list[forge.Leaf]) -> None:
        if body is not None:
            at = leaves[-1].line["at"]
            line = {"at": at, "body": body, "by": "server", "kind": "origin.continued", "scope": "workshop", "v": 1}
            leaves.append(forge.Leaf(line, {}))

    files = forge.members(forge.forged(told(), change, signer=signer))
    files["key.vkey"] = f"{signer.verifier.vkey}\n".encode()
    return verify(forge.saved(folder, forge.packed(files)))


def test_an_honest_restore_is_valid_and_says_what_was_lost(tmp_path: Path) -> None:
    report = restored(tmp_path, BODY)
    seq = report.size - 1
    assert (report.status, report.problems) == ("VALID", ())
    [sentence] = report.continued
    assert sentence == (
        f"Restored from a backup at entry {seq} and signed as {ORIGIN}/2 since; the last head published as {ORIGIN} "
        f"covers 9000 entries; the last {9_000 - seq} of them are not here."
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"head": sign(LOST, SIGNER).replace("9000", "9001")},
        {"head": sign(LOST, STRANGER)},
        {"head": "9000 entries, believe me"},
        {"key": "no key"},
        {"key": SECOND.verifier.vkey, "head": sign(Checkpoint(f"{ORIGIN}/2", 9_000, LOST.root), SECOND)},
        {"origin": ORIGIN},
        {"origin": "mufakat/another/2"},
    ],
    ids=["another size", "another key's", "no note", "no key", "its own name", "no new name", "another trail"],
)
def test_a_head_that_nobody_published_cannot_be_cited(tmp_path: Path, changed: dict[str, str]) -> None:
    report = restored(tmp_path, BODY | changed)
    assert report.status == "INVALID"
    assert report.problems[0].startswith(f"Entry {report.size - 1} (origin.continued, workshop) ")


def test_heads_bear_the_name_that_the_trail_says_no_older_and_no_newer_one(tmp_path: Path) -> None:
    older = restored(tmp_path, BODY, signer=SIGNER)
    assert f"The key is of {ORIGIN}, the trail of kota-uji." in older.problems
    newer = restored(tmp_path)
    assert f"The key is of {ORIGIN}/2, the trail of kota-uji." in newer.problems


def test_names_are_counted_from_the_first_and_a_number_one_is_a_name_of_its_own() -> None:
    assert (numbered("mufakat/w"), numbered("mufakat/w/2")) == (("mufakat/w", 1), ("mufakat/w", 2))
    assert numbered("mufakat/w/1") == ("mufakat/w/1", 1)
    assert numbered("mufakat/w/9").next() == "mufakat/w/10"
    known = ["mufakat/w/10", "mufakat/w/9", "mufakat/w", "mufakat/v/11"]
    assert latest("mufakat/w/2", known) == "mufakat/w/10" and latest("mufakat/u", known) is None


def test_a_restore_may_follow_one_that_this_copy_never_saw_but_none_that_comes_after_it() -> None:
    third = OriginContinued(origin=f"{ORIGIN}/3", head=sign(Checkpoint(SECOND.verifier.name, 5, LOST.root), SECOND),
                            key=SECOND.verifier.vkey)  # fmt: skip
    assert check_continued(ORIGIN, third, 4).former.origin == f"{ORIGIN}/2"
    with pytest.raises(TrailError, match="cannot follow"):
        check_continued(f"{ORIGIN}/3", third, 4)
