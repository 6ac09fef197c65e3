"""Sides, their weights and the standing of a figure: rule 3 of the design, in one place.

Values that agree form a side. A side weighs `1 - prod(1 - r)` over its independent origins, r being the weight of the
best of an origin's latest words for it. An origin votes once for a value; where its dated words moved from one side to
another, the older ones weigh nothing; and neither does what later reports replaced (`stale`). Whatever weighs nothing
is still a side, and still shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import prod

from pledger.ledger.grades import digit
from pledger.ledger.voices import Voice
from pledger.model import Origin, Side, Standing, Value

__all__ = ["make_side", "sides_of", "standing_of"]

Group = tuple[Value, Sequence[Voice]]
_AGREED = 0.9
"""Share of all sides' weight that the heaviest needs to be agreed; the design's number."""


def sides_of(groups: Sequence[Group], stale: Collection[str] = frozenset()) -> tuple[Side, ...]:
    """The sides of these groups, heaviest first. `stale`: ids of claims that later reports replaced."""
    latest: dict[str, dt.date] = {}
    for _, voices in groups:
        for voice in voices:
            if voice.day is not None:
                latest[voice.root.key] = max(latest.get(voice.root.key, voice.day), voice.day)
    votes = [_votes(voices, latest, stale) for _, voices in groups]
    weights = [1 - prod(1 - r for r, _ in its.values()) for its in votes]
    heaviest = max(weights, default=0.0)
    contested = sum(w > 0 for w in weights) > 1
    sides = [
        _side(value, its, weight, weight == heaviest and weight > 0, contested)
        for (value, _), its, weight in zip(groups, votes, weights, strict=True)
    ]
    return tuple(sorted(sides, key=lambda s: (-s.weight, -len(s.origins), s.claims)))


def make_side(value: Value, voices: Sequence[Voice]) -> Side:
    """One side by itself, as the checks need it: weighed without regard to what others say."""
    return sides_of([(value, voices)])[0]


def standing_of(sides: Sequence[Side]) -> Standing:
    """How well the heaviest side is supported."""
    origins = {o.name for side in sides for o in side.origins if o.weight > 0}
    if not origins:
        return Standing.UNSUPPORTED
    if len(origins) == 1:
        return Standing.SINGLE_SOURCE
    behind = sum(o.weight > 0 for o in sides[0].origins)
    if behind >= 2 and sides[0].weight >= _AGREED * sum(s.weight for s in sides):
        return Standing.AGREED
    return Standing.CONTESTED


def _votes(
    voices: Sequence[Voice], latest: dict[str, dt.date], stale: Collection[str]
) -> dict[str, tuple[float, list[Voice]]]:
    """By origin: its weight for this side, and its voices there."""
    by_origin: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_origin[voice.root.key].append(voice)
    votes = {}
    for key, its in sorted(by_origin.items()):
        valid = [v.weight for v in its if v.claim.id not in stale and v.day in (None, latest.get(key))]
        votes[key] = (max(valid, default=0.0), sorted(its, key=lambda v: (v.claim.document, v.claim.span, v.claim.id)))
    return votes


def _side(
    value: Value, votes: dict[str, tuple[float, list[Voice]]], weight: float, heaviest: bool, contested: bool
) -> Side:
    behind = sum(r > 0 for r, _ in votes.values())
    origins = []
    for r, voices in votes.values():
        best = max(voices, key=lambda v: (v.weight, v.claim.id))
        number = best.digit or digit(best.letter, behind, heaviest, contested, best.claim.modality)
        origins.append(Origin(best.origin, f"{best.letter}{number}", tuple(v.claim.id for v in voices), r))
    origins.sort(key=lambda o: (-o.weight, o.name, o.claims))
    return Side(value, tuple(origins), weight)
