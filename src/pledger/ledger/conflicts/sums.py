"""Sums: what one report lists as the parts of a batch, what of a programme a part is, sums restated in other money.

Each part, whole and share may be rounded, bounded or converted; an alarm needs more than all of that together explains.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable

from pledger.ledger.agree import ABOUT, half_unit
from pledger.ledger.explain import apart, conflict, plural, point, who
from pledger.ledger.figures import TOTAL
from pledger.ledger.picture import Picture
from pledger.ledger.rates import rate_of
from pledger.ledger.say import money, names, number
from pledger.ledger.say import value as say
from pledger.ledger.voices import Voice
from pledger.ledger.weigh import make_side
from pledger.model import (
    Attribute,
    Conflict,
    ConflictKind,
    EntityKind,
    Figure,
    Instruments,
    Money,
    Qualifier,
    Share,
)

__all__ = ["sums"]

_MOST_PARTS = 12
_EVEN = 0.002
"""Relative error within which parts come to their whole as if none were rounded."""
_OFF = 0.005
"""Relative error from which a rounded part shows that it is the rounded one."""
_WHOLES = frozenset({"total", "whole", "sum", "gesamtsumme", "全体", "総額", "总额", "總額", "전체", "총액"})


def sums(picture: Picture) -> list[Conflict]:
    """Batches against their projects, rounded parts of batches, parts by instrument, sums in two currencies."""
    return [*_batches(picture), *_instruments(picture), *_conversions(picture)]


# A batch and its projects, as one report lists them


def _batches(picture: Picture) -> list[Conflict]:
    found = []
    for figure in picture.figures:
        if (
            figure.entity.kind is EntityKind.TRANCHE
            and figure.attribute is Attribute.AMOUNT
            and figure.qualifier == TOTAL
        ):
            told = [v for side in figure.sides for v in picture.of(side)]
            wholes = _distinct(picture.of(figure.sides[0]))
            amounts = picture.amounts(v.claim.document for v in wholes) if picture.members.get(figure.entity.id) else {}
            for whole in wholes:
                parts = _parts(picture, figure, whole, amounts.get(whole.claim.document, []))
                if len(parts) >= 2:
                    same = [v for v in told if v.claim.document == whole.claim.document]
                    wrong = [] if any(_comes_to(v, parts) for v in same) else _exceeding(figure, whole, parts)
                    found += wrong or _rounded(picture, whole, parts)
    return list({c.id: c for c in found}.values())


def _distinct(voices: list[Voice]) -> list[Voice]:
    """One plain voice of each document: copies list the same parts."""
    plain = [v for v in voices if _plain(v) is not None and v.document.echo_of is None]
    return list({v.claim.document: v for v in reversed(plain)}.values())


def _plain(voice: Voice) -> float | None:
    value = voice.claim.value
    if not isinstance(value, Money) or value.period is not None or value.converts is not None or voice.denied:
        return None
    return point(value) if value.qualifier in (Qualifier.EXACT, Qualifier.ABOUT) else None


def _parts(picture: Picture, figure: Figure, whole: Voice, amounts: Iterable[Voice]) -> list[Voice]:
    """The projects of a batch that the report of its total gives amounts of, each once; they must be its own.

    Where it speaks of another batch too, only those in the sentence of the total are known to be.
    """
    members = set(picture.members.get(figure.entity.id, ()))
    said = picture.document(whole.claim.document)
    if any(v.entity.kind is EntityKind.TRANCHE and v.entity.id != figure.entity.id for v in said):
        amounts = [v for v in amounts if v.claim.sentence == whole.claim.sentence]
    parts: dict[str, Voice] = {}
    for voice in amounts:
        value = voice.claim.value
        mine = voice.entity.id in members and voice.claim.scope in (None, "project", "total", "ceiling")
        if not mine or not isinstance(value, Money) or not isinstance(whole.claim.value, Money):
            continue
        if _plain(voice) is not None and value.currency == whole.claim.value.currency:
            parts.setdefault(voice.entity.id, voice)
    return sorted(parts.values(), key=lambda v: v.claim.span)[:_MOST_PARTS]


def _spare(voice: Voice) -> float:
    x = _plain(voice) or 0.0
    value = voice.claim.value
    about = ABOUT * x if isinstance(value, Money) and value.qualifier is Qualifier.ABOUT else 0.0
    return max(half_unit(voice.claim.text, x), about)


def _comes_to(whole: Voice, parts: list[Voice]) -> bool:
    """Whether the parts add up to a sum that the report gives, roundings aside: then that one is their whole."""
    total, sum_ = _plain(whole), sum(_plain(p) or 0.0 for p in parts)
    return total is not None and abs(total - sum_) <= _spare(whole) + sum(map(_spare, parts)) + _EVEN * total


def _exceeding(figure: Figure, whole: Voice, parts: list[Voice]) -> list[Conflict]:
    """Projects of a batch that one report lists, and that together cost more than the batch, roundings aside."""
    total, sum_ = _plain(whole) or 0.0, sum(_plain(p) or 0.0 for p in parts)
    spare = _spare(whole) + sum(map(_spare, parts))
    if sum_ - total <= spare + 0.02 * total or not isinstance(whole.claim.value, Money):
        return []
    together = Money(sum_, sum_, whole.claim.value.currency, Qualifier.EXACT)
    text = f"{who(parts)} {'list' if plural(parts) else 'lists'} "
    text += f"{names([f'{p.entity.name} at {say(p.claim.value)}' for p in parts])}, together {money(together)}: "
    text += f"more than the {say(whole.claim.value)} that the same report gives for all of them."
    sides = (make_side(whole.claim.value, [whole]), *(make_side(p.claim.value, [p]) for p in parts))
    return [conflict(figure.entity, Attribute.AMOUNT, ConflictKind.ARITHMETIC, sides, text)]


def _rounded(picture: Picture, whole: Voice, parts: list[Voice]) -> list[Conflict]:
    """Parts that come to the total exactly, of one of which other reports give a rounded figure as if it were exact."""
    total, sum_ = _plain(whole) or 0.0, sum(_plain(p) or 0.0 for p in parts)
    if not total or abs(sum_ - total) > _EVEN * total:
        return []
    found = []
    for part in parts:
        fine, figure = _plain(part) or 0.0, picture.figure(part.entity.id, Attribute.AMOUNT, TOTAL)
        coarse = [
            v
            for side in (figure.sides if figure is not None else ())
            for v in picture.of(side)
            if isinstance(v.claim.value, Money)
            and isinstance(part.claim.value, Money)
            and v.claim.value.qualifier is Qualifier.EXACT
            and v.claim.value.currency == part.claim.value.currency
            and v.claim.document != part.claim.document
            and 0 < abs((_plain(v) or fine) - fine) <= _spare(v)
            and abs(sum_ - fine + (_plain(v) or fine) - total) > _OFF * total
        ]
        same = [v for v in coarse if v.claim.value == coarse[0].claim.value]
        if not same or not apart([part], same):
            continue
        precise = [
            v
            for side in (figure.sides if figure is not None else ())
            for v in picture.of(side)
            if v.claim.value == part.claim.value
        ]
        text = f"{who(same)} {'give' if plural(same) else 'gives'} {say(same[0].claim.value)}, {who(precise)} "
        text += f"{say(part.claim.value)}: the first is the second, rounded; only {say(part.claim.value)} comes with "
        text += f"the other projects to the sum that is given of the {whole.entity.name}."
        sides = (make_side(part.claim.value, precise), make_side(same[0].claim.value, same))
        found.append(conflict(part.entity, Attribute.AMOUNT, ConflictKind.DEFINITION, sides, text))
    return found


# A part of a programme, as a share and as a sum


def _instruments(picture: Picture) -> list[Conflict]:
    """What a report gives as a share of its programme and, elsewhere, as a sum, by one instrument (guarantees, loans).

    The share is of the programme's own total. A sum in other money is converted at the rate that the report uses.
    """
    by_document: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    parts = (v for v in picture.of_scope("part") if isinstance(v.claim.value, Money))
    for voice in (*(v for v in picture.on(Attribute.SHARE) if isinstance(v.claim.value, Share)), *parts):
        if voice.entity.kind is EntityKind.PROGRAMME and not voice.denied:
            by_document[voice.claim.document, voice.entity.id].append(voice)
    found = []
    for (_, entity_id), its in sorted(by_document.items()):
        whole = picture.figure(entity_id, Attribute.AMOUNT, TOTAL)
        if whole is None or not isinstance(whole.value, Money) or not point(whole.value):
            continue
        its.sort(key=lambda v: v.claim.span)
        shares = [v for v in its if isinstance(v.claim.value, Share) and _of_whole(v.claim.value)]
        amounts = [v for v in its if isinstance(v.claim.value, Money) and v.claim.scope == "part"]
        for share, group in itertools.groupby(
            ((s, a) for s in shares for a in amounts if _one_instrument(picture, s, a)), key=lambda pair: pair[0]
        ):
            # Of several sums of one instrument (a first step, the full size) the largest is held against the share.
            amount = max((a for _, a in group), key=lambda v: (point(v.claim.value) or 0.0, v.claim.id))
            found += _against_share(picture, whole, share, amount)
    return found


def _of_whole(share: Share) -> bool:
    return share.period is None and (share.of is None or share.of.casefold() in _WHOLES)


def _one_instrument(picture: Picture, a: Voice, b: Voice) -> bool:
    ours, theirs = _instrument(picture, a), _instrument(picture, b)
    return ours is not None and ours == theirs


def _instrument(picture: Picture, voice: Voice) -> tuple[str, ...] | None:
    """The instrument named nearest to a value in its sentence."""
    span = voice.claim.span
    near = [
        (max(v.claim.span.start - span.end, span.start - v.claim.span.end, 0), v.claim.value.instruments)
        for v in picture.beside(voice)
        if isinstance(v.claim.value, Instruments)
    ]
    return min(near)[1] if near else None


def _against_share(picture: Picture, whole: Figure, share: Voice, amount: Voice) -> list[Conflict]:
    value, part, total = share.claim.value, amount.claim.value, point(whole.value)
    if not isinstance(value, Share) or not isinstance(part, Money) or not total or not isinstance(whole.value, Money):
        return []
    own = picture.own_rate(amount.claim.document, part.currency)
    rate = rate_of(part.currency, amount.day, own)
    size = point(part)
    if rate is None or not size or whole.value.currency != "USD":
        return []
    dollars = size / rate.per_usd
    told = point(value) or 0.0
    spare = max(half_unit(share.claim.text, told), ABOUT * told if value.qualifier is Qualifier.ABOUT else 0.0)
    off = rate.spare * dollars + half_unit(amount.claim.text, size) / rate.per_usd * (part.currency == "USD")
    if part.qualifier is Qualifier.ABOUT:
        off = max(off, ABOUT * dollars)
    low = 0.0 if value.qualifier is Qualifier.UP_TO else (told - spare) * total
    high = float("inf") if value.qualifier is Qualifier.AT_LEAST else (told + spare) * total
    if part.qualifier is Qualifier.UP_TO or (low <= dollars + off and dollars - off <= high):
        return []
    right = number(round(100 * dollars / total, 1))
    text = f"{who([share])} {'put' if plural([share]) else 'puts'} the {_called(picture, share)} at {say(value)} of "
    text += f"{money(whole.value)}, which is {_dollars(told * total)}; but {say(part)} is {_dollars(dollars)}"
    text += f" at {rate.said}" if rate.said else ""
    text += f", {right} %: the two do not go together."
    sides = (make_side(part, [amount]), make_side(value, [share]))
    return [conflict(whole.entity, Attribute.AMOUNT, ConflictKind.ARITHMETIC, sides, text, rate.source or None)]


def _called(picture: Picture, voice: Voice) -> str:
    return names(
        [i.replace("_", " ") + ("s" if i[-1] != "y" else "") for i in _instrument(picture, voice) or ("parts",)]
    )


def _dollars(x: float) -> str:
    return f"about {money(Money(x, x, 'USD', Qualifier.EXACT))}"


# Conversions


def _conversions(picture: Picture) -> list[Conflict]:
    """Amounts restated in a second currency far from any rate that they can have been made at."""
    found = []
    for voice in picture.restatements():
        value = voice.claim.value
        base = _restated(picture, voice)
        if base is None or not isinstance(value, Money) or not isinstance(base.claim.value, Money):
            continue
        told, first = point(value), point(base.claim.value)
        ours, theirs = rate_of(value.currency, voice.day), rate_of(base.claim.value.currency, voice.day)
        if not told or not first or ours is None or theirs is None or value.currency == base.claim.value.currency:
            continue
        right = first / theirs.per_usd * ours.per_usd
        spare = max(half_unit(voice.claim.text, told), ABOUT * told if value.qualifier is Qualifier.ABOUT else 0.0)
        spare += half_unit(base.claim.text, first) / first * right
        if abs(told - right) <= spare + (ours.spare + theirs.spare) * right:
            continue
        used = names([r.said for r in (theirs, ours) if r.said])
        text = f"{who([voice])} restates {say(base.claim.value)} as {say(value)}, but at {used} it is "
        text += f"{money(Money(right, right, value.currency, Qualifier.ABOUT))}: {_slip(told / right)}."
        sides = (make_side(base.claim.value, [base]), make_side(value, [voice]))
        source = "; ".join(sorted({r.source for r in (ours, theirs) if r.source}))
        found.append(conflict(voice.entity, Attribute.AMOUNT, ConflictKind.ARITHMETIC, sides, text, source))
    return found


def _restated(picture: Picture, voice: Voice) -> Voice | None:
    """The amount that a voice gives once more in other money."""
    value = voice.claim.value
    if not isinstance(value, Money) or value.converts is None:
        return None
    its = (v for v in picture.document(voice.claim.document) if v.claim.span == value.converts)
    return max((v for v in its if isinstance(v.claim.value, Money)), key=lambda v: v.claim.id, default=None)


def _slip(ratio: float) -> str:
    """What a wrong conversion most likely is: the rate used twice or upside down is one thing, a lost zero another."""
    for power in (1, 2, 3, 4):
        for times in (10.0**power, 10.0**-power):
            if abs(ratio / times - 1) <= 0.25:
                return f"the restatement does not come out, by a factor of about {10**power:,}"
    return "the restatement does not come out"
