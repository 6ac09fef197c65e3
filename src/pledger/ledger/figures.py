"""From voices to figures: which claims speak of one thing, which of them agree, and what the ledger holds.

A figure is one attribute of one entity, told apart where needed by its `qualifier` (the scope of an amount, the event
of a date, the role of a party, the whole of a share). How the values of an attribute are grouped is one function each,
listed in `_GROUPERS`. Amounts of markets, parts of totals and other things that need not agree make a figure for each
agreeing group.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from pledger.ledger import terms
from pledger.ledger.agree import MOST_SIDES, agreeing
from pledger.ledger.directory import Directory
from pledger.ledger.geography import one_place
from pledger.ledger.judgements import NONE, Verdicts, settle
from pledger.ledger.kinds import ancestors, related
from pledger.ledger.names import fold
from pledger.ledger.say import value as say
from pledger.ledger.stages import overtaken, stage_of
from pledger.ledger.updates import replaced_amounts
from pledger.ledger.voices import FUNDING, PLEDGERS, Voice, compared
from pledger.ledger.weigh import sides_of, standing_of
from pledger.model import (
    Attribute,
    DateValue,
    EntityKind,
    Figure,
    Instruments,
    Interval,
    Money,
    Ownership,
    Party,
    Share,
    StageValue,
    Text,
    Value,
    stable_id,
)

__all__ = ["TOTAL", "figures", "place", "slot", "slot_figures"]

TOTAL = "total"
"""Qualifier of the amount of the whole entity: what is compared, checked and summed."""

_MONTH = dt.timedelta(days=31)

Group = tuple[Value, list[Voice]]
Grouped = tuple[list[Group], frozenset[str]]


def figures(voices: Iterable[Voice], people: Directory, as_of: dt.date | None, said: Verdicts = NONE) -> list[Figure]:
    """All figures of these voices, by entity name, attribute and qualifier; independent of the voices' order."""
    slots: dict[tuple[str, str, str], list[Voice]] = defaultdict(list)
    for voice in voices:
        slots[voice.entity.id, voice.claim.attribute, slot(voice, people)].append(voice)
    made = [figure for (_, _, name), its in slots.items() for figure in slot_figures(name, its, people, as_of, said)]
    return sorted(made, key=place)


def place(figure: Figure) -> tuple[str, ...]:
    """Sorts figures as they are shown: by entity, attribute and qualifier."""
    entity = figure.entity
    return (entity.kind, entity.name, entity.id, figure.attribute, figure.qualifier, figure.id)


def slot_figures(
    name: str, voices: list[Voice], people: Directory, as_of: dt.date | None = None, said: Verdicts = NONE
) -> list[Figure]:
    """The figures of one slot of an entity (see `slot`) from all voices in it; they depend on nothing else but what was
    judged of these claims (`said`)."""
    its = sorted(voices, key=lambda v: (v.claim.document, v.claim.span, v.claim.id))
    entity, attribute = its[0].entity, its[0].claim.attribute
    groups, stale = _GROUPERS[attribute](its)
    groups = [(_known(value, people), members) for value, members in groups]
    apart = name.endswith("*")
    made: list[Figure] = []
    for part in [[g] for g in groups] if apart else [groups]:
        qualifier = f"{name[:-1]}{say(part[0][0])}" if apart else name
        sides, judgements = settle(sides_of(part, stale | said.rejected.keys()), said)
        made.append(
            Figure(
                id=stable_id("f", entity.id, attribute, *([name, qualifier] if apart else [qualifier])),
                entity=entity,
                attribute=attribute,
                value=sides[0].value,
                standing=standing_of(sides),
                sides=sides,
                documents=len({v.claim.document for _, members in part for v in members}),
                as_of=as_of,
                qualifier=qualifier,
                judgements=judgements,
            )
        )
    return _distinct(made)


def _known(value: Value, people: Directory) -> Value:
    """A party under the name by which the ledger knows it, whatever script its reports write it in."""
    match value:
        case Party(name=name):
            return replace(value, name=_shown_name(name, people))
        case Ownership(owner, owned):
            return Ownership(_shown_name(owner, people), _shown_name(owned, people))
    return value


def _shown_name(name: str, people: Directory) -> str:
    known = people.find(name)
    return known.name if known else name


def slot(voice: Voice, people: Directory) -> str:
    """What tells the voice's figure from others of its attribute; ends in `*` where values need not agree."""
    value, entity = voice.claim.value, voice.entity
    match value:
        case Money(period=period):
            rate = f"a {period}" if period else ""
            scope = voice.claim.scope
            whole = scope in (None, "total", "ceiling") or (scope, entity.kind) in (
                ("project", EntityKind.PROJECT),
                ("tranche", EntityKind.TRANCHE),
            )
            if entity.kind is EntityKind.ORGANISATION and (scope or "").startswith(FUNDING):
                return f"{scope} {rate}".strip()
            if entity.kind not in PLEDGERS:
                return f"{rate} *" if rate else "*"
            return (rate or TOTAL) if whole else f"{scope}: {rate}*"
        case Share() if compared(entity) and entity.kind is EntityKind.MARKET:
            return f"{voice.claim.scope}: *" if voice.claim.scope else "rate"
        case Share(of=of, period=period):
            return (
                " a ".join(filter(None, (of, period)))
                if of and entity.kind is not EntityKind.UNKNOWN
                else f"{of or ''}: *"
            )
        case DateValue(event=event):
            return event if event != "other" and entity.kind in PLEDGERS else f"{event}: *"
        case Party(name=name, role=role):
            known = people.find(name)
            return f"{role}: {known.name if known else name}"
        case Ownership(owner=owner, owned=owned):
            shown = [known.name if (known := people.find(n)) else n for n in (owner, owned)]
            return " > ".join(shown)
        case Text(text=text) if voice.claim.attribute is Attribute.CONDITION or terms.topical(text):
            return terms.split(text)[0]
        case Text(text=text) if voice.claim.attribute is Attribute.SECTOR:
            return fold(text)
        case StageValue() if entity.kind is EntityKind.UNKNOWN:
            return "*"
        case _:
            return ""


def _amounts(voices: list[Voice]) -> Grouped:
    plain, denied = _split(voices)
    restated = {v.claim.id: base for v in plain if (base := _base(v, plain)) is not None}
    groups: list[Group] = list(agreeing([v for v in plain if v.claim.id not in restated]))
    for voice in plain:
        if voice.claim.id in restated:
            # What only restates another amount in a second currency stands with that amount.
            next(members for _, members in groups if restated[voice.claim.id] in members).append(voice)
    return groups + denied, replaced_amounts(groups)


def _base(voice: Voice, voices: list[Voice]) -> Voice | None:
    value = voice.claim.value
    if not isinstance(value, Money) or value.converts is None:
        return None
    return next(
        (
            v
            for v in voices
            if v.claim.document == voice.claim.document
            and v.claim.span == value.converts
            and isinstance(v.claim.value, Money)
            and v.claim.value.converts is None
        ),
        None,
    )


def _shares(voices: list[Voice]) -> Grouped:
    plain, denied = _split(voices)
    return [*agreeing(plain), *denied], frozenset()


def _stages(voices: list[Voice]) -> Grouped:
    groups: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        groups[stage_of(voice)].append(voice)
    return [(StageValue(stage_of(its[0])), its) for _, its in sorted(groups.items())], overtaken(voices)


def _dates(voices: list[Voice]) -> Grouped:
    plain, denied = _split(voices)
    groups: list[tuple[Interval, list[Voice]]] = []
    # The narrowest intervals first: each later one joins the group whose days it can share, and narrows it.
    for voice in sorted(plain, key=_width):
        interval = _interval(voice)
        fitting = [n for n, (days, _) in enumerate(groups[:MOST_SIDES]) if days.meets(interval)]
        if fitting:
            best = max(fitting, key=lambda n: (len({v.root.key for v in groups[n][1]}), -n))
            groups[best][1].append(voice)
            groups[best] = (_shared_days(groups[best][0], interval), groups[best][1])
        else:
            groups.append((interval, [voice]))
    event = voices[0].claim.value.event if isinstance(voices[0].claim.value, DateValue) else ""
    return [(DateValue(event, _as_told(days, its)), its) for days, its in groups] + denied, frozenset()


def _as_told(days: Interval, voices: list[Voice]) -> Interval:
    """The days of a group: "by" a day where no report of it says from when."""
    told = [v.claim.value.interval for v in voices if isinstance(v.claim.value, DateValue)]
    return Interval(None, days.end) if all(t.start is None for t in told) and days.end is not None else days


def _interval(voice: Voice) -> Interval:
    """The days that a voice gives; of a deadline that is told as 'by' a day, that day and the month before."""
    value = voice.claim.value
    if not isinstance(value, DateValue):
        raise TypeError(f"not a date: {value!r}")
    days = value.interval
    if value.event == "deadline" and days.start is None and days.end is not None:
        return Interval(days.end - _MONTH, days.end)
    return days


def _width(voice: Voice) -> tuple[float, str, str]:
    days = _interval(voice)
    width = (days.end - days.start).days if days.start and days.end else float("inf")
    return (width, f"{days.start}{days.end}", voice.claim.id)


def _shared_days(a: Interval, b: Interval) -> Interval:
    starts = [d for d in (a.start, b.start) if d is not None]
    ends = [d for d in (a.end, b.end) if d is not None]
    return Interval(max(starts, default=None), min(ends, default=None))


def _instruments(voices: list[Voice]) -> Grouped:
    """Lists of instruments are open: one that names fewer does not deny the others."""
    plain, denied = _split(voices)
    named = {i for v in plain if isinstance(v.claim.value, Instruments) for i in v.claim.value.instruments}
    groups: list[Group] = [(Instruments(tuple(sorted(named))), plain)] if plain else []
    return groups + denied, frozenset()


def _words(same: Callable[[str, str], bool]) -> Callable[[list[Voice]], Grouped]:
    def grouped(voices: list[Voice]) -> Grouped:
        plain, denied = _split(voices)
        texts: dict[str, list[Voice]] = defaultdict(list)
        for voice in plain:
            texts[voice.claim.value.text if isinstance(voice.claim.value, Text) else say(voice.claim.value)].append(
                voice
            )
        groups: list[Group] = []
        # Longer words first: they say more, so the group is called by them.
        for text in sorted(texts, key=lambda t: (-len(ancestors(t)), -len(t), t)):
            fitting = [g for g in groups[:MOST_SIDES] if isinstance(g[0], Text) and same(g[0].text, text)]
            if len(fitting) == 1:
                fitting[0][1].extend(texts[text])
            else:
                groups.append((Text(text), list(texts[text])))
        return groups + denied, frozenset()

    return grouped


def _conditions(voices: list[Voice]) -> Grouped:
    plain, denied = _split(voices)
    groups: list[Group] = list(terms.grouped(plain))
    return groups + denied, terms.overtaken(terms.grouped(plain))


def _kinds(voices: list[Voice]) -> Grouped:
    """Kinds of a thing by how they are related; features ("capacity: 9.2 GW") by their values."""
    value = voices[0].claim.value
    if isinstance(value, Text) and terms.topical(value.text):
        plain, denied = _split(voices)
        return [*terms.grouped(plain), *denied], frozenset()
    return _words(related)(voices)


def _single(voices: list[Voice]) -> Grouped:
    """Parties and ownerships: one value each by their slot; the name in its most usual spelling."""
    plain, denied = _split(voices)
    spelt: dict[str, list[Voice]] = defaultdict(list)
    for voice in plain:
        spelt[repr(voice.claim.value)].append(voice)
    if not spelt:
        return denied, frozenset()
    usual = min(spelt, key=lambda s: (-len(spelt[s]), s))
    return [(spelt[usual][0].claim.value, plain), *denied], frozenset()


def _split(voices: list[Voice]) -> tuple[list[Voice], list[Group]]:
    """Voices that say so, and the side of those that deny it, if any."""
    denying = [v for v in voices if v.denied]
    if not denying:
        return voices, []
    words = " / ".join(sorted({say(v.claim.value) for v in denying}))
    return [v for v in voices if not v.denied], [(Text(f"denied: {words}"), denying)]


def _distinct(made: list[Figure]) -> list[Figure]:
    """Figures whose names fall together (two groups of one wording) keep apart by a number."""
    seen: dict[str, int] = defaultdict(int)
    distinct = []
    for figure in sorted(made, key=lambda f: (f.id, f.sides[0].claims)):
        seen[figure.id] += 1
        if seen[figure.id] > 1:
            number = str(seen[figure.id])
            name = f"{figure.qualifier} ({number})"
            figure = Figure(stable_id("f", figure.id, number), figure.entity, figure.attribute, figure.value, figure.standing, figure.sides, figure.documents, figure.as_of, name, figure.judgements)  # noqa: E501  # fmt: skip
        distinct.append(figure)
    return distinct


_GROUPERS: dict[Attribute, Callable[[list[Voice]], Grouped]] = {
    Attribute.AMOUNT: _amounts,
    Attribute.SHARE: _shares,
    Attribute.STAGE: _stages,
    Attribute.DATE: _dates,
    Attribute.INSTRUMENT: _instruments,
    Attribute.PARTY: _single,
    Attribute.OWNERSHIP: _single,
    Attribute.KIND: _kinds,
    Attribute.LOCATION: _words(one_place),
    Attribute.SECTOR: _words(lambda a, b: fold(a) == fold(b)),
    Attribute.CONDITION: _conditions,
}
