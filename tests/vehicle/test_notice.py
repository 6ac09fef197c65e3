"""Notice: business days counted by hand on calendars of paper, across the long holidays of either country."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.planning.notice import MOST_DAYS, due, is_business_day

JAPAN, KOREA = ("US", "JP"), ("US", "KR")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("notice", "days", "countries", "expected", "why"),
    [
        # Golden Week 2026: 29 April, 4, 5 and 6 May closed in Japan. Open: Thu 30 April, Fri 1 May, Thu 7, Fri 8.
        ("2026-04-28", 1, JAPAN, "2026-04-30", "Showa Day is skipped"),
        ("2026-04-28", 3, JAPAN, "2026-05-07", "the weekend and three holidays are skipped"),
        ("2026-04-28", 4, JAPAN, "2026-05-08", "and the next day"),
        ("2026-04-28", 3, ("US",), "2026-05-01", "in the United States nothing is closed"),
        # New Year 2026: banks in Japan closed 31 December to 3 January. Open: Mon 29, Tue 30 December, Mon 5 January.
        ("2025-12-26", 2, JAPAN, "2025-12-30", "two days before the banks close"),
        ("2025-12-26", 3, JAPAN, "2026-01-05", "banks open again on the Monday"),
        ("2025-12-26", 3, ("US",), "2025-12-31", "in the United States the last of December is open"),
        ("2025-12-26", 4, ("US",), "2026-01-02", "and only the first of January is closed"),
        # Thanksgiving 2026: Thu 26 November closed in the United States; Mon 23 November is a holiday in Japan.
        ("2026-11-20", 1, JAPAN, "2026-11-24", "Labor Thanksgiving Day in Japan"),
        ("2026-11-20", 3, JAPAN, "2026-11-27", "Thanksgiving in the United States"),
        ("2026-11-20", 3, ("JP",), "2026-11-26", "which Japan does not keep"),
        # Chuseok 2025: 3, 6, 7, 8 and 9 October closed in Korea; 13 October (Columbus Day) in the United States.
        ("2025-10-02", 1, KOREA, "2025-10-10", "a week of holidays"),
        ("2025-10-02", 2, KOREA, "2025-10-14", "and then Columbus Day"),
        ("2025-10-02", 2, ("KR",), "2025-10-13", "which Korea does not keep"),
        # Saturday 4 July 2026 is observed on the Friday.
        ("2026-07-02", 1, JAPAN, "2026-07-06", "Independence Day, observed"),
        # A notice that comes on a weekend counts from the next business day.
        ("2026-08-01", 1, JAPAN, "2026-08-03", "Monday is the first day after Saturday"),
    ],
)  # fmt: skip
def test_hand_counted(notice: str, days: int, countries: tuple[str, ...], expected: str, why: str) -> None:
    assert due(day(notice), days, countries) == day(expected), why


def test_forty_five_business_days_after_the_first_batch() -> None:
    """Notice on Tuesday 17 February 2026.

    February: 18, 19, 20 (3), 24 to 27, the 23rd being the Emperor's Birthday (7). March: 22 weekdays less the 20th,
    the equinox (28). April: 1 to 3 (31), 6 to 10 (36), 13 to 17 (41), 20 to 23 (45).
    """
    assert due(day("2026-02-17"), 45, JAPAN) == day("2026-04-23")


def test_forty_five_business_days_across_two_new_years() -> None:
    """Notice on Monday 1 December 2025, Korea: December 2 to 31 has 22 weekdays less Christmas (21).

    January 2026: 22 weekdays less New Year's Day and Martin Luther King Day on the 19th (41). February: 2 to 5 (45).
    """
    assert due(day("2025-12-01"), 45, KOREA) == day("2026-02-05")


def test_no_days_of_notice_is_the_day_itself() -> None:
    assert due(day("2026-05-03"), 0, JAPAN) == day("2026-05-03")


@settings(deadline=None, max_examples=30)
@given(st.dates(dt.date(2025, 1, 1), dt.date(2032, 12, 31)), st.integers(0, 60), st.sampled_from([JAPAN, KOREA]))
def test_due_is_a_business_day_with_as_many_between(notice: dt.date, days: int, countries: tuple[str, ...]) -> None:
    end = due(notice, days, countries)
    between = [notice + dt.timedelta(days=n) for n in range(1, (end - notice).days + 1)]
    assert sum(is_business_day(d, countries) for d in between) == days
    assert days == 0 or is_business_day(end, countries)
    assert all(due(notice, days, (c,)) <= end for c in countries), "each calendar more can only delay"


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_unreasonable_notices_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="business days"):
        due(day("2026-01-01"), days, JAPAN)


def test_a_country_without_a_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="XX"):
        due(day("2026-01-01"), 1, ("US", "XX"))
