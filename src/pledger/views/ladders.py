"""The rungs of a programme's ladder as bars, for the report and for the web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pledger.model import Money
from pledger.views.charts import Bar
from pledger.views.overview import Programme, Rung
from pledger.views.wording import say, say_count

__all__ = ["rounded", "rungs"]


def rungs(programme: Programme, address: Callable[[Rung], str | None]) -> tuple[Bar, ...]:
    """A bar for each rung; `address` says where it leads."""
    rows = []
    for rung in programme.rungs:
        money = rung.amount
        count = len(rung.figures) + rung.without
        notes = [say_count(count, "project")] if rung.key not in ("ceiling", "drawn") and count else []
        notes += [f"{rung.without} without an amount"] if rung.without and money else []
        said = say(rounded(money) if len(rung.figures) > 1 else money) if money else "not reported"
        low, high = (money.low, money.high or money.low) if money else (None, None)
        rows.append(Bar(rung.label, ", ".join(notes), said, low, high, address(rung)))
    return tuple(rows)


def rounded(money: Money) -> Money:
    """A sum to three digits: more would claim what the amounts in it do not bear. The evidence has it in full."""
    low, high = (None if end is None else float(f"{end:.3g}") for end in (money.low, money.high))
    return replace(money, low=low, high=high)
