"""Definitions told by the reports' own words: money that is not new, others' intentions, two parts as one sum.

None of these is a wrong figure. Each says what a headline counts, so that nobody adds or compares it unawares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pledger.ledger.agree import half_unit
from pledger.ledger.explain import apart, conflict, plural, point, who
from pledger.ledger.figures import TOTAL
from pledger.ledger.picture import Picture
from pledger.ledger.say import names
from pledger.ledger.say import value as say
from pledger.ledger.stages import rung, says_not_yet, stage_of
from pledger.ledger.voices import Voice
from pledger.ledger.weigh import make_side
from pledger.model import (
    Attribute,
    Conflict,
    ConflictKind,
    EntityKind,
    Figure,
    Instruments,
    Modality,
    Money,
    Party,
    Stage,
    StageValue,
)

__all__ = ["meanings"]

_CALLED = {
    "direct_investment": "direct investment", "credit_line": "credit lines", "guarantee": "guarantees", "loan": "loans",
    "equity": "equity", "grant": "grants", "bond": "bonds", "insurance": "insurance", "cash": "cash",
}  # fmt: skip
_PROMISES = frozenset({"guarantee", "insurance"})
"""Instruments that pay only when somebody else does not."""


def meanings(picture: Picture) -> list[Conflict]:
    """What the headline figures of programmes count, where the reports' own words qualify it."""
    found = []
    for figure in picture.figures:
        if figure.entity.kind is not EntityKind.PROGRAMME:
            continue
        if figure.attribute is Attribute.KIND and figure.qualifier == "newness":
            found += _not_new(picture, figure)
        elif figure.attribute is Attribute.STAGE:
            found += _intentions(picture, figure)
        elif figure.attribute is Attribute.AMOUNT and figure.qualifier == TOTAL:
            found += _together(picture, figure)
    return found


def _not_new(picture: Picture, figure: Figure) -> list[Conflict]:
    """A total part of which had been announced before."""
    whole = picture.figure(figure.entity.id, Attribute.AMOUNT, TOTAL)
    if whole is None or not isinstance(whole.value, Money):
        return []
    ours, theirs = picture.of(whole.sides[0]), picture.of(figure.sides[0])
    text = f"{who(ours)} {'give' if plural(ours) else 'gives'} {say(whole.value)}, but {who(theirs)} "
    text += f"{'say' if plural(theirs) else 'says'} that part of it had been announced before: the new money is less, "
    text += "by an amount that no report states."
    sides = (whole.sides[0], figure.sides[0])
    return [
        conflict(figure.entity, Attribute.AMOUNT, ConflictKind.DEFINITION, sides, text, values=_values(whole, figure))
    ]


def _values(whole: Figure, figure: Figure) -> list[str]:
    return [say(whole.value), say(figure.value).partition(": ")[2] or say(figure.value)]


def _intentions(picture: Picture, figure: Figure) -> list[Conflict]:
    """A promise by a government that is made of what private firms intend, and that nobody can enforce."""
    voices = [v for side in figure.sides for v in picture.of(side)]
    promised = [v for v in voices if rung(stage_of(v)) >= rung(Stage.PLEDGED) and not says_not_yet(v)]
    meant = [
        v
        for v in voices
        if v.claim.modality is Modality.PLANNED
        and isinstance(v.claim.value, StageValue)
        and v.claim.value.stage is Stage.CANDIDATE
        and _by_private_firms(picture, v)
    ]
    force = [f for f in picture.figures_on(figure.entity.id, Attribute.CONDITION) if f.qualifier == "legal force"]
    if not promised or not meant or not force:
        return []
    denied = [v for v in voices if says_not_yet(v) and v.claim.document in {m.claim.document for m in meant}]
    binding = [v for f in force for side in f.sides for v in picture.of(side)]
    text = f"{who(promised)} {'call' if plural(promised) else 'calls'} it a promise, but {who(meant)} "
    text += f"{'say' if plural(meant) else 'says'} that it is made of what private firms intend, and {who(binding)} "
    text += f"{'say' if plural(binding) else 'says'} that nobody can enforce it: a sum of intentions, no commitment."
    sides = (make_side(StageValue(Stage.PLEDGED), promised), make_side(StageValue(Stage.CANDIDATE), [*meant, *denied]))
    return [conflict(figure.entity, Attribute.STAGE, ConflictKind.DEFINITION, sides, text)]


def _by_private_firms(picture: Picture, voice: Voice) -> bool:
    """Whether its sentence names unnamed firms as those who pay."""
    return any(
        isinstance(v.claim.value, Party)
        and v.claim.value.role == "sponsor"
        and v.claim.value.name == v.claim.value.name.lower()
        for v in picture.beside(voice)
    )


def _together(picture: Picture, figure: Figure) -> list[Conflict]:
    """Two parts of one size that one report adds up and that others leave apart: which sum is meant?"""
    value = figure.value
    single = point(value)
    if not isinstance(value, Money) or not single:
        return []
    ours = picture.of(figure.sides[0])
    sums = []
    for other in picture.figures_on(figure.entity.id, Attribute.AMOUNT):
        if isinstance(other.value, Money) and other.value.period is None:
            for side in other.sides:
                double, voices = point(side.value), picture.of(side)
                same = isinstance(side.value, Money) and side.value.currency == value.currency
                if same and double and abs(double - 2 * single) <= half_unit(voices[0].claim.text, double):
                    sums += [(side, v) for v in voices if _told_twice(v, ours)]
    alone = [v for v in ours if v.claim.document not in {w.claim.document for _, w in sums}]
    if not sums or not alone or not apart(alone, [v for _, v in sums]):
        return []
    side, adding = sums[0][0], [v for _, v in sums]
    kinds = _instruments(picture, ours)
    text = f"{who(ours)} {'give' if plural(ours) else 'gives'} {say(value)} {_each(kinds)}; {who(adding)} "
    text += f"{'add' if plural(adding) else 'adds'} the two up to {say(side.value)}: "
    text += _why(kinds)
    return [conflict(figure.entity, Attribute.AMOUNT, ConflictKind.DEFINITION, (figure.sides[0], side), text)]


def _told_twice(adding: Voice, ours: Iterable[Voice]) -> bool:
    """Whether the report that gives the sum gives the part twice in one sentence, for two things."""
    places: dict[tuple[int, int], set[int]] = defaultdict(set)
    for v in ours:
        if v.claim.document == adding.claim.document:
            places[v.claim.sentence.start, v.claim.sentence.end].add(v.claim.span.start)
    return any(len(starts) >= 2 for starts in places.values())


def _instruments(picture: Picture, voices: Iterable[Voice]) -> list[str]:
    found = [
        instrument
        for voice in voices
        for v in picture.beside(voice)
        if isinstance(v.claim.value, Instruments)
        for instrument in v.claim.value.instruments
    ]
    return sorted(dict.fromkeys(found), key=lambda i: (i in _PROMISES, i))


def _each(kinds: list[str]) -> str:
    called = [_CALLED.get(k, k.replace("_", " ")) for k in kinds]
    return f"each for {names(called)}" if len(called) > 1 else "for each of two parts"


def _why(kinds: list[str]) -> str:
    if set(kinds) & _PROMISES and set(kinds) - _PROMISES:
        return "the larger sum counts guarantees, which are promises to pay and no cash."
    return "the smaller figure is one part of the larger."
