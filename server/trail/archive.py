"""The zip around a bundle: written as a stream with fixed stamps, opened only after every limit has been held to it.

Owns what an archive may look like: sizes, names, order of bytes. Never knows what a member means, and never unpacks one
to disk.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO, BinaryIO, cast

from server.trail import TrailError

MOST_MEMBERS = 20_000  # a head for every disclosure and for every entry after the freeze, and eleven files
MOST_DIRECTORY = 4 * 2**20
MOST_BYTES = 8 * 2**30
MOST_RATIO = 100
SMALL = 2**20  # below this no ratio is asked: a short file of one letter shrinks a thousandfold and harms nobody
LONGEST_LINE = 16 * 2**20
CHUNK = 2**18

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say, so that the same trail gives the same bytes
_END = struct.Struct("<4s4H2LH")
_NAME = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", re.ASCII)
# What zipfile raises over bytes that are no zip, or not the one its directory speaks of.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip


class ArchiveError(TrailError):
    """A file that is no zip one may open; nothing in it has been read."""


class Archive:
    """A zip that has passed every limit; its members are read as streams."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._members = {info.filename: info for info in _checked(file.infolist())}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked."""
        return self._members[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces; ArchiveError (archive_damaged) where they cannot be unpacked."""
        try:
            with self._file.open(self._members[name]) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except _BROKEN:
            raise _damaged(name) from None

    def read(self, name: str, most: int = SMALL) -> bytes:
        """A small member whole; ArchiveError (archive_too_large) above `most` bytes."""
        if self.size(name) > most:
            raise ArchiveError("archive_too_large", f"{name} is larger than any bundle's; ask for the bundle again.")
        return b"".join(self.chunks(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """A member's lines without their newlines; the last one must end in one too.

        ArchiveError: archive_damaged, archive_too_large (a line beyond 16 MiB), archive_cut (no newline at the end).
        """
        try:
            with self._file.open(self._members[name]) as member:
                while line := member.readline(LONGEST_LINE + 1):
                    if len(line) > LONGEST_LINE:
                        raise ArchiveError("archive_too_large", f"A line of {name} is longer than 16 MiB.")
                    if not line.endswith(b"\n"):
                        raise ArchiveError("archive_cut", f"{name} ends in the middle of a line; it has been cut.")
                    yield line[:-1]
        except _BROKEN:
            raise _damaged(name) from None


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a zip without trusting it.

    ArchiveError: archive_missing, archive_no_zip (cut, padded or no zip at all), archive_too_large, archive_encrypted,
    archive_path (absolute, climbing, odd or a link), archive_twice, archive_overlap, archive_bomb, archive_method.
    """
    try:
        if not path.is_file():  # a pipe would be waited for without end
            raise FileNotFoundError
        with path.open("rb") as raw:
            _check_end(raw)
            with zipfile.ZipFile(raw) as file:
                archive = Archive(file)
                yield archive
    except ArchiveError:
        raise
    except (FileNotFoundError, PermissionError):
        raise ArchiveError("archive_missing", f"There is no readable file {path.name}; name a bundle.") from None
    except _BROKEN:
        raise _no_zip() from None


def _check_end(raw: BinaryIO) -> None:
    """Hold the size of the directory to its limit before anybody parses it."""
    size = raw.seek(0, io.SEEK_END)
    if size < _END.size:
        raise _no_zip()
    raw.seek(size - _END.size)
    mark, _, _, _, members, directory, _, comment = _END.unpack(raw.read(_END.size))
    if mark != b"PK\x05\x06" or comment:
        raise _no_zip()
    sizes = [] if members == 0xFFFF or directory == 0xFFFFFFFF else [(members, directory)]
    # The 64-bit record stands in front of its locator, 56 and 20 bytes long as every writer makes them. Whoever reads
    # the zip may go by either end, so that both must keep the limits.
    raw.seek(max(0, size - _END.size - 20 - 56))
    record = raw.read(56)
    if len(record) == 56 and record[:4] == b"PK\x06\x06":
        sizes.append(struct.unpack_from("<QQ", record, 32))
    if not sizes:
        raise _no_zip()
    if any(members > MOST_MEMBERS or directory > MOST_DIRECTORY for members, directory in sizes):
        raise _too_many()
    raw.seek(0)


def _checked(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    seen: set[str] = set()
    if len(members) > MOST_MEMBERS:  # the count at the end is only what somebody wrote there
        raise _too_many()
    for info in members:
        _check_member(info)
        if info.filename in seen:
            raise ArchiveError("archive_twice", f"The zip holds {info.filename} twice; only one of them was checked.")
        seen.add(info.filename)
    if sum(info.file_size for info in members) > MOST_BYTES:
        raise ArchiveError("archive_too_large", "The zip unpacks to more than 8 GiB; no bundle does.")
    _check_swelling("The zip", sum(info.file_size for info in members), sum(info.compress_size for info in members))
    ordered = sorted(members, key=lambda info: info.header_offset)
    if ordered and ordered[0].header_offset:
        raise _no_zip()
    for before, after in pairwise(ordered):
        if before.header_offset + 30 + before.compress_size > after.header_offset:
            raise ArchiveError("archive_overlap", "Files of the zip overlap; it was made to swell.")
    return members


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    link = stat.S_ISLNK(info.external_attr >> 16)
    parts = name.split("/")
    if link or not _NAME.fullmatch(name) or "." in parts or ".." in parts or len(name) > 100:
        what = "a link" if link else "a path that leads elsewhere"
        raise ArchiveError("archive_path", f"The zip holds {what} ({name[:60]!a}); do not unpack it.")
    if info.flag_bits & 0x41:
        raise ArchiveError("archive_encrypted", f"{name} is encrypted; ask for the bundle without a password.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveError("archive_method", f"{name} is packed in a way that no bundle is; ask for it again.")
    _check_swelling(name, info.file_size, info.compress_size)


def _check_swelling(what: str, unpacked: int, packed: int) -> None:
    if unpacked > SMALL and unpacked > MOST_RATIO * packed:
        raise ArchiveError("archive_bomb", f"{what} would swell more than {MOST_RATIO} times; do not unpack it.")


def _too_many() -> ArchiveError:
    return ArchiveError("archive_too_large", f"The zip holds more than {MOST_MEMBERS} files; no bundle does.")


def _damaged(name: str) -> ArchiveError:
    return ArchiveError("archive_damaged", f"{name} cannot be unpacked; the file is damaged, fetch it again.")


def _no_zip() -> ArchiveError:
    return ArchiveError("archive_no_zip", "This is no whole zip file; it was cut, or it is something else.")


# --- writing ---------------------------------------------------------------------------------------------------


class _Forward:
    """A target that cannot seek, whatever it is, so that a file and a socket get the same bytes."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target

    def write(self, data: bytes) -> int:
        self._target.write(data)
        return len(data)

    def flush(self) -> None:
        self._target.flush()


class Packer:
    """Writes members one after the other; the same members give the same bytes."""

    def __init__(self, target: IO[bytes]) -> None:
        self._file = zipfile.ZipFile(cast("IO[bytes]", _Forward(target)), "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """A member to write into; it is closed before the next one is begun."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._file.open(info, "w", force_zip64=True) as out:
            yield out

    def close(self) -> None:
        self._file.close()
