"""Documents for people, made from the trail alone: entries in, bytes out. Never opens a database or a socket."""


class ReportError(Exception):
    """A document that cannot be made of what was given; `code` is for programs, the text one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
