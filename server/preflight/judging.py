"""From facts to lines: how each finding stands, by limits that are written here once. Pure; it looks at nothing.

Limits of the disk: a hall of 2,000 phones that vote at once is written in four transactions, and each waits for one
write; 50 ms keeps that within the half second that is promised, 250 ms makes people press twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.addresses import GOOD, Printed
from server.preflight.lines import Line, Value
from server.preflight.phones import Told as PhonesTold

GB = 1e9
ENOUGH_GB, LEAST_GB = 1.0, 0.2
SYNC_FINE_MS, SYNC_BAD_MS = 50.0, 250.0
TOLERATED = timedelta(minutes=2)  # clocks are set by hand before a workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine tells without a house.

    Attributes
    ----------
    now : datetime
        Local time with its zone. `installed` is when the program came to this machine, `newest` the latest entry of
        any trail.
    free : float
        Bytes.
    syncs : sequence of float
        Seconds of each write that was made durable; empty where `sync_fault` says why.
    """

    now: datetime
    installed: datetime
    newest: datetime | None = None
    free: float
    syncs: Sequence[float]
    sync_fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Machine):
    """What was found; None where it could not be looked at from here.

    Attributes
    ----------
    writable : bool
    trails : mapping as pairs
        Workshop and number of entries, None where its trail does not hold together.
    key : str
        `fine`, `windows`, `exposed` or `missing`.
    printed : Printed
        What cards print; `host` is its host, `answered` whether calls to it are.
    reach : str or None
        Why the origin does not answer; empty where it does.
    workers : bool or None
    """

    writable: bool
    trails: Sequence[tuple[str, int | None]]
    key: str
    key_path: str
    printed: Printed
    host: str
    answered: bool
    reach: str
    phones: PhonesTold | None
    workers: bool | None


def judge(facts: Facts) -> list[Line]:
    """Every line, in the order in which a person goes through them."""
    told = [*judge_machine(facts), _database(facts), _trail(facts), _key(facts), _address(facts)]
    if facts.printed.how not in ("alone", "none"):
        told += [_hosts(facts), _reach(facts)]
    told += [phone_line(facts.phones, facts.printed.origin), Line("display", "yours", "display_yours")]
    if facts.workers is not None:
        told.append(Line("workers", *(("fine", "workers_fine") if facts.workers else ("look", "workers_lost"))))
    return [*told, Line("browser", "yours", "browser_yours")]


def judge_machine(facts: Machine) -> list[Line]:
    """Clock and disk."""
    return [_clock(facts), _disk(facts), _sync(facts)]


def _clock(facts: Machine) -> Line:
    now = facts.now
    if facts.newest is not None and now < facts.newest - TOLERATED:
        return Line("clock", "mend", "clock_behind", {"now": now, "newest": facts.newest.astimezone(now.tzinfo)})
    if now < facts.installed - TOLERATED:
        return Line("clock", "mend", "clock_old", {"now": now})
    offset = now.utcoffset() or timedelta()
    if not offset:
        return Line("clock", "look", "clock_utc", {"now": now})
    minutes = int(offset.total_seconds() // 60)
    zone = f"UTC{'+' if minutes > 0 else '−'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return Line("clock", "fine", "clock_fine", {"now": now, "zone": zone})


def _disk(facts: Machine) -> Line:
    free = facts.free / GB
    if free >= ENOUGH_GB:
        return Line("disk", "fine", "disk_fine", {"free": free})
    short: dict[str, Value] = {"free": free, "enough": f"{ENOUGH_GB:g}"}
    return Line("disk", "look", "disk_low", short) if free >= LEAST_GB else Line("disk", "mend", "disk_full", short)


def _sync(facts: Machine) -> Line:
    if not facts.syncs:
        return Line("sync", "mend", "sync_failed", {"why": facts.sync_fault})
    ms = 1000 * sorted(facts.syncs)[len(facts.syncs) // 2]
    told: dict[str, Value] = {"ms": ms, "n": len(facts.syncs)}
    if ms <= SYNC_FINE_MS:
        return Line("sync", "fine", "sync_fine", told)
    return Line("sync", "look", "sync_slow", told) if ms <= SYNC_BAD_MS else Line("sync", "mend", "sync_bad", told)


def _database(facts: Facts) -> Line:
    if facts.writable:
        return Line("database", "fine", "database_fine")
    return Line("database", "mend", "database_failed")


def _trail(facts: Facts) -> Line:
    if not facts.trails:
        return Line("trail", "fine", "trail_none")
    damaged = next((workshop for workshop, entries in facts.trails if entries is None), None)
    if damaged is not None:
        return Line("trail", "mend", "trail_damaged", {"workshop": damaged})
    entries = sum(entries or 0 for _, entries in facts.trails)
    return Line("trail", "fine", "trail_fine", {"workshops": len(facts.trails), "entries": entries})


def _key(facts: Facts) -> Line:
    state = {"fine": "fine", "windows": "look"}.get(facts.key, "mend")
    return Line("key", state, f"key_{facts.key}", {"path": facts.key_path})  # type: ignore[arg-type]  # one of three


def _address(facts: Facts) -> Line:
    origin, how, candidate = facts.printed
    told = {"origin": origin}
    match how:
        case "none" | "alone":
            return Line("address", "mend", f"address_{how}")
        case "public":
            return Line("address", "fine", "address_public", told)
        case "asked":
            return Line("address", "fine", "address_chosen", told)
    if candidate is None or not candidate.usable:
        return Line("address", "mend", "address_gone", told)
    if candidate.kind not in GOOD:
        return Line("address", "look", "address_doubtful", told)
    if how == "guessed":
        return Line("address", "look", "address_guessed", told)
    return Line("address", "fine", "address_chosen", told)


def _hosts(facts: Facts) -> Line:
    if facts.answered:
        return Line("hosts", "fine", "hosts_fine", {"host": facts.host})
    return Line("hosts", "mend", "hosts_refused", {"host": facts.host})


def _reach(facts: Facts) -> Line:
    origin = facts.printed.origin
    if not facts.reach:
        return Line("reach", "fine", "reach_fine", {"origin": origin})
    return Line("reach", "mend", "reach_failed", {"origin": origin, "why": facts.reach})


def phone_line(phones: PhonesTold | None, origin: str = "") -> Line:
    """How far phones have looked at themselves; None where nobody here can know, then `origin` is where they look."""
    if phones is None:
        return Line("phone", "yours", "phone_elsewhere", {"origin": origin})
    if phones.last is None:
        return Line("phone", "yours", "phone_none")
    if phones.faults:
        return Line("phone", "look", "phone_failed", {"last": phones.last, "faults": phones.faults})
    return Line("phone", "fine", "phone_fine", {"passed": phones.passed, "last": phones.last})
