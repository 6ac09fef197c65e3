"""The pages of `paging` out of a picture in memory, for moments in the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from pledger.ledger.paging import WHOLE, Asked, Counts, Order, Page
from pledger.ledger.picture import Picture
from pledger.model import Attribute, Conflict, ConflictKind, Entity, Figure, Money, Party, Stage, StageValue, Standing

__all__ = ["conflicts_among", "counts_of", "entities_among", "figures_among"]

T = TypeVar("T", Figure, Conflict, Entity)


def counts_of(picture: Picture, documents: int, claims: int) -> Counts:
    """How much a picture of so many documents and claims holds."""
    return Counts(
        documents=documents,
        copies=len(picture.echoes),
        claims=claims,
        figures=len(picture.figures),
        contested=sum(f.standing is Standing.CONTESTED for f in picture.figures),
        conflicts=sum(c.kind is not ConflictKind.UPDATE for c in picture.conflicts),
    )


def figures_among(picture: Picture, asked: Asked) -> Page[Figure]:
    """As `paging.figures_page`."""
    its = (
        f
        for f in picture.figures
        if (not asked.attributes or f.attribute in asked.attributes)
        and (not asked.standings or f.standing in asked.standings)
        and (not asked.parties or (isinstance(f.value, Party) and f.value.name in asked.parties))
    )
    keys = {Order.AMOUNT: _dollars, Order.DOCUMENTS: lambda f: float(f.documents)}
    return _page(
        its, asked, lambda f: f.entity, keys.get(asked.order), lambda f: (f.entity.name, f.attribute, f.qualifier, f.id)
    )


def conflicts_among(picture: Picture, asked: Asked) -> Page[Conflict]:
    """As `paging.conflicts_page`."""
    its = (
        c
        for c in picture.conflicts
        if (not asked.attributes or c.attribute in asked.attributes)
        and (not asked.conflicts or c.kind in asked.conflicts)
    )
    keys = {Order.SEVERITY: lambda c: c.severity}
    return _page(its, asked, lambda c: c.entity, keys.get(asked.order), lambda c: (c.entity.name, c.attribute, c.id))


def entities_among(picture: Picture, asked: Asked) -> Page[Entity]:
    """As `paging.entities_page`."""
    whole: dict[str, float] = defaultdict(float)
    told: dict[str, int] = defaultdict(int)
    standings: dict[str, set[Standing]] = defaultdict(set)
    stages: dict[str, set[Stage]] = defaultdict(set)
    sponsors: dict[str, list[str]] = defaultdict(list)
    for figure in picture.figures:
        key = figure.entity.id
        told[key] = max(told[key], figure.documents)
        if figure.attribute is Attribute.AMOUNT and figure.qualifier in WHOLE:
            whole[key] = max(whole[key], _dollars(figure))
            standings[key].add(figure.standing)
        elif isinstance(figure.value, StageValue):
            stages[key].add(figure.value.stage)
        elif isinstance(figure.value, Party) and figure.value.role == "sponsor":
            sponsors[key].append(figure.value.name.lower())
    wanted, reached, by = set(asked.standings), set(asked.stages), asked.sponsor.lower()
    its = (
        e
        for e in picture.entities.values()
        if (not wanted or standings[e.id] & wanted)
        and (not reached or stages[e.id] & reached)
        and (not by or any(by in name for name in sponsors[e.id]))
    )
    keys = {Order.AMOUNT: lambda e: whole[e.id], Order.DOCUMENTS: lambda e: float(told[e.id])}
    return _page(its, asked, lambda e: e, keys.get(asked.order), lambda e: (e.name, e.id))


def _page(
    items: Iterable[T],
    asked: Asked,
    entity: Callable[[T], Entity],
    key: Callable[[T], float] | None,
    ties: Callable[[T], tuple[str, ...]],
) -> Page[T]:
    words, within, kinds = asked.words.lower(), set(asked.within), set(asked.project_kinds)
    kept = [
        i
        for i in items
        if (not asked.kinds or entity(i).kind in asked.kinds)
        and words in entity(i).name.lower()
        and (not asked.programme or ("programme", asked.programme) in entity(i).attributes)
        and (not kinds or (dict(entity(i).attributes).get("project_kind") or "") in kinds)
        and (not within or entity(i).id in within)
    ]
    kept.sort(key=ties, reverse=asked.backwards and key is None)
    if key is not None:
        kept.sort(key=key, reverse=True)  # a stable sort: equal ones keep the order of their ties
    return Page(tuple(kept[asked.offset : asked.offset + asked.limit]), len(kept))


def _dollars(figure: Figure) -> float:
    value = figure.value
    if not isinstance(value, Money) or value.currency != "USD":
        return 0.0
    return (value.high if value.high is not None else value.low) or 0.0
