"""Whole amounts of programmes, kept up by size: every check asks which programmes are as large as a sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work, difference
from pledger.ledger.explain import point
from pledger.ledger.figures import TOTAL
from pledger.ledger.serial import value_of
from pledger.model import Attribute, EntityKind, Money

__all__ = ["TOTAL_SLOT", "put_totals", "whole_amounts"]

TOTAL_SLOT = f"{Attribute.AMOUNT}|{TOTAL}"


def whole_amounts(work: Work, ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """The whole amounts of the programmes among these."""
    f, e = db.figures.c, db.entities.c
    rows = work.rows((f.entity_id, f.low, f.high, f.unit, f.value_type), f.entity_id, ids, f.slot == TOTAL_SLOT)
    kinds = {r[0] for r in work.rows((e.id,), e.id, {r[0] for r in rows}, e.kind == str(EntityKind.PROGRAMME))}
    return {r[0]: tuple(r) for r in rows if r[0] in kinds}


def put_totals(work: Work, ids: Iterable[str]) -> None:
    """Bring the amounts by size up to the figures of these programmes, some of which may be none any more."""
    f, t, its = db.figures.c, own.totals.c, set(ids)
    kinds = work.rows((db.entities.c.id,), db.entities.c.id, its, db.entities.c.kind == str(EntityKind.PROGRAMME))
    programmes = {r[0] for r in kinds}
    new = []
    for r in work.rows(tuple(db.figures.columns), f.entity_id, programmes, f.slot == TOTAL_SLOT):
        value = value_of(dict(r._mapping))
        amount = point(value)
        if isinstance(value, Money) and amount is not None:
            new.append((value.currency, amount, r.entity_id))
    old = [] if work.fresh else [tuple(r) for r in work.rows(tuple(own.totals.columns), t.entity_id, its)]
    gone, come = difference(old, new)
    work.remove_rows(own.totals, gone)
    work.add(own.totals, sorted(come))
