"""The Merkle tree. Witnesses: published vectors of certificate-transparency, pymerkle, RFC 6962 by its definition."""

import hashlib
from itertools import pairwise

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.trail.tree import (
    EMPTY_ROOT,
    Edge,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.trail.memory import MemoryTrail, code_of, numbered

PUBLISHED_LINES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
# The reference Merkle tree test of google/certificate-transparency.
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PUBLISHED_INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
PUBLISHED_CONSISTENCY = {
    (1, 1): [],
    (1, 8): PUBLISHED_INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
WIDE = numbered(200)


def defined_root(leaves):
    """MTH as RFC 6962, 2.1 defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def defined_path(m, leaves):
    """PATH as RFC 6962, 2.1.1 defines it."""
    if len(leaves) == 1:
        return ()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m < k:
        return (*defined_path(m, leaves[:k]), defined_root(leaves[k:]))
    return (*defined_path(m - k, leaves[k:]), defined_root(leaves[:k]))


def defined_proof(m, leaves, whole=True):
    """SUBPROOF as RFC 6962, 2.1.2 defines it."""
    if m == len(leaves):
        return () if whole else (defined_root(leaves),)
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if m <= k:
        return (*defined_proof(m, leaves[:k], whole), defined_root(leaves[k:]))
    return (*defined_proof(m - k, leaves[k:], False), defined_root(leaves[:k]))


def test_leaves_and_nodes_are_hashed_under_different_prefixes():
    assert leaf_hash(b"L123456") == hashlib.sha256(b"\x00L123456").digest()
    assert node_hash(b"N123", b"N456") == hashlib.sha256(b"\x01N123N456").digest()
    assert leaf_hash(b"").hex() == PUBLISHED_ROOTS[1]


def test_roots_equal_the_published_ones():
    leaves = [leaf_hash(line) for line in PUBLISHED_LINES]
    assert [root_of(leaves[:size]).hex() for size in range(9)] == PUBLISHED_ROOTS
    assert EMPTY_ROOT.hex() == PUBLISHED_ROOTS[0]


def test_inclusion_proofs_equal_the_published_ones():
    trail = MemoryTrail(PUBLISHED_LINES)
    found = {
        (index, size): [value.hex() for value in inclusion(index, size, trail.node)]
        for index, size in PUBLISHED_INCLUSION
    }
    assert found == PUBLISHED_INCLUSION


def test_consistency_proofs_equal_the_published_ones():
    trail = MemoryTrail(PUBLISHED_LINES)
    found = {
        (first, second): [value.hex() for value in consistency(first, second, trail.node)]
        for first, second in PUBLISHED_CONSISTENCY
    }
    assert found == PUBLISHED_CONSISTENCY


def test_roots_up_to_200_equal_those_of_pymerkle():
    peer = pymerkle.InmemoryTree.init_from_entries(WIDE.lines, algorithm="sha256")
    assert [WIDE.root(size) for size in range(201)] == [peer.get_root(size) for size in range(201)]


def test_inclusion_proofs_up_to_200_equal_those_of_pymerkle():
    peer = pymerkle.InmemoryTree.init_from_entries(WIDE.lines, algorithm="sha256")
    for size in range(1, 201):
        for index in {0, size // 3, size // 2, size - 1}:
            # pymerkle counts leaves from one and lists the leaf among its siblings.
            path = [bytes.fromhex(value) for value in peer.prove_inclusion(index + 1, size).serialize()["path"]]
            path.remove(WIDE.leaves[index])
            assert sorted(inclusion(index, size, WIDE.node)) == sorted(path)


def test_pymerkle_accepts_the_growth_between_our_roots_that_our_proof_shows():
    peer = pymerkle.InmemoryTree.init_from_entries(WIDE.lines, algorithm="sha256")
    for second in range(1, 201):
        first = max(1, second * 2 // 3)
        # pymerkle lists every perfect subtree by itself, so the paths differ; the roots they join do not.
        pymerkle.verify_consistency(WIDE.root(first), WIDE.root(second), peer.prove_consistency(first, second))
        path = consistency(first, second, WIDE.node)
        assert verify_consistency(first, second, path, WIDE.root(first), WIDE.root(second))


def test_every_proof_up_to_40_equals_the_definition_and_verifies():
    for size in range(1, 41):
        leaves = WIDE.leaves[:size]
        assert WIDE.root(size) == defined_root(leaves)
        for index in range(size):
            path = inclusion(index, size, WIDE.node)
            assert path == defined_path(index, leaves)
            assert verify_inclusion(index, size, leaves[index], path, WIDE.root(size))
        for first in range(1, size + 1):
            path = consistency(first, size, WIDE.node)
            assert path == defined_proof(first, leaves)
            assert verify_consistency(first, size, path, WIDE.root(first), WIDE.root(size))


def test_a_path_proves_its_leaf_at_no_other_place_under_the_same_head():
    for size in range(1, 34):
        for index in range(size):
            path, leaf = inclusion(index, size, WIDE.node), WIDE.leaves[index]
            held = [place for place in range(size) if verify_inclusion(place, size, leaf, path, WIDE.root(size))]
            assert held == [index]


@given(st.integers(1, 120), st.data())
def test_a_changed_inclusion_proof_fails(size, data):
    index = data.draw(st.integers(0, size - 1))
    path, root, leaf = inclusion(index, size, WIDE.node), WIDE.root(size), WIDE.leaves[index]
    assert not verify_inclusion(index, size, leaf_hash(b"other"), path, root)
    assert not verify_inclusion(index, size, leaf, (*path, leaf), root)
    assert not verify_inclusion(index, size, leaf, path, WIDE.root(size - 1))
    assert not verify_inclusion(index, size, leaf[:31], path, root)
    assert not verify_inclusion(size, size, leaf, path, root)
    assert not verify_inclusion(-1, size, leaf, path, root)
    for place in range(len(path)):
        assert not verify_inclusion(index, size, leaf, path[:place] + path[place + 1 :], root)
        changed = bytes([path[place][0] ^ 1]) + path[place][1:]
        assert not verify_inclusion(index, size, leaf, (*path[:place], changed, *path[place + 1 :]), root)


@given(st.integers(2, 120), st.data())
def test_a_changed_consistency_proof_fails(second, data):
    first = data.draw(st.integers(1, second - 1))
    path, old, new = consistency(first, second, WIDE.node), WIDE.root(first), WIDE.root(second)
    rewritten = MemoryTrail([b"rewritten", *WIDE.lines[1:second]])
    assert verify_consistency(first, second, path, old, new)
    assert not verify_consistency(first, second, path, rewritten.root(first), new)
    assert not verify_consistency(first, second, path, old, rewritten.root(second))
    assert not verify_consistency(
        first, second, consistency(first, second, rewritten.node), old, rewritten.root(second)
    )
    assert not verify_consistency(second, first, path, new, old)
    assert not verify_consistency(first, second, (), old, new)
    assert not verify_consistency(first, second, (*path, new), old, new)
    for place in range(len(path)):
        changed = bytes([path[place][0] ^ 1]) + path[place][1:]
        assert not verify_consistency(first, second, (*path[:place], changed, *path[place + 1 :]), old, new)
        assert not verify_consistency(first, second, path[:place] + path[place + 1 :], old, new)


def test_every_tree_extends_the_empty_one_and_itself():
    assert consistency(0, 7, WIDE.node) == ()
    assert verify_consistency(0, 7, (), EMPTY_ROOT, WIDE.root(7))
    assert not verify_consistency(0, 7, (), WIDE.root(1), WIDE.root(7))
    assert consistency(7, 7, WIDE.node) == ()
    assert verify_consistency(7, 7, (), WIDE.root(7), WIDE.root(7))
    assert not verify_consistency(7, 7, (WIDE.root(7),), WIDE.root(7), WIDE.root(7))
    assert not verify_consistency(7, 7, (), WIDE.root(7), WIDE.root(8))


def test_a_leaf_names_the_subtrees_it_completes():
    one, two, three, four = WIDE.leaves[:4]
    assert WIDE.completed[0] == (one,)
    assert WIDE.completed[1] == (two, node_hash(one, two))
    assert WIDE.completed[2] == (three,)
    assert WIDE.completed[3] == (four, node_hash(three, four), node_hash(*map(root_of, ([one, two], [three, four]))))


def test_an_edge_survives_its_bytes():
    assert [Edge.from_bytes(edge.to_bytes()) for edge in WIDE.edges] == WIDE.edges
    assert Edge.from_bytes(bytes(8)) == Edge()


@pytest.mark.parametrize(
    "data",
    [b"", bytes(7), bytes(9), (1).to_bytes(8, "big"), WIDE.edges[5].to_bytes()[:-1], b"\xff" * (8 + 64 * 32)],
)
def test_a_damaged_edge_is_refused(data):
    assert code_of(lambda: Edge.from_bytes(data)) == "edge_malformed"


def test_an_edge_kept_by_somebody_else_does_not_change_when_ours_grows():
    before = WIDE.edges[6]
    bytes_before = before.to_bytes()
    before.append(leaf_hash(b"new"))
    assert before.to_bytes() == bytes_before


def test_a_proof_reads_few_nodes_however_long_the_trail():
    trail = numbered(100_000)
    for index in (0, 1, 65_535, 65_536, 99_998, 99_999):
        trail.reads = 0
        path = inclusion(index, 100_000, trail.node)
        assert trail.reads <= 2 * 17
        assert verify_inclusion(index, 100_000, trail.leaves[index], path, trail.root(100_000))
    for first, second in pairwise((1, 2, 3, 65_535, 65_536, 65_537, 99_999, 100_000)):
        trail.reads = 0
        path = consistency(first, second, trail.node)
        assert trail.reads <= 2 * 17
        assert verify_consistency(first, second, path, trail.root(first), trail.root(second))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (6, 5)])
def test_an_entry_outside_the_head_has_no_proof(index, size):
    assert code_of(lambda: inclusion(index, size, WIDE.node)) == "not_covered"


@pytest.mark.parametrize(("first", "second"), [(6, 5), (-1, 5)])
def test_a_smaller_tree_extends_no_larger_one(first, second):
    assert code_of(lambda: consistency(first, second, WIDE.node)) == "not_a_prefix"
