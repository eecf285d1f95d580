"""The frozen index: every evidence stream carried up the framework, apart from each other and never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consensus import profile
from consensus.endings import AGREED as AGREED  # for rooms that may not ask `consensus`
from server.workshop.contents import ItemFigures, NodeFigures
from server.workshop.events import IndexFrozen
from server.workshop.figures import decimal
from server.workshop.given import WORKSHOP, Draft
from server.workshop.state import State


@dataclass(frozen=True)
class StreamValues:
    """One stream by leaf: values, what bounds those without (the agreed stream), how much was asked and answered."""

    values: Mapping[str, float | None]
    bounds: Mapping[str, tuple[float, float]] | None = None
    agreed: frozenset[str] | None = None
    coverage: Mapping[str, tuple[int, int]] | None = None


def latest_votes(state: State, kind: str) -> dict[str, ItemFigures]:
    """The latest counted vote of each item in the groups of a kind, by item; a later group of the list wins."""
    return {
        item: votes[-1][1]
        for group in state.groups.values()
        if group.kind == kind
        for item in group.items
        if (votes := group.votes(item))
    }


def streams(state: State) -> dict[str, StreamValues]:
    """What each stream holds for every leaf; a stream that nobody filled is left out."""
    leaves = state.tree.leaves
    found: dict[str, StreamValues] = {}
    for stream in ("interview", "metric"):
        rows = {row.item: row for row in state.baseline if row.stream == stream}
        if rows:
            found[stream] = StreamValues(
                values={
                    leaf: float(row.score) if (row := rows.get(leaf)) is not None and row.score is not None else None
                    for leaf in leaves
                },
                coverage={leaf: (row.answered, row.asked) for leaf, row in rows.items()},
            )
    workshop, plenary = latest_votes(state, "dimension"), latest_votes(state, "plenary")
    found["workshop"] = StreamValues({leaf: _median(workshop.get(leaf)) for leaf in leaves})
    if any(group.kind == "plenary" for group in state.groups.values()):
        found["plenary"] = StreamValues({leaf: _median(plenary.get(leaf)) for leaf in leaves})
    found["agreed"] = _agreed(state, workshop)
    return found


def _median(figures: ItemFigures | None) -> float | None:
    return None if figures is None or figures.median is None else float(figures.median)


def _agreed(state: State, votes: Mapping[str, ItemFigures]) -> StreamValues:
    """Agreed and decided values; bounds from the quartiles elsewhere, the whole scale where nobody rated."""
    endings = {item: end for group in state.groups.values() for item, end in group.endings.items()}
    scale, values, bounds = state.scale, {}, {}
    for leaf in state.tree.leaves:
        end, figures = endings.get(leaf), votes.get(leaf)
        value = None
        if end is not None and end.ending in (*AGREED, "decided") and end.value is not None:
            value = float(end.value)
        elif figures is not None and figures.q1 is not None and figures.q3 is not None:
            bounds[leaf] = (float(figures.q1), float(figures.q3))
        else:
            bounds[leaf] = (float(scale.categories[0]), float(scale.categories[-1]))
        values[leaf] = value
    agreed = frozenset(item for item, end in endings.items() if end.ending in AGREED)
    return StreamValues(values, bounds, agreed)


def freeze_drafts(state: State) -> tuple[Draft, ...]:
    """`index.frozen` with one content a node and stream."""
    contents: dict[str, NodeFigures] = {}
    for name, stream in streams(state).items():
        found = profile(
            state.tree, stream.values, bounds=stream.bounds, agreed=stream.agreed, coverage=stream.coverage
        )
        for node, figures in found.nodes.items():
            contents[f"node/{node}/{name}"] = NodeFigures(
                value=decimal(figures.value), low=decimal(figures.low), high=decimal(figures.high),
                agreed=figures.agreed, of=figures.of,
            )  # fmt: skip
    return (Draft(IndexFrozen(method=state.consensus_rule.agreed_value), WORKSHOP, contents),)
