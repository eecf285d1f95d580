"""Rules as documents and the counts that guard them. Witnesses: the published table, and counting panel by panel."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from consensus import PRESETS, ConsensusError, Rule

# STATISTICS.md, "The default rule": ratings on an item, and how many of them must agree.


def test_the_default_rule_is_the_table_of_the_statistics_page() -> None:
    assert Rule().document() == {
        "preset": "workshop",
        "quorum": 5,
        "answered_percent": 70,
        "small_panel": 7,
        "location": "pair",
        "share_percent": 75,
        "chance_percent": 5,
        "iqr_at_most": None,
        "median_shift": "0.5",
        "left_percent": 15,
        "settle_from_vote": 2,
        "cap": 4,
        "near": 2,
        "agreed_value": "median",
    }


def test_there_are_five_presets_under_their_names() -> None:
    assert tuple(PRESETS) == ("workshop", "iqr", "rand-ucla", "within-one", "two-thirds")
    assert all(rule.preset == name for name, rule in PRESETS.items())


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_survives_its_document(name: str) -> None:
    rule = PRESETS[name]
    assert Rule.from_document(rule.document()) == rule
    assert Rule.from_document({"preset": name}) == rule
    assert Rule.from_document(rule.document()).document() == rule.document()


def test_two_thirds_means_four_of_six_and_eight_of_twelve() -> None:
    rule = PRESETS["two-thirds"]
    assert [rule.needed(raters, 5) for raters in (5, 6, 12, 50, 51)] == [4, 4, 8, 34, 34]


def test_presets_of_the_literature_have_no_guard() -> None:
    assert [PRESETS[name].needed(6, 5) for name in PRESETS] == [6, 5, None, 5, 4]


def test_a_preset_with_a_changed_clause_becomes_a_rule_of_its_own() -> None:
    rule = Rule.from_document({"preset": "two-thirds", "cap": 3})
    assert rule.document() == {**PRESETS["two-thirds"].document(), "preset": "custom", "cap": 3}
    assert Rule.from_document(rule.document()) == rule


BAD_CLAUSES = pytest.mark.parametrize(
    ("document", "clause"),
    [
        ({"preset": "delphi"}, "preset"),
        ({"preset": ["workshop"]}, "preset"),
        ({"threshold": 75}, "threshold"),
        ({"quorum": 1}, "quorum"),
        ({"quorum": 5.0}, "quorum"),
        ({"quorum": True}, "quorum"),
        ({"answered_percent": 101}, "answered_percent"),
        ({"small_panel": None}, "small_panel"),
        ({"location": "mean"}, "location"),
        ({"location": ["pair"]}, "location"),
        ({"share_percent": 50}, "share_percent"),
        ({"share_percent": "101/1"}, "share_percent"),
        ({"share_percent": "75"}, "share_percent"),
        ({"share_percent": 0.75}, "share_percent"),
        ({"chance_percent": 0}, "chance_percent"),
        ({"chance_percent": 5, "location": "within_one"}, "chance_percent"),
        ({"iqr_at_most": 1}, "iqr_at_most"),
        ({"median_shift": "0,5"}, "median_shift"),
        ({"median_shift": "-1"}, "median_shift"),
        ({"left_percent": -1}, "left_percent"),
        ({"cap": 0}, "cap"),
        ({"cap": 1}, "settle_from_vote"),
        ({"settle_from_vote": 5}, "settle_from_vote"),
        ({"near": "2"}, "near"),
        ({"agreed_value": "mode"}, "agreed_value"),
    ],
)


@BAD_CLAUSES
def test_a_bad_clause_is_refused_by_name_in_one_sentence(document: dict[str, object], clause: str) -> None:
    with pytest.raises(ConsensusError) as refused:
        Rule.from_document(document)
    assert (refused.value.argument, refused.value.code) == (clause, "bad_rule")
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


def test_a_rule_must_be_an_object() -> None:
    with pytest.raises(ConsensusError) as refused:
        Rule.from_document(["workshop"])  # type: ignore[arg-type]
    assert refused.value.argument == "rule"


def test_a_rule_cannot_claim_a_preset_whose_clauses_it_changes() -> None:
    with pytest.raises(ConsensusError) as refused:
        Rule(preset="workshop", quorum=6)
    assert refused.value.argument == "preset"


def test_without_a_guard_two_categories_ask_for_the_quorum_alone() -> None:
    assert [PRESETS[name].fewest_raters(2) for name in PRESETS] == [None, 5, 5, 5, 5]


SCHEMA = Draft202012Validator(Rule.schema())
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "preset": st.sampled_from([*PRESETS, "custom"]),
        "quorum": st.integers(1, 12),
        "answered_percent": st.integers(-1, 101),
        "small_panel": st.integers(0, 9),
        "location": st.sampled_from(["pair", "within_one", "rand_ucla"]),
        "share_percent": st.integers(50, 101) | st.sampled_from(["200/3", "150/2", "75", "301/3"]),
        "chance_percent": st.none() | st.integers(1, 51),
        "iqr_at_most": st.none() | st.sampled_from(["1", "1.0", "0.50", 1]),
        "median_shift": st.sampled_from(["0.5", "0.50", "0", ".5"]),
        "left_percent": st.integers(0, 100),
        "settle_from_vote": st.integers(1, 3),
        "cap": st.integers(0, 5),
        "near": st.integers(0, 3),
        "agreed_value": st.sampled_from(["median", "mean", "hodges_lehmann"]),
    },
)


def test_the_schema_is_a_schema_and_describes_every_clause_with_its_usual_value() -> None:
    Draft202012Validator.check_schema(Rule.schema())
    described = {name: clause["default"] for name, clause in Rule.schema()["properties"].items()}
    assert described == Rule().document()
    assert json.loads(json.dumps(Rule.schema())) == Rule.schema()


@given(DOCUMENTS)
def test_whatever_is_read_satisfies_the_schema_as_written_and_as_given_back(document: dict[str, object]) -> None:
    try:
        rule = Rule.from_document(document)
    except ConsensusError:
        return
    SCHEMA.validate(document)
    SCHEMA.validate(rule.document())
    assert Rule.from_document(rule.document()) == rule


# To JSON 5.0 is a whole number; a fraction's size and a clause against another are more than a schema says.
NOT_FOR_A_SCHEMA = [{"quorum": 5.0}, {"share_percent": "101/1"}, {"cap": 1}, {"settle_from_vote": 5}]


@BAD_CLAUSES
def test_the_schema_refuses_every_bad_clause_but_those_it_cannot_say(document: dict[str, object], clause: str) -> None:
    assert SCHEMA.is_valid(document) == (document in NOT_FOR_A_SCHEMA)


def test_a_rule_has_one_document_however_it_was_written() -> None:
    plain = Rule.from_document({"share_percent": 75, "median_shift": "0.5", "iqr_at_most": "1"})
    wordy = Rule.from_document({"iqr_at_most": "1.00", "median_shift": "0.50", "share_percent": "150/2"})
    assert (plain, plain.document()) == (wordy, wordy.document())
    assert Rule.from_document({"preset": "iqr", "iqr_at_most": "1.0"}) == PRESETS["iqr"]
    assert Rule.from_document({"share_percent": "400/6"}).share_percent == "200/3"


def test_the_digests_of_the_presets_never_change() -> None:
    # SHA-256 of canonical JSON; a workshop that fixed one of these rules names it by this digest for good.
    digests = {
        name: hashlib.sha256(json.dumps(rule.document(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        for name, rule in PRESETS.items()
    }
    assert digests == {
        "workshop": "d37d685f7fbfaf830988e02de0f316de425eba61fd7ace6ee1ce4fec8f0e2965",
        "iqr": "92b9d4b28e089e4ee1871b9cbc50b68450ff73fc8957021dc9febb67d41f159f",
        "rand-ucla": "61e279f49ce5dcd92990fe2d474bca0ab9ac8ae71977a26e3ca46e44e3bd8849",
        "within-one": "40ef65f707cfa1847ee019e1bbd844e8f0e1fc204988aa729e09058c427a1d94",
        "two-thirds": "35bfb93dbbd766328f828124ab4c19dbb939f11bd0d0b3cd2b3932adee32e013",
    }
