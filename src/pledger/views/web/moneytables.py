"""The tables of a run: who gets what, the readings of the terms, and every input with what it rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pledger.vehicle.asking.quantities import SIDES
from pledger.views.cashflows import dollars, percent, rate
from pledger.views.plain import clean
from pledger.views.web.answers import Cell, Sheet
from pledger.views.web.outcome import FANS, PERCENTS, Outcome

if TYPE_CHECKING:
    from pledger.vehicle.words import Candidate, Input, Source

__all__ = ["Given", "Line", "Section", "Where", "parties", "sections", "sheets"]

_PERCENTILES = ("p5", "p25", "p50", "p75", "p95")


@dataclass(frozen=True, slots=True)
class Line:
    """What one party makes of it, in words."""

    party: str
    npv: str
    spread: str
    irr: str
    multiple: str
    payback: str
    back: str


@dataclass(frozen=True, slots=True)
class Where:
    """A source: its words, and its address where it is one that a browser may be sent to."""

    words: str
    address: str | None
    weak: bool


@dataclass(frozen=True, slots=True)
class Given:
    """One input."""

    label: str
    value: str
    basis: str
    sources: tuple[Where, ...]
    more: int
    """Sources that are not shown."""
    figure: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """Inputs of one thing: the terms, a project, a sector."""

    name: str
    inputs: tuple[Given, ...]


def parties(outcome: Outcome) -> tuple[Line, ...]:
    """Medians, but for the mean of the present value and the chance that the principal returns."""
    from pledger.views.running import payback

    known, found = outcome.answers, []
    for side, said in SIDES.items():
        npv, irr, times, back = (
            known.get(f"{what} of {side}") for what in ("npv", "irr", "multiple", "principal back")
        )
        found.append(
            Line(
                party=said.removeprefix("the "),
                npv=dollars(npv.mean) if npv else "-",
                spread=f"{dollars(npv.p5)} to {dollars(npv.p95)}" if npv else "-",
                irr=rate(irr.p50) if irr else "-",
                multiple=f"{times.p50:.2f}" if times and math.isfinite(times.p50) else "-",
                payback=payback(known.get(f"payback of {side}"), back, outcome.grid),
                back=percent(back.mean) if back else "-",
            )
        )
    return tuple(found)


_SOURCES = 2


def _given(label: str, given: Input, outcome: Outcome) -> Given:
    from pledger.views.inputs import say_input

    return Given(
        label=clean(label),
        value=say_input(given, outcome.grid),
        basis=given.basis.value,
        sources=tuple(_where(source) for source in given.sources[:_SOURCES]),
        more=max(0, len(given.sources) - _SOURCES),
        figure=given.figure,
    )


def _where(source: Source) -> Where:
    """Where a number is from; addresses come from articles too, so only those of the web become links."""
    where = clean(source.where)
    address = where if where.startswith(("https://", "http://")) else None
    words = where.partition("://")[2].removeprefix("www.").partition("/")[0] if address else where
    return Where(f"{words} ({source.year})" if source.year else words, address, source.weak)


def sections(outcome: Outcome) -> tuple[Section, ...]:
    """Every input: the terms, then project by project, then what projects of a sector have in common.

    Projects that no report has named are alike: the first stands for all.
    """
    from pledger.vehicle.planning.fill import is_unnamed

    plan = outcome.plan
    fixed = {given.name: given for given in plan.fixed}
    days = {c.id: fixed.pop(f"{c.id}.selected", None) for c in plan.candidates}
    by_sector: dict[str, list[Candidate]] = {}
    for one in plan.candidates:
        by_sector.setdefault(one.sector, []).append(one)
    shared = {key: [fixed.pop(n) for n in list(fixed) if n.startswith(f"sector.{key}.")] for key in by_sector}
    found = [Section("Terms", tuple(_given(i.label, i, outcome) for i in (plan.interpretation, *fixed.values())))]
    unnamed = [c for c in plan.candidates if is_unnamed(c)]
    for one in (*(c for c in plan.candidates if not is_unnamed(c)), *unnamed[:1]):
        its = (one.cost, one.proceeds, days[one.id], None if is_unnamed(one) else one.start)
        name = f"{len(unnamed)} unnamed projects, each" if is_unnamed(one) else clean(one.name)
        found.append(Section(name, tuple(_given(_after(i.label, one.name), i, outcome) for i in its if i is not None)))
    for key, candidates in by_sector.items():
        first = candidates[0]
        given = [_given(i.label.partition(": ")[2] or i.label, i, outcome) for i in shared[key]]
        given += [
            _given(_after(i.label, first.name), i, outcome) for i in (first.overrun, first.delay, first.cash_yield)
        ]
        found.append(Section(f"Sector: {key.replace('_', ' ')}", tuple(given)))
    return tuple(found)


def _after(label: str, name: str) -> str:
    return label.removeprefix(name).removeprefix(":").strip()


def sheets(outcome: Outcome) -> tuple[Sheet, ...]:
    """All of it as tables to take away: dollars, shares and rates per year as numbers."""
    grid = outcome.grid
    answers = ("Answer", "Unit", "Mean", "Error of the mean", "5 %", "25 %", "Median", "75 %", "95 %", "Defined in")
    beside = [outcome.relief.worth, outcome.relief.cost] if outcome.relief else []
    found = [
        Sheet(
            "Answers",
            answers,
            [
                (a.label, a.unit.value, *(_cell(getattr(a, n)) for n in ("mean", "error", *_PERCENTILES, "defined")))
                for a in (*outcome.answers.values(), *beside)
            ],
        ),
        Sheet(
            "Readings",
            ("Reading", "Weight", "Principal back", "Error", "NPV, mean", "Says"),
            [
                (clean(r.interpretation.name), _cell(r.weight), _cell(r.back.mean), _cell(r.back.error),
                 _cell(r.npv.mean), clean(r.interpretation.label))
                for r in outcome.readings
            ],
        ),
    ]  # fmt: skip
    quarters: list[list[Cell]] = [[grid.label(q)] for q in range(grid.quarters)]
    for fan in outcome.fans:
        for q, row in enumerate(quarters):
            row.extend(_cell(x) for x in fan.percentiles[:, q])
    found.append(Sheet("Quarters", ("Quarter", *(f"{n}, {p} %" for n in FANS for p in PERCENTS)), quarters))
    rows: list[Sequence[Cell]] = [
        (section.name, i.label, i.value, i.basis, "; ".join(w.address or w.words for w in i.sources), i.figure)
        for section in sections(outcome)
        for i in section.inputs
    ]
    found.append(Sheet("Inputs", ("Of", "Input", "Value", "Basis", "Source", "Figure"), rows))
    out = [(clean(e.what), clean(e.why), clean(e.mend)) for e in outcome.plan.excluded]
    return (*found, Sheet("Left out", ("What", "Why", "Mend"), out))


def _cell(x: float) -> Cell:
    return float(x) if math.isfinite(x) else None
