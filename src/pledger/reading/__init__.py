"""Document in, claims out: recognisers for money, dates, shares, names, attribution, stages, parties."""

from __future__ import annotations

from pledger.reading.attribution import attributions
from pledger.reading.dates import dates
from pledger.reading.found import Found, FoundAttribution
from pledger.reading.money import amounts
from pledger.reading.reader import read, speakers
from pledger.reading.sentences import sentences
from pledger.reading.shares import shares

__all__ = ["Found", "FoundAttribution", "amounts", "attributions", "dates", "read", "sentences", "shares", "speakers"]
