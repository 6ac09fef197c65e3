"""What is said where a file of a user's own cannot be used. Apart from what checks files: every verb must know it."""

from __future__ import annotations

__all__ = ["FileError"]


_FIELD, _WHAT = 120, 240
"""Letters of a field's name and of what is wrong that are shown."""


class FileError(ValueError):
    """A file that cannot be used: `FILE:LINE: FIELD: what; the mend`, in one line that a terminal can show."""

    def __init__(self, file: str, line: int | None, field: str, what: str, mend: str) -> None:
        self.file, self.line, self.field, self.what, self.mend = file, line, field, what, mend
        where = file if line is None else f"{file}:{line}"
        said = (where, _short(field, _FIELD), f"{_short(what, _WHAT)}; {mend}")
        super().__init__(
            " ".join("".join(c if c.isprintable() else " " for c in ": ".join(filter(None, said))).split())
        )


def _short(words: str, most: int) -> str:
    """Words of a file that may be as long as the file."""
    return words if len(words) <= most else f"{words[: most - 3]}..."
