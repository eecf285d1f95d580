"""The house put together: database, keys, engine, passes and web, from settings and a clock; and taken down again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec
from flask import Flask

from config import Settings
from consensus import Rule
from server.app.addressing import Addressing
from server.app.checking import Checking
from server.app.readings import Readings
from server.clock import Clock, SystemClock
from server.desk import Desk
from server.engine import Engine
from server.imports.faults import ImportFault
from server.passes import Passes
from server.storage import StorageError
from server.storage.bearers import open_pepper
from server.storage.chance import SYSTEM
from server.storage.database import Database
from server.trail import TrailError
from server.trail.keys import open_keys
from server.web import MissingRule, Services, create_app
from server.web.assets import NotBuilt, assets
from server.web.messages import WorkshopIn
from server.web.orders import baseline_order, counts, seats_order, workshop_order
from server.web.prints import cards_document
from server.worker.hands import Hands
from server.worker.workers import Workers
from server.workshop.commands import AnyCommand
from server.workshop.given import Actor
from server.workshop.orders import RecordDisclosure
from server.workshop.refusals import Refusal

KEY, PEPPER = "signing.pem", "pepper"
OPERATOR = Actor("server", "organiser")  # whoever has a shell on the machine


class StartError(Exception):
    """The server cannot start, or an order from the shell cannot be carried out; `code` and one sentence say why."""

    def __init__(self, code: str, sentence: str, fields: Any = None) -> None:
        super().__init__(sentence)
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, and the few orders that the shell gives by itself.

    Of `create`, `command`, `import_baseline` and `import_seats`: StartError where they are refused.
    """

    settings: Settings
    database: Database
    engine: Engine
    passes: Passes
    services: Services
    wsgi: Flask
    hands: Hands
    checking: Checking

    def close(self) -> None:
        """Finish what is queued, then let go of the database; figures not done yet are computed at the next start."""
        self.hands.stop()
        self.engine.stop()
        self.database.close()

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """As `POST /workshops`."""
        with _told():
            asked = msgspec.convert(body, WorkshopIn)
            return self.engine.create(workshop_order(asked, self.services.framework), OPERATOR)

    def command(self, workshop: str, body: dict[str, Any]) -> dict[str, Any]:
        """As `POST /workshops/{id}/commands`."""
        with _told():
            return self.engine.submit(workshop, OPERATOR, msgspec.convert(body, AnyCommand))

    def import_baseline(self, workshop: str, data: bytes, filename: str, synthetic: bool) -> dict[str, Any]:
        """As the import of a baseline over HTTP."""
        with _told():
            order = baseline_order(self.hands.read_baseline, self.engine.look(workshop), data, filename, synthetic)
            return {**self.engine.submit(workshop, OPERATOR, order), "completeness": counts(order)}

    def import_seats(self, workshop: str, data: bytes, filename: str) -> dict[str, Any]:
        """As the import of seats over HTTP; the cards stand in the answer, this once."""
        with _told():
            order = seats_order(self.hands.read_seats, self.engine.look(workshop), data, filename)
            return self.engine.submit(workshop, OPERATOR, order)

    def printable(self) -> None:
        """See that pages can be drawn before anything is issued for them. StartError: not_built."""
        with self.wsgi.app_context():
            try:
                assets()
            except NotBuilt as fault:
                raise StartError(fault.code, str(fault)) from None

    def cards_page(self, workshop: str, cards: list[dict[str, Any]], tongue: str, *, with_tables: bool) -> str:
        """The cards that `issue_seats` told as a page that stands by itself; `tongue` is `id`, `en` or `both`."""
        address = self.services.addresses.printed().origin + "/join"
        state = self.engine.state(workshop)
        return cards_document(self.wsgi, state, cards, address, tongue, with_tables=with_tables)

    def export(self, workshop: str, disclose: Literal["public", "full"]) -> tuple[Path, str]:
        """As the bundle over HTTP: a file that the caller moves or removes, and the digest of its manifest."""
        with _told():
            if self.engine.look(workshop).frozen_at is None:
                raise Refusal("not_frozen")
            path, digest = self.services.bundle(workshop, disclose)
            if disclose == "full":
                self.engine.submit(workshop, OPERATOR, RecordDisclosure(disclose=disclose, digest=digest))
            return path, digest

    def add_staff(self, name: str, role: Any, groups: list[str] | None, password: str | None) -> str:
        """Make an account: its pass."""
        with _told():
            return self.passes.add_staff(name, role, groups, password)


@contextmanager
def _told() -> Iterator[None]:
    """Every way of refusing as a StartError."""
    try:
        yield
    except Refusal as refusal:
        raise StartError(refusal.code, refusal.sentence("en")) from None
    except ImportFault as fault:
        raise StartError("bad_import", str(fault), [one.told("en") for one in fault.faults]) from None
    except msgspec.ValidationError as fault:
        raise StartError("malformed", f"The message does not fit: {fault}.") from None
    except (StorageError, TrailError) as fault:
        raise StartError(fault.code, str(fault)) from None


def build(
    settings: Settings, clock: Clock | None = None, *, ticking: bool = True, workers: Workers | None = None
) -> App:
    """Open everything and take up every workshop where it was left; `workers` do the heavy work, else this process.

    StartError: directory_unwritable, database_newer, database_damaged, trail_damaged, key_exposed and their kin.
    """
    clock = clock or SystemClock()
    with _told():
        folder = _folder(settings.data_dir)
        database = Database(settings.database_url)
        try:
            return _joined(settings, clock, folder, database, Hands(workers), ticking)
        except BaseException:
            database.close()
            raise


def _joined(
    settings: Settings, clock: Clock, folder: Path, database: Database, hands: Hands, ticking: bool
) -> App:
    pepper = open_pepper(folder / PEPPER, SYSTEM.draw)
    keys = open_keys(folder / KEY, settings.key_passphrase)
    engine = Engine(database, clock, keys, pepper=pepper, assessor=hands.assess, batch_max=settings.batch_max)
    passes = Passes(
        database, clock, pepper=pepper, by_device=settings.join_codes_per_minute_device,
        over_all=settings.join_codes_per_minute,
    )  # fmt: skip
    readings = Readings(database, engine, folder, clock, settings.database_url, hands.do)
    addressing = Addressing(database, settings, clock)
    checking = Checking(
        settings, clock, database, addressing, keys, folder / KEY, readings.probe, workers=lambda: hands.alive
    )
    services = Services(
        settings=settings, engine=engine, passes=passes, desk=Desk(database),
        framework=readings.framework, shelf=readings.shelf, imagined=readings.imagined, lines=readings.lines,
        expert=readings.expert, measures=readings.measures, certainty=readings.certainty, rules=readings.rules,
        rule=readings.rule, rule_schema=Rule.schema, reasons=readings.reasons, nodes=readings.nodes,
        bundle=readings.bundle, replay=readings.replay, replay_of=readings.replay_of, reports=readings.reports(),
        results=readings.results,
        probe=readings.probe, figures=lambda: {**readings.figures(), **checking.figures()},
        read_baseline=hands.read_baseline, read_seats=hands.read_seats,
        addresses=addressing, preflight=checking,
    )  # fmt: skip
    try:
        wsgi = create_app(services, secret=blake2b(pepper, person=b"mufakat forms").digest())
    except MissingRule as fault:
        raise StartError(fault.code, str(fault)) from None
    engine.start(ticking=ticking)
    return App(settings, database, engine, passes, services, wsgi, hands, checking)


def _folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        sentence = f"Cannot write the data folder {path} ({fault.strerror}); name another with --data-dir."
        raise StartError("directory_unwritable", sentence) from None
    return path
