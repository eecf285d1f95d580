"""May this command happen, and what is then to be remembered? A pure function; it holds no state and does nothing.

The questions stand in order: may this role ask it, is the sender's picture fresh, does the lease allow it, does the
phase allow it; only then the command's own rule (`setup` and `seats` for the workshop, `running` for a group).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop import running, seats, setup
from server.workshop.given import Decision, Given
from server.workshop.refusals import Refusal
from server.workshop.state import State

ORGANISER = ("organiser",)
FACILITATORS = ("organiser", "facilitator")
OFFICERS = ("organiser", "officer")

# Who may ask what, and which function answers. A command without a row cannot be asked.
RULES: dict[type, tuple[tuple[str, ...], Callable[[State, Any, Given], Decision]]] = {
    c.SetRule: (ORGANISER, setup.set_rule),
    c.SetSettings: (ORGANISER, setup.set_settings),
    c.IssueSeats: (ORGANISER, seats.issue_seats),
    c.RevokeSeat: (FACILITATORS, seats.revoke_seat),
    c.MoveSeat: (ORGANISER, seats.move_seat),
    c.MarkAbsent: (FACILITATORS, seats.mark_absent),
    c.Start: (ORGANISER, setup.start),
    c.Freeze: (ORGANISER, setup.freeze),
    c.Annotate: (FACILITATORS, setup.annotate),
    c.AttachFile: (FACILITATORS, setup.attach_file),
    c.LinkInitiative: (FACILITATORS, setup.link_initiative),
    c.UnlinkInitiative: (FACILITATORS, setup.unlink_initiative),
    c.EraseSeat: (ORGANISER, seats.erase_seat),
    o.ImportBaseline: (ORGANISER, setup.import_baseline),
    o.ImportInitiatives: (ORGANISER, setup.import_initiatives),
    o.RecordDisclosure: (FACILITATORS, setup.record_disclosure),
    o.TakeSeat: (("seat",), seats.take_seat),
    c.OpenRound: (FACILITATORS, running.open_round),
    c.ExtendRound: (FACILITATORS, running.extend_round),
    c.PauseRound: (FACILITATORS, running.pause_round),
    c.ResumeRound: (FACILITATORS, running.resume_round),
    c.CloseRound: ((*FACILITATORS, "server"), running.close_round),
    c.ReopenRound: (FACILITATORS, running.reopen_round),
    c.Disclose: ((*FACILITATORS, "server"), running.disclose),
    c.Reveal: (FACILITATORS, running.reveal),
    c.VoidRound: (FACILITATORS, running.void_round),
    c.Moderate: (FACILITATORS, running.moderate),
    c.ExplainGap: (FACILITATORS, running.explain_gap),
    c.DecideItem: (FACILITATORS, running.decide_item),
    c.AttachMinority: (FACILITATORS, running.attach_minority),
    c.EnterPaper: (OFFICERS, running.enter_paper),
    c.ConfirmPaper: (OFFICERS, running.confirm_paper),
    c.Conclude: (FACILITATORS, running.conclude),
    c.ReopenGroup: (FACILITATORS, running.reopen_group),
    c.TakeLease: (FACILITATORS, running.take_lease),
}

# An officer enters paper while a facilitator runs the group, and taking the lease needs none.
WITHOUT_LEASE = (c.EnterPaper, c.ConfirmPaper, c.TakeLease)


def decide(state: State, command: Any, given: Given) -> Decision:
    """Decide one command against the state.

    Parameters
    ----------
    state : State
        The workshop as the transaction sees it.
    command : Command
        Or one of the orders that other doors give.
    given : Given
        Who asks, when, and what the engine has fetched for it.

    Returns
    -------
    Decision
        Events to append, changes beside the trail, and what to tell the sender.

    Raises
    ------
    Refusal
        Nothing has changed.
    """
    roles, rule = RULES[type(command)]
    role = given.actor.role
    if role not in roles:
        raise Refusal("not_allowed", allowed=" / ".join(r for r in roles if r not in ("server", "seat")))
    if isinstance(command, c.GroupCommand):
        _check_group(state, command, given)
    elif isinstance(command, c.Command):
        _check_version(command.expects, state.version)
    return rule(state, command, given)


def _check_group(state: State, command: c.GroupCommand, given: Given) -> None:
    group = state.groups.get(command.group)
    if group is None:
        raise Refusal("unknown_group", group=command.group, choices=", ".join(state.groups))
    if not given.actor.may_run(group.id):
        raise Refusal("other_group", group=group.id)
    _check_version(command.expects, group.version)
    if given.actor.role == "facilitator" and not isinstance(command, WITHOUT_LEASE):
        holder = given.holder
        if holder != given.actor.by:
            raise Refusal("lease_held", holder=holder or "-", group=group.id)


def _check_version(expects: int | None, version: int) -> None:
    if expects is not None and expects != version:
        raise Refusal("stale", version=version)
