"""Questions about lines and seals, answered in one pass: order, form, tree, and whether each opening fits.

Owns the walk over trail and openings side by side. Never asks what an entry means: it hands each one on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec

from server.trail import TrailError
from server.trail.canonical import CanonicalError
from server.trail.commitment import Opening, opens
from server.trail.disclosure import NEVER_OPENED
from server.trail.entries import Entry, EntryError, open_contents, read
from server.trail.findings import Findings, Question
from server.trail.tree import Edge, leaf_hash
from server.workshop.events import ContentErased

_lenient = msgspec.json.Decoder()

Told = Callable[[Entry, Mapping[str, Any], Mapping[str, str]], None]


def named(entry: Entry) -> str:
    """How a sentence names an entry: `entry 17 (round.opened, D1)`."""
    return f"entry {entry.seq} ({entry.kind}, {entry.scope})"


class Chain:
    """One pass over a trail. `roots` are those of the sizes asked for, `size` is how many lines there are.

    Each entry goes to `told` with its contents (records, by sealed name) and their salts in hex, as far as they are
    opened and fit; after the first line that is no entry nothing more is told.
    """

    def __init__(self, findings: Findings, sizes: Collection[int], told: Told, *, full: bool) -> None:
        self.roots: dict[int, bytes] = {}
        self._findings, self._sizes, self._told, self._full = findings, frozenset(sizes), told, full
        self._edge = Edge()
        self._commitments: set[bytes] = set()
        self._missing: dict[int, tuple[str, frozenset[str]]] = {}
        self._names: dict[frozenset[str], frozenset[str]] = {}
        self._broken = False

    @property
    def size(self) -> int:
        return self._edge.size

    def walk(self, lines: Iterator[bytes], openings: Iterator[bytes]) -> None:
        """Ask every question of every line; nothing is kept but hashes."""
        stream = _Openings(openings, self._findings)
        for line in lines:
            seq = self.size
            self._edge, _ = self._edge.append(leaf_hash(line))
            if self.size in self._sizes:
                self.roots[self.size] = self._edge.root
            opened = stream.of(seq)
            entry = self._entry(seq, line)
            if entry is not None:
                self._unseal(entry, opened)
        stream.rest(self.size)
        self._settle()

    def _entry(self, seq: int, line: bytes) -> Entry | None:
        try:
            entry = read(line)
        except (CanonicalError, EntryError) as fault:
            self._fail(Question.LINES, f"Entry {seq} is no entry of a trail: {fault}")
            return None
        if entry.seq != seq:
            self._fail(Question.LINES, f"Entry {entry.seq} stands where entry {seq} belongs.")
            return None
        return entry

    def _unseal(self, entry: Entry, opened: list[Opening]) -> None:
        fitting: dict[str, Opening] = {}
        for opening in opened:
            where = f"{opening.name} of {named(entry)}"
            if opening.name in fitting:
                self._findings.problem(Question.OPENINGS, f"The opening {where} stands twice.")
            elif opening.name not in entry.sealed:
                self._findings.problem(Question.OPENINGS, f"Nothing is sealed for the opening {where}.")
            elif not opens(opening, entry.sealed[opening.name]):
                self._findings.problem(Question.OPENINGS, f"The opening {where} does not fit its commitment.")
            elif entry.kind in NEVER_OPENED:
                self._findings.problem(Question.OPENINGS, f"The opening {where} is one that no bundle may carry.")
            else:
                fitting[opening.name] = opening
        self._once(entry)
        missing = entry.sealed.keys() - {opening.name for opening in opened}
        if missing:
            names = frozenset(missing)
            self._missing[entry.seq] = (entry.kind, self._names.setdefault(names, names))
        if isinstance(entry.body, ContentErased):
            self._erase(entry, entry.body)
        self._tell(entry, fitting)

    def _tell(self, entry: Entry, fitting: Mapping[str, Opening]) -> None:
        if self._broken:
            return
        try:
            remembered = open_contents(entry, {name: opening.content for name, opening in fitting.items()})
        except (EntryError, RecursionError) as fault:
            self._fail(Question.OPENINGS, f"What {named(entry)} seals cannot be read: {fault}")
            return
        self._told(entry, remembered.contents, {name: opening.salt for name, opening in fitting.items()})

    def _once(self, entry: Entry) -> None:
        for name, commitment in entry.sealed.items():
            digest = bytes.fromhex(commitment)
            if digest in self._commitments:
                self._findings.problem(
                    Question.OPENINGS, f"The commitment {name} of {named(entry)} stands in the trail twice."
                )
            self._commitments.add(digest)

    def _erase(self, entry: Entry, body: ContentErased) -> None:
        for seq, name in body.openings:
            kind, names = self._missing.get(seq, ("", frozenset()))
            if name not in names:
                self._findings.problem(
                    Question.OPENINGS,
                    f"Entry {entry.seq} erases {name} of entry {seq}, which is still opened or never was sealed.",
                )
                continue
            if kind not in NEVER_OPENED:
                self._findings.withhold(f"erased openings of {kind}")
            self._missing[seq] = (kind, names - {name})

    def _settle(self) -> None:
        """What is missing and was not erased: withheld in a public bundle, a fault in a full one."""
        for seq, (kind, names) in self._missing.items():
            if not names or kind in NEVER_OPENED:
                continue
            if self._full:
                self._findings.problem(
                    Question.OPENINGS,
                    f"The opening {min(names)} of entry {seq} ({kind}) is missing, and nothing says it was erased.",
                )
            else:
                self._findings.withhold(f"openings of {kind}", len(names))

    def _fail(self, question: Question, sentence: str) -> None:
        self._broken = True
        self._findings.problem(question, sentence)


class _Openings:
    """Openings in the order of their entries, one entry's at a time."""

    def __init__(self, lines: Iterator[bytes], findings: Findings) -> None:
        self._findings = findings
        self._source = self._read(lines)
        self._next = next(self._source, None)
        self._last = (-1, "")

    def of(self, seq: int) -> list[Opening]:
        found = []
        while self._next is not None and self._next.seq <= seq:
            opening = self._next
            if (opening.seq, opening.name) < self._last:
                self._findings.problem(
                    Question.OPENINGS, f"The opening {opening.name} of entry {opening.seq} stands out of order."
                )
            self._last = (opening.seq, opening.name)
            if opening.seq == seq:
                found.append(opening)
            self._next = next(self._source, None)
        return found

    def rest(self, size: int) -> None:
        """Whatever is left belongs to no entry."""
        while self._next is not None:
            self._findings.problem(
                Question.OPENINGS, f"An opening names entry {self._next.seq}, but the trail has {size} entries."
            )
            self._next = next(self._source, None)

    def _read(self, lines: Iterator[bytes]) -> Iterator[Opening]:
        for number, line in enumerate(lines, 1):
            try:
                yield Opening.read(line)
            except TrailError as fault:
                opening = _roughly(line)
                of = f", of entry {opening.seq}," if opening else ""
                self._findings.problem(Question.OPENINGS, f"Line {number} of openings.jsonl{of} will not do: {fault}")
                if opening:
                    yield opening


def _roughly(line: bytes) -> Opening | None:
    """An opening from a line that is not canonical, so that the entry it belongs to can be named."""
    try:
        return msgspec.convert(_lenient.decode(line), Opening)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
