"""A zip archive from a stranger, looked over before anything reads it.

Owns the checks on names, sizes, ratios and document types of the members. Never writes a file and never follows a
member's name: whoever passes gets the same bytes back, to be read in memory.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from server.imports.faults import refuse
from server.imports.limits import MAX_MEMBERS, MAX_PART, MAX_RATIO, MAX_UNPACKED

_ENCRYPTED = 0x1
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # bzip2 and lzma may unpack gigabytes from one short block
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def look_over(data: bytes) -> zipfile.ZipFile:
    """Open an archive whose members are few, small, honestly named and free of document types.

    Raises
    ------
    ImportFault
        One fault: `unreadable`, `too_many_members`, `unsafe_member`, `encrypted`, `too_large_unpacked`, `zip_bomb`
        or `unsafe_xml`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_directory(archive)
        for member in archive.infolist():
            _check_content(member.filename, archive.read(member))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise refuse("unreadable.damaged") from error
    return archive


def _check_directory(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise refuse("too_many_members", found=len(members), most=MAX_MEMBERS)
    names = [member.filename for member in members]
    for name in names:
        if _climbs(name) or names.count(name) > 1:
            raise refuse("unsafe_member")
    if any(member.compress_type not in _BOUNDED for member in members):
        raise refuse("unreadable.packing")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise refuse("encrypted")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or any(member.file_size > MAX_PART for member in members if _is_xml(member.filename)):
        raise refuse("too_large_unpacked", most=MAX_UNPACKED // 2**20, part=MAX_PART // 2**20)
    swollen = any(member.file_size > MAX_RATIO * max(member.compress_size, 1) for member in members)
    if swollen or unpacked > MAX_RATIO * sum(member.compress_size for member in members):
        raise refuse("zip_bomb", most=MAX_RATIO)


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return not name or path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml"))


def _check_content(name: str, content: bytes) -> None:
    if _is_xml(name) and any(mark in content for mark in _DOCTYPE):
        raise refuse("unsafe_xml")
