"""A halt with and without the ledger's plants: the same draws but for the plants, so that what differs is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pledger.exposure.supply.case import Case, halted
from pledger.exposure.supply.change import Range, ranged
from pledger.exposure.supply.fan import Answer, Fan, answer, fans
from pledger.exposure.supply.plants import opened
from pledger.exposure.supply.shock import UNIT, Flow, Halt
from pledger.ledger import Rows

if TYPE_CHECKING:
    import pandas as pd

    from pledger.exposure.supply.tabulated import MonthRow

__all__ = ["Compared", "Opening", "Run", "compared"]


@dataclass(frozen=True, slots=True)
class Run:
    """One set of plants."""

    label: str
    plants: tuple[str, ...]
    """Ids of those that count."""
    flow: Flow
    answer: Answer
    fans: tuple[Fan, ...]
    """Every column by month."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How far a plant has come when it is needed."""

    plant: str
    before: float
    """Probability that it makes something before the halt begins."""
    within: float
    """Probability that it makes something before the halt ends."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A halt under every set of plants that is asked for, the one as reported first."""

    case: Case
    halt: Halt
    scenarios: int
    seed: int
    runs: tuple[Run, ...]
    openings: tuple[Opening, ...]
    saved: Range | None
    """What the plants that are left out would save of the shortage, in months of use; None where none is left out."""

    def months(self) -> Rows[MonthRow]:
        """Every column in every month of every run, in months of normal use."""
        from pledger.exposure.supply.tabulated import month_rows  # it builds on this module

        return Rows(month_rows(self.runs))

    def frame(self) -> pd.DataFrame:
        """The months as a pandas data frame: run, month, column, p5, p50, p95, mean."""
        return self.months().frame()


def compared(
    its: Case, halt: Halt, scenarios: int = 10_000, seed: int = 0, without: Sequence[str] | None = None
) -> Compared:
    """The halt as reported, and without the plants whose ids are given (None: without any new plant).

    Raises CaseError for a supplier that the case does not name, and for a plant that it does not have.
    """
    names = {plant.id: plant.name for plant in its.plants}
    left = [key for key in names if without is None or key in without]
    runs = [_run("as reported", its, halt, scenarios, seed, ())]
    if left:
        said = (
            "without any new plant" if len(left) == len(names) > 1 else f"without {_listed([names[k] for k in left])}"
        )
        runs.append(_run(said, its, halt, scenarios, seed, left))
    saved = None
    if len(runs) > 1:
        more, less = (run.flow.shortage.sum(axis=1) for run in (runs[1], runs[0]))
        saved = ranged((more - less) / UNIT)
    openings = []
    for plant in its.plants:
        when = opened(plant, halt.begins, scenarios, seed)
        before, within = when.proceeds & (when.month < 0), when.proceeds & (when.month < halt.months)
        openings.append(Opening(plant.name, float(before.mean()), float(within.mean())))
    return Compared(its, halt, scenarios, seed, tuple(runs), tuple(openings), saved)


def _run(label: str, its: Case, halt: Halt, scenarios: int, seed: int, without: Sequence[str]) -> Run:
    flow = halted(its, halt, scenarios, seed, without)
    return Run(label, tuple(p.id for p in its.plants if p.id not in without), flow, answer(flow), fans(flow))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
