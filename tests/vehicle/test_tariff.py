"""Relief by quarter: the formula, the days of a ruling, snap-back, and what it is worth beside the pledge."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.reliefs import ReliefError, load_relief, tariff_of
from pledger.vehicle.asking.tariff import (
    Line,
    Step,
    Tariff,
    factors,
    present_value,
    relief,
    sampled,
    snap_back,
    stepped,
    until,
    verdict,
)
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import Basis, Floats
from vehicle.made import made, point, uniform

START = dt.date(2025, 8, 7)
GRID = Grid(2026, 0, 40)


def tariff(borne: Belief | None = None) -> Tariff:
    share = made("borne", borne or point(0.2))
    cars = made("exports.cars", point(40e9, "USD"), unit="USD")
    rest = made("exports.rest", point(100e9, "USD"), unit="USD")
    lines = (
        Line("cars", "Cars", cars, share, (Step(START, 0.275, 0.15),)),
        Line("rest", "All else", rest, share, (Step(START, 0.25, 0.15),)),
    )
    return Tariff("JP>US", lines, dt.date(2029, 1, 19))


def by_quarter(t: Tariff, quarters: int = 12) -> Floats:
    exports, borne = sampled(t, 0, 3)
    found: Floats = relief(exports, borne, factors(t, Grid(2026, 0, quarters)))[0]
    return found


def test_the_formula_of_a_year() -> None:
    """exports * (rate_without - rate_with) * borne: (40 * 0.125 + 100 * 0.1) * 0.2 = 3.0 billion."""
    assert by_quarter(tariff())[:4].sum() == pytest.approx(3.0e9, rel=1e-12)


def test_a_ruling_ends_the_relief_on_its_day() -> None:
    ruled = stepped(tariff(), dt.date(2026, 2, 20), without=0.1, kept=0.1, lines=("rest",))
    got = by_quarter(ruled)
    rest = 100e9 * 0.1 * 0.2 / 4 * 50 / 90  # 50 of the quarter's 90 days lie before 20 February
    cars = 40e9 * 0.125 * 0.2 / 4
    assert got[0] == pytest.approx(rest + cars, rel=1e-12)
    assert got[1] == pytest.approx(cars, rel=1e-12)


def test_a_replacement_tariff_gives_the_relief_that_it_leaves() -> None:
    replaced = stepped(tariff(), dt.date(2026, 4, 1), without=0.2, kept=0.15, lines=("rest",))
    assert by_quarter(replaced)[1] == pytest.approx((40e9 * 0.125 + 100e9 * 0.05) * 0.2 / 4, rel=1e-12)


def test_tariffs_snap_back_and_later_steps_with_them() -> None:
    later = stepped(tariff(), dt.date(2027, 1, 1), without=0.3)
    back = by_quarter(snap_back(later, dt.date(2026, 7, 1)))
    assert back[1] == by_quarter(tariff())[1]
    assert not back[2:].any()


def test_no_relief_from_the_day_it_no_longer_counts() -> None:
    got = by_quarter(until(tariff(), dt.date(2026, 10, 1)))
    assert got[2] > 0
    assert not got[3:].any()
    whole = by_quarter(tariff(), 16)
    assert whole[12] == pytest.approx(whole[11] * 18 / 90, rel=1e-12), "18 days of January 2029"
    assert not whole[13:].any()


def test_before_the_agreement_there_is_none() -> None:
    got = relief(np.array([40e9, 100e9]), 0.2, factors(tariff(), Grid(2025, 0, 4)))
    assert not got[:2].any()
    assert got[2] == pytest.approx(3.0e9 / 4 * 55 / 92, rel=1e-12)


def test_goods_that_are_not_there_are_named() -> None:
    with pytest.raises(ValueError, match="no goods 'ships' in the tariffs of JP>US; known: cars, rest"):
        snap_back(tariff(), START, ("ships",))


def test_the_draws_of_relief_are_its_own() -> None:
    exports, borne = sampled(tariff(uniform(0.05, 0.5)), 7, 500)
    again = sampled(tariff(uniform(0.05, 0.5)), 7, 500)
    assert np.array_equal(borne, again[1])
    assert not np.array_equal(borne, sampled(tariff(uniform(0.05, 0.5)), 8, 500)[1])
    assert exports.shape == borne.shape == (500, 2)
    assert np.array_equal(borne[:, 0], borne[:, 1]), "exporters of all goods bear much or little together"
    assert 0.05 <= borne.min() < borne.max() <= 0.5


def test_insurance_or_investment() -> None:
    found = verdict(np.array([5.0, 0.0, -3.0, -3.0]), np.array([1.0, 0.0, 3.0, 2.0]))
    assert (found.investment, found.insurance, found.neither) == (0.5, 0.25, 0.25)
    assert found.cost.tolist() == [0, 0, 3, 3]


def test_present_value_discounts_the_first_quarter_not_at_all() -> None:
    assert present_value(np.array([100.0, 0, 0, 0, 110.0]), 0.1) == pytest.approx(200.0, rel=1e-12)


rates = st.floats(0, 1)
days = st.dates(dt.date(2024, 1, 1), dt.date(2036, 1, 1))


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1e12), st.floats(0, 1e12), st.floats(0, 100), rates, rates, days, days, rates)
def test_relief_is_linear_in_exports_and_in_what_is_borne(
    cars: float, rest: float, by: float, without: float, kept: float, on: dt.date, ends: dt.date, borne: float
) -> None:
    changed = until(stepped(tariff(), on, without=without, kept=kept), ends)
    factor = factors(changed, GRID)

    def of(a: float, b: float, share: float) -> Floats:
        return relief(np.array([a, b]), share, factor)

    whole = of(cars, rest, borne)
    assert of(by * cars, by * rest, borne) == pytest.approx(by * whole, rel=1e-9, abs=1e-3)
    assert of(cars, 0, borne) + of(0, rest, borne) == pytest.approx(whole, rel=1e-9, abs=1e-3)
    assert of(cars, rest, 1.0) * borne == pytest.approx(whole, rel=1e-9, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(days, st.floats(0, 1))
def test_a_change_that_changes_nothing_changes_nothing(on: dt.date, share: float) -> None:
    plain = factors(tariff(point(share)), GRID)
    same = stepped(stepped(tariff(), on, without=0.275, kept=0.15, lines=("cars",)), on, without=0.25, lines=("rest",))
    assert factors(same, GRID) == pytest.approx(plain, abs=1e-15)
    assert np.all(factors(snap_back(tariff(), on), GRID) <= plain)


def test_the_bundled_relief_says_what_each_number_rests_on() -> None:
    for key in ("JP>US", "KR>US"):
        its = tariff_of(key)
        assert its is not None
        for line in its.lines:
            for one in (line.exports, line.borne):
                assert one.sources or one.basis is Basis.ASSUMPTION
            assert line.borne.basis is Basis.ASSUMPTION, "nobody measured it for these goods"
        assert all(one.sources for one in its.fixed if one.basis is Basis.REPORTED)
    assert tariff_of("EU>US") is None


def test_japans_relief_after_the_ruling_is_on_cars_alone() -> None:
    its = tariff_of("JP>US")
    assert its is not None
    factor = factors(its, Grid(2026, 1, 4))
    assert factor[0] == pytest.approx(np.full(4, 0.125 / 4))
    assert not factor[1].any()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("sources: [R8, R11, FX]", "sources: [R8, R99]", "'R99' is no key of sources"),
        ("high: 0.8", "high: 1.8", "is no share"),
        ("low: 46.1e+9", "low: 60.0e+9", "not in order"),
        ("on: 2026-02-20", "on: 2025-08-07", "not in the order of their days"),
        ("name: other goods", "name: cars", "'cars' names two lines"),
        ("without: 27.5 %", "without: high", "'high' is no number"),
    ],
)
def test_a_file_on_relief_that_is_wrong_says_where(tmp_path: Path, was: str, now: str, said: str) -> None:
    text = (Path(str(files("pledger.data"))) / "relief" / "japan.yaml").read_text(encoding="utf-8")
    assert was in text
    path = tmp_path / "relief.yaml"
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(ReliefError, match=said) as wrong:
        load_relief(path)
    assert str(wrong.value).startswith("relief.yaml:")
