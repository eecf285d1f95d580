"""The Merkle tree of RFC 6962: append in O(log n), prove and verify in O(log n).

Owns hashing of leaves and nodes, the right edge, inclusion and consistency proofs and their verification.
Never stores a node: whoever appends keeps `completed` beside the line and hands nodes back by a function.
A *leaf* is always a leaf hash; `node(level, index)` is the root of the perfect subtree over the 2^level
leaves from `index · 2^level` on.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Self

import msgspec

from server.trail import TrailError

HASH_BYTES = 32
LARGEST_SIZE = 2**53 - 1  # a size must fit a JSON integer
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]


class TreeError(TrailError):
    """A question about a tree that has no answer, or an edge that is none."""


def leaf_hash(line: bytes) -> bytes:
    """Leaf of a line (without its newline): SHA-256(0x00 ‖ line)."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Parent of two subtrees: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_by(level: int, index: int) -> int:
    """Index of the leaf whose append completes `node(level, index)`, there found as `completed[level]`."""
    return ((index + 1) << level) - 1


class Edge(msgspec.Struct, frozen=True):
    """The right edge of a tree of `size` leaves: roots of its perfect subtrees, largest (leftmost) first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> tuple[Self, tuple[bytes, ...]]:
        """Add a leaf: the new edge, and the root of every perfect subtree it completes, level 0 first."""
        completed = [leaf]
        kept, carry = len(self.hashes), self.size
        while carry & 1:
            kept -= 1
            completed.append(node_hash(self.hashes[kept], completed[-1]))
            carry >>= 1
        return type(self)(self.size + 1, (*self.hashes[:kept], completed[-1])), tuple(completed)

    @property
    def root(self) -> bytes:
        """Root of the whole tree, 32 bytes."""
        return _fold(self.hashes)

    def to_bytes(self) -> bytes:
        """Size in 8 bytes, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; TreeError if the count of hashes does not fit the size."""
        size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + HASH_BYTES * size.bit_count() or size > LARGEST_SIZE:
            raise TreeError("edge_malformed", "The stored edge is damaged; rebuild it from the lines.")
        return cls(size, tuple(data[at : at + HASH_BYTES] for at in range(8, len(data), HASH_BYTES)))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root of the tree over these leaves, 32 bytes; of none, SHA-256 of nothing."""
    edge = Edge()
    for leaf in leaves:
        edge, _ = edge.append(leaf)
    return edge.root


def inclusion(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Path from leaf `index` to the root of the first `size` leaves, the leaf's sibling first.

    Reads O(log size) nodes. TreeError unless 0 ≤ index < size. Source: RFC 6962, 2.1.1.
    """
    if not 0 <= index < size:
        raise TreeError("not_covered", f"A head of size {size} does not cover entry {index}; ask for one below {size}.")
    path = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_subtree(middle, stop, node))
            stop = middle
        else:
            path.append(_subtree(start, middle, node))
            start = middle
    return tuple(reversed(path))


def consistency(first: int, second: int, node: Node) -> tuple[bytes, ...]:
    """Proof that the tree of size `second` begins with that of size `first`; empty if equal or first is 0.

    Reads O(log second) nodes. TreeError unless 0 ≤ first ≤ second. Source: RFC 6962, 2.1.2.
    """
    if not 0 <= first <= second:
        raise TreeError(
            "not_a_prefix",
            f"A tree of size {second} cannot extend one of size {first}; give the smaller size first.",
        )
    if first == 0:
        return ()
    path = []
    start, stop = 0, second
    while first != stop:
        middle = start + _split(stop - start)
        if first <= middle:
            path.append(_subtree(middle, stop, node))
            stop = middle
        else:
            path.append(_subtree(start, middle, node))
            start = middle
    if start:  # at 0 the subtree is the first tree itself, whose root the verifier holds
        path.append(_subtree(start, stop, node))
    return tuple(reversed(path))


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `path` leads from leaf `index` to `root` of `size` leaves. Source: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *path):
        return False
    place, last, computed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            computed = node_hash(sibling, computed)
            while not place & 1 and place:  # a lone right edge rises until it has a left neighbour
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Tell whether `path` shows that `second_root` extends `first_root`. Source: RFC 9162, 2.1.4.2."""
    if not 0 <= first <= second or not _all_hashes(first_root, second_root, *path):
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    rest = list(path) if place else [first_root, *path]
    if not rest:
        return False
    old = new = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(count: int) -> int:
    """Largest power of two below `count` (count ≥ 2): where RFC 6962 parts a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def _subtree(start: int, stop: int, node: Node) -> bytes:
    """Root over leaves start … stop − 1, where `start` is aligned as RFC 6962's splits leave it."""
    parts = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        parts.append(node(level, start >> level))
        start += 1 << level
    return _fold(parts)


def _fold(parts: Sequence[bytes]) -> bytes:
    if not parts:
        return EMPTY_ROOT
    root = parts[-1]
    for left in reversed(parts[:-1]):
        root = node_hash(left, root)
    return root


def _all_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
