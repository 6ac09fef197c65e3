"""Shares of supply and demand: who supplies how much of what, and how much of a demand a project is to meet.

"China produces over 60 % of the world's synthetic diamonds", "three quarters of US imports of diamond powder come from
China", "the plant would meet all of US demand". `found.py` reads the frames of `data/lexicon/supply.toml` on a masked
sentence (`masking.py`), `wholes.py` puts the words for the whole together, `words.py` tells whether those are words of
supply, `portions.py` reads shares in words ("most of the world's gallium").
"""

from pledger.reading.supply.found import DEMAND, SUPPLY, Supplied, supplied
from pledger.reading.supply.portions import portions

__all__ = ["DEMAND", "SUPPLY", "Supplied", "portions", "supplied"]
