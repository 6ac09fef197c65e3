"""What would have to be true: crossings, their neighbours, and the plain word that there is none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.asking.solve import Measure, solve


def test_a_rising_chance_crosses_once() -> None:
    found = solve(lambda x: Measure(x / 4, 0.01), lambda m: m >= 0.8, 0, 4)
    [crossing] = found.crossings
    assert crossing.rising
    assert found.monotonic
    assert crossing.holds.at == pytest.approx(3.2, abs=0.004)
    assert crossing.fails.at < 3.2 <= crossing.holds.at
    assert crossing.error == pytest.approx(0.04, rel=0.01), "the measure's error over its slope"


def test_a_falling_one_holds_below() -> None:
    [crossing] = solve(lambda x: Measure(math.exp(-x)), lambda m: m >= 0.5, 0, 5).crossings
    assert not crossing.rising
    assert crossing.holds.at <= math.log(2) < crossing.fails.at


def test_up_and_down_gives_both_crossings() -> None:
    found = solve(lambda x: Measure(math.sin(x)), lambda m: m >= 0.5, 0, math.pi)
    assert [c.rising for c in found.crossings] == [True, False]
    assert not found.monotonic
    assert found.crossings[0].holds.at == pytest.approx(math.pi / 6, abs=0.01)
    assert found.crossings[1].holds.at == pytest.approx(5 * math.pi / 6, abs=0.01)


def test_noise_within_its_error_is_no_turn() -> None:
    found = solve(lambda x: Measure(x + 0.01 * math.sin(40 * x), 0.05), lambda m: m >= 2, 0, 1)
    assert found.monotonic
    assert found.nowhere
    assert not found.crossings


def test_whole_numbers_cross_between_neighbours() -> None:
    seen: list[float] = []
    found = solve(lambda x: Measure(-x), lambda m: m >= -7, 0, 20, whole=True, progress=seen.append)
    [crossing] = found.crossings
    assert (crossing.holds.at, crossing.fails.at) == (7, 8)
    assert all(x == int(x) for x in seen)
    assert len(seen) == len(set(seen)), "no value is run twice"


def test_everywhere_and_nowhere() -> None:
    assert solve(lambda x: Measure(x), lambda m: m >= 0, 0, 1).everywhere
    assert solve(lambda x: Measure(x), lambda m: m > 1, 0, 1).nowhere


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_a_range_has_two_ends(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="range"):
        solve(lambda x: Measure(x), lambda m: m >= 0, low, high)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=2, max_size=5),
    st.floats(-5, 5),
    st.floats(-10, 10),
    st.floats(0.01, 100),
    st.booleans(),
)
def test_the_value_meets_the_claim_and_a_step_beside_it_does_not(
    powers: list[float], target: float, low: float, width: float, whole: bool
) -> None:
    def measure(x: float) -> Measure:
        u = (x - low) / width
        return Measure(sum(c * u**n for n, c in enumerate(powers)))

    high = low + max(width, 1.0) if whole else low + width
    found = solve(measure, lambda m: m >= target, low, high, whole=whole)
    for crossing in found.crossings:
        assert measure(crossing.holds.at).value >= target
        assert not measure(crossing.fails.at).value >= target
        assert abs(crossing.holds.at - crossing.fails.at) <= (1 if whole else (high - low) / 1000)
        assert low <= min(crossing.holds.at, crossing.fails.at)
        assert max(crossing.holds.at, crossing.fails.at) <= high
    if found.grid[0].holds != found.grid[-1].holds:
        assert len(found.crossings) % 2 == 1
    assert (found.everywhere or found.nowhere) == (not found.crossings)
