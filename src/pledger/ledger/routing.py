"""Projects that a report on one programme mentions in passing, and that belong to another programme of which it speaks.

"Japan is further along: its gas plant in Ohio..." stands in a report on Korea, and a reader that takes the report's
programme for the project's is only guessing. Where a report speaks of two programmes, the guess gives way to reports
that speak of one: if they know that very project under the other programme and none knows it under the guessed one,
it is the other's.

A report that names no programme at all may still mean a project of one: it is *routed* to the programme whose projects
alone fit what it says. Both look only at sightings that share one of their marks (`blocking.marks`), and nothing that
is looked at is changed by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pledger.ledger.blocking import marks
from pledger.ledger.fit import Fit, Unsure, form_of, order
from pledger.ledger.geography import specific
from pledger.ledger.judged import NOTHING, Judged
from pledger.ledger.kinds import family, related
from pledger.ledger.sightings import Sighting
from pledger.ledger.towns import can_be_one, one_town

__all__ = ["adopted", "alike", "routed", "told"]

_SAME_COST = 0.1
"""Relative distance within which two costs, told to two digits, can be of one project."""


def adopted(sightings: Iterable[Sighting], spoken: Mapping[str, frozenset[str]]) -> dict[Sighting, Sighting]:
    """The sightings whose guessed programme gives way, each with what replaces it; independent of their order.

    `spoken`: document id to the keys of the programmes of which it speaks.
    """
    sure: dict[tuple[str, str], set[Sighting]] = defaultdict(set)
    guessed: list[Sighting] = []
    for sighting in set(sightings):
        if sighting.programme is None or sighting.kind is None or not told(sighting):
            continue
        if len(spoken.get(sighting.document, ())) > 1:
            guessed.append(sighting)
        else:
            # What another document says in the same words needs to be looked at once.
            plain = replace(sighting, document="", text="", anchor="")
            sure[sighting.programme, family(sighting.kind)].add(plain)
    found = {}
    for sighting in guessed:
        kind = family(sighting.kind or "")
        knowing = {
            programme
            for programme in spoken[sighting.document]
            if any(alike(sighting, other) for other in sure.get((programme, kind), ()))
        }
        if len(knowing) == 1 and sighting.programme not in knowing:
            found[sighting] = replace(sighting, programme=next(iter(knowing)))
    return found


def routed(
    sightings: Iterable[Sighting], relatives: Mapping[str, frozenset[str]], judged: Judged = NOTHING
) -> tuple[dict[Sighting, Sighting], list[Unsure]]:
    """The sightings without a programme that fit the projects of one only, each with what replaces it; and those that
    fit projects of several. Independent of their order, and of all sightings that share no mark with them."""
    links = Fit(relatives)
    listed = sorted(set(sightings), key=order)
    by_mark: dict[str, dict[str, Sighting]] = defaultdict(dict)
    for sighting in listed:
        if sighting.programme is not None and sighting.kind is not None:
            for mark in marks(sighting):
                by_mark[mark].setdefault(form_of(sighting).id, sighting)
    by_anchor = {s.anchor: s for s in reversed(listed) if s.programme is not None} if judged else {}
    said = {x: by_anchor[y] for a, b in judged.one("project") for x, y in ((b, a), (a, b)) if y in by_anchor}
    found: dict[Sighting, Sighting] = {}
    doubts: list[Unsure] = []
    for sighting in listed:
        if sighting.programme is not None:
            continue
        if sighting.anchor in said:
            found[sighting] = replace(sighting, programme=said[sighting.anchor].programme)
            continue
        form = form_of(sighting)
        fitting: dict[str, Sighting] = {}
        for near in {key: s for mark in sorted(marks(sighting)) for key, s in by_mark.get(mark, {}).items()}.values():
            if near.programme and links.loosely(form, form_of(near)):
                fitting[near.programme] = min(near, fitting.get(near.programme, near), key=order)
        if len(fitting) == 1:
            found[sighting] = replace(sighting, programme=next(iter(fitting)))
        elif fitting:
            doubts.append(Unsure(sighting, tuple(s for _, s in sorted(fitting.items()))))
    return found, doubts


def told(sighting: Sighting) -> bool:
    """Whether a sighting says anything by which another report's can be known for the same."""
    return bool(sighting.sponsors or specific(sighting.place) or sighting.key)


def alike(a: Sighting, b: Sighting) -> bool:
    """Whether two sightings share sponsor, name or place, are of one kind and contradict each other in nothing.

    Costs contradict only where nothing but a wide place speaks for them: reports of one project differ in its cost.
    """
    if not related(a.kind or "", b.kind or ""):
        return False
    here, there = specific(a.place), specific(b.place)
    if a.sponsors and b.sponsors and not a.sponsors & b.sponsors:
        return False
    if here and there and not can_be_one(here, there):
        return False
    if a.sponsors & b.sponsors or (a.key and a.key == b.key) or one_town(here, there):
        return True
    if a.amounts and b.amounts and not any(abs(x - y) <= _SAME_COST * max(x, y) for x in a.amounts for y in b.amounts):
        return False
    return bool(here and there)
