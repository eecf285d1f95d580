"""Lines and entries: an event becomes a canonical line with its contents sealed, and a line an event again.

Owns the fields of a line and how strictly they are read. Never decides whether an entry may follow (the fold does),
never stores one, and never draws a salt: chance comes in as an argument.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from server.trail import TrailError
from server.trail.canonical import decode, encode
from server.trail.commitment import SALT_BYTES, Opening, commit
from server.workshop import contents
from server.workshop.events import KINDS, Event
from server.workshop.given import Draft

FIELDS = frozenset({"at", "body", "by", "kind", "scope", "seq", "v"})

_time = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_by = re.compile(r"staff/[1-9][0-9]*|seat|server", re.ASCII)
_hash_hex = re.compile(r"[0-9a-f]{64}", re.ASCII)
_json = msgspec.json.Encoder(order="sorted")


class EntryError(TrailError):
    """A line that is canonical JSON, but no entry of a trail."""


class Entry(msgspec.Struct, frozen=True):
    """One line, read: the event in `body` and the commitments in `sealed`, by name."""

    at: str
    body: Event
    by: str
    kind: str
    scope: str
    seq: int
    v: int
    sealed: dict[str, str]


class Remembered(msgspec.Struct, frozen=True):
    """An entry with what stands behind its seals, as far as it is still opened (records, texts)."""

    entry: Entry
    contents: Mapping[str, Any]


def seal(
    draft: Draft, *, seq: int, at: str, by: str, random_bytes: Callable[[int], bytes]
) -> tuple[bytes, Entry, tuple[Opening, ...]]:
    """Write a draft as entry `seq`: its line (without newline), the entry as anybody will read it, its openings.

    `at`: UTC, `2026-11-22T02:15:09Z`. `by`: `staff/N`, `seat` or `server`. Every text is brought to NFC. EntryError
    where the result would not be read back (a sealed name its kind may not carry); CanonicalError for a content
    or field that has no canonical form (a float).
    """
    openings, sealed = [], {}
    for name, content in draft.contents.items():
        salt, plain = random_bytes(SALT_BYTES), _nfc(contents.plain(content))
        sealed[name] = commit(plain, salt)
        openings.append(Opening(seq=seq, name=name, salt=salt.hex(), content=plain))
    body = _nfc(msgspec.to_builtins(draft.event))
    if sealed:
        body["sealed"] = sealed
    line = encode(
        {"at": at, "body": body, "by": by, "kind": draft.event.kind, "scope": draft.scope, "seq": seq,
         "v": draft.event.v}
    )  # fmt: skip
    return line, read(line), tuple(openings)


def read(line: bytes) -> Entry:
    """Read one line (without newline) strictly; what it says is what `seal` would write.

    CanonicalError as `canonical.decode`; EntryError with code entry_fields, entry_kind (a kind or version that this
    program does not know), entry_body or entry_sealed.
    """
    value = decode(line)
    if type(value) is not dict or value.keys() != FIELDS:
        raise EntryError("entry_fields", "An entry has exactly at, body, by, kind, scope, seq and v.")
    at, body, by, kind, scope = value["at"], value["body"], value["by"], value["kind"], value["scope"]
    seq, version = value["seq"], value["v"]
    if type(seq) is not int or seq < 0:
        raise EntryError("entry_fields", "The seq of an entry is a whole number from 0.")
    if type(at) is not str or not _time.fullmatch(at) or type(by) is not str or not _by.fullmatch(by):
        raise EntryError("entry_fields", f"Entry {seq} needs a time in UTC and a known author.")
    event = KINDS.get(kind) if type(kind) is str else None
    if event is None or type(version) is not int or version != event.v:
        raise EntryError("entry_kind", f"Entry {seq} is {kind} v{version}, unknown here; read it with a newer program.")
    if type(scope) is not str or not scope or type(body) is not dict:
        raise EntryError("entry_fields", f"Entry {seq} needs a scope and a body.")
    sealed = _sealed(seq, event, body)
    return Entry(at=at, body=_event(seq, event, body), by=by, kind=kind, scope=scope, seq=seq, v=version, sealed=sealed)


def open_contents(entry: Entry, openings: Mapping[str, Any]) -> Remembered:
    """Put the contents of an entry (by sealed name, plain JSON) beside it as records.

    EntryError (entry_content) where one does not fit its type.
    """
    try:
        records = {name: contents.read(entry.kind, name, content) for name, content in openings.items()}
    except msgspec.ValidationError as fault:
        raise EntryError("entry_content", f"The content behind entry {entry.seq} does not fit ({fault}).") from None
    return Remembered(entry, records)


def _sealed(seq: int, event: type[Event], body: dict[str, Any]) -> dict[str, str]:
    sealed: Any = body.pop("sealed", None)
    if sealed is None:
        return {}
    if type(sealed) is not dict or not sealed:
        raise EntryError("entry_sealed", f"What entry {seq} seals is not a list of names with commitments.")
    for name, commitment in sealed.items():
        if not any(_named(name, pattern) for pattern in event.seals):
            raise EntryError("entry_sealed", f"Entry {seq} ({event.kind}) may not seal {name}.")
        if type(commitment) is not str or not _hash_hex.fullmatch(commitment):
            raise EntryError("entry_sealed", f"The commitment {name} of entry {seq} is not 64 lower-case hex digits.")
    return sealed


def _named(name: str, pattern: str) -> bool:
    if pattern.endswith("/*"):
        return len(name) >= len(pattern) and name.startswith(pattern[:-1])
    return name == pattern


def _event(seq: int, event: type[Event], body: dict[str, Any]) -> Event:
    try:
        read_back = msgspec.convert(body, event)
    except msgspec.ValidationError as fault:
        raise EntryError("entry_body", f"The body of entry {seq} does not fit {event.kind} ({fault}).") from None
    # One meaning, one text: a default written out, or left out where it is always written, is another line.
    if _json.encode(read_back) != _json.encode(body):
        raise EntryError("entry_body", f"The body of entry {seq} is not written as {event.kind} is.")
    return read_back


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_nfc(key): _nfc(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_nfc(member) for member in value]
    return value
