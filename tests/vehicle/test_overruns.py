"""Overruns: the mixture has exactly the mean, the share of the tail and the mean of the tail of its class."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pledger.ledger.distributions import Belief
from pledger.vehicle.overruns import (
    BOSTON,
    FLYVBJERG,
    TAIL,
    class_of,
    classes,
    delay,
    delay_input,
    mixture,
    overrun,
    overrun_input,
    scaled,
)
from pledger.vehicle.sectors import known, sector
from pledger.vehicle.words import Basis

WITH_TAILS = [its for its in classes() if its.tail is not None]


def moments(belief: Belief) -> tuple[float, float, float]:
    """Mean overrun, share above the edge, mean overrun of those above it: from the parts, not from the formula."""
    above = [part for part in belief.parts if part.low >= 1 + TAIL]
    share = math.fsum(part.weight for part in above)
    mean = math.fsum(part.weight * part.moments()[0] for part in above) / share - 1 if share else math.nan
    return belief.mean() - 1, share, mean


@pytest.mark.parametrize("its", WITH_TAILS, ids=lambda its: its.key)
def test_every_class_of_the_study_is_reproduced(its: object) -> None:
    assert its in WITH_TAILS
    found = next(c for c in WITH_TAILS if c is its)
    assert found.tail is not None
    assert found.tail_mean is not None
    mean, share, tail_mean = moments(mixture(found.mean, found.tail, found.tail_mean))
    assert math.isclose(mean, found.mean, abs_tol=1e-12)
    assert math.isclose(share, found.tail, abs_tol=1e-12)
    assert math.isclose(tail_mean, found.tail_mean, abs_tol=1e-12)


@settings(deadline=None, max_examples=200)
@given(st.floats(-0.4, 0.45), st.floats(0.0, 1.0), st.floats(TAIL, 8.0))
def test_moments_are_exact_whatever_the_class(body: float, tail: float, tail_mean: float) -> None:
    mean = (1 - tail) * body + tail * tail_mean
    # Below this a weight has lost the digits that a mean of the tail is worked back from.
    assume(tail == 0 or tail > 1e-6)
    assume(tail == 1 or tail < 1 - 1e-6)
    belief = mixture(mean, tail, tail_mean)
    found, share, found_tail = moments(belief)
    assert math.isclose(found, mean, abs_tol=1e-9)
    assert math.isclose(share, tail, abs_tol=1e-12)
    assert tail == 0 or math.isclose(found_tail, tail_mean, rel_tol=1e-9)
    assert math.isclose(math.fsum(part.weight for part in belief.parts), 1)
    assert all(0 < part.low <= part.high and part.weight >= 0 for part in belief.parts)
    assert all(part.high <= 1 + TAIL or part.low >= 1 + TAIL for part in belief.parts)


@pytest.mark.parametrize(
    "wrong", [(0.2, 1.2, 1.0), (0.2, -0.1, 1.0), (0.2, 0.1, 0.3), (9.0, 0.1, 1.0), (-2.0, 0.0, 1.0)]
)
def test_moments_that_nothing_has_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="tail"):
        mixture(*wrong)


def test_nuclear_power_by_hand() -> None:
    # Mean 120 %, 55 % in a tail of mean 204 %: the body has mean (1.2 - 0.55 * 2.04) / 0.45 = 17.33 %.
    belief = overrun("large_nuclear")
    assert math.isclose(belief.mean(), 2.2)
    assert math.isclose(1 - belief.cdf(1.5), 0.55)
    tail = belief.parts[-1]
    assert (tail.low, round(tail.high, 9)) == (1.5, 1.5 + 3 * 1.54)
    body = [part for part in belief.parts if part.high <= 1.5]
    mean = math.fsum(part.weight * part.moments()[0] for part in body) / math.fsum(part.weight for part in body)
    assert math.isclose(mean, 1 + (1.2 - 0.55 * 2.04) / 0.45)


def test_the_studies_disagree_and_each_can_be_asked_for() -> None:
    assert math.isclose(overrun("hydropower").mean(), 1.75)
    assert math.isclose(overrun("hydropower", BOSTON).mean(), 1.367)
    assert math.isclose(overrun("transmission").mean(), 1.08)
    assert math.isclose(overrun("transmission", BOSTON).mean(), 0.964)
    # A study without a class leaves the other's.
    assert overrun("lng", BOSTON) == overrun("lng", FLYVBJERG)


def test_what_is_unverified_is_an_assumption_with_its_source() -> None:
    for each in known():
        one = overrun_input(each.key, "x.overrun", "overrun")
        assert one.unit == "factor"
        assert one.sources
        its = class_of(each.overrun)
        assert one.basis is (Basis.ASSUMPTION if its.assumption or its.tail is None else Basis.REFERENCE)
        assert its.label in one.label


def test_scaling_scales_the_mean() -> None:
    assert math.isclose(scaled(overrun("lng"), 2).mean(), 2 * overrun("lng").mean())


def test_delays_follow_the_formula_and_are_assumptions() -> None:
    for each in known():
        its, late = class_of(each.overrun), delay(each.key)
        # As much longer as dearer, up to the 40 quarters that one nuclear plant took instead of 24.
        assert math.isclose(late.mean(), each.build.central * min(its.mean, 0.667))
        assert late.bounds()[0] == 0
        assert math.isclose(late.cdf(0), 0.085)
        assert delay_input(each.key, "x.delay", "delay").basis is Basis.ASSUMPTION
    assert delay("solar", BOSTON).bounds() == (0, 0)
    assert math.isclose(delay("large_nuclear").mean(), 24 * 0.667)
    assert math.isclose(delay("gas_cc").mean(), 12 * 0.16)


def test_a_class_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match="no class is called 'castles'"):
        class_of("castles")
    assert sector("unknown").overrun == "unclassified"
