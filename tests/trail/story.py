"""A small workshop played to its end and kept as a trail: real decisions, figures, seals, tree and signed heads.

Two groups and a plenary: A of eight seats (five indicators, three rounds, every ending but one), B of six (not rated,
unconfirmed, a voided round). Owns no rule and no format: `tests.workshop.play` plays, `server.trail` writes.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.trail.checkpoint import Checkpoint, sign
from server.trail.commitment import Opening
from server.trail.ledger import Ledger
from server.trail.note import Signer
from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.given import SEAT, Decision, Draft
from server.workshop.phases import Phase
from server.workshop.records import BaselineRow
from server.workshop.setup import create
from server.workshop.state import State
from tests.workshop.play import ORGANISER, Table

ORIGIN = "mufakat/kota-uji"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))

Stored = list[tuple[bytes, list[Opening]]]


@dataclass
class Kept:
    """A trail as a database would hold it: lines with their openings, and signed heads."""

    stored: Stored = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    state: State = field(default_factory=State)


def node(key: str, parent: str | None, level: str, name: str) -> dict[str, Any]:
    return {"id": key, "parent": parent, "level": level, "name": {"en": name, "id": name}, "weight": "1"}


def framework() -> dict[str, Any]:
    """Two dimensions, three goals, eight indicators, five categories. One name would run in a spreadsheet."""
    goals = {"A": ("A1", "A2"), "B": ("B1",)}
    leaves = {"A1": ("a1", "a2", "a3"), "A2": ("a4", "a5"), "B1": ("b1", "b2", "b3")}
    nodes = []
    for dimension, under in goals.items():
        nodes.append(node(dimension, None, "dimension", f"Dimension {dimension}"))
        for goal in under:
            nodes.append(node(goal, dimension, "goal", f"Goal {goal}"))
            nodes += [node(leaf, goal, "indicator", f"Indicator {leaf}") for leaf in leaves[goal]]
    nodes[-1]["name"] = {"en": "=Floods, and more", "id": "=Banjir, dan lain-lain"}
    level = [{"key": key, "name": {"en": key, "id": key}} for key in ("dimension", "goal", "indicator")]
    return {
        "id": "uji", "version": "1", "name": {"en": "Trial", "id": "Uji"}, "levels": level,
        "scale": {"categories": [1, 2, 3, 4, 5]}, "percent": "range", "coverage_floor_percent": 0,
        "bands": [{"key": "low", "name": {"en": "low", "id": "rendah"}, "from": "0"}], "nodes": nodes,
    }  # fmt: skip


def _baseline() -> tuple[BaselineRow, ...]:
    scores = {("a1", "interview"): "3.10", ("a2", "interview"): None, ("a2", "metric"): "2.5", ("b3", "interview"): "5"}
    return tuple(
        BaselineRow(
            item=item, stream=stream, score=score, answered=3 if score else 0,  # type: ignore[arg-type]  # streams
            asked=3, respondents=4, year=2017, source="sintetis",
        )
        for (item, stream), score in scores.items()
    )  # fmt: skip


def opened_table(**settings: Any) -> Table:
    """The workshop up to its start: A has seats 1 to 8, B seats 9 to 14, all taken; the plenary P holds everybody."""
    played = Table()
    groups = (
        o.GroupIn(id="A", node="A"), o.GroupIn(id="B", node="B"),
        o.GroupIn(id="P", kind="plenary", items=["a3", "b1"], name={"en": "Plenary", "id": "Pleno"}),
    )  # fmt: skip
    order = o.CreateWorkshop(
        workshop="kota-uji", title="Uji “coba” – é", city="Semarang", language="id", framework=framework(),
        groups=groups, rule="workshop", settings=c.Settings(**settings), synthetic=True,
    )  # fmt: skip
    played.remember(create(order, played.given(ORGANISER, None)))
    played.do(o.ImportBaseline(rows=_baseline(), synthetic=True))
    for group, count in (("A", 8), ("B", 7)):
        played.do(c.IssueSeats(group=group, count=count))
    for seat in range(1, 15):
        played.do(o.TakeSeat(seat=seat, group=None, channel="card"), SEAT)
    played.do(c.Start())
    return played


def votes(seats: Iterable[int], **ratings: list[Any]) -> dict[int, dict[str, Any]]:
    """Each seat's answers from columns by item; None leaves an item unanswered."""
    return {
        seat: {item: column[i] for item, column in ratings.items() if column[i] is not None}
        for i, seat in enumerate(seats)
    }


A, B = range(1, 9), range(9, 15)
CAMPS, SPREAD = [1, 1, 1, 1, 5, 5, 5, 5], [1, 2, 3, 4, 5, 2, 4, 3]
UNSURE = "no_knowledge"


def played(**settings: Any) -> Table:
    """The whole day, frozen."""
    t = opened_table(**settings)
    one = votes(A, a1=[4] * 8, a2=[3] * 7 + [4], a3=CAMPS, a4=SPREAD, a5=[2] * 7 + [UNSURE])
    t.round("A", one, items="all", minutes=10)
    t.do(c.ExplainGap(group="A", item="a1", cause="new_evidence", note="the audit of 2025", stream="interview"))
    two = votes(A, a1=[4] * 7 + [5], a2=[3] * 8, a3=CAMPS, a4=[2, 2, 3, 4, 5, 2, 4, 3], a5=[4, 4, 4, 4, 4, 2, 2, 2])
    t.round("A", two, items="all")
    t.do(c.Annotate(text="coffee"))
    t.round("A", votes(A, a3=CAMPS, a4=SPREAD))  # a5 is pending too, and nobody rates it
    t.do(c.DecideItem(group="A", item="a4", value=3, reason="the budget is given"))
    t.do(c.AttachMinority(group="A", item="a2", text="two of us see it lower", public=True))
    t.do(c.AttachMinority(group="A", item="a3", text="do not print this", public=False))
    t.do(c.OpenRound(group="B", minutes=5))
    t.do(c.PauseRound(group="B"))
    t.do(c.ExtendRound(group="B", minutes=5))
    t.do(c.ResumeRound(group="B"))
    for seat, rated in votes(B, b1=[2] * 6, b2=[UNSURE] * 6, b3=[1, 2, 4, 5, UNSURE, None]).items():
        assert t.put(seat, 1, rated).refused == ()
    t.do(c.CloseRound(group="B"))
    t.disclose("B")
    t.do(c.Reveal(group="B"))
    t.round("B", votes(B, b1=[5] * 6))
    t.do(c.VoidRound(group="B", reason="the wrong question was read out"))
    t.round("P", votes([*A, *B], a3=[3] * 14, b1=SPREAD + [3] * 6))
    for group in "ABP":
        t.do(c.Conclude(group=group))
    t.do(c.ReopenGroup(group="A", reason="one more look"))
    t.do(c.Conclude(group="A"))
    t.do(c.Freeze())
    t.do(c.Annotate(text="thank you"))
    return t


def keep(table: Table, signer: Signer = SIGNER, seed: int = 7) -> Kept:
    """Seal what was played, line by line, and sign a head wherever one is due."""
    chance, kept, ledger = random.Random(seed), Kept(), Ledger()
    for entry, contents in table.entries:
        draft = Draft(entry.body, entry.scope, contents)
        by = "seat" if entry.kind == "seat.taken" else "staff/1"
        ledger, written = ledger.write([draft], at=entry.at, by=by, random_bytes=chance.randbytes)
        kept.stored += [(w.line, list(w.openings)) for w in written]
        if entry.kind == "round.assessed" or ledger.state.phase is Phase.FROZEN:
            kept.notes.append(sign(Checkpoint(signer.verifier.name, ledger.size, ledger.edge.root), signer))
    kept.state = ledger.state
    return kept


@cache
def told() -> Kept:
    """The story as it is mostly used; nobody may change it."""
    return keep(played())


def erased(table: Table, seat: int) -> tuple[Kept, tuple[tuple[int, str], ...]]:
    """The story with one person's ballots erased after the freeze, and which openings that took."""
    names = tuple(
        (entry.seq, "ballot")
        for entry, contents in table.entries
        if entry.kind == "ballot.cast" and contents["ballot"].voice == f"voice-{seat}"
    )
    table.do(c.EraseSeat(seat=seat), erasable=names)
    kept = keep(table)
    kept.stored = [(line, [o for o in openings if (o.seq, o.name) not in names]) for line, openings in kept.stored]
    return kept, names


def with_draft(table: Table, draft: Draft) -> None:
    """Remember something that no rule would have decided."""
    table.remember(Decision((draft,)))
