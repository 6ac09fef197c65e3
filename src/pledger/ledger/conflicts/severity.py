"""How much hangs on a conflict: a number from 0 to 100 to sort by, and `low`, `medium` or `high`.

    severity = 100 * stake * doubt * kind

- *stake*: the part of the money that the answer decides. Of amounts, what lies between the smallest and the largest
  side; of all else, the whole amount of the entity; either over the total of its programme (without one, over the
  largest side).
- *doubt*: how evenly the sides are matched, the weight of the second heaviest over that of the heaviest, at least a
  fifth: a slip by one article against thirty is all but settled, two officials against each other are not.
- *kind*: 1 for disputes, arithmetic and slips; 0.5 for definitions, which need a word and no correction; 0.25 for
  updates, which are history.

`high` from 30 on, `medium` from 8 on. Everything is taken from the figures of one programme's group.
"""

from __future__ import annotations

from pledger.ledger.agree import in_dollars
from pledger.ledger.explain import point
from pledger.ledger.picture import Picture
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Money, Share

__all__ = ["severity"]

_KIND = {ConflictKind.DEFINITION: 0.5, ConflictKind.UPDATE: 0.25}
_PLEDGES = (EntityKind.PROGRAMME, EntityKind.TRANCHE)
_LEAST_DOUBT = 0.2
_LEAST_STAKE = 0.02
_UNKNOWN = 0.25
"""Stake of what has no amount: a term of a programme, a tariff; and of a project whose cost nobody gives."""


def severity(picture: Picture, conflict: Conflict) -> float:
    """The severity of a conflict of this picture, from 0 to 100, to one decimal."""
    weights = sorted((side.weight for side in conflict.sides), reverse=True)
    doubt = weights[1] / weights[0] if len(weights) > 1 and weights[0] > 0 else 1.0
    score = 100 * _stake(picture, conflict) * min(1.0, max(_LEAST_DOUBT, doubt)) * _KIND.get(conflict.kind, 1.0)
    return round(score, 1)


def _stake(picture: Picture, conflict: Conflict) -> float:
    sizes = [x for side in conflict.sides if (x := _dollars(side.value, yearly=True)) is not None]
    whole = _total(picture, _programme(picture, conflict.entity)) or max(sizes, default=0.0)
    if conflict.attribute is Attribute.AMOUNT and len(sizes) > 1 and whole > 0:
        alone = _programme(picture, conflict.entity) is None and conflict.entity.kind not in _PLEDGES
        return min(_UNKNOWN if alone else 1.0, max(_LEAST_STAKE, (max(sizes) - min(sizes)) / whole))
    shares = [x for side in conflict.sides if isinstance(side.value, Share) and (x := point(side.value)) is not None]
    if len(shares) > 1 and max(shares) > 0:
        return min(1.0, max(_LEAST_STAKE, max(shares) - min(shares)))
    if conflict.entity.kind is EntityKind.PROGRAMME and conflict.attribute is not Attribute.PARTY:
        return 1.0 if conflict.attribute in (Attribute.AMOUNT, Attribute.SHARE, Attribute.STAGE) else 2 * _UNKNOWN
    own = _total(picture, conflict.entity)
    if own is None or whole <= 0:
        return _UNKNOWN if conflict.entity.kind is not EntityKind.PROJECT else _LEAST_STAKE
    return min(1.0, max(_LEAST_STAKE, own / whole))


def _programme(picture: Picture, entity: Entity) -> Entity | None:
    key = dict(entity.attributes).get("programme")
    return picture.programmes.get(key) if key else None


def _total(picture: Picture, entity: Entity | None) -> float | None:
    figure = picture.figure(entity.id, Attribute.AMOUNT, "total") if entity is not None else None
    return _dollars(figure.value) if figure is not None else None


def _dollars(value: object, *, yearly: bool = False) -> float | None:
    if not isinstance(value, Money) or (value.period is not None and not yearly):
        return None
    amount = point(value)
    return in_dollars(amount, value.currency, None) if amount is not None else None
