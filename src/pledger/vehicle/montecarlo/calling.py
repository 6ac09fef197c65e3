"""Calls of one scenario, compiled: wanted draws by the S-curve, then ceiling and yearly cap where they can bind at all.

The same rules as `schedule`, which is the place to read them; here they are in the form that is quick.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.compiled import inner
from pledger.vehicle.words import Floats

__all__ = ["NEVER", "SLACK", "bind", "want"]

Ints = npt.NDArray[np.int64]

NEVER = 2**31 - 1
"""A quarter that does not come."""
SLACK = 1e-9
"""As `schedule.SLACK`: the share by which rounding may pass a limit."""


@inner
def want(final: float, start: int, build: int, cancelled: int, quarters: int, draws: Floats) -> tuple[int, int]:
    """Write a project's wanted draws into its row; the first quarter that holds one, and the one after the last.

    What the S-curve has before the grid falls into quarter 0.
    """
    end = min(start + build, cancelled)
    step = 1.0 / build
    if start >= 0:
        first = min(start, quarters)
        last = max(first, min(end, quarters))
        own = draws[first:last]
        for k in range(own.size):
            # F(x + step) - F(x) of F(x) = 3x^2 - 2x^3, multiplied out
            x = k * step
            own[k] = final * step * (6.0 * x * (1.0 - x) + step * (3.0 - 6.0 * x - 2.0 * step))
        return first, last
    if end <= start:
        return 0, 0
    last = max(1, min(end, quarters))
    before = 0.0
    for q in range(last):
        x = min(1.0, (min(q, end - 1) - start + 1) * step)
        now = x * x * (3.0 - 2.0 * x)
        draws[q] = final * (now - before)
        before = now
    return 0, last


@inner
def bind(
    projects: int, quarters: int, ceiling: float, cap: float, first_quarter: int, cancelled: Ints, draws: Floats,
    first: Ints, last: Ints, stopped: Ints,
) -> None:  # fmt: skip
    """Hold the draws of all projects to ceiling and cap, quarter by quarter in the order of selection; in place.

    What the cap pushes out is drawn as soon as the year leaves room, and `last` moves with it. A project whose draw the
    ceiling cuts draws no more, and `stopped` has the quarter from which it does not.
    """
    carried = np.zeros(projects)
    until = last[:projects].copy()
    called = 0.0
    in_year = 0.0
    for q in range(quarters):
        if (q + first_quarter) % 4 == 0:
            in_year = 0.0
        for p in range(projects):
            if stopped[p] != NEVER or q >= max(cancelled[p], 1) or q < first[p]:
                continue
            due = carried[p]
            if q < until[p]:
                due += draws[p, q]
            if due <= 0.0:
                continue
            call = due
            if in_year + due > cap * (1.0 + SLACK):
                call = cap - in_year if cap - in_year > cap * SLACK else 0.0
            carried[p] = due - call
            if called + call > ceiling * (1.0 + SLACK):
                call = ceiling - called if ceiling - called > ceiling * SLACK else 0.0
                stopped[p] = q
                if call > 0.0:
                    stopped[p] = q + 1
                for later in range(q + 1, until[p]):
                    draws[p, later] = 0.0
                until[p] = q + 1
                carried[p] = 0.0
            draws[p, q] = call
            last[p] = max(last[p], q + 1)
            in_year += call
            called += call
    for p in range(projects):
        if stopped[p] != NEVER:
            last[p] = stopped[p]
        elif carried[p] > 0.0 and cancelled[p] >= quarters:
            last[p] = quarters
