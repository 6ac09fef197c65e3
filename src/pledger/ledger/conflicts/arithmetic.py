"""Arithmetic: shares of GDP against reference figures, parts against their whole, projects against their programme."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from pledger.data import programmes as programmes_known
from pledger.data import reference
from pledger.ledger.agree import half_unit, reach
from pledger.ledger.explain import conflict, plural, point, who
from pledger.ledger.figures import TOTAL
from pledger.ledger.geography import country_code, country_in_words
from pledger.ledger.picture import Picture
from pledger.ledger.say import money, names, number
from pledger.ledger.say import value as say
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, EntityKind, Figure, Money, Qualifier, Share, Side

__all__ = ["arithmetic"]

_ABOUT = 0.15
"""Relative error that 'about' excuses in a share: the reader is told 'about 10 %' for anything from 8.5 to 11.5."""
_YEARS = 2
"""Years to each side of the report from which a reference figure may have been taken."""
_GDP = "gdp of "
_SAME = 1.02
"""Ratio within which two sums are one, roundings aside."""


def arithmetic(picture: Picture) -> list[Conflict]:
    """Shares of GDP, parts against their whole, and projects against their programme."""
    return [*_shares_of_gdp(picture), *_parts(picture), *_projects(picture)]


# Shares of GDP


def _shares_of_gdp(picture: Picture) -> list[Conflict]:
    found = []
    for figure in picture.figures:
        if figure.attribute is Attribute.SHARE:
            for side in figure.sides:
                found += _share(picture, figure, side)
    return found


def _share(picture: Picture, figure: Figure, side: Side) -> list[Conflict]:
    value = side.value
    if not isinstance(value, Share) or not value.of or not value.of.casefold().startswith(_GDP):
        return []
    economy = country_code(value.of[len(_GDP) :])
    whole = picture.figure(figure.entity.id, Attribute.AMOUNT, TOTAL)
    if economy is None:
        return []
    wrong: list[Voice] = []
    shown: tuple[Money, list[dict[str, str]]] | None = None
    for voice in picture.of(side):
        said = voice.claim.value
        beside = _beside(picture, voice)
        # The amount that the ledger holds is the one to check; the one beside the share may be a slip of its own.
        held = [whole.value] if whole is not None and figure.entity.kind in PLEDGERS else []
        tried = [m for m in (*held, *beside) if isinstance(m, Money) and m.currency == "USD" and m.period is None]
        rows = _vintages(economy, voice.day)
        if isinstance(said, Share) and tried and rows and not any(_explained(said, voice, m, rows) for m in tried):
            wrong.append(voice)
            shown = (tried[0], rows)
    if not wrong or shown is None:
        return []
    amount, rows = shown
    shares = sorted((point(amount) or 0.0) / (1e9 * float(r["usd_bn"])) for r in rows)
    low, high = number(round(100 * shares[0], 1)), number(round(100 * shares[-1], 1))
    right = f"{low} to {high} %" if low != high else f"{low} %"
    sizes = sorted(float(r["usd_bn"]) for r in rows)
    size = _trillions(sizes[0]) if len(sizes) == 1 else f"{_trillions(sizes[0])} to {_trillions(sizes[-1])}"
    years = sorted({r["year"] for r in rows})
    when = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    stated = say(Share(value.low, value.high, value.qualifier, None))
    text = f"{who(wrong)} {'say' if plural(wrong) else 'says'} {stated} of the GDP of {country_in_words(economy)}, "
    publishers = names(sorted({r["source"].split(" (")[0] for r in rows}))
    text += f"but {money(amount)} is {right} of it ({size} in {when}, by {publishers}): the share is wrong."
    sides = [make_side(value, wrong)]
    if whole is not None and whole.value == amount:
        sides.append(whole.sides[0])
    reference_ = "; ".join(sorted({f"{r['source']}, {r['vintage']}: {r['url']}" for r in rows}))
    return [
        conflict(
            figure.entity,
            Attribute.SHARE,
            ConflictKind.ARITHMETIC,
            sides,
            text,
            reference_,
            [say(s.value) for s in sides],
        )
    ]


def _beside(picture: Picture, voice: Voice) -> list[Money]:
    """The amounts of pledges in the sentence of a voice."""
    return [
        v.claim.value
        for v in picture.beside(voice)
        if isinstance(v.claim.value, Money) and not v.denied and v.entity.kind in PLEDGERS
    ]


def _vintages(economy: str, day: dt.date | None) -> list[dict[str, str]]:
    """The reference rows that a report of that day may have used; all of them where none is near or it is undated."""
    rows = [r for r in reference("gdp") if r["economy"] == economy]
    near = [r for r in rows if day is not None and abs(int(r["year"]) - day.year) <= _YEARS]
    return near or rows


def _explained(said: Share, voice: Voice, amount: Money, rows: Sequence[dict[str, str]]) -> bool:
    """Whether some vintage gives a share within the rounding of the stated digits and the reach of the qualifiers."""
    stated = said.low if said.low is not None else said.high or 0.0
    spare = half_unit(voice.claim.text, stated)
    if said.qualifier is Qualifier.ABOUT:
        spare = max(spare, _ABOUT * stated)
    low = (said.low if said.low is not None else 0.0) - spare
    high = (said.high if said.high is not None else 1e9) + spare
    known = reach(amount, "")
    sizes = [1e9 * float(r["usd_bn"]) for r in rows]
    return any((known.low - known.spare) / size <= high and (known.high + known.spare) / size >= low for size in sizes)


def _trillions(usd_bn: float) -> str:
    return f"${number(round(usd_bn / 1000, 2))}tn" if usd_bn >= 1000 else f"${number(usd_bn)}bn"


# Parts and wholes


def _parts(picture: Picture) -> list[Conflict]:
    """Parts that one sentence lists and that together exceed the whole; caps and sums a year are no parts."""
    listed: dict[tuple[str, str, int], list[Voice]] = defaultdict(list)
    for voice in picture.of_scope("part"):
        value = voice.claim.value
        if not isinstance(value, Money) or voice.denied or value.converts is not None:
            continue
        if value.period is None and value.qualifier is not Qualifier.UP_TO:
            listed[voice.entity.id, voice.claim.document, voice.claim.sentence.start].append(voice)
    found = []
    for (entity_id, document, _), parts in sorted(listed.items()):
        parts.sort(key=lambda v: v.claim.span)
        wholes = [
            v
            for v in picture.about(Attribute.AMOUNT, entity_id)
            if v.claim.document == document
            and v.claim.scope in ("total", "ceiling")
            and isinstance(v.claim.value, Money)
        ]
        units = {v.claim.value.currency for v in (*parts, *wholes) if isinstance(v.claim.value, Money)}
        parts = _own_parts(parts, wholes)
        total = sum(point(v.claim.value) or 0.0 for v in parts)
        largest = max((point(v.claim.value) or 0.0 for v in wholes), default=0.0)
        if len(parts) >= 2 and len(units) == 1 and wholes and total > _SAME * largest:
            unit = units.pop()
            listing = names([say(v.claim.value) for v in parts])
            text = f"{who(parts)} {'list' if plural(parts) else 'lists'} parts of {listing}, together "
            text += f"{money(Money(total, total, unit, Qualifier.EXACT))}: "
            text += f"more than the whole, {say(wholes[0].claim.value)}."
            sides = [make_side(v.claim.value, [v]) for v in parts] + [make_side(wholes[0].claim.value, wholes)]
            found.append(conflict(parts[0].entity, Attribute.AMOUNT, ConflictKind.ARITHMETIC, sides, text))
    return found


def _own_parts(parts: list[Voice], wholes: list[Voice]) -> list[Voice]:
    """The amounts that can be parts of these wholes, told once each.

    What alone exceeds the whole is another thing, what all the others come to is their sum, and a sum that a sentence
    repeats ("200, of these 200 in cash") is one part. Nothing is part of "at least" so much: that has no end.
    """
    sizes = [point(v.claim.value) or 0.0 for v in wholes]
    if any(isinstance(v.claim.value, Money) and v.claim.value.qualifier is Qualifier.AT_LEAST for v in wholes):
        return []
    kept = [v for v in parts if (point(v.claim.value) or 0.0) <= _SAME * max(sizes, default=0.0)]
    told = [point(v.claim.value) or 0.0 for v in kept]
    if len(kept) > 2:
        kept = [v for v, x in zip(kept, told, strict=True) if not abs(sum(told) - 2 * x) <= (_SAME - 1) * x]
        once = {point(v.claim.value): v for v in reversed(kept)}
        if len(once) > 1 and sum(x or 0.0 for x in once) <= _SAME * max(sizes, default=0.0):
            kept = [v for v in kept if once[point(v.claim.value)] is v]
    return kept


def _projects(picture: Picture) -> list[Conflict]:
    """A project or a batch that is larger than the programme that pays for it."""
    found = []
    for figure in picture.figures:
        entity, programme = figure.entity, dict(figure.entity.attributes).get("programme")
        if figure.attribute is not Attribute.AMOUNT or figure.qualifier != TOTAL or programme is None:
            continue
        payer = picture.programmes.get(programme)
        whole = picture.figure(payer.id, Attribute.AMOUNT, TOTAL) if payer is not None else None
        part_value, whole_value = figure.value, whole.value if whole is not None else None
        if entity.kind is EntityKind.PROGRAMME or whole is None or not isinstance(part_value, Money):
            continue
        if programme not in programmes_known() and len(whole.sides[0].origins) < 2:
            continue  # One report's word for a programme that nobody else knows is no measure of its projects.
        if (
            not isinstance(whole_value, Money)
            or whole_value.high is None
            or part_value.currency != whole_value.currency
        ):
            continue
        if part_value.low is not None and part_value.low > _SAME * whole_value.high:
            ours = picture.of(figure.sides[0])
            text = f"{who(ours)} {'put' if plural(ours) else 'puts'} {entity.name} at {say(part_value)}, "
            text += f"more than the {say(whole_value)} of the whole {whole.entity.name}."
            sides = (figure.sides[0], whole.sides[0])
            found.append(conflict(entity, Attribute.AMOUNT, ConflictKind.ARITHMETIC, sides, text))
    return found
