"""Conditions told in two ways: 45 business days or 45 days, principal alone or with interest, approval open or met."""

from __future__ import annotations

from pledger.ledger import terms
from pledger.ledger.explain import apart, conflict, day, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import names
from pledger.ledger.stages import SAME_TIME
from pledger.ledger.updates import replaces
from pledger.ledger.voices import PLEDGERS
from pledger.model import Attribute, Conflict, ConflictKind, EntityKind, Figure, Side, Text

__all__ = ["conditions"]


def conditions(picture: Picture) -> list[Conflict]:
    """Values of one topic that different origins give, as a dispute; as an update where later reports replace earlier.

    Of a topic with steps (approval: open, then met) the later step is an update when every report of it is later. Of a
    programme nothing more is said on such a topic: it has many approvals, some given and some open.
    """
    found = []
    for figure in picture.figures:
        feature = figure.attribute is Attribute.KIND and terms.features(figure.qualifier)
        if (figure.attribute is Attribute.CONDITION or feature) and figure.entity.kind in PLEDGERS:
            found += _topic(picture, figure)
    return found


def _topic(picture: Picture, figure: Figure) -> list[Conflict]:
    topic = figure.qualifier
    sides = [s for s in figure.sides if isinstance(s.value, Text) and terms.split(s.value.text)[0] == topic]
    if terms.steps(topic):
        return _step(picture, figure, sides)
    if len(sides) < 2:
        return []
    others = [s for s in sides[1:] if _differ(picture, sides[0], s) and not _beside(picture, figure, sides[0], s)]
    found = []
    updates = [s for s in others if _changed(picture, sides[0], s)]
    if updates:
        found.append(_update(picture, figure, [sides[0], *updates]))
    disputed = [s for s in others if s not in updates]
    if disputed:
        found.append(_dispute(picture, figure, [sides[0], *disputed]))
    return found


def _differ(picture: Picture, a: Side, b: Side) -> bool:
    """Whether two values are two accounts of one thing: by different origins, and by more than rounding."""
    if terms.rounded(terms.split(_text(a))[1], terms.split(_text(b))[1]):
        return False
    return apart(picture.of(a), picture.of(b)) or _corrects(picture, a, b) or _corrects(picture, b, a)


def _beside(picture: Picture, figure: Figure, heavy: Side, light: Side) -> bool:
    """Whether all who give a size give the usual one too, in one report: then it is the size of a part, or of what
    stands beside. A report that quotes two sources on two sizes leaves them apart."""
    ours = {(v.claim.document, v.root.key) for v in picture.of(heavy)}
    theirs = {(v.claim.document, v.root.key) for v in picture.of(light)}
    taken_back = any(v.denied for document, _ in theirs for v in picture.told(document, figure.entity.id))
    return figure.attribute is Attribute.KIND and theirs <= ours and not taken_back


def _changed(picture: Picture, a: Side, b: Side) -> bool:
    """Whether one replaces the other: terms do not change by being retold.

    An office of state gives it after all reports of the other, or a text takes the other back, or plans were redrawn.
    """
    for newer, older in ((a, b), (b, a)):
        voices, before = picture.of(newer), picture.of(older)
        if replaces(voices, before) and any(v.letter == "A" for v in voices):
            return True
        if _corrects(picture, newer, older):
            return True
        first, last = [v.day for v in voices if v.day], [v.day for v in before if v.day]
        if terms.redrawn(terms.split(_text(a))[0]) and first and last and (min(first) - max(last)).days > SAME_TIME:
            return True
    return False


def _corrects(picture: Picture, newer: Side, older: Side) -> bool:
    """Whether a text that gives the newer value takes the older one back ("an earlier version said")."""
    value = older.value
    return any(
        voice.denied and voice.claim.value == value
        for document in {v.claim.document for v in picture.of(newer)}
        for voice in picture.told(document, picture.of(newer)[0].entity.id)
    )


def _step(picture: Picture, figure: Figure, sides: list[Side]) -> list[Conflict]:
    order = terms.steps(figure.qualifier)
    known = [s for s in sides if terms.split(_text(s))[1] in order]
    known.sort(key=lambda s: order.index(terms.split(_text(s))[1]), reverse=True)
    if len(known) < 2 or not apart(picture.of(known[0]), picture.of(known[1])):
        return []
    new, old = ([v.day for v in picture.of(s)] for s in known[:2])
    if None not in (*new, *old) and min(d for d in new if d) > max(d for d in old if d):
        return [_update(picture, figure, known[:2])]
    return [] if figure.entity.kind is EntityKind.PROGRAMME else [_dispute(picture, figure, known[:2])]


def _dispute(picture: Picture, figure: Figure, sides: list[Side]) -> Conflict:
    said = []
    for side in sides:
        voices = picture.of(side)
        said.append(f"{who(voices)} {'say' if plural(voices) else 'says'} {terms.called(_text(side))}")
    text = f"On {terms.asks(figure.qualifier)}: {names(said)}: {_why(figure.qualifier, sides)}."
    return _conflict(figure, ConflictKind.DISPUTE, sides, text)


def _update(picture: Picture, figure: Figure, sides: list[Side]) -> Conflict:
    sides = sorted(sides, key=lambda s: max(str(v.day) for v in picture.of(s)), reverse=True)
    new, olds = picture.of(sides[0]), sides[:0:-1]
    old = names([f"{who(v)} had “{terms.called(_text(s))}” until {day(v, max)}" for s in olds for v in [picture.of(s)]])
    text = f"On {terms.asks(figure.qualifier)}: {old}; {who(new)} {'have' if plural(new) else 'has'} had "
    text += f"“{terms.called(_text(sides[0]))}” since {day(new, min)}: the newer replaces the older."
    return _conflict(figure, ConflictKind.UPDATE, sides, text)


def _conflict(figure: Figure, kind: ConflictKind, sides: list[Side], text: str) -> Conflict:
    values = [terms.called(_text(s)) for s in sides]
    return conflict(figure.entity, figure.attribute, kind, sides, text, values=values)


def _why(topic: str, sides: list[Side]) -> str:
    """What the difference comes to: of lengths of time in weeks, of other values what the lexicon says of the topic."""
    told = [terms.split(_text(s))[1] for s in sides]
    lengths = [(terms.length(t), terms.weeks(t)) for t in told]
    shown = [f"{n[0]} {n[1]} are about {terms.in_words(w)}" for n, w in lengths if n is not None and w is not None]
    return names(shown) if len(shown) == len(told) else terms.why(topic)


def _text(side: Side) -> str:
    return side.value.text if isinstance(side.value, Text) else ""
