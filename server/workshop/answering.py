"""May these answers be kept? Decides one seat's `answers.put`, item by item; it stores and hashes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.workshop.commands import AnswerIn, PaperAnswer, PutAnswers
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import Group, Round, Seat, State
from server.workshop.texts import clean


@dataclass(frozen=True, slots=True)
class Standing:
    """What is kept for one item of a seat: the highest revision and the key it came with."""

    rev: int
    key: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer to be stored; value and cannot both null where it is withdrawn."""

    item: str
    rev: int
    key: str
    value: int | None
    cannot: str | None
    confidence: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Answering:
    """What to store for a seat and what to tell it; `returns` says that an absent seat is back."""

    group: str
    round: int
    kept: tuple[Kept, ...]
    saved: tuple[dict[str, Any], ...]
    refused: tuple[dict[str, Any], ...]
    returns: bool


def seat_of(state: State, number: int) -> Seat:
    """The seat, if it may vote at all.

    Raises
    ------
    Refusal
        `unknown_seat` or `seat_revoked`.
    """
    seat = state.seats.get(number)
    if seat is None:
        raise Refusal("unknown_seat", seat=number)
    if seat.status == "revoked":
        raise Refusal("seat_revoked", seat=number)
    return seat


def ballot_group(state: State, number: int) -> Group:
    """The group whose ballot a seat sees: its own or a plenary, whichever votes (its own first), else opened last."""
    own = state.groups[seat_of(state, number).group]
    mine = [own, *(group for group in state.groups.values() if group.kind == "plenary")]
    voting = (group for group in mine if group.phase in (Phase.OPEN, Phase.PAUSED))
    return next(voting, None) or max(mine, key=_opened)


def _opened(group: Group) -> int:
    """When the round at hand was opened, so that its results stay on the phones until something newer comes."""
    at_hand = group.current if group.phase not in (Phase.WAITING, Phase.CONCLUDED) else None
    return at_hand.opened_at if at_hand else -1


def decide_answers(
    state: State, number: int, put: PutAnswers, standing: Mapping[str, Standing], language: str = "en"
) -> Answering:
    """Take or refuse each answer of a message.

    Parameters
    ----------
    state : State
        As the transaction sees it.
    number : int
        The seat.
    put : PutAnswers
    standing : mapping of str to Standing
        What is kept for this seat in the round named by `put`, by item.
    language : str
        Of the sentences in `refused`.

    Raises
    ------
    Refusal
        Where the seat may not vote at all; then nothing is kept.
    """
    seat = seat_of(state, number)
    group = _group(state, seat, put)
    refuse_all = _round_refusal(state, group, put.round)
    kept: dict[str, Kept] = {}
    saved: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for answer in put.answers:
        now = kept.get(answer.item) or standing.get(answer.item)
        try:
            if answer.item in kept:
                raise Refusal("duplicate_item", item=answer.item)
            if refuse_all is not None:
                raise refuse_all
            new = _keep(state, group, put.round, answer, now)
        except Refusal as refusal:
            refused.append(
                {"item": answer.item, "key": answer.key, "code": refusal.code,
                 "message": refusal.sentence(language), "rev": now.rev if now else 0}
            )  # fmt: skip
            continue
        if new is not None:
            kept[answer.item] = new
        saved.append({"item": answer.item, "rev": answer.rev, "key": answer.key})
    returns = seat.status == "absent" and bool(kept)
    return Answering(group.id, put.round, tuple(kept.values()), tuple(saved), tuple(refused), returns)


def _group(state: State, seat: Seat, put: PutAnswers) -> Group:
    if put.group is None or put.group == seat.group:
        return ballot_group(state, seat.number) if put.group is None else state.groups[seat.group]
    group = state.groups.get(put.group)
    if group is None or group.kind != "plenary":
        allowed = [g.id for g in state.groups.values() if g.id == seat.group or g.kind == "plenary"]
        raise Refusal("unknown_group", group=put.group, choices=", ".join(allowed))
    return group


def _round_refusal(state: State, group: Group, number: int) -> Refusal | None:
    current = group.current
    if state.phase is Phase.RUNNING and current is not None and current.number == number:
        if group.phase is Phase.OPEN:
            return None
        if group.phase is Phase.PAUSED:
            return Refusal("round_paused")
    return Refusal("round_not_open", round=number)


def _keep(state: State, group: Group, number: int, answer: AnswerIn, now: Standing | Kept | None) -> Kept | None:
    current = group.current
    assert current is not None  # an open round was found before
    check_answer(state, group, current, answer)
    if now is not None:
        if answer.rev == now.rev and answer.key == now.key:
            return None
        if answer.rev <= now.rev:
            raise Refusal("superseded", item=answer.item)
    reason = clean(answer.reason)
    return Kept(answer.item, answer.rev, answer.key, answer.value, answer.cannot, answer.confidence, reason)


def check_answer(state: State, group: Group, current: Round, answer: AnswerIn | PaperAnswer) -> None:
    """Hold one answer against the round and the scale.

    Raises
    ------
    Refusal
        `unknown_item`, `item_not_in_round`, `value_and_cannot` or `off_scale`.
    """
    if answer.item not in group.items:
        raise Refusal("unknown_item", item=answer.item, choices=", ".join(group.items))
    if answer.item not in current.items:
        raise Refusal("item_not_in_round", item=answer.item, choices=", ".join(current.items))
    if answer.value is not None and answer.cannot is not None:
        raise Refusal("value_and_cannot")
    categories = state.scale.categories
    if answer.value is not None and answer.value not in categories:
        raise Refusal("off_scale", value=answer.value, low=int(categories[0]), high=int(categories[-1]))
