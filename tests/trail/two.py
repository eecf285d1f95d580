"""Both verifiers on one bundle, and what they must have in common: the status and the exit code.

Owns the comparison and its one exception, which the stand-alone verifier states itself. Attacks nothing.
"""

import contextlib
import io
import re
from pathlib import Path

from server.trail import standalone
from server.trail.findings import Report
from server.trail.verify import verify

ALONE = Path(standalone.__file__)
# The interval and the p value of W are not recomputed by the stand-alone verifier, and it says so.
NOT_RECOMPUTED = re.compile(r"Entry \d+ \(round\.assessed, \w+\) gives (low|high|p_value|method) of group as ")


def alone(bundle: Path, vkey: str | None = None, head: Path | None = None) -> tuple[int, list[str]]:
    """What the stand-alone verifier says: its exit code and its lines."""
    words = [str(bundle), *(["--key", vkey] if vkey is not None else []), *(["--head", str(head)] if head else [])]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = standalone.main(words)
    return code, out.getvalue().splitlines()


def both(bundle: Path, *, vkey: str | None = None, head: str | None = None) -> Report:
    """Verify with the server's verifier and with the stand-alone one, hold them to each other, return the first's."""
    report, note = verify(bundle, vkey=vkey, head=head), None
    if head is not None:
        note = bundle.with_name("given.note")
        note.write_text(head, "utf-8")
    code, said = alone(bundle, vkey, note)
    if code != report.exit_code and report.problems and all(map(NOT_RECOMPUTED.match, report.problems)):
        assert any("not recomputed: interval and p value of W" in line for line in said)
        return report
    assert (code, said[0].split(" ")[0]) == (report.exit_code, report.status), (report.problems[:3], said[:5])
    return report
