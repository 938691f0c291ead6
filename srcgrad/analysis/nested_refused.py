"""Why a derivative inside a function cannot be taken."""

from __future__ import annotations

from ..diagnostics import Diagnostic


class Refused(Exception):
    """A derivative inside a function that cannot be taken: code, message and hint; what was refused in the primal."""

    def __init__(self, code: str, message: str, hint: str, inner: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.inner = code, message, hint, inner
