"""Amounts of money: every spelling, ranges, bounds, rates, and amounts that only restate another."""

from pledger.reading.money.amounts import amounts

__all__ = ["amounts"]
