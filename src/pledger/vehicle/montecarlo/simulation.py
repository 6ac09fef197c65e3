"""What a simulation comes to, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.fans import Fan
from pledger.vehicle.words import Floats, Plan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Simulation", "Standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate over all scenarios; means are over those in which it is funded, NaN where it never is."""

    id: str
    funded: float
    """Share of the scenarios."""
    called: float
    """USD."""
    back: float
    """Share in which the pledging side's receipts from it sum to its calls: the chance that the principal returns."""
    npv_pledging: float
    npv_host: float
    """USD of q = 0, at the rates of the public lender and of the host."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """Scenarios by the thousand: answers of each, fans by quarter, and means by candidate."""

    plan: Plan
    """As it was run: with what was forced."""
    seed: int
    scenarios: int
    interpretation: str | None
    """The one that was forced; None where each scenario drew one."""
    names: tuple[str, ...]
    """Of the columns of `answers`: `kernel.ANSWERS`."""
    answers: npt.NDArray[np.float64] | npt.NDArray[np.float32]
    """(n, A); NaN where a scenario has no such answer."""
    fans: tuple[Fan, ...]
    """By quarter: `kernel.SERIES`."""
    standings: tuple[Standing, ...]
    """By candidate, in the plan's order."""
    by_project: npt.NDArray[np.float32] | None = None
    """(n, P, 5): `kernel.BY_PROJECT` of each scenario and candidate, where it was asked for."""

    def answer(self, name: str) -> Floats:
        """One answer, scenario by scenario (n,)."""
        if name not in self.names:
            raise KeyError(f"no answer {name!r}; there are {', '.join(self.names)}")
        return np.asarray(self.answers[:, self.names.index(name)], dtype=np.float64)

    def frame(self) -> pd.DataFrame:
        """The answers as a pandas data frame, one row each: name, label, unit, mean, error, percentiles, and the share
        of scenarios that have it. Raises ImportError, with the mend, where pandas is not installed."""
        from pledger.vehicle.asking.answers import answers  # it builds on this module

        columns = ("name", "label", "unit", "mean", "error", "p5", "p25", "p50", "p75", "p95", "defined")
        rows = [[getattr(one, column) for column in columns] for one in answers(self)]
        found: pd.DataFrame = _pandas().DataFrame(rows, columns=list(columns)).astype({"unit": str})
        return found

    def scenarios_frame(self) -> pd.DataFrame:
        """One row a scenario, one column an answer (`names`); NaN where a scenario does not have it."""
        found: pd.DataFrame = _pandas().DataFrame(self.answers, columns=list(self.names))
        return found

    def fan(self, name: str) -> Fan:
        """One series over the quarters."""
        for one in self.fans:
            if one.name == name:
                return one
        raise KeyError(f"no series {name!r}; there are {', '.join(one.name for one in self.fans)}")


def _pandas() -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("data frames need pandas: pip install 'pledger[frames]'") from error
    return pd
