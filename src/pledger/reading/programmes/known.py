"""What `data/programmes` knows of programmes before any text is read: their sizes and who hosts them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from pledger.data import programmes
from pledger.model import Money

__all__ = ["known_ceiling", "known_investors", "usual_host"]


@cache
def _sizes() -> dict[tuple[float, str], str]:
    """The key of a programme by the amount and currency of its ceiling."""
    sizes: dict[tuple[float, str], str] = {}
    for key, programme in programmes().items():
        ceiling = programme.get("ceiling") or {}
        known = ceiling.get("high") if ceiling.get("high") is not None else ceiling.get("low")
        if known is not None:
            sizes.setdefault((float(known), str(ceiling.get("currency"))), key)
    return sizes


def known_ceiling(money: Money) -> str | None:
    """The key of the programme whose known ceiling an amount equals, else None."""
    size = money.high if money.high is not None else money.low
    return _sizes().get((size, money.currency)) if size is not None else None


@cache
def known_investors() -> dict[str, str]:
    """Code of each country that has a programme, and the programme's key."""
    return {key.partition(">")[0]: key for key in programmes()}


@cache
def usual_host() -> str:
    """The country that hosts most of the known programmes: the one meant where a text does not say."""
    return Counter(key.partition(">")[2] for key in programmes()).most_common(1)[0][0]
