"""Framework documents: read strictly, given back equal, walked in order. Witness: a small tree written by hand."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_framework import both, node, small

from consensus import ConsensusError, Framework

Change = Callable[[dict[str, Any]], object]


def test_a_document_is_given_back_equal_and_apart() -> None:
    document = small()
    framework = Framework.from_document(document)
    assert framework.document() == document
    document["nodes"].clear()
    framework.document()["nodes"].clear()
    assert framework.document() == small()


def test_a_framework_survives_the_way_to_another_process() -> None:
    framework = Framework.from_document(small())
    assert pickle.loads(pickle.dumps(framework)).document() == framework.document()


def test_the_tree_is_walked_depth_first_with_siblings_in_document_order() -> None:
    framework = Framework.from_document(small())
    assert framework.top == ("A", "B")
    assert framework.parents_first == ("A", "A1", "A1.1", "A1.2", "A2", "B", "B1")
    assert framework.children_first == ("B1", "B", "A2", "A1.2", "A1.1", "A1", "A")
    assert framework.leaves == ("A1.1", "A1.2", "A2", "B1")
    assert framework.leaves_under("A") == ("A1.1", "A1.2", "A2")
    assert framework.leaves_under("B1") == ("B1",)
    assert (framework.children("A"), framework.children("B1")) == (("A1", "A2"), ())
    assert framework.path("A1.2") == ("A", "A1", "A1.2")
    assert framework.node("A2").level == "goal"


def test_means_are_said_by_the_node_then_its_level_then_the_framework() -> None:
    document = small()
    document["levels"][1]["aggregation"] = "geometric"
    document["aggregation"] = "harmonic"
    framework = Framework.from_document(document)
    assert [framework.aggregation_of(key) for key in ("A", "A1", "B")] == ["harmonic", "geometric", "harmonic"]
    document["nodes"][1]["aggregation"] = "arithmetic"
    assert Framework.from_document(document).aggregation_of("A1") == "arithmetic"
    assert Framework.from_document(small()).aggregation_of("A") == "arithmetic"


def test_the_order_of_the_lines_does_not_matter_to_parents() -> None:
    document = small()
    document["nodes"].reverse()
    framework = Framework.from_document(document)
    assert framework.parents_first == ("B", "B1", "A", "A2", "A1", "A1.2", "A1.1")


def test_an_unknown_node_is_refused_by_name() -> None:
    with pytest.raises(ConsensusError) as refused:
        Framework.from_document(small()).leaves_under("C")
    assert refused.value.code == "unknown_node"
    assert "'C'" in str(refused.value)


def put(*path: str | int, value: object) -> Change:
    def change(document: Any) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return change


FAULTS: dict[str, tuple[Change, str]] = {
    "a missing field": (lambda d: d.pop("scale"), "The framework lacks the field 'scale'"),
    "an unknown field": (put("colour", value="red"), "has no field 'colour'"),
    "an unknown field of a node": (put("nodes", 0, "colour", value="red"), "Node 0 has no field 'colour'"),
    "an unknown parent": (put("nodes", 1, "parent", value="Z"), 'Node "A1" has the unknown parent "Z"'),
    "a duplicate id": (put("nodes", 4, "id", value="A1"), 'Two nodes have the id "A1"'),
    "a node under itself": (put("nodes", 1, "parent", value="A1"), 'Node "A1" (goal) stands under "A1" (goal)'),
    "a cycle": (put("nodes", 0, "parent", value="A1"), 'Node "A" (dimension) stands under "A1" (goal)'),
    "an unknown level": (put("nodes", 0, "level", value="pillar"), 'Node "A" has the level "pillar"'),
    "a weight of zero": (put("nodes", 0, "weight", value="0"), 'The weight of node "A" is 0'),
    "a negative weight": (put("nodes", 0, "weight", value="-1"), "The weight of node \"A\" cannot be '-1'"),
    "a weight that is a number": (put("nodes", 0, "weight", value=1.5), 'The weight of node "A" cannot be 1.5'),
    "a text in one language": (put("nodes", 0, "name", value={"en": "x"}), "of node \"A\" lacks the field 'id'"),
    "a third language": (put("name", value={"en": "x", "id": "y", "jv": "z"}), "has no field 'jv'"),
    "an empty text": (put("name", "en", value=" "), "must be text of 1 to 4000 characters"),
    "decomposed text": (put("name", "en", value="e\u0301"), "composed form"),
    "a lone surrogate": (put("name", "en", value="\ud800"), "composed form"),
    "an id with a slash": (put("nodes", 0, "id", value="A/1"), "The id of node 0 cannot be 'A/1'"),
    "an id that is a number": (put("nodes", 0, "id", value=1), "The id of node 0 cannot be 1"),
    "no nodes": (put("nodes", value=[]), "The nodes must be a list of 1 to 5000 entries"),
    "a node that is text": (put("nodes", 0, value="A"), "Node 0 must be an object"),
    "two levels of one key": (put("levels", 1, "key", value="dimension"), 'Two levels have the key "dimension"'),
    "a scale of one category": (put("scale", "categories", value=[1]), "at least two categories"),
    "a scale of decimals": (put("scale", "categories", value=[1, 1.5]), "must be whole numbers"),
    "too few labels": (put("scale", "labels", value=[both("low")]), "give one label in words for each"),
    "an unknown percent rule": (put("percent", value="mean"), "The percent rule cannot be 'mean'"),
    "a floor above 100": (put("coverage_floor_percent", value=101), "The coverage floor cannot be 101"),
    "a floor that is true": (put("coverage_floor_percent", value=True), "The coverage floor cannot be True"),
    "bands that descend": (put("bands", 1, "from", value="0"), 'Band "good" starts at 0'),
    "bands that start late": (put("bands", 0, "from", value="1"), 'Band "poor" starts at 1'),
    "a band beyond 100": (put("bands", 1, "from", value="100.5"), 'Band "good" starts at 100.5'),
    "two bands of one key": (put("bands", 1, "key", value="poor"), 'Two bands have the key "poor"'),
    "an unknown mean": (put("aggregation", value="median"), "The aggregation of the framework cannot be 'median'"),
    "an alias that is an id": (put("nodes", 0, "aliases", value=["A1"]), 'The alias "A1" of node "A" is taken'),
    "an alias used twice": (put("nodes", 0, "aliases", value=["old", "old"]), 'The alias "old" of node "A" is taken'),
    "an anchor without its other end": (put("nodes", 0, "anchors", value={"low": both("x")}), "lacks the field 'high'"),
    "rights that are a number": (put("rights", value=3), "The rights must be an object"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_faulty_framework_is_refused_in_one_sentence_that_names_the_fault(fault: str) -> None:
    change, sentence = FAULTS[fault]
    document = small()
    change(document)
    with pytest.raises(ConsensusError) as refused:
        Framework.from_document(document)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value) and str(refused.value).endswith(".")


def test_a_geometric_mean_is_refused_on_a_scale_below_zero() -> None:
    document = {**small(), "scale": {"categories": [-1, 0, 1]}, "aggregation": "geometric"}
    with pytest.raises(ConsensusError, match="without negative categories"):
        Framework.from_document(document)


def test_the_share_of_the_maximum_is_refused_on_a_scale_that_ends_at_zero() -> None:
    document = {**small(), "scale": {"categories": [-2, -1, 0]}, "percent": "max"}
    with pytest.raises(ConsensusError, match="above 0"):
        Framework.from_document(document)


def test_every_optional_field_is_kept() -> None:
    document = small()
    extras = {
        "short": both("s"),
        "text": both("t"),
        "anchors": {"low": both("worst"), "high": both("best")},
        "aliases": ["old-1", "old-2"],
        "aggregation": "harmonic",
    }
    document["nodes"][0].update(extras)
    document["rights"] = both("ours")
    framework = Framework.from_document(document)
    first = framework.node("A")
    assert {name: getattr(first, name) for name in extras} == {**extras, "aliases": ("old-1", "old-2")}
    assert framework.document() == document


@given(st.lists(st.integers(0, 30), max_size=30))
def test_any_tree_is_walked_with_every_parent_before_its_children(parents: list[int]) -> None:
    # Node i hangs under one of the nodes before it, as deep as the levels allow.
    document = small()
    document["levels"] = [{"key": f"L{depth}", "name": both("x")} for depth in range(12)]
    depths, document["nodes"] = [0], [node("N0", None, "L0")]
    for index, drawn in enumerate(parents, start=1):
        parent = drawn % index
        parent = parent if depths[parent] < 11 else 0
        depths.append(depths[parent] + 1)
        document["nodes"].append(node(f"N{index}", f"N{parent}", f"L{depths[-1]}"))
    framework = Framework.from_document(copy.deepcopy(document))
    order = framework.parents_first
    assert sorted(order) == sorted(framework.nodes)
    for key in order[1:]:
        assert order.index(framework.path(key)[-2]) < order.index(key)
    assert framework.leaves_under("N0") == framework.leaves
    assert framework.document() == document


def test_rights_may_be_one_text_for_both_languages() -> None:
    document = {**small(), "rights": "Our own."}
    assert Framework.from_document(document).document()["rights"] == "Our own."
