"""The City Resilience Index on the shelf against its published shape (4, 12 and 52; 14, 13, 13, 12 by dimension)."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from consensus.framework import Framework
from server.catalog import UnknownFramework, load, names, translation_status

CRI = load("cri")
FRAMEWORK = Framework.from_document(CRI)
LEAVES = [node for node in CRI["nodes"] if node["level"] == "indicator"]


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts(part)]


def test_the_index_has_four_dimensions_twelve_goals_and_fifty_two_indicators() -> None:
    levels = [node["level"] for node in CRI["nodes"]]
    assert [levels.count(level) for level in ("dimension", "goal", "indicator")] == [4, 12, 52]
    assert FRAMEWORK.top == ("D1", "D2", "D3", "D4")
    assert [len(FRAMEWORK.leaves_under(dimension)) for dimension in FRAMEWORK.top] == [14, 13, 13, 12]
    assert [goal for dimension in FRAMEWORK.top for goal in FRAMEWORK.children(dimension)] == [
        f"G{number}" for number in range(1, 13)
    ]


def test_every_indicator_stands_under_the_goal_of_its_number() -> None:
    assert [node["parent"] for node in LEAVES] == [f"G{node['id'].split('.')[0]}" for node in LEAVES]


def test_the_document_is_given_back_equal_and_carries_no_note_of_ours() -> None:
    assert FRAMEWORK.document() == CRI
    assert "translation_status" not in CRI
    assert "Arup and The Rockefeller Foundation" in CRI["rights"]


def test_every_text_stands_in_english_and_indonesian_without_a_stray_space() -> None:
    for node in CRI["nodes"]:
        for part in ("name", "short", "text"):
            assert part not in node or sorted(node[part]) == ["en", "id"]
    assert all(text == " ".join(text.split()) != "" for text in texts(CRI))


def test_every_indicator_has_a_text_and_both_anchors_short_enough_for_a_phone() -> None:
    for node in LEAVES:
        anchors = [node["anchors"][end][language] for end in ("low", "high") for language in ("en", "id")]
        assert len(set(anchors)) == 4
        assert all(len(anchor) <= 90 and anchor.endswith(".") and "?" not in anchor for anchor in anchors)
        assert all(len(node["short"][language]) <= 28 for language in ("en", "id"))
        assert node["text"]["en"] != node["text"]["id"]


def test_no_two_indicators_share_a_name_a_text_or_an_anchor() -> None:
    found = [text for node in LEAVES for text in texts([node["name"], node["text"], node["anchors"]])]
    assert len(found) == 52 * 8 == len(set(found))


def test_scale_and_bands_use_the_words_of_the_glossary() -> None:
    assert [label["id"] for label in CRI["scale"]["labels"]] == [
        *("Sangat lemah", "Lemah", "Sedang", "Kuat", "Sangat kuat"),
    ]
    assert [(band["name"]["en"], band["name"]["id"], band["from"]) for band in CRI["bands"]] == [
        ("Very poor", "Sangat kurang", "0"),
        ("Poor", "Kurang", "20"),
        ("Moderate", "Sedang", "40"),
        ("Good", "Baik", "60"),
        ("Very good", "Sangat baik", "80"),
    ]


def test_the_document_holds_no_float_so_that_it_can_be_sealed() -> None:
    assert re.search(rb"[:\[,]-?[0-9]+[.eE]", msgspec.json.encode(CRI)) is None


def test_what_is_unconfirmed_is_said_beside_the_document() -> None:
    status = translation_status("cri")
    assert status["en"]["2.5"] == "unconfirmed"
    assert status["id"]["default"] == "unofficial"
    ids = {node["id"] for node in CRI["nodes"]}
    assert all(key in ids | {"default"} for language in ("en", "id") for key in status[language])


@pytest.mark.parametrize("name", ["crx", "", "../catalog/cri", "cri.json", "/etc/passwd"])
def test_an_unknown_framework_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(UnknownFramework) as caught:
        load(name)
    assert str(caught.value) == f"There is no framework {name!r}; choose one of: cri."
    assert names() == ("cri",)


def test_a_caller_who_changes_a_document_changes_only_a_copy() -> None:
    load("cri")["nodes"].clear()
    assert len(load("cri")["nodes"]) == 68
