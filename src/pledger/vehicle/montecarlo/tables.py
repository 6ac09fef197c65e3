"""A plan as arrays: what the kernel reads, and what is sent to workers.

The record is a named tuple because that is what Numba takes; nothing but NumPy arrays is in it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from pledger.ledger.distributions import Belief, Categories, Shape
from pledger.vehicle.montecarlo.calling import NEVER
from pledger.vehicle.words import PARTIES, Candidate, Floats, Input, Party, Plan, Pool, Recovered, per_quarter

__all__ = ["NUMBERS", "SIDES", "Parts", "PlanError", "Tables", "parts", "tables", "weights", "who"]

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]

NUMBERS = ("proceeds", "cost", "overrun", "start", "delay", "cash_yield")
"""Inputs of a candidate in the order in which they take random numbers."""
SIDES = (*(str(party) for party in PARTIES), "pledging")
"""Whose flows are followed: the parties, and the first three together."""
_SHAPES = {Shape.UNIFORM: 0, Shape.RISING: 1, Shape.FALLING: 2}


class PlanError(ValueError):
    """A plan that cannot be simulated; the message is one line with what, where and the mend."""


class Parts(NamedTuple):
    """The parts of beliefs, one after the other."""

    edges: Floats
    """Sums of the weights up to and with each part, from 0 for each belief; the last is 1."""
    low: Floats
    high: Floats
    shape: Ints
    """0 uniform, 1 rising, 2 falling."""


class Tables(NamedTuple):
    """A plan with P candidates and I interpretations over T quarters."""

    seed: Words
    """(2,) key of the random numbers."""
    who: Words
    """(P + 1, 2) what stands for each candidate in the counter; the last is the scenario's own."""
    scores: Floats
    """(K,) normal quantiles of the probabilities of being funded that occur."""
    score: Ints
    """(P,) which of them."""
    factor: Floats
    """(2,) sqrt(rho), sqrt(1 - rho)."""
    whole: Ints
    """(P, 5): selected, build, life, cancelled or NEVER, row of `profiles`."""
    span: Ints
    """(P, 6, 2) first part of each input's belief, and the one after its last."""
    parts: Parts
    profiles: Floats
    """(G, T) cash of the k-th quarter of operation as a share of a year's at full output: ramp / 4 * growth."""
    prefix: Floats
    """(G, 3, T + 1) sums of each profile over its first k quarters: plain, and valued at completion for the pledging
    side and for the host."""
    built: Floats
    """(I + 2, T + 1) of a dollar of cost built in b quarters, undisturbed: the allocation account that completion finds
    under each interpretation, the guaranteed balance, and the value of its calls as of the first of them."""
    cleared: Floats
    """(I, G, T + 1) what the first k quarters of each profile clear of an account, as of completion: sums of
    profile * (1 + accrual)^-(k + 1)."""
    grown: Floats
    """(I, T + 1) what an account grows to in k quarters."""
    readings: Floats
    """(I, 6): sum of weights, accrual, before, after, 1 where pooled, 1 where each side is to recover."""
    funding: Floats
    """(6,): guaranteed share, premium and bank rate per quarter, tenor, ceiling, cap per year."""
    times: Ints
    """(3,): T, deadline, calendar quarter of q = 0."""
    discount: Floats
    """(5, T) value at q = 0 of a dollar at q, for each of `SIDES`; the pledging side at the public lender's rate."""


def who(name: str) -> Words:
    """64 bits that stand for a candidate's id in the counter; the empty name is the scenario's own."""
    return np.frombuffer(hashlib.blake2b(name.encode(), digest_size=8).digest(), dtype="<u4").astype(np.uint32)


def weights(options: Sequence[float], where: str) -> Floats:
    """Sums of probabilities up to and with each, the last of which is 1."""
    edges = np.cumsum(np.asarray(options, dtype=np.float64))
    if not len(options) or not np.all(np.asarray(options) >= 0) or not math.isfinite(edges[-1]) or edges[-1] <= 0:
        raise PlanError(f"{where}: weights {list(options)} are no probabilities; give numbers that sum to 1")
    edges /= edges[-1]
    edges[-1] = 1.0
    return edges


def parts(inputs: Sequence[Input]) -> Parts:
    """The parts of several inputs' beliefs."""
    edges = []
    for item in inputs:
        if isinstance(item.belief, Categories):
            raise PlanError(f"{item.name}: a choice among words where a number is needed; give a belief about it")
        edges.append(weights([part.weight for part in item.belief.parts], item.name))
    every = [part for item in inputs if isinstance(item.belief, Belief) for part in item.belief.parts]
    for part in every:
        if not (math.isfinite(part.low) and math.isfinite(part.high) and part.low <= part.high):
            raise PlanError(f"a belief from {part.low} to {part.high}; give two finite numbers, the lower first")
    return Parts(
        np.concatenate(edges) if edges else np.zeros(0),
        np.array([part.low for part in every], dtype=np.float64),
        np.array([part.high for part in every], dtype=np.float64),
        np.array([_SHAPES[part.shape] for part in every], dtype=np.int64),
    )


def tables(plan: Plan, seed: int) -> Tables:
    """The arrays of a plan. Raises PlanError."""
    _check(plan, seed)
    count, quarters, funding = len(plan.candidates), plan.quarters, plan.funding
    inputs = [getattr(one, name) for one in plan.candidates for name in NUMBERS]
    ends = np.cumsum([len(item.belief.parts) for item in inputs], dtype=np.int64).reshape(count, len(NUMBERS))
    starts = np.concatenate([[0], ends.ravel()[:-1]]).astype(np.int64).reshape(ends.shape) if count else ends
    chances = [_chance(one, funding.window_end) for one in plan.candidates]
    kinds = sorted(set(chances))
    shapes = sorted({(one.growth, one.ramp_quarters) for one in plan.candidates})
    discount = [per_quarter(rate) for rate in plan.discount]
    discount.append(discount[PARTIES.index(Party.PUBLIC_LENDER)])
    readings = [
        (one.rules.accrual, one.rules.before, one.rules.after, one.rules.pool is Pool.PROGRAMME,
         one.rules.recovered is Recovered.EACH) for one in plan.interpretations
    ]  # fmt: skip
    values = np.power.outer(1.0 + np.array(discount), -np.arange(quarters, dtype=np.float64))
    profiles = np.array([_profile(*shape, quarters) for shape in shapes]).reshape(-1, quarters)
    accrual = np.array([one.rules.accrual for one in plan.interpretations])
    grown = np.power.outer(1.0 + accrual, np.arange(quarters + 1.0))
    return Tables(
        seed=np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint32),
        who=np.array([*(who(one.id) for one in plan.candidates), who("")], dtype=np.uint32),
        scores=np.asarray(ndtri(kinds), dtype=np.float64).reshape(-1),
        score=np.array([kinds.index(chance) for chance in chances], dtype=np.int64),
        factor=np.array([math.sqrt(plan.rho), math.sqrt(1.0 - plan.rho)]),
        whole=np.array(
            [(one.selected, one.build, one.life, NEVER if one.cancelled is None else one.cancelled,
              shapes.index((one.growth, one.ramp_quarters))) for one in plan.candidates], dtype=np.int64,
        ).reshape(count, 5),
        span=np.stack([starts, ends], axis=-1),
        parts=parts(inputs),
        profiles=profiles,
        prefix=np.stack([_sums(profiles * value) for value in (1.0, values[4], values[3])], axis=1),
        built=_built([*accrual, per_quarter(funding.bank_rate)], discount[-1], funding.guaranteed_loan, quarters),
        cleared=np.stack([_sums(profiles / row[1:]) for row in grown]),
        grown=grown,
        readings=np.column_stack([
            weights([_weight(plan, one.name) for one in plan.interpretations], plan.interpretation.name),
            np.array(readings, dtype=np.float64),
        ]),
        funding=np.array([funding.guaranteed_loan, per_quarter(funding.premium), per_quarter(funding.bank_rate),
                          funding.tenor, funding.ceiling, funding.cap_per_year], dtype=np.float64),
        times=np.array([quarters, min(max(plan.deadline, 0), quarters - 1), plan.first_quarter], dtype=np.int64),
        discount=values,
    )  # fmt: skip


def _profile(growth: float, ramp: int, quarters: int) -> Floats:
    k = np.arange(quarters)
    return np.minimum(1.0, (k + 1) / ramp) / 4.0 * (1.0 + growth) ** (k / 4.0)


def _sums(rows: Floats) -> Floats:
    return np.cumsum(np.pad(rows, ((0, 0), (1, 0))), axis=1)


def _built(accruals: Sequence[float], discount: float, guaranteed: float, quarters: int) -> Floats:
    out = np.zeros((len(accruals) + 1, quarters + 1))
    for build in range(1, quarters + 1):
        x = np.arange(build + 1) / build
        draws = np.diff(x * x * (3.0 - 2.0 * x))
        k = np.arange(build)
        for row, rate in enumerate(accruals):
            out[row, build] = np.dot(draws, (1.0 + rate) ** (build - 1 - k))
        out[-1, build] = np.dot(draws, (1.0 + discount) ** -k)
    out[-2] *= guaranteed
    return out


def _chance(one: Candidate, window_end: int) -> float:
    if one.selected > window_end:
        return 0.0
    if isinstance(one.proceeds.belief, Categories):
        raise PlanError(f"{one.proceeds.name}: a choice among words; give the probability of being funded")
    return min(1.0, max(0.0, one.proceeds.belief.mean()))


def _weight(plan: Plan, name: str) -> float:
    belief = plan.interpretation.belief
    if not isinstance(belief, Categories):
        raise PlanError(f"{plan.interpretation.name}: a number where a choice among interpretations is needed")
    return belief.probability(name)


def _check(plan: Plan, seed: int) -> None:
    ids = [one.id for one in plan.candidates]
    if len(set(ids)) < len(ids) or "" in ids:
        twice = next(name for name in ids if not name or ids.count(name) > 1)
        raise PlanError(f"candidates of {plan.programme}: the id {twice!r} is empty or given twice; give each its own")
    if not 0 <= seed < 2**64:
        raise PlanError(f"the seed {seed} is outside 0 to 2^64 - 1; give a number in that range")
    if plan.quarters < 1:
        raise PlanError(f"the grid of {plan.programme} has {plan.quarters} quarters; give at least one")
    if not 0.0 <= plan.rho <= 1.0:
        raise PlanError(f"the correlation rho is {plan.rho}; give a number from 0 to 1")
    if not plan.interpretations:
        raise PlanError(f"{plan.programme} has no interpretation of its terms; give one")
    for one in plan.candidates:
        if one.build < 1 or one.life < 0 or one.ramp_quarters < 1 or not one.growth > -1:
            raise PlanError(
                f"{one.name}: build {one.build}, life {one.life}, ramp {one.ramp_quarters}, growth {one.growth}; "
                "give at least one quarter of building and ramp, no negative life, and a growth above -1"
            )
