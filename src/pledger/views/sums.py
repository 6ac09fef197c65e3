"""Roll-ups as tables and as JSON: a programme's ceiling, its projects by stage, the remainder, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.ledger.rollup import Span
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, nothing, plain, table
from pledger.views.wording import say, say_entity, say_name

if TYPE_CHECKING:
    from pledger.ledger.rollup import Rollup

__all__ = ["rollup_json", "rollups"]

Json = dict[str, Any]


def rollups(items: Sequence[Rollup], name: str | None = None) -> RenderableType:
    """One table for each programme, and under it what is in no sum, with the reason."""
    if not items:
        return nothing("rollup", name)
    blocks: list[RenderableType] = []
    for item in items:
        rows = table("Stage", ("Projects", NUMBER), ("Amount", NUMBER))
        for rung in item.stages:
            rows.add_row(plain(rung.stage.value), str(len(rung.parts)), _said(rung.amount, item.currency))
        rows.add_section()
        rows.add_row(
            plain("named in all", "bold"), str(sum(len(r.parts) for r in item.stages)), _said(item.total, item.currency)
        )
        if item.ceiling is not None and item.remainder is not None:
            rows.add_row(plain("ceiling"), "", _said(item.ceiling, item.currency))
            rows.add_row(plain("remainder", "bold"), "", _said(item.remainder, item.currency))
        else:
            rows.add_row(plain("ceiling"), "", "not reported")
        left = [
            Text.assemble((clean(say_entity(e.entity)), "dim"), (f": {clean(e.reason)}", "dim")) for e in item.excluded
        ]
        head = plain(say_name(item.programme.name), "bold")
        under = [Padding(Group(plain("Not counted", "dim"), *left), (0, 0, 0, 2))] if left else []
        blocks += [head, rows, *under, Text("")]
    return Group(*blocks)


def _said(span: Span, currency: str) -> str:
    if span.low is not None and span.high is not None and span.low < 0 <= span.high:
        return f"{_one(span.low, currency)} to {_one(span.high, currency)}"
    if span.low is None:
        return f"at most {_one(span.high, currency)}" if span.high is not None else "open"
    if span.high is None:
        return f"at least {_one(span.low, currency)}"
    return (
        _one(span.low, currency)
        if span.low == span.high
        else f"{_one(span.low, currency)} to {_one(span.high, currency)}"
    )


def _one(cents: int, currency: str) -> str:
    amount = say(Span(abs(cents), abs(cents)).money(currency))
    return f"-{amount}" if cents < 0 else amount


def rollup_json(item: Rollup) -> Json:
    """One roll-up of `pledger show rollup --json`; amounts in units of the currency, an open end is null."""
    return {
        "programme": {"id": item.programme.id, "name": item.programme.name},
        "as_of": item.as_of.isoformat() if item.as_of else None,
        "currency": item.currency,
        "ceiling": _units(item.ceiling),
        "ceiling_figure": item.ceiling_figure,
        "stages": [
            {
                "stage": rung.stage.value,
                "amount": _units(rung.amount),
                "parts": [
                    {
                        "id": part.project.id,
                        "name": part.project.name,
                        "figure": part.figure,
                        "stage_figure": part.stage_figure,
                        "amount": _units(part.amount),
                    }
                    for part in rung.parts
                ],
            }
            for rung in item.stages
        ],
        "total": _units(item.total),
        "remainder": _units(item.remainder),
        "excluded": [
            {
                "id": e.entity.id,
                "name": e.entity.name,
                "kind": e.entity.kind.value,
                "figure": e.figure,
                "reason": e.reason,
            }
            for e in item.excluded
        ],
    }


def _units(span: Span | None) -> Json | None:
    if span is None:
        return None
    return {"low": None if span.low is None else span.low / 100, "high": None if span.high is None else span.high / 100}
