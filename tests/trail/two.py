"""Both verifiers on one bundle, and what they must have in common: the status and the exit code.

Owns the comparison and its one exception, which the stand-alone verifier states itself. Attacks nothing.
"""

import contextlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

from server.trail import standalone
from server.trail.findings import Report
from server.trail.verify import verify

ALONE = Path(standalone.__file__)
# What the stand-alone verifier does not recompute, and says so: the interval and the p value of W; and by other rules
# than the pair, how many people are short of agreement.
NOT_RECOMPUTED = {
    "interval and p value of W": re.compile(r"Entry \d+ \(.*\) gives (low|high|p_value|method) of group as "),
    "who is short of agreement": re.compile(r"Entry \d+ \(.*\) gives short_by of item/\S+ as "),
}


def alone(bundle: Path, vkey: str | None = None, head: Path | None = None) -> tuple[int, list[str]]:
    """What the stand-alone verifier says: its exit code and its lines."""
    words = [str(bundle), *(["--key", vkey] if vkey is not None else []), *(["--head", str(head)] if head else [])]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = standalone.main(words)
    return code, out.getvalue().splitlines()


def uncomputed(problems: Sequence[str], said: Sequence[str]) -> bool:
    """Whether all that was found is of a kind that the stand-alone verifier names as not recomputed."""
    named = [lie for what, lie in NOT_RECOMPUTED.items() if any(f"not recomputed: {what}" in line for line in said)]
    return bool(problems) and all(any(lie.match(problem) for lie in named) for problem in problems)


def both(bundle: Path, *, vkey: str | None = None, head: str | None = None) -> Report:
    """Verify with the server's verifier and with the stand-alone one, hold them to each other, return the first's."""
    report, note = verify(bundle, vkey=vkey, head=head), None
    if head is not None:
        note = bundle.with_name("given.note")
        note.write_text(head, "utf-8")
    code, said = alone(bundle, vkey, note)
    if code != report.exit_code and uncomputed(report.problems, said):
        return report
    assert (code, said[0].split(" ")[0]) == (report.exit_code, report.status), (report.problems[:3], said[:5])
    return report
