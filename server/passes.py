"""Who you are: one bearer secret for a seat, a member of staff or a display; and the doors where one is given.

Owns identities, card and room codes at the door, staff accounts and passwords. Never decides what somebody may do, and
never keeps a secret: the database holds hashes, and the role is read from it each time.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.clock import Clock
from server.storage import lines, people
from server.storage.bearers import hashed, new_secret, peppered, tidy
from server.storage.chance import SYSTEM, Chance
from server.storage.database import Connection, Database
from server.workshop.given import SEAT, Actor, Role
from server.workshop.refusals import Refusal

Kind = Literal["seat", "staff", "display"]
FIRST_RUN = "first_run"  # the note that holds the hash of the one-time token
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 256
WINDOW_SECONDS = 60.0

_hasher = PasswordHasher()  # argon2id with the library's parameters (RFC 9106, second choice)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a pass stands for. `by` is how the trail names them; `groups` None means every group."""

    kind: Kind
    workshop: str | None = None
    seat: int | None = None
    staff: int | None = None
    name: str | None = None
    role: Role | None = None
    groups: frozenset[str] | None = None

    @property
    def by(self) -> str:
        return f"staff/{self.staff}" if self.kind == "staff" else self.kind

    @property
    def actor(self) -> Actor:
        """As the rules know them; Refusal (not_allowed) for a display, which only shows."""
        if self.kind == "staff" and self.role is not None:
            return Actor(self.by, self.role, self.groups)
        if self.kind == "seat":
            return SEAT
        raise Refusal("not_allowed", allowed="organiser / facilitator")


class Door(NamedTuple):
    """Where somebody asks to come in; a room code names no seat."""

    workshop: str
    seat: int | None


class Limit:
    """At most so many failures a minute, by device and over all; what succeeds is not counted."""

    def __init__(self, clock: Clock, by_device: int, over_all: int) -> None:
        self._clock, self._by_device, self._over_all = clock, by_device, over_all
        self._failures: deque[tuple[float, str | None]] = deque()

    def allows(self, device: str | None) -> bool:
        """Whether another try may be looked at. A device without a cookie counts only over all."""
        since = self._clock.monotonic() - WINDOW_SECONDS
        while self._failures and self._failures[0][0] <= since:
            self._failures.popleft()
        mine = sum(1 for _, other in self._failures if other == device) if device is not None else 0
        return mine < self._by_device and len(self._failures) < self._over_all

    def failed(self, device: str | None) -> None:
        self._failures.append((self._clock.monotonic(), device))


class Passes:
    """Passes of one database. `pepper`: as for the engine. Limits are failures a minute, from the settings."""

    def __init__(
        self, database: Database, clock: Clock, *, pepper: bytes, by_device: int = 5, over_all: int = 60,
        chance: Chance = SYSTEM,
    ) -> None:  # fmt: skip
        self._database, self._clock, self._pepper, self._chance = database, clock, pepper, chance
        self._codes, self._passwords = Limit(clock, by_device, over_all), Limit(clock, by_device, over_all)

    # --- who ------------------------------------------------------------------------------------------------------

    def who(self, secret: str | None) -> Identity:
        """Whom this secret stands for today; Refusal: not_signed_in, pass_revoked."""
        if not secret:
            raise Refusal("not_signed_in")
        with self._database.read() as connection:
            found = people.pass_of(connection, hashed(secret))
        if found is None:
            raise Refusal("not_signed_in")
        if found.revoked_at is not None or (found.kind == "staff" and not found.active):
            raise Refusal("pass_revoked")
        groups = None if found.groups is None else frozenset(found.groups)
        return Identity(found.kind, found.workshop, found.seat, found.staff, found.name, found.role, groups)

    def revoke(self, secret: str) -> bool:
        """End one pass at once (signing out); False if it was not valid any more."""
        with self._database.write() as connection:
            return people.revoke_pass(connection, hashed(secret), self._clock.stamp(), "signed_out")

    def display(self, workshop: str) -> str:
        """A new pass for a display of this workshop; Refusal: unknown_workshop."""
        with self._database.write() as connection:
            if lines.workshop_of(connection, workshop) is None:
                raise Refusal("unknown_workshop", workshop=workshop)
            secret = new_secret(self._chance.draw)
            people.add_pass(
                connection, hashed=hashed(secret), kind="display", at=self._clock.stamp(), workshop=workshop
            )
        return secret

    # --- the door -------------------------------------------------------------------------------------------------

    def card(self, shown: str) -> tuple[str, int] | None:
        """Workshop and seat of a card, by its secret or the code as people type it."""
        code = tidy(shown)
        with self._database.read() as connection:
            return people.card(
                connection, secret_hash=hashed(shown), code_hash=peppered(code, self._pepper) if code else None
            )

    def room(self, shown: str) -> str | None:
        """The workshop with this room code, as people type it."""
        code = tidy(shown)
        with self._database.read() as connection:
            return lines.workshop_with_code(connection, code) if code else None

    def door(self, shown: str, device: str | None) -> Door:
        """What is shown at the door: a card's secret or code, or a room code.

        Refusal: wrong_code, which counts as a failure; too_many_codes after too many of them. A card's secret cannot
        be guessed and is never held back.
        """
        short = tidy(shown) is not None
        if short and not self._codes.allows(device):
            raise Refusal("too_many_codes")
        if card := self.card(shown):
            return Door(*card)
        if workshop := self.room(shown):
            return Door(workshop, None)
        if not self._codes.allows(device):
            raise Refusal("too_many_codes")
        self._codes.failed(device)
        raise Refusal("wrong_code")

    # --- staff ----------------------------------------------------------------------------------------------------

    def first_run_token(self) -> str | None:
        """A fresh one-time token for the first organiser, in place of any older one; None once there is staff."""
        with self._database.write() as connection:
            if people.staff_count(connection):
                return None
            token = new_secret(self._chance.draw)
            people.set_note(self._database, connection, FIRST_RUN, hashed(token))
        return token

    def first_run(self, token: str, name: str, password: str) -> str:
        """Make the first organiser and use the token up: their pass; Refusal: bad_token, malformed."""
        secret_hash = _password_hash(password)
        with self._database.write() as connection:
            kept = people.note(connection, FIRST_RUN)
            if kept is None or people.staff_count(connection) or not hmac.compare_digest(kept, hashed(token)):
                raise Refusal("bad_token")
            people.set_note(self._database, connection, FIRST_RUN, None)
            return self._welcome(connection, name, "organiser", None, secret_hash)

    def add_staff(
        self, name: str, role: Role, groups: Sequence[str] | None = None, password: str | None = None
    ) -> str:
        """Make an account: its pass; Refusal: name_taken, malformed. Without a password the pass alone lets them in."""
        secret_hash = None if password is None else _password_hash(password)
        with self._database.write() as connection:
            return self._welcome(connection, name, role, groups, secret_hash)

    def sign_in(self, name: str, password: str, device: str | None = None) -> str:
        """A new pass for whoever knows the password; Refusal: wrong_password, too_many_requests."""
        if not self._passwords.allows(device):
            raise Refusal("too_many_requests")
        with self._database.read() as connection:
            account = people.account(connection, _tidy_name(name))
        known = account.password_hash if account and account.active else None
        if not _fits(known or _NOBODY, password) or account is None or known is None:
            self._passwords.failed(device)
            raise Refusal("wrong_password")
        with self._database.write() as connection:
            return self._staff_pass(connection, account.id)

    def accounts(self) -> list[people.Account]:
        with self._database.read() as connection:
            return people.accounts(connection)

    def retire(self, staff: int) -> None:
        """Close an account: every pass of it ends at once."""
        with self._database.write() as connection:
            people.set_active(connection, staff, False)

    def _welcome(
        self, connection: Connection, name: str, role: Role, groups: Sequence[str] | None, secret_hash: str | None
    ) -> str:
        if role not in get_args(Role):
            raise Refusal("malformed", problem=f"{role} is no role; choose from {', '.join(get_args(Role))}")
        name = _tidy_name(name)
        if people.account(connection, name):
            raise Refusal("name_taken", name=name)
        staff = people.add_staff(connection, name, role, None if groups is None else list(groups), secret_hash)
        return self._staff_pass(connection, staff)

    def _staff_pass(self, connection: Connection, staff: int) -> str:
        secret = new_secret(self._chance.draw)
        people.add_pass(connection, hashed=hashed(secret), kind="staff", at=self._clock.stamp(), staff_id=staff)
        return secret


def _tidy_name(name: str) -> str:
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept or len(kept) > 100 or not kept.isprintable():
        raise Refusal("malformed", problem="a name has 1 to 100 letters")
    return kept


def _password_hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        problem = f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        raise Refusal("malformed", problem=problem)
    return _hasher.hash(unicodedata.normalize("NFC", password))


def _fits(secret_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(secret_hash, unicodedata.normalize("NFC", password[:LONGEST_PASSWORD]))
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


# Verified where there is no account, so that both refusals take as long; made once, since making it takes a quarter
# of a second.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$hjvREEhr4QjYObLuDL5uow$PJWzUhKjSC3Nm+S4AEoOyW8WUZVdWqSC4xTrPnlQ+Lc"
