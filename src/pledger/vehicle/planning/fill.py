"""What no report has named yet: the rest up to the ceiling as projects of the usual size. Only where it is asked for.

The rest is the ceiling less what the named projects are expected to come to (cost times the probability of proceeding).
It is split into projects of the named ones' mean size, a hundred at most, that are selected evenly over what is left of
the window, and that proceed as often as what is pledged does. All of it is assumption, and marked so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pledger.ledger.distributions import Belief
from pledger.vehicle.shapes import triangular
from pledger.vehicle.words import Candidate

__all__ = ["MOST", "PREFIX", "is_unnamed", "rest", "sizes"]

PREFIX = "unnamed-"
"""Begins the id of a candidate that stands for what no report has named."""

MOST = 100
"""Unnamed projects in one plan."""
_NO_SIZE = 10e9
"""The size of an unnamed project, in dollars, where none is named: assumption."""
_SPREAD = (0.5, 1.0, 2.0)
"""Least, most probable and greatest cost of an unnamed project, as factors on the usual size: assumption."""


def rest(ceiling: float, candidates: Sequence[Candidate]) -> float:
    """Dollars of the ceiling that the named projects are not expected to call."""
    named = math.fsum(_mean(c.cost.belief) * _mean(c.proceeds.belief) for c in candidates)
    return max(0.0, ceiling - named) if math.isfinite(ceiling) else 0.0


def sizes(left: float, candidates: Sequence[Candidate]) -> tuple[int, Belief]:
    """How many projects the rest is, and the belief about the cost of each, whose mean times the count is the rest."""
    mean = math.fsum(_mean(c.cost.belief) for c in candidates) / len(candidates) if candidates else _NO_SIZE
    count = min(MOST, max(1, round(left / mean))) if left > 0 and mean > 0 else 0
    if not count:
        return 0, triangular(0.0, 0.0, 0.0, "USD")
    scale = left / count / (sum(_SPREAD) / len(_SPREAD))
    low, mode, high = (scale * factor for factor in _SPREAD)
    return count, triangular(low, mode, high, "USD")


def is_unnamed(candidate: Candidate) -> bool:
    """Whether a candidate stands for what no report has named."""
    return candidate.id.startswith(PREFIX)


def _mean(belief: object) -> float:
    return belief.mean() if isinstance(belief, Belief) else 0.0
