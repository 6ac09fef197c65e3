"""A tally: how many things were to be found, which were missed, which were found that are not there."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Tally", "total"]


@dataclass(frozen=True)
class Tally:
    """One row of the score; `missed`, `wrong` and `invented` describe each failure for a person."""

    name: str
    gold: int
    found: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    """Read at the right place with a wrong value."""
    invented: tuple[str, ...] = ()
    """Read where nothing is to be read."""
    complete: bool = False
    """Whether gold lists everything there is, so that precision has a meaning."""

    @property
    def recall(self) -> float:
        """Found of gold; 1 where nothing is to be found."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float | None:
        """Right of all that was read; None where gold is not complete."""
        if not self.complete:
            return None
        read = self.found + len(self.wrong) + len(self.invented)
        return self.found / read if read else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; where gold is not complete, the recall."""
        if self.precision is None:
            return self.recall
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(name: str, tallies: list[Tally]) -> Tally:
    """Several rows as one."""
    return Tally(
        name,
        sum(t.gold for t in tallies),
        sum(t.found for t in tallies),
        tuple(m for t in tallies for m in t.missed),
        tuple(w for t in tallies for w in t.wrong),
        tuple(i for t in tallies for i in t.invented),
        all(t.complete for t in tallies),
    )
