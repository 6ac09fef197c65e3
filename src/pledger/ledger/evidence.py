"""A piece of evidence that two names are one or two, and what came of all of it."""

from __future__ import annotations

from dataclasses import dataclass

from pledger.data import lexicon

__all__ = ["Evidence", "Match", "evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two names being one (a weight above 0) or against it, in log-odds and in words."""

    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on two names."""

    outcome: str
    """same, different or unsure."""
    score: float
    """Sum of the evidence in log-odds."""
    reasons: tuple[str, ...]
    """The evidence in words, the weightiest first."""

    def __str__(self) -> str:
        return f"{self.outcome}: {'; '.join(self.reasons) or 'nothing in common'}"


def evidence(weight: str, words: str) -> Evidence:
    """The evidence of that name in `matching.toml`, told in these words."""
    return Evidence(float(lexicon("matching")["weights"][weight]), words)
