"""Lines and entries: what is sealed reads back as itself, nothing else is read. Witness: the trail's page, by hand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from server.trail import TrailError
from server.trail.canonical import encode
from server.trail.commitment import opens
from server.trail.entries import Entry, EntryError, open_contents, read, seal
from server.workshop import events as e
from server.workshop.contents import Ballot, BallotAnswer
from server.workshop.given import Draft

AT = "2026-11-22T02:15:09Z"


def salt(length: int) -> bytes:
    return bytes(range(length))


def line(**changed: Any) -> bytes:
    """The example of the trail's page, with some fields changed."""
    body = {"items": ["1.1"], "minutes": None, "round": 1}
    entry = {"at": AT, "body": body, "by": "staff/3", "kind": "round.opened", "scope": "D1", "seq": 17, "v": 1}
    return encode({name: value for name, value in (entry | changed).items() if value is not ...})


def test_an_event_becomes_the_line_of_the_trails_page() -> None:
    draft = Draft(e.RoundOpened(round=1, items=("1.1",), minutes=None), "D1")
    written, entry, openings = seal(draft, seq=17, at=AT, by="staff/3", random_bytes=salt)
    assert written == (
        b'{"at":"2026-11-22T02:15:09Z","body":{"items":["1.1"],"minutes":null,"round":1},"by":"staff/3",'
        b'"kind":"round.opened","scope":"D1","seq":17,"v":1}'
    )
    assert entry == read(written) == Entry(
        at=AT, body=e.RoundOpened(round=1, items=("1.1",), minutes=None), by="staff/3", kind="round.opened",
        scope="D1", seq=17, v=1, sealed={},
    )  # fmt: skip
    assert openings == ()


def test_a_content_stands_in_the_line_only_as_the_hash_of_salt_and_canonical_content() -> None:
    ballot = Ballot(voice="ab", answers=(BallotAnswer(item="1.1", value=4, reason="cafe\u0301"),))
    draft = Draft(e.BallotCast(round=1), "D1", {"ballot": ballot})
    written, entry, [opening] = seal(draft, seq=5, at=AT, by="server", random_bytes=salt)
    content = {"answers": [{"item": "1.1", "reason": "caf\u00e9", "value": 4}], "voice": "ab"}
    text = json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    expected = hashlib.sha256(b"\x02" + salt(16) + text).hexdigest()
    assert json.loads(written)["body"] == {"round": 1, "sealed": {"ballot": expected}}
    assert b"caf" not in written and b'"ab"' not in written
    assert opening.content == content and opens(opening, entry.sealed["ballot"])
    [back] = open_contents(entry, {"ballot": opening.content}).contents.values()
    assert back == Ballot(voice="ab", answers=(BallotAnswer(item="1.1", value=4, reason="caf\u00e9"),))


def test_every_salt_is_drawn_anew() -> None:
    drawn = iter([b"a" * 16, b"b" * 16])
    draft = Draft(e.GroupConcluded(round=1), "D1", {"item/1.1": "x", "item/1.2": "x"})
    _, entry, openings = seal(draft, seq=1, at=AT, by="server", random_bytes=lambda n: next(drawn))
    assert [o.salt for o in openings] == [(b"a" * 16).hex(), (b"b" * 16).hex()]
    assert entry.sealed["item/1.1"] != entry.sealed["item/1.2"]


SEALED = {"round": 1, "sealed": {"ballot": "0" * 64}}


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("entry_fields", {"seq": ...}),
        ("entry_fields", {"more": 1}),
        ("entry_fields", {"seq": -1}),
        ("entry_fields", {"seq": "17"}),
        ("entry_fields", {"seq": True}),
        ("entry_fields", {"at": "2026-11-22 02:15:09"}),
        ("entry_fields", {"at": "2026-11-22T02:15:09+07:00"}),
        ("entry_fields", {"by": "Ibu Sri"}),
        ("entry_fields", {"by": "staff/0"}),
        ("entry_fields", {"scope": ""}),
        ("entry_fields", {"body": []}),
        ("entry_kind", {"kind": "round.forgotten"}),
        ("entry_kind", {"kind": 3}),
        ("entry_kind", {"v": 2}),
        ("entry_kind", {"v": True}),
        ("entry_body", {"body": {"items": ["1.1"], "round": 1}}),
        ("entry_body", {"body": {"items": ["1.1"], "minutes": None, "round": 1, "extra": 0}}),
        ("entry_body", {"body": {"items": ["1.1"], "minutes": None, "round": "1"}}),
        ("entry_body", {"body": {"items": ["1.1"], "minutes": None, "round": True}}),
        ("entry_sealed", {"body": {"items": ["1.1"], "minutes": None, "round": 1, "sealed": {"note": "0" * 64}}}),
        ("entry_sealed", {"kind": "ballot.cast", "body": {"round": 1, "sealed": {}}}),
        ("entry_sealed", {"kind": "ballot.cast", "body": {"round": 1, "sealed": []}}),
        ("entry_sealed", {"kind": "ballot.cast", "body": {"round": 1, "sealed": {"ballot": "0" * 63}}}),
        ("entry_sealed", {"kind": "ballot.cast", "body": {"round": 1, "sealed": {"ballot": "A" * 64}}}),
        ("entry_sealed", {"kind": "group.concluded", "body": {"round": 1, "sealed": {"item/": "0" * 64}}}),
        ("entry_sealed", {"kind": "group.concluded", "body": {"round": 1, "sealed": {"items": "0" * 64}}}),
    ],
)
def test_a_line_that_is_no_entry_is_refused_by_its_fault(code: str, changed: dict[str, Any]) -> None:
    with pytest.raises(EntryError) as caught:
        read(line(**changed))
    assert caught.value.code == code


def test_the_lines_of_the_test_above_are_read_where_nothing_is_wrong() -> None:
    assert read(line()).seq == 17
    assert read(line(kind="ballot.cast", body=SEALED)).sealed == {"ballot": "0" * 64}


def test_a_default_that_is_written_out_is_another_line_and_is_refused() -> None:
    group = {"id": "D1", "items": ["1.1"], "kind": "dimension", "node": "D1"}
    body = {"city": None, "groups": [group], "language": "id", "synthetic": False, "title": "T", "workshop": "w"}
    assert read(line(kind="workshop.created", body=body)).kind == "workshop.created"
    with pytest.raises(EntryError, match="not written as"):
        read(line(kind="workshop.created", body=body | {"groups": [group | {"name": None}]}))


@pytest.mark.parametrize("changed", [b" ", b"\n"])
def test_a_line_that_is_not_canonical_is_refused_before_it_is_understood(changed: bytes) -> None:
    with pytest.raises(TrailError) as caught:
        read(line() + changed)
    assert caught.value.code == "not_canonical"


def test_a_name_that_its_kind_may_not_seal_is_not_written_either() -> None:
    with pytest.raises(EntryError):
        seal(Draft(e.RoundPaused(round=1), "D1", {"why": "x"}), seq=1, at=AT, by="server", random_bytes=salt)


def test_a_content_of_the_wrong_type_is_refused_by_its_entry() -> None:
    entry = read(line(kind="ballot.cast", body=SEALED))
    with pytest.raises(EntryError, match="behind entry 17 does not fit"):
        open_contents(entry, {"ballot": {"voice": 3, "answers": []}})
