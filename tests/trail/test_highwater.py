"""The guard against forks. Witnesses: trails of our own that are cut, rewritten and grown."""

import subprocess
import sys
from itertools import pairwise

import pytest

from server.trail.checkpoint import Checkpoint
from server.trail.highwater import HighWater
from server.trail.tree import consistency
from tests.trail.memory import MemoryTrail, code_of, numbered

ORIGIN = "mufakat/w1"
TRAIL = numbered(60)
FORK = MemoryTrail([*TRAIL.lines[:20], b"rewritten", *TRAIL.lines[21:]])


def head(size: int, trail: MemoryTrail = TRAIL, origin: str = ORIGIN) -> Checkpoint:
    return Checkpoint(origin, size, trail.root(size))


def proofs(trail: MemoryTrail = TRAIL):
    return lambda first, second: consistency(first, second, trail.node)


@pytest.fixture
def marks(tmp_path):
    marks = HighWater(tmp_path / "heads.json")
    marks.create()
    return marks


def test_a_new_file_has_no_marks(marks):
    assert marks.is_empty()
    assert marks.mark(ORIGIN) is None
    marks.check(head(5), proofs())


def test_a_growing_trail_is_signed_at_every_size(marks):
    for size in range(61):
        marks.check(head(size), proofs())
        marks.raise_to(head(size))
        assert marks.mark(ORIGIN) == head(size)


def test_the_same_head_may_be_signed_again_after_a_crash(marks):
    marks.raise_to(head(30))
    marks.check(head(30), proofs())
    marks.raise_to(head(30))
    assert marks.mark(ORIGIN) == head(30)


def test_a_restored_older_trail_is_refused(marks):
    marks.raise_to(head(30))
    assert code_of(lambda: marks.check(head(29), proofs())) == "head_behind"
    assert code_of(lambda: marks.raise_to(head(29))) == "head_behind"
    assert marks.mark(ORIGIN) == head(30)


def test_a_trail_restored_and_grown_past_the_mark_is_refused(marks):
    marks.raise_to(head(30))
    for size in (30, 31, 32, 33, 60):
        assert code_of(lambda size=size: marks.check(head(size, FORK), proofs(FORK))) == "head_fork"


def test_a_rewritten_trail_cannot_borrow_the_proof_of_the_true_one(marks):
    marks.raise_to(head(30))
    assert code_of(lambda: marks.check(head(40, FORK), proofs(TRAIL))) == "head_fork"


def test_a_fork_above_the_mark_is_no_fork_yet(marks):
    marks.raise_to(head(20))
    marks.check(head(40, FORK), proofs(FORK))


def test_of_two_different_heads_of_one_size_the_second_is_refused_even_without_check(marks):
    marks.raise_to(head(30))
    assert code_of(lambda: marks.raise_to(head(30, FORK))) == "head_fork"
    assert marks.mark(ORIGIN) == head(30)


def test_a_new_origin_starts_afresh_and_leaves_the_old_mark(marks):
    marks.raise_to(head(30))
    marks.check(head(10, FORK, "mufakat/w1/2"), proofs(FORK))
    marks.raise_to(head(10, FORK, "mufakat/w1/2"))
    assert marks.mark(ORIGIN) == head(30)
    assert marks.mark("mufakat/w1/2") == head(10, FORK, "mufakat/w1/2")


def test_the_file_is_one_canonical_map(marks, tmp_path):
    marks.raise_to(head(30))
    assert (tmp_path / "heads.json").read_bytes() == (
        b'{"mufakat/w1":{"root":"' + TRAIL.root(30).hex().encode() + b'","size":30}}'
    )


def test_making_the_file_again_keeps_its_marks(marks):
    marks.raise_to(head(30))
    marks.create()
    assert marks.mark(ORIGIN) == head(30)


def test_a_missing_file_is_refused_rather_than_taken_for_empty(marks, tmp_path):
    marks.raise_to(head(30))
    (tmp_path / "heads.json").unlink()
    assert code_of(lambda: marks.check(head(10), proofs())) == "marks_missing"
    assert code_of(lambda: marks.raise_to(head(10))) == "marks_missing"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}\n",
        b'{"a":1}',
        b'{"a":{"size":1}}',
        b'{"a":{"root":"zz","size":1}}',
        b'{"a":{"root":"00","size":1}}',
        b'{"a":{"root":1,"size":1}}',
        b'{"a":{"root":"' + b"0" * 64 + b'","size":"1"}}',
        b'{"a":{"root":"' + b"0" * 64 + b'","size":-1}}',
    ],
)
def test_a_damaged_file_is_refused(marks, tmp_path, content):
    (tmp_path / "heads.json").write_bytes(content)
    assert code_of(lambda: marks.check(head(10), proofs())) == "marks_malformed"
    assert code_of(lambda: marks.raise_to(head(10))) == "marks_malformed"
    assert (tmp_path / "heads.json").read_bytes() == content


def test_a_folder_that_is_gone_is_named(tmp_path):
    marks = HighWater(tmp_path / "no" / "heads.json")
    assert code_of(marks.create) == "marks_unwritable"
    assert code_of(lambda: marks.raise_to(head(1))) == "marks_unwritable"
    assert code_of(lambda: marks.mark(ORIGIN)) == "marks_missing"


def test_processes_that_share_the_file_lose_no_mark(marks, tmp_path):
    program = (
        "import sys; from pathlib import Path\n"
        "from server.trail.checkpoint import Checkpoint\n"
        "from server.trail.highwater import HighWater\n"
        "marks = HighWater(Path(sys.argv[1]))\n"
        "for size in range(1, 26): marks.raise_to(Checkpoint(sys.argv[2], size, bytes([size]) * 32))\n"
    )
    origins = [f"mufakat/w{number}" for number in range(4)]
    workers = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "heads.json"), origin]) for origin in origins
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0, 0]
    assert [marks.mark(origin) for origin in origins] == [
        Checkpoint(origin, 25, bytes([25]) * 32) for origin in origins
    ]


def test_marks_only_rise(marks):
    for smaller, larger in pairwise((1, 5, 9, 31)):
        marks.raise_to(head(larger))
        assert code_of(lambda size=smaller: marks.raise_to(head(size))) == "head_behind"


def test_marks_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "heads.json").mkdir()
    assert code_of(lambda: HighWater(tmp_path / "heads.json").mark(ORIGIN)) == "marks_unreadable"
