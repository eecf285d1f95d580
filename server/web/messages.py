"""The bodies of HTTP calls that are no command: what programs send and what they get, as types the API page draws."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from server.desk import Notes, Show
from server.workshop.commands import Settings, Short
from server.workshop.orders import GroupIn
from server.workshop.records import Record

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Password = Annotated[str, msgspec.Meta(min_length=8, max_length=256)]
Language = Literal["id", "en"]


class FirstRun(Record, frozen=True):
    """Makes the first organiser; `token` is the one-time text that the server printed."""

    token: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    name: Name
    password: Password


class SignIn(Record, frozen=True):
    name: Name
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class BroughtPass(Record, frozen=True, rename={"secret": "pass"}):
    """A staff pass that a program was given, brought into a browser."""

    secret: Annotated[str, msgspec.Meta(min_length=20, max_length=200)]


class SignedIn(Record, frozen=True, rename={"secret": "pass"}):
    secret: str
    staff: str
    role: str
    groups: list[str] | None


class Join(Record, frozen=True):
    """`code`: the typed code of a card, the card's secret, or the room code of an open workshop (with a `group`)."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    group: str | None = None
    language: Language | None = None


class Joined(Record, frozen=True, rename={"secret": "pass"}):
    secret: str
    seat: int
    group: str
    workshop: str


class DisplayPass(Record, frozen=True, rename={"secret": "pass"}):
    """The pass of a hall display, told once."""

    secret: str


class RevokeDisplay(Record, frozen=True, rename={"secret": "pass"}):
    secret: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ShowIn(Record, frozen=True):
    """What displays stand on until told otherwise: `scope` is a group, or `workshop` for those of the whole hall."""

    scope: str
    show: Show | None


class Answerable(Record, frozen=True):
    """The agency that answers for what a group rates; null where nobody says."""

    agency: Short | None


class DeskView(Record, frozen=True):
    """What staff keep beside the record, by group: what displays stand on, and the working notes of discussions."""

    shows: dict[str, str]
    notes: dict[str, Notes]


class WorkshopIn(Record, frozen=True):
    """`framework` is a name of the catalogue or a whole document; `groups` left out: one for each of its top nodes;
    `plenary` adds one over every indicator.
    """

    title: Short
    framework: str | dict[str, Any] = "cri"
    city: Short | None = None
    language: Language = "id"
    groups: Annotated[list[GroupIn], msgspec.Meta(max_length=50)] | None = None
    rule: str | dict[str, Any] = "workshop"
    settings: Settings = Settings()
    synthetic: bool = False
    plenary: bool = False


class RuleIn(Record, frozen=True):
    """A rule to weigh, for so many voices on a scale of so many points."""

    rule: str | dict[str, Any]
    raters: int = 8
    categories: int = 5


class PreflightLine(Record, frozen=True):
    """`state` is `fine`, `look`, `mend` or `yours` (only people in the hall can see it), `word` says it to people."""

    key: str
    state: str
    code: str
    word: str
    title: str
    sentence: str


class AddressListed(Record, frozen=True):
    """An address of the server's machine; `reason` says why it stands where it does, `usable` whether phones could."""

    address: str
    interface: str
    kind: str
    reason: str
    usable: bool


class PreflightTold(Record, frozen=True):
    """`origin` is what cards print, `how` it came about; `addresses` are those of the machine, the best first."""

    ready: bool
    lines: list[PreflightLine]
    origin: str
    how: str
    addresses: list[AddressListed]


class ChooseAddress(Record, frozen=True):
    address: Annotated[str, msgspec.Meta(min_length=2, max_length=60)]


class PhoneClock(Record, frozen=True):
    """`now` is the server's time in seconds since the epoch; `cookie` whether the page's own came back."""

    now: float
    cookie: bool


class PhoneFound(Record, frozen=True):
    """What a phone found amiss with itself; nothing where it is ready."""

    faults: Annotated[list[Literal["cookie", "storage", "socket", "clock", "browser"]], msgspec.Meta(max_length=5)]


class WorkshopMade(Record, frozen=True):
    workshop: str
    version: int
    join_code: str


class WorkshopListed(Record, frozen=True):
    workshop: str
    title: str
    phase: str
    created_at: str


class Workshops(Record, frozen=True):
    workshops: list[WorkshopListed]


class Told(Record, frozen=True):
    kind: str
    seq: int
    scope: str


class Committed(Record, frozen=True):
    """The acknowledgement of a command; some add fields of their own (`cards`, `endings`, `notices`)."""

    ok: bool
    version: int
    events: list[Told]


class Imported(Record, frozen=True):
    """`rows` were read; `cards` stand here once, for seats."""

    ok: bool
    rows: int
    version: int
    events: list[Told]
    cards: list[dict[str, Any]] | None = None
    completeness: dict[str, dict[str, Any]] | None = None


class Saved(Record, frozen=True):
    item: str
    rev: int
    key: str


class NotSaved(Record, frozen=True):
    item: str
    key: str
    code: str
    message: str
    rev: int


class Acknowledged(Record, frozen=True):
    """`saved` is on the disk; `rev` of a refusal is what stands."""

    ok: bool
    saved: list[Saved]
    refused: list[NotSaved]


class Receipt(Record, frozen=True):
    """Where the seat's ballot of `round` stands in the trail; null until it stands there, or where it gave none."""

    round: int | None
    seq: int | None
    tracker: str | None


class OwnBallot(Record, frozen=True):
    """The seat's own ballot as the trail has it: `line` holds its commitment, `salt` and `content` open it."""

    round: int
    seq: int
    line: str
    salt: str
    content: dict[str, Any]


class Consistency(Record, frozen=True, rename={"first": "from", "second": "to"}):
    """`hashes` (base64) prove that the signed head of size `to` extends that of size `from` (RFC 6962, 2.1.2)."""

    first: int
    second: int
    hashes: list[str]


class EntryLine(Record, frozen=True):
    """`line` is the entry's canonical text, the bytes that the tree hashes."""

    seq: int
    line: str


class Entries(Record, frozen=True):
    """Entries from `from` on, as far as the caller may read them; `next` is where to go on, null at the end."""

    size: int
    next: int | None
    entries: list[EntryLine]


class Problem(Record, frozen=True):
    """RFC 9457; `code` is stable, `detail` one sentence that says what would work."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: list[dict[str, Any]] | None = None
    version: int | None = None
    state: dict[str, Any] | None = None


class Fine(Record, frozen=True):
    status: str
