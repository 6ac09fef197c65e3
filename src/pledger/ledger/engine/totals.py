"""Whole amounts of programmes, kept up by size: every check asks which programmes are as large as a sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work, difference
from pledger.ledger.explain import point
from pledger.ledger.figures import TOTAL
from pledger.ledger.serial import value_of
from pledger.model import Attribute, EntityKind, Money

__all__ = ["TOTAL_SLOT", "programmes_among", "put_totals", "whole_amounts"]

TOTAL_SLOT = f"{Attribute.AMOUNT}|{TOTAL}"


def whole_amounts(work: Work, ids: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """The whole amounts of these entities, by id; of programmes also whether more than one origin tells it, since one
    report's word is no measure of other amounts."""
    f, v = db.figures.c, db.votes.c
    rows = work.rows((f.entity_id, f.low, f.high, f.unit, f.value_type, f.id), f.entity_id, ids, f.slot == TOTAL_SLOT)
    programmes = programmes_among(work, {r[0] for r in rows})
    sides = {f"{r[5]}.0": r[0] for r in rows if r[0] in programmes}
    origins = Counter(sides[r[0]] for r in work.rows((v.side_id,), v.side_id, sides))
    return {r[0]: (*r[1:5], origins[r[0]] > 1) for r in rows}


def programmes_among(work: Work, ids: Iterable[str]) -> set[str]:
    """Those of these ids that are programmes'."""
    e = db.entities.c
    return {r[0] for r in work.rows((e.id,), e.id, ids, e.kind == str(EntityKind.PROGRAMME))}


def put_totals(work: Work, ids: Iterable[str]) -> None:
    """Bring the amounts by size up to the figures of these programmes, some of which may be none any more."""
    f, t, its = db.figures.c, own.totals.c, set(ids)
    new = []
    for r in work.rows(tuple(db.figures.columns), f.entity_id, programmes_among(work, its), f.slot == TOTAL_SLOT):
        value = value_of(dict(r._mapping))
        amount = point(value)
        if isinstance(value, Money) and amount is not None:
            new.append((value.currency, amount, r.entity_id))
    old = [] if work.fresh else [tuple(r) for r in work.rows(tuple(own.totals.columns), t.entity_id, its)]
    gone, come = difference(old, new)
    work.remove_rows(own.totals, gone)
    work.add(own.totals, sorted(come))
