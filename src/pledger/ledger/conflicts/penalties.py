"""How high a tariff may go when a promise is not kept: capped by one report, open by another."""

from __future__ import annotations

from pledger.ledger.explain import apart, conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import value as say
from pledger.model import Attribute, Conflict, ConflictKind, Figure, Qualifier, Share

__all__ = ["penalties"]

_TOPIC = "penalty tariff"


def penalties(picture: Picture) -> list[Conflict]:
    """A cap on the penalty tariff of a programme's country, against words that let its host choose any rate."""
    open_ = {
        dict(f.entity.attributes).get("programme"): f
        for f in picture.figures
        if f.attribute is Attribute.CONDITION and f.qualifier == _TOPIC and dict(f.entity.attributes).get("programme")
    }
    found = []
    for figure in picture.figures:
        if figure.attribute is Attribute.SHARE and figure.entity.name.startswith(_TOPIC):
            free = open_.get(dict(figure.entity.attributes).get("programme"))
            if free is not None:
                found += _against(picture, figure, free)
    return found


def _against(picture: Picture, figure: Figure, free: Figure) -> list[Conflict]:
    capped = [s for s in figure.sides if isinstance(s.value, Share) and s.value.qualifier is Qualifier.UP_TO]
    theirs = picture.of(free.sides[0])
    if not capped or not apart(picture.of(capped[0]), theirs):
        return []
    ours = picture.of(capped[0])
    text = f"On how high tariffs may go if the money does not come: {who(ours)} "
    text += f"{'say' if plural(ours) else 'says'} {say(capped[0].value)}, {who(theirs)} "
    text += (
        f"{'say' if plural(theirs) else 'says'} that the host may choose any rate: a cap and none cannot both stand."
    )
    sides = (capped[0], free.sides[0])
    return [conflict(figure.entity, Attribute.SHARE, ConflictKind.DISPUTE, sides, text)]
