"""Questions about a bundle's files: are they all here and unchanged, what is opened, whose key, which heads.

Owns the small members. Never reads the trail.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from server.trail import TrailError, manifest
from server.trail.archive import Archive, ArchiveError
from server.trail.bundle import DISCLOSURE, KEY, OPENINGS, PROGRAM, README, REPORT, TRAIL, head_name
from server.trail.canonical import decode
from server.trail.checkpoint import Checkpoint, open_note
from server.trail.disclosure import Disclosure
from server.trail.findings import Findings, Question
from server.trail.names import numbered
from server.trail.note import NoteError, Verifier
from server.trail.sheets import RATINGS, RESULTS

ALWAYS = (TRAIL, OPENINGS, KEY, RESULTS, REPORT, README, DISCLOSURE, manifest.NAME)
LARGEST_MANIFEST = 4 * 2**20

_head = re.compile(r"checkpoints/(0|[1-9][0-9]{0,15})\.note", re.ASCII)


def check_files(archive: Archive, findings: Findings) -> None:
    """Every file a bundle has is here, nothing else is, and each has the digest that the manifest gives."""
    names = set(archive.names)
    if TRAIL not in names or manifest.NAME not in names:
        raise ArchiveError("archive_no_bundle", f"This zip holds no {TRAIL} with a {manifest.NAME}; name a bundle.")
    for name in ALWAYS:
        if name not in names:
            findings.problem(Question.FILES, f"{name} is missing from the bundle.")
    for name in sorted(names - {*ALWAYS, RATINGS, PROGRAM}):
        if not _head.fullmatch(name):
            findings.problem(Question.FILES, f"{name} is no file of a bundle.")
    try:
        listed = manifest.parse(archive.read(manifest.NAME, LARGEST_MANIFEST))
    except manifest.ManifestError as fault:
        findings.problem(Question.FILES, str(fault))
        return
    for name in sorted(names - {manifest.NAME}):
        if name not in listed:
            findings.problem(Question.FILES, f"{manifest.NAME} does not name {name}.")
        elif _digest(archive, name) != listed[name]:
            findings.problem(Question.FILES, f"{name} is not the file that {manifest.NAME} names.")
    for name in sorted(listed.keys() - names):
        findings.problem(Question.FILES, f"{manifest.NAME} names {name}, which is not in the bundle.")


def _digest(archive: Archive, name: str) -> str:
    digest = hashlib.sha256()
    for chunk in archive.chunks(name):
        digest.update(chunk)
    return digest.hexdigest()


def read_disclosure(archive: Archive, findings: Findings) -> Disclosure | None:
    """How much is opened; None (with a problem, or with one found before) where that cannot be read."""
    if DISCLOSURE not in archive.names:
        return None
    try:
        document = decode(archive.read(DISCLOSURE).removesuffix(b"\n"))
        disclosure = msgspec.convert(document, Disclosure)
    except (TrailError, msgspec.ValidationError) as fault:
        findings.problem(Question.FILES, f"{DISCLOSURE} cannot be read: {str(fault).rstrip('.')}.")
        return None
    full, rated = disclosure.disclose == "full", RATINGS in archive.names
    if full != rated:
        findings.problem(Question.FILES, f"{RATINGS} is {'missing from a full' if full else 'in a public'} bundle.")
    return disclosure


def read_key(archive: Archive, vkey: str | None, findings: Findings) -> Verifier | None:
    """The key to trust: the one given, else the bundle's own; NoteError where the one given is no key."""
    given = None if vkey is None else Verifier.parse(vkey)
    if KEY not in archive.names:
        return given
    try:
        own = Verifier.parse(archive.read(KEY).decode("utf-8", "replace"))
    except NoteError as fault:
        findings.problem(Question.KEY, f"{KEY} holds no key: {fault}")
        return given
    if given is not None and given != own and not _renamed(given, own):
        findings.problem(Question.KEY, f"The bundle's key is {own.vkey}, not the one given ({given.vkey}).")
    return own if given is None or _renamed(given, own) else given


def _renamed(given: Verifier, own: Verifier) -> bool:
    """Whether it is the same key under a name that the trail had before it was restored from a backup."""
    before, now = numbered(given.name), numbered(own.name)
    return given.public == own.public and before.first == now.first and before.number < now.number


def read_heads(archive: Archive, verifier: Verifier | None, findings: Findings) -> Mapping[int, Checkpoint]:
    """Every signed head, by size; a head that the key did not sign is a problem and is left out."""
    named = {name: int(found[1]) for name in archive.names if (found := _head.fullmatch(name))}
    if not named:
        findings.problem(Question.KEY, "The bundle holds no signed head.")
    heads: dict[int, Checkpoint] = {}
    for name, size in sorted(named.items(), key=lambda head: head[1]):
        if verifier is None:
            break
        try:
            head = open_note(archive.read(name).decode("utf-8", "replace"), verifier)
        except NoteError as fault:
            findings.problem(Question.KEY, f"The head of {size} entries is not this trail's: {fault}")
            continue
        if head.size != size or head_name(head.size) != name:
            findings.problem(Question.KEY, f"{name} holds the head of {head.size} entries.")
        heads[head.size] = head
    return heads
