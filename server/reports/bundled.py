"""A bundle's own trail as a report reads it: entries with what the bundle opens, its last head and its key.

Owns nothing but the reading; whether the bundle is to be believed is the verifier's question and must be asked first.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.trail.archive import Archive
from server.trail.bundle import KEY, OPENINGS, TRAIL, head_name
from server.trail.commitment import Opening
from server.trail.entries import Remembered, open_contents, read


def entries(archive: Archive) -> Iterator[Remembered]:
    """Every entry of a verified bundle with its openings, which stand in the order of the entries."""
    openings = map(Opening.read, archive.lines(OPENINGS))
    waiting = next(openings, None)
    for line in archive.lines(TRAIL):
        entry, opened = read(line), {}
        while waiting is not None and waiting.seq == entry.seq:
            opened[waiting.name] = waiting.content
            waiting = next(openings, None)
        yield open_contents(entry, opened)


def last_head(archive: Archive) -> str:
    """The note over the whole trail of a verified bundle."""
    sizes = [int(name.partition("/")[2].partition(".")[0]) for name in archive.names if name.endswith(".note")]
    return archive.read(head_name(max(sizes))).decode("utf-8")


def key(archive: Archive) -> str:
    """The verifier key of a verified bundle, one line."""
    return archive.read(KEY).decode("utf-8").strip()
