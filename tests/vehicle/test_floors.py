"""Beliefs with a floor agree with draws that are cut one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.ledger.distributions import Belief, Part, Shape
from pledger.vehicle.planning.floors import floored
from pledger.vehicle.shapes import triangular


def test_a_smelter_that_may_lose_money() -> None:
    """Triangle -18, 7, 23 %: the rising side holds 25/41; below nought lie (18/25)^2 of it."""
    found = floored(triangular(-0.18, 0.07, 0.23, "share"), 0.0)
    assert found.bounds() == (0.0, 0.23)
    assert found.cdf(0.0) == pytest.approx((18 / 25) ** 2 * 25 / 41)
    assert sum(part.weight for part in found.parts) == pytest.approx(1)


def test_what_is_above_stays_as_it_is() -> None:
    belief = triangular(0.05, 0.1, 0.2, "share")
    assert floored(belief, 0.0) is belief


def test_what_is_below_becomes_the_floor() -> None:
    belief = Belief("share", (Part(-2.0, -1.0, Shape.UNIFORM, 1.0),))
    assert floored(belief, 0.0).parts == (Part(0.0, 0.0, Shape.UNIFORM, 1.0),)


ends = st.tuples(st.floats(-1, 1), st.floats(0.01, 2))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(ends, st.sampled_from(list(Shape))), min_size=1, max_size=3), st.floats(-1.5, 1.5))
def test_the_distribution_of_the_greater_of_the_two(
    stretches: list[tuple[tuple[float, float], Shape]], floor: float
) -> None:
    parts = tuple(Part(low, low + width, shape, 1 / len(stretches)) for (low, width), shape in stretches)
    before = Belief("share", parts)
    after = floored(before, floor)
    for x in np.linspace(-2, 4, 61):
        assert after.cdf(x) == pytest.approx(before.cdf(x) if x >= floor else 0.0, abs=1e-9)
