"""What can be asked of a worker process and what it answers, as records that travel as MessagePack.

Only data travels, never code: both sides read strictly into the records below, so that a worker which read a hostile
file can hand back wrong figures at worst, and nothing that the serving process would run. No job carries a key.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from consensus.errors import ConsensusError
from server.imports.faults import Excerpt, Fault, ImportFault
from server.reports import ReportError
from server.reports.spreadsheet import Style
from server.reports.stepping import Replay
from server.storage import StorageError
from server.trail import TrailError
from server.workshop import contents
from server.workshop.commands import SeatRow
from server.workshop.contents import Ballot
from server.workshop.events import RoundAssessed
from server.workshop.expert_views import ExpertView, PresetView, RuleView
from server.workshop.given import Draft
from server.workshop.measure_views import CertaintyView, MeasuresView
from server.workshop.records import BaselineRow
from server.workshop.refusals import Refusal
from server.workshop.state import State


class Job(msgspec.Struct, frozen=True, array_like=True):
    """One piece of work. Never log one: it may hold answers, names or the address of the database."""


class AssessRound(Job, frozen=True, tag="assess"):
    """The figures of a round, as `server.workshop.assess`: a `Draft`."""

    state: State
    group: str
    ballots: dict[int, tuple[Ballot, ...]]


class ExplainGroup(Job, frozen=True, tag="expert"):
    """What experts ask of a group, as `server.workshop.expert`: an `ExpertView`, or None."""

    state: State
    group: str
    ballots: dict[int, tuple[Ballot, ...]]


class MeasureGroup(Job, frozen=True, tag="measures"):
    """Every measure of a group, as `server.workshop.measures`: a `MeasuresView`, or None."""

    state: State
    group: str
    ballots: dict[int, tuple[Ballot, ...]]


class WeighProfile(Job, frozen=True, tag="certainty"):
    """How sure the profile is, as `server.workshop.certainty`: a `CertaintyView`, or None."""

    state: State
    ballots: dict[str, dict[int, tuple[Ballot, ...]]]
    seed: int


class WeighRules(Job, frozen=True, tag="rules"):
    """The chances of every preset, as `server.workshop.chances`: a tuple of `PresetView`."""

    raters: int
    categories: int


class WeighRule(Job, frozen=True, tag="rule"):
    """One rule with its chances, as `server.workshop.chances`: a `RuleView`."""

    rule: str | dict[str, Any]
    raters: int
    categories: int


class ReadBaseline(Job, frozen=True, tag="baseline"):
    """The rows of an earlier survey, as `server.imports.baseline`: a tuple of `BaselineRow`."""

    data: bytes
    filename: str
    framework: dict[str, Any]


class ReadSeats(Job, frozen=True, tag="seats"):
    """The rows of a list of participants, as `server.imports.seats`: a tuple of `SeatRow`."""

    data: bytes
    filename: str
    groups: dict[str, dict[str, str]]


class Source(msgspec.Struct, frozen=True):
    """Where a document is read from: `url` of the database, opened for reading alone, and the key heads are under."""

    url: str
    workshop: str
    vkey: str


class MakeReport(Job, frozen=True, tag="report"):
    """The report of everything disclosed, as `server.reports.report`: bytes."""

    source: Source
    language: str


class MakeBundle(Job, frozen=True, tag="bundle"):
    """An audit bundle, written into the file at `path`: the digest of its manifest as text."""

    source: Source
    disclose: Literal["public", "full"]
    suppress_below: int
    language: str
    path: str


class MakeTable(Job, frozen=True, tag="table"):
    """`results.csv` as a public bundle holds it now, in a style of `server.reports.spreadsheet`: bytes."""

    source: Source
    suppress_below: int
    style: Style


class StepThrough(Job, frozen=True, tag="replay"):
    """A bundle that somebody handed in, verified and told, as `server.reports.stepping`: a `Replay`."""

    path: str
    language: str


AnyJob = (
    AssessRound | ExplainGroup | MeasureGroup | WeighProfile | WeighRules | WeighRule | ReadBaseline | ReadSeats
    | MakeReport | MakeBundle | MakeTable | StepThrough
)  # fmt: skip

# --- answers ----------------------------------------------------------------------------------------------------------


class Result(msgspec.Struct, frozen=True, tag="done", array_like=True):
    """What the work gave, in the form that `_RESULTS` names for its job."""

    value: msgspec.Raw


class Wrong(msgspec.Struct, frozen=True, tag="wrong", array_like=True):
    """An error that is an answer: `room` names its class, `detail` what it was made from."""

    room: str
    detail: dict[str, Any]


class Failed(msgspec.Struct, frozen=True, tag="failed", array_like=True):
    """The work broke down over this input; the worker is well, and trying again would end the same."""

    what: str


class _Assessed(msgspec.Struct, frozen=True, array_like=True):
    event: RoundAssessed
    scope: str
    contents: dict[str, Any]


_RESULTS: dict[type[Job], Any] = {
    AssessRound: _Assessed, ReadBaseline: tuple[BaselineRow, ...], ReadSeats: tuple[SeatRow, ...], MakeReport: bytes,
    MakeBundle: str, MakeTable: bytes, StepThrough: Replay, ExplainGroup: ExpertView | None,
    MeasureGroup: MeasuresView | None, WeighProfile: CertaintyView | None, WeighRules: tuple[PresetView, ...],
    WeighRule: RuleView,
}  # fmt: skip
_pack = msgspec.msgpack.Encoder()
_jobs, _answers = msgspec.msgpack.Decoder(AnyJob), msgspec.msgpack.Decoder(Result | Wrong | Failed)


class WorkFailed(Exception):
    """Something went wrong in a worker over this very input; the worker's log has the trace."""


def packed(job: Job) -> bytes:
    return _pack.encode(job)


def unpacked(data: bytes) -> AnyJob:
    """A job read strictly. msgspec.ValidationError."""
    job: AnyJob = _jobs.decode(data)
    return job


def packed_result(value: Any) -> bytes:
    """An answer with what a job gave."""
    if isinstance(value, Draft):
        assert isinstance(value.event, RoundAssessed)  # what an assessor gives
        value = _Assessed(value.event, value.scope, dict(value.contents))
    return _pack.encode(Result(msgspec.Raw(_pack.encode(value))))


def packed_error(fault: Exception) -> bytes:
    """An answer with the error that a job ended in."""
    match fault:
        case ImportFault():
            return _pack.encode(Wrong("import", {"faults": fault.faults, "excerpt": fault.excerpt}))
        case Refusal():
            return _pack.encode(Wrong("refusal", {"code": fault.code, "detail": fault.detail}))
        case StorageError() | TrailError() | ReportError():
            room = next(name for name, kind in _ROOMS.items() if isinstance(fault, kind))
            return _pack.encode(Wrong(room, {"code": fault.code, "sentence": str(fault)}))
        case ConsensusError():
            told = {name: getattr(fault, name) for name in ("argument", "code", "sentence", "row", "column")}
            return _pack.encode(Wrong("consensus", told))
    return _pack.encode(Failed(type(fault).__name__))


_ROOMS: dict[str, Any] = {"storage": StorageError, "trail": TrailError, "report": ReportError}


def result(job: Job, data: bytes) -> Any:
    """What the answer to a job says: its result, or the error raised as it was there. WorkFailed for any other."""
    answer = _answers.decode(data)
    if isinstance(answer, Failed):
        raise WorkFailed(f"A worker failed with {answer.what}; its log has more.")
    if isinstance(answer, Wrong):
        raise _error(answer)
    found = msgspec.msgpack.decode(answer.value, type=_RESULTS[type(job)])
    if isinstance(found, _Assessed):
        kind = "round.assessed"
        return Draft(found.event, found.scope, {n: contents.read(kind, n, c) for n, c in found.contents.items()})
    return found


def _error(answer: Wrong) -> Exception:
    told = answer.detail
    if answer.room == "import":
        return ImportFault(
            msgspec.convert(told["faults"], tuple[Fault, ...]), msgspec.convert(told["excerpt"], Excerpt | None)
        )
    if answer.room == "refusal":
        return Refusal(told["code"], **told["detail"])
    if answer.room == "consensus":
        return ConsensusError(told.pop("argument"), told.pop("code"), told.pop("sentence"), **told)
    error: Exception = _ROOMS[answer.room](told["code"], told["sentence"])
    return error
