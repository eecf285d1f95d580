"""The audit bundle: a trail with its openings and heads, as one zip that is written in a single pass.

Owns which files there are, their order, and what each holds at a disclosure. Never signs a head, never records that a
bundle was handed out, and never holds a trail whole in memory.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from server.trail import TrailError, manifest
from server.trail.archive import CHUNK, Packer
from server.trail.canonical import encode
from server.trail.checkpoint import open_note
from server.trail.commitment import Opening
from server.trail.disclosure import (
    NEVER_OPENED,
    Disclosure,
    Told,
    Vote,
    opened_figures,
    opens_ending,
    opens_node,
    public_view,
    votes_apart,
)
from server.trail.entries import Entry, Remembered, open_contents, read
from server.trail.note import Verifier
from server.trail.readme import readme
from server.trail.sheets import IN_MEMORY, RATINGS, RESULTS, Ratings, results
from server.workshop.contents import Ballot
from server.workshop.events import MinorityAttached
from server.workshop.fold import apply
from server.workshop.state import State

TRAIL, OPENINGS, KEY, DISCLOSURE = "trail.jsonl", "openings.jsonl", "key.vkey", "disclosure.json"
REPORT, PROGRAM, README = "report.html", "verify.py", "README.txt"
STANDALONE = Path(__file__).with_name("standalone.py")  # the second verifier, which every bundle carries as verify.py

Stored = Iterable[tuple[bytes, Sequence[Opening]]]


class BundleError(TrailError):
    """A trail that cannot be handed out as it stands."""


def head_name(size: int) -> str:
    """The member that holds the head of `size` entries."""
    return f"checkpoints/{size}.note"


def write(
    target: IO[bytes], *, trail: Stored, notes: Sequence[str], vkey: str, disclosure: Disclosure, report_html: bytes,
) -> str:  # fmt: skip
    """Write a bundle and return the SHA-256 of its manifest, which `bundle.disclosed` records.

    `trail`: every line (without its newline) with those of its openings that still stand, in order; read once, up to
    the last head, where a bundle ends. `notes`: every signed head. `target` is only ever appended to; where an error is
    raised, throw away what it holds. The same input gives the same bytes.

    BundleError (bundle_head, bundle_suppression), NoteError, and what a damaged trail raises: EntryError,
    CanonicalError, ImpossibleHistory.
    """
    verifier = Verifier.parse(vkey)
    heads = {open_note(note, verifier).size: note for note in notes}
    digests: dict[str, str] = {}
    packer = Packer(target)
    public = disclosure.disclose == "public"
    with _Gathered(public) as gathered:
        with _member(packer, TRAIL, digests) as out:
            for line, openings in islice(trail, max(heads, default=0)):
                out.write(line + b"\n")
                gathered.add(line, openings)
        state = gathered.state
        _check_ends(state, heads, disclosure)
        with _member(packer, OPENINGS, digests) as out:
            told = _public_lines(gathered, disclosure.suppress_below, out) if public else state
            if not public:
                gathered.copy(out)
        _put(packer, digests, {head_name(size): heads[size].encode() for size in sorted(heads)})
        _put(packer, digests, {KEY: f"{verifier.vkey}\n".encode()})
        with _member(packer, RESULTS, digests) as out:
            out.writelines(results(told))
        if not public:
            with _member(packer, RATINGS, digests) as out:
                out.writelines(gathered.ratings.rows(state))
    _put(packer, digests, {REPORT: report_html, PROGRAM: STANDALONE.read_bytes()})
    _put(packer, digests, {README: readme(verifier.name, disclosure), DISCLOSURE: _plain(disclosure) + b"\n"})
    listed = manifest.render(digests)
    _put(packer, digests, {manifest.NAME: listed})
    packer.close()
    return hashlib.sha256(listed).hexdigest()


def _plain(disclosure: Disclosure) -> bytes:
    return encode(msgspec.to_builtins(disclosure))


def _check_ends(state: State, heads: dict[int, str], disclosure: Disclosure) -> None:
    last = max(heads, default=0)
    if not state.size or last != state.size:
        raise BundleError(
            "bundle_head", f"The trail has {state.size} entries and its last head covers {last}; sign a head first."
        )
    if disclosure.suppress_below < state.settings.suppress_below:
        least = state.settings.suppress_below
        raise BundleError(
            "bundle_suppression", f"This workshop withholds figures below {least} raters; withhold {least} or more."
        )


class _Digesting:
    """A member being written, with the SHA-256 of what went into it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.digest = out, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._out.write(data)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.write(piece)


@contextmanager
def _member(packer: Packer, name: str, digests: dict[str, str]) -> Iterator[_Digesting]:
    with packer.member(name) as out:
        digesting = _Digesting(out)
        yield digesting
    digests[name] = digesting.digest.hexdigest()


def _put(packer: Packer, digests: dict[str, str], members: dict[str, bytes]) -> None:
    for name, data in members.items():
        with _member(packer, name, digests) as out:
            out.write(data)


class _Gathered:
    """What one pass over a trail leaves: its state, and the openings or the little that a public bundle needs."""

    def __init__(self, public: bool) -> None:
        self.state, self.ratings = State(), Ratings()
        self.rounds: list[Told] = []
        self.held: list[tuple[Remembered, Opening, State]] = []
        self._public = public
        self._lines = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed on leaving
        self._ballots: dict[str, list[tuple[str, Ballot]]] = {}

    def __enter__(self) -> _Gathered:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self.ratings.close()

    def add(self, line: bytes, openings: Sequence[Opening]) -> None:
        plain: dict[str, Any] = {opening.name: opening.content for opening in openings}
        remembered = open_contents(read(line), plain)
        entry = remembered.entry
        if entry.kind not in NEVER_OPENED:
            for opening in sorted(openings, key=lambda opening: opening.name):
                self._keep(remembered, opening)
        if entry.kind == "round.assessed":
            self._assessed(entry, remembered)
        self.state = apply(self.state, entry, remembered.contents)

    def _keep(self, remembered: Remembered, opening: Opening) -> None:
        entry = remembered.entry
        if entry.kind == "ballot.cast":
            ballot = cast(Ballot, remembered.contents[opening.name])
            self._ballots.setdefault(entry.scope, []).append((opening.salt, ballot))
        if not self._public:
            self._lines.write(opening.line() + b"\n")
        elif _may_be_public(entry):
            self.held.append((remembered, opening, self.state))

    def _assessed(self, entry: Entry, remembered: Remembered) -> None:
        group = self.state.groups[entry.scope]
        current = group.current
        assert current is not None  # the phase table lets no assessment stand without a round
        ballots = self._ballots.pop(entry.scope, [])
        if not self._public:
            self.ratings.add(group.id, current.number, current.items, ballots)
            return
        items = {f.item: f for name, f in remembered.contents.items() if name.startswith("item/")}
        raters = {
            item: frozenset(b.voice for _, b in ballots for a in b.answers if a.item == item and a.value is not None)
            for item in items
        }
        standing = [r for r in group.rounds if r.assessed and not r.voided and r.number < current.number]
        self.rounds.append(
            Told(
                seq=entry.seq, group=group.id, number=current.number, items=items,
                raters=raters if len(ballots) == current.ballots else None,
                compared={item: votes[-1][0] for item in items if (votes := group.votes(item))},
                earlier=tuple(r.number for r in standing),
            )
        )  # fmt: skip

    def copy(self, out: _Digesting) -> None:
        self._lines.seek(0)
        shutil.copyfileobj(self._lines, cast("IO[bytes]", out), CHUNK)


def _may_be_public(entry: Entry) -> bool:
    if isinstance(entry.body, MinorityAttached):
        return entry.body.public
    return entry.kind in ("round.assessed", "group.concluded", "index.frozen")


def _plenary_votes(gathered: _Gathered) -> frozenset[tuple[Vote, str]]:
    """The votes of plenaries, which advise: where one would leave few alone beside a group's, the group's stands."""
    groups = gathered.state.groups
    plenary = [told for told in gathered.rounds if groups[told.group].kind == "plenary"]
    return frozenset(((told.group, told.number), item) for told in plenary for item in told.items)


def _public_lines(gathered: _Gathered, suppress_below: int, out: _Digesting) -> State:
    """Write the openings of a public bundle; the state as its reader will fold it."""
    figures = opened_figures(gathered.rounds, suppress_below)
    near = _plenary_votes(gathered) - votes_apart(gathered.rounds, suppress_below)
    endings: dict[str, list[str]] = {}
    concluded: dict[str, int] = {}
    for remembered, opening, state in gathered.held:
        entry, name = remembered.entry, opening.name
        if entry.kind == "round.assessed" and (entry.seq, name) not in figures:
            continue
        if entry.kind == "index.frozen" and not opens_node(state, name, suppress_below, near):
            continue
        if entry.kind == "group.concluded":
            item = name.removeprefix("item/")
            if concluded.get(entry.scope) != entry.seq:  # a group that was reopened ends anew
                concluded[entry.scope], endings[entry.scope] = entry.seq, []
            if not opens_ending(state.groups[entry.scope], item, remembered.contents[name], suppress_below):
                continue
            endings[entry.scope].append(item)
        out.write(opening.line() + b"\n")
    seqs = {(told.group, told.number): told.seq for told in gathered.rounds}
    return public_view(gathered.state, figures, seqs, endings)
