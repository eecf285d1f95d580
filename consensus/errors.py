"""The one way a calculation refuses its input. Degenerate data is an answer and never comes here."""

from __future__ import annotations


class ConsensusError(ValueError):
    """Arguments with which no figure can be computed.

    Parameters
    ----------
    argument : str
        Name of the argument at fault, as the caller wrote it.
    code : str
        Stable code for programs, e.g. ``off_scale``.
    sentence : str
        One sentence for people that says what would work.
    row, column : int, optional
        Place of the fault in the argument, counted from 0.
    """

    def __init__(
        self,
        argument: str,
        code: str,
        sentence: str,
        *,
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(sentence)
        self.argument = argument
        self.code = code
        self.sentence = sentence
        self.row = row
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        # Rounds are assessed in a worker process: the error must survive the way back.
        return _rebuild, (type(self), self.argument, self.code, self.sentence, self.row, self.column)


def _rebuild(
    kind: type[ConsensusError], argument: str, code: str, sentence: str, row: int | None, column: int | None
) -> ConsensusError:
    return kind(argument, code, sentence, row=row, column=column)
