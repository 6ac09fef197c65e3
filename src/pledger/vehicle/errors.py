"""What is said where a file of a user's own cannot be used. Apart from what checks files: every verb must know it."""

from __future__ import annotations

__all__ = ["FileError"]


class FileError(ValueError):
    """A file that cannot be used: `FILE:LINE: FIELD: what; the mend`."""

    def __init__(self, file: str, line: int | None, field: str, what: str, mend: str) -> None:
        self.file, self.line, self.field, self.what, self.mend = file, line, field, what, mend
        where = file if line is None else f"{file}:{line}"
        super().__init__(": ".join(part for part in (where, field, f"{what}; {mend}") if part))
