"""Claims on one line: what they say, what they are measured by, and what is no claim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.asking.quantities import QUANTITIES, quantity
from pledger.vehicle.asking.stated import measured, parsed, until_then
from vehicle.made import three

PLAN = three()
"""Its grid begins in October 2026."""


@pytest.mark.parametrize(
    ("text", "name", "at_least", "value", "chance", "statistic", "by"),
    [
        ("principal back by 2045 >= 80%", "principal back of pledging", True, None, 0.8, None, 2045),
        (
            "principal back of the public lender with 50 %",
            "principal back of public_lender",
            True,
            None,
            0.5,
            None,
            None,
        ),
        ("Principal back <= 12.5%", "principal back of pledging", False, None, 0.125, None, None),
        ("drawn <= $200bn with 90%", "drawn", False, 200e9, 0.9, None, None),
        ("drawn by 2028 at least 1.5tn with 5%", "drawn", True, 1.5e12, 0.05, None, 2028),
        ("median npv of host >= 0", "npv of host", True, 0.0, None, "median", None),
        ("mean drawn share >= 40%", "drawn share", True, 0.4, None, "mean", None),
        ("p95 claims ≤ 3,500m", "claims", False, 3.5e9, None, "p95", None),
        ("multiple of the pledging side >= 1.2 with 75 per cent", "multiple of pledging", True, 1.2, 0.75, None, None),
        ("npv of public lender >= -2 billion with 60%", "npv of public_lender", True, -2e9, 0.6, None, None),
        ("peak > 20bn with 50%", "peak call", True, 20e9, 0.5, None, None),
        ("irr >= 3% with 50%", "irr of pledging", True, 0.03, 0.5, None, None),
    ],
)
def test_what_a_line_says(
    text: str,
    name: str,
    at_least: bool,
    value: float | None,
    chance: float | None,
    statistic: str | None,
    by: int | None,
) -> None:
    got = parsed(text)
    assert (got.quantity.name, got.at_least, got.statistic, got.by) == (name, at_least, statistic, by)
    assert got.value == (None if value is None else pytest.approx(value))
    assert got.chance == (None if chance is None else pytest.approx(chance))


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("", "is no claim"),
        ("principal back by tomorrow", "is no claim|no answer"),
        ("principle back >= 80%", "did you mean principal back"),
        ("principal back by 2045", "with what chance"),
        ("principal back of host >= 50%", "no answer"),
        ("principal back >= 180%", "between 0% and 100%"),
        ("median principal back >= 80%", "happens or does not"),
        ("drawn <= 200bn", "with 80%"),
        ("median drawn <= 200bn with 80%", "differs between scenarios"),
        ("p33 drawn <= 200bn", "no statistic that is kept"),
        ("drawn <= 200 bananas with 80%", "is no amount"),
        ("drawn with 80%", "no value"),
        ("median drawn share >= 40", "is no share"),
        ("median npv by 2040 >= 0", "`by 2040` goes with"),
        ("drawn <= 1..5bn with 80%", "is no amount"),
    ],
)
def test_what_is_no_claim_says_the_mend(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        parsed(text)


def test_a_year_ends_the_grid_or_is_the_deadline() -> None:
    assert until_then(PLAN, parsed("principal back by 2026 >= 80%")).quarters == 1
    assert until_then(PLAN, parsed("principal back by 2045 >= 80%")).quarters == 1 + 19 * 4
    assert until_then(PLAN, parsed("drawn by 2028 <= 1bn with 50%")).deadline == 8
    assert until_then(PLAN, parsed("principal back >= 80%")) == PLAN
    with pytest.raises(ValueError, match="outside the grid, 2026 to 2056"):
        until_then(PLAN, parsed("principal back by 2099 >= 80%"))


def test_chances_and_statistics() -> None:
    column = np.array([1.0, 2.0, 3.0, np.nan])
    assert measured(parsed("npv >= 2 with 50%"), PLAN, column).value == 0.5, "not defined: not met"
    assert measured(parsed("mean npv >= 2"), PLAN, column).value == 2.0
    assert measured(parsed("median npv >= 2"), PLAN, column).value == 2.0
    back = measured(parsed("principal back >= 80%"), PLAN, np.array([0.0, 1.0, 1.0, 1.0, np.nan]))
    assert back.value == 0.75
    assert back.error == pytest.approx(math.sqrt(0.75 * 0.25 / 4))


def test_payback_is_told_in_calendar_years() -> None:
    column = np.array([0.0, 1.0, 4.0, 5.0, np.nan])  # 2026, 2027, 2027, 2028 and never
    assert measured(parsed("payback <= 2027 with 60%"), PLAN, column).value == 0.6
    assert measured(parsed("median payback <= 2027"), PLAN, column).value == 2027


@pytest.mark.parametrize("text", ["median irr >= 0%", "principal back >= 0%", "principal back <= 100%"])
def test_a_claim_about_nothing_defined_does_not_hold(text: str) -> None:
    stated = parsed(text)
    assert not stated.holds(measured(stated, PLAN, np.full(5, np.nan)).value)


def test_errors_are_what_estimates_spread_by() -> None:
    generator = np.random.default_rng(1)
    for text in ("median npv >= 0", "p95 npv >= 0", "mean npv >= 0"):
        found = [measured(parsed(text), PLAN, generator.normal(size=2000)) for _ in range(100)]
        assert 0.7 < np.std([m.value for m in found]) / np.mean([m.error for m in found]) < 1.4


@pytest.mark.parametrize("one", QUANTITIES)
def test_every_quantity_is_found_by_its_name(one: object) -> None:
    name = one.name  # type: ignore[attr-defined]
    assert quantity(name) == one
    assert quantity(name.upper().replace(" of ", " of the ")) == one


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"(median )?(drawn|npv of host|principal back)( by \d{4})? [<>]= .{0,12}"))
def test_no_line_is_more_than_a_claim_or_a_mistake(text: str) -> None:
    try:
        got = parsed(text)
    except ValueError:
        return
    assert not math.isnan(got.bound)
