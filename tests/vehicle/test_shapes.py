"""Triangles and points: a triangle's mean, variance and ends are the textbook's."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.shapes import point, triangular


def test_a_point_is_itself() -> None:
    belief = point(7.5, "share")
    assert (belief.mean(), belief.variance(), belief.bounds(), belief.unit) == (7.5, 0.0, (7.5, 7.5), "share")


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 1, 4), (0, 0, 3), (0, 3, 3), (-2, 1, 1.5), (5, 5, 5)])
def test_a_triangle_has_the_moments_of_the_textbook(low: float, mode: float, high: float) -> None:
    belief = triangular(low, mode, high, "USD")
    assert math.isclose(belief.mean(), (low + mode + high) / 3)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert math.isclose(belief.variance(), variance, abs_tol=1e-12)
    assert belief.bounds() == (low, high)


def test_a_quarter_of_the_probability_lies_below_where_the_textbook_says() -> None:
    # Triangle 0, 1, 4: F(x) = x^2 / 4 up to the mode, so F(1) = 1/4.
    assert math.isclose(triangular(0, 1, 4, "USD").cdf(1), 0.25)
    assert math.isclose(triangular(0, 1, 4, "USD").quantile(0.25), 1, abs_tol=1e-9)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=3, max_size=3).map(sorted))
def test_weights_sum_to_one_and_parts_are_in_order(ends: list[float]) -> None:
    low, mode, high = ends
    belief = triangular(low, mode, high, "USD")
    assert math.isclose(math.fsum(part.weight for part in belief.parts), 1)
    assert all(part.low <= part.high and 0 <= part.weight <= 1 for part in belief.parts)
    assert belief.bounds() == (low, high)


@pytest.mark.parametrize("ends", [(1, 0, 2), (0, 3, 2), (math.nan, 0, 1), (0, 1, math.inf)])
def test_what_is_no_triangle_is_said(ends: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="low <= mode <= high"):
        triangular(*ends, "USD")


def test_a_point_is_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        point(math.nan, "USD")
