"""Orders to the workshop as a whole: setting it up, start, freeze, notes, files, links, disclosures.

One function a command: state and order in, decision out. What it means is told by the fold.
"""

from __future__ import annotations

from typing import Any

import msgspec

from consensus import PRESETS, ConsensusError, Framework, Rule
from server.workshop import commands as c
from server.workshop import events as e
from server.workshop import orders as o
from server.workshop.freezing import freeze_drafts
from server.workshop.given import WORKSHOP, Decision, Draft, Given
from server.workshop.phases import Phase
from server.workshop.records import BaselineRow, GroupSpec, Initiative
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import check_start, rehearses
from server.workshop.state import State
from server.workshop.texts import clean, said, settled

PLENARY = o.GroupIn(id="plenary", kind="plenary", name={"id": "Pleno", "en": "Plenary"})


def _draft(event: e.Event, **contents: Any) -> Draft:
    return Draft(event, WORKSHOP, contents)


def _in_draft(state: State) -> None:
    if state.phase is not Phase.DRAFT:
        raise Refusal("not_draft")


def _not_frozen(state: State) -> None:
    if state.phase is Phase.FROZEN:
        raise Refusal("already_frozen")


# --- creation and fixing ---------------------------------------------------------------------------------------


def create(order: o.CreateWorkshop, given: Given) -> Decision:
    """A workshop from nothing: created, and its framework, rule and settings fixed for the first time.

    Raises
    ------
    Refusal
        `bad_framework`, `bad_groups` or `bad_rule`.
    """
    try:
        framework = Framework.from_document(order.framework)
    except ConsensusError as error:
        raise Refusal("bad_framework", problem=str(error).rstrip(".")) from error
    document = settled(framework.document())
    rule = read_rule(order.rule).document()
    settings = msgspec.to_builtins(order.settings)
    created = e.WorkshopCreated(
        workshop=order.workshop, title=said(order.title), city=clean(order.city), language=order.language,
        synthetic=order.synthetic or rehearses(order.workshop) is not None,
        groups=_groups(order.groups, framework, order.plenary),
    )  # fmt: skip
    return Decision(
        drafts=(
            _draft(created),
            _draft(e.FrameworkFixed(digest=given.digest(document), document=document)),
            _draft(e.RuleFixed(digest=given.digest(rule), document=rule)),
            _draft(e.SettingsFixed(digest=given.digest(settings), document=settings)),
        ),
        reply={"workshop": order.workshop},
    )


def _groups(asked: tuple[o.GroupIn, ...] | None, framework: Framework, plenary: bool) -> tuple[GroupSpec, ...]:
    if asked is None:
        asked = tuple(o.GroupIn(id=node, node=node) for node in framework.top)
    if plenary:
        asked = (*asked, PLENARY)
    if len({g.id for g in asked}) != len(asked) or not asked:
        raise Refusal("bad_groups", problem="give at least one group and each id once")
    if any(g.id == WORKSHOP for g in asked):
        raise Refusal("bad_groups", problem=f"{WORKSHOP} is a reserved word; choose another id")
    specs = tuple(_group(g, framework) for g in asked)
    shared: set[str] = set()
    for spec in specs:
        if spec.kind == "dimension" and shared & set(spec.items):
            raise Refusal("bad_groups", problem=f"{spec.id} rates an indicator that another group rates")
        shared |= set(spec.items) if spec.kind == "dimension" else set()
    return specs


def _group(asked: o.GroupIn, framework: Framework) -> GroupSpec:
    if asked.kind == "dimension":
        if asked.node is None or asked.node not in framework.nodes:
            raise Refusal("bad_groups", problem=f"{asked.id} needs a node of the framework; {asked.node} is none")
        items = framework.leaves_under(asked.node)
    else:
        items = tuple(asked.items if asked.items is not None else framework.leaves)
        unknown = set(items) - set(framework.leaves)
        if unknown or not items:
            problem = f"{asked.id} needs indicators of the framework"
            raise Refusal("bad_groups", problem=problem)
    if asked.items is not None and tuple(asked.items) != items:
        raise Refusal("bad_groups", problem=f"{asked.id} rates the indicators under its node; leave items out")
    return GroupSpec(id=asked.id, kind=asked.kind, node=asked.node, items=items, name=asked.name)


def read_rule(asked: str | dict[str, Any]) -> Rule:
    """A rule from the name of a preset or a document of clauses.

    Raises
    ------
    Refusal
        `bad_rule`.
    """
    if isinstance(asked, str):
        if asked not in PRESETS:
            known = ", ".join(PRESETS)
            raise Refusal("bad_rule", clause=asked, problem=f"there is no preset {asked}; choose from {known}")
        return PRESETS[asked]
    try:
        return Rule.from_document(asked)
    except ConsensusError as error:
        raise Refusal("bad_rule", clause=error.argument, problem=str(error).rstrip(".")) from error


def set_rule(state: State, order: c.SetRule, given: Given) -> Decision:
    _in_draft(state)
    document = read_rule(order.rule).document()
    return Decision((_draft(e.RuleFixed(digest=given.digest(document), document=document)),))


def set_settings(state: State, order: c.SetSettings, given: Given) -> Decision:
    _in_draft(state)
    document = msgspec.to_builtins(order.settings)
    return Decision((_draft(e.SettingsFixed(digest=given.digest(document), document=document)),))


def import_baseline(state: State, order: o.ImportBaseline, given: Given) -> Decision:
    _in_draft(state)
    rows = settled(msgspec.to_builtins(order.rows))
    kept = msgspec.convert(rows, tuple[BaselineRow, ...])
    fixed = e.BaselineImported(digest=given.digest(rows), synthetic=order.synthetic, rows=kept)
    return Decision((_draft(fixed),), reply={"rows": len(order.rows)})


def import_initiatives(state: State, order: o.ImportInitiatives, given: Given) -> Decision:
    rows = settled(msgspec.to_builtins(order.rows))
    kept = msgspec.convert(rows, tuple[Initiative, ...])
    fixed = e.InitiativesImported(digest=given.digest(rows), synthetic=order.synthetic, rows=kept)
    return Decision((_draft(fixed),), reply={"rows": len(order.rows)})


def start(state: State, order: c.Start, given: Given) -> Decision:
    _in_draft(state)
    check_start(state, given.kin)
    if not state.seats and not state.settings.open_join:
        raise Refusal("no_seats")
    digests = state.digests
    started = e.WorkshopStarted(
        framework=digests["framework"], rule=digests["rule"], settings=digests["settings"],
        baseline=digests.get("baseline"),
    )  # fmt: skip
    notices = [] if "baseline" in digests else ["started_without_baseline"]
    return Decision((_draft(started),), reply={"notices": notices})


def freeze(state: State, order: c.Freeze, given: Given) -> Decision:
    _not_frozen(state)
    if state.phase is not Phase.RUNNING:
        raise Refusal("not_running", phase=state.phase)
    waiting = [g.id for g in state.groups.values() if g.phase is not Phase.CONCLUDED]
    if waiting:
        raise Refusal("groups_open", groups=", ".join(waiting))
    return Decision(freeze_drafts(state))


# --- notes, files, links, disclosures -----------------------------------------------------------------------------


def annotate(state: State, order: c.Annotate, given: Given) -> Decision:
    return Decision((_draft(e.NoteAdded(), text=said(order.text)),))


def _known_node(state: State, node: str) -> None:
    if node not in state.tree.nodes:
        raise Refusal("unknown_node", node=node)


def attach_file(state: State, order: c.AttachFile, given: Given) -> Decision:
    _known_node(state, order.node)
    attached = e.FileAttached(node=order.node, digest=order.file.digest, size=order.file.size)
    return Decision((_draft(attached, name=said(order.file.name)),))


def link_initiative(state: State, order: c.LinkInitiative, given: Given) -> Decision:
    _known_node(state, order.node)
    if order.initiative not in state.initiatives:
        raise Refusal("unknown_initiative", initiative=order.initiative)
    linked = e.InitiativeLinked(
        initiative=order.initiative, node=order.node, relation=order.relation, strength=order.strength
    )
    return Decision((_draft(linked, rationale=said(order.rationale)),))


def unlink_initiative(state: State, order: c.UnlinkInitiative, given: Given) -> Decision:
    if (order.initiative, order.node) not in state.links:
        raise Refusal("unknown_initiative", initiative=f"{order.initiative} → {order.node}")
    return Decision((_draft(e.InitiativeUnlinked(initiative=order.initiative, node=order.node)),))


def record_disclosure(state: State, order: o.RecordDisclosure, given: Given) -> Decision:
    if state.phase is not Phase.FROZEN:
        raise Refusal("not_frozen")
    if order.disclose == "full" and given.actor.role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    return Decision((_draft(e.BundleDisclosed(disclose=order.disclose, digest=order.digest)),))


