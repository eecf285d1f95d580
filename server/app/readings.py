"""Readings that need several rooms at once: reasons, profile contents, bundles, reports, and the operator's figures.

Reads and writes files of its own only; decides nothing, and who may see what is asked elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from consensus.framework import Framework
from server import catalog
from server.clock import Clock
from server.engine import Engine
from server.reports.spreadsheet import Style
from server.reports.stepping import Replay
from server.storage import StorageError, lines, people, picture
from server.storage.database import Database
from server.trail.canonical import digest
from server.trail.checkpoint import Checkpoint, short
from server.trail.entries import read
from server.trail.note import body_of
from server.worker.jobs import (
    ExplainGroup,
    Job,
    MakeBundle,
    MakeReport,
    MakeTable,
    MeasureGroup,
    Source,
    StepThrough,
    WeighProfile,
    WeighRule,
    WeighRules,
)
from server.workshop import contents
from server.workshop.certainty import seed_of
from server.workshop.contents import Ballot
from server.workshop.expert_views import ExpertView, PresetView, RuleView
from server.workshop.freezing import freeze_drafts
from server.workshop.imagined import imagined
from server.workshop.measure_views import CertaintyView, MeasuresView
from server.workshop.orders import CreateWorkshop
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State

PROBE = "probe"  # the note that a readiness check writes
PASSING = "passing-"  # begins the name of a file that is there for a moment


def sweep(folder: Path) -> None:
    """Remove the files that a killed server was making: a bundle holds ballots, and erasure must reach them."""
    for left in folder.glob(f"{PASSING}*"):
        left.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class StoredLine:
    seq: int
    kind: str
    line: bytes


class Readings:
    """The readings of one database; `folder` holds the files being made, `do` carries out a job at `url`."""

    def __init__(
        self, database: Database, engine: Engine, folder: Path, clock: Clock, url: str, do: Callable[[Job], Any]
    ) -> None:
        self._database, self._engine, self._folder, self._clock = database, engine, folder, clock
        self._url, self._do = url, do
        self._known: dict[Any, tuple[Any, Any]] = {}
        self._weighed: dict[tuple[int, int], tuple[PresetView, ...]] = {}

    def framework(self, name: str) -> dict[str, Any]:
        """A framework of the catalogue. Refusal: unknown_framework."""
        try:
            return catalog.load(name)
        except catalog.UnknownFramework:
            raise Refusal("unknown_framework", framework=name[:40], choices=", ".join(catalog.names())) from None

    def shelf(self, language: str) -> list[dict[str, Any]]:
        """The frameworks of the catalogue: `name`, one sentence `about` it, and what `catalog.outline` says."""
        return [
            {"name": name, "about": catalog.about(name).get(language, ""),
             **catalog.outline(Framework.from_document(catalog.load(name)), language)}
            for name in catalog.names()
        ]  # fmt: skip

    @staticmethod
    def imagined(order: CreateWorkshop, seats: int, language: str) -> tuple[State, dict[str, Any]]:
        """A workshop as it would look at its first round, and its framework's outline. Refusal: as its creation."""
        state = imagined(order, seats, digest)
        return state, catalog.outline(state.tree, language)

    def lines(self, workshop: str, start: int, most: int) -> list[StoredLine]:
        """At most so many lines of the trail from `start` on."""
        with self._database.read() as connection:
            found = [line for line, _, _ in islice(lines.read(connection, workshop, start), most)]
        return [StoredLine(entry.seq, entry.kind, line) for line in found for entry in (read(line),)]

    def reasons(self, workshop: str, group: str) -> dict[str, str]:
        """The reasons in a group's disclosed ballots as `round/item/number` to text, numbered in the trail's order."""
        with self._database.read() as connection:
            opened = {o.seq: o.content for o in lines.opened_as(connection, workshop, "ballot.cast", group)}
            cast = lines.lines_as(connection, workshop, "ballot.cast", group)
        told: dict[str, str] = {}
        numbers: dict[tuple[int, str], int] = {}
        for seq, line in cast:
            number = read(line).body.round  # type: ignore[attr-defined]  # the query asked for ballots
            for answer in opened.get(seq, {}).get("answers", ()):
                if (text := answer.get("reason")) is not None:
                    which = (number, answer["item"])
                    numbers[which] = numbers.get(which, 0) + 1
                    told[f"{number}/{answer['item']}/{numbers[which]}"] = text
        return told

    def nodes(self, workshop: str) -> Mapping[str, Any]:
        """What the profile says of every node and stream: as frozen, or as it would be frozen now."""
        state = self._engine.state(workshop)
        if state.phase is not Phase.FROZEN:
            return freeze_drafts(state)[0].contents
        with self._database.read() as connection:
            opened = lines.opened_as(connection, workshop, "index.frozen")
        return {o.name: contents.read("index.frozen", o.name, o.content) for o in opened}

    # --- what experts ask -------------------------------------------------------------------------------------------

    def expert(self, workshop: str, group: str) -> ExpertView | None:
        """What experts ask of a group, computed once for each state of its rounds, and anew after an erasure.

        Refusal: not_finished.
        """
        found: ExpertView | None = self._of_group(ExplainGroup, workshop, group)
        return found

    def measures(self, workshop: str, group: str) -> MeasuresView | None:
        """Every measure of a group, computed once for each state of its rounds, and anew after an erasure.

        Refusal: not_finished.
        """
        found: MeasuresView | None = self._of_group(MeasureGroup, workshop, group)
        return found

    def _of_group(self, ask: type[ExplainGroup] | type[MeasureGroup], workshop: str, group: str) -> Any:
        state = self._engine.state(workshop)
        stands = (state.groups[group].rounds, state.erased)
        return self._once((ask, workshop, group), stands, lambda: ask(state, group, self._cast(state, group)))

    def certainty(self, workshop: str) -> CertaintyView | None:
        """How sure the profile is at the last signed head, computed once for each. Refusal: not_finished."""
        state, head = self._engine.state(workshop), self._engine.head(workshop)
        if head is None:
            return None
        seed = seed_of(short(Checkpoint.parse(body_of(head.note)).root))
        stands = (tuple((group.rounds, group.decided) for group in state.groups.values()), state.erased)
        found: CertaintyView | None = self._once(
            (WeighProfile, workshop), (stands, seed),
            lambda: WeighProfile(state, {group: self._cast(state, group) for group in state.groups}, seed),
        )  # fmt: skip
        return found

    def _cast(self, state: State, group: str) -> dict[int, tuple[Ballot, ...]]:
        with self._database.read() as connection:
            ballots = picture.cast(connection, state.workshop, state.groups[group])
        return {number: tuple(cast) for number, cast in ballots.items()}

    def _once(self, place: Any, stands: Any, job: Callable[[], Job]) -> Any:
        """What a job gives, remembered as long as what it rests on stands."""
        if self._known.get(place, (None, None))[0] != stands:
            self._known[place] = (stands, self._do(job()))
        return self._known[place][1]

    def rules(self, raters: int, categories: int) -> tuple[PresetView, ...]:
        """Every preset in a panel of this size, with its chances. Refusal: not_finished."""
        if (raters, categories) not in self._weighed:
            self._weighed[raters, categories] = self._do(WeighRules(raters, categories))
        return self._weighed[raters, categories]

    def rule(self, asked: str | dict[str, Any], raters: int, categories: int) -> RuleView:
        """One rule with its chances and its digest. Refusal: bad_rule, not_finished."""
        found: RuleView = self._do(WeighRule(asked, raters, categories))
        return found

    # --- files ------------------------------------------------------------------------------------------------------

    def bundle(self, workshop: str, disclose: str) -> tuple[Path, str]:
        """Write an audit bundle to a file that the caller removes; with it, the digest of its manifest."""
        state = self._engine.look(workshop)
        path = self._passing(b"")
        try:
            below, source = state.settings.suppress_below, self._source(workshop)
            job = MakeBundle(source, disclose, below, state.language, str(path))  # type: ignore[arg-type]  # the door has checked it
            return path, self._do(job)
        except BaseException:
            path.unlink(missing_ok=True)  # a worker that was killed leaves its half behind
            raise

    def replay(self, bundle: bytes, language: str) -> Replay:
        """A bundle that somebody hands in, verified and told. Refusal: bundle_too_large, not_finished."""
        return self._stepped(self._passing(bundle), language)

    def replay_of(self, workshop: str, language: str) -> Replay:
        """What a workshop's public bundle tells. Refusal: bundle_too_large, not_finished."""
        path, _ = self.bundle(workshop, "public")
        return self._stepped(path, language)

    def _stepped(self, path: Path, language: str) -> Replay:
        try:
            told: Replay = self._do(StepThrough(str(path), language))
            return told
        finally:
            path.unlink(missing_ok=True)

    def _passing(self, content: bytes) -> Path:
        """A file for a moment; what a killed server leaves of them goes at the next start (`sweep`)."""
        handle, name = tempfile.mkstemp(prefix=PASSING, suffix=".zip", dir=self._folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        return Path(name)

    def report(self, workshop: str, language: str) -> bytes:
        """The self-contained report of everything that is disclosed."""
        made: bytes = self._do(MakeReport(self._source(workshop), language))
        return made

    def results(self, workshop: str, style: Style) -> bytes:
        """The table of what became of each item, as the public bundle has it."""
        below = self._engine.look(workshop).settings.suppress_below
        made: bytes = self._do(MakeTable(self._source(workshop), below, style))
        return made

    def _source(self, workshop: str) -> Source:
        return Source(self._url, workshop, self._engine.vkey(workshop))

    def reports(self) -> dict[str, Callable[[str, str], bytes]]:
        """The documents that exist, by file name."""
        return {"report.html": self.report}

    # --- the operator -----------------------------------------------------------------------------------------------

    def probe(self) -> None:
        """Write to the database for real. Refusal: not_saved."""
        try:
            with self._database.write() as connection:
                people.set_note(self._database, connection, PROBE, self._clock.stamp())
        except StorageError:
            raise Refusal("not_saved") from None

    def figures(self) -> dict[str, float]:
        """How much is going on, in numbers that name nobody."""
        states = [self._engine.state(workshop.id) for workshop in self._engine.workshops()]
        groups = [group for state in states for group in state.groups.values()]
        progress = [self._engine.progress(state.workshop) for state in states if state.phase is Phase.RUNNING]
        return {
            "workshops": len(states),
            "workshops_running": sum(state.phase is Phase.RUNNING for state in states),
            "trail_entries": sum(state.size for state in states),
            "seats": sum(len(state.seats) for state in states),
            "seats_taken": sum(seat.status == "taken" for state in states for seat in state.seats.values()),
            "rounds_open": sum(group.phase is Phase.OPEN for group in groups),
            "rounds_disclosed": sum(r.assessed for group in groups for r in group.rounds),
            "ballots_started": sum(told["started"] for workshop in progress for told in workshop.values()),
            "ballots_finished": sum(told["finished"] for workshop in progress for told in workshop.values()),
        }
