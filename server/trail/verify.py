"""Verification of a bundle: a straight list of questions, each answered without this or any other server.

Owns the order of the questions and the outside head. Trusts the key it is given, or says that it took the bundle's own;
never a database, a network or the bundle's word. It ends in a report, whatever the file holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile
from operator import eq
from pathlib import Path

from server.trail import TrailError
from server.trail.archive import Archive, ArchiveError, open_archive
from server.trail.bundle import OPENINGS, TRAIL
from server.trail.chain import Chain
from server.trail.checkpoint import Checkpoint, open_note, short
from server.trail.findings import Findings, Question, Report
from server.trail.members import check_files, read_disclosure, read_heads, read_key
from server.trail.names import numbered
from server.trail.note import NoteError, Verifier, body_of
from server.trail.origins import current
from server.trail.retelling import Retelling
from server.trail.sheets import RATINGS, RESULTS, results

__all__ = ["Report", "verify"]


def verify(path: Path, *, vkey: str | None = None, head: str | None = None) -> Report:
    """Verify a bundle.

    `vkey`: the verifier key to trust, one line; without it the bundle's own is taken, and the report says so. `head`:
    text of a signed head kept from the day; the bundle must extend it. Never raises for what a file holds: a file that
    cannot be opened safely, or a key that is none, is UNREADABLE.
    """
    try:
        with open_archive(path) as archive:
            return _Verification(archive, vkey, head).report()
    except (ArchiveError, NoteError) as fault:
        return Report("UNREADABLE", problems=(str(fault),))


class _Verification:
    def __init__(self, archive: Archive, vkey: str | None, head: str | None) -> None:
        self._archive, self._findings, self._key_given = archive, Findings(), vkey is not None
        check_files(archive, self._findings)
        self._disclosure = read_disclosure(archive, self._findings)
        self._key = read_key(archive, vkey, self._findings)
        self._heads = read_heads(archive, self._key, self._findings)
        self._note, self._outside = head, self._outside_head(head)

    def report(self) -> Report:
        findings = self._findings
        sizes = {*self._heads, *([self._outside.size] if self._outside else [])}
        retelling = Retelling(findings, self._disclosure)
        try:
            full = self._disclosure is None or self._disclosure.disclose == "full"
            chain = Chain(findings, sizes, retelling.follow, full=full)
            chain.walk(self._archive.lines(TRAIL), self._lines(OPENINGS))
            self._check_heads(chain, retelling)
            self._check_outside(chain, retelling)
            if not findings.problems:
                self._check_tables(retelling)
        finally:
            retelling.close()
        last = self._heads.get(max(self._heads, default=0))
        return Report(
            findings.status, problems=findings.problems, withheld=findings.withheld, size=chain.size,
            head=short(last.root) if last else None, key=self._key.vkey if self._key else None,
            key_given=self._key_given, extends=self._outside.size if self._outside and not findings.problems else None,
            disclose=self._disclosure.disclose if self._disclosure else None,
            continued=tuple(place.sentence for place in retelling.continued), checked=findings.checked,
        )  # fmt: skip

    def _lines(self, name: str) -> Iterator[bytes]:
        return self._archive.lines(name) if name in self._archive.names else iter(())

    # --- heads --------------------------------------------------------------------------------------------------

    def _outside_head(self, note: str | None) -> Checkpoint | None:
        """What the head from outside says, its signature not yet asked; NoteError (note_malformed) for another text."""
        if note is None or self._key is None:
            return None
        try:
            return open_note(note, self._key)
        except NoteError as fault:
            if fault.code in ("note_malformed", "checkpoint_malformed"):
                raise
            return Checkpoint.parse(body_of(note))

    def _check_heads(self, chain: Chain, retelling: Retelling) -> None:
        findings, size = self._findings, chain.size
        for covered in sorted(self._heads):
            if covered > size:
                findings.problem(
                    Question.HEADS, f"The head of {covered} entries covers more than the {size} here; the end is cut."
                )
                break
            root = chain.roots.get(covered, self._heads[covered].root if covered == 0 else b"")
            if root != self._heads[covered].root:
                findings.problem(
                    Question.HEADS, f"The head of {covered} entries does not fit; an entry below {covered} was changed."
                )
                break
        last = max(self._heads, default=0)
        if last < size:
            findings.problem(Question.HEADS, f"No head covers entry {last} and those after; a bundle ends at a head.")
        covering = sorted(self._heads)
        for seq, (entry, most) in retelling.owed.items():
            following = bisect_right(covering, seq)
            if following < len(covering) and most is not None and covering[following] > most:
                findings.problem(Question.HEADS, f"No signed head follows {entry} before entry {most}, as one must.")
        workshop = retelling.state.workshop
        if self._key is not None and workshop and not _of(retelling, self._key):
            findings.problem(Question.KEY, f"The key is of {self._key.name}, the trail of {workshop}.")

    def _check_outside(self, chain: Chain, retelling: Retelling) -> None:
        outside = self._outside
        if outside is None or self._note is None or self._key is None:
            return
        # A head from before a restore bears the name, and perhaps the key, that the trail had then.
        ended = next((place for place in retelling.continued if place.ends(outside.origin)), None)
        try:
            open_note(self._note, Verifier(outside.origin, ended.verifier.public) if ended else self._key)
        except NoteError as fault:
            self._findings.problem(Question.HEADS, f"The head that was given is not this trail's: {fault}")
            return
        if ended and outside.size > ended.seq:
            self._findings.problem(
                Question.HEADS,
                f"The head that was given covers {outside.size} entries, of which this trail kept {ended.seq} when it "
                f"was restored and went on as {ended.origin}.",
            )
        elif outside.size > chain.size:
            self._findings.problem(
                Question.HEADS, f"The head that was given covers {outside.size} entries, the bundle holds {chain.size}."
            )
        elif outside.size and chain.roots.get(outside.size) != outside.root:
            self._findings.problem(
                Question.HEADS, f"The bundle does not extend the head of {outside.size} entries that was given."
            )

    # --- tables -------------------------------------------------------------------------------------------------

    def _check_tables(self, retelling: Retelling) -> None:
        self._same(RESULTS, results(retelling.state))
        if RATINGS in self._archive.names:
            self._same(RATINGS, retelling.ratings.rows(retelling.state))

    def _same(self, name: str, due: Iterator[bytes]) -> None:
        """Hold a table against what it must be, piece by piece, and name the first line that is another."""
        told, held, line = self._archive.chunks(name), b"", 1
        for piece in due:
            while len(held) < len(piece) and (more := next(told, b"")):
                held += more
            if not held.startswith(piece):
                alike = map(eq, held.split(b"\n"), piece.split(b"\n"))
                line += sum(takewhile(bool, alike))
                break
            line, held = line + piece.count(b"\n"), held[len(piece) :]
        else:
            if not held and not next(told, b""):
                return
        self._findings.problem(Question.TABLES, f"Line {line} of {name} is not what the trail says.")


def _of(retelling: Retelling, key: Verifier) -> bool:
    """Whether the key bears the trail's name, which is a new one after a restore."""
    try:
        name = current(retelling.state)
    except TrailError:
        return False
    if retelling.stopped:  # perhaps before an entry that gives it a later name
        return numbered(key.name).first == numbered(name).first
    return key.name == name
