"""Reading what is stored: entries, openings, heads and proofs. Owns no present and decides not who may see what."""

from __future__ import annotations

from server.storage import ballots, lines, people, trails
from server.storage.ballots import Place
from server.storage.database import Database
from server.storage.lines import Head, Workshop
from server.trail.commitment import Opening, tracker
from server.trail.entries import Remembered, open_contents, read
from server.trail.keys import SigningKey
from server.trail.proof import ProofFile
from server.trail.tree import consistency, inclusion
from server.workshop.commands import PaperAnswer
from server.workshop.given import Paper
from server.workshop.refusals import Refusal


class Archive:
    """The stored workshops, read in transactions of their own; StorageError where the database fails."""

    def __init__(self, database: Database, key: SigningKey) -> None:
        self._database, self._key = database, key

    def workshops(self) -> list[Workshop]:
        """Every workshop with its room code, oldest first."""
        with self._database.read() as connection:
            return lines.all_workshops(connection)

    def entries(self, workshop: str, from_seq: int = 0) -> list[Remembered]:
        """Entries from `from_seq` on with what is still opened of them; whoever asks decides who may see it."""
        with self._database.read() as connection:
            found = lines.read(connection, workshop, from_seq)
            return [open_contents(read(line), {o.name: o.content for o in opened}) for line, _, opened in found]

    def lines(self, workshop: str, from_seq: int = 0) -> list[bytes]:
        """The same as the trail has them: canonical lines without their newlines, contents only as commitments."""
        with self._database.read() as connection:
            return [line for line, _, _ in lines.read(connection, workshop, from_seq)]

    def openings(self, workshop: str, from_seq: int = 0, to_seq: int = 2**53) -> list[Opening]:
        """What is still opened of the entries from_seq … to_seq − 1, with its salts."""
        with self._database.read() as connection:
            return lines.opened_between(connection, workshop, from_seq, to_seq)

    def head(self, workshop: str) -> Head | None:
        """The last signed head, None where nothing was disclosed yet."""
        with self._database.read() as connection:
            return lines.last_head(connection, workshop)

    def heads(self, workshop: str) -> list[Head]:
        """Every signed head, smallest first."""
        with self._database.read() as connection:
            return lines.all_heads(connection, workshop)

    def proof(self, workshop: str, seq: int) -> ProofFile:
        """Proof that entry `seq` stands under the last head; Refusal (not_yet) while no head covers it."""
        with self._database.read() as connection:
            head = lines.last_head(connection, workshop)
            if head is None or not 0 <= seq < head.size:
                raise Refusal("not_yet", when="a signed head covers it")
            return ProofFile(seq, inclusion(seq, head.size, lines.nodes(connection, workshop)), head.note)

    def consistency(self, workshop: str, first: int, second: int) -> tuple[bytes, ...]:
        """Proof that the head of size `second` extends that of size `first`; Refusal (not_yet) where one is no head.

        Only signed heads are compared: any other size would tell hashes of single lines that the hall may not read.
        """
        with self._database.read() as connection:
            sizes = {head.size for head in lines.all_heads(connection, workshop)}
            if not {first, second} <= sizes or first > second:
                raise Refusal("not_yet", when="both are sizes of signed heads, the smaller first")
            return consistency(first, second, lines.nodes(connection, workshop))

    def ballot_of(self, workshop: str, group: str, number: int, seat: int) -> tuple[bytes, Opening] | None:
        """A seat's own ballot of a disclosed round: its line and its opening; None where there is none (any more)."""
        with self._database.read() as connection:
            voice = ballots.all_voices(connection, workshop).get(seat)
            opened = lines.opened_as(connection, workshop, "ballot.cast", group)
            mine = {o.seq: o for o in opened if voice is not None and o.content["voice"] == voice}
            cast = lines.lines_as(connection, workshop, "ballot.cast", group)
        own = [(line, mine[seq]) for seq, line in cast
               if seq in mine and read(line).body.round == number]  # type: ignore[attr-defined]  # ballots  # fmt: skip
        return own[0] if own else None

    def vkey(self, workshop: str) -> str:
        """The public key of the workshop's heads, as one line."""
        with self._database.read() as connection:
            return self._key.verifier(trails.origin(connection, workshop)).vkey

    def receipts(self, workshop: str, group: str, number: int) -> dict[int, tuple[int, str]]:
        """Of each seat with a ballot in a disclosed round: the ballot's place in the trail, and its tracker."""
        with self._database.read() as connection:
            voice_of = {voice: seat for seat, voice in ballots.all_voices(connection, workshop).items()}
            opened = lines.opened_as(connection, workshop, "ballot.cast", group)
            voices = {o.seq: o.content["voice"] for o in opened}
            cast = [read(line) for _, line in lines.lines_as(connection, workshop, "ballot.cast", group)]
        return {
            voice_of[voices[entry.seq]]: (entry.seq, tracker(entry.sealed["ballot"]))
            for entry in cast
            if entry.body.round == number and voices.get(entry.seq) in voice_of  # type: ignore[attr-defined]  # ballots
        }

    def papers(self, workshop: str, group: str, number: int) -> dict[int, Paper]:
        """Paper ballots of a round that wait for a second officer, by seat; never what they say."""
        with self._database.read() as connection:
            return ballots.waiting_papers(connection, workshop, group, number)

    def paper(self, workshop: str, group: str, number: int, seat: int) -> tuple[Paper, tuple[PaperAnswer, ...]] | None:
        """One of them with what was read on it; None where none waits. Whoever asks decides who may see it."""
        with self._database.read() as connection:
            return ballots.paper(connection, workshop, Place(group, number, seat))

    def leases(self, workshop: str) -> dict[str, str]:
        """Who is in control, by group (`staff/N`)."""
        with self._database.read() as connection:
            return people.all_leases(connection, workshop)
