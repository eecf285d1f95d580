"""A dishonest host's workshop: takes a kept trail apart, lets a test change it, and seals, counts and signs it again.

Owns no rule: hashes, trees, heads and manifests come from `server.trail`, so that no checksum gives a forgery away.
"""

import hashlib
import io
import pickle
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from server.trail import bundle, manifest
from server.trail.canonical import decode, encode
from server.trail.checkpoint import Checkpoint, sign
from server.trail.commitment import Opening, commit
from server.trail.disclosure import Disclosure, Level
from server.trail.note import Signer
from server.trail.tree import leaf_hash as leaf_of
from server.trail.tree import root_of
from server.trail.verify import Report, verify
from tests.trail.story import SIGNER, Kept, told

REPORT = b"<!doctype html><title>Laporan</title>"


@dataclass
class Leaf:
    """One entry taken apart: the line as an object, and what its seals hold as name -> [salt, content]."""

    line: dict[str, Any]
    opened: dict[str, list[Any]]

    @property
    def kind(self) -> str:
        return str(self.line["kind"])


Change = Callable[[list[Leaf]], None]


def write(kept: Kept, disclose: Level = "full", suppress_below: int = 5, signer: Signer = SIGNER) -> bytes:
    """An honest bundle of a trail."""
    out = io.BytesIO()
    bundle.write(
        out, trail=kept.stored, notes=kept.notes, vkey=signer.verifier.vkey,
        disclosure=Disclosure(disclose, suppress_below), report_html=REPORT,
    )  # fmt: skip
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(files: Mapping[str, bytes], *, repair: bool = True) -> bytes:
    """A zip of these files; the manifest is repaired unless told otherwise."""
    files = dict(files)
    if repair:
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        digests.pop(manifest.NAME, None)
        files[manifest.NAME] = manifest.render(digests)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = (stat.S_IFREG | 0o644) << 16, zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


_apart: dict[tuple[int, Level], tuple[Kept, bytes]] = {}  # with the trail itself, so that its id stays its own


def taken_apart(kept: Kept, disclose: Level) -> tuple[dict[str, bytes], list[Leaf]]:
    """The files of an honest bundle, and its entries as objects that may be changed."""
    if (id(kept), disclose) not in _apart:
        files = members(write(kept, disclose, max(5, kept.state.settings.suppress_below)))
        opened: dict[int, dict[str, list[Any]]] = {}
        for opening in map(Opening.read, files["openings.jsonl"].splitlines()):
            opened.setdefault(opening.seq, {})[opening.name] = [opening.salt, opening.content]
        leaves = [Leaf(decode(line), opened.get(seq, {})) for seq, line in enumerate(files["trail.jsonl"].splitlines())]
        _apart[id(kept), disclose] = (kept, pickle.dumps((files, leaves)))
    found: tuple[dict[str, bytes], list[Leaf]] = pickle.loads(_apart[id(kept), disclose][1])  # our own
    return found


def forged(
    kept: Kept, change: Change, *, disclose: Level = "full", resign: bool = True, signer: Signer = SIGNER,
    renumber: bool = True, reseal: bool = True,
) -> bytes:  # fmt: skip
    """A bundle of a changed trail: sealed and signed anew, its manifest repaired; the tables are the old."""
    files, leaves = taken_apart(kept, disclose)
    change(leaves)
    lines, openings = [], []
    for seq, leaf in enumerate(leaves):
        if renumber:
            leaf.line["seq"] = seq
        if reseal:
            sealed = {name: commit(content, bytes.fromhex(salt)) for name, (salt, content) in leaf.opened.items()}
            if sealed:
                leaf.line["body"]["sealed"] = {**leaf.line["body"].get("sealed", {}), **sealed}
        lines.append(encode(leaf.line))
        number = leaf.line["seq"]
        openings += [Opening(number, name, *pair).line() for name, pair in sorted(leaf.opened.items())]
    files["trail.jsonl"], files["openings.jsonl"] = joined(lines), joined(openings)
    if resign:
        files = {name: data for name, data in files.items() if not name.startswith("checkpoints/")}
        files |= heads(lines, [leaf.kind for leaf in leaves], signer)
    return packed(files)


def heads(lines: list[bytes], kinds: list[str], signer: Signer) -> dict[str, bytes]:
    """Heads where an honest host signs them."""
    hashes = [leaf_of(line) for line in lines]
    frozen = kinds.index("index.frozen") if "index.frozen" in kinds else len(kinds)
    sizes = [seq + 1 for seq, kind in enumerate(kinds) if kind == "round.assessed" or seq >= frozen]
    name = signer.verifier.name
    return {
        bundle.head_name(size): sign(Checkpoint(name, size, root_of(hashes[:size])), signer).encode() for size in sizes
    }


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def saved(path: Path, data: bytes) -> Path:
    file = path / "bundle.zip"
    file.write_bytes(data)
    return file


def the(leaves: list[Leaf], kind: str, scope: str | None = None, number: int = 1) -> Leaf:
    """The entry of a kind (and scope), the first unless `number` says otherwise."""
    found = [leaf for leaf in leaves if leaf.kind == kind and scope in (None, leaf.line["scope"])]
    return found[number - 1]


def look(tmp_path: Path, data: bytes) -> Report:
    """Verify; whatever the file holds, it ends within five seconds and in sentences of one line."""
    began = process_time()
    report = verify(saved(tmp_path, data))
    assert process_time() - began < 5
    for problem in report.problems:
        assert problem.endswith(".") and "Traceback" not in problem and "\n" not in problem
    return report


def answer(tmp_path: Path, change: Change, kept: Kept, **how: Any) -> Report:
    """Verify a forgery under the true key."""
    return verify(saved(tmp_path, forged(kept, change, **how)), vkey=SIGNER.verifier.vkey)


def unreadable(tmp_path: Path, data: bytes) -> str:
    """The one sentence in which a file ends that one may not open."""
    report = look(tmp_path, data)
    assert (report.status, report.exit_code, len(report.problems)) == ("UNREADABLE", 3, 1)
    return report.problems[0]


def honest() -> dict[str, bytes]:
    """The files of the story's full bundle."""
    return members(write(told()))


def zipped(*files: tuple[zipfile.ZipInfo | str, bytes], **how: Any) -> bytes:
    """A zip of whatever files, with no manifest and in no order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for info, data in files:
            file.writestr(info, data, **how)
    return out.getvalue()
