"""What `data/programmes` knows of programmes before any text is read: their sizes and who hosts them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from pledger.data import programmes
from pledger.model import Money

__all__ = ["known_ceiling", "known_investors", "known_part", "known_size", "usual_host"]


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
def known_size(key: str, currency: str) -> float | None:
    """The known ceiling of a programme in units of a currency; None where none is known in it."""
    return next((size for (size, unit), known in _sizes().items() if known == key and unit == currency), None)


@cache
def _parts() -> dict[tuple[float, str], str]:
    """The key of a programme by the amount and currency of a part of it; not where two have such a part."""
    parts: dict[tuple[float, str], set[str]] = {}
    for key, programme in programmes().items():
        for part in programme.get("parts") or ():
            size = part.get("high") if part.get("high") is not None else part.get("low")
            if size is not None:
                parts.setdefault((float(size), str(part.get("currency"))), set()).add(key)
    return {size: next(iter(keys)) for size, keys in parts.items() if len(keys) == 1}


def known_part(money: Money) -> str | None:
    """The key of the programme of which an amount equals a known part, else None."""
    size = money.high if money.high is not None else money.low
    return _parts().get((size, money.currency)) if size is not None else None


@cache
def known_investors() -> dict[str, str]:
    """Code of each country that has a programme, and the programme's key."""
    return {key.partition(">")[0]: key for key in programmes()}


@cache
def usual_host() -> str:
    """The country that hosts most of the known programmes: the one meant where a text does not say."""
    return Counter(key.partition(">")[2] for key in programmes()).most_common(1)[0][0]
