"""Amounts of a programme that are smaller than the size which the same text gives for the whole: parts of it.

A text on a first batch gives two sums, "$40bn of its $600bn pledge", and words of investing stand beside both. Only the
larger one is the programme's size. A tenth or a hundredth of it is none of its parts but most likely a slip, and what
is nearly as large another figure for the whole: both stay sizes, so that they can be held against it.
"""

from __future__ import annotations

from pledger.model import Mention, Money, Span
from pledger.reading.found import Found
from pledger.reading.placed import Placed
from pledger.reading.programmes.known import known_size

__all__ = ["is_lesser", "lesser"]

_NEARLY, _HALF = 0.8, 0.5
"""Of the whole: below these an amount is a part, where the whole is known, and where only this text gives it."""
_SLIPS = (10.0, 100.0, 1000.0)


def lesser(owned: dict[Span, tuple[Mention, str]], amounts: Placed[Found[Money]]) -> dict[tuple[str, str], float]:
    """Make those amounts in `owned` parts that are smaller than the whole; return the wholes by key and currency."""
    tops: dict[tuple[str, str], tuple[float, bool]] = {}
    sized: list[tuple[Span, Mention, float, str]] = []
    for span, amount in amounts:
        mention, scope = owned.get(span, (None, None))
        if mention is None or mention.key is None or scope != "ceiling":
            continue
        size = amount.value.low or amount.value.high or 0.0
        sized.append((span, mention, size, amount.value.currency))
        known = known_size(mention.key, amount.value.currency)
        place = (mention.key, amount.value.currency)
        top, sure = tops.get(place, (0.0, False))
        if known is not None and size == known:
            tops[place] = (known, True)
        elif not sure:
            tops[place] = (max(top, size), False)
    for span, mention, size, currency in sized:
        top, sure = tops[(mention.key or "", currency)]
        if is_lesser(size, top, sure=sure):
            owned[span] = (mention, "part")
    return {place: top for place, (top, sure) in tops.items() if sure}


def is_lesser(size: float, top: float, *, sure: bool = True) -> bool:
    """Whether an amount can only be a part of a whole of `top`."""
    if size <= 0 or any(abs(size * slip / top - 1) < 0.01 for slip in _SLIPS):
        return False
    return size < (_NEARLY if sure else _HALF) * top
