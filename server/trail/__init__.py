"""Memory that cannot be edited: canonical lines, commitments, the tree, signed heads and proofs.

Owns the shared error of the room. Never opens a database or a socket: bytes in, bytes and verdicts out.
"""


class TrailError(Exception):
    """Something in or about a trail will not do; `code` is for programs, the text one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
