"""What a plant changes in a table of shares: by hand, and the laws for any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.exposure.supply.change import Added, Displaced, added, displace, side, supply
from pledger.exposure.supply.draws import Shares, best, drawn, spread, stream
from pledger.exposure.supply.words import REST, Market, Measure, Step, Supplied
from pledger.ledger.distributions import Shape
from pledger.model import Qualifier
from pledger.vehicle.words import Basis, Source

IMPORTS = Shares(("CN", "KR", REST), np.array([[0.75, 0.15, 0.10]]))


def told(country: str, low: float | None, high: float | None, qualifier: Qualifier, *, weak: bool = False) -> Supplied:
    return Supplied(country, low, high, qualifier, Basis.REFERENCE, 2024, (Source("somewhere", 2024, weak),))


def test_a_country_s_supply_is_its_own_production_and_its_imports() -> None:
    its = supply("US", IMPORTS, np.array([0.6]))
    assert its.suppliers == ("US", "CN", "KR", REST)
    assert its.values[0] == pytest.approx([0.4, 0.45, 0.09, 0.06])


def test_a_country_is_no_source_of_its_own_imports() -> None:
    listed = Shares(("CN", "US", REST), np.array([[0.6, 0.2, 0.2]]))
    assert supply("US", listed, np.array([0.5])).values[0] == pytest.approx([0.5, 0.375, 0.125])


def test_a_plant_displaces_imports_in_proportion_and_exports_what_is_too_much() -> None:
    before = supply("US", IMPORTS, np.array([0.6]))
    half, none_over = displace(before, "US", "US", np.array([0.3]))
    assert half.values[0] == pytest.approx([0.7, 0.225, 0.045, 0.03])
    assert none_over.tolist() == [0]
    full, over = displace(before, "US", "US", np.array([1.0]))
    assert full.values[0] == pytest.approx([1, 0, 0, 0])
    assert over[0] == pytest.approx(0.4)


def test_the_largest_first_where_that_is_assumed() -> None:
    before = supply("US", IMPORTS, np.array([0.6]))
    after, _ = displace(before, "US", "US", np.array([0.5]), Displaced.LARGEST)
    assert after.values[0] == pytest.approx([0.9, 0, 0.04, 0.06])


def test_a_plant_abroad_counts_for_the_country_in_which_it_stands() -> None:
    before = supply("US", IMPORTS, np.array([0.6]))
    after, _ = displace(before, "US", "JP", np.array([0.2]))
    assert after.suppliers == ("US", "CN", "KR", "JP", REST)
    assert after.of("JP")[0] == pytest.approx(0.2)
    assert after.of("US")[0] == pytest.approx(0.4)
    assert side(after, "US").reliance is not None


def test_capacity_on_top_of_the_world_s_or_in_place_of_others() -> None:
    world = Shares(("CN", "US", REST), np.array([[0.9, 0.05, 0.05]]))
    assert added(world, "US", np.array([0.25])).values[0] == pytest.approx([0.72, 0.24, 0.04])
    replaced = added(world, "US", np.array([0.19]), Added.IN_PLACE)
    assert replaced.values[0] == pytest.approx([0.72, 0.24, 0.04])


def test_the_index_the_largest_and_the_reliance_of_a_table() -> None:
    its = side(supply("US", IMPORTS, np.array([0.6])), "US")
    assert its.hhi.middle == pytest.approx(1e4 * (0.4**2 + 0.45**2 + 0.09**2))
    assert its.largest == "CN"
    assert its.largest_share.middle == pytest.approx(0.45)
    assert its.reliance is not None
    assert its.reliance.mean == pytest.approx(0.6)
    assert [name for name, _ in its.shares] == ["CN", "US", "KR", REST]


def test_how_a_statement_is_spread() -> None:
    over = spread(0.6, None, Qualifier.AT_LEAST)
    assert (over.low, over.high, over.shape) == (0.6, 1.0, Shape.FALLING)
    assert spread(0.95, None, Qualifier.AT_LEAST).high == 1.0
    assert spread(None, 0.2, Qualifier.UP_TO) == spread(None, 0.2, Qualifier.UP_TO)
    assert (spread(None, 0.2, Qualifier.UP_TO).low, spread(None, 0.2, Qualifier.UP_TO).shape) == (0.1, Shape.RISING)
    about = spread(0.5, 0.5, Qualifier.ABOUT)
    assert [about.low, about.high] == pytest.approx([0.45, 0.55])
    assert (spread(0.5, 0.5, Qualifier.EXACT).low, spread(0.5, 0.5, Qualifier.EXACT).high) == (0.5, 0.5)


def test_weak_words_count_only_where_no_better_ones_are() -> None:
    good, weak = told("CN", 0.7, 0.7, Qualifier.EXACT), told("CN", 0.9, 0.9, Qualifier.EXACT, weak=True)
    assert best([weak, good]) == [good]
    assert best([weak]) == [weak]


def test_shares_are_drawn_to_one_and_the_rest_is_what_is_left() -> None:
    rows = (
        told("CN", 0.6, 0.7, Qualifier.BETWEEN),
        told("KR", 0.1, 0.1, Qualifier.EXACT),
        told(REST, 0.2, 0.3, Qualifier.BETWEEN),
    )
    market = Market("x", Step.MANUFACTURED, Measure.IMPORTS, "all", "US", 2024, rows)
    its = drawn(market, 500, 7)
    assert its.suppliers == ("CN", "KR", REST)
    assert its.values.sum(axis=1) == pytest.approx(np.ones(500))
    assert 0.6 <= its.of("CN").min() < its.of("CN").max() <= 0.7
    assert set(its.of("KR")) == {0.1}
    assert (drawn(market, 500, 7).values == its.values).all()
    assert (drawn(market, 500, 8).values != its.values).any()


def test_a_fact_s_random_numbers_do_not_depend_on_the_others() -> None:
    one, two = told("CN", 0.1, 0.3, Qualifier.BETWEEN), told("KR", 0.1, 0.3, Qualifier.BETWEEN)
    alone = Market("x", Step.MANUFACTURED, Measure.IMPORTS, "all", "US", 2024, (one,))
    both = Market("x", Step.MANUFACTURED, Measure.IMPORTS, "all", "US", 2024, (one, two))
    assert (drawn(alone, 50, 1).of("CN") == drawn(both, 50, 1).of("CN")).all()
    assert stream(1, "a").random() == stream(1, "a").random() != stream(1, "b").random()


@st.composite
def tables(draw: st.DrawFn) -> Shares:
    width = draw(st.integers(1, 5))
    weights = np.array([draw(st.lists(st.floats(0, 1), min_size=width, max_size=width)) for _ in range(3)])
    total = weights.sum(axis=1, keepdims=True)
    values = np.where(total > 1e-9, weights / np.where(total > 1e-9, total, 1), 1 / width)
    return Shares((*(f"S{n}" for n in range(width - 1)), REST), values)


AMOUNTS = st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(np.array)


@settings(deadline=None, max_examples=100)
@given(tables(), AMOUNTS, AMOUNTS, st.sampled_from(["US", "S0", "JP"]), st.sampled_from(list(Displaced)))
def test_shares_sum_to_one_before_and_after_and_nothing_falls_below_zero(
    imports: Shares, reliance: np.ndarray, covers: np.ndarray, place: str, how: Displaced
) -> None:
    before = supply("US", imports, reliance)
    after, over = displace(before, "US", place, covers, how)
    for its in (before, after):
        assert its.values.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)
        assert (its.values >= 0).all()
    assert (over >= 0).all()
    # What the plant makes is either more at its place or a surplus.
    assert after.of(place) - before.of(place) + over == pytest.approx(covers, rel=1e-9, abs=1e-9)
    for name in set(before.suppliers) - {place}:
        assert (after.of(name) <= before.of(name) + 1e-12).all()


@settings(deadline=None, max_examples=60)
@given(tables(), AMOUNTS, st.sampled_from(["S0", "JP"]), st.sampled_from(list(Added)))
def test_the_world_s_shares_sum_to_one_too(world: Shares, capacity: np.ndarray, place: str, how: Added) -> None:
    after = added(world, place, capacity, how)
    assert after.values.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)
    assert (after.values >= 0).all()
    assert (after.of(place) >= world.of(place) - 1e-12).all()
