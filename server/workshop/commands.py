"""What may be asked: every command as a frozen record, decoded strictly. Orders only; nothing is decided here.

`expects` is the version the sender saw (of the group, or of the workshop); left out, whatever stands is taken.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from server.workshop.records import BaselineStream, Cannot, Cause, Channel, Record

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]
ItemId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
SeatNumber = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class AnswerIn(Record, frozen=True):
    """One answer as a phone sends it; a null value without `cannot` withdraws an earlier one."""

    item: ItemId
    rev: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    value: int | None
    cannot: Cannot | None = None
    confidence: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    reason: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class PutAnswers(Record, frozen=True):
    """The payload of `answers.put`: up to 64 answers of one seat in one round."""

    round: Annotated[int, msgspec.Meta(ge=1)]
    answers: Annotated[list[AnswerIn], msgspec.Meta(max_length=64)]
    group: str | None = None


class PaperAnswer(Record, frozen=True):
    """One answer on a printed ballot."""

    item: ItemId
    value: int | None
    cannot: Cannot | None = None
    confidence: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    reason: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class SeatRow(Record, frozen=True):
    """A seat for a known person; everything but the seat itself stays out of the trail."""

    group: str | None = None
    name: Short | None = None
    sector: Short | None = None
    agency: Short | None = None
    gender: Short | None = None


class FileRef(Record, frozen=True):
    """An attachment kept outside the database, named by its SHA-256."""

    name: Short
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, msgspec.Meta(ge=0)]


class Settings(Record, frozen=True):
    """How this workshop is held."""

    open_join: bool = False
    baseline_seen: Literal["after_round_1", "before"] = "after_round_1"
    disclose_after: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 10
    deadline_closes: bool = False
    suppress_below: Annotated[int, msgspec.Meta(ge=5, le=50)] = 5


class Command(Record, frozen=True, tag_field="command", kw_only=True):
    """An order; it may be refused, and then nothing has changed."""

    expects: int | None = None


class GroupCommand(Command, frozen=True, kw_only=True):
    """An order to one group."""

    group: str


# --- workshop -----------------------------------------------------------------------------------------------


class SetRule(Command, frozen=True, tag="set_rule", kw_only=True):
    rule: str | dict[str, Any]


class SetSettings(Command, frozen=True, tag="set_settings", kw_only=True):
    settings: Settings


class IssueSeats(Command, frozen=True, tag="issue_seats", kw_only=True):
    group: str | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=2000)] | None = None
    rows: Annotated[list[SeatRow], msgspec.Meta(max_length=2000)] | None = None
    channel: Channel = "card"


class RevokeSeat(Command, frozen=True, tag="revoke_seat", kw_only=True):
    seat: SeatNumber
    reason: Text


class MoveSeat(Command, frozen=True, tag="move_seat", kw_only=True):
    seat: SeatNumber
    group: str


class MarkAbsent(Command, frozen=True, tag="mark_absent", kw_only=True):
    seat: SeatNumber


class Start(Command, frozen=True, tag="start", kw_only=True):
    pass


class Freeze(Command, frozen=True, tag="freeze", kw_only=True):
    pass


class Annotate(Command, frozen=True, tag="annotate", kw_only=True):
    text: Text


class AttachFile(Command, frozen=True, tag="attach_file", kw_only=True):
    node: str
    file: FileRef


class LinkInitiative(Command, frozen=True, tag="link_initiative", kw_only=True):
    initiative: str
    node: str
    relation: Short
    strength: Annotated[int, msgspec.Meta(ge=1, le=3)]
    rationale: Text


class UnlinkInitiative(Command, frozen=True, tag="unlink_initiative", kw_only=True):
    initiative: str
    node: str


class EraseSeat(Command, frozen=True, tag="erase_seat", kw_only=True):
    seat: SeatNumber


# --- group --------------------------------------------------------------------------------------------------


class OpenRound(GroupCommand, frozen=True, tag="open_round", kw_only=True):
    items: Literal["all", "pending"] | list[ItemId] = "pending"
    minutes: Minutes | None = None


class ExtendRound(GroupCommand, frozen=True, tag="extend_round", kw_only=True):
    minutes: Minutes


class PauseRound(GroupCommand, frozen=True, tag="pause_round", kw_only=True):
    pass


class ResumeRound(GroupCommand, frozen=True, tag="resume_round", kw_only=True):
    pass


class CloseRound(GroupCommand, frozen=True, tag="close_round", kw_only=True):
    pass


class ReopenRound(GroupCommand, frozen=True, tag="reopen_round", kw_only=True):
    pass


class Disclose(GroupCommand, frozen=True, tag="disclose", kw_only=True):
    pass


class Reveal(GroupCommand, frozen=True, tag="reveal", kw_only=True):
    baseline: bool = True
    reasons: bool = False


class VoidRound(GroupCommand, frozen=True, tag="void_round", kw_only=True):
    reason: Text


class Moderate(GroupCommand, frozen=True, tag="moderate", kw_only=True):
    """`reason_id` is `round/item/number`, as the figures of a round name it."""

    reason_id: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+/[^/]+/[0-9]+$", max_length=100)]
    why: Text


class ExplainGap(GroupCommand, frozen=True, tag="explain_gap", kw_only=True):
    item: ItemId
    cause: Cause
    note: Text
    stream: BaselineStream = "interview"


class DecideItem(GroupCommand, frozen=True, tag="decide_item", kw_only=True):
    item: ItemId
    value: int | None
    reason: Text


class AttachMinority(GroupCommand, frozen=True, tag="attach_minority", kw_only=True):
    item: ItemId
    text: Text
    public: bool = False


class EnterPaper(GroupCommand, frozen=True, tag="enter_paper", kw_only=True):
    """`ballot` is the seat number printed on the paper, `check` the letter beside it, where somebody read that too."""

    ballot: SeatNumber
    check: Annotated[str, msgspec.Meta(pattern="^[A-Za-z]$")] | None = None
    answers: Annotated[list[PaperAnswer], msgspec.Meta(min_length=1, max_length=64)]


class ConfirmPaper(GroupCommand, frozen=True, tag="confirm_paper", kw_only=True):
    """`seen` is the mark of what was held against the sheet: where it was entered anew since, nothing is confirmed."""

    ballot: SeatNumber
    seen: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None


class Conclude(GroupCommand, frozen=True, tag="conclude", kw_only=True):
    pass


class ReopenGroup(GroupCommand, frozen=True, tag="reopen_group", kw_only=True):
    reason: Text


class TakeLease(GroupCommand, frozen=True, tag="take_lease", kw_only=True):
    pass


AnyCommand = (
    SetRule | SetSettings | IssueSeats | RevokeSeat | MoveSeat | MarkAbsent | Start | Freeze | Annotate
    | AttachFile | LinkInitiative | UnlinkInitiative | EraseSeat | OpenRound | ExtendRound | PauseRound
    | ResumeRound | CloseRound | ReopenRound | Disclose | Reveal | VoidRound | Moderate | ExplainGap
    | DecideItem | AttachMinority | EnterPaper | ConfirmPaper | Conclude | ReopenGroup | TakeLease
)  # fmt: skip
