"""The whole job through a served process: from an empty database to a verified bundle, and the same again by seed."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from consensus.endings import ENDINGS

PARTICIPANTS = 48


def server(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "server", *words], capture_output=True, text=True, check=False)


def rehearsed(out: Path, participants: int, language: str = "id") -> dict[str, Any]:
    done = server(
        "rehearse", "--out", str(out), "--participants", str(participants), "--seed", "7", "--language", language,
        "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def told(bundle: str) -> dict[str, Any]:
    """What a bundle says that does not hang on salts, voices and times."""
    archive = zipfile.ZipFile(bundle)
    openings = [json.loads(line) for line in archive.read("openings.jsonl").splitlines()]
    ratings = csv.DictReader(io.StringIO(archive.read("ratings.csv").decode("utf-8-sig")))
    return {
        "ratings": Counter((r["group"], r["round"], r["item"], r["value"], r["cannot"]) for r in ratings),
        "results": archive.read("results.csv"),
        "figures": sorted(json.dumps(o["content"]) for o in openings if o["name"].startswith(("item/", "node/"))),
    }


@pytest.mark.slow
def test_48_people_end_in_every_ending_and_in_a_valid_bundle(tmp_path: Path) -> None:
    summary = rehearsed(tmp_path, PARTICIPANTS)
    assert summary["verified"] == "VALID"
    assert set(summary["endings"]) == set(ENDINGS)
    assert sum(summary["endings"].values()) == 52
    assert len(summary["outcomes"]) >= 5
    assert [path.name for path in tmp_path.glob("*.zip")] == [Path(summary["bundle"]).name]
    verified = server("verify", summary["bundle"])
    assert (verified.returncode, verified.stdout.split()[0]) == (0, "VALID")
    public = server("verify", summary["files"]["public"])
    assert (public.returncode, public.stdout.split()[0]) == (2, "INCOMPLETE")
    report = Path(summary["files"]["report"]).read_text()
    assert "66,03 %" in report and "sintetis" in report


@pytest.mark.slow
def test_the_same_seed_gives_the_same_ratings_verdicts_and_profile(tmp_path: Path) -> None:
    one, two = (rehearsed(tmp_path / name, 20, "en") for name in ("one", "two"))
    assert told(one["bundle"]) == told(two["bundle"])
    assert one["workshop"] != two["workshop"]


def test_a_hall_with_too_few_people_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = server("rehearse", "--out", str(tmp_path), "--participants", "3")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "rehearse: --participants must be from 4 to 400, one in each group at least.\n"
