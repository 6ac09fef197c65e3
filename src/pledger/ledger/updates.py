"""When a newer value replaces an older one, so that the older is history and no error."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.ledger.told import told_order
from pledger.ledger.voices import Voice
from pledger.model import Modality, Money, Qualifier, Share, Value

__all__ = ["replaced_amounts", "replaces"]

_MOST = 100
"""Groups that are compared with each other: a hostile text may list a hundred thousand numbers."""


def replaces(newer: Sequence[Voice], older: Sequence[Voice]) -> bool:
    """Whether one side's reports replace the other's.

    All reports of both are dated, the first of the newer comes after the last of the older, and the newer rest on an
    office of state, or on two origins, or say themselves that the figure is a new one, or the older were plans, bounds
    or ranges only that the newer lie outside of (a preview that the event has overtaken). So a late single outlet never
    overturns what others asserted, and a figure under a bound does not replace the bound.
    """
    days_newer, days_older = [v.day for v in newer], [v.day for v in older]
    if not days_newer or not days_older or None in days_newer or None in days_older:
        return False
    first, last = min(d for d in days_newer if d), max(d for d in days_older if d)
    if first <= last:
        return False
    told = [v.claim.value for v in newer]
    plans = all(v.claim.modality in (Modality.PLANNED, Modality.POSSIBLE) or _loose(v.claim.value, told) for v in older)
    said = any(v.claim.told == "newer" for v in newer)
    return plans or said or any(v.letter == "A" for v in newer) or len({v.root.key for v in newer}) >= 2


def _loose(value: Value, newer: Sequence[Value]) -> bool:
    """Whether a value is a bound or a range, and all the newer values lie outside of it."""
    if not isinstance(value, Money | Share) or value.qualifier not in (
        Qualifier.UP_TO,
        Qualifier.AT_LEAST,
        Qualifier.BETWEEN,
    ):
        return False
    low, high = value.low or 0.0, value.high if value.high is not None else float("inf")
    ends = [e for v in newer if isinstance(v, Money | Share) for e in (v.low, v.high) if e is not None]
    return bool(ends) and not any(low <= end <= high for end in ends)


def replaced_amounts(groups: Sequence[tuple[Value, Sequence[Voice]]]) -> frozenset[str]:
    """Ids of the claims of groups that another group replaces."""
    compared = groups[:_MOST]
    return frozenset(
        voice.claim.id
        for value, older in compared
        if any(
            replaces(newer, older) or told_order(newer, older) > 0 for other, newer in compared if other is not value
        )
        for voice in older
    )
