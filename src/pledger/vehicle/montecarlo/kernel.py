"""A block of scenarios, compiled: from random numbers to what each party pays and receives.

One call takes a stretch of scenarios and holds no lock, so that threads run several. Of a scenario only those quarters
are walked through in which something happens: building, operation, the tenor of the loans. Values of a project's cash
are differences of sums made once for each profile, since a flow that comes k quarters later has its value times one
factor.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.calling import NEVER, SLACK, bind, want
from pledger.vehicle.montecarlo.compiled import compiled, inner
from pledger.vehicle.montecarlo.draws import normal_below, normal_quantile, part_at, part_of, philox, uniform
from pledger.vehicle.montecarlo.returning import irr, payback
from pledger.vehicle.montecarlo.serving import behind, receive, receive_soon, serve, split
from pledger.vehicle.montecarlo.tables import SIDES, Parts, Tables
from pledger.vehicle.words import Floats

__all__ = ["ANSWERS", "BY_PROJECT", "PER_SIDE", "SERIES", "block"]

Ints = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]

SERIES = ("calls", "drawn", "cash", "receipts", "claims", *SIDES)
"""What is followed by quarter: calls, their running total, cash, the pledging side's receipts, claims on the guarantor,
and the net flow of each of `SIDES`; that of the host is all that it receives."""
PER_SIDE = ("receipts", "npv", "irr", "multiple", "payback", "back")
"""What is computed of each side's flows: receipts in dollars, net present value at its rate, internal rate of return
per year, receipts over payments, quarter of payback, and 1 where receipts sum to the payments. NaN where there is none:
the last four of a side that pays nothing, a rate where no rate answers (where several do, the one that `irr` says)."""
ANSWERS = (
    "interpretation", "funded", "drawn", "peak", "called", "cash", "premium", "claims", "recoveries",
    *(f"{what}.{side}" for side in SIDES for what in PER_SIDE),
)  # fmt: skip
"""What one scenario comes to: number of the interpretation, projects funded, drawn by the deadline, most called in a
calendar year, all that is called, cash, and premium, claims and recoveries in all; then `PER_SIDE` of each side."""
BY_PROJECT = ("funded", "called", "back", "npv_pledging", "npv_host")
"""What one project comes to in a scenario: 1 where it is funded, its calls, 1 where the pledging side's receipts from
it sum to them, and the net present value of what it makes for the pledging side and for the host. In a pool a project's
receipts are its share of the quarter's cash."""

_ALONE = len(ANSWERS) - len(SIDES) * len(PER_SIDE)
_EACH = len(PER_SIDE)
_FIRST_SIDE = len(SERIES) - len(SIDES)


@compiled
def block(
    plan: Tables, start: int, answers: Floats, series: Singles, sums: Floats, tally: Floats, by_project: Singles
) -> None:
    """Scenarios from `start` on, one for each row of `answers`.

    Fills `answers` (n, A) and `series` (n, S, T), and adds to `sums` (S, T) and to `tally` (P, 5), in the order of the
    scenarios. `by_project` (n, P, 5) is filled too where it has rows.
    """
    candidates, quarters = plan.whole.shape[0], plan.profiles.shape[1]
    guaranteed, premium_rate, bank = plan.funding[0], plan.funding[1], plan.funding[2]
    tenor, ceiling, cap = int(plan.funding[3]), plan.funding[4], plan.funding[5]
    for_pledging, for_host = plan.discount[4], plan.discount[3]
    limits = np.empty(plan.scores.size)
    draws = np.empty((candidates, quarters))
    # each on its own: rows unpacked from one array would not count as contiguous, and loops over them not be widened
    index, first, last = np.empty(candidates, np.int64), np.empty(candidates, np.int64), np.empty(candidates, np.int64)
    opens, stopped = np.empty(candidates, np.int64), np.empty(candidates, np.int64)
    cancelled, operating = np.empty(candidates, np.int64), np.empty(candidates, np.int64)
    undisturbed, readings = np.empty(candidates, np.bool_), plan.readings.shape[0]
    final, base, called = np.empty(candidates), np.empty(candidates), np.empty(candidates)
    got, value, host_value = np.empty(candidates), np.empty(candidates), np.empty(candidates)
    flow = np.empty((len(SERIES), quarters))
    calls, cash, receipts, claims = flow[0], flow[2], flow[3], flow[4]
    premium, recovered, rest, due = np.empty(quarters), np.empty(quarters), np.empty(quarters), np.empty(quarters)
    opening, received, over, owing = np.empty(quarters), np.empty(quarters), np.empty(quarters), np.empty(quarters + 1)

    for i in range(answers.shape[0]):
        reading = _common(plan, start + i, limits)
        growth = 1.0 + plan.readings[reading, 1]
        before, after = plan.readings[reading, 2], plan.readings[reading, 3]
        pooled, each = plan.readings[reading, 4] > 0.0, plan.readings[reading, 5] > 0.0
        flow[:_FIRST_SIDE] = 0.0
        premium[:] = 0.0
        recovered[:] = 0.0
        rest[:] = 0.0
        due[:] = 0.0
        opening[:] = 0.0

        funded = _sampled(
            plan, start + i, limits, index, final, base, opens, cancelled, draws, first, last, undisturbed, calls
        )
        stopped[:] = NEVER
        peak = _peak(calls, plan.times[2])
        bound = _sum(final, funded) > ceiling or peak > cap
        if bound:
            bind(funded, quarters, ceiling, cap, plan.times[2], cancelled, draws, first, last, stopped)
            calls[:] = 0.0
            for j in range(funded):
                for q in range(first[j], last[j]):
                    calls[q] += draws[j, q]
            peak = _peak(calls, plan.times[2])

        horizon = min(quarters, 1)  # not a literal, for which Numba would compile what it is given to once more
        for j in range(funded):
            p = index[j]
            profile, prefix = plan.profiles[plan.whole[p, 4]], plan.prefix[plan.whole[p, 4]]
            if cancelled[j] != NEVER and stopped[j] == NEVER:
                stopped[j] = max(cancelled[j], last[j])
            pays = stopped[j] == NEVER
            begins = min(max(opens[j], last[j]) if pays else stopped[j], quarters)
            n = min(plan.whole[p, 2], quarters - begins) if pays else 0
            end = min(begins + tenor, quarters)
            horizon = max(horizon, begins + n, end)
            if pays and not bound and undisturbed[j]:
                build = begins - first[j]
                called[j], account = final[j], final[j] * plan.built[reading, build]
                balance = final[j] * plan.built[readings, build]
                value[j] = -final[j] * plan.built[readings + 1, build] * for_pledging[first[j]]
            else:
                called[j], account, balance, value[j] = _built(
                    first[j], last[j], begins, draws[j], growth, 1.0 + bank, guaranteed, for_pledging
                )
            opens[j], operating[j] = begins, n
            own = cash[begins : begins + n]
            for k in range(n):
                own[k] += base[j] * profile[k]
            if pooled:
                part = balance / tenor
                for q in range(begins, end):
                    due[q] += part + bank * balance
                    opening[q] += balance
                    balance -= part
                continue
            if each:
                turn = receive(n, base[j], profile, account, growth, before, after, received)
            else:
                turn = receive_soon(
                    n, base[j], profile, account, plan.cleared[reading, plan.whole[p, 4]], plan.grown[reading], before,
                    after, received,
                )  # fmt: skip
            own = receipts[begins : begins + n]
            for k in range(n):
                own[k] += received[k]
            behind(
                begins, received, n, balance, bank, premium_rate, tenor, end, premium, due, claims, recovered, rest,
                over, owing,
            )  # fmt: skip
            got[j] = host_value[j] = 0.0
            if each:
                for k in range(n):
                    got[j] += received[k]
                    value[j] += received[k] * for_pledging[begins + k]
                    host_value[j] += (base[j] * profile[k] - received[k]) * for_host[begins + k]
            elif n > 0:
                then = min(turn + 1, n)
                a, b = base[j] * before, base[j] * after
                got[j] = a * prefix[0, turn] + b * (prefix[0, n] - prefix[0, then])
                value[j] += for_pledging[begins] * (a * prefix[1, turn] + b * (prefix[1, n] - prefix[1, then]))
                a, b = base[j] - a, base[j] - b
                host_value[j] = for_host[begins] * (a * prefix[2, turn] + b * (prefix[2, n] - prefix[2, then]))
                if turn < n:
                    got[j] += received[turn]
                    value[j] += received[turn] * for_pledging[begins + turn]
                    host_value[j] += (base[j] * profile[turn] - received[turn]) * for_host[begins + turn]

        if pooled:
            _pool(horizon, growth, before, after, each, premium_rate, opening, due, flow, premium, recovered, rest)
            for j in range(funded):
                profile = plan.profiles[plan.whole[index[j], 4]]
                got[j] = host_value[j] = 0.0
                for k in range(operating[j]):
                    q = opens[j] + k
                    own = base[j] * profile[k]
                    share = own * receipts[q] / cash[q] if cash[q] > 0.0 else 0.0
                    got[j] += share
                    value[j] += share * for_pledging[q]
                    host_value[j] += (own - share) * for_host[q]

        _noted(i, funded, index, called, got, value, host_value, tally, by_project)
        answers[i, 0], answers[i, 1], answers[i, 3] = reading, funded, peak
        _answered(plan, horizon, guaranteed, flow, premium, recovered, rest, due, answers[i])
        for s in range(len(SERIES)):
            for q in range(quarters):
                sums[s, q] += flow[s, q]
                series[i, s, q] = flow[s, q]


@inner
def _common(plan: Tables, scenario: int, limits: Floats) -> int:
    """What is drawn once: the common factor, as limits below which a uniform means funding, and the interpretation."""
    own = plan.who[plan.who.shape[0] - 1]
    w0, w1, _, _ = philox(
        np.uint64(scenario), np.uint64(own[0]), np.uint64(own[1]), np.uint64(0),
        np.uint64(plan.seed[0]), np.uint64(plan.seed[1]),
    )  # fmt: skip
    common = plan.factor[0] * normal_quantile(uniform(w0))
    for k in range(limits.size):
        room = plan.scores[k] - common
        if plan.factor[1] > 0.0:
            limits[k] = normal_below(room / plan.factor[1])
        else:
            limits[k] = 1.0 if room > 0.0 else 0.0
    u = uniform(w1)
    reading = 0
    while reading < plan.readings.shape[0] - 1 and u >= plan.readings[reading, 0]:
        reading += 1
    return reading


@inner
def _number(plan: Tables, number: int, p: int, word: np.uint64) -> float:
    """One input of one candidate."""
    first, last = plan.span[p, number, 0], plan.span[p, number, 1]
    parts: Parts = plan.parts
    if last - first == 1 and parts.low[first] == parts.high[first]:
        return float(parts.low[first])
    u = uniform(word)
    return part_at(u, part_of(u, parts.edges, first, last), first, parts.edges, parts.low, parts.high, parts.shape)


@inner
def _sampled(
    plan: Tables, scenario: int, limits: Floats, index: Ints, final: Floats, base: Floats, opens: Ints,
    cancelled: Ints, draws: Floats, first: Ints, last: Ints, undisturbed: npt.NDArray[np.bool_],
    calls: Floats,
) -> int:  # fmt: skip
    """Which candidates are funded, with what is drawn for each and the draws that building wants; their number."""
    k0, k1 = np.uint64(plan.seed[0]), np.uint64(plan.seed[1])
    scenario_word, quarters = np.uint64(scenario), calls.size
    inputs = np.empty(6)
    j = 0
    for p in range(plan.whole.shape[0]):
        a, b = np.uint64(plan.who[p, 0]), np.uint64(plan.who[p, 1])
        w0, w1, w2, w3 = philox(scenario_word, a, b, np.uint64(0), k0, k1)
        if uniform(w0) >= limits[plan.score[p]]:
            continue
        w4, w5, _, _ = philox(scenario_word, a, b, np.uint64(1), k0, k1)
        for number, word in enumerate((w0, w1, w2, w3, w4, w5)):
            inputs[number] = _number(plan, number, p, word)
        start = max(math.floor(inputs[3]), plan.whole[p, 0])
        build = max(1, plan.whole[p, 1] + math.floor(inputs[4] + 0.5))
        index[j] = p
        final[j] = inputs[1] * inputs[2]
        base[j] = final[j] * inputs[5]
        opens[j] = start + build
        cancelled[j] = plan.whole[p, 3]
        first[j], last[j] = want(final[j], start, build, cancelled[j], quarters, draws[j])
        undisturbed[j] = start >= 0 and last[j] == start + build
        own, calls_then = draws[j, first[j] : last[j]], calls[first[j] : last[j]]
        for k in range(own.size):
            calls_then[k] += own[k]
        j += 1
    return j


@inner
def _built(
    first: int,
    last: int,
    until: int,
    draws: Floats,
    growth: float,
    interest: float,
    guaranteed: float,
    discount: Floats,
) -> tuple[float, float, float, float]:
    """Draws in all, the account and the guaranteed balance that they come to in quarter `until`, and their value."""
    called = account = balance = value = 0.0
    for q in range(first, last):
        called += draws[q]
        value -= draws[q] * discount[q]
        account = account * growth + draws[q]
        balance = balance * interest + guaranteed * draws[q]
    for _ in range(last, until):
        account *= growth
        balance *= interest
    return called, account, balance, value


@inner
def _pool(
    horizon: int, growth: float, before: float, after: float, each: bool, premium_rate: float, opening: Floats,
    due: Floats, flow: Floats, premium: Floats, recovered: Floats, rest: Floats,
) -> None:  # fmt: skip
    """Split the cash of all projects by one account, and serve the loans of all with the receipts."""
    account = host = outstanding = 0.0
    for q in range(horizon):
        account = account * growth + flow[0, q]
        if each:
            host = host * growth + flow[0, q]
        r, account, host = split(flow[2, q], account, host, before, after, each)
        flow[3, q] = r
        premium[q], flow[4, q], recovered[q], rest[q] = serve(r, opening[q], due[q], outstanding, premium_rate)
        outstanding += flow[4, q] - recovered[q]


@inner
def _noted(
    row: int, funded: int, index: Ints, called: Floats, got: Floats, value: Floats, host_value: Floats, tally: Floats,
    by_project: Singles,
) -> None:  # fmt: skip
    """Keep `BY_PROJECT` of each project funded."""
    keep = by_project.shape[0] > 0
    if keep:
        by_project[row] = 0.0
    for j in range(funded):
        p = index[j]
        back = 1.0 if got[j] >= called[j] * (1.0 - SLACK) else 0.0
        tally[p, 0] += 1.0
        tally[p, 1] += called[j]
        tally[p, 2] += back
        tally[p, 3] += value[j]
        tally[p, 4] += host_value[j]
        if keep:
            by_project[row, p, 0] = 1.0
            by_project[row, p, 1] = called[j]
            by_project[row, p, 2] = back
            by_project[row, p, 3] = value[j]
            by_project[row, p, 4] = host_value[j]


@inner
def _answered(
    plan: Tables, horizon: int, guaranteed: float, flow: Floats, premium: Floats, recovered: Floats, rest: Floats,
    due: Floats, out: Floats,
) -> None:  # fmt: skip
    """Finish the series of a scenario, and write its answers."""
    calls, cash, receipts, claims = flow[0], flow[2], flow[3], flow[4]
    drawn = all_cash = all_receipts = all_premium = all_claims = all_recovered = all_rest = all_due = 0.0
    for q in range(horizon):
        drawn += calls[q]
        flow[1, q] = drawn
        all_cash += cash[q]
        all_receipts += receipts[q]
        all_premium += premium[q]
        all_claims += claims[q]
        all_recovered += recovered[q]
        all_rest += rest[q]
        all_due += due[q]
    flow[1, horizon:] = drawn
    flow[_FIRST_SIDE:, horizon:] = 0.0
    for q in range(horizon):
        flow[_FIRST_SIDE, q] = rest[q] - (1.0 - guaranteed) * calls[q]
        flow[_FIRST_SIDE + 1, q] = premium[q] + recovered[q] - claims[q]
        flow[_FIRST_SIDE + 2, q] = due[q] - guaranteed * calls[q]
        flow[_FIRST_SIDE + 3, q] = cash[q] - receipts[q]
        flow[_FIRST_SIDE + 4, q] = receipts[q] - calls[q]
    out[2], out[4], out[5], out[6] = flow[1, plan.times[1]], drawn, all_cash, all_premium
    out[7], out[8] = all_claims, all_recovered
    for side in range(len(SIDES)):
        if side == 0:
            gets, pays = all_rest, (1.0 - guaranteed) * drawn
        elif side == 1:
            gets, pays = all_premium + all_recovered, all_claims
        elif side == 2:
            gets, pays = all_due, guaranteed * drawn
        elif side == 3:
            gets, pays = all_cash - all_receipts, 0.0
        else:
            gets, pays = all_receipts, drawn
        net, discount = flow[_FIRST_SIDE + side], plan.discount[side]
        value = 0.0
        for q in range(horizon):
            value += net[q] * discount[q]
        at = _ALONE + side * _EACH
        out[at], out[at + 1] = gets, value
        if pays > 0.0:
            out[at + 2] = irr(net, horizon)
            out[at + 3] = gets / pays
            out[at + 4] = payback(net, horizon)
            out[at + 5] = 1.0 if gets >= pays * (1.0 - SLACK) else 0.0
        else:
            out[at + 2] = out[at + 3] = out[at + 4] = out[at + 5] = math.nan


@inner
def _peak(calls: Floats, first_quarter: int) -> float:
    """The most that is called in a calendar year."""
    peak = in_year = 0.0
    for q in range(calls.size):
        if (q + first_quarter) % 4 == 0:
            in_year = 0.0
        in_year += calls[q]
        peak = max(peak, in_year)
    return peak


@inner
def _sum(numbers: Floats, count: int) -> float:
    total = 0.0
    for i in range(count):
        total += numbers[i]
    return total
