"""What a verification finds: problems in the order of the questions, what was withheld, and the report they add up to.

Owns the four answers and their exit codes. Never asks a question itself.
"""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import Literal

import msgspec

Status = Literal["VALID", "INVALID", "INCOMPLETE", "UNREADABLE"]
EXIT_CODES: dict[Status, int] = {"VALID": 0, "INVALID": 1, "INCOMPLETE": 2, "UNREADABLE": 3}
MOST_PROBLEMS = 50


class Question(IntEnum):
    """What is asked, in order; the first that fails is named first."""

    FILES = 1
    KEY = 2
    LINES = 3
    OPENINGS = 4
    HISTORY = 5
    HEADS = 6
    TABLES = 7


ASKED = {
    Question.FILES: "files: the archive is safe, and every file is the one its manifest names",
    Question.KEY: "key: every head is signed by it",
    Question.LINES: "lines: canonical, numbered from 0 without a gap, each a known kind",
    Question.OPENINGS: "openings: each fits its commitment, none stands twice, none is missing without erasure",
    Question.HISTORY: "history: every entry may follow; figures, verdicts, endings and profile are as computed",
    Question.HEADS: "heads: one tree leads to all of them, and none is missing",
    Question.TABLES: "tables: the CSV files say what the trail says",
}


class Report(msgspec.Struct, frozen=True):
    """What a verification has to say.

    `problems` and `withheld` are sentences; `size` and `head` are those of the last head (eight groups of four as on
    the wall), `key` the verifier key that was trusted and `key_given` whether it came from outside; `extends` is the
    size of the outside head that the bundle was shown to extend; `continued` says where a restored trail went on;
    `checked` says what was asked and held.
    """

    status: Status
    problems: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    size: int = 0
    head: str | None = None
    key: str | None = None
    key_given: bool = False
    extends: int | None = None
    disclose: str | None = None
    continued: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.status]


class Findings:
    """Problems and withheld things as they are found, in whatever order."""

    def __init__(self) -> None:
        self._problems: list[tuple[Question, str]] = []
        self._dropped = 0
        self._withheld: Counter[str] = Counter()

    def problem(self, question: Question, sentence: str) -> None:
        if len(self._problems) >= MOST_PROBLEMS:
            self._dropped += 1
        elif (question, sentence) not in self._problems:
            self._problems.append((question, sentence))

    def withhold(self, what: str, count: int = 1) -> None:
        """Count something that could not be checked because it is not here; `what` is a plural noun phrase."""
        self._withheld[what] += count

    def failed(self, *questions: Question) -> bool:
        return any(question in questions for question, _ in self._problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences by question; within one, as they were found."""
        said = [sentence for _, sentence in sorted(self._problems, key=lambda found: found[0])]
        return (*said, f"{self._dropped} more problems are not listed.") if self._dropped else tuple(said)

    @property
    def withheld(self) -> tuple[str, ...]:
        return tuple(f"{what}: {count}" for what, count in sorted(self._withheld.items()))

    @property
    def checked(self) -> tuple[str, ...]:
        """What was asked, up to the first question that failed."""
        first = min((question for question, _ in self._problems), default=None)
        return tuple(text for question, text in ASKED.items() if first is None or question < first)

    @property
    def status(self) -> Status:
        if self._problems:
            return "INVALID"
        return "INCOMPLETE" if self._withheld else "VALID"
