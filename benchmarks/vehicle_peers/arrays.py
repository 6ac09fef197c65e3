"""The vehicle in NumPy, as a competent analyst would write it: arrays of scenarios and projects, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.kernel import ANSWERS, SERIES
from pledger.vehicle.montecarlo.tables import NUMBERS, Tables, tables
from pledger.vehicle.words import Floats, Plan

__all__ = ["Inputs", "run", "sample"]

CHUNK = 500
"""Scenarios at once: the quickest of 100, 250, 500, 1,000 and 4,000 where this was written."""
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was drawn for n scenarios and P projects: (n, P) but for the interpretation (n,)."""

    reading: npt.NDArray[np.int64]
    proceeds: Floats
    cost: Floats
    overrun: Floats
    start: Floats
    delay: Floats
    cash_yield: Floats


def sample(plan: Plan, scenarios: int, generator: np.random.Generator) -> Inputs:
    """Draw inputs as one would with NumPy alone."""
    made = tables(plan, 0)
    shape = scenarios, len(plan.candidates)
    common, own = generator.standard_normal((scenarios, 1)), generator.standard_normal(shape)
    proceeds = made.factor[0] * common + made.factor[1] * own < made.scores[made.score]
    drawn = {}
    for name in NUMBERS[1:]:
        beliefs = [getattr(one, name).belief for one in plan.candidates]
        drawn[name] = np.column_stack([belief.sample(generator, scenarios) for belief in beliefs])
    reading = np.searchsorted(made.readings[:, 0], generator.random(scenarios), side="right")
    return Inputs(reading.astype(np.int64), proceeds.astype(np.float64), **drawn)


def run(plan: Plan, inputs: Inputs) -> tuple[Floats, npt.NDArray[np.float32]]:
    """Answers (n, A) and series (n, S, T). No project is cancelled or begun before the grid; no pool, no cap."""
    made = tables(plan, 0)
    scenarios = len(inputs.reading)
    answers = np.empty((scenarios, len(ANSWERS)))
    series = np.empty((scenarios, len(SERIES), plan.quarters), np.float32)
    for start in range(0, scenarios, CHUNK):
        rows = slice(start, start + CHUNK)
        _chunk(plan, made, inputs, rows, answers[rows], series[rows])
    return answers, series


def _chunk(
    plan: Plan, made: Tables, inputs: Inputs, rows: slice, answers: Floats, series: npt.NDArray[np.float32]
) -> None:
    quarters, funding = plan.quarters, plan.funding
    projects = np.arange(len(plan.candidates))
    proceeds = inputs.proceeds[rows] > 0
    final = np.where(proceeds, inputs.cost[rows] * inputs.overrun[rows], 0.0)
    base = final * inputs.cash_yield[rows]
    start = np.maximum(np.floor(inputs.start[rows]).astype(np.int64), made.whole[:, 0])
    build = np.maximum(1, made.whole[:, 1] + np.floor(inputs.delay[rows] + 0.5).astype(np.int64))
    life = made.whole[:, 2]
    profiles = made.profiles[made.whole[:, 4]]
    readings = made.readings[inputs.reading[rows]]
    growth, before, after = 1 + readings[:, 1:2], readings[:, 2:3], readings[:, 3:4]
    guaranteed, premium_rate, bank, tenor = made.funding[:4]

    zero = np.zeros_like(final)
    account, balance, part, outstanding = zero.copy(), zero.copy(), zero.copy(), zero.copy()
    share = zero.copy()
    opens = np.full(final.shape, 10**6)
    cut = np.zeros(final.shape, bool)
    pays = np.ones(final.shape, bool)
    called = np.zeros(len(final))
    in_year = np.zeros(len(final))
    peak = np.zeros(len(final))
    flow = np.zeros((len(final), len(SERIES), quarters))
    totals = {name: np.zeros(len(final)) for name in ("premium", "recovered", "rest", "due")}
    for q in range(quarters):
        x = np.clip((q - start + 1) / build, 0.0, 1.0)
        now = x * x * (3.0 - 2.0 * x)
        due = final * (now - share)
        share = now
        due[cut] = 0.0
        if (q + plan.first_quarter) % 4 == 0:
            in_year[:] = 0.0
        # in the order of selection: what those before leave of the ceiling
        paid = due
        if np.isfinite(funding.ceiling):
            call = paid
            left = funding.ceiling - called[:, None] - (np.cumsum(call, axis=1) - call)
            paid = np.where(call <= left + SLACK * funding.ceiling, call, np.maximum(left, 0.0))
            fresh = (paid < call) & ~cut
            cut |= fresh
            pays[fresh] = False
            opens = np.where(fresh, np.where(paid > 0, q + 1, q), opens)
        sums = paid.sum(axis=1)
        called += sums
        in_year += sums
        peak = np.maximum(peak, in_year)
        # operation
        k = q - opens
        cash = np.where((k >= 0) & (k < life) & pays, base * profiles[projects, np.clip(k, 0, quarters - 1)], 0.0)
        account = account * growth + paid
        early = np.minimum(cash, account / before)
        received = before * early + after * (cash - early)
        account = np.maximum(0.0, account - before * early)
        serving = (k >= 0) & (k < tenor)
        part = np.where(k == 0, balance / tenor, part)
        interest = bank * balance
        owed = np.where(serving, part + interest, 0.0)
        premium = np.where(serving, np.minimum(received, premium_rate * balance), 0.0)
        balance = np.where(k >= 0, balance - np.where(serving, part, 0.0), balance + interest + guaranteed * paid)
        left = received - premium
        served = np.minimum(left, owed)
        claim = owed - served
        left -= served
        back = np.minimum(left, outstanding)
        outstanding += claim - back
        rest = left - back
        opens = np.where((opens > quarters) & (now >= 1.0), q + 1, opens)
        # what parties pay and get
        flow[:, 0, q], flow[:, 2, q], flow[:, 3, q] = sums, cash.sum(axis=1), received.sum(axis=1)
        flow[:, 4, q] = claim.sum(axis=1)
        premiums, backs, rests, dues = (each.sum(axis=1) for each in (premium, back, rest, owed))
        flow[:, 5, q] = rests - (1 - guaranteed) * sums
        flow[:, 6, q] = premiums + backs - flow[:, 4, q]
        flow[:, 7, q] = dues - guaranteed * sums
        for name, amount in (("premium", premiums), ("recovered", backs), ("rest", rests), ("due", dues)):
            totals[name] += amount
    flow[:, 1] = np.cumsum(flow[:, 0], axis=1)
    flow[:, 8] = flow[:, 2] - flow[:, 3]
    flow[:, 9] = flow[:, 3] - flow[:, 0]
    series[:] = flow
    cash, claims, receipts = flow[:, 2].sum(axis=1), flow[:, 4].sum(axis=1), flow[:, 3].sum(axis=1)
    alone = (
        inputs.reading[rows], proceeds.sum(axis=1), flow[:, 1, plan.deadline], peak, called, cash, totals["premium"],
        claims, totals["recovered"],
    )  # fmt: skip
    for place, column in enumerate(alone):
        answers[:, place] = column
    gets = (totals["rest"], totals["premium"] + totals["recovered"], totals["due"], cash - receipts, receipts)
    gives = ((1 - guaranteed) * called, claims, guaranteed * called, np.zeros_like(called), called)
    with np.errstate(invalid="ignore", divide="ignore"):
        for side in range(5):
            net = flow[:, 5 + side]
            some = gives[side] > 0
            for place, column in enumerate((
                gets[side], net @ made.discount[side], np.where(some, _irr(net), np.nan),
                np.where(some, gets[side] / gives[side], np.nan), np.where(some, _payback(net), np.nan),
                np.where(some, gets[side] >= gives[side] * (1 - SLACK), np.nan),
            )):  # fmt: skip
                answers[:, 9 + side * 6 + place] = column


def _irr(net: Floats) -> Floats:
    """Bisection and Newton on the discount factor of a quarter, all scenarios at once."""
    some = (net > 0).any(axis=1) & (net < 0).any(axis=1)
    out = np.full(len(net), np.nan)
    if not some.any():
        return out
    flow = net[some]
    rises = flow.sum(axis=1) > 0
    low, high = np.where(rises, 0.5, 1.0), np.where(rises, 1.0, 2.0)
    v = np.where(rises, 0.99, 1.01)
    sign = np.where(_horner(flow, low)[0] > 0, 1.0, -1.0)
    for _ in range(60):
        value, slope = _horner(flow, v)
        above = value * sign > 0
        low, high = np.where(above, v, low), np.where(above, high, v)
        step = v - value / slope
        step = np.where((step > low) & (step < high), step, 0.5 * (low + high))
        if (np.abs(step - v) <= 1e-14).all():
            break
        v = step
    out[some] = v**-4 - 1
    return out


def _horner(flow: Floats, v: Floats) -> tuple[Floats, Floats]:
    value, slope = np.zeros(len(flow)), np.zeros(len(flow))
    for q in range(flow.shape[1] - 1, -1, -1):
        slope = slope * v + value
        value = value * v + flow[:, q]
    return value, slope


def _payback(net: Floats) -> Floats:
    total = np.cumsum(net, axis=1)
    deepest = np.minimum(total.min(axis=1, keepdims=True), 0.0)
    below = total < SLACK * deepest
    first = below.argmax(axis=1)
    after = (~below) & (np.arange(net.shape[1]) > first[:, None])
    return np.where(below.any(axis=1) & after.any(axis=1), after.argmax(axis=1), np.nan)
