"""Dates: every spelling, as intervals, with what happens then."""

from pledger.reading.dates.dates import dates

__all__ = ["dates"]
