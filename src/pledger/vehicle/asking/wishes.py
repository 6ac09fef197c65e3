"""What goes wrong where somebody asks for what is not there."""

from __future__ import annotations

__all__ = ["AskError"]


class AskError(ValueError):
    """A question that cannot be answered: one line that says what is wrong with it, and the mend."""
