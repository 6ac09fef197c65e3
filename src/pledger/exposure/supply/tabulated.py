"""Answers on supply as flat rows, for data frames and for files: one for each word on a share, for each measure...

Shares are numbers from 0 to 1, amounts of a halt months of normal use, an index 0 to 10,000 points. What is not known
is None. `p5`, `p50`, `p95` are percentiles over the scenarios.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pledger.exposure.supply.bounds import Bounds
from pledger.exposure.supply.change import Range
from pledger.exposure.supply.effect import Change
from pledger.exposure.supply.fan import table
from pledger.exposure.supply.halts import Run
from pledger.exposure.supply.picture import Line, Measured, Picture
from pledger.exposure.supply.words import REST, Measure, Step
from pledger.vehicle.words import Source

__all__ = [
    "HHI",
    "ChangeRow",
    "LineRow",
    "MeasureRow",
    "MonthRow",
    "ShareRow",
    "change_rows",
    "line_row",
    "measure_rows",
    "measured_of",
    "month_rows",
    "risk_rows",
    "share_rows",
    "shares_of",
]


HHI = "concentration (HHI)"
"""The measure of a change that is told in points and not as a share."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one source says of one country: its share of a market, or a level (reliance, stocks, price)."""

    commodity: str
    """Its key."""
    step: str
    measure: str
    grade: str
    importer: str | None
    """The country whose imports or levels are meant; None where the world's market is."""
    country: str
    low: float | None
    high: float | None
    qualifier: str
    year: int | None
    source: str | None
    weak: bool
    basis: str
    note: str
    figure: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of one market, by the reference or by what is reported; from `low` to `high`."""

    commodity: str
    step: Step
    measure: Measure
    grade: str
    importer: str | None
    year: int | None
    words: str
    """`reference` or `reported`."""
    metric: str
    """`HHI`, `Largest supplier`, `Group`, `Not named`, `GeoPolRisk score`, `Import risk`, `Characterisation factor`."""
    of: str | None
    """Whom it is about: a country, or those of the group with blanks between them."""
    low: float
    high: float
    unit: str
    says: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A commodity in one row: the market of the world's production that stands for it."""

    commodity: str
    key: str
    step: str | None
    grade: str | None
    year: int | None
    hhi_low: float | None
    hhi_high: float | None
    level: str | None
    """Its class by the merger guidelines."""
    leader: str | None
    leader_low: float | None
    leader_high: float | None
    leader_certain: bool | None
    group_low: float | None
    group_high: float | None
    reliance_low: float | None
    reliance_high: float | None
    reliance_year: int | None
    reported: int
    """How many reported shares the ledger has."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a plant moves in one table: the share of one supplier, or a measure of all shares."""

    project: str
    table: str
    """`supply` of the importing country, or `world` production."""
    chance: float
    measure: str
    """`share`, `largest share`, `concentration (HHI)` or `import reliance`."""
    supplier: str
    """Of a share; else empty."""
    before_p5: float | None
    before_p50: float | None
    before_p95: float | None
    built_p5: float | None
    built_p50: float | None
    built_p95: float | None
    expected: float | None
    """The mean of both states, weighed with the chance."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One column of a halt in one month, under one set of plants."""

    run: str
    month: dt.date
    column: str
    p5: float
    p50: float
    p95: float
    mean: float


def share_rows(its: Picture) -> Iterator[ShareRow]:
    """Every word on every share of a commodity, market by market, then its levels."""
    key = its.commodity.key
    for market in (seen.market for seen in its.markets):
        for s in market.shares:
            yield ShareRow(
                key, market.step.value, market.measure.value, market.grade, market.importer, s.country, s.low, s.high,
                s.qualifier.value, s.year, *_cited(s.sources), s.basis.value, s.said, s.figure, s.claims,
            )  # fmt: skip
    for n in its.levels:
        yield ShareRow(
            key, n.step.value, n.measure.value, n.grade, n.country, n.country, n.low, n.high, n.qualifier.value,
            n.year, *_cited(n.sources), n.basis.value, n.note, None, (),
        )  # fmt: skip


def _cited(sources: Sequence[Source]) -> tuple[str | None, bool]:
    return "; ".join(s.where for s in sources) or None, any(s.weak for s in sources)


def measure_rows(its: Picture) -> Iterator[MeasureRow]:
    """What is measured of each market, by the reference and by the reports."""
    for seen in its.markets:
        m = seen.market
        for words, measured in (("reference", seen.reference), ("reported", seen.reported)):
            for metric, of, ends, unit, says in _measures(measured, its.group):
                yield MeasureRow(
                    its.commodity.key, m.step, m.measure, m.grade, m.importer, m.year, words, metric, of, *_ends(ends),
                    unit, says,
                )  # fmt: skip


def _measures(its: Measured | None, group: Sequence[str]) -> Iterator[tuple[str, str | None, Bounds, str, str | None]]:
    if its is None:
        return
    if its.index is not None:
        yield "HHI", None, its.index, "points", its.level
    if its.leader is not None:
        sure = "certain" if its.leader.certain else "another may have more"
        yield "Largest supplier", its.leader.country, its.leader.share, "share", sure
    if its.group is not None:
        yield "Group", " ".join(group), its.group, "share", None
    yield "Not named", None, its.rest, "share", None


def risk_rows(its: Picture) -> Iterator[MeasureRow]:
    """GeoPolRisk of the importer, by each market of its imports."""
    for r in its.risks:
        m = r.imports
        for metric, ends, unit in (
            ("GeoPolRisk score", r.score, "score"),
            ("Import risk", r.import_risk, "score"),
            ("Characterisation factor", r.factor, "kg Cu-eq/kg"),
        ):
            if ends is not None:
                yield MeasureRow(
                    its.commodity.key, m.step, m.measure, m.grade, m.importer, m.year, "reference", metric, r.importer,
                    *_ends(ends), unit, None,
                )  # fmt: skip


def line_row(its: Line) -> LineRow:
    """A commodity of a list."""
    m, market, level = its.measured, its.market, its.reliance
    first = m.leader if m is not None else None
    index, share, group = (
        m.index if m is not None else None, first.share if first is not None else None,
        m.group if m is not None else None,
    )  # fmt: skip
    (low, high), (least, most), (together, at_most) = _two(index), _two(share), _two(group)
    return LineRow(
        its.commodity.name,
        its.commodity.key,
        market.step.value if market is not None else None,
        market.grade if market is not None else None,
        market.year if market is not None else None,
        low,
        high,
        m.level or None if m is not None else None,
        first.country if first is not None else None,
        least,
        most,
        first.certain if first is not None else None,
        together,
        at_most,
        level.low if level is not None else None,
        level.high if level is not None else None,
        level.year if level is not None else None,
        its.reported,
    )


def _ends(its: Bounds) -> tuple[float, float]:
    return round(its.low, 6), round(its.high, 6)


def _two(its: Bounds | None) -> tuple[float, float] | tuple[None, None]:
    return _ends(its) if its is not None else (None, None)


def change_rows(changes: Iterable[Change]) -> Iterator[ChangeRow]:
    """A row for each supplier, and for each measure, of each change."""
    for its in changes:
        first = (its.plant.name, its.table.value, its.chance)
        for code, one, two, three in shares_of(its):
            yield _changed(*first, "share", code, one, two, three)
        for label, one, two, three in measured_of(its):
            if one is not None:
                yield _changed(*first, label, "", one, two, three)


def shares_of(its: Change) -> list[tuple[str, Range | None, Range | None, Range | None]]:
    """Every supplier of either state, in the order of what it has before: before, if it is built, as expected."""
    before, after, expected = (dict(side.shares) for side in (its.before, its.after, its.expected))
    names = sorted(dict.fromkeys([*before, *after]), key=lambda name: name == REST)
    return [(name, before.get(name), after.get(name), expected.get(name)) for name in names]


def measured_of(its: Change) -> tuple[tuple[str, Range | None, Range | None, Range | None], ...]:
    """What is measured of each state of a table: before, if it is built, as expected."""
    one, two, three = its.before, its.after, its.expected
    return (
        ("largest share", one.largest_share, two.largest_share, three.largest_share),
        (HHI, one.hhi, two.hhi, three.hhi),
        ("import reliance", one.reliance, two.reliance, three.reliance),
    )


def _changed(
    project: str, table: str, chance: float, measure: str, code: str,
    before: Range | None, after: Range | None, expected: Range | None,
) -> ChangeRow:  # fmt: skip
    mean = expected.mean if expected is not None else None
    return ChangeRow(project, table, chance, measure, code, *_marks(before), *_marks(after), mean)


def _marks(its: Range | None) -> tuple[float | None, float | None, float | None]:
    return (its.low, its.middle, its.high) if its is not None else (None, None, None)


def month_rows(runs: Iterable[Run]) -> Iterator[MonthRow]:
    """Every column in every month of every run."""
    for run in runs:
        for m in table(run.flow.halt.begins, run.fans):
            yield MonthRow(run.label, m.month, m.column, m.low, m.middle, m.high, m.mean)
