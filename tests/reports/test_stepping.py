"""What a page is told of a bundle: the verdict, then the story that its copy opens, and never figures of too few.

Witness: `visibility.round_for_seats`, which says what the hall saw of the same rounds.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from server import visibility
from server.reports import stepping
from server.reports.replay import Vote
from server.reports.stepping import Named, Told, replay
from server.trail import sheets
from server.trail.entries import read
from server.workshop.fold import apply
from server.workshop.refusals import Refusal
from server.workshop.state import State
from tests.trail import forge
from tests.trail.story import SIGNER, told


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return forge.saved(tmp_path, forge.write(told()))


def story_of(path: Path, language: str = "en") -> Told:
    found = replay(path, language)
    assert found.told is not None, found.verdict
    return found.told


def shown(told: Told) -> dict[tuple[str, int, str], Vote]:
    return {(s.scope, s.round or 0, v.item): v for s in told.steps for v in s.distributions}


def test_the_page_is_told_what_the_hall_saw_and_no_figure_more(full: Path) -> None:
    state, few, votes = told().state, list[str](), shown(story_of(full))
    for group in state.groups.values():
        for r in group.rounds:
            if not r.revealed or r.voided:
                continue
            seen = visibility.round_for_seats(state, group.id, r.number, {})
            for item in seen.items:
                vote = votes[group.id, r.number, item.item]
                assert (vote.counts, vote.median, vote.q1, vote.q3) == (item.counts, item.median, item.q1, item.q3)
                assert (vote.hidden == "few") == item.withheld
                assert item.withheld or (vote.outcome, vote.flags) == (item.outcome, item.flags)
                few += [item.item] if item.withheld else []
    assert few  # the story has an item that four people rated


def test_a_vote_of_too_few_is_hidden_on_its_way_too_and_so_is_the_order_that_rests_on_it(full: Path) -> None:
    found = story_of(full)
    for way in found.ways:
        for vote in way.votes:
            assert vote.hidden is None or (vote.n, vote.counts, vote.median) == (None, None, None)
    hidden = {(way.item, vote.round) for way in found.ways for vote in way.votes if vote.hidden}
    assert ("b3", 1) in hidden  # one of six cannot say, one does not answer
    state = told().state
    orders = {(s.scope, s.round): s.w for s in found.steps if s.kind == "round.assessed"}
    for (group, number), w in orders.items():
        small = any(
            f.counted and f.n < found.few
            for r in state.groups[group].rounds if r.number <= (number or 0) for f in r.figures.values()
        )  # fmt: skip
        assert small is False or w is None
    assert [w for w in orders.values() if w is not None]


def test_a_public_copy_hides_what_it_withholds_and_says_so(tmp_path: Path, full: Path) -> None:
    path = tmp_path / "public.zip"
    path.write_bytes(forge.write(told(), "public"))
    found = replay(path, "en")
    assert found.verdict.status == "INCOMPLETE" and found.told is not None
    votes, whole = shown(found.told), shown(story_of(full))
    assert votes.keys() == whole.keys()
    assert {vote.hidden for vote in votes.values()} >= {"copy", None}
    open_ = {key: vote for key, vote in votes.items() if vote.hidden is None}
    assert open_ == {key: whole[key] for key in open_}


def test_groups_and_items_are_named_in_the_language_asked_for(full: Path) -> None:
    indonesian, english = story_of(full, "id"), story_of(full, "en")
    assert (indonesian.groups["P"], english.groups["P"]) == (Named("Pleno", None), Named("Plenary", None))
    assert (indonesian.items["b3"].name, english.items["b3"]) == (
        "=Banjir, dan lain-lain", Named("=Floods, and more", 2)
    )  # fmt: skip
    assert [(key, group.dimension) for key, group in english.groups.items()] == [("A", 1), ("B", 2), ("P", None)]
    assert [c.value for c in english.scale] == [1, 2, 3, 4, 5] and english.synthetic
    assert english.steps == indonesian.steps and english.ways == indonesian.ways


def test_a_bundle_that_does_not_hold_is_told_by_its_verdict_alone(tmp_path: Path, full: Path) -> None:
    files = forge.members(full.read_bytes())
    files["trail.jsonl"] = files["trail.jsonl"].replace(b'"round":1', b'"round":2', 1)
    found = replay(forge.saved(tmp_path, forge.packed(files)), "en")
    assert (found.verdict.status, found.told) == ("INVALID", None) and found.verdict.problems
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    found = replay(tmp_path / "x.zip", "en", handed_in=True)
    assert (found.verdict.status, found.told, len(found.verdict.problems)) == ("UNREADABLE", None, 1)
    assert replay(full, "en", vkey=SIGNER.verifier.vkey).verdict.key_given


def test_a_record_that_ends_before_its_framework_is_told_by_ids(tmp_path: Path, full: Path) -> None:
    """Whoever makes a bundle of one entry, seals it and signs it must not break verifier and page."""
    files = {name: data for name, data in forge.members(full.read_bytes()).items() if not name.startswith("check")}
    line = files["trail.jsonl"].splitlines()[0]
    state = apply(State(), read(line), {})
    files |= {
        "trail.jsonl": line + b"\n", "openings.jsonl": b"", "results.csv": b"".join(sheets.results(state)),
        "ratings.csv": sheets.row(sheets.RATING_COLUMNS), **forge.heads([line], ["index.frozen"], SIGNER),
    }  # fmt: skip
    found = replay(forge.saved(tmp_path, forge.packed(files)), "en", handed_in=True)
    assert (found.verdict.status, found.verdict.problems) == ("VALID", ()) and found.told is not None
    assert (found.told.items["a1"], found.told.scale, len(found.told.steps)) == (Named("a1", None), (), 1)


# --- what a stranger hands in -----------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        replay(path, "en", handed_in=True)
    return caught.value.code


def test_what_is_handed_in_is_held_to_the_limits_of_an_upload(
    tmp_path: Path, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, chance = full.read_bytes(), random.Random(7)
    files = forge.members(whole)
    many = files | {f"checkpoints/{size}.note": b"x" for size in range(stepping.MOST_MEMBERS)}
    assert refused(forge.saved(tmp_path, forge.packed(many))) == "bundle_too_large"
    block = chance.randbytes(1000)
    swollen = b"".join(chance.randbytes(40) + block for _ in range(stepping.MOST_UNPACKED // 1000))
    data = forge.packed(files | {"report.html": swollen})
    assert len(data) < stepping.MOST_BYTES
    assert refused(forge.saved(tmp_path, data)) == "bundle_too_large"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("trail.jsonl", chance.randbytes(stepping.MOST_BYTES))
    assert refused(forge.saved(tmp_path, out.getvalue())) == "bundle_too_large"
    path = forge.saved(tmp_path, whole)
    assert replay(path, "en", handed_in=True).verdict.status == "VALID"
    for limit in ("MOST_STEPS", "MOST_FIGURES"):
        monkeypatch.setattr(stepping, limit, 5)
        assert refused(path) == "bundle_too_large"
        assert replay(path, "en").told is not None  # one's own file on one's own machine
        monkeypatch.undo()
