"""Days and quarters of the grid."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pledger.vehicle.grid import Grid

AUTUMN = Grid.at(dt.date(2026, 11, 22), quarters=8)


def test_the_first_quarter_holds_the_valuation_date() -> None:
    assert (AUTUMN.first_year, AUTUMN.first_quarter) == (2026, 3)
    assert AUTUMN.labels() == [
        *("2026 Q4", "2027 Q1", "2027 Q2", "2027 Q3", "2027 Q4"),
        *("2028 Q1", "2028 Q2", "2028 Q3"),
    ]
    assert (AUTUMN.first_day(0), AUTUMN.last_day(0)) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def test_days_before_and_after_the_grid() -> None:
    assert AUTUMN.of(dt.date(2026, 9, 30)) == -1
    assert AUTUMN.label(-1) == "2026 Q3"
    assert AUTUMN.label(-4) == "2025 Q4"
    assert AUTUMN.of(dt.date(2029, 1, 19)) == 9
    assert AUTUMN.year(9) == 2029


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_every_day_is_in_its_quarter(valuation: dt.date, day: dt.date) -> None:
    grid = Grid.at(valuation)
    quarter = grid.of(day)
    assert grid.first_day(quarter) <= day <= grid.last_day(quarter)
    assert grid.last_day(quarter) + dt.timedelta(days=1) == grid.first_day(quarter + 1)
    assert grid.label(quarter) == f"{day.year} Q{(day.month + 2) // 3}"
