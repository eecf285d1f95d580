"""A bundle told again as a story. Witness: the story that was played (`tests/trail/story.py`) and the trail itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import string
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from server.cli.replay import SAID, bars, harmless
from server.reports.replay import TOLD
from server.workshop.events import KINDS
from tests.trail import forge
from tests.trail.story import told


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return forge.saved(tmp_path, forge.write(told()))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    path = tmp_path / "public.zip"
    path.write_bytes(forge.write(told(), "public"))
    return path


def replayed(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["replay", str(path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_every_step_is_an_entry_of_the_trail_in_its_order(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = replayed(full, capsys)["steps"]
    lines = [json.loads(line) for line in forge.members(full.read_bytes())["trail.jsonl"].splitlines()]
    assert [(s["seq"], s["at"], s["kind"], s["scope"]) for s in steps] == [
        (line["seq"], line["at"], line["kind"], line["scope"]) for line in lines if line["kind"] in TOLD
    ]
    assert KINDS.keys() >= TOLD


def test_distributions_and_paths_are_those_of_the_ballots(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Witness: counted here from the opened ballots, entry by entry, without any figure of the trail."""
    found = replayed(full, capsys)
    files = forge.members(full.read_bytes())
    lines = [json.loads(line) for line in files["trail.jsonl"].splitlines()]
    opened = {o["seq"]: o["content"] for o in map(json.loads, files["openings.jsonl"].splitlines())
              if o["name"] == "ballot"}  # fmt: skip
    counted: dict[tuple[str, int, str], list[int]] = {}
    for seq, ballot in opened.items():
        for answer in ballot["answers"]:
            key = (lines[seq]["scope"], lines[seq]["body"]["round"], answer["item"])
            counts = counted.setdefault(key, [0] * 5)
            if answer["value"] is not None:
                counts[answer["value"] - 1] += 1
    shown = {
        (step["scope"], step["round"], d["item"]): list(d["counts"])
        for step in found["steps"] for d in step["distributions"]
    }  # fmt: skip
    assert shown.keys() >= counted.keys() and {key: shown[key] for key in counted} == counted
    assert {(i["group"], v["round"], i["item"]) for i in found["items"] for v in i["votes"]} == shown.keys()
    endings = {(i["group"], i["item"]): i["ending"] for i in found["items"]}
    state = told().state
    assert endings == {
        (g.id, item): g.endings[item].ending if item in g.endings else None
        for g in state.groups.values() for item in g.items
    }  # fmt: skip


def test_participation_is_told_at_each_close(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = replayed(full, capsys)["steps"]
    lines = [json.loads(line) for line in forge.members(full.read_bytes())["trail.jsonl"].splitlines()]
    closed = [line["body"] for line in lines if line["kind"] == "round.closed"]
    assert [(s["round"], s["seats"], s["answered"]) for s in steps if s["kind"] == "round.closed"] == [
        (body["round"], body["seated"], body["answered"]) for body in closed
    ]
    assert closed


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_languages_tell_every_disclosure_and_every_way(
    full: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["replay", str(full), "--language", language]) == 0
    text = capsys.readouterr().out
    disclosed = sum(len(r.items) for g in told().state.groups.values() for r in g.rounds if r.assessed)
    assert len(re.findall(r"^ {20}\S| {20}[ ▁-█]{5}  ", text, re.M)) == disclosed
    assert SAID[language]["paths"] in text and SAID[language]["index.frozen"] in text
    assert "{" not in text and "None" not in text


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    def fields(said: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(said) if name}

    assert SAID["en"].keys() == SAID["id"].keys() >= TOLD
    assert [key for key in SAID["en"] if fields(SAID["en"][key]) != fields(SAID["id"][key])] == []


def test_a_public_copy_tells_what_it_opens_and_names_what_it_withholds(
    public: Path, full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = replayed(public, capsys)
    assert found["status"] == "INCOMPLETE"
    everything = {(s["seq"], d["item"]): d for s in replayed(full, capsys)["steps"] for d in s["distributions"]}
    shown = {(s["seq"], d["item"]): d for s in found["steps"] for d in s["distributions"]}
    withheld = {key for key, d in shown.items() if d["counts"] is None}
    assert withheld and withheld != shown.keys() == everything.keys()
    assert {key: shown[key] for key in shown.keys() - withheld} == {
        key: everything[key] for key in shown.keys() - withheld
    }
    assert main(["replay", str(public), "--language", "en"]) == 0
    assert SAID["en"]["withheld"] in capsys.readouterr().out


def test_a_bundle_that_is_not_to_be_believed_is_not_told(
    tmp_path: Path, full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = forge.members(full.read_bytes())
    files["trail.jsonl"] = files["trail.jsonl"].replace(b'"round":1', b'"round":2', 1)
    forged = forge.saved(tmp_path, forge.packed(files))
    assert main(["replay", str(forged)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.endswith("[replay_invalid]\n")
    (tmp_path / "no.zip").write_bytes(b"nothing")
    assert main(["replay", str(tmp_path / "no.zip")]) == 3


def test_bars_stand_at_full_height_for_the_fullest_and_are_empty_where_nobody_chose() -> None:
    assert bars((0, 8, 4, 1, 0)) == " █▄▁ " and bars((0, 0)) == "  "
    assert bars((1, 100)) == "▁█"  # one person is never invisible


def test_a_name_in_a_bundle_cannot_command_the_terminal() -> None:
    assert harmless("Aula\x1b[2J\u202e\nD1 é") == "Aula\ufffd[2J\ufffd\nD1 é"


# --- the page ---------------------------------------------------------------------------------------------------------


def page_of(bundle: Path, folder: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    target = folder / f"replay-{language}.html"
    assert main(["replay", str(bundle), "--html", str(target), "--language", language]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    return target.read_text("utf-8")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_holds_all_it_needs_and_may_ask_nobody(
    full: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    page = page_of(full, tmp_path, language, capsys)
    assert f'<html lang="{language}">' in page
    assert re.findall(r"<(?:link|img|iframe|object|form)\b|\bsrc=|<a\b", page.partition("<script>")[0]) == []
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    said = dict(part.split(" ", 1) for part in policy.split("; "))
    assert said.keys() == {"default-src", "script-src", "style-src", "img-src"} and said["default-src"] == "'none'"
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(content) == 1
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert said[name] == f"'sha256-{digest}'"
    [words] = re.findall(r'id="words">(.*?)</script>', page, re.S)
    assert json.loads(words)["Next"] == {"id": "Berikutnya", "en": "Next"}[language]
    [told] = re.findall(r'id="replay">(.*?)</script>', page, re.S)
    assert json.loads(told)["verdict"]["status"] == "VALID" and json.loads(told)["told"]["workshop"] == "kota-uji"


def test_nothing_that_a_bundle_says_becomes_code_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A title is whatever the bundle's maker wrote, sealed and signed by the true key."""
    title = "</script><script>alert(1)</script><!--"

    def rename(leaves: list[forge.Leaf]) -> None:
        forge.the(leaves, "workshop.created").line["body"]["title"] = title

    bundle = forge.saved(tmp_path, forge.forged(told(), rename))
    page = page_of(bundle, tmp_path, "en", capsys)
    assert page.count("<script") == 3 and "alert(1)</script>" not in page
    [data] = re.findall(r'id="replay">(.*?)</script>', page, re.S)
    assert json.loads(data)["told"]["title"] == title


def test_no_page_is_written_of_a_bundle_that_is_not_to_be_believed(
    tmp_path: Path, full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, target = forge.members(full.read_bytes()), tmp_path / "replay.html"
    files["trail.jsonl"] = files["trail.jsonl"].replace(b'"round":1', b'"round":2', 1)
    forged = forge.saved(tmp_path, forge.packed(files))
    assert main(["replay", str(forged), "--html", str(target)]) == 1
    assert capsys.readouterr().err.endswith("[replay_invalid]\n") and not target.exists()
    assert main(["replay", str(tmp_path / "none.zip"), "--html", str(target)]) == 3
    good = forge.saved(tmp_path, forge.write(told()))
    assert main(["replay", str(good), "--html", str(tmp_path / "no" / "x.html")]) == 2
    assert capsys.readouterr().err.endswith("[unwritable]\n")
