"""The pre-flight of a house: every fact gathered from the rooms that know it, then judged.

Owns which room is asked for what. Limits and sentences are `server.preflight`; nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from config import Settings
from server import preflight
from server.app.addressing import Addressing
from server.clock import Clock, installed, local
from server.preflight import Line, Phones, measuring
from server.storage import StorageError, lines, trails
from server.storage.database import Database
from server.trail import TrailError
from server.trail.entries import read
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey
from server.workshop.refusals import Refusal

NOWHERE = ("alone", "none")  # no phone is sent anywhere


class Checking:
    """Looks at one house.

    Parameters
    ----------
    settings, clock, database, addressing
    keys : (SigningKey, HighWater)
    key_path : where the key lies
    probe : writes to the database for real; Refusal not_saved
    workers : whether those processes answer, None where nobody can tell
    reach : why an origin does not answer, empty where it does
    """

    def __init__(
        self, settings: Settings, clock: Clock, database: Database, addressing: Addressing,
        keys: tuple[SigningKey, HighWater], key_path: Path, probe: Callable[[], None],
        workers: Callable[[], bool | None], reach: Callable[[str], str] = measuring.reach,
    ) -> None:  # fmt: skip
        self._settings, self._clock, self._database, self._addressing = settings, clock, database, addressing
        self._key, self._marks = keys
        self._key_path, self._probe, self._workers, self._reach = key_path, probe, workers, reach
        self.phones = Phones(self.now)

    def now(self) -> datetime:
        """The machine's time with its zone."""
        return local(self._clock.now())

    def lines(self, asked: str | None = None) -> list[Line]:
        """Every line, looked at by the serving process; `asked` as `Addressing.printed`."""
        return self._judged(asked, self.phones.told, self._workers())

    def lines_beside(self, origin: str) -> list[Line]:
        """Every line, looked at beside a server that may run at this origin of the machine's own."""
        told = measuring.figures(origin)
        return self._judged(None, None, bool(told["workers_alive"]) if "workers_alive" in told else None)

    def phone_line(self) -> Line:
        """The line of phones alone."""
        return preflight.phone_line(self.phones.told)

    def figures(self) -> dict[str, float]:
        """What the operator is told of it: whether the workers run, and how many checks phones have passed."""
        alive = self._workers()
        told = {} if alive is None else {"workers_alive": float(alive)}
        return {**told, "phone_checks_passed": float(self.phones.told.passed)}

    def _judged(self, asked: str | None, phones: preflight.PhonesTold | None, workers: bool | None) -> list[Line]:
        settings, where = self._settings, self._addressing.printed(asked)
        host = urlsplit(where.origin).hostname or ""
        netloc = f"[{host}]" if ":" in host else host
        syncs, fault = measuring.syncs(settings.data_dir, self._clock.monotonic)
        trails, newest = self._trails()
        return preflight.judge(
            preflight.Facts(
                now=self.now(), installed=installed(), newest=newest,
                free=measuring.free(settings.data_dir), syncs=syncs, sync_fault=fault, writable=self._writable(),
                trails=trails, key=measuring.key(self._key_path), key_path=str(self._key_path), printed=where,
                host=host, answered=self._addressing.known_host(netloc),
                reach="" if where.how in NOWHERE else self._reach(where.origin),
                phones=phones, workers=workers,
            )
        )  # fmt: skip

    def _writable(self) -> bool:
        try:
            self._probe()
        except Refusal:
            return False
        return True

    def _trails(self) -> tuple[list[tuple[str, int | None]], datetime | None]:
        """Each workshop with its entries, None where its trail does not hold; and the time of the latest entry."""
        with self._database.read() as connection:
            known = [workshop.id for workshop in lines.all_workshops(connection)]
        # Twice, since a head that is published while we look stands in the file of marks first.
        looked = {workshop: self._looked(workshop) or self._looked(workshop) for workshop in known}
        times = [found[1] for found in looked.values() if found]
        return [(workshop, found[0] if found else None) for workshop, found in looked.items()], max(times, default=None)

    def _looked(self, workshop: str) -> tuple[int, datetime] | None:
        """Entries and latest time of one trail; None where edge, head, hashes or marks do not fit."""
        with self._database.read() as connection:
            try:
                ledger = trails.load(connection, workshop, self._key.verifier).ledger
                if trails.behind(connection, workshop, ledger, self._marks):
                    return None
                last = lines.line_of(connection, workshop, ledger.size - 1)
                return (ledger.size, datetime.fromisoformat(read(last).at)) if last else None
            except (StorageError, TrailError):
                return None

