"""The list of a bundle's files with their SHA-256, in the form that `sha256sum --check` reads.

Owns that text. Never opens a file: whoever reads or writes a member hands its digest in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from server.trail import TrailError

NAME = "MANIFEST.sha256"

_line = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,100})", re.ASCII)


class ManifestError(TrailError):
    """A manifest that cannot be read."""


def render(digests: Mapping[str, str]) -> bytes:
    """One line a file, sorted by name; the manifest itself is not in it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("ascii")


def parse(text: bytes) -> dict[str, str]:
    """Digests by name, in any order; ManifestError (manifest_malformed, manifest_twice)."""
    found: dict[str, str] = {}
    lines = text.decode("utf-8", "replace").split("\n")
    if lines.pop() != "":
        raise ManifestError("manifest_malformed", f"{NAME} does not end in a newline; it has been cut.")
    for line in lines:
        match = _line.fullmatch(line)
        if match is None:
            raise ManifestError("manifest_malformed", f"A line of {NAME} is not a digest, two spaces and a name.")
        if match[2] in found:
            raise ManifestError("manifest_twice", f"{NAME} names {match[2]} twice.")
        found[match[2]] = match[1]
    return found
