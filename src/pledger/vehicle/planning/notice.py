"""Notice: the day on which funds fall due, N business days after the notice, on the calendars of both countries.

A business day is a weekday on which offices and banks are open in every country concerned: public holidays, substitute
holidays and, where the `holidays` library knows them, bank holidays (Japan's banks close from 31 December to 3
January). For the United States the federal calendar counts, with the day on which a holiday that falls on a weekend is
observed. The day of the notice is day nought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

import holidays

__all__ = ["MOST_DAYS", "due", "is_business_day", "known_calendar"]

MOST_DAYS = 2000
"""The longest notice that is counted: some eight years of business days."""
_CATEGORIES = ("public", "bank")
_WEEKEND = 5


@cache
def _closed(country: str, year: int) -> frozenset[dt.date]:
    """The days of a year on which a country's offices or banks are closed, besides weekends."""
    supported = holidays.list_supported_countries()
    if country not in supported:
        raise ValueError(f"no calendar of holidays for {country!r}; an ISO 3166 code such as US, JP or KR is wanted")
    known = holidays.country_holidays(country).supported_categories
    wanted = tuple(c for c in _CATEGORIES if c in known)
    return frozenset(holidays.country_holidays(country, years=year, categories=wanted))


def known_calendar(country: str) -> bool:
    """Whether there is a calendar of holidays for an ISO 3166 code."""
    return country in holidays.list_supported_countries()


def is_business_day(day: dt.date, countries: Sequence[str]) -> bool:
    """Whether offices and banks are open on `day` in each of `countries` (ISO 3166 codes)."""
    return day.weekday() < _WEEKEND and not any(day in _closed(country, day.year) for country in countries)


def due(notice: dt.date, days: int, countries: Sequence[str]) -> dt.date:
    """The `days`-th business day of all `countries` after the day of the notice.

    Raises ValueError for a country without a calendar, a negative number of days, or more than `MOST_DAYS`.
    """
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"a notice of {days} business days; from 0 to {MOST_DAYS} are counted")
    day, left = notice, days
    while left:
        day += dt.timedelta(days=1)
        left -= is_business_day(day, countries)
    return day
