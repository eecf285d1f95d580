"""Small trails held in memory for the tests of this room. Owns no format: everything comes from server.trail."""

from collections.abc import Callable

from server.trail.tree import Edge, completed_by, leaf_hash


class MemoryTrail:
    """Lines with the hashes each one completed, kept as a database would keep them."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.leaves = [leaf_hash(line) for line in lines]
        self.edges = [Edge()]
        self.completed: list[tuple[bytes, ...]] = []
        for leaf in self.leaves:
            edge, completed = self.edges[-1].append(leaf)
            self.edges.append(edge)
            self.completed.append(completed)
        self.reads = 0

    def root(self, size: int) -> bytes:
        return self.edges[size].root

    def node(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.completed[completed_by(level, index)][level]


def numbered(count: int) -> MemoryTrail:
    return MemoryTrail([f'{{"seq":{seq}}}'.encode() for seq in range(count)])


def code_of(action: Callable[[], object]) -> str:
    """Code of the TrailError that `action` raises; an assertion fails if it raises none."""
    from server.trail import TrailError

    try:
        action()
    except TrailError as fault:
        assert str(fault).strip().count("\n") == 0
        return fault.code
    raise AssertionError("nothing was refused")
