"""One project described as two different things: transmission by one report, generation by another."""

from __future__ import annotations

from collections import defaultdict

from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.kinds import ancestors, known, label, plain, related
from pledger.ledger.picture import Picture
from pledger.ledger.say import names
from pledger.ledger.voices import Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, EntityKind, Figure, Text

__all__ = ["kind_disputes"]


def kind_disputes(picture: Picture) -> list[Conflict]:
    """Projects whose kind is told in two ways that exclude each other.

    A finer word ('gas-fired power' for 'power') is no contradiction, and neither are two kinds that one report names
    together: a campus can be both.
    """
    found = []
    for figure in picture.figures:
        if figure.attribute is Attribute.KIND and not figure.qualifier and figure.entity.kind is EntityKind.PROJECT:
            found += _dispute(picture, figure)
    return found


def _telling(kind: str) -> bool:
    return known(kind) and not plain(kind)


def _dispute(picture: Picture, figure: Figure) -> list[Conflict]:
    by_kind: dict[str, list[Voice]] = defaultdict(list)
    told: dict[str, set[str]] = defaultdict(set)
    for side in figure.sides:
        for voice in picture.of(side):
            # "A works", "a line": such words, and kinds that no list has, say too little to exclude another.
            if isinstance(voice.claim.value, Text) and not voice.denied and _telling(voice.claim.value.text):
                by_kind[voice.claim.value.text].append(voice)
                told[voice.claim.document].add(voice.claim.value.text)
    # Wider words for a kind that is told anyway stand with it.
    finest = [k for k in by_kind if not any(k != other and k in ancestors(other) for other in by_kind)]
    together = {frozenset((a, b)) for kinds in told.values() for a in kinds for b in kinds if not related(a, b)}
    apart = sorted(
        k for k in finest if any(not related(k, o) and frozenset((k, o)) not in together for o in finest if o != k)
    )
    if len(apart) < 2:
        return []
    sides = sorted((make_side(Text(k), by_kind[k]) for k in apart), key=lambda s: (-s.weight, s.claims))
    said = [
        f"{who(picture.of(s))} {'describe' if plural(picture.of(s)) else 'describes'} it as a {label(s.value.text)}"
        for s in sides
        if isinstance(s.value, Text)
    ]
    text = f"{names(said)}: one project is not both, so the reports differ on what is to be built."
    return [conflict(figure.entity, Attribute.KIND, ConflictKind.DISPUTE, sides, text)]
