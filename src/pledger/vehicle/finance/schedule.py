"""When each project is paid for: the S-curve that building wants, then what cap and ceiling leave of it.

Amounts are dollars of the quarter. What fell due before the grid (building started at a negative quarter) is drawn at
q = 0: it uses the ceiling and enters accounts and balances there, without interest for the time before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.vehicle.words import Case, Exclusion, Floats, Project

__all__ = ["SLACK", "Schedule", "calls", "smoothstep", "unfinished", "wanted"]

SLACK = 1e-9
"""A limit counts as kept when it is passed by no more than this share of it: sums of many calls do not round to the
limit that they meet exactly, and a cent of rounding must not delay a building by a quarter."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is called for each of P projects in each of T quarters."""

    wanted: Floats
    """(P, T) draws as building would want them, before ceiling and cap; 0 for a project selected after the window."""
    draws: Floats
    """(P, T) calls paid."""
    completed: npt.NDArray[np.int64]
    """(P,) first operating quarter; T or more where it is not reached."""
    stopped: npt.NDArray[np.int64]
    """(P,) where cancelled or cut by the ceiling: the first quarter with nothing drawn any more; else T."""
    cut: npt.NDArray[np.int64]
    """(P,) the quarter in which the ceiling first cut a call; T where it cut none."""


def smoothstep(x: Floats) -> Floats:
    """`3x^2 - 2x^3` with x held to [0, 1]: the share of cost drawn when the share x of building time has passed."""
    held = np.clip(x, 0.0, 1.0)
    return held * held * (3.0 - 2.0 * held)


def wanted(project: Project, quarters: int) -> Floats:
    """The draws (T,) that building wants: `final * (F(x) - F(x - 1/build))` with `x = (q - start + 1) / build`.

    q = 0 has all that fell due by its end. From `cancelled` on nothing is wanted.
    """
    last = np.arange(quarters)
    if project.cancelled is not None:
        last = np.minimum(last, project.cancelled - 1)
    drawn = project.final * smoothstep((last - project.start + 1) / project.build)
    return np.diff(drawn, prepend=0.0)


def calls(case: Case) -> Schedule:
    """Calls in the order of selection, held to the ceiling and to the cap of each calendar year.

    A call that passes what is left of the year's cap is paid in part, and the rest is carried to the next quarter. A
    project whose call the ceiling cuts gets what is left and never completes. `completed` is `start + build`, or the
    quarter after the last draw where that is later.
    """
    funding, count, quarters = case.funding, len(case.projects), case.quarters
    funded = [project.selected <= funding.window_end for project in case.projects]
    want = np.zeros((count, quarters))
    for p, project in enumerate(case.projects):
        if funded[p]:
            want[p] = wanted(project, quarters)
    draws = np.zeros((count, quarters))
    carried = np.zeros(count)
    cut = np.full(count, quarters, dtype=np.int64)
    called = in_year = 0.0
    for q in range(quarters):
        if (case.first_quarter + q) % 4 == 0:
            in_year = 0.0
        for p, project in enumerate(case.projects):
            if cut[p] < q or q >= _end(project, quarters):
                continue
            due = float(want[p, q] + carried[p])
            call = _held(due, in_year, funding.cap_per_year)
            paid = _held(call, called, funding.ceiling)
            carried[p] = due - call
            if paid < call:
                cut[p] = q
            draws[p, q] = paid
            in_year += paid
            called += paid
    completed = np.full(count, quarters, dtype=np.int64)
    stopped = np.full(count, quarters, dtype=np.int64)
    for p, project in enumerate(case.projects):
        drawn = np.flatnonzero(draws[p])
        after = int(drawn[-1]) + 1 if drawn.size else 0
        ends = [int(cut[p])] if cut[p] < quarters else []
        if project.cancelled is not None:
            ends.append(project.cancelled)
        if ends:
            stopped[p] = min(quarters, max(after, min(ends)))
        elif funded[p] and carried[p] == 0:
            completed[p] = max(after, project.start + project.build)
        elif funded[p]:
            completed[p] = max(quarters, project.start + project.build)
    return Schedule(want, draws, completed, stopped, cut)


def unfinished(case: Case, schedule: Schedule) -> tuple[Exclusion, ...]:
    """Which projects never pay, and why; each with what would change it."""
    found: list[Exclusion] = []
    for p, project in enumerate(case.projects):
        if project.selected > case.funding.window_end:
            why, mend = "selected after the window's end: not funded", "select it earlier, or extend the window"
        elif schedule.cut[p] < case.quarters:
            why, mend = f"cut by the ceiling in quarter {schedule.cut[p]}: never completes", "raise the ceiling"
        elif project.cancelled is not None:
            why, mend = f"cancelled in quarter {project.cancelled}: never pays", "leave `cancelled` out to see it run"
        elif schedule.completed[p] >= case.quarters:
            why, mend = "not completed within the grid", f"take more than {case.quarters} quarters"
        else:
            continue
        found.append(Exclusion(project.name, why, mend))
    return tuple(found)


def _end(project: Project, quarters: int) -> int:
    """The first quarter without a draw for being cancelled; what was drawn before the grid stays drawn at q = 0."""
    return quarters if project.cancelled is None else max(1, project.cancelled)


def _held(call: float, used: float, limit: float) -> float:
    """What may be paid of a call where `used` of a limit is used; what rounding leaves of a limit is no room."""
    left = limit - used
    if call <= left or call - left <= SLACK * limit:
        return call
    return left if left > SLACK * limit else 0.0
