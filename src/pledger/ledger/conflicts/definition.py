"""Definitions: figures that differ because they do not measure the same: a bound and a value, a part and the whole."""

from __future__ import annotations

from pledger.ledger.conflicts.pairs import bounded, pairs
from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import count
from pledger.ledger.say import value as say
from pledger.model import Conflict, ConflictKind, Money, Qualifier, Share, Side

__all__ = ["definitions"]


def definitions(picture: Picture) -> list[Conflict]:
    """Pairs of amounts or shares of one thing that are both right once it is said what each covers."""
    found = []
    for pair in pairs(picture, ConflictKind.DEFINITION):
        heavy, light = say(pair.heavy.value), say(pair.light.value)
        ours, theirs = picture.of(pair.heavy), picture.of(pair.light)
        lead = f"{who(ours)} {'give' if plural(ours) else 'gives'} {heavy}, {who(theirs)} {light}: "
        bound, within = (heavy, light) if _bounds(pair.heavy) else (light, heavy)
        why = f"{bound} is a bound and {within} lies within it, so both can be right."
        if not bounded(pair.heavy, pair.light):
            both = {v.claim.document for v in ours} & {v.claim.document for v in theirs}
            why = f"{count(len(both))} reports give both, so the two do not measure the same; say which is meant."
        found.append(
            conflict(
                pair.figure.entity, pair.figure.attribute, ConflictKind.DEFINITION, (pair.heavy, pair.light), lead + why
            )
        )
    return found


def _bounds(side: Side) -> bool:
    value = side.value
    return isinstance(value, Money | Share) and value.qualifier in (Qualifier.UP_TO, Qualifier.AT_LEAST)
