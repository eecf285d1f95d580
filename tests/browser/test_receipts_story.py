"""Receipts in a real browser: a phone checks its ballot and its heads, a page checks proof files without a server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, Route, expect

from server.trail.checkpoint import Checkpoint, origin_of, short, sign
from server.trail.note import Signer, Verifier, from_base64, to_base64
from server.trail.proof import ProofFile
from server.trail.tree import Edge, inclusion, leaf_hash, root_of
from tests.browser import axe
from tests.browser.hall import Hall, onward, pick, wait_state

SIZES = (1, 2, 3, 5, 7, 8, 13)


def check(page: Page, verdict: str) -> str:
    page.locator("[data-key=check]").click()
    told = page.locator(f"[data-verdict={verdict}]")
    told.wait_for()
    return told.inner_text()


def voted(hall: Hall) -> Page:
    """A phone that has scored three indicators, withdrawn one of them, in a round that is disclosed."""
    hall.seat_others(2, 3, 4, 5, 6)
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    for value in (2, 5, 4):
        pick(page, value)
        wait_state(page, "saved")
        onward(page)
    page.evaluate("location.hash = '#2'")
    page.get_by_role("button", name="Tarik jawaban saya").click()
    page.evaluate("location.hash = '#3'")
    page.locator("textarea").fill("Menurut data 2023 – “lengkap” é.")
    page.locator("textarea").blur()
    wait_state(page, "saved")
    hall.vote_others()
    hall.group_order("close_round")
    hall.group_order("disclose")
    page.locator(".tracker__code").wait_for()
    return page


@pytest.mark.slow
def test_a_phone_finds_its_ballot_in_the_record_and_notices_when_it_was_changed(hall: Hall, tmp_path: Path) -> None:
    page = voted(hall)
    assert page.locator("[data-verdict]").count() == 0
    assert check(page, "matches") == "Cocok: jejak memuat surat suara Anda seperti yang dikirim telepon ini."
    note = hall.staff.download(f"/workshops/{hall.workshop}/checkpoint").decode()
    root = from_base64(note.split("\n")[2])
    assert root is not None
    assert page.locator(".tracker__seal").inner_text().split() == short(root).split()
    assert axe.faults(page) == []

    # The kept proof carries its line, and the page checks it with the network gone.
    with page.expect_download() as download:
        page.locator("[data-key=proof]").click()
    kept = tmp_path / "kept.tlog-proof"
    download.value.save_as(kept)
    assert '"kind":"ballot.cast"' in ProofFile.parse(kept.read_text("utf-8")).extra.decode()

    def tampered(route: Route) -> None:
        told = route.fetch().json()
        told["content"]["answers"][0]["value"] = 3
        route.fulfill(json=told)

    page.route("**/ballot/opening*", tampered)
    assert check(page, "differs").startswith("Tidak cocok dengan yang dikirim telepon ini.")
    page.unroute("**/ballot/opening*")
    check(page, "matches")

    # A host who seals another answer honestly is caught by what this phone remembers.
    name = page.evaluate("Object.keys(localStorage).find((name) => name.startsWith('mufakat.answers/'))")
    held = json.loads(page.evaluate("(name) => localStorage.getItem(name)", name))
    first = next(item for item, answer in held["items"].items() if answer["value"] == 2)
    held["items"][first]["value"] = 1
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, json.dumps(held)])
    check(page, "differs")
    page.evaluate("(name) => localStorage.removeItem(name)", name)
    page.reload()
    check(page, "unsent")
    page.route("**/proof/*", lambda route: route.abort())
    check(page, "away")
    hall.expect("ERR_FAILED")


@pytest.mark.slow
def test_a_phone_says_calmly_when_a_new_head_does_not_extend_the_one_it_kept(hall: Hall) -> None:
    page = voted(hall)
    name = f"mufakat.heads/{hall.workshop}"
    page.wait_for_function("(name) => localStorage.getItem(name)", arg=name)
    hall.group_order("reveal", baseline=True, reasons=True)
    hall.group_order("open_round", items="all", minutes=20)
    page.locator(".scale").wait_for()
    pick(page, 3)
    wait_state(page, "saved")
    hall.vote_others(2)
    hall.group_order("close_round")
    hall.group_order("disclose")
    page.wait_for_function("(name) => JSON.parse(localStorage.getItem(name)).heads.length === 2", arg=name)
    assert json.loads(page.evaluate("(name) => localStorage.getItem(name)", name))["broken"] is None
    assert page.get_by_text("tidak melanjutkan segel").count() == 0

    # Had the phone seen another history, the next head could not continue it.
    heads = json.loads(page.evaluate("(name) => localStorage.getItem(name)", name))["heads"]
    other = [{**heads[0], "root": to_base64(bytes(32))}]
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, json.dumps({"heads": other})])
    page.reload()
    page.get_by_text("Segel terbaru tidak melanjutkan segel yang disimpan telepon ini.").wait_for()
    check(page, "forked")  # the ballot is there, under a seal that this phone has reason to doubt
    assert short(bytes(32)).split() == page.locator(".banner__seal").first.locator("b").inner_text().split()
    assert axe.faults(page) == []

    # A record restored from a backup bears another name, and the phone says that too, until its holder has read it.
    origin = origin_of(hall.workshop)
    other = [{**heads[0], "origin": origin + "/2"}]
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, json.dumps({"heads": other})])
    page.reload()
    page.get_by_text("Jejak dipulihkan dari cadangan dan memakai nama baru.").wait_for()
    page.get_by_role("button", name="Mengerti").click()
    expect(page.locator(".banner")).to_have_count(0)


@pytest.mark.slow
def test_tracker_and_check_stay_until_the_freeze_and_go_with_it(hall: Hall) -> None:
    page = voted(hall)
    tracker = page.locator(".receipt .tracker__code").inner_text()
    hall.group_order("reveal", baseline=True, reasons=True)
    page.locator(".answers").first.wait_for()
    assert page.locator(".receipt .tracker__code").inner_text() == tracker
    hall.group_order("conclude")
    page.get_by_role("heading", name="Kelompok Anda sudah selesai.").wait_for()
    assert page.locator(".receipt .tracker__code").inner_text() == tracker
    check(page, "matches")
    for group in hall.state()["groups"]:
        if group["phase"] != "concluded":
            hall.order("conclude", group=group["id"])
    hall.order("freeze")
    page.get_by_role("heading", level=1, name="sudah final").wait_for()
    expect(page.locator(".receipt")).to_have_count(0)


# --- the page ---------------------------------------------------------------------------------------------------------


def proofs(name: str = "w1", sizes: tuple[int, ...] = SIZES) -> tuple[Verifier, list[tuple[str, str]]]:
    """Proof files made by the server's own tree (held to RFC 6962's vectors in tests/trail), each with its line."""
    signer = Signer(origin_of(name), Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    made = []
    for size in sizes:
        lines = [f'{{"seq":{seq},"text":"é–{seq}"}}' for seq in range(size)]
        leaves, completed, edge = [leaf_hash(line.encode()) for line in lines], {}, Edge()
        for leaf in leaves:
            at = edge.size
            edge, roots = edge.append(leaf)
            completed |= {(level, at >> level): root for level, root in enumerate(roots)}
        head = sign(Checkpoint(signer.verifier.name, size, root_of(leaves)), signer)
        for seq in {0, size // 2, size - 1}:
            path = inclusion(seq, size, lambda level, index, known=completed: known[level, index])
            made.append((ProofFile(seq, path, head, lines[seq].encode()).render(), lines[seq]))
    return signer.verifier, made


def told(page: Page, file: str) -> list[str]:
    page.set_input_files("#file", {"name": "x.tlog-proof", "mimeType": "text/plain", "buffer": file.encode()})
    page.wait_for_function("document.querySelector('#answer').childElementCount > 0")
    page.wait_for_timeout(50)
    return [str(p.get_attribute("data-holds")) for p in page.locator("#answer [data-holds]").all()]


@pytest.mark.slow
def test_the_page_checks_proof_files_without_a_pass_and_without_a_server(hall: Hall) -> None:
    page = hall.phone(size=(320, 740))
    page.goto("/verify")
    assert page.locator("h1").inner_text() == "Periksa bukti"
    page.context.set_offline(True)
    verifier, made = proofs()
    assert told(page, made[0][0]) == ["yes", "open"]
    page.fill("#key", verifier.vkey)
    assert [told(page, file) for file, _ in made] == [["yes", "yes"]] * len(made)
    assert short(verifier.public) in page.locator("#answer").inner_text()
    # Another line, another place, another path, another key, another root, another format: each is noticed.
    file, line = made[-1]
    page.fill("#line", line.replace("é", "e"))
    assert told(page, file) == ["no", "yes"]
    page.fill("#line", "")
    assert told(page, re.sub(r"index \d+", "index 1", file)) == ["no", "yes"]
    hashes = re.findall(r"(?m)^[A-Za-z0-9+/]{43}=$", file)
    assert told(page, file.replace(hashes[0], to_base64(bytes(32)), 1)) == ["no", "yes"]
    assert told(page, file.replace(hashes[-1], to_base64(bytes(32)), 1)) == ["no", "no"]  # the root in the head
    stranger = Signer(verifier.name, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    page.fill("#key", stranger.verifier.vkey)
    assert told(page, file) == ["yes", "no"]
    page.fill("#key", verifier.vkey[:-2])
    assert told(page, file) == ["yes", "no"]
    for broken in (file.replace("@v1", "@v2"), file[:80], "", file.replace("index ", "index 0"), file[:-1]):
        assert told(page, broken) == ["no"]
    # A key that the record had before it was restored is the same key; a later name is not.
    page.fill("#key", verifier.vkey)
    [(continued, _)] = proofs(name="w1/2", sizes=(1,))[1]
    assert told(page, continued) == ["yes", "yes"]
    page.fill("#key", proofs(name="w1/2", sizes=(1,))[0].vkey)
    assert told(page, file) == ["yes", "no"]
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert axe.faults(page) == []
    page.context.set_offline(False)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Check a proof")


@pytest.mark.slow
def test_a_seal_is_held_against_the_proof_and_a_wrong_file_is_answered_in_one_sentence(hall: Hall) -> None:
    page = hall.phone(size=(390, 740), language="en-GB")
    page.goto("/verify")
    page.context.set_offline(True)
    verifier, made = proofs()
    file, [earlier, *_] = made[-1][0], [file for file, _ in made]
    note, before = (text.partition("\n\n")[2] for text in (file, earlier))
    root = from_base64(note.split("\n")[2])
    assert root is not None
    forged = sign(Checkpoint(verifier.name, SIZES[-1], bytes(32)), Signer(verifier.name, Ed25519PrivateKey.generate()))
    assert told(page, file) == ["yes", "open"]
    for seal, holds in (
        (note, "yes"), (short(root), "yes"), (short(root).lower().replace("0", "o").replace(" ", "-"), "yes"),
        (before, "open"), (short(bytes(32)), "open"), (forged, "no"), ("K7QF", "no"),
    ):  # fmt: skip
        page.fill("#seal", seal)
        assert [p.get_attribute("data-holds") for p in page.locator("#answer [data-holds]").all()][2:] == [holds], seal
    page.fill("#seal", "")

    answer = page.locator("#answer")
    for name, data, sentence in (
        ("bundle.zip", b"PK\x03\x04" + bytes(100), "This is the audit file of a whole workshop"),
        ("photo.jpg", bytes(range(256)), "This is no proof file"),
        ("large.bin", b"a" * 2**20, "This is no proof file"),
        ("head.note", note.encode(), "This is a seal; it stands in its field now."),
    ):
        page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
        expect(answer).to_contain_text(sentence)
        assert answer.locator("p").count() == 1
    assert page.input_value("#seal") == note  # as a text field keeps it
    # Dropped anywhere on the page, the file is checked too, and against the seal that was given first.
    page.evaluate("""(text) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], "x.tlog-proof"));
        const how = {bubbles: true, cancelable: true, dataTransfer: carried};
        for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, how));
    }""", file)
    expect(answer.locator("[data-holds]")).to_have_count(3)
    assert [p.get_attribute("data-holds") for p in answer.locator("[data-holds]").all()] == ["yes", "open", "yes"]
    assert page.locator(".is-over").count() == 0
    assert axe.faults(page) == []


@pytest.mark.slow
def test_the_key_of_all_seals_stands_on_display_and_console_at_the_opening(hall: Hall) -> None:
    made = hall.staff.call("POST", "/workshops", {"title": "Kedua", "framework": "cri", "language": "id"})["workshop"]
    page = hall.phone(size=(1920, 1080))
    page.context.add_cookies([{"name": "mufakat_staff", "value": hall.bearer, "url": hall.url}])
    page.goto(f"/console/{made}")
    line = page.locator("[data-key=vkey]").inner_text()
    [vkey] = re.findall(r"mufakat/\S+", line)
    verifier = Verifier.parse(vkey)
    assert verifier.name == origin_of(made) and short(verifier.public) in line
    page.goto(f"/display/{made}")
    assert short(verifier.public) in page.locator(".lobby__key").inner_text()
