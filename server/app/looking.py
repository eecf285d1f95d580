"""The pre-flight from a shell: the house opened for a look, and the server that runs beside it asked for its figures.

A house that cannot be opened is a finding too: it stands as a line, with what the machine tells without it.
"""

from __future__ import annotations

from dataclasses import dataclass

from config import EVERYWHERE, Settings
from server.addresses import Candidate, candidates, interfaces, origin
from server.app.checking import NOWHERE
from server.app.house import StartError, build
from server.clock import Clock, SystemClock, installed, local
from server.preflight import Line, Machine, judge_machine, measuring

# Which line a start that was refused belongs to, by the beginning of its code; all others are the database's.
OF_CODE = {"key": "key", "marks": "key", "trail": "trail", "fork": "trail"}


@dataclass(frozen=True, slots=True)
class Looked:
    """The lines in the order in which a person goes through them, where phones are sent, and where else they could be;
    `origin` is None where no phone can be sent anywhere."""

    lines: list[Line]
    origin: str | None
    candidates: list[Candidate]


def preflight(settings: Settings, clock: Clock | None = None) -> Looked:
    """Look at everything that can be told from here."""
    clock = clock or SystemClock()
    try:
        app = build(settings, clock, ticking=False)
    except StartError as fault:
        return _without(settings, clock, fault)
    try:
        at_home = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
        lines, where = app.checking.lines_beside(origin(at_home, settings.port)), app.services.addresses.printed()
        led = None if where.how in NOWHERE else where.origin
        return Looked(lines, led, app.services.addresses.candidates())
    finally:
        app.close()


def _without(settings: Settings, clock: Clock, fault: StartError) -> Looked:
    syncs, why = measuring.syncs(settings.data_dir, clock.monotonic)
    machine = Machine(
        now=local(clock.now()), installed=installed(), free=measuring.free(settings.data_dir), syncs=syncs,
        sync_fault=why,
    )  # fmt: skip
    key = OF_CODE.get(fault.code.partition("_")[0], "database")
    lines = [*judge_machine(machine), Line(key, "mend", "refused", {"why": str(fault)})]
    return Looked(lines, None, candidates(interfaces()))
