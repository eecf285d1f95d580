"""Where phones are sent: the machine's addresses, the one that an organiser chose, and which hosts are answered.

Owns the note in the database that keeps the choice. The ranking is `server.addresses`; what it means, `preflight`.
"""

from __future__ import annotations

from collections.abc import Callable

from config import EVERYWHERE, Settings
from server.addresses import Candidate, Hosts, Interface, Printed, candidates, interfaces, printed
from server.clock import Clock
from server.storage import StorageError, people
from server.storage.database import Database
from server.workshop.refusals import Refusal

NOTE = "address"  # of the database, so that cards printed after a restart say the same


class Addressing:
    """The addresses of one house; `look` reads those of the machine."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock, look: Callable[[], list[Interface]] = interfaces
    ) -> None:
        self._database, self._settings, self._look = database, settings, look
        self.known_host = Hosts(settings.allowed_hosts, settings.answers_own_addresses, clock.monotonic, look)

    def candidates(self) -> list[Candidate]:
        """Every address of the machine, the best first."""
        return candidates(self._look())

    def chosen(self) -> str | None:
        """The address that an organiser has chosen, whether or not the machine still has it."""
        with self._database.read() as connection:
            return people.note(connection, NOTE)

    def choose(self, address: str) -> None:
        """Print this address from now on; Refusal: unknown_address, not_saved."""
        usable = [one.address for one in self.candidates() if one.usable]
        if address not in usable:
            raise Refusal("unknown_address", address=address[:60], choices=", ".join(usable) or "–")
        try:
            with self._database.write() as connection:
                people.set_note(self._database, connection, NOTE, address)
        except StorageError:
            raise Refusal("not_saved") from None

    def printed(self, asked: str | None = None) -> Printed:
        """What cards and display print now; `asked` is the origin at which the console was opened."""
        settings = self._settings
        return printed(
            self.candidates(), public=settings.public_url, chosen=self.chosen(), asked=asked, listening=settings.host,
            everywhere=settings.host in EVERYWHERE, port=settings.port,
        )  # fmt: skip
