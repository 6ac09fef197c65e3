"""Shares: percent, fractions, one in five, splits; of what; and rates that are shares of nothing."""

from pledger.reading.shares.shares import shares

__all__ = ["shares"]
