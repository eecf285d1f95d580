"""The database: what is kept, and where. Owns the shared error of the room; decides nothing about workshops."""

from __future__ import annotations


class StorageError(Exception):
    """The database cannot be used as it is; `code` is for programs, the text one sentence that says what would work."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence
