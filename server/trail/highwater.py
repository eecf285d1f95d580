"""The guard against forks: the largest head signed for each origin, kept in a file beside the key.

Owns the file and the refusal. A database restored from yesterday is refused here, because today's head is
already on people's phones. Never signs, and never lowers a mark.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from server.trail import TrailError, durable
from server.trail.canonical import decode, encode
from server.trail.checkpoint import Checkpoint
from server.trail.names import latest, numbered
from server.trail.tree import verify_consistency

Proof = Callable[[int, int], tuple[bytes, ...]]

if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # given back when the file closes
else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


class HighWaterError(TrailError):
    """A head that must not be signed, or a file of marks that cannot be used."""


class HighWater:
    """Marks in one JSON file, origin → {size, root in hex}; several processes may share it.

    Order of work for a new head: entries durable, `check`, `raise_to`, sign, store the note. A crash in
    between leaves a mark at entries that exist, and the same head may be signed again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(path.name + ".lock")

    def create(self) -> None:
        """Create an empty file unless one is there; HighWaterError (marks_unwritable)."""
        try:
            durable.create(self._path, encode({}))
        except FileExistsError:
            return
        except OSError as fault:
            raise self._unwritable(fault) from None

    def is_empty(self) -> bool:
        """Tell whether no head was ever signed; HighWaterError if the file is unusable."""
        return not self._read()

    def mark(self, origin: str) -> Checkpoint | None:
        """Largest head signed for `origin`, None if none; HighWaterError (marks_missing, marks_unreadable,
        marks_malformed)."""
        return self._read().get(origin)

    def latest(self, origin: str) -> Checkpoint | None:
        """Mark of the last name that the trail of `origin` was signed under; HighWaterError as `mark`."""
        marks = self._read()
        name = latest(origin, marks)
        return None if name is None else marks[name]

    def check(self, checkpoint: Checkpoint, consistency: Proof) -> None:
        """Refuse a head that does not extend the mark of its origin, or whose trail went on under a later name.

        `consistency(first, second)` proves from the stored trail, as `tree.consistency`. HighWaterError
        with code head_behind or head_fork; as `mark` where the file is unusable.
        """
        mark = self.latest(checkpoint.origin)
        if mark is None or numbered(mark.origin).number < numbered(checkpoint.origin).number:
            return
        if mark.origin != checkpoint.origin:
            raise HighWaterError(
                "head_fork", f"{checkpoint.origin} went on as {mark.origin} after a restore; take up that one."
            )
        _not_behind(checkpoint, mark)
        path = consistency(mark.size, checkpoint.size)
        if not verify_consistency(mark.size, checkpoint.size, path, mark.root, checkpoint.root):
            raise _fork(checkpoint, mark)

    def raise_to(self, checkpoint: Checkpoint) -> None:
        """Record `checkpoint` as the mark of its origin, durably, before anybody sees its signature.

        HighWaterError: head_behind, or head_fork for another root of the same size (two processes may race
        past `check`); marks_unwritable where the file cannot be replaced.
        """
        with self._locked():
            marks = self._read()
            mark = marks.get(checkpoint.origin)
            if mark is not None:
                _not_behind(checkpoint, mark)
                if mark.size == checkpoint.size:
                    if mark.root != checkpoint.root:
                        raise _fork(checkpoint, mark)
                    return
            marks[checkpoint.origin] = checkpoint
            table = {origin: {"root": head.root.hex(), "size": head.size} for origin, head in marks.items()}
            try:
                durable.replace(self._path, encode(table))
            except OSError as fault:
                raise self._unwritable(fault) from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # The marks file itself is replaced at every write, so the lock needs a file that stays.
        try:
            file = self._lock.open("ab")
        except OSError as fault:
            raise self._unwritable(fault) from None
        with file:
            _hold(file)
            yield

    def _read(self) -> dict[str, Checkpoint]:
        try:
            table = decode(self._path.read_bytes())
            return {
                origin: Checkpoint(origin, head["size"], bytes.fromhex(head["root"])) for origin, head in table.items()
            }
        except FileNotFoundError:
            raise HighWaterError(
                "marks_missing",
                f"The file of signed heads {self._path} is missing; copy it back beside the key.",
            ) from None
        except OSError as fault:
            raise HighWaterError(
                "marks_unreadable", f"Cannot read {self._path} ({fault.strerror}); make it readable."
            ) from None
        except (TrailError, AttributeError, KeyError, TypeError, ValueError):
            raise HighWaterError(
                "marks_malformed",
                f"The file of signed heads {self._path} is damaged; restore it from a copy.",
            ) from None

    def _unwritable(self, fault: OSError) -> HighWaterError:
        return HighWaterError(
            "marks_unwritable", f"Cannot write {self._path} ({fault.strerror}); make its folder writable."
        )


def _not_behind(checkpoint: Checkpoint, mark: Checkpoint) -> None:
    if checkpoint.size < mark.size:
        raise HighWaterError(
            "head_behind",
            f"{checkpoint.origin} has {checkpoint.size} entries but a head of {mark.size} was signed; "
            "restore to a new origin.",
        )


def _fork(checkpoint: Checkpoint, mark: Checkpoint) -> HighWaterError:
    return HighWaterError(
        "head_fork",
        f"{checkpoint.origin} does not extend its signed head of {mark.size} entries; restore to a new origin.",
    )
